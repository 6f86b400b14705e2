"""Invented people in a group over some days: they join, share, mark, withdraw and leave, by the real services.

One member watches: the world keeps every state that the watching phone ever had, with its time, as `send` gave it.
"""

import random
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from sqlalchemy import delete, event, select

from app.accounts.access import actor_for
from app.accounts.service import add_person, create_account
from app.core.actor import Actor
from app.core.errors import NotFound, Refused
from app.core.ids import new_id
from app.jobs.models import Job
from app.jobs.service import Claim
from app.peers.access import GroupRights
from app.peers.models import Sharing
from app.peers.queries import own_seat, tallies_of
from app.peers.service import groups, ideas, moderating, seats, sharing
from app.peers.voice import said
from app.peers.work import PeerJobs
from app.sync.changes import savepoint
from app.sync.send import send

VALUES = {"age": ("child", "older"), "area": ("london", "wales"), "condition": ("autism", "senses")}
CODES = {"side": ("social", "health", "personal"), "outcome": ("better", "same", "refused")}
TOLD = {"refused_why": ("cost", "not_listed"), "waited": ("one_three", "over_year")}
NO_WORRY = dict.fromkeys(("named", "neighbour", "news"), "no")
LAST = 20


@dataclass(frozen=True)
class Plan:
    """A plan, the account that looks after it, and all that is true of it. Plans of one account are one voice."""

    actor: Actor
    truth: dict

    @property
    def account(self):
        """Who looks after it."""
        return self.actor.account

    @property
    def person(self):
        """Whose it is."""
        return self.actor.person


@dataclass
class World:
    """A database with many plans. Each pool is a group in a copy of it that nothing else has touched.

    If pools stood beside each other, whoever watches would sit in all of them: the hundredth took forty seconds.
    """

    parts: object
    clock: object
    plans: list = field(default_factory=list)
    filled: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    def __post_init__(self):
        """A crash of the machine need not be survived here, so nothing waits for the disk."""
        self.since = self.clock.moment
        self.parts.database.dispose()
        event.listen(self.parts.database.engine, "connect", lambda one, _: one.execute("PRAGMA synchronous=OFF"))

    def fill(self, alone=20, families=6, each=3):
        """Plans of one account each, and accounts that look after several; the first is who watches."""
        noise = random.Random(1)
        with self.parts.database.writing() as session:
            for number in range(alone + families + 1):
                account = create_account(
                    session, email=f"{number}@example.com", name=f"A{number}", password_hash="none"
                )
                for place in range(each if number > alone else 1):
                    person = add_person(session, account, name=f"P{number}-{place}", role="holder")
                    truth = {name: noise.choice(values) for name, values in VALUES.items()}
                    self.plans.append(Plan(actor_for(session, account.id, person.id), truth))
            session.commit()
        with closing(self.parts.database.engine.raw_connection()) as connection:
            connection.driver_connection.backup(self.filled)
        return self

    def renew(self):
        """Database and clock as they were when the plans had been made."""
        self.clock.moment = self.since
        with closing(self.parts.database.engine.raw_connection()) as connection:
            self.filled.backup(connection.driver_connection)

    @contextmanager
    def batch(self):
        """One session for what comes together, as the server takes a phone's acts; committed at the end."""
        with self.parts.database.writing() as self.session:
            yield
            self.session.commit()

    def write(self, act, *given, **facts):
        """One act of the services, in a batch; False for what cannot be done any more, which is left undone."""
        try:
            with savepoint(self.session):
                act(self.session, *given, **facts)
        except (NotFound, Refused):
            return False
        return True

    def work(self):
        """Carry out every job of groups that is due by the test's clock."""
        jobs = PeerJobs(self.parts.database).handlers()
        while due := self._due(jobs):
            for job in due:
                jobs[job.kind](job)

    def _due(self, jobs):
        with self.parts.database.writing() as session:
            wanted = select(Job).where(Job.kind.in_(jobs), Job.due_at <= self.clock.moment).order_by(Job.due_at)
            found = [Claim(job.id, job.kind, job.payload, 1, "") for job in session.scalars(wanted)]
            session.execute(delete(Job).where(Job.id.in_([one.id for one in found])))
            session.commit()
            return found


@dataclass
class State:
    """What the watching phone showed at a moment, and what the funder's page would have."""

    at: object
    posts: dict
    voice: dict


@dataclass
class Pool:
    """A group in the world, from its founding on. `of` is whose each example is; `marks` after how many states
    which example was marked by whom.

    `did`: how often a plan did what it may do, by the words for it.
    """

    world: World
    noise: random.Random
    states: list = field(default_factory=list)
    of: dict = field(default_factory=dict)
    marks: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    cursors: dict = field(default_factory=dict)
    copy: dict = field(default_factory=dict)
    did: Counter = field(default_factory=Counter)
    inside: set = field(default_factory=set)

    def run(self):
        """Everything that happens, with a look of the watching phone after each event."""
        self.world.renew()
        self.found()
        for step in range(LAST):
            with self.world.batch():
                for plan in self.members:
                    self.maybe(step, plan)
            self.world.clock.go_on(hours=6)
            self.world.work()
            self.look()
        return self

    def found(self):
        """A group of some of the plans; the one who watches is its moderator."""
        self.watcher, *others = self.world.plans
        self.members = self.noise.sample(others, self.noise.randrange(20, len(others)))
        facts = {"name": "Walks", "about": "", "person": self.watcher.person, "by_request": False}
        with self.world.parts.database.writing() as session:
            group = groups.found_group(session, self.watcher.account, **facts)
            group.state, self.group = "ready", group.id
            session.flush()
            self.token = groups.make_link(session, own_seat(session, self.watcher.actor, self.group))
            session.commit()

    def maybe(self, step, plan):
        """What one plan does in these six hours, most often nothing."""
        dice = self.noise.random()
        mine = [row for row, whose in self.of.items() if whose is plan]
        if step == 0 or dice < 0.01:
            self.join(plan)
        if (step < 5 and not mine and dice < 0.3) or (6 <= step < 9 and dice < 0.4):
            self.share(plan)
        elif dice < 0.40 and step > 10:
            self.mark(plan)
        elif 0.40 < dice < 0.415 and mine:
            self.did["withdrew"] += self.act(plan, sharing.stop, sharing_id=self.noise.choice(mine))
            self.look_at_once()
        elif 0.415 < dice < 0.42:
            self.leave(plan)
        elif 0.42 < dice < 0.425:
            self.report(plan)

    def act(self, plan, act, **facts):
        """One act of a plan."""
        return self.world.write(act, plan.actor, **facts)

    def join(self, plan):
        """Take a seat by the link, where the plan has none."""
        if self.world.write(seats.join_by_link, self.token, plan.account, person=plan.person):
            self.did["joined"] += plan.person not in self.inside
            self.inside.add(plan.person)

    def share(self, plan):
        """An example, checked, confirmed and held; it says some of what is true of the plan."""
        row = new_id()
        codes = {name: self.noise.choice(values) for name, values in {**CODES, **TOLD}.items()}
        chosen = {name: value for name, value in plan.truth.items() if self.noise.random() < 0.6}
        draft = sharing.Draft(self.group, "example", {"goal": "A walk."}, None, {**codes, "attributes": chosen})
        if not self.act(plan, sharing.write_sharing, sharing_id=row, draft=draft):
            return
        self.world.write(checked, row)
        confirmed = sharing.Confirmed([], [], NO_WORRY)
        if self.act(plan, sharing.confirm, sharing_id=row, confirmed=confirmed):
            self.of[row] = plan
            self.did["shared"] += 1

    def mark(self, plan):
        """Say of something that is read that it helped, or not any more."""
        if self.copy:
            post, on = self.noise.choice(sorted(self.copy)[:5]), self.noise.random() < 0.6
            facts = {"mark_id": new_id(), "group": self.group, "kind": "helped", "about": post, "on": on}
            if self.act(plan, ideas.mark, **facts):
                self.marks.append((len(self.states), post, plan.account))

    def leave(self, plan):
        """Give up the seat: what came from it goes."""
        leave = seats.leave_group
        self.did["left"] += self.world.write(lambda session: leave(session, own_seat(session, plan.actor, self.group)))
        self.inside.discard(plan.person)
        self.look_at_once()

    def report(self, plan):
        """Say of an example that somebody is recognised: it is hidden."""
        if self.copy:
            post = self.noise.choice(sorted(self.copy))
            facts = {"report_id": new_id(), "group": self.group, "post": post, "reason": "recognise"}
            self.did["reported"] += self.act(plan, moderating.report, **facts)
            self.look_at_once()

    def look_at_once(self):
        """What has come so far is committed, and the watching phone asks."""
        self.world.session.commit()
        self.look()

    def look(self):
        """The watching phone has signal: its copy is brought up to date, and kept as a state."""
        with self.world.parts.database.reading() as session:
            stream = f"group:{self.group}"
            grants = GroupRights().grants(session, self.watcher.account)
            news = send(session, {stream: grants[stream]}, self.cursors)
            voice = {name: said(tally.counts) for name, tally in tallies_of(session, self.group).items()}
        for item in news["changes"]:
            self.cursors[stream] = {"seq": item["seq"], "epoch": item["epoch"]}
            if item.get("reset"):
                self.copy = {}
            self.copy.update({row["id"]: row["body"] for row in item["rows"] if row["kind"] == "post"})
        self.copy = {name: body for name, body in self.copy.items() if body}
        self.states.append(State(self.world.clock.moment, dict(self.copy), voice))


def checked(session, row):
    """What the worker's anonymiser would leave: these words tell nothing."""
    sharing.keep_checked(session, session.get_one(Sharing, row), {"goal": [{"t": "A walk."}]}, harm=False)

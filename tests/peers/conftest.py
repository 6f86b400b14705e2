"""A group of invented plans, and a worker that works through what is due by the test's own clock."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from app.core.ids import new_id
from app.jobs.models import Job
from app.jobs.service import Claim
from app.peers.anonymise.engine import ready
from app.peers.models import PeerGroup, Seat
from app.peers.queries import seat_in, seats_in
from app.peers.service.groups import found_group, make_link
from app.peers.service.seats import join_by_link
from app.peers.work import PeerJobs
from tests.fixtures_app import Phone, op

SAFE = {"goal": "She wants to go swimming with a friend.", "tried": "A helper for two hours a week."}
NO_WORRY = {"hidden": [], "revealed": [], "named": "no", "neighbour": "no", "news": "no"}


@dataclass
class Plan:
    """A plan with the account and the phone of its holder."""

    account: str
    person: str
    phone: Phone


@dataclass
class Ring:
    """A group, the plans that sit in it (the first moderates), and what a test does with them."""

    parts: object
    clock: object
    group: str
    token: str
    plans: list
    engine: object = ready
    made: list = field(default_factory=list)

    def work(self):
        """Carry out every job of groups that is due by the test's clock, and those that these make due."""
        jobs = PeerJobs(self.parts.database, self.engine).handlers()
        done = 0
        while found := self._next(jobs):
            jobs[found.kind](Claim(found.id, found.kind, found.payload, 1, ""))
            done += 1
        return done

    def _next(self, jobs):
        with self.parts.database.writing() as session:
            due = (Job.kind.in_(jobs), Job.state == "due", Job.due_at <= self.clock.moment)
            job = session.scalars(select(Job).where(*due).order_by(Job.due_at, Job.id).limit(1)).first()
            if job is not None:
                job.state = "done"
            session.commit()
            return Claim(job.id, job.kind, job.payload, 1, "") if job else None

    def act(self, plan, act, row, facts):
        """One act of a plan; its result."""
        return plan.phone.results(op(act, plan.person, row, facts))[0]

    def write(self, plan, texts=None, *, about="example", on=None, **codes):
        """Hand a text to the door and let the worker check it; its id."""
        row = new_id()
        facts = {"group": self.group, "about": about, "on": on, **(texts or SAFE), **codes}
        result = self.act(plan, "sharing.write", row, facts)
        assert result["status"] == "done", result
        self.work()
        return row

    def confirm(self, plan, row, **changed):
        """What the person says on the review screen; the result."""
        return self.act(plan, "sharing.confirm", row, {**NO_WORRY, **changed})

    def held(self, plan, texts=None, **facts):
        """A text that is confirmed and held."""
        row = self.write(plan, texts, **facts)
        result = self.confirm(plan, row)
        assert result["status"] == "done", result
        return row

    def shown(self, plan, texts=None, **facts):
        """A text that shows."""
        row = self.held(plan, texts, **facts)
        self.clock.go_on(hours=24)
        self.work()
        self.clock.go_on(hours=24, minutes=1)
        self.work()
        return row

    def sharing(self, plan, row):
        """A text as its plan sees it."""
        return plan.phone.rows("sharing")[row]

    def posts(self, plan):
        """What a member reads, by id."""
        return {name: body for name, body in plan.phone.rows("post").items() if body}

    def seat(self, plan):
        """The id of a plan's seat."""
        with self.parts.database.reading() as session:
            return seat_in(session, plan.account, self.group).id

    def do(self, plan, act, *given, **facts):
        """Something that a page does, with the plan's seat."""
        with self.parts.database.writing() as session:
            answer = act(session, seat_in(session, plan.account, self.group), *given, **facts)
            session.commit()
            return answer

    def join(self, plan):
        """Take a seat by the group's link."""
        with self.parts.database.writing() as session:
            seat = join_by_link(session, self.token, plan.account, person=plan.person)
            session.commit()
            return seat.id

    def pseudonyms(self):
        """The names in the group."""
        with self.parts.database.reading() as session:
            return [seat.pseudonym for seat in seats_in(session, self.group)]

    def row(self, model, name):
        """A row of the database."""
        with self.parts.database.reading() as session:
            return session.get(model, name)


@pytest.fixture
def make_plan(make_account, make_person, phone):
    """Make an invented person with a plan and a phone."""

    def make(number):
        account = make_account(f"plan{number}@example.com", name=f"Holder {number}")
        return Plan(account, make_person(account, name=f"Holder {number}", role="holder"), phone(account))

    return make


@pytest.fixture
def ring(parts, clock, make_plan):
    """A group with five plans in it: enough for it to be open."""
    plans = [make_plan(number) for number in range(5)]
    with parts.database.writing() as session:
        group = found_group(
            session, plans[0].account, name="Out and about", about="", person=plans[0].person, by_request=True
        )
        session.commit()
        made = Ring(parts, clock, group.id, "", plans)
    made.work()
    with parts.database.writing() as session:
        assert session.get_one(PeerGroup, made.group).state == "ready"
        made.token = make_link(session, seat_in(session, plans[0].account, made.group))
        session.commit()
    for plan in plans[1:]:
        made.join(plan)
    return made


def seats_of_group(parts, group):
    """Every seat of a group, whatever its state."""
    with parts.database.reading() as session:
        return list(session.scalars(select(Seat).where(Seat.group_id == group)))

"""A peer group among the invented people, on a site that runs: who sits in it, and a clock that goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.service import add_person, create_account
from app.core.clock import now
from app.core.ids import new_id
from app.core.settings import Settings
from app.factory import make_services
from app.peers.models import PeerGroup, Seat, Sharing
from app.peers.queries import managed_by, seat_in
from app.peers.service.groups import found_group, make_link
from app.peers.service.seats import join_by_link, take_seat
from tests.journeys.site import Site, wait_until

NAME = "Out and about"
EMAILS = ("leroy@example.com", "ana@example.com", "grace@example.com", "priya@example.com", "rowan@example.com")
TOGETHER = {"side": "social", "outcome": "better", "band": "500_1000", "attributes": {}}
FINAL = {"goal": "She wanted to swim with someone we know.", "worked": "(hidden) laughs on the way home."}
# A checked text with a mark of each kind: put in, sealed, rare, standing out.
CHECKED = {
    "goal": [
        {"t": "She wanted to swim with "},
        {"t": "someone we know", "k": "PERSON", "why": "a person's name", "was": "Ama Mensah"},
        {"t": ". It took 3 letters. Ring "},
        {"t": "a private number", "k": "CONTACT", "why": "a telephone number"},
        {"t": " to ask."},
    ],
    "tried": [
        {"t": "A dobro for the journey. ", "f": ["dobro"]},
        {
            "t": "There is something here that few people share",
            "k": "RARE",
            "why": "the only one of something",
            "was": "She is the only girl here with a racing hoist",
        },
        {"t": "."},
    ],
    "worked": [{"t": "Kezia laughs on the way home."}],
}
STATES = ("checking", "waiting", "review", "reading", "agreeing", "held", "ready", "shown", "stopped", "ended")
MOMENT = "%Y-%m-%d %H:%M:%S.%f"


@dataclass(frozen=True)
class Scene:
    """A group with five plans in it; `plans` by the email of who looks after them."""

    site: Site
    group: str
    plans: dict[str, str]

    def ask(self, query: str, *values: str) -> str | None:
        """The first answer of the site's database, if there is one."""
        with closing(sqlite3.connect(self.site.folder / "inhand.db", timeout=30)) as database:
            row = database.execute(query, values).fetchone()
        return None if row is None else str(row[0])

    def state(self, text: str) -> str | None:
        """Where a text stands."""
        return self.ask("SELECT state FROM sharing WHERE id = ?", text)

    def wait_for(self, text: str, state: str) -> None:
        """Wait until a text stands there."""
        wait_until(f"the text is {state}", lambda: self.state(text) == state)

    def miss(self, text: str, word: str, missed: str) -> None:
        """Planted: the anonymiser let something through. `word` of the checked text is `missed` instead."""
        with writing(self.site) as session:
            found = session.get_one(Sharing, text)
            found.checked = {
                part: [{**run, "t": run["t"].replace(word, missed)} for run in runs]
                for part, runs in found.checked.items()
            }
            session.commit()

    def end_hold(self, text: str) -> None:
        """A day later, and another for the batch: what is due is moved, no more."""
        self._now_due("peers.ready", text)
        self.wait_for(text, "ready")
        before = (datetime.now(UTC) - timedelta(hours=25)).strftime(MOMENT)
        self._write("UPDATE group_post SET ready_at = ? WHERE id = ?", before, text)
        self._now_due("peers.batch", self.group)
        self.wait_for(text, "shown")

    def _now_due(self, kind: str, about: str) -> None:
        now = datetime.now(UTC).strftime(MOMENT)
        query = "UPDATE job SET due_at = ? WHERE kind = ? AND state = 'due' AND payload LIKE ?"
        assert self._write(query, now, kind, f"%{about}%")

    def _write(self, query: str, *values: str) -> int:
        with closing(sqlite3.connect(self.site.folder / "inhand.db", timeout=30)) as database, database:
            return database.execute(query, values).rowcount


@contextmanager
def writing(site: Site) -> Iterator[Session]:
    """A session on the database of a site that runs."""
    url, storage = f"sqlite:///{site.folder}/inhand.db", f"folder:{site.folder}/files"
    services = make_services(Settings(database_url=url, storage_url=storage))
    try:
        with services.database.writing() as session:
            yield session
    finally:
        services.database.dispose()


def with_group(site: Site) -> Scene:
    """Found the group, wait until the worker has checked its name, and let the others in: Rowan is new here."""
    with writing(site) as session:
        rowan = create_account(session, email=EMAILS[-1], name="Rowan Hart", password_hash="none")
        add_person(session, rowan, name="Rowan", role="holder")
        accounts = {email: session.scalars(select(Account.id).where(Account.email == email)).one() for email in EMAILS}
        plans = {email: managed_by(session, account)[0] for email, account in accounts.items()}
        founder = EMAILS[0]
        made = found_group(session, accounts[founder], name=NAME, about="", person=plans[founder], by_request=False)
        group = made.id
        session.commit()
    scene = Scene(site, group, plans)
    wait_until("the name is checked", lambda: scene.ask("SELECT state FROM peer_group WHERE id = ?", group) == "ready")
    with writing(site) as session:
        token = make_link(session, seat_in(session, accounts[founder], group))
        for email in EMAILS[1:]:
            join_by_link(session, token, accounts[email], person=plans[email])
        session.commit()
    return scene


def found_small(site: Site, email: str) -> str:
    """A group with one seat: too few for anything to show; its id."""
    with writing(site) as session:
        account = account_of(session, email)
        group = PeerGroup(id=new_id(), name="Two streets", about="", kind="person", state="ready", made_at=now(session))
        session.add(group)
        session.flush()
        take_seat(session, group, account, managed_by(session, account)[0], role="moderator")
        session.commit()
        return group.id


def put_texts(scene: Scene, email: str) -> dict[str, str]:
    """A text of this plan in every state, written down directly; ids by state. The one to look at may tell of harm."""
    made = {state: new_id() for state in STATES}
    with writing(scene.site) as session:
        account = account_of(session, email)
        for state, text in made.items():
            session.add(text_in(state, text, seat_in(session, account, scene.group), account))
        session.commit()
    return made


def account_of(session: Session, email: str) -> str:
    """The id of the account of an address."""
    return session.scalars(select(Account.id).where(Account.email == email)).one()


def text_in(state: str, text: str, seat: Seat, account: str) -> Sharing:
    """A text of a seat's plan in this state, written by this account now."""
    at = datetime.now(UTC)
    waits, over = state in {"checking", "waiting"}, state in {"stopped", "ended"}
    return Sharing(
        id=text,
        person_id=seat.person_id,
        group_id=seat.group_id,
        seat_id=seat.id,
        about="example",
        state=state,
        codes=TOGETHER,
        written=FINAL if waits else {},
        checked=CHECKED if state == "review" else {},
        final={} if waits or over or state == "review" else FINAL,
        rare=state in {"review", "reading"},
        harm=state == "review",
        shows_at=at + timedelta(hours=23) if state == "held" else None,
        written_by=account,
        written_at=at,
    )

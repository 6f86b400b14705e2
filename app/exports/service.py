"""Asking for an archive, asking to be erased, and changing one's mind."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Person, Relationship
from app.accounts.policy import MANAGE
from app.accounts.queries import in_force, people_of
from app.budgets.models import Entry, Pot
from app.core.actor import Actor
from app.core.audit import write_down
from app.core.clock import now
from app.core.db import table_of
from app.core.errors import NotFound, Refused
from app.exports.erasing import OWN_MONEY, held_until, new_reference, waiting_erasure
from app.exports.kept import BACK, taken
from app.exports.models import Archive, Erasure
from app.exports.queries import archives_of, model_by_table
from app.jobs.service import enqueue

MIND_CHANGED_WITHIN = timedelta(days=7)
ARCHIVE_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Hold:
    """How many lines of money stay as bare facts, and until which days."""

    lines: int
    first: str
    last: str


@dataclass(frozen=True)
class Going:
    """What will go, as (title, how many rows), and what stays."""

    rows: list[tuple[str, int]]
    hold: Hold | None


def ask_archive(session: Session, actor: Actor) -> Archive:
    """Have everything of this person put into one file. One at a time: a second tap is the same archive."""
    _managing(actor)
    waiting = next((item for item in archives_of(session, actor) if item.state == "due"), None)
    if waiting is not None:
        return waiting
    made = Archive(person_id=actor.person, account_id=actor.account, asked_at=now(session))
    session.add(made)
    session.flush()
    enqueue(session, "archive.make", key=f"archive.make:{made.id}", payload={"archive": made.id})
    write_down(session, "archive.asked", account=actor.account, person=actor.person)
    return made


def what_goes(session: Session, actor: Actor, *, years: int) -> Going:
    """What erasing would take, table by table, and which facts of money would stay until when."""
    _managing(actor)
    models = model_by_table()
    rows = []
    for kept in taken(BACK):
        model = models[kept.table]
        count = session.scalar(select(func.count()).select_from(table_of(model)).where(model.visible_to(actor))) or 0
        if count:
            rows.append((kept.title, count))
    return Going(rows, _hold(session, actor, years=years))


def ask_erasure(session: Session, actor: Actor, *, typed: str) -> Erasure:
    """Erase this person in seven days. `typed` is the person's name, so that nobody erases the wrong one."""
    _managing(actor)
    person = session.scalars(select(Person).where(Person.visible_to(actor))).one()
    _same_words(typed, person.name)
    found = waiting_erasure(session, person=person.id)
    if found is not None:
        return found
    made = _erasure(session, asked_by=actor.account, person=person.id)
    write_down(session, "erasure.asked", account=actor.account, person=person.id)
    return made


def keep_person(session: Session, actor: Actor) -> None:
    """Whoever manages for the person may stop the erasing until the day it happens."""
    _managing(actor)
    found = waiting_erasure(session, person=actor.person)
    if found is None:
        raise NotFound
    found.state, found.settled_at = "kept", now(session)
    write_down(session, "erasure.stopped", account=actor.account, person=actor.person)


def ask_account_erasure(session: Session, account_id: str, *, typed: str) -> Erasure:
    """Erase an account in seven days. Refused while somebody would be left whom nobody else may manage."""
    account = session.get_one(Account, account_id)
    _same_words(typed, account.email)
    left = [person.name for person in alone_with(session, account_id) if not waiting_erasure(session, person=person.id)]
    if left:
        raise Refused(
            f"Nobody else looks after {left[0]}. Erase that plan first, or let somebody else in.", code="alone"
        )
    found = waiting_erasure(session, account=account_id)
    if found is not None:
        return found
    made = _erasure(session, asked_by=account_id, account=account_id)
    write_down(session, "erasure.asked", account=account_id)
    return made


def keep_account(session: Session, account_id: str) -> None:
    """The owner of the account has changed their mind."""
    found = waiting_erasure(session, account=account_id)
    if found is None:
        raise NotFound
    found.state, found.settled_at = "kept", now(session)
    write_down(session, "erasure.stopped", account=account_id)


def alone_with(session: Session, account_id: str) -> list[Person]:
    """The people whom this account manages and nobody else does."""
    return [
        person
        for person, link in people_of(session, account_id)
        if MANAGE in link.scopes and not _others_manage(session, account_id, person.id)
    ]


def _others_manage(session: Session, account_id: str, person: str) -> bool:
    wanted = select(Relationship).where(
        Relationship.person_id == person, Relationship.account_id != account_id, *in_force(now(session).date())
    )
    return any(MANAGE in link.scopes for link in session.scalars(wanted))


def _managing(actor: Actor) -> None:
    if not actor.may(MANAGE):
        raise NotFound


def _same_words(typed: str, wanted: str) -> None:
    if " ".join(typed.split()).casefold() != " ".join(wanted.split()).casefold():
        raise Refused(f"Type “{wanted}”, so that nothing else is erased.", code="typed")


def _erasure(session: Session, *, asked_by: str, person: str | None = None, account: str | None = None) -> Erasure:
    at = now(session)
    made = Erasure(
        reference=new_reference(),
        person_id=person,
        account_id=account,
        asked_by=asked_by,
        asked_at=at,
        due_at=at + MIND_CHANGED_WITHIN,
    )
    session.add(made)
    session.flush()
    payload = {"erasure": made.id}
    enqueue(session, "erase", key=f"erase:{made.id}", payload=payload, due_at=made.due_at)
    return made


def _hold(session: Session, actor: Actor, *, years: int) -> Hold | None:
    funded = select(Pot.id).where(Pot.visible_to(actor), Pot.holding != OWN_MONEY)
    days = list(session.scalars(select(Entry.on).where(Entry.visible_to(actor), Entry.pot_id.in_(funded))))
    if not days:
        return None
    until = [held_until(day, years=years) for day in days]
    return Hold(len(days), min(until), max(until))

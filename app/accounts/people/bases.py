"""What allows somebody to look after a whole plan, and until when: a parent's part ends at 16 or 18."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.accounts.models import Account, Person, Relationship
from app.accounts.policy import BASES
from app.accounts.queries import open_relationship
from app.accounts.service import add_person
from app.core.actor import Actor
from app.core.audit import write_down
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.jobs.service import enqueue

ENDING_JOB = "account.ending"
# A parent hears of the end at 16 or 18 three months ahead.
AHEAD = timedelta(days=92)
# A child who is born today is 18 then: a later day is a slip of the keys.
LONGEST_CHILDHOOD = timedelta(days=366 * 18)
CHILD = "parent"


@dataclass(frozen=True, slots=True)
class Basis:
    """A code of `policy.BASES`, more about it in own words, and the last day, where there is one."""

    code: str | None
    words: str = ""
    ends_on: date | None = None


def check_basis(session: Session, basis: Basis) -> None:
    """Raises `Refused` where what allows them to act is not said, or its last day cannot be."""
    today = now(session).date()
    if basis.code not in BASES:
        raise Refused("Say what allows them to act: for example parent or attorney.", code="basis")
    if basis.code == CHILD and basis.ends_on is None:
        raise Refused("Say the last day of a parent: the day before the child is 16 or 18.", code="ends_on")
    if basis.ends_on is not None:
        check_last_day(session, basis.ends_on)
    if basis.code == CHILD and basis.ends_on is not None and basis.ends_on > today + LONGEST_CHILDHOOD:
        raise Refused("A child is 18 by then. Choose the day before they are 16 or 18.", code="ends_on")


def check_last_day(session: Session, ends_on: date) -> None:
    """Raises `Refused` for a day that is over."""
    if ends_on <= now(session).date():
        raise Refused("This day is over. Choose a day that is still to come.", code="ends_on")


def add_represented(session: Session, account: Account, *, name: str, basis: Basis) -> Person:
    """A new person whose whole plan this account looks after, with what allows it. Raises `Refused`."""
    check_basis(session, basis)
    person = add_person(session, account, name=name, role="representative")
    made = open_relationship(session, account.id, person.id)
    if made is None:
        raise NotFound
    _write(session, made, basis)
    return person


def say_basis(session: Session, actor: Actor, basis: Basis) -> None:
    """Say what allows oneself to act, where nobody said it yet. It is said once: a change goes by an invitation."""
    item = find_unsaid(session, actor)
    check_basis(session, basis)
    _write(session, item, basis)
    write_down(session, "basis.said", account=actor.account, person=actor.person, basis=str(basis.code))


def find_unsaid(session: Session, actor: Actor) -> Relationship:
    """One's own part, where one looks after the whole plan and has not said what allows it. Raises `NotFound`."""
    item = open_relationship(session, actor.account, actor.person)
    if item is None or item.role != "representative" or item.basis:
        raise NotFound
    return item


def _write(session: Session, item: Relationship, basis: Basis) -> None:
    item.basis, item.basis_words, item.ends_on = basis.code, basis.words, basis.ends_on
    session.flush()
    tell_of_end(session, item)


def tell_of_end(session: Session, item: Relationship) -> None:
    """Have the worker write to whoever acts until a day, three months ahead of it."""
    if item.ends_on is None:
        return
    due = datetime.combine(item.ends_on - AHEAD, time(9), UTC)
    key = f"{ENDING_JOB}:{item.id}:{item.ends_on}"
    enqueue(session, ENDING_JOB, key=key, payload={"relationship": item.id}, due_at=max(due, now(session)))

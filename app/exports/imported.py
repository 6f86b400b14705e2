"""Plans that were brought in from an archive: by whom, handing one to its owner, and taking one out again.

For whoever runs the installation. Somebody with a copy of a file can bring it in before its owner does, who then finds
the place taken: `bringing.THERE`. Both ways end every right in the plan that came with it, from the next request on.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Invitation, Person, Relationship
from app.accounts.policy import EVERYTHING, whole
from app.accounts.service import end_relationship, relate
from app.core.actor import Actor
from app.core.audit import AuditLine, write_down
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.exports.bringing import BROUGHT_BACK
from app.exports.erasing import new_reference, waiting_erasure
from app.exports.models import Erasure
from app.jobs.service import enqueue

HOST = "host"
"""Who asked, where it was whoever runs the installation and no account."""
NOT_HERE = "No plan with this number was brought in here from an archive. Nothing was changed."
ALREADY = "This account alone looks after this plan already. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan that was brought in. `by`: whose account, by its address; None where it was erased since.

    `members`: the addresses and roles of everybody who has a part in it. `acts`: how many were done in it since, the
    last of them at `last`.
    """

    person: str
    name: str
    at: datetime
    by: str | None
    members: list[tuple[str, str]]
    invitations: int
    acts: int
    last: datetime | None


def all_imported(session: Session) -> list[Imported]:
    """Every plan here that was brought in, the latest first."""
    wanted = select(AuditLine.person_id, func.max(AuditLine.at)).where(AuditLine.act == BROUGHT_BACK)
    found = session.execute(wanted.group_by(AuditLine.person_id)).all()
    latest = sorted(((at, str(person)) for person, at in found), reverse=True)
    return [find_imported(session, person) for _, person in latest if session.get(Person, person) is not None]


def find_imported(session: Session, person: str) -> Imported:
    """The plan of this number. Raises `NotFound` for one that is not here, or was not brought in."""
    wanted = select(AuditLine).where(AuditLine.person_id == person, AuditLine.act == BROUGHT_BACK)
    line = session.scalars(wanted.order_by(AuditLine.at.desc(), AuditLine.id).limit(1)).one_or_none()
    there = session.get(Person, person)
    if line is None or there is None:
        raise NotFound(NOT_HERE)
    by = session.get(Account, line.account_id)
    acts, last = _acts_since(session, line)
    return Imported(
        person=person,
        name=there.name,
        at=line.at,
        by=by.email if by is not None else None,
        members=[(session.get_one(Account, item.account_id).email, item.role) for item in _rights(session, person)],
        invitations=len(_invitations(session, person)),
        acts=acts,
        last=last,
    )


def hand_over(session: Session, person: str, *, account: Account, role: str) -> None:
    """Make a plan that was brought in this account's alone. Nothing that is in it changes. The caller commits."""
    found = find_imported(session, person)
    if found.members == [(account.email, role)] and not found.invitations:
        raise Refused(ALREADY)
    _end_rights(session, person)
    relate(session, account, session.get_one(Person, person), role=role, starts_on=now(session).date())
    write_down(session, "archive.handed_over", account=account.id, person=person, role=role)


def take_out(session: Session, person: str) -> None:
    """Have the worker erase a plan that was brought in, so that its owner can bring it in. The caller commits.

    It is nobody's from here on: no manager can stop it.
    """
    find_imported(session, person)
    _end_rights(session, person)
    at = now(session)
    made = Erasure(reference=new_reference(), person_id=person, asked_by=HOST, asked_at=at, due_at=at)
    session.add(made)
    session.flush()
    enqueue(session, "erase", key=f"erase:{made.id}", payload={"erasure": made.id})
    write_down(session, "archive.taken_out", account=None, person=person)


def everything_of(person: str) -> Actor:
    """Who may read all of a plan that was brought in, to keep a copy of it."""
    return Actor(account=HOST, person=person, scopes=whole(EVERYTHING), role="holder")


def _acts_since(session: Session, line: AuditLine) -> tuple[int, datetime | None]:
    """What was done in the plan since; who may do it is no act in it."""
    wanted = select(func.count(), func.max(AuditLine.at)).where(
        AuditLine.person_id == line.person_id, AuditLine.at >= line.at, AuditLine.act != BROUGHT_BACK
    )
    count, last = session.execute(wanted.where(AuditLine.act.not_like("relationship.%"))).one()
    return count, last


def _rights(session: Session, person: str) -> list[Relationship]:
    wanted = select(Relationship).where(Relationship.person_id == person, Relationship.ended_at.is_(None))
    return list(session.scalars(wanted.order_by(Relationship.starts_on, Relationship.id)))


def _invitations(session: Session, person: str) -> list[Invitation]:
    waiting = Invitation.state.in_(("open", "accepted"))
    return list(session.scalars(select(Invitation).where(Invitation.person_id == person, waiting)))


def _end_rights(session: Session, person: str) -> None:
    """Nobody has a part in the plan any more, was asked to, or has it erased one day."""
    for right in _rights(session, person):
        end_relationship(session, right)
    for item in _invitations(session, person):
        item.state, item.settled_at = "withdrawn", now(session)
        write_down(session, "invitation.withdrawn", account=None, person=person, role=item.role)
    erasure = waiting_erasure(session, person=person)
    if erasure is not None:
        erasure.state, erasure.settled_at = "kept", now(session)
        write_down(session, "erasure.stopped", account=None, person=person)
    session.flush()

"""What somebody wrote for a plan that was closed to them before it was sent: kept as text in their own account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import UntakenWords
from app.accounts.queries import had_part, open_relationship
from app.core.actor import Actor
from app.core.clock import now
from app.core.db import insert_missing, table_of
from app.core.errors import NotFound, Refused
from app.core.words import unstorable
from app.jobs.service import enqueue

UNTAKEN_JOB = "account.untaken"
LASTS = timedelta(days=7)
# More than anybody writes without signal; a phone keeps the rest for itself.
MOST = 500
LONGEST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that was not taken. `id` is the operation's, so that handing it in twice keeps it once."""

    id: str
    person: str
    title: str
    words: str


def keep_words(session: Session, actor: Actor, written: Sequence[Written]) -> list[str]:
    """Keep what was written for plans that are closed to this account now; returns the ids that are kept.

    What belongs to a plan that was never open to it, or still is, stays with the phone. Raises `Refused` when it is
    more than is kept.
    """
    mine = [item for item in written if _was_closed(session, actor.account, item.person) and not unstorable(item.words)]
    if _count(session, actor) + len({item.id for item in mine} - _known(session, actor, mine)) > MOST:
        raise Refused(f"We keep at most {MOST} things that were not taken. Copy them, then throw some away.")
    at = now(session)
    for item in mine:
        row = {
            "account_id": actor.account,
            "id": item.id,
            "person_id": item.person,
            "title": item.title,
            "words": item.words,
            "came_at": at,
            "ends_at": at + LASTS,
        }
        insert_missing(session, table_of(UntakenWords), row, keys=("account_id", "id"))
    if mine:
        _end_later(session, at)
    return [item.id for item in mine]


def _was_closed(session: Session, account: str, person: str) -> bool:
    return had_part(session, account, person) and open_relationship(session, account, person) is None


def _count(session: Session, actor: Actor) -> int:
    wanted = select(func.count()).select_from(UntakenWords).where(UntakenWords.visible_to(actor))
    return session.scalar(wanted) or 0


def _known(session: Session, actor: Actor, written: Sequence[Written]) -> set[str]:
    """What was handed in before: it takes no second place."""
    ids = [item.id for item in written]
    wanted = select(UntakenWords.id).where(UntakenWords.visible_to(actor), UntakenWords.id.in_(ids))
    return set(session.scalars(wanted))


def _end_later(session: Session, at: datetime) -> None:
    """One job for each hour in which something came: it takes all that is over by then."""
    hour = (at + LASTS + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    enqueue(session, UNTAKEN_JOB, key=f"{UNTAKEN_JOB}:{hour:%Y%m%dT%H}", payload={}, due_at=hour)


def words_of(session: Session, actor: Actor) -> list[UntakenWords]:
    """What is kept for this account, the newest first. What is over is not shown, whether the job came or not."""
    wanted = select(UntakenWords).where(UntakenWords.visible_to(actor), UntakenWords.ends_at > now(session))
    return list(session.scalars(wanted.order_by(UntakenWords.came_at.desc(), UntakenWords.id)))


def throw_away(session: Session, actor: Actor, words_id: str) -> None:
    """Its author does not need it any more. Raises `NotFound`."""
    wanted = select(UntakenWords).where(UntakenWords.visible_to(actor), UntakenWords.id == words_id)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    session.delete(found)
    session.flush()


def end_old(session: Session) -> None:
    """What is over goes."""
    session.execute(delete(UntakenWords).where(UntakenWords.ends_at <= now(session)))

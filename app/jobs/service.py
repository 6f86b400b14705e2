"""Leases: a worker claims what is due, keeps its claim alive, and says how it ended.

All times are the database's, because workers on other machines have other clocks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.core.db import database_now, insert_missing, table_of
from app.core.ids import new_id
from app.jobs.models import Job

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in this worker's hands until its lease ends. `token` proves it."""

    id: str
    kind: str
    payload: dict[str, Any]
    attempts: int
    token: str


def enqueue(session: Session, kind: str, *, key: str, payload: dict[str, Any], due_at: datetime | None = None) -> None:
    """Write down that something is due. The same key twice is the same work."""
    row = {
        "id": new_id(),
        "kind": kind,
        "key": key,
        "payload": payload,
        "state": "due",
        "due_at": due_at or database_now(session),
        "attempts": 0,
    }
    insert_missing(session, table_of(Job), row, keys=("key",))


def claim(session: Session, kinds: list[str]) -> Claim | None:
    """Take the job that has been due longest, or whose lease ran out. The caller commits."""
    at = database_now(session)
    _give_up(session, at)
    free = or_(Job.state == "due", (Job.state == "leased") & (Job.lease_until < at))
    wanted = (
        select(Job.id)
        .where(Job.kind.in_(kinds), Job.due_at <= at, free)
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = session.execute(
        update(Job)
        .where(Job.id == wanted.scalar_subquery())
        .values(state="leased", lease_until=at + LEASE, lease_token=new_id(), attempts=Job.attempts + 1)
        .returning(Job.id, Job.kind, Job.payload, Job.attempts, Job.lease_token)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        return None
    return Claim(taken.id, taken.kind, taken.payload, taken.attempts, taken.lease_token or "")


def _give_up(session: Session, at: datetime) -> None:
    """A job whose worker died at each attempt, such as a photo that kills it, is not tried for ever."""
    lost = (Job.state == "leased") & (Job.lease_until < at) & (Job.attempts >= MOST_ATTEMPTS)
    session.execute(
        update(Job)
        .where(lost)
        .values(state="failed", lease_until=None, lease_token=None, reason="The worker ended each time.")
        .execution_options(synchronize_session=False)
    )


def keep_alive(session: Session, held: Claim) -> bool:
    """Lengthen the lease. False when somebody else has the job by now."""
    return _settle(session, held, lease_until=database_now(session) + LEASE)


def finish(session: Session, held: Claim) -> bool:
    """The work is done. False when the lease was lost: then somebody else does it again."""
    return _settle(session, held, state="done", lease_until=None, lease_token=None, reason=None)


def put_back(session: Session, held: Claim, reason: str) -> bool:
    """It went wrong: try again later, a little later each time; after the last attempt it has failed."""
    if held.attempts >= MOST_ATTEMPTS:
        return _settle(
            session, held, state="failed", lease_until=None, lease_token=None, reason=reason[:LONGEST_REASON]
        )
    wait = timedelta(seconds=min(2**held.attempts, 3600))
    return _settle(
        session,
        held,
        state="due",
        due_at=database_now(session) + wait,
        lease_until=None,
        lease_token=None,
        reason=reason[:LONGEST_REASON],
    )


def stuck_jobs(session: Session) -> int:
    """How many jobs have failed for good, or stay with a worker whose lease ran out an hour ago."""
    over = database_now(session) - timedelta(hours=1)
    stuck = or_(Job.state == "failed", (Job.state == "leased") & (Job.lease_until < over))
    return session.execute(select(func.count()).select_from(Job).where(stuck)).scalar_one()


def _settle(session: Session, held: Claim, **values: object) -> bool:
    done = session.execute(
        update(Job)
        .where(Job.id == held.id, Job.lease_token == held.token)
        .values(**values)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return done.one_or_none() is not None

"""What was begun and has to be finished in time: found by a secret, by the browser that began it, and once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Pending
from app.accounts.queries import token_hash
from app.core.clock import now

MINUTES = timedelta(minutes=10)
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Begun:
    """What was begun, as it was found or taken."""

    account: str | None
    facts: dict[str, Any]


def begin(
    session: Session,
    kind: str,
    secret: str,
    *,
    account: str | None = None,
    browser: str | None = None,
    facts: dict[str, Any] | None = None,
    lasts: timedelta = MINUTES,
) -> str:
    """Write down that something was begun; returns the hash of its secret. What is over goes at the same time."""
    at = now(session)
    session.execute(delete(Pending).where(Pending.ends_at < at))
    key = token_hash(secret)
    kept = token_hash(browser) if browser is not None else None
    session.add(
        Pending(key_hash=key, kind=kind, account_id=account, browser_hash=kept, facts=facts or {}, ends_at=at + lasts)
    )
    session.flush()
    return key


def look(session: Session, kind: str, secret: str, *, browser: str | None = None) -> Begun | None:
    """What was begun, unless it is over, was taken, or is another browser's. It stays."""
    found = session.scalars(select(Pending).where(*_wanted(kind, token_hash(secret), browser))).one_or_none()
    if found is None or _over(session, found.ends_at):
        return None
    return Begun(found.account_id, found.facts)


def take(session: Session, kind: str, secret: str, *, browser: str | None = None) -> Begun | None:
    """As `look`, and it is gone: two who take it at once cannot both have it. The caller commits, whatever follows."""
    return take_by_hash(session, kind, token_hash(secret), browser=browser)


def take_by_hash(session: Session, kind: str, key_hash: str, *, browser: str | None = None) -> Begun | None:
    """As `take`, for the worker, which knows no secret."""
    gone = delete(Pending).where(*_wanted(kind, key_hash, browser))
    found = session.execute(
        gone.returning(Pending.account_id, Pending.facts, Pending.ends_at).execution_options(synchronize_session=False)
    ).one_or_none()
    if found is None or _over(session, found.ends_at):
        return None
    return Begun(found.account_id, found.facts)


def _wanted(kind: str, key_hash: str, browser: str | None) -> tuple[ColumnElement[bool], ...]:
    kept = Pending.browser_hash == token_hash(browser) if browser is not None else Pending.browser_hash.is_(None)
    return (Pending.key_hash == key_hash, Pending.kind == kind, kept)


def _over(session: Session, ends_at: datetime) -> bool:
    return ends_at <= now(session)

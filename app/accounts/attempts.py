"""Tries are counted: how many of which there may be in which time."""

import math
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.models import Attempt
from app.core.clock import now
from app.core.db import Database, insert_missing, table_of
from app.core.errors import TooMany


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries in `seconds`."""

    most: int
    seconds: int


SIGN_IN_LIMIT = Limit(10, 900)
PLACE_LIMIT = Limit(50, 900)
CODE_LIMIT = Limit(5, 900)
SIGN_UP_LIMIT = Limit(20, 3600)
MAIL_LIMIT = Limit(3, 3600)
# Whoever looks after many people adds them in some days; nobody invents plans by the hundred.
PEOPLE_LIMIT = Limit(10, 86400)
MOST_MINUTES = 90
"""Above it a wait is told in hours."""


def count_attempt(session: Session, key: str, limit: Limit) -> None:
    """Count a try before it is made, so that a hundred at once are not all let through. The caller commits.

    Raises `TooMany` when there were too many. A try that was right is taken back by `forgive_attempt`.
    """
    at = int(now(session).timestamp())
    window = at // limit.seconds
    session.execute(delete(Attempt).where(Attempt.key == key, Attempt.window < window))
    insert_missing(session, table_of(Attempt), {"key": key, "window": window, "count": 0}, keys=("key", "window"))
    attempt = session.get(Attempt, (key, window), with_for_update=True, populate_existing=True)
    if attempt is None:
        raise LookupError(key)
    if attempt.count >= limit.most:
        wait = (window + 1) * limit.seconds - at
        raise TooMany(f"That was tried too often. Wait {_time_words(wait)}, then try again.", seconds=wait)
    attempt.count += 1


def _time_words(seconds: int) -> str:
    """How long to wait, never too short: who comes back then is let in."""
    minutes = math.ceil(seconds / 60)
    count, unit = (minutes, "minute") if minutes <= MOST_MINUTES else (math.ceil(minutes / 60), "hour")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def count_apart(database: Database, key: str, limit: Limit) -> None:
    """Count a try in a transaction of its own, so that it counts however the try ends. Raises `TooMany`."""
    with database.writing() as session:
        try:
            count_attempt(session, key, limit)
        except TooMany:
            session.rollback()
            raise
        session.commit()


def forgive_attempt(session: Session, key: str, limit: Limit) -> None:
    """The try that was just counted was right: only those that were wrong count."""
    window = int(now(session).timestamp()) // limit.seconds
    attempt = session.get(Attempt, (key, window), with_for_update=True, populate_existing=True)
    if attempt is not None and attempt.count > 0:
        attempt.count -= 1

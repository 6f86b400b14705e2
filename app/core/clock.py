"""Where the time comes from. Domain code asks `now(session)`, so that tests can set the clock of a database."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy.orm import Session

Clock = Callable[[], datetime]

CLOCK_KEY = "inhand.clock"


def system_clock() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


def now(session: Session) -> datetime:
    """The time that this session's work happens at, aware, in UTC."""
    clock: Clock = session.info.get(CLOCK_KEY, system_clock)
    return clock()


def as_text(moment: datetime) -> str:
    """An aware time as it travels: `2026-11-21T09:12:00.123456Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")

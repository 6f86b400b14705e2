"""When somebody is reminded, where they live: summer time, leap days and quiet hours. Pure.

A time of day is minutes after midnight. A time that a clock change leaves out is the first one after the gap; one that
comes twice is its first.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

DAYS = (28, 7, 1)
DEFAULT_ZONE = "Europe/London"
DEFAULT_AT = 9 * 60 + 30
QUIET_FROM = 21 * 60
QUIET_UNTIL = 8 * 60
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be reminded: days before, time of day, quiet hours, time zone, email. No days: not at all.

    Equal ends of the quiet hours mean that there are none.
    """

    days: tuple[int, ...] = DAYS
    at: int = DEFAULT_AT
    quiet_from: int = QUIET_FROM
    quiet_until: int = QUIET_UNTIL
    zone: str = DEFAULT_ZONE
    email: bool = False


NOBODY_ASKED = Wish()


def send_moment(on: str, days: int, wish: Wish) -> datetime:
    """The moment, in UTC, so many days before a day, at the wished time of day and outside the quiet hours."""
    day = date.fromisoformat(on) - timedelta(days=days)
    return next_open(local_moment(day, wish.at, wish.zone), wish)


def expiry(send_at: datetime, days: int) -> datetime:
    """Until when it is worth showing: a quarter of the days that are left, and at least one day."""
    return send_at + timedelta(hours=max(24, days * 6))


def is_quiet(moment: datetime, wish: Wish) -> bool:
    """Whether it is a quiet hour there and then."""
    local = moment.astimezone(ZoneInfo(wish.zone))
    return is_quiet_minute(local.hour * 60 + local.minute, wish)


def is_quiet_minute(minute: int, wish: Wish) -> bool:
    """Whether this time of day lies in the quiet hours, which may go over midnight."""
    if wish.quiet_from <= wish.quiet_until:
        return wish.quiet_from <= minute < wish.quiet_until
    return minute >= wish.quiet_from or minute < wish.quiet_until


def next_open(moment: datetime, wish: Wish) -> datetime:
    """This moment, or the end of the quiet hours that it lies in."""
    if not is_quiet(moment, wish):
        return moment
    day = moment.astimezone(ZoneInfo(wish.zone)).date()
    ends = (local_moment(day + step * DAY, wish.quiet_until, wish.zone) for step in range(3))
    return next(end for end in ends if end >= moment)


def local_moment(day: date, minute: int, zone: str) -> datetime:
    """The moment, in UTC, when clocks there show this time. A time left out by a clock change: the first after it."""
    place = ZoneInfo(zone)
    wanted = datetime.combine(day, time(minute // 60, minute % 60), place)
    moment = wanted.astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) == wanted.replace(tzinfo=None):
        return moment
    return _end_of_gap(moment, place)


def _end_of_gap(moment: datetime, place: ZoneInfo) -> datetime:
    """The moment of the clock change before this one, which the gap moved forward."""
    while moment.astimezone(place).utcoffset() == (moment - MINUTE).astimezone(place).utcoffset():
        moment -= MINUTE
    return moment


def is_zone(name: str) -> bool:
    """Whether this is the name of a time zone."""
    return name in available_timezones()

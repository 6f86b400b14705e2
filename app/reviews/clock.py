"""The review clock: when the next review of a plan is due. Pure, and the same as `static/js/reviews/clock.js`.

The rule: the first review within 3 months of the start of the plan, then at most 12 months apart (NHS (Direct
Payments) Regulations 2013, regulation 14). A funder may ask more often; a later day that was agreed is shown as later.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MOST_FIRST_WEEKS = 13
MOST_FIRST_MONTHS = 3
MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Next:
    """The next review. `due` is the last day by the rule; `on` is when it is expected: the day agreed, or `due`.

    `late`: the day agreed lies after `due`.
    """

    due: str
    on: str
    agreed: bool
    late: bool


def next_review(
    *, starts_on: str, first_weeks: int, every_months: int, held: Iterable[str], agreed: str | None = None
) -> Next:
    """The next review after those that were held. All days are ISO text; weeks and months above the rule count less."""
    last = max((day for day in held if day >= starts_on), default=None)
    due = first_due(starts_on, first_weeks) if last is None else add_months(last, _within(every_months, MOST_MONTHS))
    if agreed is None or agreed < starts_on or (last is not None and agreed <= last):
        return Next(due, due, agreed=False, late=False)
    return Next(due, agreed, agreed=True, late=agreed > due)


def first_due(starts_on: str, first_weeks: int) -> str:
    """So many weeks after the start, and never more than 3 months."""
    days = timedelta(weeks=_within(first_weeks, MOST_FIRST_WEEKS))
    return min((date.fromisoformat(starts_on) + days).isoformat(), add_months(starts_on, MOST_FIRST_MONTHS))


def add_months(day: str, months: int) -> str:
    """The same day of a later month, or that month's last day where it is shorter."""
    start = date.fromisoformat(day)
    count = start.year * 12 + start.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1])).isoformat()


def _within(value: int, most: int) -> int:
    return min(max(1, value), most)

"""The year that the stories tell, relative to a day: any day, also 29 February and 31 December. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_TOLD = 12
MONTHS_OF_THIS_BUDGET = 7


@dataclass(frozen=True)
class Year:
    """Twelve whole months and the present one; the present budget year began seven months ago."""

    today: date

    @property
    def start(self) -> date:
        """The first day that is told of."""
        return month_start(self.today, -MONTHS_TOLD)

    @property
    def budget(self) -> date:
        """The first day of the present budget year."""
        return month_start(self.today, -MONTHS_OF_THIS_BUDGET)

    @property
    def budget_end(self) -> date:
        """The last day of the present budget year."""
        return month_start(self.budget, 12) - timedelta(days=1)

    @property
    def before_end(self) -> date:
        """The last day of the budget before."""
        return self.budget - timedelta(days=1)

    def ago(self, days: int) -> date:
        """Some days ago."""
        return self.today - timedelta(days=days)

    def month(self, number: int) -> date:
        """The first day of a month told of: 0 is the first, 12 the present one."""
        return month_start(self.start, number)

    def every(self, weeks: int, weekday: int, *, until: int = 0) -> Iterator[date]:
        """A weekday (0 is Monday) every so many weeks, from the start to some days ago."""
        day = self.start + timedelta(days=(weekday - self.start.weekday()) % 7)
        while day <= self.ago(until):
            yield day
            day += timedelta(weeks=weeks)


def month_start(day: date, months: int) -> date:
    """The first day of the month that lies so many months after the month of a day."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)

"""Dates as UK tills, terminals, letters and hands write them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FIRST = date(2024, 1, 2)
LAST = date(2026, 11, 17)
Style = Callable[[date], str]


def _month(day: date) -> str:
    return MONTHS[day.month - 1]


def _weekday(day: date) -> str:
    return DAYS[day.weekday()]


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th ..."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


STYLES: dict[str, Style] = {
    "17/11/26": lambda d: f"{d:%d/%m/%y}",
    "17/11/2026": lambda d: f"{d:%d/%m/%Y}",
    "7/11/26": lambda d: f"{d.day}/{d.month}/{d:%y}",
    "17-11-2026": lambda d: f"{d:%d-%m-%Y}",
    "17-11-26": lambda d: f"{d:%d-%m-%y}",
    "17.11.26": lambda d: f"{d:%d.%m.%y}",
    "17.11.2026": lambda d: f"{d:%d.%m.%Y}",
    "17NOV26": lambda d: f"{d.day:02}{_month(d)[:3].upper()}{d:%y}",
    "17 NOV 26": lambda d: f"{d.day:02} {_month(d)[:3].upper()} {d:%y}",
    "17-Nov-26": lambda d: f"{d.day:02}-{_month(d)[:3]}-{d:%y}",
    "17-NOV-2026": lambda d: f"{d.day:02}-{_month(d)[:3].upper()}-{d.year}",
    "17/Nov/2026": lambda d: f"{d.day:02}/{_month(d)[:3]}/{d.year}",
    "17 Nov 2026": lambda d: f"{d.day} {_month(d)[:3]} {d.year}",
    "17 Nov 26": lambda d: f"{d.day} {_month(d)[:3]} {d:%y}",
    "17 November 2026": lambda d: f"{d.day} {_month(d)} {d.year}",
    "17th November 2026": lambda d: f"{ordinal(d.day)} {_month(d)} {d.year}",
    "17th Nov 26": lambda d: f"{ordinal(d.day)} {_month(d)[:3]} {d:%y}",
    "Tue 17.11.26": lambda d: f"{_weekday(d)[:3]} {d:%d.%m.%y}",
    "Tue 17/11/2026": lambda d: f"{_weekday(d)[:3]} {d:%d/%m/%Y}",
    "TUE 17 NOV 2026": lambda d: f"{_weekday(d)[:3]} {d.day} {_month(d)[:3]} {d.year}".upper(),
    "Tuesday 17 November 2026": lambda d: f"{_weekday(d)} {d.day} {_month(d)} {d.year}",
    "2026-11-17": lambda d: f"{d:%Y-%m-%d}",
    "Nov 17,2026": lambda d: f"{_month(d)[:3]} {d.day:02},{d.year}",
}
TILL = [name for name in STYLES if name not in {"17th November 2026", "17th Nov 26", "Nov 17,2026"}]
COMMON = ["17/11/26", "17/11/2026", "17/11/26", "17/11/2026", "17-11-2026", "17 NOV 26", "17 Nov 2026"]
LETTER = ["17 November 2026", "17th November 2026", "17/11/2026", "17 Nov 2026", "Tuesday 17 November 2026"]
TERMINAL = ["17/11/2026", "17/11/26", "17-NOV-2026", "17 Nov 2026", "2026-11-17", "Nov 17,2026", "17NOV26"]
HAND = ["17/11/26", "7/11/26", "17.11.26", "17-11-26", "17 Nov 26", "17th Nov 26", "17/11/2026"]


@dataclass(frozen=True)
class When:
    """A moment of buying: the day, the style that writes it, the text written, and the clock."""

    day: date
    style: str
    text: str
    clock: str

    def plus(self, days: int) -> str:
        """Another day in the same writing: return-by, expiry and delivery dates look just like the date."""
        return STYLES[self.style](self.day + timedelta(days=days))


def pick(rng: Random, styles: list[str] | None = None, hours: tuple[int, int] = (8, 20)) -> When:
    """A day of the last three years, mostly of the last one, written in one of the styles."""
    span = (LAST - FIRST).days
    back = rng.randrange(330) if rng.random() < 0.7 else rng.randrange(span)
    day = LAST - timedelta(days=back)
    style = rng.choice(styles or (COMMON if rng.random() < 0.5 else TILL))
    clock = f"{rng.randint(*hours):02}:{rng.randrange(60):02}"
    if rng.random() < 0.35:
        clock += f":{rng.randrange(60):02}"
    return When(day, style, STYLES[style](day), clock)

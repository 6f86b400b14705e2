"""Ways of writing a date that the first exam does not have, beside those that it has."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from ..blind import dates
from ..blind.dates import DAYS, MONTHS, Style, When, ordinal

NEW: dict[str, Style] = {
    "2026/11/22": lambda d: f"{d:%Y/%m/%d}",
    "SUN 22NOV26": lambda d: f"{DAYS[d.weekday()][:3]} {d.day:02}{MONTHS[d.month - 1][:3]}{d:%y}".upper(),
    "Sun 22 Nov 26": lambda d: f"{DAYS[d.weekday()][:3]} {d.day} {MONTHS[d.month - 1][:3]} {d:%y}",
    "Sun, 22 Nov 2026": lambda d: f"{DAYS[d.weekday()][:3]}, {d.day} {MONTHS[d.month - 1][:3]} {d.year}",
    "Sunday 22nd November 2026": lambda d: f"{DAYS[d.weekday()]} {ordinal(d.day)} {MONTHS[d.month - 1]} {d.year}",
    "22nd Nov 2026": lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1][:3]} {d.year}",
    "22 Nov '26": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} '{d:%y}",
    "22 NOVEMBER 2026": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}".upper(),
    "22Nov2026": lambda d: f"{d.day:02}{MONTHS[d.month - 1][:3]}{d.year}",
    "22.Nov.2026": lambda d: f"{d.day:02}.{MONTHS[d.month - 1][:3]}.{d.year}",
    "22/11/26 (Sun)": lambda d: f"{d:%d/%m/%y} ({DAYS[d.weekday()][:3]})",
    "22 / 11 / 26": lambda d: f"{d.day} / {d.month} / {d:%y}",
    "22 11 26": lambda d: f"{d:%d %m %y}",
}
STYLES: dict[str, Style] = {**dates.STYLES, **NEW}
PLAIN = ["17/11/26", "17/11/2026", "17-11-2026", "17-11-26", "17.11.26"]
TILL = [*PLAIN, "2026/11/22", "SUN 22NOV26", "Sun 22 Nov 26", "17 Nov 26", "22Nov2026", "22/11/26 (Sun)", "17NOV26"]
TERMINAL = ["17/11/26", "17/11/2026", "2026/11/22", "22Nov2026", "17-Nov-26", "2026-11-17", "22.Nov.2026"]
OFFICE = [
    "17/11/2026", "17 Nov 2026", "22nd Nov 2026", "Sunday 22nd November 2026", "22 NOVEMBER 2026", "17 November 2026",
    "Sun, 22 Nov 2026", "17.11.2026",
]  # fmt: skip
PEN = ["17/11/26", "7/11/26", "22 / 11 / 26", "22 Nov '26", "22nd Nov 2026", "17th Nov 26", "22 11 26", "17-11-26"]


@dataclass(frozen=True)
class Moment(When):
    """A moment of buying in any of these writings."""

    def plus(self, days: int) -> str:
        """Another day in the same writing."""
        return STYLES[self.style](self.day + timedelta(days=days))

    def late(self, minutes: int) -> str:
        """The clock so many minutes later (or earlier), on the same day."""
        hours, rest = divmod(min(1439, max(0, int(self.clock[:2]) * 60 + int(self.clock[3:5]) + minutes)), 60)
        return f"{hours:02}:{rest:02}"


def choose_moment(rng: Random, styles: list[str], hours: tuple[int, int] = (8, 19)) -> Moment:
    """A day of the last three years, mostly of the last one."""
    found, style = dates.pick(rng, ["17/11/26"], hours), rng.choice(styles)
    return Moment(found.day, style, STYLES[style](found.day), found.clock)

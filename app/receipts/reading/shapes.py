"""What the reader takes and gives: lines of text in, a reading with its doubts out."""

from __future__ import annotations

from dataclasses import dataclass, field

Corner = tuple[float, float]
Box = tuple[Corner, Corner, Corner, Corner]


@dataclass(frozen=True)
class Line:
    """One piece of text found on a page: corners clockwise from top left, in pixels of the upright page.

    `score` is the recogniser's own belief in its letters, 0 to 1 (overconfident). `second` is what another
    recogniser read in the same box, None where only one looked.
    """

    text: str
    box: Box
    score: float = 1.0
    page: int = 0
    second: str | None = None


@dataclass(frozen=True)
class Hints:
    """What is known before reading: order of day and month, country (ISO, two letters), shops used before."""

    day_first: bool | None = None
    country: str | None = None
    shops: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One value read, how sure (0 to 1, calibrated), why in a short sentence, and where it stands."""

    value: str | None = None
    confidence: float = 0.0
    reason: str = ""
    box: Box | None = None
    page: int = 0


@dataclass(frozen=True)
class Item:
    """One line that was bought, or taken off, or added; the amount is a decimal string and may be negative."""

    text: str
    amount: str


@dataclass(frozen=True)
class Reading:
    """Everything read from one receipt. Nothing in it is a fact before the person confirms it."""

    merchant: Field = Field()
    date: Field = Field()
    total: Field = Field()
    currency: str | None = None
    vat: Field = Field()
    items: tuple[Item, ...] = ()
    pages: tuple[tuple[int, int], ...] = field(default=())
    turns: tuple[int, ...] = field(default=())
    lines: tuple[Line, ...] = field(default=())
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    error: str | None = None

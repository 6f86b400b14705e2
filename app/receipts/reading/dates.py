"""When the receipt was made out: every date on it, and which of them is the one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.receipts.reading.amounts import cut_box
from app.receipts.reading.lines import Placed, Row, overlaps
from app.receipts.reading.scoring import Features, score, shares
from app.receipts.reading.shapes import Box, Hints
from app.receipts.reading.words import DATA, letters_in, plain

RULES = {
    name: re.compile(rule.replace("MONTH", DATA["dates"]["month"]))
    for name, rule in DATA["dates"].items()
    if isinstance(rule, str)
}
MONTHS: dict[str, int] = DATA["dates"]["months"]
LETTERS = {"O": "0", "C": "0", "I": "1", "L": "1"}
FIRST_YEAR, LAST_YEAR = 1998, 2049
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Written:
    """A date as written: both readings where day and month could change places, and where in the text."""

    iso: str
    other: str | None
    start: int
    end: int
    shape: str


@dataclass(frozen=True)
class DateCandidate:
    """A date on the page with what speaks for it."""

    written: Written
    row: int
    part: Placed
    features: Features
    score: float
    share: float = 0.0

    @property
    def box(self) -> Box:
        """Where it stands."""
        return cut_box(self.part.line, self.written.start, self.written.end)


def rank_dates(rows: list[Row], hints: Hints) -> list[DateCandidate]:
    """The dates on the receipt, the likeliest first, each value once."""
    day_first = settle_order(rows, hints)
    found = [
        (written, at, part)
        for at, row in enumerate(rows)
        for part in row.parts
        for written in dates_in(part.line.text, day_first)
    ]
    if not found:
        return []
    counts: dict[str, int] = {}
    for written, _, _ in found:
        counts[written.iso] = counts.get(written.iso, 0) + 1
    scored = [weigh(rows, written, at, part, counts[written.iso]) for written, at, part in found]
    best: dict[str, DateCandidate] = {}
    for one in scored:
        if one.written.iso not in best or one.score > best[one.written.iso].score:
            best[one.written.iso] = one
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.row, one.written.start))
    parts = shares([one.score for one in ranked])
    return [replace(one, share=part) for one, part in zip(ranked, parts, strict=True)]


def settle_order(rows: list[Row], hints: Hints) -> bool:
    """Whether the day comes first: what the person's country says, unless the receipt itself proves otherwise."""
    first = hints.day_first
    if first is None:
        first = (hints.country or "").upper() not in DATA["month_first_countries"]
    return first


def dates_in(text: str, day_first: bool) -> list[Written]:
    """The dates in one text, left to right; overlapping shapes are taken in the order of their plainness."""
    upper = text.upper() if len(text.upper()) == len(text) else text
    found: list[Written] = []
    for one in (*worded(upper), *year_first(upper), *numeric(upper, day_first), *compact(upper, day_first)):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def worded(text: str) -> Iterator[Written]:
    """Dates with the month as a word: 15 JUN 18, 3rd of March 2024, MAR 5, 2024."""
    bare = plain_same_length(text)
    for match in RULES["day_month"].finditer(bare):
        yield from written(digits(match.group(3)), month_of(match.group(2)), digits(match.group(1)), match, "word")
    for match in RULES["month_day"].finditer(bare):
        yield from written(match.group(3), month_of(match.group(1)), match.group(2), match, "word")


def plain_same_length(text: str) -> str:
    """Plain text where its length stays as it was, so that places in it hold; else the text."""
    bare = plain(text)
    return bare if len(bare) == len(text) else text


def month_of(word: str) -> int:
    """The number of a month by its first letters, the longest that are known."""
    return next((MONTHS[word[:size]] for size in (5, 4, 3) if word[:size] in MONTHS), 0)


def year_first(text: str) -> Iterator[Written]:
    """2018-03-18."""
    for match in RULES["year_first"].finditer(text):
        yield from written(match.group(1), int(digits(match.group(3))), digits(match.group(4)), match, "year")


def numeric(text: str, day_first: bool) -> Iterator[Written]:
    """27/05/2018, 5.6.18, 05-06-2018, and 27 05 2018."""
    for match in RULES["numeric"].finditer(text):
        one, two, year = (digits(match.group(at)) for at in (1, 3, 4))
        yield from either(one, two, year, day_first, match, "numeric")
    for name in ("slip", "spaced"):
        for match in RULES[name].finditer(text):
            yield from either(match.group(1), match.group(2), match.group(3), day_first, match, "loose")


def compact(text: str, day_first: bool) -> Iterator[Written]:
    """27032018 and 20180327, eight digits alone."""
    for match in RULES["compact"].finditer(text):
        yield from either(match.group(1), match.group(2), match.group(3), day_first, match, "compact")
    for match in RULES["compact_year"].finditer(text):
        yield from written(match.group(1), int(match.group(2)), match.group(3), match, "compact")


def digits(text: str) -> str:
    """Letters that were read for digits, put right."""
    return "".join(LETTERS.get(letter, letter) for letter in text)


def either(one: str, two: str, year: str, day_first: bool, match: re.Match[str], shape: str) -> Iterator[Written]:
    """A date of two numbers that may change places: the order hinted at first, the other where only it is possible."""
    orders = ((one, two), (two, one)) if day_first else ((two, one), (one, two))
    made = [iso_date(year, int(month), day) for day, month in orders]
    kept = [iso for iso in made if iso]
    if not kept:
        return
    other = kept[1] if len(kept) == 2 and kept[1] != kept[0] else None
    yield Written(kept[0], other, match.start(), match.end(), shape if made[0] else "swapped")


def written(year: str, month: int, day: str, match: re.Match[str], shape: str) -> Iterator[Written]:
    """A date of which the parts are plain, if there is such a day."""
    iso = iso_date(year, month, day)
    if iso:
        yield Written(iso, None, match.start(), match.end(), shape)


def iso_date(year: str, month: int, day: str) -> str | None:
    """YYYY-MM-DD, or None where there is no such day or it is out of reach of a receipt."""
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not FIRST_YEAR <= full <= LAST_YEAR or not 1 <= month <= 12:
        return None
    leap = month == 2 and full % 4 == 0
    if not 1 <= int(day) <= LENGTHS[month - 1] + leap:
        return None
    return f"{full:04d}-{month:02d}-{int(day):02d}"


def weigh(rows: list[Row], one: Written, at: int, part: Placed, count: int) -> DateCandidate:
    """One date with what its surroundings say."""
    row_text = plain(rows[at].text)
    before = plain(words_before(rows[at], part, one))
    above = plain(words_above(rows, at, part))
    after = plain(part.line.text[one.end :] + " " + " ".join(p.line.text for p in rows[at].parts if p.left > part.left))
    alone = letters_in(plain(part.line.text[: one.start])) == 0
    features = {
        "time": float(bool(RULES["time"].search(after) or RULES["clock"].search(row_text))),
        "good": float(bool(RULES["good"].search(before))),
        "best": float(bool(RULES["best"].search(before))),
        "bad": float(is_bad(before) or is_bad(plain(second_before(part, one)))),
        "bad_above": float(alone and bool(RULES["bad"].search(above)) and not RULES["good"].search(above)),
        "good_above": float(alone and bool(RULES["good"].search(above)) and not RULES["bad"].search(above)),
        "bad_after": float(bool(RULES["bad"].search(after))),
        "repeats": float(min(2, count - 1)),
        "top": 1.0 - at / max(1, len(rows) - 1),
        "first": float(at < 1),
        "old": float(one.iso < "2009"),
        "far": float(one.iso > "2031"),
        "agreed": float(agrees(part, one)),
    }
    features["shape_" + one.shape] = 1.0
    return DateCandidate(one, at, part, features, score(features, "date"))


def is_bad(before: str) -> bool:
    """Whether these words announce another day than that of the sale."""
    return bool(RULES["bad"].search(before)) and not RULES["best"].search(before)


def words_above(rows: list[Row], at: int, part: Placed) -> str:
    """What stands in the row above: right above the date, or the whole row where the date stands alone in its own."""
    if not at:
        return ""
    row = rows[at - 1]
    right_above = [other.line.text for other in row.parts if overlaps(other, part)]
    return " ".join(right_above) if len(rows[at].parts) > 1 else row.text


def second_before(part: Placed, one: Written) -> str:
    """What the second recogniser read before the same date; it may have read the words better."""
    second = part.line.second or ""
    same = (other.start for other in dates_in(second, True) if one.iso in (other.iso, other.other))
    return second[: next(same, 0)]


def words_before(row: Row, part: Placed, one: Written) -> str:
    """What stands left of a date in its row, back to the date before it."""
    texts = [other.line.text for other in row.parts if other.left < part.left]
    return " ".join([*texts, part.line.text[: one.start]])


def agrees(part: Placed, one: Written) -> bool:
    """Whether a second recogniser read the same digits; True where none looked."""
    if part.line.second is None:
        return True
    return one.iso in {iso for other in dates_in(part.line.second, True) for iso in (other.iso, other.other) if iso}

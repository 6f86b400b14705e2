"""Sums of money in rows of text: how they are written, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.receipts.reading.lines import Placed, Row
from app.receipts.reading.shapes import Box, Line
from app.receipts.reading.words import DATA, HEADER, digits_in, labels_of, letters_in, plain

RULES = {name: re.compile(rule) for name, rule in DATA["money"].items()}
REPAIRS = [re.compile(DATA["repair"][name]) for name in ("money", "money_tail", "after_symbol")]
DIGITS: dict[str, str] = DATA["repair"]["digits"]
MOST = 99_999_999
NEAR = 1.9


@dataclass(frozen=True)
class Sum:
    """Money as written in one text: pence (negative where a minus stands), place in the text, and its signs."""

    pence: int
    start: int
    end: int
    symbol: str = ""
    whole: bool = False
    unit: bool = False


@dataclass(frozen=True)
class Amount:
    """A sum on the page: its row, the label that it belongs to, and the kinds of row the label may mean."""

    pence: int
    row: int
    part: Placed
    sum: Sum
    label: str
    labels: frozenset[str]
    above: bool
    agreed: bool

    @property
    def box(self) -> Box:
        """Where the digits stand, cut out of their line."""
        return cut_box(self.part.line, self.sum.start, self.sum.end)


def find_amounts(rows: list[Row]) -> list[Amount]:
    """All sums, row by row and left to right."""
    found = [sums_of_row(row) for row in rows]
    amounts: list[Amount] = []
    for at in range(len(rows)):
        for order, (part, one) in enumerate(found[at]):
            label, above = label_of(rows, found, at, order)
            labels = labels_of(label) if above else nearest_labels(rows[at], part, one)
            amounts.append(Amount(one.pence, at, part, one, label, labels, above, agrees(part.line, one)))
        if not found[at]:
            amounts += bare_total(rows, found, at)
    return amounts


def sums_of_row(row: Row) -> list[tuple[Placed, Sum]]:
    """The sums in a row with the part each stands in."""
    return [(part, one) for part in row.parts for one in sums_in(part.line.text)]


def sums_in(text: str) -> list[Sum]:
    """The sums written in one text, left to right."""
    fixed = repair(text)
    found: list[Sum] = []
    for one in (*decimals(fixed), *stuck(fixed), *wholes(fixed)):
        if all(one.end <= other.start or one.start >= other.end for other in found) and abs(one.pence) <= MOST:
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def repair(text: str) -> str:
    """Letters read in place of digits put right, where the rest can only be money. The length never changes."""
    fixed = text.upper() if len(text.upper()) == len(text) else text
    for rule in REPAIRS:
        for match in list(rule.finditer(fixed)):
            piece = match.group(0)
            digits = digits_in(piece)
            if digits and digits >= (len(piece) - 1) / 2 - 1:
                head = len(piece) - len(piece.lstrip("RM£€ "))
                mended = "".join(DIGITS.get(letter, letter) for letter in piece[head:])
                fixed = fixed[: match.start()] + piece[:head] + mended + fixed[match.end() :]
    return fixed


def decimals(text: str) -> Iterator[Sum]:
    """Sums with two decimals, such as 1,234.56 or -£4,50 or 0.02-."""
    for match in RULES["decimal"].finditer(text):
        opening, symbol, minus, whole, _, fraction, closing = match.groups()
        negative = (opening in set("-–—(") and bool(opening)) or bool(minus) or bool(closing and closing != ")")
        if opening == "(" and closing != ")":
            negative = False
        pence = int(re.sub("[^0-9]", "", whole)) * 100 + int(fraction)
        unit = is_unit(text, match.start(4), match.end(6))
        yield Sum(-pence if negative else pence, match.start(), match.end(), symbol or "", False, unit)


def stuck(text: str) -> Iterator[Sum]:
    """Sums glued to the word before their sign of money, such as TOTALRM12.00."""
    for match in RULES["stuck"].finditer(text):
        symbol, whole, fraction = match.groups()
        pence = int(re.sub("[^0-9]", "", whole)) * 100 + int(fraction)
        yield Sum(pence, match.start(), match.end(), symbol, False, is_unit(text, match.start(2), match.end(3)))


def wholes(text: str) -> Iterator[Sum]:
    """Whole pounds, only beside a sign of money."""
    for match in RULES["whole"].finditer(text):
        minus, symbol, whole = match.groups()
        pence = int(re.sub("[^0-9]", "", whole)) * 100
        unit = is_unit(text, match.start(3), match.end(3))
        yield Sum(-pence if minus else pence, match.start(), match.end(), symbol, True, unit)


def is_unit(text: str, start: int, end: int) -> bool:
    """Whether the number is a rate, a weight or a percentage rather than money paid."""
    before, after = plain(text[:start]), text[end:]
    return bool(RULES["unit_after"].search(after) or RULES["unit_before"].search(before))


def label_of(rows: list[Row], found: list[list[tuple[Placed, Sum]]], at: int, order: int) -> tuple[str, bool]:
    """The plain words before the sum in its row, or those of a near row without sums (then the flag is set)."""
    part, one = found[at][order]
    own = words_before(rows[at], part, one)
    if letters_in(own) >= 2:
        return own, False
    for other in (at - 1, at + 1):
        if 0 <= other < len(rows) and not found[other] and is_near(rows[at], rows[other]):
            text = plain(rows[other].text)
            if letters_in(text) >= 3 and not HEADER.search(text) and (other < at or labels_of(text)):
                return text, True
    return plain(rows[at].text), False


def words_before(row: Row, part: Placed, one: Sum) -> str:
    """The plain words left of a sum, without the sums before it."""
    texts = [other.line.text for other in row.parts if other.left < part.left]
    return strip_sums(plain(" ".join([*texts, part.line.text[: one.start]])))


def nearest_labels(row: Row, part: Placed, one: Sum) -> frozenset[str]:
    """The kinds meant by the words nearest to the left of a sum, going left until some kind is named."""
    texts = [plain(part.line.text[: one.start])]
    texts += [plain(other.line.text) for other in reversed(row.parts) if other.left < part.left]
    words = ""
    for text in texts:
        words = strip_sums(f"{text} {words}")
        if labels := labels_of(words):
            return labels
    return labels_of(plain(row.text)) if letters_in(words) < 2 else frozenset()


def strip_sums(text: str) -> str:
    """The text without its sums of money."""
    return RULES["decimal"].sub(" ", text).strip()


def is_near(row: Row, other: Row) -> bool:
    """Whether two rows stand directly above each other."""
    return row.page == other.page and abs(row.y - other.y) < NEAR * max(row.height, other.height)


def bare_total(rows: list[Row], found: list[list[tuple[Placed, Sum]]], at: int) -> list[Amount]:
    """A number without pence beside a word for the total, as people write by hand."""
    text = plain(rows[at].text)
    labels = labels_of(text)
    if not labels & {"total", "strong"} or labels & {"quantity", "points", "tax"} or RULES["no_sum"].search(text):
        return []
    part = rows[at].parts[-1]
    line = plain(part.line.text)
    spaced = RULES["spaced"].search(line)
    if spaced and spaced.end() == len(line):
        pence, start = int(spaced.group(1)) * 100 + int(spaced.group(2)), spaced.start()
    else:
        bare = list(RULES["bare"].finditer(line))
        if not bare or bare[-1].end() != len(line):
            return []
        pence, start = int(bare[-1].group(1)) * 100, bare[-1].start()
    one = Sum(pence, min(start, len(part.line.text)), len(part.line.text), "", True)
    return [Amount(pence, at, part, one, text, labels, False, agrees(part.line, one))]


def agrees(line: Line, one: Sum) -> bool:
    """Whether a second recogniser read the same sum in this line; True where none looked."""
    if line.second is None:
        return True
    return any(other.pence == one.pence for other in sums_in(line.second)) or (
        one.whole and str(abs(one.pence) // 100) in line.second
    )


def cut_box(line: Line, start: int, end: int) -> Box:
    """The part of a line's box between two places in its text, letters taken as equally wide."""
    length = max(1, len(line.text))
    top_left, top_right, bottom_right, bottom_left = line.box
    return (
        between(top_left, top_right, start / length),
        between(top_left, top_right, end / length),
        between(bottom_left, bottom_right, end / length),
        between(bottom_left, bottom_right, start / length),
    )


def between(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    """The point part of the way from one to the other."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share

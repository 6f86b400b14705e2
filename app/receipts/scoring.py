"""When a reading counts as right, and the figures of a whole folder."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.receipts.reading.shapes import Reading
from app.receipts.reading.telling import pence

LEGAL = frozenset(
    [
        "ltd",
        "limited",
        "plc",
        "llp",
        "llc",
        "inc",
        "co",
        "corp",
        "company",
        "gmbh",
        "ag",
        "kg",
        "mbh",
        "ug",
        "ev",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "oy",
        "ab",
        "as",
        "pte",
        "pty",
        "sdn",
        "bhd",
        "sb",
        "the",
    ]
)
CLEAR = 0.95
FIELDS = ("merchant", "date", "total")


@dataclass(frozen=True)
class Marked:
    """One receipt's reading beside its label: right, wrong, or None where nothing was to be found."""

    label: dict[str, Any]
    reading: Reading
    right: dict[str, bool | None] = field(default_factory=dict)

    @property
    def all_right(self) -> bool:
        """Whether nothing that was to be found is wrong or empty."""
        return all(one is not False for one in self.right.values())


def mark(label: dict[str, Any], reading: Reading) -> Marked:
    """Compare a reading with its label. The rules are those of the shared scorer of labelled receipts."""
    names = [label["merchant"], *(label.get("merchant_alt") or [])]
    sums = [label["total"], *(label.get("total_alt") or [])]
    right: dict[str, bool | None] = {
        "merchant": same_shop(reading.merchant.value, names) if label.get("merchant") else None,
        "date": reading.date.value == label["date"] if label.get("date") else None,
        "total": same_sum(reading.total.value, sums) if label.get("total") is not None else None,
    }
    return Marked(label, reading, right)


def same_sum(value: str | None, accepted: list[Any]) -> bool:
    """Whether the total is one of the accepted sums."""
    return value is not None and pence(value) in {round(float(one) * 100) for one in accepted}


def same_shop(value: str | None, accepted: list[str]) -> bool:
    """Whether the names share most of their words, or nearly all of their letters."""
    read = words_of(value)
    return bool(read) and any(alike(read, words_of(one)) for one in accepted)


def alike(read: list[str], wanted: list[str]) -> bool:
    """F1 of words of at least 0.8, or letters at least 0.9 alike."""
    rest, hits = list(wanted), 0
    for word in read:
        if word in rest:
            rest.remove(word)
            hits += 1
    if wanted and 2 * hits / (len(read) + len(wanted)) >= 0.8:
        return True
    return bool(wanted) and difflib.SequenceMatcher(None, "".join(read), "".join(wanted)).ratio() >= 0.9


def words_of(name: str | None) -> list[str]:
    """A shop's words without accents, marks and legal forms."""
    text = unicodedata.normalize("NFKD", (name or "").lower())
    bare = "".join(letter for letter in text if not unicodedata.combining(letter))
    bare = bare.replace("'", "").replace("’", "").replace(".", " ").replace("ß", "ss")
    words = re.findall("[a-z0-9]+", bare)
    return [word for word in words if word not in LEGAL] or words


def share(marked: list[Marked], holds: Callable[[Marked], bool]) -> float:
    """The share of receipts for which something holds; 0 where there are none."""
    return sum(holds(one) for one in marked) / len(marked) if marked else 0.0


def right_share(marked: list[Marked], name: str) -> float:
    """How often a field is right among those labelled."""
    found = [one for one in marked if one.right[name] is not None]
    return share(found, lambda one: one.right[name] is True)


def wrong_when_given(marked: list[Marked], name: str) -> float:
    """How often a value that was given is wrong."""
    given = [one for one in marked if one.right[name] is not None and getattr(one.reading, name).value is not None]
    return share(given, lambda one: one.right[name] is False)


def clear_totals(marked: list[Marked]) -> tuple[float, float]:
    """Of the totals said to be clear: the share that is wrong, and their share of all."""
    clear = [one for one in marked if one.reading.total.value is not None and one.reading.total.confidence >= CLEAR]
    return share(clear, lambda one: one.right["total"] is False), len(clear) / max(1, len(marked))


def items_add_up(marked: list[Marked]) -> float:
    """How often the items make exactly a total that counts as right."""
    return share(marked, adds_up)


def adds_up(one: Marked) -> bool:
    """Whether the items of one receipt make its total."""
    items = one.reading.items
    made = sum(pence(item.amount) for item in items)
    accepted = {round(float(total) * 100) for total in [one.label["total"], *(one.label.get("total_alt") or [])]}
    return bool(items) and made in accepted


def calibration(marked: list[Marked], name: str) -> list[tuple[float, float, int, float]]:
    """Said and found: for each band of confidence its edges, how many fell into it, and the share that was right."""
    bands = ((0.0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.99), (0.99, 1.001))
    table = []
    for low, high in bands:
        inside = [
            one
            for one in marked
            if one.right[name] is not None
            and getattr(one.reading, name).value is not None
            and low <= getattr(one.reading, name).confidence < high
        ]
        if inside:
            table.append((low, high, len(inside), share(inside, lambda one: one.right[name] is True)))
    return table

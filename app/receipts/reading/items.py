"""What was bought: the rows between the head of a receipt and its totals, checked by adding up."""

from __future__ import annotations

import re
from itertools import combinations

from app.receipts.reading.amounts import Amount
from app.receipts.reading.lines import Row
from app.receipts.reading.shapes import Item
from app.receipts.reading.words import letters_in, plain

SUMMARY = frozenset(
    {"strong", "total", "subtotal", "change", "cash", "card", "quantity", "points", "saved", "cashback", "tax"}
)
ADJUSTING = frozenset({"service", "tip", "rounding", "discount", "tax"})
NAMED_ENDS = frozenset({"strong", "total", "subtotal", "card", "cash"})
NEVER_ITEMS = frozenset({"strong", "total", "subtotal", "change", "cash", "tax", "saved", "cashback"})
MOST_ADJUSTING = 7
MOST_ROWS = 80
QUANTITY = re.compile("^[^A-Z]*(?:X|@|EA|EACH|PCS|UNIT|QTY|STK|KG|RM|SR|ZR|[A-Z])?[^A-Z]*$")


def last_sums(amounts: list[Amount]) -> dict[int, Amount]:
    """The right-most sum of each row that is no rate or weight."""
    found: dict[int, Amount] = {}
    for one in amounts:
        if not one.sum.unit:
            found[one.row] = one
    return found


def added_up(rows: list[Row], amounts: list[Amount]) -> frozenset[int]:
    """Every sum that equals two or more rows directly above its first labelled place."""
    column = last_sums(amounts)
    found: set[int] = set()
    for at, one in column.items():
        if one.labels & {"strong", "total", "subtotal"} and run_above(column, at, abs(one.pence)):
            found.add(abs(one.pence))
    return frozenset(found)


def run_above(column: dict[int, Amount], at: int, pence: int) -> list[int]:
    """The rows above one whose sums make exactly a sum, or none; names like those of totals are tried last."""
    return run_without(column, at, pence, SUMMARY) or run_without(column, at, pence, NEVER_ITEMS)


def run_without(column: dict[int, Amount], at: int, pence: int, left_out: frozenset[str]) -> list[int]:
    """The rows above one whose sums make exactly a sum, rows of some kinds left out."""
    left, used = pence, []
    for row in range(at - 1, max(-1, at - MOST_ROWS), -1):
        one = column.get(row)
        if one is None or one.labels & left_out:
            continue
        left -= signed(one)
        used.append(row)
        if left == 0:
            return used[::-1]
    return []


def signed(one: Amount) -> int:
    """A row's sum, below zero where it takes something off."""
    return -abs(one.pence) if "discount" in one.labels else one.pence


def list_items(rows: list[Row], amounts: list[Amount], total: int | None) -> tuple[Item, ...]:
    """The rows bought with their sums, and what was added or taken off before the total."""
    column = last_sums(amounts)
    used = proven_rows(column, total) or plausible_rows(column)
    return tuple(Item(name_of(rows, column, row), written(signed(column[row]))) for row in used)


def proven_rows(column: dict[int, Amount], total: int | None) -> list[int]:
    """The rows that add up to the total, with what was added or taken off between a subtotal and the total."""
    if total is None:
        return []
    ends = [at for at, one in column.items() if one.labels & NAMED_ENDS]
    for at in ends:
        subtotal = abs(column[at].pence) if total > 0 else -abs(column[at].pence)
        used = run_above(column, at, subtotal)
        bridge = bridging_rows(column, used, total - subtotal) if used else None
        if bridge is not None:
            return used + bridge
    return unnamed_subtotal(column, [at for at in ends if abs(column[at].pence) == abs(total)], total)


def bridging_rows(column: dict[int, Amount], used: list[int], missing: int) -> list[int] | None:
    """The few charges, taxes and cuts that make up a difference; None where none do."""
    if missing == 0:
        return []
    rows = [row for row, one in sorted(column.items()) if row not in used and is_adjusting(one)][:MOST_ADJUSTING]
    return next(
        (list(some) for some in combinations_of(rows) if sum(signed(column[row]) for row in some) == missing), None
    )


def unnamed_subtotal(column: dict[int, Amount], ends: list[int], total: int) -> list[int]:
    """The rows that make the total together with charges that stand above it, where no subtotal is printed."""
    for at in ends:
        rows = [row for row, one in sorted(column.items()) if row < at and is_adjusting(one)][-MOST_ADJUSTING:]
        for some in combinations_of(rows):
            used = run_above(column, some[0], total - sum(signed(column[row]) for row in some))
            if used:
                return used + list(some)
    return []


def combinations_of(rows: list[int]) -> list[tuple[int, ...]]:
    """One, two or three of some rows."""
    return [some for size in (1, 2, 3) for some in combinations(rows, size)]


def is_adjusting(one: Amount) -> bool:
    """Whether a row adds to a subtotal or takes something off."""
    kinds = one.labels
    return bool(one.pence and kinds & ADJUSTING) and not kinds & {"strong", "inclusive", "subtotal", "cash", "change"}


def plausible_rows(column: dict[int, Amount]) -> list[int]:
    """Without proof: the rows above the first total that carry no label of a total."""
    ends = [row for row, one in column.items() if one.labels & {"strong", "total", "subtotal"}]
    end = min(ends) if ends else 0
    return [row for row in sorted(column) if row < end and not column[row].labels & SUMMARY]


def name_of(rows: list[Row], column: dict[int, Amount], row: int) -> str:
    """The words of an item: its own row without the sum, or the row above where there are only figures."""
    own = words_of(rows[row], column[row])
    if not QUANTITY.match(plain(own)) or row == 0 or row - 1 in column:
        return own
    above = rows[row - 1].text.strip()
    return above if letters_in(plain(above)) >= 3 else own


def words_of(row: Row, one: Amount) -> str:
    """The text of a row without its last sum."""
    texts = [part.line.text for part in row.parts if part is not one.part]
    rest = one.part.line.text[: one.sum.start] + " " + one.part.line.text[one.sum.end :]
    return " ".join(" ".join([*texts, rest]).split())


def written(pence: int) -> str:
    """Pence as a decimal string."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"

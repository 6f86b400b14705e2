"""What was bought: the rows between the head of a receipt and its totals, checked by adding up."""

from __future__ import annotations

import re

from app.receipts.reading.amounts import Amount
from app.receipts.reading.lines import Row
from app.receipts.reading.shapes import Item
from app.receipts.reading.words import letters_in, plain

SUMMARY = frozenset(
    {"strong", "total", "subtotal", "change", "cash", "card", "quantity", "points", "saved", "cashback"}
)
ADJUSTING = frozenset({"service", "tip", "rounding", "discount"})
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
    """The rows above one whose sums make exactly its own, or none. Rows of totals are left out."""
    left, used = pence, []
    for row in range(at - 1, max(-1, at - MOST_ROWS), -1):
        one = column.get(row)
        if one is None or one.labels & SUMMARY - {"discount"} or "tax" in one.labels:
            continue
        left -= signed(one)
        used.append(row)
        if left == 0 and len(used) >= 1:
            return used[::-1]
    return []


def signed(one: Amount) -> int:
    """A row's sum, below zero where it takes something off."""
    return -abs(one.pence) if "discount" in one.labels and one.labels & ADJUSTING else one.pence


def list_items(rows: list[Row], amounts: list[Amount], total: int | None) -> tuple[Item, ...]:
    """The rows bought with their sums, and what was added or taken off before the total."""
    column = last_sums(amounts)
    used = proven_rows(column, total) or plausible_rows(column)
    return tuple(Item(name_of(rows, column, row), written(signed(column[row]))) for row in used)


def proven_rows(column: dict[int, Amount], total: int | None) -> list[int]:
    """The rows that add up to the total, or to a subtotal before charges."""
    if total is None:
        return []
    for at, one in column.items():
        is_named = abs(one.pence) == abs(total) and one.labels & {"strong", "total", "subtotal", "card", "cash"}
        if is_named and (used := run_above(column, at, total)):
            return used
    return []


def plausible_rows(column: dict[int, Amount]) -> list[int]:
    """Without proof: the rows above the first total that carry no label of a total."""
    ends = [row for row, one in column.items() if one.labels & {"strong", "total", "subtotal"}]
    end = min(ends) if ends else 0
    return [row for row in sorted(column) if row < end and not column[row].labels & (SUMMARY | {"tax"})]


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

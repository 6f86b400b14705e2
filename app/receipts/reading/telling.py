"""Which lines are worth reading again with the better model: those that the answer hangs on."""

from __future__ import annotations

import re

from app.receipts.reading.amounts import Amount, find_amounts
from app.receipts.reading.dates import rank_dates
from app.receipts.reading.lines import Row, build_rows
from app.receipts.reading.merchant import rank_merchants
from app.receipts.reading.shapes import Hints, Line, Reading
from app.receipts.reading.total import rank_totals

NAMES, DATES, TOTALS = 4, 3, 3
SUMMARY = {"strong", "total", "subtotal", "cash", "change", "card", "rounding", "cashback", "refund", "service", "tip"}
SURE, SURE_DATE = 0.95, 0.85
POOR, POOR_NAME = 0.7, 0.5
FAINT = 0.9
FIGURES = re.compile("[0-9]")


def first_look(lines: list[Line], hints: Hints) -> set[int]:
    """The places in the list of the lines that may hold the shop, the date and the total."""
    rows = build_rows(lines)
    amounts = find_amounts(rows)
    wanted: list[Line] = []
    for name in rank_merchants(rows, hints)[:NAMES]:
        wanted += [part.line for row in rows[name.row : name.row + name.rows] for part in row.parts]
    wanted += [date.part.line for date in rank_dates(rows, hints)[:DATES]]
    wanted += lines_of_totals(rows, amounts)
    wanted += [line for line in lines if line.score < FAINT and FIGURES.search(line.text)]
    return places(lines, wanted)


def lines_of_totals(rows: list[Row], amounts: list[Amount]) -> list[Line]:
    """The lines with sums beside words of a total, and those of the likeliest totals wherever they stand."""
    likely = {abs(one.pence) for one in rank_totals(rows, amounts)[:TOTALS]}
    return [one.part.line for one in amounts if one.labels & SUMMARY or abs(one.pence) in likely]


def second_look(lines: list[Line], reading: Reading) -> set[int]:
    """The lines to read again where the first answer is in doubt: everything with a figure in it."""
    if is_settled(reading):
        return set()
    return {at for at, line in enumerate(lines) if line.second is None and FIGURES.search(line.text)}


def is_settled(reading: Reading) -> bool:
    """Whether date and total are sure and the items make the total."""
    if reading.total.value is None or reading.total.confidence < SURE or reading.date.confidence < SURE_DATE:
        return False
    return pence(reading.total.value) == sum(pence(item.amount) for item in reading.items)


def is_poor(reading: Reading) -> bool:
    """Whether a field is empty or so unsure that the page deserves a closer look."""
    fields = ((reading.total, POOR), (reading.date, POOR), (reading.merchant, POOR_NAME))
    return any(one.value is None or one.confidence < least for one, least in fields)


def pence(amount: str) -> int:
    """A decimal string as pence."""
    return int(amount.replace(".", ""))


def places(lines: list[Line], wanted: list[Line]) -> set[int]:
    """Where lines stand in their list."""
    known = {id(line) for line in wanted}
    return {at for at, line in enumerate(lines) if id(line) in known and line.second is None}

"""A reading as it travels to phones: places as shares of the picture that they show. Pure.

The same shape is made on the phone, in `app/static/js/receipts/reading.js`; both are given the same lines in a test.
"""

from __future__ import annotations

from typing import Any

from app.receipts.reading.amounts import find_amounts
from app.receipts.reading.dates import rank_dates
from app.receipts.reading.items import written
from app.receipts.reading.lines import build_rows
from app.receipts.reading.shapes import Box, Field, Hints, Reading

MOST_NUMBERS = 60
MOST_ITEMS = 100
LONGEST = 200
WHOLE = 10_000


def as_result(reading: Reading, hints: Hints) -> dict[str, Any]:
    """The `result` of a reading row."""
    rows = build_rows(list(reading.lines))
    dated = rank_dates(rows, hints)[:1]
    fields = {name: as_field(reading, getattr(reading, name)) for name in ("merchant", "date", "total", "vat")}
    return {
        **fields,
        "date_other": next((one.written.other for one in dated if one.written.iso == reading.date.value), None),
        "currency": reading.currency,
        "items": [{"text": one.text[:LONGEST], "amount": one.amount} for one in reading.items[:MOST_ITEMS]],
        "numbers": [
            {
                "value": written(one.pence),
                "box": spot_of(reading, one.box, one.part.line.page),
                "page": one.part.line.page,
            }
            for one in find_amounts(rows)[:MOST_NUMBERS]
        ],
        "turns": list(reading.turns),
    }


def as_field(reading: Reading, field: Field) -> dict[str, Any]:
    """One field with its place."""
    return {
        "value": field.value and field.value[:LONGEST],
        "confidence": field.confidence,
        "reason": field.reason,
        "box": spot_of(reading, field.box, field.page) if field.box else None,
        "page": field.page,
    }


def spot_of(reading: Reading, box: Box, page: int) -> list[int]:
    """Left, top, right, bottom on the picture before it was set upright, each 0 to 10,000 of its width or height."""
    width, height = reading.pages[page] if page < len(reading.pages) else (1, 1)
    turn = reading.turns[page] if page < len(reading.turns) else 0
    corners = [turned_back(within(x / width), within(y / height), turn) for x, y in box]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return [min(across), min(down), max(across), max(down)]


def turned_back(across: int, down: int, turn: int) -> tuple[int, int]:
    """A place as it was before so many quarter turns against the clock."""
    return {0: (across, down), 1: (WHOLE - down, across), 2: (WHOLE - across, WHOLE - down), 3: (down, WHOLE - across)}[
        turn
    ]


def within(share: float) -> int:
    """A share of the page; half a unit goes up, as in JavaScript."""
    return min(WHOLE, max(0, int(share * WHOLE + 0.5)))

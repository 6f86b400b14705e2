"""What a made receipt says, and how it goes into labels.jsonl."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Field = NDArray[Any]


@dataclass
class Truth:
    """The facts printed on a receipt. Amounts are whole pence; a refund's total is below zero."""

    merchant: str
    date_printed: str
    day: date
    total: int
    items: list[tuple[str, int]] = field(default_factory=list)
    merchant_alt: list[str] = field(default_factory=list)
    total_alt: list[int] = field(default_factory=list)


@dataclass
class Made:
    """A receipt as a flat RGB picture with its truth.

    `edge` is how the paper ends: "torn" (till roll), "cut" (sheet) or "pad" (perforated top).
    `hand_written` is true where the total or the date is in handwriting. `said` holds every text on the paper, in the
    order of setting; no label is made from it, so a test can hold the one against the other.
    """

    picture: Picture
    truth: Truth
    edge: str = "torn"
    notes: list[str] = field(default_factory=list)
    hand_written: bool = False
    said: list[str] = field(default_factory=list)


def plain(pence: int) -> str:
    """1234 -> "12.34", -5 -> "-0.05"."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02}"


def label(made: Made, file: str, layout: str, kind: str) -> dict[str, Any]:
    """One object for labels.jsonl; `layout`, `hand_written` and `notes` come on top of the shared format."""
    truth = made.truth
    row: dict[str, Any] = {
        "file": file,
        "merchant": truth.merchant,
        "merchant_alt": truth.merchant_alt,
        "date_printed": truth.date_printed,
        "date": truth.day.isoformat(),
        "total": plain(truth.total),
        "total_alt": [plain(amount) for amount in truth.total_alt],
        "currency": "GBP",
        "day_first": True,
        "set": "blind-uk",
        "kind": kind,
        "layout": layout,
        "hand_written": made.hand_written,
        "items": [{"text": text, "amount": plain(amount)} for text, amount in truth.items],
        "licence": "generated, no rights reserved",
    }
    if made.notes:
        row["notes"] = made.notes
    return row

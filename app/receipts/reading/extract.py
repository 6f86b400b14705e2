"""From lines of text to a reading. Pure: no clock, no disk, no network."""

from __future__ import annotations

import re

from app.receipts.reading.amounts import Amount, find_amounts
from app.receipts.reading.confidence import judge_date, judge_merchant, judge_total
from app.receipts.reading.dates import rank_dates
from app.receipts.reading.items import list_items, written
from app.receipts.reading.lines import Row, build_rows
from app.receipts.reading.merchant import rank_merchants
from app.receipts.reading.shapes import Field, Hints, Line, Reading
from app.receipts.reading.total import rank_totals
from app.receipts.reading.words import DATA, plain

CURRENCIES = DATA["currency"]


def extract(lines: list[Line], hints: Hints | None = None) -> Reading:
    """Merchant, date, total, currency, VAT and items of one receipt, each with its doubt."""
    known = hints or Hints()
    rows = build_rows(lines)
    if not rows:
        return Reading()
    amounts = find_amounts(rows)
    totals = rank_totals(rows, amounts)
    return Reading(
        merchant=judge_merchant(rank_merchants(rows, known)),
        date=judge_date(rank_dates(rows, known)),
        total=judge_total(totals),
        currency=find_currency(rows, amounts, known),
        vat=find_vat(amounts, abs(totals[0].pence) if totals else 0),
        items=list_items(rows, amounts, totals[0].pence if totals else None),
    )


def find_currency(rows: list[Row], amounts: list[Amount], hints: Hints) -> str | None:
    """The currency printed most, else the one that words of the receipt speak for, else the country's."""
    counts: dict[str, int] = {}
    for one in amounts:
        code = CURRENCIES.get(one.sum.symbol)
        if code:
            counts[code] = counts.get(code, 0) + 1
    if counts:
        return max(sorted(counts), key=lambda code: counts[code])
    whole = plain(" ".join(row.text for row in rows))
    for code, rule in CURRENCIES["words"]:
        if re.search(rule, whole):
            return str(code)
    found = CURRENCIES["countries"].get((hints.country or "").upper())
    return str(found) if found else None


def find_vat(amounts: list[Amount], total: int) -> Field:
    """The tax printed, where it can be a tax of the total."""
    for one in reversed(amounts):
        fits = 0 < abs(one.pence) * 3 < total
        if fits and "tax" in one.labels and not one.labels & {"inclusive", "strong", "subtotal"} and not one.sum.unit:
            return Field(written(abs(one.pence)), 0.5, DATA["reasons"]["vat"], one.box, one.part.line.page)
    return Field()

"""Readings and hints as plain dictionaries, for the way between two processes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.receipts.reading.shapes import Box, Field, Hints, Item, Line, Reading


def hints_to_dict(hints: Hints) -> dict[str, Any]:
    """Hints for a request."""
    return asdict(hints)


def hints_from(raw: dict[str, Any]) -> Hints:
    """Hints out of a request."""
    return Hints(raw.get("day_first"), raw.get("country"), tuple(raw.get("shops") or ()))


def reading_to_dict(reading: Reading) -> dict[str, Any]:
    """A reading for an answer."""
    return asdict(reading)


def reading_from(raw: dict[str, Any]) -> Reading:
    """A reading out of an answer."""
    fields = {name: field_from(raw[name]) for name in ("merchant", "date", "total", "vat")}
    return Reading(
        **fields,
        currency=raw["currency"],
        items=tuple(Item(one["text"], one["amount"]) for one in raw["items"]),
        pages=tuple((width, height) for width, height in raw["pages"]),
        turns=tuple(raw["turns"]),
        lines=tuple(line_from(one) for one in raw["lines"]),
        seconds=raw["seconds"],
        cpu_seconds=raw["cpu_seconds"],
        error=raw["error"],
    )


def field_from(raw: dict[str, Any]) -> Field:
    """One field out of an answer."""
    box = box_from(raw["box"]) if raw["box"] else None
    return Field(raw["value"], raw["confidence"], raw["reason"], box, raw["page"])


def line_from(raw: dict[str, Any]) -> Line:
    """One line out of an answer, or out of a stored file of lines."""
    return Line(raw["text"], box_from(raw["box"]), raw.get("score", 1.0), raw.get("page", 0), raw.get("second"))


def box_from(raw: list[list[float]]) -> Box:
    """Four corners."""
    one, two, three, four = ((corner[0], corner[1]) for corner in raw)
    return one, two, three, four

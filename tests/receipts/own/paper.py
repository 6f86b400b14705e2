"""A receipt typed as text: rows as they stand, columns parted by three spaces or more."""

from __future__ import annotations

import re

from app.receipts.reading.shapes import Line

LETTER, ROW = 12.0, 34.0


def paper(text: str) -> list[Line]:
    """The lines of a typed receipt; a row that starts with # is printed twice as tall."""
    found: list[Line] = []
    y = 20.0
    for row in text.strip("\n").split("\n"):
        tall = 2.0 if row.startswith("#") else 1.0
        body = row.removeprefix("#")
        for match in re.finditer(r"\S(?:.*?\S)??(?=\s{3,}|\s*$)", body):
            left, right = match.start() * LETTER, match.end() * LETTER
            top, bottom = y, y + 26 * tall
            found.append(Line(match.group(0), ((left, top), (right, top), (right, bottom), (left, bottom)), 0.98))
        y += ROW * tall
    return found

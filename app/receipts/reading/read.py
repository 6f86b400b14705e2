"""A whole file read in this process. Hostile files need the bounds of `bounded`, which calls this."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from app.receipts.reading.extract import extract
from app.receipts.reading.images import open_pages
from app.receipts.reading.ocr import read_picture
from app.receipts.reading.shapes import Hints, Line, Reading


def read_here(path: Path, hints: Hints) -> Reading:
    """The reading of a photo or PDF. Raises Unreadable with a sentence."""
    start = time.perf_counter()
    lines: list[Line] = []
    sizes: list[tuple[int, int]] = []
    turns: list[int] = []
    for at, page in enumerate(open_pages(path)):
        if page.picture is None:
            lines += page.lines
            sizes.append(page.size)
            turns.append(0)
            continue
        text = read_picture(page.picture, at)
        lines += text.lines
        sizes.append(text.size)
        turns.append(text.turn)
    seconds = round(time.perf_counter() - start, 2)
    reading = extract(lines, hints)
    return replace(reading, pages=tuple(sizes), turns=tuple(turns), lines=tuple(lines), seconds=seconds)

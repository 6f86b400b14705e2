"""A whole file read in this process. Hostile files need the bounds of `bounded`, which asks for this."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from app.receipts.reading.extract import extract
from app.receipts.reading.images import Page, open_pages
from app.receipts.reading.ocr import PageText, read_picture
from app.receipts.reading.shapes import Hints, Line, Reading
from app.receipts.reading.telling import first_look, is_poor, second_look


@dataclass(frozen=True)
class PageLines:
    """One page's lines so far, and the picture to read again from where there is one."""

    lines: list[Line]
    size: tuple[int, int]
    text: PageText | None


def read_here(path: Path, hints: Hints) -> Reading:
    """The reading of a photo or PDF. Raises Unreadable with a sentence."""
    start, used = time.perf_counter(), time.process_time()
    pages = [read_page(page, at) for at, page in enumerate(open_pages(path))]
    reading = read_lines(pages, hints)
    if is_poor(reading) and any(page.text for page in pages):
        closer = [look_closer(page) for page in pages]
        again = read_lines(closer, hints)
        if trust(again) >= trust(reading):
            pages, reading = closer, again
    return replace(
        reading,
        pages=tuple(page.size for page in pages),
        turns=tuple(page.text.turn if page.text else 0 for page in pages),
        lines=tuple(all_lines(pages)),
        seconds=round(time.perf_counter() - start, 2),
        cpu_seconds=round(time.process_time() - used, 2),
    )


def read_lines(pages: list[PageLines], hints: Hints) -> Reading:
    """The reading of some pages; the lines that the answer hangs on are read by both models."""
    look_again(pages, first_look(all_lines(pages), hints))
    reading = extract(all_lines(pages), hints)
    if doubtful := second_look(all_lines(pages), reading):
        look_again(pages, doubtful)
        reading = extract(all_lines(pages), hints)
    return reading


def trust(reading: Reading) -> float:
    """How sure a reading is altogether; an empty field counts nothing."""
    fields = (reading.merchant, reading.date, reading.total)
    return sum(one.confidence for one in fields if one.value is not None)


def look_closer(page: PageLines) -> PageLines:
    """A page with its text found anew by the better detector."""
    if page.text is None:
        return page
    text = page.text.looked_at_closely()
    return PageLines(text.lines, page.size, text)


def read_page(page: Page, at: int) -> PageLines:
    """A page's text layer, or what the quick model reads on its picture."""
    if page.picture is None:
        return PageLines(list(page.lines), page.size, None)
    text = read_picture(page.picture, at)
    return PageLines(text.lines, text.size, text)


def all_lines(pages: list[PageLines]) -> list[Line]:
    """The lines of all pages in order."""
    return [line for page in pages for line in page.lines]


def look_again(pages: list[PageLines], places: set[int]) -> None:
    """Have the better model read the lines at some places of the whole list."""
    start = 0
    for page in pages:
        if page.text is not None:
            page.text.read_again({at - start for at in places if start <= at < start + len(page.lines)})
        start += len(page.lines)

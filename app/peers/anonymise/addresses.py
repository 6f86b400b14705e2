"""The lines of an address: "Unit 4, The Old Maltings, Quayside, Framlow, IP13 0ZZ" is one find, not its sure parts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.peers.anonymise.lists import phrases
from app.peers.anonymise.naming import level_of
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View

LINE_BEFORE = re.compile(
    r"(?:^|(?<=[\s(:,]))(?P<line>[^\W_][\w'-]*\.?(?: (?:of|on|the|y|yr|upon|[^\W_][\w'-]*)){0,3})(?:, ?|,?\n)$"
)
LINE_AFTER = re.compile(
    r"(?:, ?|,?\n)(?P<line>[^\W_][\w'-]*(?: (?:of|on|the|y|yr|upon|[^\W_][\w'-]*)){0,2})(?=[,.\n)]|$)"
)
SMALL = frozenset(["of", "on", "the", "y", "yr", "upon"])
OPENING = re.compile(r"\b(?:at|is|are|in|to|of|address|live|lives|near|from|by|and|or|with|for|was|via)$")
"""Words in front of an address; no part of it."""
STREETS = frozenset(["a street", "an address", "a house number", "a named house", "a postcode", "part of a postcode"])


def with_lines(view: View, found: Sequence[Span]) -> list[Span]:
    """`found` with each place drawn out over the lines of its address on both sides."""
    return [drawn_out(view, span) if span.kind == "PLACE" else span for span in found]


def drawn_out(view: View, span: Span) -> Span:
    start, end = span.start, span.end
    while (line := line_before(view, start)) is not None:
        start = line
    if span.reason in STREETS:
        end = line_after(view, end)
    if (start, end) == (span.start, span.end):
        return span
    return replace(span, start=start, end=end, reason="an address")


def line_before(view: View, start: int) -> int | None:
    """Where the line in front begins; None when what stands there is no line of an address."""
    match = LINE_BEFORE.search(view.plain, max(0, start - 60), start)
    if not match:
        return None
    at = match.start("line")
    words = view.plain[at : match.end("line")].split(" ")
    while words and not may_begin(view, words[0]):
        at += len(words[0]) + 1
        words = words[1:]
    return at if words and is_line(view, at, words) else None


def may_begin(view: View, word: str) -> bool:
    """Whether a line may begin with the word: not "at", and in a text with capitals only with one or a digit."""
    if OPENING.fullmatch(word.lower()):
        return False
    return not view.cased or word[:1].isupper() or word[:1].isdigit() or word == "the"


def is_line(view: View, at: int, words: Sequence[str]) -> bool:
    named = [w for w in words if w.lower() not in SMALL]
    if any(w.lower() in phrases("small_words.txt") for w in named):
        return False
    house = bool(named) and (
        named[-1].lower().rstrip("s") in singular() or named[0].lower() in {"flat", "unit", "plot"}
    )
    if not view.cased:
        return house
    capitals = bool(named) and all(w[:1].isupper() or w[:1].isdigit() for w in named)
    return capitals and (house or not any(level_of(w.lower()) in {10, 20} for w in named))


def singular() -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in phrases("houses.txt"))


def line_after(view: View, end: int) -> int:
    """Where the address ends: over "Framlow" in "3 High Street, Framlow." in a text with capitals."""
    match = LINE_AFTER.match(view.plain, end) if view.cased else None
    if not match:
        return end
    words = match["line"].split(" ")
    capitals = all(w[:1].isupper() for w in words if w not in SMALL)
    return match.end() if capitals and not all(level_of(w.lower()) in {10, 20} for w in words) else end

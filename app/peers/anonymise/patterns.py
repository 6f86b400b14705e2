"""Rules that are patterns: the data files of regular expressions, compiled once and tried on a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from app.peers.anonymise.dates import marked
from app.peers.anonymise.lists import phrases, read_data
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View

LOWER_TAIL = re.compile(r"(?:,?\s+[a-z'-]+)+$")
STREET_WORD = re.compile(
    r"road|rd|street|lane|ln|ave|drive|close|terrace|gardens|grove|court|way|row|hill|place|flat|estate|house|cottages?|\by\b"
)


@dataclass(frozen=True, slots=True)
class Rule:
    kind: str
    extent: str
    """"" for the match, "clause" for the clause around it."""
    reason: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=8)
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of a data file; see the note at the top of `patterns.txt`."""
    parts = definitions(name)
    found: list[Rule] = []
    for line in read_data(name).splitlines():
        if line and not line.startswith(("#", "define ")):
            head, reason, pattern = line.split(" | ", 2)
            kind, _, extent = head.partition("+")
            found.append(Rule(kind, extent, reason, re.compile(expand(pattern, parts))))
    return tuple(found)


@lru_cache(maxsize=8)
def definitions(name: str) -> dict[str, str]:
    """What the rules of a data file may use by name, each with those above it filled in."""
    parts: dict[str, str] = {}
    for line in read_data(name).splitlines():
        if line.startswith("define "):
            key, _, value = line.removeprefix("define ").partition(" | ")
            parts[key] = expand(value, parts)
    return parts


def expand(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda m: parts[m[1]], pattern)


def matches(view: View, name: str) -> Iterator[tuple[Rule, Span]]:
    """Every match of every rule of the file, also overlapping ones of different rules."""
    dated = marked(view.low)
    for rule in rules(name):
        for match in rule.pattern.finditer(dated if rule.kind == "DATE" else view.low):
            group = "x" if rule.pattern.groupindex.get("x") and match["x"] is not None else 0
            start, end = view.trim_space(*match.span(group))
            if start < end:
                yield rule, Span(start, end, rule.kind, rule.reason)


def pattern_spans(view: View) -> list[Span]:
    """Dates, contacts, identifiers and addresses by form."""
    found = (trimmed(view, span) for _, span in matches(view, "patterns.txt"))
    return [*known_orgs(view), *(span for span in found if not is_shared(view, span))]


def is_shared(view: View, span: Span) -> bool:
    """Whether a form of places finds a name that many people share: "Quality Street"."""
    return span.kind in {"PLACE", "ORG"} and view.low[span.start : span.end] in phrases("allowed.txt")


def known_orgs(view: View) -> Iterator[Span]:
    """Hospitals that everybody calls by a short name: "Alder Hey"."""
    for match in org_names().finditer(view.low):
        yield Span(*match.span(), "ORG", "a local organisation")


@lru_cache(maxsize=1)
def org_names() -> re.Pattern[str]:
    names = sorted(phrases("org_names.txt"), key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, names))})(?![\w'-])")


def trimmed(view: View, span: Span) -> Span:
    """An address in capitals ends with its last capital or street word: not "3 High Row, Easington since"."""
    said = view.plain[span.start : span.end]
    if span.kind == "DATE":
        return replace(span, end=span.start + len(said.rstrip(" .,")))
    tail = LOWER_TAIL.search(said)
    if span.kind != "PLACE" or not view.cased or not tail or not re.search("[A-Z]", said):
        return span
    return replace(span, end=span.start + tail.start()) if not STREET_WORD.search(said[tail.start() :]) else span

"""What the anonymiser finds: spans of a text, in Python characters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

KINDS = ("PERSON", "PLACE", "ORG", "DATE", "CONTACT", "ID", "RARE")
"""The types of a span. RARE is anything rare enough to point at one person."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]` gives somebody away; `reason` says why, in words a person can read."""

    start: int
    end: int
    kind: str
    reason: str
    role: str = ""
    """What the words around it say about it: "daughter", "a helper", "clause"; empty when nothing does."""

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in reading order without overlaps; overlapping ones become one that covers both.

    The type is that of the longer one, because it covers what the other found.
    """
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if out and span.start < out[-1].end:
            out[-1] = united(out[-1], span)
        else:
            out.append(span)
    return out


FIRM = frozenset(["a postcode", "part of a postcode", "a street", "an address"])
"""Forms that are surer than what another rule makes of the very same characters."""


def united(first: Span, second: Span) -> Span:
    """One span over both; `first` starts no later than `second`."""
    longer = first if first.end - first.start >= second.end - second.start else second
    if (second.start, second.end) == (first.start, first.end) and second.kind == "ORG" and first.kind == "PLACE":
        longer = second
    firm = next((s for s in (first, second) if s.reason in FIRM), None)
    if firm and (first.start, first.end) == (second.start, second.end):
        longer = firm
    return replace(longer, start=first.start, end=max(first.end, second.end))

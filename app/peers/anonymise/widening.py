"""Names in a text without capitals go on over the plain words beside them, up to where the sentence goes on."""

from collections.abc import Sequence
from dataclasses import replace

from app.peers.anonymise.lists import phrases
from app.peers.anonymise.naming import Scored, cues
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View

FURTHEST = 2
"""Words that a name may gain: "greenacre salads", "brightside contract cleaning"."""
LED_BY = frozenset(
    ["at", "from", "with", "into", "to", "in", "via", "near", "outside", "behind", "called", "attending"]
)
"""Words that lead to a place or a body, so that what follows them is its whole name."""
ENDINGS = ("ing", "ed", "es", "s")


def widened_without_capitals(view: View, scored: Sequence[Scored], found: Sequence[Span]) -> list[Span]:
    """`found` with the names that a place word leads to drawn out to the right; nothing changes where capitals help."""
    if view.cased:
        return list(found)
    ends = {item.word.end: at for at, item in enumerate(scored)}
    starts = {item.word.start: at for at, item in enumerate(scored)}
    return [drawn_out(view, scored, span, starts.get(span.start), ends.get(span.end)) for span in found]


def drawn_out(view: View, scored: Sequence[Scored], span: Span, first: int | None, last: int | None) -> Span:
    if span.kind not in {"PERSON", "PLACE", "ORG"} or not first or last is None:
        return span
    if scored[first - 1].word.low not in LED_BY or scored[first].cue in {"title", "kin", "role"}:
        return span
    end = last
    while end - last < FURTHEST and end + 1 < len(scored) and goes_on(view, scored[end], scored[end + 1]):
        end += 1
    return replace(span, end=scored[end].word.end) if end > last else span


def goes_on(view: View, here: Scored, then: Scored) -> bool:
    """Whether the next word could belong to the name: nothing but a space between, and no small word or verb."""
    if view.plain[here.word.end : then.word.start] != " " or here.word.tail:
        return False
    return not is_small(then.word.low)


def is_small(low: str) -> bool:
    """A word at which a name ends, in any of its forms: "sends" like "send"."""
    small = phrases("small_words.txt") | cues()["after"] | cues()["kin"]
    stems = (low, *(low[: -len(end)] for end in ENDINGS if low.endswith(end) and len(low) > len(end) + 2))
    return "'" in low or any(stem in small for stem in stems)

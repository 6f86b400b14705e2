"""How a finished text is made of a checked one: pure. The phone sends what to hide and what to reveal, never a text."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypedDict

from app.peers.anonymise.known import REASON as KNOWN_REASON
from app.peers.anonymise.lists import commonness
from app.peers.anonymise.spans import Span

HIDDEN = "(hidden)"
SEALED_KINDS = frozenset({"CONTACT", "ID"})
TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
WORD = re.compile(r"(?<![^\W\d_]['\u2019])[^\W\d_]+")
COMMON = 35
"""The level of the word list up to which a word stands out nowhere."""


class Segment(TypedDict, total=False):
    """A run of a checked text. `t` is what peers read; the rest only stands on a find.

    `k`: its kind; `why`: a reason in words; `was`: what it stands for, missing where that is sealed.
    `f`, on runs that are no find: words in lower case that stand out, for a last look.
    """

    t: str
    k: str
    why: str
    was: str
    f: list[str]


def segments_of(text: str, said: str, spans: Sequence[Span]) -> list[Segment]:
    """The rewritten text in runs: together they are `said`, letter by letter; changed ones say what they stand for."""
    before, after = TOKENS.findall(text), TOKENS.findall(said)
    found: list[Segment] = []
    at = 0
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, shown = "".join(before[i:j]), "".join(after[m:n])
        touching = [span for span in spans if span.start < at + len(was) and at < span.end]
        at += len(was)
        if tag == "equal" or not touching:
            found.append({"t": shown})
        else:
            found.append(_find(was, shown, touching))
    return [one for one in found if one["t"] or "k" in one]


def _find(was: str, shown: str, touching: Sequence[Span]) -> Segment:
    sealed = [span for span in touching if span.kind in SEALED_KINDS or span.reason == KNOWN_REASON]
    first = (sealed or touching)[0]
    made: Segment = {"t": shown, "k": first.kind, "why": first.reason}
    if not sealed:
        made["was"] = was
    return made


def with_faint(segments: Sequence[Segment], more: Collection[str] = ()) -> list[Segment]:
    """The same runs with the words that stand out: those that few texts hold, and `more`, in lower case."""
    return [_faint(segment, more) for segment in segments]


def _faint(segment: Segment, more: Collection[str]) -> Segment:
    words = {word.lower() for word in WORD.findall(segment["t"])}
    found = sorted(word for word in words if word in more or (len(word) > 1 and commonness().get(word, 99) > COMMON))
    return segment if "k" in segment or not found else {**segment, "f": found}


def checked_again(final: Mapping[str, str]) -> dict[str, list[Segment]]:
    """A finished text as a checked one without finds: what was hidden stays hidden, more can be."""
    return {name: with_faint([{"t": text}]) for name, text in final.items()}


def compose(parts: dict[str, list[Segment]], hidden: Iterable[str], revealed: Collection[str]) -> dict[str, str]:
    """The finished text of each part. `revealed` names finds as "part:number"; `hidden` words go everywhere."""
    words = sorted({word.strip() for word in hidden if word.strip()}, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE) if words else None
    made = {name: "".join(_shown(name, segments, revealed)) for name, segments in parts.items()}
    return {name: pattern.sub(HIDDEN, text) if pattern else text for name, text in made.items()}


def _shown(name: str, segments: Sequence[Segment], revealed: Collection[str]) -> Iterable[str]:
    for number, segment in enumerate(segments):
        yield segment.get("was", segment["t"]) if f"{name}:{number}" in revealed else segment["t"]


def is_rare(parts: dict[str, list[Segment]]) -> bool:
    """Whether anything rare enough to point at somebody was found: then a second person reads it."""
    return any(segment.get("k") == "RARE" for segments in parts.values() for segment in segments)

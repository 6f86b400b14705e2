"""Words that are also names, used as the words they are: "Olive oil", "Rob a bank", "Heather and lavender"."""

import re
from functools import lru_cache

from app.peers.anonymise.lists import read_data
from app.peers.anonymise.naming import cues, level_of
from app.peers.anonymise.patterns import expand
from app.peers.anonymise.text import View, Word
from app.peers.anonymise.widening import is_small

ENDINGS = re.compile(r"(?:,|,? (?:and|or|n|&)) (?P<y>[a-z][a-z'-]+)")
PAIRED, SMALL = 2.5, 5.0
"""Points off both words of a pair; more off the one without a capital where a name would have one."""
LONGEST_UNIT = 5
FAMILIAR = frozenset([10, 20, 35])


@lru_cache(maxsize=1)
def plain_forms() -> tuple[tuple[float, bool, re.Pattern[str]], ...]:
    """The forms of `plain_forms.txt`: what each takes from the score of its word, and whether a capital forbids it."""
    parts: dict[str, str] = {}
    found = []
    for line in read_data("plain_forms.txt").splitlines():
        key, _, value = line.partition(" | ")
        if line.startswith("define "):
            parts[key.removeprefix("define ")] = expand(value, parts)
        elif line.startswith("LESS "):
            small, points = key.startswith("LESS small "), float(key.rpartition(" ")[2])
            found.append((points, small, re.compile(expand(value, parts))))
    return tuple(found)


def plain_points(view: View) -> dict[int, float]:
    """By the start of a word, the points to take from its score as a name; only words that a dictionary has."""
    starts = {word.start: word for word in view.words if level_of(word.low)}
    found: dict[int, float] = {}
    for points, small, pattern in plain_forms():
        for match in pattern.finditer(view.low):
            word = starts.get(match.start("x"))
            if word and not (small and view.cased and word.capital):
                found[word.start] = max(points, found.get(word.start, 0.0))
    for word in view.words:
        if len(word.low) < LONGEST_UNIT and is_glued(view, word):
            found[word.start] = SMALL
    for word in starts.values():
        other = None if word.tail else paired(view, word.end)
        if other is not None:
            found[word.start] = max(PAIRED, found.get(word.start, 0.0))
            found[other] = max(SMALL if view.careful else PAIRED, found.get(other, 0.0))
    return found


def is_glued(view: View, word: Word) -> bool:
    """Whether a word stands against a digit, as the unit of a measure does: "92cm", "hba1c"."""
    return any(c.isdigit() for c in (view.plain[max(0, word.start - 1) : word.start] + view.plain[word.end :][:1]))


def paired(view: View, end: int) -> int | None:
    """Where the plain noun without a capital begins that stands beside a word in a row: "Basil, mint"; else None."""
    match = ENDINGS.match(view.plain, end) if view.cased else None
    if match is None or is_small(match["y"]) or match["y"] in cues()["role"] | cues()["verb"]:
        return None
    plain = level_of(match["y"]) in FAMILIAR and match["y"] not in cues()["action"]
    return match.start("y") if plain else None

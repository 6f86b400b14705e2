"""The word lists that lie in the data folder, read once."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

LEVELS = (10, 20, 35, 50, 60)


def read_data(name: str) -> str:
    return (files("app.peers.anonymise") / "data" / name).read_text(encoding="utf8")


@lru_cache(maxsize=64)
def phrases(name: str) -> frozenset[str]:
    """Entries of a list: separated by tabs or lines; lines that begin with # are notes."""
    lines = (line for line in read_data(name).splitlines() if not line.startswith("#"))
    return frozenset(entry.strip() for line in lines for entry in line.split("\t") if entry.strip())


@lru_cache(maxsize=1)
def commonness() -> dict[str, int]:
    """English words by the level at which the word list has them: 10 is everyday, 60 is rare."""
    levels: dict[str, int] = {}
    for level in LEVELS:
        for word in phrases(f"words_{level}.txt"):
            levels.setdefault(word, level)
    for word in phrases("care_words.txt"):
        levels[word] = 10
    return levels


@lru_cache(maxsize=1)
def near_places() -> frozenset[str]:
    """Places of these islands, from towns to villages, wards and districts."""
    return phrases("places_near.txt") | phrases("places_villages.txt") | phrases("places_own.txt")


class Names:
    """Lists of names; `without` takes entries out, to show that the engine does not live by its lists."""

    def __init__(self, without: Iterable[str] = ()) -> None:
        gone = {w.lower() for w in without}
        self.given = phrases("given.txt") - gone
        self.surnames = phrases("surnames.txt") - gone
        self.near = near_places()
        self.far = phrases("places_far.txt") - gone


@lru_cache(maxsize=1)
def place_shape() -> re.Pattern[str]:
    """How names of places here begin and end: "-thorpe", "Llan-"."""
    return re.compile("|".join(sorted(phrases("place_shapes.txt"))))


@lru_cache(maxsize=8)
def word_groups(name: str) -> dict[str, frozenset[str]]:
    """Words by group: lines of "group: words". Words of a group of "phrases" are parted by tabs."""
    lines = [line for line in read_data(name).splitlines() if line and not line.startswith("#")]
    pairs = (line.partition(": ") for line in lines)
    return {group: frozenset(rest.split("\t") if "\t" in rest else rest.split()) for group, _, rest in pairs}

"""Names by meaning: what the model made of a word where it stands ("clay is squishy", "Clay is kind") adds to its
points as a name or takes from them. A judge of some 1,200 numbers was taught on labelled words
(`tests/peers/anonymiser/teach_names.py`).
"""

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from app.peers.anonymise.lists import Names, read_data
from app.peers.anonymise.model import State
from app.peers.anonymise.naming import Scored, level_of
from app.peers.anonymise.spans import Span, merged

EVERYDAY = 10
"""The level of the words that all texts hold, those of care among them: no name by its sound alone."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """A line through the states of a word's first token: each number weighed and added up."""

    weights: list[float]
    bias: float
    share: float
    """How many points of a name a point of the judge is."""
    most: float
    """No word gains or loses more points than this."""
    alone: float
    """So much surer a name must be that is all a text tells."""

    def points(self, numbers: Any) -> float:
        heard = (float(numbers.dot(self.weights)) + self.bias) * self.share
        return max(-self.most, min(self.most, heard))


@lru_cache(maxsize=1)
def hearing() -> Hearing:
    loaded = json.loads(read_data("hearing.json"))
    return Hearing(**{name: value for name, value in loaded.items() if name != "note"})


def first_states(states: Sequence[State]) -> dict[int, Any]:
    """The numbers of each token by where it begins; of two readings of a place the first."""
    return {state.start: state.numbers for state in reversed(states)}


def heard(scored: Sequence[Scored], states: Sequence[State], plain: Container[int], names: Names) -> list[Scored]:
    """The words with what the judge adds to their points; from those that a form says to be `plain` (by where they
    start), and from everyday ones that no list has as a name, it only takes away."""
    numbers = first_states(states)
    return [
        replace(item, score=item.score + gained(item, numbers[item.word.start], plain, names))
        if item.word.start in numbers
        else item
        for item in scored
    ]


def gained(item: Scored, numbers: Any, plain: Container[int], names: Names) -> float:
    low, points = item.word.low, hearing().points(numbers)
    everyday = level_of(low) == EVERYDAY and low not in names.given and low not in names.surnames
    return min(0.0, points) if everyday or item.word.start in plain else points


def surely_named(scored: Sequence[Scored], named: Sequence[Span], threshold: float) -> bool:
    """Whether one of the names found is sure enough to be all that a text tells."""
    border = threshold + hearing().alone
    return any(
        item.score >= border for span in merged(named) for item in scored if span.start <= item.word.start < span.end
    )

"""RARE by meaning: clauses that no rule foresees ("the circus elephant trod on me"), judged by what the model makes of
their words. A judge of some 3,500 numbers was taught on labelled clauses (`tests/peers/anonymiser/teach.py`); it also
has a say in what the rules found: a form like "the last one" tells nothing where the clause around it is plainly plain.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.peers.anonymise.lists import read_data
from app.peers.anonymise.model import State
from app.peers.anonymise.rare import rare_spans
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View

REASON = "something that few people share"
LONGEST = 28
"""Words of a clause that are judged at once; of a longer one each stretch of so many, by half of them further on."""
DOUBTFUL = frozenset(
    [
        "the only one of something",
        "the first of something",
        "nobody else is like it",
        "few in the country",
        "one of very few",
        "something the news told",
        "a loss or crime people remember",
    ]
)
"""Rules whose forms ordinary life has too: "the first one was late", "nobody else came", "floods of tears"."""
FEWEST = 3
"""A clause of fewer words tells too little to be judged."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A line through the model's states: the mean, the greatest and the least of a clause's tokens, weighed and added
    up."""

    mean: list[float]
    most: list[float]
    least: list[float]
    bias: float
    tells: float
    """From this score on a clause is covered though no rule found anything."""
    plain: float
    """Under this score what a rule found in a clause is let go."""

    def score(self, numbers: Sequence[Any]) -> float:
        """How telling a clause is, from the states of its tokens; under nought rather not."""
        mean, most, least = summed_up(numbers)
        return float(mean.dot(self.mean) + most.dot(self.most) + least.dot(self.least)) + self.bias


def summed_up(numbers: Sequence[Any]) -> tuple[Any, Any, Any]:
    """What is weighed of a clause: the mean, the greatest and the least of each number over its tokens."""
    most = least = numbers[0]
    for other in numbers[1:]:
        most, least = most.clip(min=other), least.clip(max=other)
    return sum(numbers[1:], numbers[0]) / len(numbers), most, least


@lru_cache(maxsize=1)
def judge() -> Judge:
    loaded = json.loads(read_data("telling.json"))
    return Judge(**{name: value for name, value in loaded.items() if name != "note"})


Scores = dict[tuple[int, int], float]


def scores_of(view: View, states: Sequence[State]) -> Scores:
    """The judge's score of each stretch of the text."""
    return {part: judge().score(inside) for part in stretches(view) if (inside := numbers_of(states, *part))}


def kept_rare(view: View, scores: Scores) -> list[Span]:
    """What the rules call rare, where the judge does not shake its head."""
    return [span for span in rare_spans(view) if not is_let_go(span, scores)]


def told_spans(scores: Scores) -> list[Span]:
    """What is rare by the judge alone."""
    return [Span(*part, "RARE", REASON, "clause") for part, score in scores.items() if score >= judge().tells]


def is_let_go(span: Span, scores: Scores) -> bool:
    """Whether the find of a doubtful rule lies in plain clauses only."""
    if span.reason not in DOUBTFUL:
        return False
    around = [score for (start, end), score in scores.items() if start < span.end and span.start < end]
    return bool(around) and max(around) < judge().plain


def stretches(view: View) -> Iterator[tuple[int, int]]:
    """What is judged at once: each clause, or the overlapping parts of one that does not end."""
    for start, end in view.clauses:
        words = [word for word in view.words if start <= word.start < end]
        if FEWEST <= len(words) <= LONGEST:
            yield start, end
        elif len(words) > LONGEST:
            last = len(words) - LONGEST
            for first in [*range(0, last, LONGEST // 2), last]:
                yield words[first].start, words[first + LONGEST - 1].end


def numbers_of(states: Sequence[State], start: int, end: int) -> list[Any]:
    return [state.numbers for state in states if start <= state.start < end]

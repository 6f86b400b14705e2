"""What a group says with one voice, for those who are no members of it: pure.

Each person gives one answer to each question, with the first of their examples that has one. Answers are not added one
by one: a count moves when enough people gave an answer since the last time, and not all the same one. Answers that were
taken back go in the same way. So nobody who looks before and after learns what one of them said.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.peers.combinations import LEAST_VALUES, OUTSIDE

QUESTIONS = ("went", "better", "refused", "waited")
"""How it went; in which side of life it got better; why something was refused; how long people waited."""
COUNTED_ONLY = ("refused_why", "waited")
"""Codes that never stand on an example."""
BANDS = (OUTSIDE, 20, 50, 100, 200, 500)


def answers_of(codes: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """What one example answers, by question. `codes` stand on it, `told` are only counted."""
    found = {
        "went": codes.get("outcome"),
        "better": codes.get("side") if codes.get("outcome") == "better" else None,
        "refused": told.get("refused_why"),
        "waited": told.get("waited"),
    }
    return {question: answer for question, answer in found.items() if answer}


def enough(answers: Sequence[str]) -> bool:
    """Whether these answers, one for each person, may be counted, or taken off, together."""
    return len(answers) >= OUTSIDE and len(set(answers)) >= LEAST_VALUES


def moved(tally: Mapping[str, int], answers: Sequence[str], by: int) -> dict[str, int]:
    """The counts with these answers added (1) or taken off (-1)."""
    made = Counter(dict(tally))
    for answer in answers:
        made[answer] += by
    return {answer: count for answer, count in sorted(made.items()) if count > 0}


def said(tally: Mapping[str, int]) -> dict[str, int]:
    """What shows: the band of each answer that enough people gave. One such answer alone would be everybody's: none."""
    shown = {answer: band(count) for answer, count in tally.items() if count >= OUTSIDE}
    return shown if len(shown) >= LEAST_VALUES else {}


def band(count: int) -> int:
    """At least so many; 0 where that may not be said."""
    return max((lowest for lowest in BANDS if lowest <= count), default=0)

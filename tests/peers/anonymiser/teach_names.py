"""Teaches the judge of names (`app/peers/anonymise/hearing.py`). Run by a developer, never by the product.

    python -m tests.peers.anonymiser.teach_names [--without SET]

reads the development texts, never a kept back or blind set, and writes `hearing.json` into the data folder. With
`--without` it learns from all sets but one and prints how well it tells that one's names from its other words, beside
the points of `naming.py`. A word is a name when a span of `NAMES` overlaps it: contacts and identifiers hold words too.
Words of other labels say nothing, nor do words that have hardly any points.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.peers.anonymise.bench import Labelled, read_labelled, unpunctuated
from app.peers.anonymise.engine import ready
from app.peers.anonymise.hearing import first_states
from app.peers.anonymise.plainly import plain_points
from app.peers.anonymise.text import View
from tests.peers.anonymiser.line import line_between
from tests.peers.anonymiser.teach import DATA as TELLING
from tests.peers.anonymiser.teach import PEERS
from tests.peers.anonymiser.teach import SETS as EARLIER

SETS = EARLIER | {name: f"{name}/texts.jsonl" for name in ("dev7", "dev8")}
DATA = TELLING.with_name("hearing.json")
NAMES = frozenset(["PERSON", "PLACE", "CONTACT", "ID"])
SHRINK = 0.02
LEAST = -1.0
"""Plain words with fewer points than this are no temptation and teach nothing."""
NAME, CLEAN = 3.0, 2.0
"""What a name weighs, and a plain word of a text with nothing to find, beside any other plain word."""
SHARE, MOST, ALONE = 0.5, 3.0, 0.3
"""How far the judge is followed, set on development texts; what each does stands at `Hearing`."""


@dataclass(frozen=True, slots=True)
class Heard:
    points: float
    numbers: Any
    name: bool
    clean: bool
    """Of a text that holds nothing to find."""


def words(labelled: Labelled) -> Iterator[Heard]:
    engine, view = ready(), View(labelled.text)
    reading = engine.detector.reading(view.plain)
    numbers = first_states(reading.states)
    for item in engine.namer.scored(view, reading.guesses, plain_points(view)):
        start, end = item.word.start, item.word.end
        kinds = {kind for a, b, kind in labelled.spans if a < end and start < b}
        name = bool(kinds & NAMES)
        if start in numbers and (name or (not kinds and item.score > LEAST)):
            yield Heard(item.score, numbers[start], name, not labelled.spans)


def read(name: str) -> list[Heard]:
    texts = [item for file in sorted(PEERS.glob(SETS[name])) for item in read_labelled(file)]
    return [word for item in texts for way in (item, unpunctuated(item)) for word in words(way)]


def learned(known: Sequence[Heard]) -> tuple[Any, float]:
    x = np.array([word.numbers for word in known], dtype=np.float32)
    y = np.array([float(word.name) for word in known], dtype=np.float32)
    share = np.array([NAME if word.name else CLEAN if word.clean else 1.0 for word in known], dtype=np.float32)
    return line_between(x, y, share, SHRINK)


def report(weights: Any, bias: float, tried: Sequence[Heard]) -> None:
    """Of 100 pairs of a name and another word, how many stand in the right order."""
    names = np.array([word.name for word in tried])
    heard = np.array([word.numbers @ weights + bias for word in tried]) * SHARE
    points = np.array([word.points for word in tried])
    for what, scores in (("points", points), ("judge", heard), ("both", points + heard.clip(-MOST, MOST))):
        ranks = scores.argsort().argsort()[names]
        pairs = len(ranks) * (len(names) - len(ranks))
        print(f"{what:7} {100 * (ranks.sum() - len(ranks) * (len(ranks) - 1) / 2) / pairs:.1f}")


def main(arguments: Sequence[str]) -> None:
    left = arguments[1] if arguments[:1] == ["--without"] else ""
    weights, bias = learned([word for name in SETS if name != left for word in read(name)])
    if left:
        return report(weights, bias, read(left))
    said = {"note": "Made by tests/peers/anonymiser/teach_names.py out of the development texts."}
    said |= {"bias": round(bias, 4), "share": SHARE, "most": MOST, "alone": ALONE}
    said |= {"weights": [float(f"{number:.4g}") for number in weights]}
    DATA.write_text(json.dumps(said, separators=(",", ":")) + "\n", encoding="utf8")
    return None


if __name__ == "__main__":
    main(sys.argv[1:])

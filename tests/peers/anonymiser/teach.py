"""Teaches the judge of rare things (`app/peers/anonymise/telling.py`). Run by a developer, never by the product.

    python -m tests.peers.anonymiser.teach [--without SET]

reads the development texts, never a kept back or blind set, and writes `telling.json` into the data folder. With
`--without` it learns from all sets but one and prints how well it tells that one's rare clauses from those of its
clean texts. A clause is telling when a span labelled RARE overlaps it; one that only names a condition is left to the
list of conditions.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.peers.anonymise.bench import Labelled, read_labelled, unpunctuated
from app.peers.anonymise.model import load_model
from app.peers.anonymise.rare import CONDITION, rare_spans
from app.peers.anonymise.telling import numbers_of, stretches, summed_up
from app.peers.anonymise.text import View
from tests.peers.anonymiser.line import line_between

PEERS = Path(__file__).parents[1]
DATA = Path(__file__).parents[3] / "app" / "peers" / "anonymise" / "data" / "telling.json"
SETS = {"tune": "corpus/tune-*.jsonl", "held": "corpus/held-*.jsonl"} | {
    name: f"{name}/texts.jsonl" for name in ("dev2", "dev3", "dev4", "dev5", "dev6")
}
SHRINK = 0.1
CLEAN, OTHER = 8.0, 3.0
"""What a plain clause weighs: in a text with nothing to find, where one false find spoils the text, and in others."""
TELLS, PLAIN = -1.45, -2.9
"""Thresholds, set on development texts; what each does stands at the judge."""


@dataclass(frozen=True, slots=True)
class Clause:
    words: str
    numbers: Any
    telling: bool
    clean: bool
    """Of a text that holds nothing to find."""


def clauses(labelled: Labelled) -> Iterator[Clause]:
    view = View(labelled.text)
    states = load_model().reading(view.plain).states
    conditions = [(s.start, s.end) for s in rare_spans(view) if s.reason == CONDITION]
    rare = [(a, b) for a, b, kind in labelled.spans if kind == "RARE"]
    for start, end in stretches(view):
        inside = numbers_of(states, start, end)
        told = any(a < end and start < b for a, b in rare)
        if not inside or (told and any(a < end and start < b for a, b in conditions)):
            continue
        yield Clause(labelled.text[start:end], np.concatenate(summed_up(inside)), told, not labelled.spans)


def learned(known: Sequence[Clause]) -> tuple[Any, float]:
    """Weights and bias of the line that parts the clauses; telling ones weigh a third of the plain ones."""
    x = np.array([clause.numbers for clause in known], dtype=np.float32)
    y = np.array([float(clause.telling) for clause in known], dtype=np.float32)
    clean = np.where([clause.clean for clause in known], CLEAN, OTHER)
    share = np.where(y > 0, (y == 0).sum() / y.sum() / 3, clean).astype(np.float32)
    return line_between(x, y, share, SHRINK)


def read(name: str) -> list[Clause]:
    texts = [item for file in sorted(PEERS.glob(SETS[name])) for item in read_labelled(file)]
    return [clause for item in texts for way in (item, unpunctuated(item)) for clause in clauses(way)]


def report(weights: Any, bias: float, tried: Sequence[Clause]) -> None:
    scores = np.array([clause.numbers @ weights + bias for clause in tried])
    told = np.array([clause.telling for clause in tried])
    clean = np.array([clause.clean for clause in tried])
    for border in (-4.0, -3.0, -2.5, -2.0, -1.7, -1.5, -1.3, -1.0, -0.5, 0.0):
        print(
            f"{border:5.1f}: rare {(scores[told] >= border).mean():.3f}, clean {(scores[clean] >= border).mean():.3f}"
        )


def main(arguments: Sequence[str]) -> None:
    left = arguments[1] if arguments[:1] == ["--without"] else ""
    known = [clause for name in SETS if name != left for clause in read(name)]
    weights, bias = learned(known)
    if left:
        return report(weights, bias, read(left))
    rounded = [float(f"{number:.4g}") for number in weights]
    third = len(rounded) // 3
    said = {"note": "Made by tests/peers/anonymiser/teach.py out of the development texts.", "bias": round(bias, 4)}
    said |= {"tells": TELLS, "plain": PLAIN, "mean": rounded[:third], "most": rounded[third : 2 * third]}
    said |= {"least": rounded[2 * third :]}
    DATA.write_text(json.dumps(said, separators=(",", ":")) + "\n", encoding="utf8")
    return None


if __name__ == "__main__":
    main(sys.argv[1:])

"""Texts with [[brackets]] around what must be covered, for tests of the anonymiser."""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Marked:
    """A text without its brackets, and the stretches that stood in them."""

    text: str
    spans: tuple[tuple[int, int], ...]


def unmark(line: str) -> Marked:
    """ "a [[b]]" becomes the text "a b" with one span."""
    spans: list[tuple[int, int]] = []
    text = ""
    for piece in re.split(r"(\[\[.*?\]\])", line):
        if piece.startswith("[["):
            spans.append((len(text), len(text) + len(piece) - 4))
            piece = piece[2:-2]
        text += piece
    return Marked(text, tuple(spans))


def cases(name: str = "cases.txt") -> list[Marked]:
    lines = (HERE / name).read_text(encoding="utf8").splitlines()
    return [unmark(line) for line in lines if line and not line.startswith("#")]

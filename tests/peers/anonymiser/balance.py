"""Recall of names by community, each name in everyday sentences, in capitals as written and in lower case."""

from collections.abc import Iterator
from pathlib import Path

from app.peers.anonymise.engine import Anonymiser

FRAMES = (
    "My daughter {given} wants to swim on Mondays.",
    "{given} comes at eight and we walk to the shop.",
    "We pay {full} for six hours a week.",
    "The review was with {full}, who listened.",
    "i asked {given} to stay late on friday",
    "thanks to {full} for the lift",
)


def communities() -> dict[str, list[str]]:
    lines = (Path(__file__).parent / "communities.txt").read_text(encoding="utf8").splitlines()
    pairs = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {community: names.split(", ") for community, names in pairs}


def sentences(full: str, turn: int) -> Iterator[tuple[str, str]]:
    """(sentence, the name in it), lower case where the sentence is; half of the frames, by turns."""
    for frame in FRAMES[turn % 2 :: 2]:
        name = full if "{full}" in frame else full.split()[0]
        shown = name if frame[0].isupper() or frame[0] == "{" else name.lower()
        yield frame.format(full=shown, given=shown), shown


def recall_of(engine: Anonymiser, names: list[str]) -> float:
    """The share, in percent, of names that are covered whole."""
    tried = [pair for turn, name in enumerate(names) for pair in sentences(name, turn)]
    return 100 * sum(covers(engine, text, name) for text, name in tried) / len(tried)


def covers(engine: Anonymiser, text: str, name: str) -> bool:
    at = text.index(name)
    covered = {i for s in engine.spans(text) for i in range(s.start, s.end)}
    return all(i in covered or text[i] == " " for i in range(at, at + len(name)))

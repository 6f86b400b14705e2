"""The anonymiser against the labelled texts of the repository: what it finds, what it loses, how long it takes."""

from collections.abc import Sequence
from pathlib import Path

from app.peers.anonymise import bench

CORPUS = Path(__file__).parents[1] / "peers" / "corpus"


def main(arguments: Sequence[str]) -> int:
    return bench.main([*arguments, *(str(file) for file in sorted(CORPUS.glob("*.jsonl")))])

"""Prints texts of the tuning corpus before and after, as docs/anonymiser.md shows them.

python -m tests.peers.anonymiser.show 60
"""

import json
import sys
from pathlib import Path

from app.peers.anonymise.engine import ready
from app.peers.anonymise.standins import StandIns, rewrite

CORPUS = Path(__file__).parents[1] / "corpus"


def main(count: int) -> None:
    lines = [line for name in ("tune-a", "tune-b") for line in (CORPUS / f"{name}.jsonl").open(encoding="utf8")]
    texts = [item["text"] for item in map(json.loads, lines) if item["spans"]]
    for number, text in enumerate(texts[:count], 1):
        print(f"{number}. {' / '.join(text.splitlines())}  ")
        print(f"   → {' / '.join(rewrite(text, ready().spans(text), StandIns()).splitlines())}")


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""How well receipts are read: scores a folder with labels.jsonl. `bin/bench receipts DIR [--chart=FILE]`."""

import sys
from pathlib import Path

from app.receipts.bench import bench_receipts

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "receipts"


def main(argv: list[str]) -> int:
    """Score the folder that is named, else the shared one beside the project."""
    folders = [Path(word) for word in argv if not word.startswith("--")] or [SHARED]
    if not folders[0].is_dir():
        print(f"There is no folder {folders[0]}. Name one: bin/bench receipts DIR", file=sys.stderr)
        return 1
    options = [word for word in argv if word.startswith("--") and word != "--json"]
    bench_receipts.main([str(folders[0]), *options], standalone_mode=False)
    return 0

"""The phone's reading and the server's have one shape: the same places, numbers and doubts from the same lines."""

import json
import random
import shutil
import subprocess
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from app.receipts.reading.extract import extract
from app.receipts.reading.shapes import Hints, Line, Reading
from app.receipts.shaping import as_result
from tests.receipts.own.boxes import lines_of
from tests.receipts.own.layouts import make_slip

CHILD = Path(__file__).parent / "own" / "shape_child.mjs"
MADE = 80
SIZE = (900, 2400)


def made(seed: int) -> tuple[list[Line], Hints, int]:
    """The lines of a made-up receipt, hints, and how the page was turned."""
    dice = random.Random(seed)
    lines = lines_of(make_slip(seed), dice, noise=dice.choice([0.0, 0.02]), tilt=dice.uniform(-0.1, 0.1))
    return lines, Hints(dice.choice([True, False, None]), dice.choice(["GB", "US"])), seed % 4


def on_the_phone(papers: list[tuple[list[Line], Hints, int]]) -> list[dict[str, Any]]:
    """What the phone makes of them."""
    node = shutil.which("node")
    assert node is not None, "node is needed to set up and to test"
    asked = [
        {"lines": [asdict(one) for one in lines], "hints": asdict(hints), "pages": [SIZE], "turns": [turn]}
        for lines, hints, turn in papers
    ]
    told = "\n".join(json.dumps(one) for one in asked) + "\n"
    done = subprocess.run([node, str(CHILD)], input=told, capture_output=True, text=True, check=True, timeout=120)
    return [json.loads(line) for line in done.stdout.splitlines()]


def on_the_server(lines: list[Line], hints: Hints, turn: int) -> dict[str, Any]:
    """What the server sends to phones."""
    reading: Reading = replace(extract(lines, hints), pages=(SIZE,), turns=(turn,), lines=tuple(lines))
    shaped: dict[str, Any] = json.loads(json.dumps(as_result(reading, hints)))
    return shaped


def test_both_shape_eighty_made_up_receipts_alike() -> None:
    papers = [made(seed) for seed in range(MADE)]
    ours = [on_the_server(*paper) for paper in papers]
    assert on_the_phone(papers) == ours
    assert sum(bool(one["date_other"]) for one in ours) > 5
    assert all(0 <= edge <= 10_000 for one in ours for number in one["numbers"] for edge in number["box"])

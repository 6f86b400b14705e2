"""The phone's extractor and the server's give the same reading of the same lines, box for box."""

import json
import random
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from app.receipts.reading.bounded import Reader
from app.receipts.reading.extract import extract
from app.receipts.reading.shapes import Hints, Line, Reading
from tests.receipts.own.boxes import lines_of
from tests.receipts.own.layouts import make_slip

CHILD = Path(__file__).parent / "own" / "extract_child.mjs"
KEYS = ("merchant", "date", "total", "vat", "currency", "items")
MADE = 500


def on_the_phone(papers: list[tuple[list[Line], Hints]]) -> list[dict[str, Any]]:
    """What the JavaScript extractor reads."""
    node = shutil.which("node")
    assert node is not None, "node is needed to set up and to test"
    asked = [json.dumps({"lines": [asdict(one) for one in lines], "hints": asdict(hints)}) for lines, hints in papers]
    done = subprocess.run(
        [node, str(CHILD)], input="\n".join(asked) + "\n", capture_output=True, text=True, check=True, timeout=120
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_json(reading: Reading) -> dict[str, Any]:
    """A Python reading in the form that the phone prints."""
    whole: dict[str, Any] = json.loads(json.dumps(asdict(reading)))
    return {key: whole[key] for key in KEYS}


def compare(papers: list[tuple[list[Line], Hints]]) -> None:
    """Fail with the first receipt that the two read differently."""
    theirs = on_the_phone(papers)
    assert len(theirs) == len(papers)
    for (lines, hints), phone in zip(papers, theirs, strict=True):
        assert phone == as_json(extract(lines, hints)), [line.text for line in lines]


def made(seed: int) -> tuple[list[Line], Hints]:
    """The lines of a made-up receipt, leaning and misread by chance, with chance hints."""
    dice = random.Random(seed)
    lines = lines_of(make_slip(seed), dice, noise=dice.choice([0.0, 0.01, 0.06]), tilt=dice.uniform(-0.15, 0.15))
    shops = ("Ashby Pharmacy", "TESCO") if dice.random() < 0.3 else ()
    return lines, Hints(dice.choice([True, False, None]), dice.choice(["GB", "US", None]), shops)


def test_both_read_five_hundred_made_up_receipts_alike() -> None:
    compare([made(seed) for seed in range(MADE)])


def test_both_read_odd_lines_alike() -> None:
    odd = ["", " ", "ß€£ 1.234,56-", "TOTAL £", "Ünïcödé 12,50 EUR", "31/02/2024", "(£3.00)", "RM 1O.5O", "Total 45"]
    box = ((0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (0.0, 20.0))
    papers = [([Line(text, box)], Hints()) for text in odd]
    compare([([], Hints()), *papers])


@pytest.mark.long
def test_both_read_the_lines_of_all_development_receipts_alike() -> None:
    compare(real_papers(0))


def test_both_read_the_lines_of_some_development_receipts_alike() -> None:
    compare(real_papers(3))


def real_papers(most: int) -> list[tuple[list[Line], Hints]]:
    """What the recognisers find on real receipts: all of them, or the first few."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "receipts"
    if not folder.exists():
        pytest.skip("the development receipts are not beside the project")
    files = sorted(folder.glob("*.jpg"))
    with Reader() as reader:
        readings = [reader.read(path, Hints(day_first=True)) for path in files[: most or len(files)]]
    return [(list(reading.lines), Hints(day_first=True)) for reading in readings]

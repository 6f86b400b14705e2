"""Makes a folder of invented UK receipts with labels.jsonl.

    python -m tests.receipts.blind.generate OUTDIR --count 90 --seed 7 --photographed

Same seed, same pictures. Every layout comes once before any comes twice. With --photographed every third picture
is a hard one: turned by 90, 180 or 270 degrees, or badly lit; some of the others carry an EXIF orientation flag.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from .layouts import LAYOUTS, Layout
from .photo.camera import photograph, pick_conditions, to_jpeg
from .scribble import scribble
from .truth import label

SCRIBBLED = 0.12


@dataclass(frozen=True)
class Exam:
    """A set of layouts under a name: the name goes into each label, the letter before each file's number."""

    name: str
    letter: str
    layouts: dict[str, Layout]


BLIND = Exam("blind-uk", "b", LAYOUTS)


def layout_order(seed: int, count: int, exam: Exam = BLIND) -> list[str]:
    """The layouts to make: all of them shuffled, again and again."""
    rng, names = Random(f"{seed} order"), sorted(exam.layouts)
    order: list[str] = []
    while len(order) < count:
        rng.shuffle(names)
        order += names
    return order[:count]


def hard_ones(seed: int, count: int) -> list[bool]:
    """Which pictures are hard: one of every three in a row."""
    rng = Random(f"{seed} hard")
    flags: list[bool] = []
    while len(flags) < count:
        three = [True, False, False]
        rng.shuffle(three)
        flags += three
    return flags[:count]


def generate(
    count: int, seed: int, photographed: bool, exam: Exam = BLIND
) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """One receipt after the other: file name, JPEG bytes, label."""
    hard = hard_ones(seed, count)
    for index, layout in enumerate(layout_order(seed, count, exam)):
        rng = Random(f"{seed} {index} {layout}")
        made = exam.layouts[layout](rng)
        if made.edge == "torn" and rng.random() < SCRIBBLED:
            scribble(made, rng)
        file = f"{exam.letter}{index + 1:03}.jpg"
        row = label(made, file, layout, "photo" if photographed else layout) | {"set": exam.name}
        if photographed:
            photo = photograph(made, rng, pick_conditions(rng, hard[index]))
            row["conditions"] = photo.words
            yield file, photo.jpeg, row
        else:
            yield file, to_jpeg(made.picture, 88), row


def write_folder(folder: Path, count: int, seed: int, photographed: bool, exam: Exam = BLIND) -> None:
    """Write the pictures and labels.jsonl, one object a line in the pictures' order."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "labels.jsonl").open("w", encoding="utf-8") as labels:
        for file, jpeg, row in generate(count, seed, photographed, exam):
            (folder / file).write_bytes(jpeg)
            labels.write(json.dumps(row, ensure_ascii=False) + "\n")


def main(exam: Exam = BLIND) -> None:
    """The command, for one exam."""
    parser = argparse.ArgumentParser(description="Make invented UK receipts with labels.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=90)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--photographed", action="store_true", help="photograph them by simulation")
    chosen = parser.parse_args()
    write_folder(chosen.folder, chosen.count, chosen.seed, chosen.photographed, exam)


if __name__ == "__main__":
    main()

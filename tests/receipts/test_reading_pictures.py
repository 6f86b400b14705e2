"""Pictures of made-up receipts are read, whichever way up they are."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from click.testing import CliRunner
from PIL import Image

from app.receipts.commands import receipts
from app.receipts.reading.bounded import Reader
from app.receipts.reading.shapes import Hints
from tests.receipts.own.layouts import make_slip
from tests.receipts.own.make import Slip
from tests.receipts.own.photograph import Picture, draw_slip, photograph

KEYS = ["file", "merchant", "date", "total", "currency", "confidence", "items", "seconds"]
SEED = 2


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all pictures."""
    with Reader() as one:
        yield one


def total_of(slip: Slip) -> str:
    """The right total as a decimal string."""
    return f"{slip.total // 100}.{slip.total % 100:02d}"


def save(folder: Path, picture: Picture, name: str = "receipt.png") -> Path:
    """The picture as a file."""
    path = folder / name
    assert cv2.imwrite(str(path), picture)
    return path


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_photo_is_read_whichever_way_up_it_is(turn: int, reader: Reader, tmp_path: Path) -> None:
    slip = make_slip(SEED)
    path = save(tmp_path, photograph(draw_slip(slip), random.Random(turn), 0.5, turn))
    reading = reader.read(path, Hints(day_first=True))
    assert (reading.date.value, reading.total.value) == (slip.day.isoformat(), total_of(slip))
    assert reading.turns == ((4 - turn) % 4,)


def test_the_exif_flag_is_obeyed_and_boxes_lie_on_the_upright_picture(reader: Reader, tmp_path: Path) -> None:
    slip = make_slip(SEED)
    page = Image.fromarray(draw_slip(slip))
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "flagged.jpg"
    page.transpose(Image.Transpose.ROTATE_90).save(path, exif=exif)
    reading = reader.read(path)
    assert reading.total.value == total_of(slip)
    assert reading.pages == (page.size,)
    assert reading.total.box is not None
    assert all(0 <= x <= page.width and 0 <= y <= page.height for x, y in reading.total.box)


def test_the_command_prints_a_line_a_file_in_order_and_goes_on_after_a_bad_one(tmp_path: Path) -> None:
    slip = make_slip(SEED)
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"no picture")
    good = save(tmp_path, draw_slip(slip))
    hints = tmp_path / "hints.jsonl"
    hints.write_text(json.dumps({"file": good.name, "day_first": True}))
    done = CliRunner().invoke(receipts, ["read", "--hints", str(hints), str(bad), str(good)])
    assert done.exit_code == 0
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert list(first) == [*KEYS, "error"]
    assert (first["file"], first["total"], first["error"][:4]) == ("bad.jpg", None, "This")
    assert list(second) == KEYS
    assert (second["file"], second["total"], second["currency"]) == (good.name, total_of(slip), "GBP")


def test_hints_that_are_no_json_name_their_line(tmp_path: Path) -> None:
    hints = tmp_path / "hints.jsonl"
    hints.write_text('{"file": "a.jpg"}\nnot json\n')
    done = CliRunner().invoke(receipts, ["read", "--hints", str(hints), "a.jpg"])
    assert done.exit_code == 2
    assert "Line 2" in done.stderr

"""Rows are rebuilt along the text's own angle, however the page leans."""

import math
import random

import pytest

from app.receipts.reading.lines import build_rows
from app.receipts.reading.shapes import Line
from tests.receipts.own.boxes import lines_of
from tests.receipts.own.layouts import make_slip
from tests.receipts.own.make import Slip


def texts(slip: Slip, tilt: float) -> list[str]:
    """The rows rebuilt from the shuffled boxes of a slip."""
    return [row.text for row in build_rows(lines_of(slip, random.Random(3), noise=0.0, tilt=tilt))]


@pytest.mark.parametrize("degrees", [-14, -5, 0, 5, 14])
def test_rows_come_back_whole_and_in_order_at_any_tilt(degrees: int) -> None:
    slip = make_slip(4)
    wanted = [f"{piece.left}  {piece.right}" if piece.right else piece.left for piece in slip.rows]
    assert texts(slip, math.radians(degrees)) == wanted


def test_words_above_each_other_never_share_a_row() -> None:
    boxes = [((0.0, y), (90.0, y), (90.0, y + 20), (0.0, y + 20)) for y in (0.0, 8.0)]
    assert len(build_rows([Line("one", boxes[0]), Line("two", boxes[1])])) == 2


def test_pages_follow_each_other() -> None:
    box = ((0.0, 0.0), (90.0, 0.0), (90.0, 20.0), (0.0, 20.0))
    assert [row.text for row in build_rows([Line("second", box, page=1), Line("first", box, page=0)])] == [
        "first",
        "second",
    ]

"""From a picture to lines of text: found, set upright, read by a small model and the telling lines by a better one."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from app.receipts.reading.detect import Picture, Quad, find_boxes
from app.receipts.reading.models import small_recogniser, tiny_detector, tiny_recogniser
from app.receipts.reading.recognise import Text, read_box
from app.receipts.reading.shapes import Box, Line
from app.receipts.reading.words import labels_of, plain

COARSE, FINE = 1280, 1920
SMALL_TEXT = 13
SAMPLES = 6
SURE = 0.93
FAINT = 0.45
HEAD_LINES = 10
TELLING = re.compile("[0-9][.,:/-] ?[0-9OoIlSB]{2}|[0-9]{6}|£|€|RM")


@dataclass(frozen=True)
class PageText:
    """The lines of one page, the quarter turns (against the clock) that set it upright, and its size then."""

    lines: tuple[Line, ...]
    turn: int
    size: tuple[int, int]


def read_picture(picture: Picture, page: int = 0) -> PageText:
    """All lines of one BGR picture, top to bottom, in pixels of the upright picture."""
    boxes = find_text(picture)
    turn = find_turn(picture, boxes)
    upright = np.ascontiguousarray(np.rot90(picture, turn))
    boxes = [turn_box(box, turn, picture.shape[1], picture.shape[0]) for box in boxes]
    boxes.sort(key=lambda box: (float(box[:, 1].mean()), float(box[:, 0].mean())))
    firsts = [read_box(tiny_recogniser(), upright, box) for box in boxes]
    lines = [read_line(upright, box, first, at, page) for at, (box, first) in enumerate(zip(boxes, firsts, strict=True))]
    kept = tuple(line for line in lines if line.text and line.score >= FAINT)
    return PageText(kept, turn, (upright.shape[1], upright.shape[0]))


def find_text(picture: Picture) -> list[Quad]:
    """The text boxes; a page of very small print is looked at again more closely."""
    boxes = find_boxes(tiny_detector(), picture, COARSE)
    scale = min(1.0, COARSE / max(picture.shape[:2]))
    heights = sorted(min(sides(box)) * scale for box in boxes)
    if scale < 1 and heights and heights[len(heights) // 2] < SMALL_TEXT:
        return find_boxes(tiny_detector(), picture, FINE)
    return boxes


def sides(box: Quad) -> tuple[float, float]:
    """Width and height of a box."""
    return float(np.linalg.norm(box[1] - box[0])), float(np.linalg.norm(box[3] - box[0]))


def find_turn(picture: Picture, boxes: list[Quad]) -> int:
    """The quarter turns that set the text upright: by the shape of its lines, then by which way reads better."""
    across = sum(width for width, height in map(sides, boxes) if width > 1.5 * height)
    down = sum(height for width, height in map(sides, boxes) if height > 1.5 * width)
    turns = (1, 3) if down > across else (0, 2)
    samples = sorted(boxes, key=lambda box: -max(sides(box)))
    samples = [box for box in samples if max(sides(box)) < 14 * min(sides(box))][:SAMPLES]
    first = legibility(picture, samples, turns[0])
    if first >= SURE or not samples:
        return turns[0]
    return turns[1] if legibility(picture, samples, turns[1]) > first else turns[0]


def legibility(picture: Picture, samples: list[Quad], turn: int) -> float:
    """How well some lines read when the page is turned, 0 to 1."""
    height, width = picture.shape[:2]
    upright = np.ascontiguousarray(np.rot90(picture, turn))
    texts = [read_box(tiny_recogniser(), upright, turn_box(box, turn, width, height)) for box in samples]
    return sum(text.score for text in texts) / max(1, len(texts))


def turn_box(box: Quad, turn: int, width: int, height: int) -> Quad:
    """A box as it stands after quarter turns of the page, its first corner again at the top left."""
    x, y = box[:, 0], box[:, 1]
    moved = {
        0: (x, y),
        1: (y, width - x),
        2: (width - x, height - y),
        3: (height - y, x),
    }[turn]
    return np.roll(np.stack(moved, axis=1), turn, axis=0).astype(np.float32)


def read_line(picture: Picture, box: Quad, first: Text, at: int, page: int) -> Line:
    """One line; where it may hold the shop, the date or money, a better model reads it too."""
    corners = corners_of(box)
    if not is_telling(first, at):
        return Line(first.text, corners, first.score, page)
    better = read_box(small_recogniser(), picture, box)
    if better.score < FAINT < first.score:
        return Line(first.text, corners, first.score, page, better.text)
    return Line(better.text, corners, better.score, page, first.text)


def is_telling(first: Text, at: int) -> bool:
    """Whether a line is worth the better model: the head, money, dates, and words that label them."""
    if at < HEAD_LINES or first.score < 0.8:
        return True
    return bool(TELLING.search(first.text) or labels_of(plain(first.text)))


def corners_of(box: Quad) -> Box:
    """The corners as plain numbers, to a tenth of a pixel."""
    one, two, three, four = ((round(float(x), 1), round(float(y), 1)) for x, y in box)
    return one, two, three, four

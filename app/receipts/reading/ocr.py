"""From a picture to lines of text: found, set upright, read by a quick model, the telling lines by a better one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.receipts.reading.detect import Picture, Quad, find_boxes
from app.receipts.reading.models import small_detector, small_recogniser, tiny_detector, tiny_recogniser
from app.receipts.reading.recognise import read_box
from app.receipts.reading.shapes import Box, Line

COARSE, FINE = 1280, 1600
SMALL_TEXT = 19
MOST_GAIN, WORTHWHILE = 1.5, 1.25
SAMPLES = 6
SURE = 0.93
FAINT = 0.4


@dataclass
class PageText:
    """One page while it is read: the upright picture, the quarter turns against the clock that set it so, its lines."""

    picture: Picture
    turn: int
    boxes: list[Quad]
    lines: list[Line]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture."""
        return self.picture.shape[1], self.picture.shape[0]

    def read_again(self, places: set[int]) -> None:
        """Have the better model read some lines too; what the first one read stays beside it."""
        for at in places:
            self.lines[at] = better_line(self.picture, self.boxes[at], self.lines[at])

    def looked_at_closely(self) -> PageText:
        """The same page with its text found anew by the better detector; lines known already are kept."""
        known = list(zip(self.boxes, self.lines, strict=True))
        page = self.lines[0].page if self.lines else 0
        pairs: list[tuple[Quad, Line]] = []
        for box in in_order(find_boxes(small_detector(), self.picture, COARSE)):
            same = next((pair for pair in known if is_same(pair[0], box)), None)
            line = same[1] if same else quick_line(self.picture, box, page)
            if line is not None:
                pairs.append((same[0] if same else box, line))
        return PageText(self.picture, self.turn, [box for box, _ in pairs], [line for _, line in pairs])


def read_picture(picture: Picture, page: int = 0) -> PageText:
    """All lines of one BGR picture by the quick model, top to bottom, in pixels of the upright picture."""
    boxes = find_text(picture)
    turn = find_turn(picture, boxes)
    upright = np.ascontiguousarray(np.rot90(picture, turn))
    boxes = in_order([turn_box(box, turn, picture.shape[1], picture.shape[0]) for box in boxes])
    found = [(box, quick_line(upright, box, page)) for box in boxes]
    kept = [(box, line) for box, line in found if line is not None]
    return PageText(upright, turn, [box for box, _ in kept], [line for _, line in kept])


def in_order(boxes: list[Quad]) -> list[Quad]:
    """Boxes from top to bottom."""
    return sorted(boxes, key=lambda box: (float(box[:, 1].mean()), float(box[:, 0].mean())))


def quick_line(picture: Picture, box: Quad, page: int) -> Line | None:
    """What the quick model reads in a box, or None where it sees hardly anything."""
    text = read_box(tiny_recogniser(), picture, box)
    return Line(text.text, corners_of(box), text.score, page) if text.text and text.score >= FAINT else None


def is_same(one: Quad, other: Quad) -> bool:
    """Whether two boxes stand around the same line: their middles and their lengths nearly agree."""
    height = min(min(sides(one)), min(sides(other)))
    near = float(np.abs(one.mean(axis=0) - other.mean(axis=0)).max()) < 0.5 * height
    return near and abs(max(sides(one)) - max(sides(other))) < height


def find_text(picture: Picture) -> list[Quad]:
    """The text boxes; where print is small, the part of the picture that holds it is looked at more closely."""
    boxes = find_boxes(tiny_detector(), picture, COARSE)
    scale = min(1.0, COARSE / max(picture.shape[:2]))
    heights = sorted(min(sides(box)) * scale for box in boxes)
    if len(boxes) < 3 or heights[len(heights) // 2] >= SMALL_TEXT:
        return boxes
    left, top, right, bottom = text_region(picture, boxes)
    gain = min(MOST_GAIN, FINE / max(right - left, bottom - top))
    if gain < scale * WORTHWHILE:
        return boxes
    part = np.ascontiguousarray(picture[top:bottom, left:right])
    corner = np.array([left, top], dtype=np.float32)
    return [box + corner for box in find_boxes(tiny_detector(), part, FINE, MOST_GAIN)]


def text_region(picture: Picture, boxes: list[Quad]) -> tuple[int, int, int, int]:
    """The part of a picture that holds all text with some room: left, top, right, bottom."""
    corners = np.concatenate(boxes)
    room = 3 * max(min(sides(box)) for box in boxes)
    left, top = np.maximum(corners.min(axis=0) - room, 0)
    right, bottom = np.minimum(corners.max(axis=0) + room, [picture.shape[1], picture.shape[0]])
    return int(left), int(top), int(right), int(bottom)


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
    return sum(text.score * variety(text.text) for text in texts) / max(1, len(texts))


def variety(text: str) -> float:
    """How varied the letters are: upside-down print often reads as one letter many times."""
    letters = [letter for letter in text.upper() if letter.isalnum()]
    return min(1.0, 2.5 * len(set(letters)) / len(letters)) if letters else 0.3


def turn_box(box: Quad, turn: int, width: int, height: int) -> Quad:
    """A box as it stands after quarter turns of the page, its first corner again at the top left."""
    x, y = box[:, 0], box[:, 1]
    moved = {
        0: (x, y),
        1: (y, width - x),
        2: (width - x, height - y),
        3: (height - y, x),
    }[turn]
    return np.roll(np.stack(moved, axis=1), -turn, axis=0).astype(np.float32)


def better_line(picture: Picture, box: Quad, line: Line) -> Line:
    """A line with the better model's text, unless that model sees hardly anything there."""
    better = read_box(small_recogniser(), picture, box)
    if better.score < FAINT or not better.text:
        return replace(line, second=better.text)
    return Line(better.text, line.box, better.score, line.page, line.text)


def corners_of(box: Quad) -> Box:
    """The corners as plain numbers, to a tenth of a pixel."""
    one, two, three, four = ((round(float(x), 1), round(float(y), 1)) for x, y in box)
    return one, two, three, four

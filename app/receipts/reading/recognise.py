"""What one line of text says: the box is straightened and handed to a recogniser."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.receipts.reading.detect import Picture, Quad
from app.receipts.reading.models import Recogniser

LINE_HEIGHT = 48
LONGEST_LINE = 1600


@dataclass(frozen=True)
class Text:
    """The text of one line and how sure the recogniser is of its letters, 0 to 1."""

    text: str
    score: float


def read_box(recogniser: Recogniser, picture: Picture, box: Quad) -> Text:
    """The text in one four-corner box of a BGR picture."""
    return read_strip(recogniser, straighten(picture, box))


def straighten(picture: Picture, box: Quad) -> Picture:
    """The box as a level strip of the height the recognisers expect."""
    width = max(float(np.linalg.norm(box[0] - box[1])), float(np.linalg.norm(box[3] - box[2])), 1.0)
    height = max(float(np.linalg.norm(box[0] - box[3])), float(np.linalg.norm(box[1] - box[2])), 1.0)
    length = min(LONGEST_LINE, max(16, math.ceil(LINE_HEIGHT * width / height)))
    corners = np.array([[0, 0], [length, 0], [length, LINE_HEIGHT], [0, LINE_HEIGHT]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(box.astype(np.float32), corners)
    smooth = cv2.INTER_CUBIC if height < 2 * LINE_HEIGHT else cv2.INTER_AREA
    strip = cv2.warpPerspective(picture, turn, (length, LINE_HEIGHT), flags=smooth, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, dtype=np.uint8)


def read_strip(recogniser: Recogniser, strip: Picture) -> Text:
    """The text of a level strip, by taking the likeliest letter at each step and dropping repeats."""
    batch = strip.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(127.5) - np.float32(1)
    steps = recogniser.session.run(batch)[0]
    return spell(steps, recogniser.characters)


def spell(steps: NDArray[np.float32], characters: list[str]) -> Text:
    """Letters and their mean likelihood from the likelihoods of each step (rows) and letter (columns)."""
    best = steps.argmax(axis=1)
    letters: list[str] = []
    scores: list[float] = []
    before = 0
    for step, letter in enumerate(best):
        if letter and letter != before:
            letters.append(characters[letter])
            scores.append(float(steps[step, letter]))
        before = letter
    return Text("".join(letters).strip(), sum(scores) / len(scores) if scores else 0.0)

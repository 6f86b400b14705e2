"""Where text stands on a picture: the detector's map of text, turned into four-corner boxes."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.receipts.reading.models import Session

Picture = NDArray[np.uint8]
Quad = NDArray[np.float32]

MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
SPREAD = np.array([0.229, 0.224, 0.225], dtype=np.float32)
TEXT_LEVEL = 0.25
BOX_LEVEL = 0.45
GROWTH = 1.55
MOST_BOXES = 400


def find_boxes(session: Session, picture: Picture, longest: int, most: float = 1.0) -> list[Quad]:
    """The text boxes of a BGR picture, corners clockwise from top left, in the picture's own pixels.

    The picture is looked at with its longest side at `longest` pixels, enlarged at most by `most`.
    """
    height, width = picture.shape[:2]
    scale = min(most, longest / max(height, width))
    small_h, small_w = (max(32, round(side * scale / 32) * 32) for side in (height, width))
    small = cv2.resize(picture, (small_w, small_h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    text_map = session.run(normalise(np.asarray(small, dtype=np.uint8))[None])[0, 0]
    boxes = boxes_of_map(text_map)
    stretch = np.array([width / small_w, height / small_h], dtype=np.float32)
    return [box * stretch for box in boxes]


def normalise(picture: Picture) -> NDArray[np.float32]:
    """Channels first, each with the mean and spread the model was trained with."""
    scaled = (picture.astype(np.float32) / np.float32(255) - MEAN) / SPREAD
    return np.ascontiguousarray(scaled.transpose(2, 0, 1))


def boxes_of_map(text_map: NDArray[np.float32]) -> list[Quad]:
    """Boxes around the connected parts of a map of text likelihood."""
    mask = (text_map > TEXT_LEVEL).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for contour in contours[:MOST_BOXES]:
        box = box_of_contour(text_map, contour)
        if box is not None:
            boxes.append(box)
    return boxes


def box_of_contour(text_map: NDArray[np.float32], contour: Any) -> Quad | None:
    """One grown box, or None where the part is too small or too faint to be text."""
    (x, y), (w, h), angle = cv2.minAreaRect(contour)
    if min(w, h) < 3:
        return None
    if likelihood(text_map, cv2.boxPoints(((x, y), (w, h), angle))) < BOX_LEVEL:
        return None
    grow = 2 * w * h * GROWTH / (2 * (w + h))
    return clockwise(cv2.boxPoints(((x, y), (w + grow, h + grow), angle)))


def likelihood(text_map: NDArray[np.float32], box: Any) -> float:
    """The mean of the map inside a box."""
    height, width = text_map.shape
    left, top = np.clip(np.floor(box.min(axis=0)).astype(int), 0, [width - 1, height - 1])
    right, bottom = np.clip(np.ceil(box.max(axis=0)).astype(int), 0, [width - 1, height - 1])
    inside = np.zeros((bottom - top + 1, right - left + 1), dtype=np.uint8)
    cv2.fillPoly(inside, [(box - [left, top]).astype(np.int32)], [1])
    return float(cv2.mean(text_map[top : bottom + 1, left : right + 1], mask=inside)[0])


def clockwise(points: Any) -> Quad:
    """Corners ordered top left, top right, bottom right, bottom left, for lines lying flat or standing upright."""
    sides = points[1:3] - points[0:2]
    longest = sides[int(np.linalg.norm(sides[1]) > np.linalg.norm(sides[0]))]
    stands = abs(longest[1]) > abs(longest[0])
    first, second = (1, 0) if stands else (0, 1)
    order = points[np.argsort(points[:, first], kind="stable")]
    one, two = (pair[np.argsort(pair[:, second], kind="stable")] for pair in (order[:2], order[2:]))
    corners = [one[0], one[1], two[1], two[0]] if stands else [one[0], two[0], two[1], one[1]]
    return np.array(corners, dtype=np.float32)

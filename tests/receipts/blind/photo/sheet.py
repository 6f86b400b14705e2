"""The paper as a thing: its torn or cut edge, its folds and curl, and where each of its points is seen."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ..truth import Picture
from .surfaces import Field, Noise, cloud

RELIEF = 6


@dataclass(frozen=True)
class Pose:
    """Where the paper's corners come to lie in the picture, clockwise from its top left."""

    corners: NDArray[np.float32]


def cut_edge(noise: Noise, picture: Picture, edge: str) -> Field:
    """How much paper there is at each point, 0..1: a till's teeth, a pad's holes or a straight cut."""
    height, width = picture.shape[:2]
    alpha = np.ones((height, width), np.float32)
    if edge == "torn":
        for row in (0, 1):
            pitch, depth = noise.integers(10, 18), noise.integers(4, 9)
            teeth = np.abs((np.arange(width) % pitch) - pitch / 2) / (pitch / 2) * depth
            teeth = teeth + np.linspace(0, noise.uniform(-10, 10), width).clip(0) + noise.uniform(0, 2, width)
            rows = np.arange(height)[:, None] if row == 0 else np.arange(height)[::-1, None]
            alpha[rows < teeth[None]] = 0
    elif edge == "pad":
        for x in range(12, width, 26):
            cv2.circle(alpha, (x, 0), 7, 0.0, -1)
    return alpha


def make_relief(noise: Noise, height: int, width: int, rough: float) -> Field:
    """Height of the paper over the table, in points, at a sixth of its size: curl, folds and crumples."""
    rows, columns = height // RELIEF + 2, width // RELIEF + 2
    v = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    u = np.linspace(-1, 1, columns, dtype=np.float32)[None]
    relief = noise.uniform(0, 70) * rough * np.abs(v + noise.uniform(-0.3, 0.3)) ** 3
    relief = relief + noise.uniform(-22, 34) * rough * u * u
    relief = relief + noise.uniform(1, 9) * rough * cloud(noise, rows, columns, 4, 3)
    for _ in range(int(noise.integers(0, 4))):
        relief = relief + _fold(noise, u, v, rough * noise.uniform(10, 48))
    if noise.random() < 0.3 * rough:
        relief = relief + 3.0 * cv2.GaussianBlur(np.abs(cloud(noise, rows, columns, 14, 9)), (0, 0), 1.0)
    return relief.astype(np.float32)


def _fold(noise: Noise, u: Field, v: Field, size: float) -> Field:
    """A ridge or valley across the paper, mostly level as pockets and purses make them."""
    angle = noise.normal(0, 0.12) if noise.random() < 0.75 else noise.uniform(-1.6, 1.6)
    distance = np.cos(angle) * v + np.sin(angle) * u - noise.uniform(-0.6, 0.6)
    ridge = np.exp(-np.abs(distance) * noise.uniform(5, 12))
    return np.asarray(size * noise.choice([-1.0, 1.0]) * ridge, np.float32)


def shade(noise: Noise, relief: Field, shape: tuple[int, int]) -> Field:
    """Light on the relief from one side, about 1, at the paper's own size."""
    down, across = np.gradient(relief / RELIEF)
    direction = noise.uniform(0, 2 * np.pi)
    slope = np.cos(direction) * across + np.sin(direction) * down
    light = 1 + np.clip(slope * 0.42, -0.3, 0.16)
    return cv2.resize(light.astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)


def find_points(
    pose: Pose, relief: Field, paper: tuple[int, int], frame: tuple[int, int], lean: tuple[float, float]
) -> tuple[Field, Field]:
    """For each point of the frame, which point of the paper is seen there (x and y maps for `cv2.remap`).

    `lean` is how far a point one unit above the table is seen aside, across and down.
    """
    height, width = paper
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    back = cv2.getPerspectiveTransform(pose.corners, flat)
    rows, columns = frame[0] // 4 + 1, frame[1] // 4 + 1
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) * 4 + 1.5
    points = cv2.perspectiveTransform(np.stack([x, y], -1).reshape(1, -1, 2), back).reshape(rows, columns, 2)
    u, v = points[..., 0].astype(np.float32), points[..., 1].astype(np.float32)
    high = cv2.remap(relief, u / RELIEF, v / RELIEF, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    size = (columns * 4, rows * 4)
    map_x = cv2.resize(u - lean[0] * high, size, interpolation=cv2.INTER_LINEAR)
    map_y = cv2.resize(v - lean[1] * high, size, interpolation=cv2.INTER_LINEAR)
    return map_x[: frame[0], : frame[1]], map_y[: frame[0], : frame[1]]


def place(noise: Noise, paper: tuple[int, int], frame: tuple[int, int], tilt: float, fill: float) -> Pose:
    """The corners in the frame: turned by `tilt` degrees, seen from a side, filling a share of the frame."""
    height, width = paper
    angle = np.deg2rad(tilt)
    corners = np.array([[-width, -height], [width, -height], [width, height], [-width, height]], np.float64) / 2
    lean = noise.normal(0, 0.055, 2).clip(-0.13, 0.13)
    unit = corners / np.array([width, height]) * 2
    corners /= (1 + unit @ lean)[:, None]
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners = corners @ turn
    extent = corners.max(axis=0) - corners.min(axis=0)
    scale = min(fill * frame[1] / extent[0], fill * frame[0] / extent[1])
    corners = (corners - (corners.max(axis=0) + corners.min(axis=0)) / 2) * scale
    room = (np.array([frame[1], frame[0]]) - extent * scale) / 2
    centre = np.array([frame[1], frame[0]]) / 2 + noise.uniform(-0.7, 0.7, 2) * room
    return Pose((corners + centre).astype(np.float32))

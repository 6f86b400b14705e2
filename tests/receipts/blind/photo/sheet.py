"""The paper as a thing: its torn or cut edge, its folds and curl, and where each of its points is seen."""

from dataclasses import dataclass

import cv2
import numpy as np

from ..truth import Field, Picture
from .surfaces import Noise, cloud

RELIEF = 6


@dataclass(frozen=True)
class Pose:
    """Where the paper's corners come to lie in the picture, clockwise from its top left; floats (4, 2)."""

    corners: Field


def cut_edge(noise: Noise, picture: Picture, edge: str) -> Picture:
    """How much paper there is at each point, 0..255: a till's teeth, a pad's holes or a straight cut."""
    height, width = picture.shape[:2]
    alpha = np.full((height, width), 255, np.uint8)
    if edge == "torn":
        for end in (alpha[:40], alpha[::-1][:40]):
            pitch, depth = noise.integers(10, 18), noise.integers(4, 9)
            teeth = np.abs((np.arange(width) % pitch) - pitch / 2) / (pitch / 2) * depth
            teeth = teeth + np.linspace(0, noise.uniform(-10, 10), width).clip(0) + noise.uniform(0, 2, width)
            end[np.arange(len(end))[:, None] < teeth[None]] = 0
    elif edge == "pad":
        for x in range(12, width, 26):
            cv2.circle(alpha, (x, 0), 7, 0.0, -1)
    return alpha


def make_relief(noise: Noise, height: int, width: int, rough: float) -> Field:
    """Height of the paper over the table, in points, at a sixth of its size: curl, folds and crumples."""
    rows, columns = height // RELIEF + 2, width // RELIEF + 2
    v = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    u = np.linspace(-1, 1, columns, dtype=np.float32)[None]
    relief = noise.uniform(0, 0.09) * height / 2 * rough * np.abs(v + noise.uniform(-0.35, 0.35)) ** 3
    relief = relief + noise.uniform(-22, 34) * rough * u * u
    relief = relief + noise.uniform(1, 9) * rough * cloud(noise, rows, columns, 4, 3)
    for _ in range(int(noise.integers(0, 4))):
        relief = relief + _fold(noise, u, v, rough * noise.uniform(0.08, 0.4) * min(height, width) / 2)
    if noise.random() < 0.3 * rough:
        relief = relief + 3.0 * np.asarray(cv2.GaussianBlur(np.abs(cloud(noise, rows, columns, 14, 9)), (0, 0), 1.0))
    return np.asarray(relief, np.float32)


def _fold(noise: Noise, u: Field, v: Field, size: float) -> Field:
    """A ridge or valley across the paper, mostly level as pockets and purses make them.

    `size` is the slope times the paper's half width: no slope is so steep that it would hide print.
    """
    angle = noise.normal(0, 0.12) if noise.random() < 0.75 else noise.uniform(-1.6, 1.6)
    distance = np.cos(angle) * v + np.sin(angle) * u - noise.uniform(-0.6, 0.6)
    sharp = noise.uniform(5, 12)
    return np.asarray(size / sharp * noise.choice([-1.0, 1.0]) * np.exp(-np.abs(distance) * sharp), np.float32)


def shade(noise: Noise, relief: Field, shape: tuple[int, ...]) -> Field:
    """Light on the relief from one side, about 1, at the size given."""
    down, across = np.gradient(relief / RELIEF)
    direction = noise.uniform(0, 2 * np.pi)
    slope = np.cos(direction) * across + np.sin(direction) * down
    lit: Field = (1 + np.clip(slope * 0.42, -0.3, 0.16)).astype(np.float32)
    return np.asarray(cv2.resize(lit, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR))


def find_points(
    noise: Noise, pose: Pose, relief: Field, paper: tuple[int, ...], frame: tuple[int, int]
) -> tuple[Field, Field]:
    """For each point of the frame, which point of the paper is seen there (x and y maps for `cv2.remap`).

    What stands higher is seen aside (parallax), and a roll sways from side to side along its length.
    """
    height, width = paper[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    back = cv2.getPerspectiveTransform(pose.corners, flat)
    rows, columns = frame[0] // 4 + 1, frame[1] // 4 + 1
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) * 4 + 1.5
    points = cv2.perspectiveTransform(np.stack([x, y], -1).reshape(1, -1, 2), back).reshape(rows, columns, 2)
    u, v = points[..., 0].astype(np.float32), points[..., 1].astype(np.float32)
    high = np.asarray(cv2.remap(relief, u / RELIEF, v / RELIEF, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    lean_x, lean_y = noise.uniform(-0.4, 0.4, 2)
    sway = noise.uniform(0, 0.012) * max(width, height) * noise.uniform(0, 1)
    swing = np.sin(v / height * noise.uniform(1.5, 5) + noise.uniform(0, 6))
    size = (columns * 4, rows * 4)
    map_x = np.asarray(cv2.resize((u - lean_x * high + sway * swing).astype(np.float32), size))
    map_y = np.asarray(cv2.resize((v - lean_y * high).astype(np.float32), size))
    return map_x[: frame[0], : frame[1]], map_y[: frame[0], : frame[1]]


def place(noise: Noise, paper: tuple[int, ...], frame: tuple[int, int], tilt: float, fill: float) -> Pose:
    """The corners in the frame: turned by `tilt` degrees, seen from a side, filling a share of the frame."""
    height, width = paper[:2]
    angle = np.deg2rad(tilt)
    corners = np.array([[-width, -height], [width, -height], [width, height], [-width, height]], np.float64) / 2
    lean = noise.normal(0, 0.055, 2).clip(-0.13, 0.13)
    corners /= (1 + corners / np.array([width, height]) * 2 @ lean)[:, None]
    corners = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    low, high = corners.min(axis=0), corners.max(axis=0)
    across = np.array([frame[1], frame[0]])
    scale = float((fill * across / (high - low)).min())
    room = (across - (high - low) * scale) / 2
    centre = across / 2 + noise.uniform(-0.7, 0.7, 2) * room
    return Pose(((corners - (high + low) / 2) * scale + centre).astype(np.float32))

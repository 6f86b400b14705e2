"""What receipts lie on: wood, worktop, cloth, a plain table, a car seat, newsprint; and things beside them."""

from collections.abc import Callable

import cv2
import numpy as np

from ..truth import Field, Picture

Noise = np.random.Generator
WOODS = ((150, 104, 66), (112, 72, 44), (186, 148, 104), (84, 58, 42), (205, 178, 140))
CLOTHS = ((64, 78, 110), (150, 60, 58), (196, 192, 180), (70, 96, 76), (50, 50, 56), (176, 160, 190))
PLAINS = ((225, 223, 218), (206, 200, 188), (60, 60, 64), (140, 146, 150), (238, 236, 232), (96, 74, 60))


def cloud(noise: Noise, height: int, width: int, rows: int, columns: int) -> Field:
    """Smooth noise of mean 0 and about unit size, with so many bumps down and across."""
    coarse = noise.standard_normal((max(2, rows), max(2, columns))).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC))


def grain(noise: Noise, height: int, width: int) -> Field:
    """Point noise, repeated from a tile (drawing every point anew costs more than it shows)."""
    tile = noise.standard_normal((min(height, 384), min(width, 384))).astype(np.float32)
    return np.tile(tile, (height // tile.shape[0] + 1, width // tile.shape[1] + 1))[:height, :width]


def _paint(colour: tuple[int, int, int], shade: Field) -> Field:
    return np.array(colour, np.float32) * shade[..., None]


def wood(noise: Noise, height: int, width: int) -> Field:
    """Boards with grain along them, gaps between, and a few knots."""
    rings = cloud(noise, height, width, height // 90, 3) * 5 + cloud(noise, height, width, 3, 2) * 4
    along = np.linspace(0, noise.uniform(20, 60), height, dtype=np.float32)[:, None] + rings
    shade = 1 + 0.07 * np.sin(along) + 0.05 * cloud(noise, height, width, height // 4, 6)
    boards = int(noise.integers(2, 6))
    for board in range(boards):
        top, bottom = height * board // boards, height * (board + 1) // boards
        shade[top:bottom] *= noise.uniform(0.86, 1.1)
        shade[top : top + 3] *= 0.5
    return _paint(WOODS[noise.integers(len(WOODS))], shade.astype(np.float32))


def worktop(noise: Noise, height: int, width: int) -> Field:
    """Speckled stone or laminate."""
    base = PLAINS[noise.integers(len(PLAINS))]
    specks = cv2.GaussianBlur(grain(noise, height, width), (0, 0), 1.6)
    shade = 1 + 0.05 * cloud(noise, height, width, 12, 9) + 0.5 * np.where(np.abs(specks) > 0.38, specks, 0)
    return _paint(base, shade.astype(np.float32))


def cloth(noise: Noise, height: int, width: int) -> Field:
    """A woven cloth with soft folds, sometimes checked."""
    down = np.sin(np.arange(height, dtype=np.float32) * 1.3)[:, None]
    across = np.sin(np.arange(width, dtype=np.float32) * 1.3)[None]
    shade = 1 + 0.06 * down * across + 0.1 * cloud(noise, height, width, 4, 4) + 0.05 * grain(noise, height, width)
    if noise.random() < 0.4:
        step = int(noise.integers(60, 130))
        bars = ((np.arange(height) // step) % 2)[:, None] + ((np.arange(width) // step) % 2)[None]
        shade = shade * (0.78 + 0.17 * bars)
    return _paint(CLOTHS[noise.integers(len(CLOTHS))], shade.astype(np.float32))


def plain_table(noise: Noise, height: int, width: int) -> Field:
    """A painted table: nearly nothing to see, or nearly as white as the paper."""
    shade = 1 + 0.03 * cloud(noise, height, width, 5, 4) + 0.012 * grain(noise, height, width)
    return _paint(PLAINS[noise.integers(len(PLAINS))], shade.astype(np.float32))


def seat(noise: Noise, height: int, width: int) -> Field:
    """A dark car seat or sofa with seams."""
    shade = (
        1
        + 0.12 * cv2.GaussianBlur(grain(noise, height, width), (0, 0), 2) * 4
        + 0.15 * cloud(noise, height, width, 4, 3)
    )
    x = np.arange(width, dtype=np.float32)[None]
    for seam in noise.uniform(0, width, 2):
        shade = shade * (1 - 0.45 * np.exp(-(((x - seam) / 9) ** 2)))
    base = ((52, 50, 54), (78, 66, 58), (44, 52, 66))[noise.integers(3)]
    return _paint(base, shade.astype(np.float32))


def newsprint(noise: Noise, height: int, width: int) -> Field:
    """Columns of grey words, too blurred to read, as a newspaper under the receipt."""
    page: Field = np.ones((height, width), np.float32)
    column, y = width // int(noise.integers(2, 5)), 10
    while y < height:
        tall = 26 if noise.random() < 0.04 else 7
        for left in range(10, width, column):
            x = left
            while x < left + column - 46:
                word = int(noise.integers(10, 44))
                page[y : y + tall, x : x + word] = noise.uniform(0.45, 0.7)
                x += word + 7
        y += tall + 8
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), 2.4)) + 0.02 * cloud(noise, height, width, 7, 7)
    return _paint((214, 208, 196), page)


SURFACES: tuple[Callable[[Noise, int, int], Field], ...] = (
    wood,
    wood,
    worktop,
    cloth,
    plain_table,
    plain_table,
    seat,
    newsprint,
)


def _strew(noise: Noise, table: Picture) -> None:
    """A pen, a mug's foot, a coin or another sheet near the rim of the picture, in place."""
    height, width = table.shape[:2]
    kind = noise.integers(4)
    spot = (int(noise.choice([0.04, 0.96]) * width), int(noise.uniform(0.05, 0.95) * height))
    colour = tuple(float(c) for c in noise.uniform(20, 215, 3))
    if kind == 0:
        end = (spot[0] + int(noise.uniform(-0.2, 0.2) * width), spot[1] + int(noise.uniform(0.25, 0.5) * height))
        cv2.line(table, spot, end, (25.0, 25.0, 30.0), width // 48, cv2.LINE_AA)
        cv2.line(table, spot, end, colour, width // 70, cv2.LINE_AA)
    elif kind == 1:
        cv2.circle(table, spot, width // 6, colour, -1, cv2.LINE_AA)
        cv2.circle(table, spot, width // 7, tuple(c * 0.55 for c in colour), -1, cv2.LINE_AA)
    elif kind == 2:
        cv2.circle(table, spot, width // 26, (178.0, 152.0, 92.0), -1, cv2.LINE_AA)
        cv2.circle(table, spot, width // 32, (196.0, 176.0, 120.0), 2, cv2.LINE_AA)
    else:
        box = cv2.boxPoints(
            ((float(spot[0]), float(spot[1])), (width * 0.4, height * 0.3), float(noise.uniform(0, 90)))
        )
        cv2.fillPoly(table, [box.astype(np.int32)], (232.0, 230.0, 224.0), cv2.LINE_AA)


def lay_table(noise: Noise, height: int, width: int) -> Picture:
    """A surface of the picture's size, 8 bit RGB; drawn at half size, for a lens blurs it anyway."""
    draw = SURFACES[noise.integers(len(SURFACES))]
    sideways = noise.random() < 0.5
    size = (width // 2 + 1, height // 2 + 1) if sideways else (height // 2 + 1, width // 2 + 1)
    half = draw(noise, *size)
    flat = np.asarray(cv2.convertScaleAbs(half.transpose(1, 0, 2) if sideways else half), np.uint8)
    if noise.random() < 0.45:
        _strew(noise, flat)
    return np.asarray(cv2.resize(flat, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)

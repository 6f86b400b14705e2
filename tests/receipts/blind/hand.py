"""Handwriting: a hand's typeface with every letter moved, turned and pressed a little differently."""

from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from .fonts import FACES, load

HANDS = ("breip", "dkg", "steve", "rufscript")
SCALE = {"breip": 1.15, "dkg": 1.1, "steve": 1.25, "rufscript": 0.95, "delphine": 1.75}
INKS = ((28, 40, 120), (20, 20, 28), (16, 22, 70), (45, 45, 55), (30, 60, 150), (120, 24, 30))
Mask = NDArray[np.uint8]


def pick_hand(rng: Random) -> str:
    """One person's hand."""
    return rng.choice(HANDS)


def pick_ink(rng: Random) -> tuple[int, int, int]:
    """Biro blue or black, now and then red."""
    return rng.choice(INKS)


def _glyph(letter: str, face: str, size: int, rng: Random) -> tuple[Image.Image, int, float]:
    """One letter on its own tile, a little turned; with the tile's margin and the letter's advance."""
    use = face if letter != "£" or FACES[face].pound else "breip"
    font = load(use, max(8, round(size * SCALE[use] * rng.uniform(0.94, 1.07))))
    margin = size
    advance = font.getlength(letter)
    tile = Image.new("L", (int(advance) + 2 * margin, 4 * size), 0)
    ImageDraw.Draw(tile).text((margin, 2 * size), letter, font=font, fill=rng.randint(205, 255), anchor="ls")
    if isinstance(font, ImageFont.FreeTypeFont) and letter.strip():
        tile = tile.rotate(rng.gauss(0, 2.2), Image.Resampling.BILINEAR, center=(margin, 2 * size))
    return tile, margin, advance


def write(text: str, face: str, size: int, rng: Random, heavy: bool = False) -> Mask:
    """Ink density 0..255 of a line of handwriting, cropped to the ink."""
    height = 4 * size
    canvas = np.zeros((height + size, int(len(text) * size * 1.2) + 4 * size), np.uint8)
    x, drift = float(size), 0.0
    for letter in text:
        tile, margin, advance = _glyph(letter, face, size, rng)
        drift = 0.8 * drift + rng.gauss(0, size * 0.018)
        left, top = round(x) - margin, max(0, round(size * 0.5 + drift))
        part = np.asarray(tile)
        window = canvas[top : top + part.shape[0], left : left + part.shape[1]]
        np.maximum(window, part[: window.shape[0], : window.shape[1]], out=window)
        x += advance + rng.gauss(0, size * 0.02)
    return _crop(_press(canvas) if heavy else canvas)


def _press(mask: Mask) -> Mask:
    """A broader pen."""
    wide = mask.copy()
    wide[:, 1:] = np.maximum(wide[:, 1:], mask[:, :-1])
    wide[1:] = np.maximum(wide[1:], wide[:-1])
    return wide


def _crop(mask: Mask) -> Mask:
    rows, columns = np.nonzero(mask.max(axis=1))[0], np.nonzero(mask.max(axis=0))[0]
    if not len(rows):
        return mask[:1, :1]
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def squiggle(rng: Random, width: int, height: int) -> Mask:
    """A signature that nobody can read."""
    image = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(image)
    x, points = width * 0.05, []
    while x < width * 0.93:
        points.append((x, height * rng.uniform(0.12, 0.88)))
        x += width * rng.uniform(-0.02, 0.11)
    draw.line(points, fill=235, width=max(2, height // 28), joint="curve")
    draw.line([(width * 0.1, height * 0.9), (width * 0.9, height * rng.uniform(0.7, 0.95))], fill=220, width=2)
    return np.asarray(image)


def lay_ink(picture: NDArray[np.uint8], mask: Mask, x: int, y: int, ink: tuple[int, int, int]) -> None:
    """Draw a mask in an ink on an RGB picture in place; parts outside are cut off."""
    top, left = max(0, y), max(0, x)
    window = picture[top : y + mask.shape[0], left : x + mask.shape[1]]
    part = mask[top - y : top - y + window.shape[0], left - x : left - x + window.shape[1]]
    share = (part.astype(np.float32) / 255 * 0.92)[..., None]
    window[:] = (window * (1 - share) + np.array(ink, np.float32) * share).astype(np.uint8)

"""Slips as pictures, and pictures as if photographed: leaning, curled, badly lit, turned."""

from __future__ import annotations

import random
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.receipts.own.make import Piece, Slip

Picture = NDArray[np.uint8]
MARGIN = 30


def draw_slip(slip: Slip, size: int = 26, width: int = 620, font_file: Path | None = None) -> Picture:
    """A clean picture of a slip, BGR, black on white."""
    page = Image.new("L", (width, 4000), 250)
    pen = ImageDraw.Draw(page)
    y = float(MARGIN)
    for piece in slip.rows:
        y += draw_piece(pen, piece, y, width, font_of(font_file, size * piece.tall)) * 1.35
    height = min(4000, int(y) + MARGIN)
    return np.repeat(np.asarray(page)[:height, :, None], 3, axis=2).copy()


def font_of(font_file: Path | None, size: float) -> ImageFont.FreeTypeFont:
    """A font from a file, or the one inside Pillow."""
    if font_file is not None:
        return ImageFont.truetype(str(font_file), round(size))
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def draw_piece(pen: ImageDraw.ImageDraw, piece: Piece, y: float, width: int, font: ImageFont.FreeTypeFont) -> float:
    """One row; wide text is printed smaller. Returns its height."""
    room = width - 2 * MARGIN - (pen.textlength(piece.right, font) + 20 if piece.right else 0)
    while pen.textlength(piece.left, font) > room and font.size > 10:
        font = font.font_variant(size=font.size - 1)
    left = (width - pen.textlength(piece.left, font)) / 2 if piece.centred else MARGIN
    pen.text((left, y), piece.left, fill=25, font=font)
    if piece.right:
        pen.text((width - MARGIN - pen.textlength(piece.right, font), y), piece.right, fill=25, font=font)
    return float(font.size)


def photograph(picture: Picture, dice: random.Random, strength: float = 1.0, turn: int = 0) -> Picture:
    """The picture on a table: leaning and seen from an angle, unevenly lit, soft and grainy, turned by quarters."""
    seen = lay_on_table(picture, dice, strength)
    seen = light(seen, dice, strength)
    blur = dice.uniform(0, 1.3) * strength
    if blur > 0.3:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), blur), dtype=np.uint8)
    grain = np.random.default_rng(dice.randint(0, 10**6)).normal(0, 4 * strength, seen.shape[:2])
    seen = np.clip(seen.astype(np.float32) + grain[:, :, None], 0, 255).astype(np.uint8)
    _, coded = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, dice.randint(60, 92)])
    decoded = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    assert decoded is not None
    return np.ascontiguousarray(np.rot90(decoded.astype(np.uint8), turn))


def lay_on_table(picture: Picture, dice: random.Random, strength: float) -> Picture:
    """Tilted by up to 12 degrees, with perspective, on a plain or striped ground."""
    height, width = picture.shape[:2]
    tilt = np.deg2rad(dice.uniform(-12, 12) * strength)
    room = 1.25
    new_w = int((abs(np.cos(tilt)) * width + abs(np.sin(tilt)) * height) * room)
    new_h = int((abs(np.cos(tilt)) * height + abs(np.sin(tilt)) * width) * room)
    corners = np.array([[-width, -height], [width, -height], [width, height], [-width, height]], dtype=np.float32) / 2
    spin = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]], dtype=np.float32)
    target = corners @ spin.T + np.array([new_w, new_h], dtype=np.float32) / 2
    reach = 0.05 * strength * min(width, height)
    target += np.array([[dice.uniform(-reach, reach) for _ in range(2)] for _ in range(4)], dtype=np.float32)
    source = corners + np.array([width, height], dtype=np.float32) / 2
    ground = np.full((new_h, new_w, 3), [dice.randint(30, 170) for _ in range(3)], dtype=np.uint8)
    if dice.random() < 0.4:
        ground[:: dice.randint(9, 40)] //= 2
    move = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    laid = cv2.warpPerspective(picture, move, (new_w, new_h))
    cover = cv2.warpPerspective(np.full(picture.shape[:2], 255, dtype=np.uint8), move, (new_w, new_h))
    return np.asarray(np.where(cover[:, :, None] > 128, laid, ground), dtype=np.uint8)


def light(picture: Picture, dice: random.Random, strength: float) -> Picture:
    """A slope of light, perhaps the shadow of a hand, perhaps a dark room."""
    height, width = picture.shape[:2]
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    shade = 1 + 0.25 * strength * (dice.uniform(-1, 1) * across + dice.uniform(-1, 1) * down)
    if dice.random() < 0.4:
        edge = dice.uniform(-0.5, 0.5) + dice.uniform(-0.4, 0.4) * across - down
        shade *= 1 - 0.45 * strength / (1 + np.exp(-edge * dice.uniform(8, 40)))
    if dice.random() < 0.25:
        shade *= dice.uniform(0.35, 0.7)
    warm = np.array([dice.uniform(0.8, 1.0), 1.0, dice.uniform(0.95, 1.05)])
    return np.clip(picture * shade[:, :, None] * warm, 0, 255).astype(np.uint8)

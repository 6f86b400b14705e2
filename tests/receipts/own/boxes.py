"""Slips as the lines that a recogniser would find: with boxes that lean, and letters now and then misread."""

from __future__ import annotations

import math
import random

from app.receipts.reading.shapes import Box, Line
from tests.receipts.own.make import Piece, Slip

WIDTH, LETTER, HEIGHT = 620.0, 12.0, 26.0
SWAPS = {"0": "O", "O": "0", "1": "l", "I": "l", "5": "S", "8": "B", "m": "rn", "e": "c", "a": "o", "t": "l"}


def lines_of(slip: Slip, dice: random.Random, noise: float = 0.01, tilt: float = 0.0) -> list[Line]:
    """The lines of a slip on a page leaning by `tilt` (radians); `noise` is the share of letters misread."""
    found: list[Line] = []
    y = 40.0
    for piece in slip.rows:
        found += lines_of_piece(piece, y, dice, noise, tilt)
        y += HEIGHT * piece.tall * 1.35
    dice.shuffle(found)
    return found


def lines_of_piece(piece: Piece, y: float, dice: random.Random, noise: float, tilt: float) -> list[Line]:
    """One or two lines for a row; now and then the words at both ends are found as one."""
    letter = LETTER * piece.tall
    left = (WIDTH - len(piece.left) * letter) / 2 if piece.centred else 30.0
    found = [make_line(piece.left, left, y, piece, dice, noise, tilt)]
    if piece.right:
        found.append(make_line(piece.right, WIDTH - 30 - len(piece.right) * letter, y, piece, dice, noise, tilt))
    return found


def make_line(text: str, x: float, y: float, piece: Piece, dice: random.Random, noise: float, tilt: float) -> Line:
    """A line with its box turned about the page's corner."""
    tall = HEIGHT * piece.tall
    wide = len(text) * LETTER * piece.tall
    y += dice.uniform(-1.5, 1.5)
    corners = ((x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall))
    one, two, three, four = (turned(corner, tilt) for corner in corners)
    box: Box = (one, two, three, four)
    return Line(misread(text, dice, noise), box, round(dice.uniform(0.93, 1.0), 3), 0, misread(text, dice, 2 * noise))


def turned(corner: tuple[float, float], tilt: float) -> tuple[float, float]:
    """A corner turned about the origin, to a tenth of a pixel."""
    x, y = corner
    return (
        round(x * math.cos(tilt) - y * math.sin(tilt), 1),
        round(x * math.sin(tilt) + y * math.cos(tilt), 1),
    )


def misread(text: str, dice: random.Random, noise: float) -> str:
    """The text with some letters swapped for look-alikes."""
    return "".join(SWAPS.get(letter, letter) if dice.random() < noise else letter for letter in text)

"""A sheet from an office printer, or a printed pad: text placed freely, with rules, boxes and tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np
from PIL import Image, ImageDraw

from .fonts import bold_of, load, notes_for
from .hand import Mask, lay_ink, write
from .truth import Picture

Colour = tuple[int, int, int]
BLACK: Colour = (34, 34, 38)
GREY: Colour = (110, 112, 118)


@dataclass
class Page:
    """A sheet of so many picture points; A4 at 150 dots an inch is 1240 x 1754."""

    rng: Random
    width: int
    height: int
    face: str = "clear-sans"
    paper: Colour = (252, 252, 251)
    used: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    inks: list[tuple[Mask, int, int, Colour]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), self.paper)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: int = 24,
        bold: bool = False,
        colour: Colour = BLACK,
        align: str = "l",
        face: str | None = None,
    ) -> None:
        """A line of print; `x` and `y` are points from the top left, y at the top of the letters."""
        name = face or self.face
        name = bold_of(name) if bold else name
        self.used.add(name)
        self.said.append(text)
        self.draw.text((x, y), text, font=load(name, size), fill=colour, anchor=f"{align}a")

    def lines(
        self,
        x: float,
        y: float,
        texts: list[str],
        size: int = 24,
        gap: float = 1.35,
        align: str = "l",
        colour: Colour = BLACK,
    ) -> float:
        """Several lines under each other; returns where the next would start."""
        for text in texts:
            self.text(x, y, text, size, align=align, colour=colour)
            y += size * gap
        return y

    def rule(self, x: float, y: float, end: float, colour: Colour = BLACK, thick: int = 2) -> None:
        """A level line."""
        self.draw.line([(x, y), (end, y)], fill=colour, width=thick)

    def box(
        self, x: float, y: float, right: float, bottom: float, fill: Colour | None = None, line: Colour | None = BLACK
    ) -> None:
        """A frame, filled or not."""
        self.draw.rectangle((x, y, right, bottom), fill=fill, outline=line, width=2)

    def row(
        self,
        y: float,
        cells: Sequence[tuple[str, float, str]],
        size: int = 24,
        bold: bool = False,
        colour: Colour = BLACK,
    ) -> None:
        """Texts on one line: text, x in points, alignment."""
        for text, x, align in cells:
            self.text(x, y, text, size, bold, colour, align)

    def hand(self, x: float, y: float, text: str, face: str, ink: Colour, size: int = 34, heavy: bool = False) -> int:
        """Handwriting with its middle on `y`; returns its width in points."""
        self.used.add(face)
        self.said.append(text)
        mask = write(text, face, size, self.rng, heavy)
        self.ink(mask, int(x), int(y) - mask.shape[0] // 2, ink)
        return int(mask.shape[1])

    def ink(self, mask: Mask, x: int, y: int, ink: Colour) -> None:
        """Any pen work, laid on when the page is finished."""
        self.inks.append((mask, x, y, ink))

    def finish(self) -> Picture:
        """The sheet with its pen work, 8 bit RGB."""
        picture = np.array(self.image)
        for mask, x, y, ink in self.inks:
            lay_ink(picture, mask, x, y, ink)
        return picture

    def warnings(self) -> list[str]:
        """Which faces had to be replaced."""
        return notes_for(self.used)

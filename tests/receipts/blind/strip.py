"""A till roll: text set line by line at the printer's dots, then turned into a picture of the paper."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from .fonts import bold_of, load, notes_for
from .hand import lay_ink, write
from .truth import Field, Picture

TALLEST = 4200
Piece = tuple[str, float, str]


@dataclass
class Roll:
    """How a roll prints: dots across, typeface and its size, sharp dots or smooth, paper and ink."""

    width: int = 576
    face: str = "inconsolata"
    size: int = 24
    lead: float = 1.25
    smooth: bool = False
    paper: tuple[int, int, int] = (250, 249, 246)
    ink: tuple[int, int, int] = (40, 38, 44)


PAPERS = ((250, 250, 248), (248, 246, 238), (244, 246, 250), (252, 250, 240), (240, 240, 238))
THERMAL_INKS = ((38, 36, 42), (30, 30, 34), (62, 58, 72), (48, 44, 60), (74, 70, 80), (52, 40, 70))
MONO = (
    "inconsolata",
    "3270",
    "b612-mono",
    "free-mono-bold",
    "liberation-mono",
    "3270-condensed",
    "liberation-mono-bold",
)
SANS = ("clear-sans", "free-sans", "narrow", "b612")


def pick_roll(rng: Random, widths: tuple[int, ...] = (384, 512, 576), sans: float = 0.2) -> Roll:
    """A printer of some make, its roll and its ink."""
    smooth = rng.random() < sans
    face = rng.choice(SANS if smooth else MONO)
    width = rng.choice(widths)
    size = rng.choice([20, 22, 24] if width == 384 else [22, 24, 26])
    return Roll(width, face, size, rng.uniform(1.12, 1.4), smooth, rng.choice(PAPERS), rng.choice(THERMAL_INKS))


@dataclass
class Note:
    """Handwriting to lay over the finished print, placed in dots."""

    text: str
    x: int
    y: int
    size: int
    face: str
    ink: tuple[int, int, int]


@dataclass
class Strip:
    """The roll being printed. Positions across are shares of the width; `y` is the next free dot line."""

    rng: Random
    roll: Roll
    y: int = 40
    notes: list[Note] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.k = 2 if self.roll.smooth else 1
        self.margin = round(self.roll.width * self.rng.uniform(0.035, 0.07))
        self.across = self.roll.width
        self.canvas = Image.new("L", (self.full * self.k, TALLEST * self.k), 0)
        self.draw = ImageDraw.Draw(self.canvas)
        if not self.roll.smooth:
            self.draw.fontmode = "1"

    @property
    def full(self) -> int:
        """Paper width in dots, margins included."""
        return self.across + 2 * self.margin

    @property
    def step(self) -> int:
        """Height of a line in dots."""
        return round(self.roll.size * self.roll.lead)

    def _face(self, bold: bool, face: str | None) -> str:
        name = face or self.roll.face
        name = bold_of(name) if bold else name
        self.used.add(name)
        return name

    def measure(self, text: str, wide: int = 1, bold: bool = False, face: str | None = None, size: int = 0) -> float:
        """Width of a text in dots."""
        font = load(self._face(bold, face), (size or self.roll.size) * self.k)
        return font.getlength(text) * wide / self.k

    def put(
        self,
        text: str,
        x: float,
        align: str = "l",
        wide: int = 1,
        tall: int = 1,
        bold: bool = False,
        face: str | None = None,
        size: int = 0,
        invert: bool = False,
    ) -> None:
        """Set a text on the current line without moving on; `x` is a share of the width, align l, m or r."""
        self.said.append(text)
        size = size or self.roll.size
        font = load(self._face(bold, face), size * self.k)
        width = max(1, int(font.getlength(text)) + 2)
        tile = Image.new("L", (width, int(size * self.k * 1.35)), 0)
        pen = ImageDraw.Draw(tile)
        pen.fontmode = self.draw.fontmode
        pen.text((0, size * self.k), text, font=font, fill=255, anchor="ls")
        if (wide, tall) != (1, 1):
            tile = tile.resize((tile.width * wide, tile.height * tall), Image.Resampling.NEAREST)
        shift = {"l": 0.0, "m": 0.5, "r": 1.0}[align] * tile.width
        left = round((self.margin + x * self.across) * self.k - shift)
        if invert:
            box = (left - 8, self.y * self.k, left + tile.width + 8, self.y * self.k + tile.height)
            self.draw.rectangle(box, fill=255)
            self.canvas.paste(0, (left, self.y * self.k), tile)
        else:
            self.canvas.paste(255, (left, self.y * self.k), tile)

    def text(
        self, text: str, align: str = "l", wide: int = 1, tall: int = 1, bold: bool = False, invert: bool = False
    ) -> None:
        """A line of its own, broken at blanks where it is too long."""
        x = {"l": 0.0, "m": 0.5, "r": 1.0}[align]
        for part in self._broken(text, wide, bold):
            self.put(part, x, align, wide, tall, bold, invert=invert)
            self.y += self.step * tall

    def _broken(self, text: str, wide: int, bold: bool) -> list[str]:
        lines, current = [], ""
        for word in text.split(" "):
            longer = f"{current} {word}" if current else word
            if current and self.measure(longer, wide, bold) > self.across:
                lines.append(current)
                longer = word
            current = longer
        return [*lines, current]

    def pair(
        self,
        left: str,
        right: str,
        wide: int = 1,
        tall: int = 1,
        bold: bool = False,
        indent: float = 0.0,
        right_at: float = 1.0,
    ) -> str:
        """Words at the left, amount at the right; words too long are cut, as tills do. Returns the words printed."""
        room = (right_at - indent) * self.across - self.measure(right, wide, bold) - self.measure(" ", wide, bold)
        while left and self.measure(left, wide, bold) > room:
            left = left[:-1].rstrip()
        self.put(left, indent, "l", wide, tall, bold)
        self.put(right, right_at, "r", wide, tall, bold)
        self.y += self.step * tall
        return left

    def cells(self, pieces: Iterable[Piece], bold: bool = False) -> None:
        """Several texts on one line, each with its share of the width and alignment."""
        for text, x, align in pieces:
            self.put(text, x, align, bold=bold)
        self.y += self.step

    def rule(self, mark: str = "-") -> None:
        """A line across: a drawn one for "_", else a row of the mark."""
        if mark == "_":
            middle = (self.y + self.step // 2) * self.k
            self.draw.line(
                [(self.margin * self.k, middle), ((self.margin + self.across) * self.k, middle)], 255, 2 * self.k
            )
        else:
            self.put(mark * int(self.across / self.measure(mark)), 0)
        self.y += self.step

    def gap(self, lines: float = 0.6) -> None:
        """Blank paper."""
        self.y += round(self.step * lines)

    def barcode(self, number: str) -> None:
        """Bars with the number below."""
        x, height = self.margin + self.across * 0.12, round(self.step * 2)
        while x < self.margin + self.across * 0.88:
            bar = self.rng.choice([2, 2, 4, 6])
            box = (x * self.k, self.y * self.k, (x + bar) * self.k - 1, (self.y + height) * self.k)
            self.draw.rectangle(box, fill=255)
            x += bar + self.rng.choice([2, 4, 4, 6])
        self.y += height + 6
        self.text(number, "m")

    def squares(self) -> None:
        """A square code of random modules with its three corner marks."""
        module, count = 5 * self.k, 29
        left = (self.full * self.k - count * module) // 2
        cells = np.array([[self.rng.random() < 0.5 for _ in range(count)] for _ in range(count)])
        for row, column in ((0, 0), (0, count - 7), (count - 7, 0)):
            cells[row : row + 7, column : column + 7] = True
            cells[row + 1 : row + 6, column + 1 : column + 6] = False
            cells[row + 2 : row + 5, column + 2 : column + 5] = True
        code = Image.fromarray((cells * 255).astype(np.uint8)).resize((count * module,) * 2, Image.Resampling.NEAREST)
        self.canvas.paste(code, (left, self.y * self.k))
        self.y += count * 5 + 12

    def hand(self, text: str, x: float, face: str, ink: tuple[int, int, int], size: int = 0, lift: float = 0.2) -> None:
        """Handwriting on the current line, without moving on; `lift` raises it, in lines."""
        size = size or round(self.roll.size * 1.15)
        self.used.add(face)
        self.said.append(text)
        left = self.margin + round(x * self.across)
        self.notes.append(Note(text, left, self.y - round(self.step * lift), size, face, ink))

    def finish(self, tail: float = 1.6) -> Picture:
        """The printed paper, two picture points to the dot."""
        self.gap(tail)
        dots = np.asarray(self.canvas)[: self.y * self.k]
        size = (self.full * 2, self.y * 2)
        large = cv2.resize(dots, size, interpolation=cv2.INTER_LINEAR)
        if not self.roll.smooth:
            large = cv2.convertScaleAbs(cv2.GaussianBlur(large, (0, 0), 0.9), alpha=1.12)
        density = _wear(self.rng, large.shape) * large / np.float32(255)
        picture = _mix(self.roll.paper, self.roll.ink, density)
        for note in self.notes:
            lay_ink(picture, write(note.text, note.face, note.size * 2, self.rng), note.x * 2, note.y * 2, note.ink)
        return picture

    def warnings(self) -> list[str]:
        """Which faces had to be replaced."""
        return notes_for(self.used)


def _wear(rng: Random, shape: tuple[int, ...]) -> Field:
    """How dark the head prints: uneven along and across, sometimes with a dead dot or a pale band."""
    noise = np.random.default_rng(rng.getrandbits(32))
    low, high = (0.62, 0.85) if rng.random() < 0.25 else (0.86, 1.0)
    coarse = noise.uniform(low, high, (max(2, shape[0] // 160), 5)).astype(np.float32)
    wear: Field = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    specks = noise.normal(1, 0.05, (300, 300)).astype(np.float32)
    grain = cv2.repeat(cv2.resize(specks, (600, 600)), shape[0] // 600 + 1, shape[1] // 600 + 1)
    wear = np.asarray(cv2.multiply(wear, grain[: shape[0], : shape[1]]))
    if rng.random() < 0.12:
        x = rng.randrange(shape[1] - 4)
        wear[:, x : x + 3] *= 0.15
    return np.clip(wear, 0, 1)


def _mix(paper: tuple[int, int, int], ink: tuple[int, int, int], density: Field) -> Picture:
    pairs = zip(paper, ink, strict=True)
    layers = [cv2.convertScaleAbs(density, alpha=dark - base, beta=base) for base, dark in pairs]
    return np.asarray(cv2.merge(layers), np.uint8)

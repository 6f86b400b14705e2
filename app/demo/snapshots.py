"""A flat paper as a phone sees it: lying on a table, tilted, creased, half in a shadow, not quite sharp.

Everything is drawn with Pillow alone, from one source of chance, so that a story has the same photos each time.
"""

import io
import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 720, 1080
TABLES = ((142, 104, 72), (96, 84, 76), (188, 176, 158), (70, 82, 92), (160, 128, 92))
ACROSS, DOWN = 8, 12
QUALITY = 58
Point = tuple[float, float]


def photograph(paper: Image.Image, luck: Random) -> bytes:
    """A JPEG of 720 x 1,080 pixels, well under 100 kB, with nothing in it but the picture."""
    lit = _creased(paper, luck).convert("RGBA")
    laid = _laid(lit, luck)
    table = _table(luck)
    shade = laid.getchannel("A").filter(ImageFilter.GaussianBlur(9)).point([value * 2 // 5 for value in range(256)])
    table.paste((20, 16, 12), (6, 9), shade)
    table.paste(laid, (0, 0), laid)
    return _encoded(_taken(table, luck))


def _creased(paper: Image.Image, luck: Random) -> Image.Image:
    """Folds across the paper: light on one side, dark on the other."""
    light = Image.new("L", paper.size, 128)
    draw = ImageDraw.Draw(light)
    for _ in range(luck.randrange(1, 4)):
        at = luck.randrange(paper.height // 6, paper.height)
        slope = luck.randrange(-14, 15)
        draw.line((0, at, paper.width, at + slope), fill=84, width=5)
        draw.line((0, at + 6, paper.width, at + 6 + slope), fill=158, width=4)
    soft = light.filter(ImageFilter.GaussianBlur(2.4))
    return ImageChops.add(paper, Image.merge("RGB", [soft] * 3), scale=1, offset=-128)


def _laid(paper: Image.Image, luck: Random) -> Image.Image:
    """The paper where it lies in the photo: turned, seen at a slant, not quite flat. Around it is nothing."""
    angle = math.radians(luck.uniform(-7, 7))
    slant = luck.uniform(-0.12, 0.12)
    wave = luck.uniform(1.5, 5)
    scale = max(paper.width / (WIDTH * luck.uniform(0.68, 0.8)), paper.height / (HEIGHT * 0.92))
    middle = (WIDTH / 2 + luck.uniform(-22, 22), HEIGHT / 2 + luck.uniform(-18, 18))

    def source(x: float, y: float) -> Point:
        dx, dy = x - middle[0], y - middle[1]
        grown = scale * (1 + slant * dy / HEIGHT)
        across = (dx * math.cos(angle) + dy * math.sin(angle)) * grown
        down = (dy * math.cos(angle) - dx * math.sin(angle)) * grown
        bend = wave * math.sin(down / 130)
        return paper.width / 2 + across + bend, paper.height / 2 + down + bend / 2

    return paper.transform((WIDTH, HEIGHT), Image.Transform.MESH, _mesh(source), Image.Resampling.BILINEAR)


def _mesh(source: Callable[[float, float], Point]) -> list[tuple[tuple[int, int, int, int], tuple[float, ...]]]:
    """Pillow's mesh: each box of the photo with the four corners that it comes from."""
    cells = []
    for column in range(ACROSS):
        for row in range(DOWN):
            left, right = WIDTH * column // ACROSS, WIDTH * (column + 1) // ACROSS
            top, bottom = HEIGHT * row // DOWN, HEIGHT * (row + 1) // DOWN
            corners = ((left, top), (left, bottom), (right, bottom), (right, top))
            quad = tuple(value for corner in corners for value in source(*corner))
            cells.append(((left, top, right, bottom), quad))
    return cells


def _table(luck: Random) -> Image.Image:
    """A table top with a grain, from noise that is drawn long."""
    tone = luck.choice(TABLES)
    speckle = Image.frombytes("L", (WIDTH // 3, 16), luck.randbytes(WIDTH // 3 * 16))
    faint = speckle.point([110 + value * 36 // 255 for value in range(256)])
    grain = faint.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    plain = Image.new("RGB", (WIDTH, HEIGHT), tone)
    return ImageChops.add(plain, Image.merge("RGB", [grain] * 3), scale=1, offset=-128)


def _taken(scene: Image.Image, luck: Random) -> Image.Image:
    """The phone's and the hand's shadow, the light of the room, a hand that is not still."""
    light = Image.new("L", (WIDTH // 8, HEIGHT // 8), 255)
    draw = ImageDraw.Draw(light)
    side = luck.choice((-1, 1))
    edge = WIDTH // 16 + side * luck.randrange(8, 36)
    reach = edge + side * WIDTH
    draw.polygon([(edge, 0), (reach, 0), (reach, HEIGHT // 8), (edge + luck.randrange(-20, 20), HEIGHT // 8)], fill=178)
    soft = light.filter(ImageFilter.GaussianBlur(7)).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    warm = [luck.uniform(0.97, 1.0), luck.uniform(0.94, 0.99), luck.uniform(0.84, 0.97)]
    bands = [soft.point([int(value * share) for value in range(256)]) for share in warm]
    shaded = ImageChops.multiply(scene, Image.merge("RGB", bands))
    return shaded.filter(ImageFilter.GaussianBlur(luck.uniform(0.5, 1.1)))


def _encoded(photo: Image.Image) -> bytes:
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()

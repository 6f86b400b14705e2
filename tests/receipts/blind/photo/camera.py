"""From a flat receipt to the bytes of a photograph, with what was done to it in words."""

import io
from dataclasses import dataclass, field
from random import Random

import cv2
import numpy as np
from PIL import Image

from ..truth import Field, Made, Picture
from . import light, sheet
from .surfaces import Noise, lay_table

ORIENTATION = 0x0112
EXIF_TURNS = {6: 1, 3: 2, 8: 3}
BAD_LIGHT = ("dark", "glare", "hand-shadow", "hazy", "uneven")


@dataclass
class Conditions:
    """How one picture is taken. `turn` counts quarter turns that nothing in the file tells of."""

    turn: int = 0
    exif: int = 1
    bad_light: str | None = None
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Photo:
    """A JPEG file's bytes and the conditions in words."""

    jpeg: bytes
    words: list[str]


def pick_conditions(rng: Random, hard: bool) -> Conditions:
    """A hard picture is turned by quarter turns or badly lit; some of the others carry an orientation flag."""
    shot = Conditions()
    if hard and rng.random() < 0.55:
        shot.turn = rng.choice([1, 2, 3])
        shot.words.append(f"turned-{90 * shot.turn}")
    elif hard:
        shot.bad_light = rng.choice(BAD_LIGHT)
        shot.words.append(shot.bad_light)
    elif rng.random() < 0.18:
        shot.exif = rng.choice([6, 6, 3, 8])
        shot.words.append(f"exif-{shot.exif}")
    return shot


def photograph(made: Made, rng: Random, shot: Conditions) -> Photo:
    """Take the picture. Deterministic in `rng`."""
    noise = np.random.default_rng(rng.getrandbits(64))
    pixels = _lens(_light(_lay(made, noise, rng), noise, shot), noise, shot.bad_light == "dark")
    pixels = np.rot90(pixels, EXIF_TURNS.get(shot.exif, 0) - shot.turn)
    return Photo(to_jpeg(np.ascontiguousarray(pixels), rng.randint(52, 92), shot.exif), shot.words)


def to_jpeg(pixels: Picture, quality: int, exif: int = 1) -> bytes:
    """JPEG bytes, with an orientation flag where it is not 1."""
    out = io.BytesIO()
    tags = Image.Exif()
    if exif != 1:
        tags[ORIENTATION] = exif
    Image.fromarray(pixels).save(out, "JPEG", quality=quality, exif=tags)
    return out.getvalue()


def _frame(made: Made, rng: Random) -> tuple[int, int]:
    """Height and width of the photograph: upright, unless the paper is broad and the telephone was turned."""
    long_side = rng.choice([1400, 1600, 1800, 2000])
    height, width = made.picture.shape[:2]
    if height / width > 1.7 or made.edge == "cut":
        long_side = max(long_side, 1800)
    frame = (long_side, long_side * 3 // 4)
    return frame[::-1] if width > height * 1.15 and rng.random() < 0.7 else frame


def _lay(made: Made, noise: Noise, rng: Random) -> Picture:
    """The paper on the table with the shadow that it throws, perhaps with a thumb on it."""
    frame, paper = _frame(made, rng), made.picture.shape[:2]
    rough = noise.uniform(0.3, 1.3) if made.edge == "torn" else noise.uniform(0.1, 0.6)
    relief = sheet.make_relief(noise, paper[0], paper[1], rough)
    tilt = noise.normal(0, 4.5) if noise.random() < 0.8 else noise.uniform(-16, 16)
    fill = noise.uniform(0.84, 0.96) if max(paper) > 1230 else noise.uniform(0.7, 0.97)
    pose = sheet.place(noise, paper, frame, tilt, fill)
    map_x, map_y = sheet.find_points(noise, pose, relief, paper, frame)
    layers, shrink = _prepare(made, noise, relief, pose)
    map_x *= shrink
    map_y *= shrink
    seen = cv2.remap(layers, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    scene = _compose(lay_table(noise, *frame), np.asarray(seen, np.uint8), noise)
    if noise.random() < 0.14:
        light.put_thumb(noise, scene, pose.corners)
    return scene


def _prepare(made: Made, noise: Noise, relief: Field, pose: sheet.Pose) -> tuple[Picture, float]:
    """The shaded paper with its cover as a fourth layer, near its size in the picture (else print breaks up)."""
    picture, alpha = made.picture, sheet.cut_edge(noise, made.picture, made.edge)
    width = float(np.linalg.norm(pose.corners[1] - pose.corners[0]))
    shrink = min(1.0, 1.1 * width / picture.shape[1])
    if shrink < 0.97:
        size = (round(picture.shape[1] * shrink), round(picture.shape[0] * shrink))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
        alpha = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA))
    else:
        shrink = 1.0
    shade = sheet.shade(noise, relief, picture.shape[:2]) * (alpha / np.float32(255))
    lit = cv2.multiply(picture, cv2.merge([shade] * 3), dtype=cv2.CV_8U)
    return np.asarray(cv2.merge([*cv2.split(lit), alpha]), np.uint8), shrink


def _compose(table: Picture, seen: Picture, noise: Noise) -> Picture:
    """Paper over its own shadow over the table."""
    cover = seen[..., 3].astype(np.float32) / 255
    throw = noise.uniform(3, 16, 2) * noise.choice([-1, 1], 2)
    small = cv2.resize(cover, (cover.shape[1] // 4, cover.shape[0] // 4), interpolation=cv2.INTER_AREA)
    moved = cv2.warpAffine(small, np.array([[1, 0, throw[0] / 4], [0, 1, throw[1] / 4]]), small.shape[::-1])
    soft = cv2.GaussianBlur(moved, (0, 0), noise.uniform(1.2, 3.5))
    shadow = cv2.resize(soft, cover.shape[::-1], interpolation=cv2.INTER_LINEAR)
    weight = (1 - noise.uniform(0.25, 0.6) * shadow) * (1 - cover)
    under = cv2.multiply(table, cv2.merge([weight] * 3), dtype=cv2.CV_8U)
    return np.asarray(cv2.add(under, cv2.cvtColor(seen, cv2.COLOR_RGBA2RGB)), np.uint8)


def _light(scene: Picture, noise: Noise, shot: Conditions) -> Picture:
    """Lamps and shadows, and what the camera's exposure makes of them."""
    height, width = scene.shape[:2]
    uneven = 1.9 if shot.bad_light == "uneven" else noise.uniform(0.3, 0.9)
    brightness = light.room_light(noise, height, width, uneven)
    if shot.bad_light == "hand-shadow":
        brightness *= light.hand_shadow(noise, height, width, noise.uniform(0.45, 0.65))
    elif noise.random() < 0.25:
        brightness *= light.hand_shadow(noise, height, width, noise.uniform(0.12, 0.35))
    brightness *= noise.uniform(0.2, 0.36) if shot.bad_light == "dark" else noise.uniform(0.74, 1.02)
    haze = 70 if shot.bad_light == "hazy" else 0
    contrast = 0.5 * noise.uniform(0.8, 1.2) if haze else 1.0
    lamp = [brightness * share * contrast for share in light.lamp_colour(noise)]
    scene = np.asarray(cv2.multiply(scene, cv2.merge(lamp), dtype=cv2.CV_8U), np.uint8)
    if shot.bad_light == "glare":
        spot = cv2.convertScaleAbs(light.glare(noise, height, width))
        scene = np.asarray(cv2.add(scene, cv2.merge([spot] * 3)), np.uint8)
    return np.asarray(cv2.convertScaleAbs(scene, alpha=1, beta=haze), np.uint8) if haze else scene


def _lens(pixels: Picture, noise: Noise, dark: bool) -> Picture:
    """Focus or a shaking hand, the sensor's noise, and the sharpening that telephones do."""
    if noise.random() < 0.2:
        blurred = cv2.filter2D(pixels, -1, _shake(noise))
    else:
        blurred = cv2.GaussianBlur(pixels, (0, 0), noise.uniform(0.45, 1.4))
    height, width = pixels.shape[:2]
    strength = noise.uniform(5, 9) if dark else noise.uniform(1.0, 5.0)
    speck = noise.normal(0, strength, (400, 400)).astype(np.float32)
    blotch = cv2.resize(noise.normal(0, strength * 0.5, (133, 133)).astype(np.float32), (400, 400))
    tile = cv2.merge([speck + blotch, speck - 0.4 * blotch, speck - 0.8 * blotch]).astype(np.int16)
    grain = cv2.repeat(tile, height // 400 + 1, width // 400 + 1)[:height, :width]
    noisy = cv2.add(blurred, grain, dtype=cv2.CV_8U)
    if noise.random() < 0.6:
        amount = noise.uniform(0.3, 0.9)
        noisy = cv2.addWeighted(noisy, 1 + amount, cv2.GaussianBlur(noisy, (0, 0), 1.6), -amount, 0)
    return np.asarray(noisy, np.uint8)


def _shake(noise: Noise) -> Field:
    """The path of a shaking hand as a filter of weight 1."""
    length, angle = int(noise.integers(3, 8)), noise.uniform(0, np.pi)
    across, down = length / 2 * np.cos(angle), length / 2 * np.sin(angle)
    kernel = np.zeros((9, 9), np.float32)
    cv2.line(kernel, (round(4 - across), round(4 - down)), (round(4 + across), round(4 + down)), 1.0, 1)
    return np.asarray(kernel / kernel.sum())

"""From a flat receipt to the bytes of a photograph, with what was done to it in words."""

import io
from dataclasses import dataclass, field
from random import Random

import cv2
import numpy as np
from PIL import Image

from ..truth import Made, Picture
from . import light, sheet
from .surfaces import Field, Noise, grain, lay_table

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
    scene = _lay(made, noise, rng)
    scene = _light(scene, noise, shot)
    scene = _lens(scene, noise, shot.bad_light == "dark")
    pixels = np.clip(scene, 0, 255).astype(np.uint8)
    pixels = np.rot90(pixels, -shot.turn)
    pixels = np.rot90(pixels, EXIF_TURNS.get(shot.exif, 0))
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
    """Height and width of the photograph: upright, unless the paper is broad and the hand turned the telephone."""
    long_side = rng.choice([1600, 1800, 2000, 2200])
    height, width = made.picture.shape[:2]
    if height / width > 1.9:
        long_side = max(long_side, 2000)
    frame = (long_side, long_side * 3 // 4)
    return frame[::-1] if width > height * 1.15 and rng.random() < 0.7 else frame


def _lay(made: Made, noise: Noise, rng: Random) -> Field:
    """The paper on the table with the shadow that it throws."""
    frame = _frame(made, rng)
    table = lay_table(noise, *frame)
    paper = made.picture.shape[:2]
    rough = noise.uniform(0.3, 1.2) if made.edge == "torn" else noise.uniform(0.1, 0.6)
    relief = sheet.make_relief(noise, *paper, rough)
    lit = made.picture * sheet.shade(noise, relief, paper)[..., None]
    alpha = sheet.cut_edge(noise, made.picture, made.edge)
    tilt = noise.normal(0, 4.5) if noise.random() < 0.8 else noise.uniform(-16, 16)
    pose = sheet.place(noise, paper, frame, float(tilt), float(noise.uniform(0.84, 0.97)))
    lean = (float(noise.uniform(-0.35, 0.35)), float(noise.uniform(-0.35, 0.35)))
    map_x, map_y = sheet.find_points(pose, relief, paper, frame, lean)
    lit, alpha, shrink = _shrink(lit.astype(np.float32), alpha, pose)
    layers = np.dstack([lit, alpha])
    seen = cv2.remap(layers, map_x * shrink, map_y * shrink, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    cover = seen[..., 3:]
    throw = noise.uniform(3, 16, 2) * noise.choice([-1, 1], 2)
    shadow = cv2.warpAffine(cover, np.array([[1, 0, throw[0]], [0, 1, throw[1]]], np.float32), frame[::-1])
    shadow = cv2.GaussianBlur(shadow, (0, 0), float(noise.uniform(4, 14)))[..., None]
    return np.asarray(table * (1 - noise.uniform(0.25, 0.6) * shadow) * (1 - cover) + seen[..., :3], np.float32)


def _shrink(lit: Field, alpha: Field, pose: sheet.Pose) -> tuple[Field, Field, float]:
    """The paper near its size in the picture (else fine print would break up), colours weighted by cover."""
    scale = float(np.linalg.norm(pose.corners[1] - pose.corners[0])) / lit.shape[1]
    lit = lit * alpha[..., None]
    if scale > 0.9:
        return lit, alpha, 1.0
    size = (round(lit.shape[1] * scale * 1.1), round(lit.shape[0] * scale * 1.1))
    small = cv2.resize(lit, size, interpolation=cv2.INTER_AREA)
    return small, cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), size[0] / lit.shape[1]


def _light(scene: Field, noise: Noise, shot: Conditions) -> Field:
    """Lamps and shadows, and what the camera's exposure makes of them."""
    height, width = scene.shape[:2]
    field_of_light = light.room_light(
        noise, height, width, 1.9 if shot.bad_light == "uneven" else noise.uniform(0.3, 0.9)
    )
    if shot.bad_light == "hand-shadow":
        field_of_light = field_of_light * light.hand_shadow(noise, height, width, noise.uniform(0.45, 0.65))
    elif noise.random() < 0.25:
        field_of_light = field_of_light * light.hand_shadow(noise, height, width, noise.uniform(0.12, 0.35))
    exposure = noise.uniform(0.2, 0.36) if shot.bad_light == "dark" else noise.uniform(0.74, 1.02)
    scene = scene * (exposure * field_of_light)[..., None] * light.lamp_colour(noise)
    if shot.bad_light == "glare":
        scene = scene + light.glare(noise, height, width)[..., None]
    if shot.bad_light == "hazy":
        scene = 70 + scene * 0.5 * noise.uniform(0.8, 1.2)
    return np.asarray(scene, np.float32)


def _lens(scene: Field, noise: Noise, dark: bool) -> Field:
    """Focus, a shaking hand, the sensor's noise, and the sharpening that telephones do."""
    if noise.random() < 0.2:
        length, angle = int(noise.integers(3, 8)), noise.uniform(0, np.pi)
        kernel = np.zeros((9, 9), np.float32)
        shift = (length / 2 * np.cos(angle), length / 2 * np.sin(angle))
        start, end = (round(4 - shift[0]), round(4 - shift[1])), (round(4 + shift[0]), round(4 + shift[1]))
        cv2.line(kernel, start, end, 1.0, 1)
        scene = cv2.filter2D(scene, -1, kernel / kernel.sum())
    else:
        scene = cv2.GaussianBlur(scene, (0, 0), float(noise.uniform(0.45, 1.45)))
    strength = noise.uniform(5, 9) if dark else noise.uniform(1.0, 5.0)
    height, width = scene.shape[:2]
    speck = grain(noise, height, width)
    blotch = grain(noise, height // 3 + 1, width // 3 + 1)
    blotch = cv2.resize(blotch, (width, height), interpolation=cv2.INTER_LINEAR)
    scene = (
        scene
        + (strength * speck)[..., None]
        + strength * 0.5 * blotch[..., None] * np.array([1, -0.4, -0.8], np.float32)
    )
    if noise.random() < 0.6:
        soft = cv2.GaussianBlur(scene, (0, 0), 1.6)
        scene = scene + noise.uniform(0.3, 0.9) * (scene - soft)
    return np.asarray(scene, np.float32)

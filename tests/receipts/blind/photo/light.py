"""Light in the room: one side brighter, the shadow of a hand or telephone, glare, colour; and a thumb."""

import cv2
import numpy as np

from ..truth import Field, Picture
from .surfaces import Noise

SKINS = ((224, 178, 150), (198, 146, 116), (150, 102, 76), (104, 68, 50), (238, 196, 172))


def room_light(noise: Noise, height: int, width: int, uneven: float) -> Field:
    """Brightness over the frame, about 1: a slope, a lamp's pool and the lens's dark corners."""
    y, x = np.mgrid[0:48, 0:48].astype(np.float32) / 47 - 0.5
    angle = noise.uniform(0, 2 * np.pi)
    lit = 1 + uneven * noise.uniform(0.1, 0.5) * (np.cos(angle) * x + np.sin(angle) * y)
    cx, cy = noise.uniform(-0.4, 0.4, 2)
    lit += uneven * noise.uniform(0, 0.25) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 0.12)
    lit *= 1 - noise.uniform(0.05, 0.3) * (x * x + y * y)
    return np.asarray(cv2.resize(lit.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC))


def hand_shadow(noise: Noise, height: int, width: int, depth: float) -> Field:
    """A hand with the telephone between lamp and paper: a block with fingers, soft at the rim; about 1 elsewhere."""
    small = np.zeros((160, 120), np.float32)
    x, y = noise.uniform(10, 110), noise.uniform(60, 150)
    box = cv2.boxPoints(((x, y + 30), (noise.uniform(36, 60), 120.0), noise.uniform(-40, 40)))
    cv2.fillPoly(small, [box.astype(np.int32)], 1.0)
    for finger in range(int(noise.integers(2, 5))):
        tip = (int(x - 22 + 13 * finger), int(y - noise.uniform(30, 52)))
        cv2.line(small, (int(x - 18 + 11 * finger), int(y)), tip, 1.0, int(noise.integers(7, 12)))
    soft = cv2.GaussianBlur(small, (0, 0), noise.uniform(2.0, 7.0))
    full = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(1 - depth * full, np.float32)


def glare(noise: Noise, height: int, width: int) -> Field:
    """Light added by a lamp's reflection, 0..255."""
    y, x = np.mgrid[0:64, 0:64].astype(np.float32) / 63
    cx, cy = noise.uniform(0.2, 0.8, 2)
    spread, flat = noise.uniform(0.01, 0.035), noise.uniform(0.6, 3)
    spot = noise.uniform(60, 125) * np.exp(-((x - cx) ** 2 / (2 * spread) + (y - cy) ** 2 / (flat * spread)))
    return np.asarray(cv2.resize(spot.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC))


def lamp_colour(noise: Noise) -> tuple[float, float, float]:
    """What the lamp and the camera's guess at it leave in red, green and blue: warm, cool, a little green."""
    warm = noise.normal(0, 0.05)
    return 1 + warm, 1 + noise.normal(0, 0.012), 1 - warm * 1.3


def put_thumb(noise: Noise, scene: Picture, corners: Field) -> None:
    """A thumb that holds the blank end of the paper, drawn in place; it covers no print."""
    share = noise.uniform(0.25, 0.75)
    rim = corners[3] * (1 - share) + corners[2] * share
    inward = (corners[0] + corners[1] - corners[2] - corners[3]) / 2
    inward = inward / np.linalg.norm(inward)
    thick = float(np.linalg.norm(corners[1] - corners[0])) * noise.uniform(0.1, 0.13)
    skin = np.array(SKINS[noise.integers(len(SKINS))], np.float32) * noise.uniform(0.85, 1.05)
    ends = np.array([rim - inward * thick * 0.2, rim - inward * thick * 30])
    low = np.floor(ends.min(axis=0) - thick).clip(0).astype(int)
    part = scene[low[1] :, low[0] : int(ends[:, 0].max() + thick)]
    layer: Field = np.zeros(part.shape[:2], np.float32)
    tip, root = ((end - low).astype(int).tolist() for end in ends)
    cv2.line(layer, tip, root, 1.0, int(thick), cv2.LINE_AA)
    layer = np.asarray(cv2.GaussianBlur(layer, (0, 0), 2.0))[..., None]
    bulge = 0.55 + 0.45 * np.asarray(cv2.GaussianBlur(layer, (0, 0), thick / 5))[..., None]
    part[:] = part * (1 - layer) + layer * bulge * skin

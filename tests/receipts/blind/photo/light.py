"""Light in the room: one side brighter, the shadow of a hand or telephone, glare, haze, darkness, colour."""

import cv2
import numpy as np

from .surfaces import Field, Noise


def room_light(noise: Noise, height: int, width: int, uneven: float) -> Field:
    """Brightness over the frame, about 1: a slope, a lamp's pool and the lens's dark corners."""
    y, x = np.mgrid[0:48, 0:48].astype(np.float32) / 47 - 0.5
    angle = noise.uniform(0, 2 * np.pi)
    light = 1 + uneven * noise.uniform(0.1, 0.5) * (np.cos(angle) * x + np.sin(angle) * y)
    cx, cy = noise.uniform(-0.4, 0.4, 2)
    light += uneven * noise.uniform(0, 0.25) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 0.12)
    light *= 1 - noise.uniform(0.05, 0.3) * (x * x + y * y)
    return cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)


def hand_shadow(noise: Noise, height: int, width: int, depth: float) -> Field:
    """A hand with the telephone between lamp and paper: a block with fingers, soft at the rim, about 1 elsewhere."""
    small = np.zeros((160, 120), np.float32)
    x, y = float(noise.uniform(10, 110)), float(noise.uniform(60, 150))
    slant = float(noise.uniform(-40, 40))
    box = cv2.boxPoints(((x, y + 30), (float(noise.uniform(36, 60)), 120.0), slant))
    cv2.fillPoly(small, [box.astype(np.int32)], 1.0)
    for finger in range(int(noise.integers(2, 5))):
        tip = (int(x - 22 + 13 * finger), int(y - noise.uniform(30, 52)))
        cv2.line(small, (int(x - 18 + 11 * finger), int(y)), tip, 1.0, int(noise.integers(7, 12)))
    soft = cv2.GaussianBlur(small, (0, 0), float(noise.uniform(2.0, 7.0)))
    full = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(1 - depth * full, np.float32)


def glare(noise: Noise, height: int, width: int) -> Field:
    """Light added by a lamp's reflection, 0..255."""
    y, x = np.mgrid[0:64, 0:64].astype(np.float32) / 63
    cx, cy = noise.uniform(0.2, 0.8, 2)
    spread = noise.uniform(0.01, 0.035)
    spot = np.exp(-((x - cx) ** 2 / (2 * spread) + (y - cy) ** 2 / (noise.uniform(0.6, 3) * spread)))
    return cv2.resize(
        (noise.uniform(70, 150) * spot).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )


def lamp_colour(noise: Noise) -> Field:
    """What the lamp and the camera's guess at it leave: warm, cool, a little green."""
    warm = noise.normal(0, 0.05)
    return np.array([1 + warm, 1 + noise.normal(0, 0.012), 1 - warm * 1.3], np.float32)

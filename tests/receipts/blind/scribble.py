"""What people write on a printed receipt before they photograph it."""

from datetime import timedelta
from random import Random

import numpy as np

from .dates import HAND, STYLES
from .hand import lay_ink, pick_hand, pick_ink, write
from .truth import Made


def scribble(made: Made, rng: Random) -> None:
    """A word in pen on the blank end of a roll: whose money it was, or the later day on which it was handed in."""
    later = STYLES[rng.choice(HAND)](made.truth.day + timedelta(days=rng.randint(1, 9)))
    text = rng.choice(["PHB", "Mum", "claim", "own money", f"sent {later}", "food", "ask about this"])
    tail = np.empty((130, *made.picture.shape[1:]), np.uint8)
    tail[:] = made.picture[-1, 3]
    made.picture = np.concatenate([made.picture, tail])
    mask = write(text, pick_hand(rng), rng.randint(44, 64), rng, heavy=rng.random() < 0.5)
    x = rng.randint(20, max(21, made.picture.shape[1] - mask.shape[1] - 20))
    lay_ink(made.picture, mask, x, made.picture.shape[0] - 60 - mask.shape[0], pick_ink(rng))

"""The line that a judge of the anonymiser is: logistic, through the main directions of the numbers it is taught on."""

from typing import Any

import numpy as np

STEPS = 150
WIDTH = 900
"""So many main directions of the numbers are learned from; the rest is noise at this number of texts."""


def line_between(x: Any, y: Any, share: Any, shrink: float) -> tuple[Any, float]:
    """Weights and bias that part the rows of `x` by `y` (Adam, weights held small by `shrink`); `share` is what each
    row weighs."""
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    x = (x - middle) / spread
    turned = np.linalg.eigh(x.T @ x / len(x))[1][:, -WIDTH:]
    line = descended(np.hstack([x @ turned, np.ones((len(x), 1), dtype=np.float32)]), y, share / share.sum(), shrink)
    weights = (turned @ line[:-1]) / spread
    return weights, float(line[-1] - weights @ middle)


def descended(x: Any, y: Any, share: Any, shrink: float) -> Any:
    """The line that parts the rows of `x` by `y`; its last number is the bias."""
    line, first, second = (np.zeros(x.shape[1], dtype=np.float32) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = x.T @ ((1 / (1 + np.exp(-(x @ line))) - y) * share)
        slope[:-1] += shrink * line[:-1]
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        line -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return line

"""Scores of candidates: weighted sums of what speaks for and against, turned into shares of belief."""

from __future__ import annotations

import math

from app.receipts.reading.words import DATA

Features = dict[str, float]


def score(features: Features, model: str) -> float:
    """The weighted sum of features; one without a weight counts nothing."""
    weights: dict[str, float] = DATA["weights"][model]
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def shares(scores: list[float]) -> list[float]:
    """Scores as shares of 1 (softmax)."""
    top = max(scores)
    parts = [math.exp(one - top) for one in scores]
    whole = sum(parts)
    return [part / whole for part in parts]


def likelihood(features: Features, model: str) -> float:
    """A weighted sum with its base as a likelihood, rounded to three places."""
    weights: dict[str, float] = DATA["weights"][model]
    value = score(features, model) + weights.get("base", 0.0)
    return math.floor(1000 / (1 + math.exp(-max(-30.0, min(30.0, value)))) + 0.5) / 1000

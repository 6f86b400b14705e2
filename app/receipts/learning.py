"""Fitting the reader's weights to labelled receipts, and trying them on shops that were left out.

Needs numpy, so only with the "reading" extra. The reader itself never learns: its weights are in reading.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.receipts.reading.amounts import find_amounts
from app.receipts.reading.confidence import date_doubts, merchant_doubts, total_doubts
from app.receipts.reading.dates import rank_dates
from app.receipts.reading.extract import extract
from app.receipts.reading.lines import Row, build_rows
from app.receipts.reading.merchant import rank_merchants
from app.receipts.reading.scoring import Features, shares
from app.receipts.reading.shapes import Hints, Line
from app.receipts.reading.total import rank_totals
from app.receipts.reading.words import DATA
from app.receipts.scoring import FIELDS, Marked, mark, same_shop

Numbers = NDArray[np.float64]
Weights = dict[str, float]
STEPS = 200
DOUBTS: dict[str, Any] = {"merchant": merchant_doubts, "date": date_doubts, "total": total_doubts}
PULL = {"merchant": 0.01, "date": 0.005, "total": 0.005, "merchant_sure": 0.02, "date_sure": 0.02, "total_sure": 0.02}


@dataclass(frozen=True)
class Example:
    """The lines of one receipt with its label; `weight` is how much it counts."""

    label: dict[str, Any]
    lines: list[Line]
    weight: float = 1.0

    @property
    def hints(self) -> Hints:
        """The one hint that a label gives."""
        return Hints(day_first=self.label.get("day_first"))

    @property
    def group(self) -> str:
        """Receipts of one shop stay together when some are left out."""
        return str(self.label["merchant"]).split()[0].lower()


@dataclass(frozen=True)
class Choice:
    """The candidates for one field of one receipt, and which of them are right."""

    candidates: list[Any]
    right: list[bool]
    weight: float
    group: str


def choices(examples: list[Example]) -> dict[str, list[Choice]]:
    """For each field the choices of all receipts that have candidates."""
    found: dict[str, list[Choice]] = {name: [] for name in FIELDS}
    for example in examples:
        rows = build_rows(example.lines)
        if not rows:
            continue
        for name, (candidates, right) in choices_of(rows, example).items():
            if candidates:
                found[name].append(Choice(candidates, right, example.weight, example.group))
    return found


def choices_of(rows: list[Row], example: Example) -> dict[str, tuple[list[Any], list[bool]]]:
    """The candidates for each field of one receipt, with whether they are right."""
    label = example.label
    shops = [label["merchant"], *(label.get("merchant_alt") or [])]
    sums = {round(float(one) * 100) for one in [label["total"], *(label.get("total_alt") or [])]}
    names = rank_merchants(rows, example.hints)
    dates = rank_dates(rows, example.hints)
    totals = rank_totals(rows, find_amounts(rows))
    return {
        "merchant": (names, [same_shop(one.text, shops) for one in names]),
        "date": (dates, [one.written.iso == label["date"] for one in dates]),
        "total": (totals, [one.pence in sums for one in totals]),
    }


def ranked(choice: Choice, weights: Weights) -> tuple[list[Any], bool]:
    """The candidates as some weights would order them, and whether the first is right."""
    scores = [weigh(one.features, weights) for one in choice.candidates]
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    parts = shares(scores)
    return [replace(choice.candidates[at], score=scores[at], share=parts[at]) for at in order], choice.right[order[0]]


def weigh(features: Features, weights: Weights) -> float:
    """The weighted sum of features."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def fit_choice(found: list[Choice], name: str) -> Weights:
    """Weights that make the right candidate the likeliest of its receipt, held near the present ones.

    Where no receipt leaves a choice, nothing can be learnt and the present ones stay.
    """
    start: Weights = DATA["weights"][name]
    usable = [one for one in found if any(one.right) and len(one.right) > 1]
    if not usable:
        return dict(start)
    rows = [candidate.features for one in usable for candidate in one.candidates]
    names = sorted({key for features in rows for key in features} | set(start))
    table = np.array([[features.get(key, 0.0) for key in names] for features in rows])
    right = np.array([float(flag) for one in usable for flag in one.right])
    begins = np.cumsum([0, *(len(one.right) for one in usable)])[:-1]
    owner = np.repeat(np.arange(len(usable)), [len(one.right) for one in usable])
    counts = np.array([one.weight for one in usable])
    first = np.array([start.get(key, 0.0) for key in names])

    def slope(weights: Numbers) -> Numbers:
        said = segment_shares(table @ weights, begins, owner)
        true = said * right
        true = true / (np.add.reduceat(true, begins) + 1e-12)[owner]
        return np.asarray(((said - true) * counts[owner]) @ table / counts.sum() + PULL[name] * (weights - first))

    return rounded(names, descend(first, slope))


def segment_shares(scores: Numbers, begins: Any, owner: Any) -> Numbers:
    """Scores as shares of 1 within each receipt."""
    parts = np.exp(scores - np.maximum.reduceat(scores, begins)[owner])
    return np.asarray(parts / np.add.reduceat(parts, begins)[owner])


def fit_doubt(seen: list[tuple[Features, bool, float]], name: str) -> Weights:
    """Weights that turn what is known about the best candidate into how likely it is to be right."""
    model = name + "_sure"
    start: Weights = DATA["weights"][model]
    names = sorted({key for doubts, _, _ in seen for key in doubts} | set(start))
    table = np.array([[1.0 if key == "base" else doubts.get(key, 0.0) for key in names] for doubts, _, _ in seen])
    right = np.array([float(flag) for _, flag, _ in seen])
    counts = np.array([weight for _, _, weight in seen])
    first = np.array([start.get(key, 0.0) for key in names])

    def slope(weights: Numbers) -> Numbers:
        said = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        return np.asarray(((said - right) * counts) @ table / counts.sum() + PULL[model] * (weights - first))

    return rounded(names, descend(first, slope))


def descend(first: Numbers, slope: Any) -> Numbers:
    """Adam, a fixed number of steps, the last ones smaller."""
    weights, speed, spread = first.copy(), np.zeros_like(first), np.zeros_like(first)
    for step in range(1, STEPS + 1):
        down = slope(weights)
        speed = 0.9 * speed + 0.1 * down
        spread = 0.99 * spread + 0.01 * down * down
        size = 0.1 if step < 0.7 * STEPS else 0.02
        weights = weights - size * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


def rounded(names: list[str], weights: Numbers) -> Weights:
    """Weights by name, to three places."""
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


@contextmanager
def trying(weights: dict[str, Weights]) -> Iterator[None]:
    """The reader with other weights for a while."""
    before = dict(DATA["weights"])
    DATA["weights"].update(weights)
    try:
        yield
    finally:
        DATA["weights"].clear()
        DATA["weights"].update(before)


def fit_all(examples: list[Example]) -> dict[str, Weights]:
    """New weights for all fields; the doubts are fitted on choices made without the receipt's own shop."""
    found = choices(examples)
    fitted = {name: fit_choice(found[name], name) for name in FIELDS}
    return fitted | {name + "_sure": fit_doubt(left_out(found[name], name), name) for name in FIELDS}


def left_out(found: list[Choice], name: str, parts: int = 4) -> list[tuple[Features, bool, float]]:
    """What is known about each receipt's best candidate, chosen by weights fitted to other shops."""
    seen: list[tuple[Features, bool, float]] = []
    groups = sorted({one.group for one in found})
    for at in range(parts):
        outside = set(groups[at::parts])
        weights = fit_choice([one for one in found if one.group not in outside], name)
        for one in found:
            if one.group in outside:
                candidates, right = ranked(one, weights)
                seen.append((DOUBTS[name](candidates), right, one.weight))
    return seen


def folds(examples: list[Example], parts: int) -> Iterator[tuple[list[Example], list[Example]]]:
    """The examples split by shop into those to fit and those to try, several times over."""
    groups = sorted({one.group for one in examples})
    for at in range(parts):
        outside = set(groups[at::parts])
        inside = [one for one in examples if one.group not in outside]
        yield inside, [one for one in examples if one.group in outside]


def cross_validate(examples: list[Example], parts: int = 5) -> list[Marked]:
    """Every receipt read with weights fitted without its shop."""
    marked: list[Marked] = []
    for inside, outside in folds(examples, parts):
        with trying(fit_all(inside)):
            marked += [mark(one.label, extract(one.lines, one.hints)) for one in outside]
    return marked

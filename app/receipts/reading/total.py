"""Which of the sums is the total."""

from __future__ import annotations

from dataclasses import dataclass

from app.receipts.reading.amounts import RULES, Amount
from app.receipts.reading.arithmetic import Ledger, evidence_for, make_ledger
from app.receipts.reading.items import added_up
from app.receipts.reading.lines import Row
from app.receipts.reading.scoring import Features, score, shares
from app.receipts.reading.words import plain

AGAINST = ("subtotal", "tax", "change", "discount", "saved", "quantity", "points", "rate", "cashback", "tip", "service")


@dataclass(frozen=True)
class Candidate:
    """A sum that may be the total: its pence (below zero for a refund), where it is best seen, and why."""

    pence: int
    best: Amount
    features: Features
    score: float
    share: float = 0.0


def rank_totals(rows: list[Row], amounts: list[Amount]) -> list[Candidate]:
    """The candidates for the total, the likeliest first."""
    ledger = make_ledger(amounts)
    summed = added_up(rows, amounts)
    by_value: dict[int, list[Amount]] = {}
    for one in amounts:
        if one.pence:
            by_value.setdefault(abs(one.pence), []).append(one)
    found = [weigh(pence, group, amounts, rows, ledger, summed) for pence, group in by_value.items()]
    if not found:
        return []
    parts = shares([one.score for one in found])
    ranked = [
        Candidate(one.pence, one.best, one.features, one.score, part) for one, part in zip(found, parts, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.best.row, one.best.part.left))


def weigh(
    pence: int, group: list[Amount], amounts: list[Amount], rows: list[Row], ledger: Ledger, summed: frozenset[int]
) -> Candidate:
    """One candidate with what speaks for and against it."""
    best = max(group, key=label_rank)
    features = label_features(group)
    features |= {name: float(holds) for name, holds in evidence_for(pence, ledger).items()}
    features["items_sum"] = float(pence in summed)
    features |= place_features(pence, group, best, amounts, rows)
    signed = -pence if is_refund(group, best, rows) else pence
    return Candidate(signed, best, features, score(features, "total"))


def label_rank(one: Amount) -> tuple[int, int]:
    """How plainly the label says "total", later ones first among equals."""
    kinds = one.labels
    blame = len(kinds & set(AGAINST) - {"tax"} if "inclusive" in kinds else kinds & set(AGAINST))
    rank = 6 if "strong" in kinds else 4 if "total" in kinds else 2 if kinds & {"card", "cash"} else 0
    return rank - 2 * blame - one.above - 3 * one.sum.unit, one.row


def label_features(group: list[Amount]) -> Features:
    """What the labels beside a sum say, the best of all the places where it stands."""
    features: Features = {}
    clean = [one for one in group if not one.labels & set(AGAINST) or is_gross(one)]
    features["strong"] = float(any("strong" in one.labels for one in clean))
    features["total"] = float(any("total" in one.labels for one in clean))
    features["gross"] = float(any(is_gross(one) for one in group))
    features["after_rounding"] = float(any({"rounding", "total"} <= one.labels for one in group))
    features["bare"] = float(all(not one.labels for one in group))
    for name in AGAINST:
        features["only_" + name] = float(all(name in one.labels and not is_gross(one) for one in group))
    features["only_cash"] = float(all("cash" in one.labels for one in group))
    features["any_change"] = float(any("change" in one.labels for one in group))
    features["any_subtotal"] = float(any("subtotal" in one.labels for one in group))
    features["only_unit"] = float(all(one.sum.unit for one in group))
    features["any_cash"] = float(any("cash" in one.labels for one in group))
    return features


def is_gross(one: Amount) -> bool:
    """Whether the label speaks of a total with tax inside."""
    kinds = one.labels
    return bool(kinds & {"total", "strong"}) and "inclusive" in kinds and not kinds & {"subtotal", "quantity", "change"}


def place_features(pence: int, group: list[Amount], best: Amount, amounts: list[Amount], rows: list[Row]) -> Features:
    """Where the sum stands, how large it is printed, and how it compares with the others."""
    heights = sorted(row.height for row in rows)
    middle = heights[len(heights) // 2]
    values = [abs(one.pence) for one in amounts if not one.sum.unit] or [pence]
    return {
        "repeats": float(min(3, len({one.row for one in group}) - 1)),
        "largest": float(pence == max(values)),
        "share_of_largest": min(1.0, pence / max(values)),
        "tall": min(1.5, max(0.0, best.part.height / middle - 1)),
        "depth": best.row / max(1, len(rows) - 1),
        "whole": float(all(one.sum.whole for one in group)),
        "symbol": float(any(one.sum.symbol for one in group)),
        "agreed": float(any(one.agreed for one in group)),
        "above": float(best.above),
        "last_named": float(best.row == last_named(amounts)),
    }


def last_named(amounts: list[Amount]) -> int:
    """The last row that plainly names a total."""
    named = [one.row for one in amounts if one.labels & {"strong", "total"} and not one.labels & set(AGAINST)]
    return max(named) if named else -1


def is_refund(group: list[Amount], best: Amount, rows: list[Row]) -> bool:
    """Whether the money went back: a minus at the total, or the word for it there or alone in a row."""
    named = [one for one in group if one.labels & {"strong", "total", "card"}] or [best]
    if "cash" in best.labels or "change" in best.labels:
        return False
    titled = any(RULES["refund"].search(plain(row.text)) for row in rows)
    return any(one.pence < 0 for one in named) or "refund" in best.labels or titled

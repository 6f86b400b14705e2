"""How sure to be: what a field's evidence has been worth on receipts whose answers are known, and why in words."""

from __future__ import annotations

from app.receipts.reading.dates import DateCandidate
from app.receipts.reading.items import written
from app.receipts.reading.merchant import Name
from app.receipts.reading.scoring import Features, likelihood
from app.receipts.reading.shapes import Field
from app.receipts.reading.total import Candidate
from app.receipts.reading.words import DATA

REASONS: dict[str, str] = DATA["reasons"]
LEAST: dict[str, float] = DATA["weights"]["least"]
NO_DATE = 0.0
"""What "no date here is the one" scores: a lone date has to be better than that, not only better than no other."""


def judge_total(ranked: list[Candidate]) -> Field:
    """The total with its likelihood; empty where a value would more likely mislead."""
    if not ranked:
        return Field(reason=REASONS["total_none"])
    best = ranked[0]
    sure = likelihood(total_doubts(ranked), "total_sure")
    if sure < LEAST["total"]:
        return Field(None, sure, REASONS["total_unsure"])
    line = best.best.part.line
    return Field(written(best.pence), sure, REASONS[total_reason(best)], best.best.box, line.page)


def total_doubts(ranked: list[Candidate]) -> Features:
    """What tells a right total from a wrong one."""
    best = ranked[0]
    gap = min(6.0, best.score - ranked[1].score) if len(ranked) > 1 else 6.0
    proofs = sum(
        best.features[name] for name in ("cash_change", "card", "sub_tax", "tax_pair", "items_sum", "tax_inside")
    )
    return {
        "gap": gap,
        "share": best.share,
        "proofs": min(3.0, proofs),
        "proven": float(proofs > 0),
        "agreed": best.features["agreed"],
        "named": max(best.features["strong"], best.features["total"], best.features["gross"]),
        "repeats": best.features["repeats"],
        "score": best.best.part.line.score,
        "whole": best.features["whole"],
    }


def total_reason(best: Candidate) -> str:
    """The plainest reason for a total."""
    order = ("cash_change", "items_sum", "sub_tax", "card", "tax_pair", "tax_inside")
    for name in order:
        if best.features[name]:
            return "total_" + name
    if max(best.features["strong"], best.features["total"], best.features["gross"]):
        return "total_repeats" if best.features["repeats"] else "total_named"
    return "total_largest" if best.features["largest"] else "total_guess"


def judge_date(ranked: list[DateCandidate]) -> Field:
    """The date with its likelihood; empty where a value would more likely mislead."""
    if not ranked:
        return Field(reason=REASONS["date_none"])
    best = ranked[0]
    sure = likelihood(date_doubts(ranked), "date_sure")
    if sure < LEAST["date"]:
        return Field(None, sure, REASONS["date_unsure"])
    return Field(best.written.iso, sure, REASONS[date_reason(ranked)], best.box, best.part.line.page)


def date_doubts(ranked: list[DateCandidate]) -> Features:
    """What tells a right date from a wrong one."""
    best = ranked[0]
    return {
        "gap": min(6.0, best.score - max([NO_DATE, *(one.score for one in ranked[1:2])])),
        "time": best.features["time"],
        "good": max(best.features["good"], best.features["best"]),
        "bad": max(best.features["bad"], best.features["bad_above"]),
        "agreed": best.features["agreed"],
        "repeats": best.features["repeats"],
        "score": best.part.line.score,
        "loose": float(best.written.shape in ("loose", "compact", "swapped")),
        "odd_year": max(best.features["old"], best.features["far"]),
    }


def date_reason(ranked: list[DateCandidate]) -> str:
    """The plainest reason for a date."""
    best = ranked[0]
    if best.written.shape == "swapped":
        return "date_swapped"
    if best.features["time"]:
        return "date_time"
    if best.features["good"] or best.features["best"]:
        return "date_named"
    return "date_only" if len(ranked) == 1 else "date_likeliest"


def judge_merchant(ranked: list[Name]) -> Field:
    """The shop's name with its likelihood."""
    if not ranked:
        return Field(reason=REASONS["merchant_none"])
    best = ranked[0]
    sure = likelihood(merchant_doubts(ranked), "merchant_sure")
    if sure < LEAST["merchant"]:
        return Field(None, sure, REASONS["merchant_unsure"])
    return Field(best.text, sure, REASONS[merchant_reason(best)], best.box, best.page)


def merchant_doubts(ranked: list[Name]) -> Features:
    """What tells a right name from a wrong one."""
    best = ranked[0]
    return {
        "gap": min(5.0, best.score - ranked[1].score) if len(ranked) > 1 else 5.0,
        "share": best.share,
        "brand": best.features["brand"],
        "site": best.features["site"],
        "legal": best.features["legal"],
        "first": best.features["first"],
        "score": best.features["score"],
        "digits": best.features["digits"],
        "used_before": best.features["used_before"],
    }


def merchant_reason(best: Name) -> str:
    """The plainest reason for a name."""
    for name in ("used_before", "brand", "site", "legal", "thanks"):
        if best.features[name]:
            return "merchant_" + name
    return "merchant_first" if best.features["first"] else "merchant_head"

"""Rows of money for small tests; what is left out is the plainest."""

from typing import Any

Row = dict[str, Any]
IDS = {"reversal": "r", "entry": "n", "other_reversal": "r2", "other_entry": "n2"}


def a_pot(id: str = "nhs", **facts: Any) -> Row:
    """An open direct payment in pounds."""
    plain = {"person": "leroy", "name": "Pot", "funder": "NHS Norwich", "holding": "direct_payment"}
    return {"id": id, **plain, "currency": "GBP", "opened_on": "2026-01-01", "closed_on": None, "rev": 1} | facts


def a_period(id: str, starts_on: str, ends_on: str, **facts: Any) -> Row:
    """A period of the pot "nhs" for which nothing was agreed."""
    plain = {"id": id, "pot": "nhs", "starts_on": starts_on, "ends_on": ends_on, "agreed": None}
    return plain | {"agreed_visits": None, "ended": False, "rev": 1} | facts


def an_entry(id: str, kind: str, amount: int, on: str, **facts: Any) -> Row:
    """A posted line of the pot "nhs"."""
    plain = {"id": id, "pot": "nhs", "kind": kind, "amount": amount, "on": on, "what": "Something", "note": ""}
    links = dict.fromkeys(("merchant", "goal", "reverses", "replaces", "transfer", "reason"))
    return plain | links | {"author": "leroy", "state": "posted", "superseded": False, "files": [], "rev": 1} | facts

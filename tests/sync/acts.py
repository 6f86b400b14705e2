"""Acts as phones send them, with every value said."""

from typing import Any

from app.core.ids import new_id
from tests.fixtures_app import Household, op

SPENDING = {
    "kind": "spending",
    "on": "2026-11-20",
    "what": "Taxi",
    "merchant": None,
    "goal": None,
    "note": "",
    "reason": None,
    "files": [],
}


def with_pot(household: Household, *, holding: str = "direct_payment") -> str:
    """A pot of this person; returns its id."""
    pot = new_id()
    facts = {"name": "Council", "funder": "Leeds", "holding": holding, "opened_on": "2026-04-01"}
    assert household.hers.results(op("pot.write", household.person, pot, facts))[0]["status"] == "done"
    return pot


def spend(household: Household, pot: str, amount: int, *, row: str | None = None) -> dict[str, Any]:
    """An operation that records spending."""
    return op("entry.record", household.person, row or new_id(), {**SPENDING, "pot": pot, "amount": amount})


def correct(household: Household, entry: str, amount: int, *, base: Any = None) -> dict[str, Any]:
    """An operation that corrects the amount of a line."""
    facts = {"changes": {"amount": amount}, "entry": new_id(), "reversal": new_id()}
    return op("entry.correct", household.person, entry, facts, base=base)


def with_entry(household: Household, amount: int) -> tuple[str, int]:
    """A line of the ledger; returns its id and rev."""
    row = new_id()
    result = household.hers.results(spend(household, with_pot(household), amount, row=row))[0]
    assert result["status"] == "done"
    return row, result["rev"]


def money_out(rows: dict[str, Any]) -> int:
    """What the lines that stand add up to."""
    return sum(row["amount"] for row in rows.values() if row["kind"] == "spending" and not row["superseded"])

"""Ledgers picked and worked out by hand; the phone's test reads the same file."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.budgets.compute import compute

Row = dict[str, Any]
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "ledgers.json").read_text())


def whole(ledger: Row) -> Row:
    """The case with its rows written out in full."""
    filled = {
        name: [VECTORS["defaults"][one] | row for row in ledger.get(name, [])]
        for name, one in (("pots", "pot"), ("periods", "period"), ("entries", "entry"), ("commitments", "commitment"))
    }  # fmt: skip
    return filled | {"on": ledger["on"], "unknown": ledger.get("unknown", []), "tries": [], "cut": "2000-01-01"}


def by_name(results: list[Row], name: str) -> dict[str, Row]:
    return {row[name]: row for row in results}


@pytest.mark.parametrize("ledger", VECTORS["ledgers"], ids=lambda ledger: ledger["name"])
def test_a_ledger_worked_out_by_hand_comes_out_the_same(ledger):
    result, expect = compute(whole(ledger)), ledger["expect"]
    named = {
        "balances": by_name(result["balances"], "pot"),
        "statements": by_name(result["statements"], "period"),
        "states": by_name(result["states"], "pot"),
    }
    for part, found in named.items():
        for name, figures in expect.get(part, {}).items():
            assert {key: found[name][key] for key in figures} == figures
    assert {id: result["lines"][id] for id in expect.get("lines", {})} == expect.get("lines", {})
    assert [result[part] for part in ("totals", "months", "goals") if part in expect] == [
        expect[part] for part in ("totals", "months", "goals") if part in expect
    ]

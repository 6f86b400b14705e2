"""All that the money core says about one case, as canonical JSON; `tests/js/compute.mjs` says the same."""

import json
from typing import Any

from app.budgets.balance import balances, by_goal, by_month, by_state, state_of, totals
from app.budgets.ledger import combine, statement, summarise
from app.budgets.rules import check_entry, check_payback
from app.core.money import NotAnAmount, format_amount, parse_amount, plain_amount
from tests.budgets.generate import outcome

Row = dict[str, Any]


def canonical(value: object) -> str:
    """One text for one value: keys in order, no blanks, no escapes but those JSON needs."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def compute(case: Row) -> Row:
    """Every figure of a case: balances, totals, statements, sums, months, goals, states, acts, checks."""
    pots, periods, entries, commitments = (case[key] for key in ("pots", "periods", "entries", "commitments"))
    on = case["on"]
    parts = balances(pots, periods, entries, commitments, on=on, unknown=case["unknown"])
    sums = summarise(entries, until=on)
    replaced = {row["replaces"] for row in entries}
    return {
        "balances": parts,
        "totals": totals(pots, parts, on=on),
        "statements": [statement(period, entries) for period in periods],
        "sums": sums,
        "months": by_month(sums),
        "goals": by_goal(sums, pots),
        "states": [by_state(pot["id"], entries, commitments) for pot in pots],
        "lines": {row["id"]: state_of(row, replaced) for row in entries},
        "checks": [check_entry(row, pot) for row in entries[:5] for pot in pots],
        "paybacks": [check_payback(1000, part["owed"], part["currency"]) for part in parts],
        "acts": [outcome(attempt) for attempt in case["tries"]],
        "carried": _carried(case),
    }


def _carried(case: Row) -> Row:
    cut, on, entries = case["cut"], case["on"], case["entries"]
    old = [row for row in entries if row["on"] < cut]
    new = [row for row in entries if row["on"] >= cut]
    sums = summarise(old)
    return {
        "balances": balances(
            case["pots"], case["periods"], new, case["commitments"], on=on, carried=sums, originals=old
        ),
        "statements": [statement(period, new, carried=sums) for period in case["periods"]],
        "combined": combine(sums, summarise(new)),
    }


def read_amount(text: str, currency: str) -> Row:
    """What reading this text gives, and what is written for it."""
    try:
        amount = parse_amount(text, currency)
    except NotAnAmount as problem:
        return {"sentence": str(problem)}
    written = [format_amount(amount, currency), format_amount(-amount, currency), plain_amount(-amount, currency)]
    return {"amount": amount, "written": written}

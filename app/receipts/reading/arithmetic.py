"""What the sums of a receipt prove about each other. All figures are pence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from app.receipts.reading.amounts import Amount

RATES = (5.0, 6.0, 7.0, 8.0, 10.0, 19.0, 20.0, 25.0, 5.5, 21.0, 22.0, 16.0)
ROUNDED = 5
FEW = 6


@dataclass(frozen=True)
class Ledger:
    """The sums of a receipt by what their labels say they are."""

    cash: frozenset[int]
    change: frozenset[int]
    card: frozenset[int]
    subtotals: frozenset[int]
    taxes: frozenset[int]
    charges: frozenset[int]
    cashback: frozenset[int]
    roundings: frozenset[int]
    discounts: frozenset[int]
    pairs: frozenset[int]
    seen: frozenset[int]


def make_ledger(amounts: list[Amount]) -> Ledger:
    """Sums sorted by their labels; signs are dropped, zero is kept for change only."""
    money = [one for one in amounts if not one.sum.unit]
    return Ledger(
        cash=labelled(money, {"cash"}, {"change", "cashback", "tax"}),
        change=labelled(money, {"change"}, set()) | zero_change(money),
        card=labelled(money, {"card"}, {"points", "discount", "saved", "cashback"}),
        subtotals=labelled(money, {"subtotal"}, {"change"}),
        taxes=labelled(money, {"tax"}, {"inclusive", "strong"}),
        charges=labelled(money, {"service", "tip"}, {"total"}),
        cashback=labelled(money, {"cashback"}, set()),
        roundings=frozenset(one.pence for one in money if "rounding" in one.labels and 0 < abs(one.pence) <= ROUNDED),
        discounts=labelled(money, {"discount"}, {"total", "strong"}),
        pairs=row_pairs(money),
        seen=frozenset(abs(one.pence) for one in money),
    )


def labelled(money: list[Amount], wanted: set[str], unwanted: set[str]) -> frozenset[int]:
    """The sums above zero with one of the wanted labels and none of the unwanted."""
    return frozenset(abs(one.pence) for one in money if one.pence and one.labels & wanted and not one.labels & unwanted)


def zero_change(money: list[Amount]) -> frozenset[int]:
    """Zero, where no change is printed as such."""
    return frozenset({0} if any("change" in one.labels and not one.pence for one in money) else set())


def row_pairs(money: list[Amount]) -> frozenset[int]:
    """Sums of two neighbours in one row, as in a table of tax: net and tax make gross."""
    by_row: dict[int, list[int]] = {}
    for one in money:
        by_row.setdefault(one.row, []).append(abs(one.pence))
    found: set[int] = set()
    for row in by_row.values():
        for net, tax in combinations(row[:FEW], 2):
            big, small = max(net, tax), min(net, tax)
            if small and taxed_at(big, small):
                found.add(big + small)
    return frozenset(found)


def taxed_at(net: int, tax: int) -> bool:
    """Whether the tax is one of the usual rates of the net, to the penny."""
    return any(abs(net * rate / 100 - tax) <= 1.01 for rate in RATES)


def evidence_for(pence: int, ledger: Ledger) -> dict[str, bool]:
    """What speaks for a sum being the total."""
    return {
        "cash_change": any(given - back == pence for given in ledger.cash for back in ledger.change),
        "card": pence in ledger.card and pence not in ledger.cashback,
        "cash_exact": pence in ledger.cash,
        "sub_tax": adds_up(pence, ledger),
        "tax_pair": pence in ledger.pairs,
        "tax_inside": tax_inside(pence, ledger),
        "rounded": any(pence - adjust in ledger.seen or pence + adjust in ledger.seen for adjust in ledger.roundings),
        "cashback": any(pence + back in ledger.seen for back in ledger.cashback),
        "discounted": any(pence + off in ledger.seen for off in ledger.discounts if off),
    }


def adds_up(pence: int, ledger: Ledger) -> bool:
    """Whether a subtotal with tax, charges or both makes the sum."""
    extras = [*sorted(ledger.taxes)[:FEW], *sorted(ledger.charges)[:FEW]]
    sums = {0, *extras, *(one + other for one, other in combinations(extras, 2))}
    return any(sub + extra == pence for sub in ledger.subtotals for extra in sums if extra)


def tax_inside(pence: int, ledger: Ledger) -> bool:
    """Whether a printed tax is the usual share of the sum."""
    return any(abs(pence * rate / (100 + rate) - tax) <= 1.01 for rate in RATES for tax in ledger.taxes if tax >= 10)

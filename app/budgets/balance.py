"""What is left: the balance of each pot, the total over pots, by month, by goal and by state.

Pure, and the same in `static/js/budgets/balance.js`. What is not known is None, never 0.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Literal, TypedDict

from app.budgets.ledger import (
    NO_CELL,
    Cells,
    GoalCell,
    Line,
    PotSums,
    Sums,
    add_line,
    cash_of,
    combine,
    empty_cells,
    kinds_of,
    no_sums,
    owed_of,
    resolve,
    side_of,
    sums_of,
)  # fmt: skip
from app.budgets.rules import Commitment, Entry, Period, Pot
from app.core.money import Pence

State = Literal["spent", "posted", "reconciled", "void", "corrected", "reversal"]
PAID: Final = frozenset({"spending", "paid_by_me"})
"""The kinds that pay for something; "spent", "reconciled" and "void" count these alone."""


class Notional(TypedDict):
    """What was agreed and what came in the current period of a notional pot; values in minor units."""

    agreed: Pence | None
    agreed_visits: int | None
    received: int | None
    received_value: Pence | None
    missed: int | None
    missed_value: Pence | None


class Balance(TypedDict):
    """What a pot holds as at `on`: left = in_hand - owed - promised. Figures are None while not known."""

    pot: str
    currency: str
    on: str | None
    known: bool
    in_hand: Pence | None
    owed: Pence | None
    promised: Pence | None
    planned: Pence | None
    left: Pence | None
    period: str | None
    to_come: Pence | None
    notional: Notional | None


class Total(TypedDict):
    """The money left of one currency over all pots that hold money: left = own_money + funded."""

    currency: str
    left: Pence | None
    own_money: Pence | None
    funded: Pence | None


MonthRow = TypedDict(
    "MonthRow",
    {"pot": str, "month": str, "in": Pence | None, "out": Pence | None, "paid_by_me": Pence | None},
)
"""What came in, went out, and was paid by the person, in one pot and month."""


class GoalRow(TypedDict):
    """What went to one goal (None: to no goal): money spent less refunds, and services received."""

    currency: str
    goal: str | None
    spent: Pence | None
    received: Pence | None


class ByState(TypedDict):
    """The money of one pot by how sure it is; no pound is in two of these."""

    pot: str
    planned: Pence | None
    committed: Pence | None
    spent: Pence | None
    reconciled: Pence | None
    void: Pence | None


def balances(
    pots: Iterable[Pot],
    periods: Iterable[Period],
    entries: Iterable[Entry],
    commitments: Iterable[Commitment],
    *,
    on: str | None,
    unknown: Collection[str] = (),
    carried: Sums | None = None,
    originals: Iterable[Entry] = (),
) -> list[Balance]:
    """The balance of each pot as at the end of day `on` (None: all entries), in the order of `pots`.

    `unknown` names pots with rows still to come. `carried` stands for old entries that are not given; what
    reversals among `entries` take back there is looked up in `originals`. Carried sums that reach past `on`,
    or into the current period, make the figures that they blur None.
    """
    pots, old = list(pots), carried or no_sums()
    current = current_periods(periods, on)
    lines, waiting = resolve(entries, originals)
    merged = combine(old, sums_of(lines, waiting, until=on))
    within = _within(lines, current, on)
    promises = _promises(commitments)
    gaps = {one["pot"] for one in merged["waiting"]} | set(unknown)
    gaps |= {pot for pot, one in old["pots"].items() if on is not None and one["last"] > on}
    result = []
    for pot in pots:
        id = pot["id"]
        one = _balance(pot, on, merged["pots"].get(id), promises.get(id, {}), known=id not in gaps)
        if period := current.get(id):
            _add_period(one, pot, period, within[id], old["pots"].get(id))
        result.append(one)
    return result


def balance(
    pot: Pot,
    periods: Iterable[Period],
    entries: Iterable[Entry],
    commitments: Iterable[Commitment],
    *,
    on: str | None,
    known: bool = True,
    carried: Sums | None = None,
    originals: Iterable[Entry] = (),
) -> Balance:
    """The balance of one pot; see `balances`. Rows of other pots may be among those given."""
    unknown = () if known else (pot["id"],)
    return balances([pot], periods, entries, commitments, on=on, unknown=unknown, carried=carried, originals=originals)[
        0
    ]


def totals(pots: Iterable[Pot], parts: Iterable[Balance], *, on: str | None) -> list[Total]:
    """The sum of `left` by currency over pots that hold money and are open as at `on`; by currency code.

    One pot that is not known makes the sums that it belongs to None.
    """
    left = {one["pot"]: one["left"] for one in parts}
    sums: dict[str, Total] = {}
    for pot in pots:
        if pot["holding"] == "notional" or _is_closed(pot, on):
            continue
        code = pot["currency"]
        total = sums.setdefault(code, {"currency": code, "left": 0, "own_money": 0, "funded": 0})
        side: Literal["own_money", "funded"] = "own_money" if pot["holding"] == "own_money" else "funded"
        total[side] = _plus(total[side], left.get(pot["id"]))
        total["left"] = _plus(total["left"], left.get(pot["id"]))
    return [sums[code] for code in sorted(sums)]


def current_periods(periods: Iterable[Period], on: str | None) -> dict[str, Period]:
    """The period of each pot that `on` lies in; the last one of each pot when `on` is None."""
    current: dict[str, Period] = {}
    for period in sorted(periods, key=lambda one: (one["starts_on"], one["id"])):
        if on is None or period["starts_on"] <= on <= period["ends_on"]:
            current[period["pot"]] = period
    return current


def by_month(sums: Sums) -> list[MonthRow]:
    """What came in and went out by pot and month, in that order. A pot with a gap has None."""
    gaps = {one["pot"] for one in sums["waiting"]}
    return [
        _month_row(pot, month, cells, known=pot not in gaps)
        for pot, one in sorted(sums["pots"].items())
        for month, cells in sorted(one["months"].items())
    ]


def by_goal(sums: Sums, pots: Iterable[Pot]) -> list[GoalRow]:
    """What went to each goal by currency, in that order; entries for no goal come first. A gap makes None."""
    gaps = {one["pot"] for one in sums["waiting"]}
    rows: dict[tuple[str, str], GoalRow] = {}
    for pot in pots:
        one = sums["pots"].get(pot["id"])
        goals: Mapping[str, GoalCell] = one["goals"] if one else {}
        for goal, cell in goals.items():
            key = (pot["currency"], goal)
            row = rows.setdefault(key, {"currency": key[0], "goal": goal or None, "spent": 0, "received": 0})
            known = pot["id"] not in gaps
            row["spent"] = _plus(row["spent"], cell["spent"] if known else None)
            row["received"] = _plus(row["received"], cell["received"] if known else None)
    return [rows[key] for key in sorted(rows)]


def by_state(pot: str, entries: Iterable[Entry], commitments: Iterable[Commitment], *, known: bool = True) -> ByState:
    """Planned, committed, spent, reconciled and void money of a pot, from all its entries.

    Corrected lines are in none of these: the line that replaced them is. Refunds do not lessen "spent".
    """
    rows = [row for row in entries if row["pot"] == pot]
    lines, waiting = resolve(rows)
    replaced = {row["replaces"] for row in rows}
    sums = {"posted": 0, "reconciled": 0, "void": 0}
    for entry, sign in lines:
        if entry["kind"] in PAID:
            sums[entry["state"]] += sign * entry["amount"]
            sums["void"] += entry["amount"] if sign == -1 and entry["id"] not in replaced else 0
    promises, sure = _promises(commitments).get(pot, {}), known and not waiting
    return {
        "pot": pot,
        "planned": promises.get("planned", 0) if known else None,
        "committed": promises.get("committed", 0) if known else None,
        "spent": sums["posted"] if sure else None,
        "reconciled": sums["reconciled"] if sure else None,
        "void": sums["void"] if sure else None,
    }


def state_of(entry: Entry, replaced: Collection[str]) -> State:
    """The state of one line, to be said beside it; `replaced` holds what all lines have in `replaces`.

    "posted" is every line in the ledger that pays for nothing, such as an instalment.
    """
    if entry["kind"] == "reversal":
        return "reversal"
    if entry["superseded"]:
        return "corrected" if entry["id"] in replaced else "void"
    if entry["state"] == "reconciled":
        return "reconciled"
    return "spent" if entry["kind"] in PAID else "posted"


def _balance(pot: Pot, on: str | None, sums: PotSums | None, promises: Mapping[str, Pence], *, known: bool) -> Balance:
    cells = kinds_of(sums)
    cash, owed, promised = cash_of(cells), owed_of(cells), promises.get("committed", 0)
    return {
        "pot": pot["id"],
        "currency": pot["currency"],
        "on": on,
        "known": known,
        "in_hand": cash if known else None,
        "owed": owed if known else None,
        "promised": promised if known else None,
        "planned": promises.get("planned", 0) if known else None,
        "left": cash - owed - promised if known else None,
        "period": None,
        "to_come": None,
        "notional": None,
    }


def _within(lines: Iterable[Line], current: Mapping[str, Period], on: str | None) -> dict[str, Cells]:
    within = {pot: empty_cells() for pot in current}
    for entry, sign in lines:
        period = current.get(entry["pot"])
        if period is None or not period["starts_on"] <= entry["on"] <= period["ends_on"]:
            continue
        if on is None or entry["on"] <= on:
            add_line(within[entry["pot"]][entry["kind"]], entry, sign)
    return within


def _add_period(one: Balance, pot: Pot, period: Period, cells: Cells, old: PotSums | None) -> None:
    one["period"] = period["id"]
    sure = one["known"] and (old is None or old["last"] < period["starts_on"])
    if pot["holding"] == "notional":
        one["notional"] = _notional(period, cells if sure else None)
    elif sure and period["agreed"] is not None:
        one["to_come"] = max(0, period["agreed"] - cells["instalment"]["amount"])


def _notional(period: Period, cells: Cells | None) -> Notional:
    received = cells["service_received"] if cells else None
    missed = cells["service_missed"] if cells else None
    return {
        "agreed": period["agreed"],
        "agreed_visits": period["agreed_visits"],
        "received": received["count"] if received else None,
        "received_value": received["amount"] if received else None,
        "missed": missed["count"] if missed else None,
        "missed_value": missed["amount"] if missed else None,
    }


def _promises(commitments: Iterable[Commitment]) -> dict[str, dict[str, Pence]]:
    promises: dict[str, dict[str, Pence]] = {}
    for one in commitments:
        states = promises.setdefault(one["pot"], {})
        states[one["state"]] = states.get(one["state"], 0) + one["amount"]
    return promises


def _month_row(pot: str, month: str, cells: Cells, *, known: bool) -> MonthRow:
    return {
        "pot": pot,
        "month": month,
        "in": side_of(cells, 1) if known else None,
        "out": side_of(cells, -1) if known else None,
        "paid_by_me": cells.get("paid_by_me", NO_CELL)["amount"] if known else None,
    }


def _is_closed(pot: Pot, on: str | None) -> bool:
    closed_on = pot["closed_on"]
    return closed_on is not None and (on is None or closed_on <= on)


def _plus(amount: Pence | None, more: Pence | None) -> Pence | None:
    return None if amount is None or more is None else amount + more

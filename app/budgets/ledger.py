"""The append-only ledger: what entries add up to, and a pot's statement for a period.

Pure, and the same in `static/js/budgets/ledger.js`. The order of rows never matters. A reversal counts as
the entry it takes back with the opposite sign, so £10 corrected to £12 shows as £12 out and nothing in.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Final, TypedDict

from app.budgets.rules import CASH, GOAL, OWED, Entry, Period
from app.core.money import Pence

Line = tuple[Entry, int]
"""An entry that counts (+1), or the entry that a reversal takes back (-1)."""


class Cell(TypedDict):
    """What the entries of one kind add up to; `reconciled` is the part seen on a bank statement."""

    amount: Pence
    count: int
    reconciled: Pence


Cells = dict[str, Cell]
"""A cell for each kind."""

NO_CELL: Final[Cell] = {"amount": 0, "count": 0, "reconciled": 0}


class GoalCell(TypedDict):
    """What went to one goal: money spent (less refunds) and the value of services received."""

    spent: Pence
    received: Pence


class PotSums(TypedDict):
    """The sums of one pot: its last day counted, kinds by month "YYYY-MM", goals by id ("" for none)."""

    last: str
    months: dict[str, Cells]
    goals: dict[str, GoalCell]


class Waiting(TypedDict):
    """An entry with an effect not known yet: what it takes back is not here, or its kind is new to us."""

    id: str
    pot: str
    reverses: str | None


class Sums(TypedDict):
    """What a set of entries adds up to, small enough to keep in place of old entries."""

    pots: dict[str, PotSums]
    waiting: list[Waiting]


Statement = TypedDict(
    "Statement",
    {
        "pot": str,
        "period": str,
        "starts_on": str,
        "ends_on": str,
        "opening": Pence | None,
        "in": Pence | None,
        "out": Pence | None,
        "closing": Pence | None,
        "owed_opening": Pence | None,
        "owed_closing": Pence | None,
        "kinds": Cells | None,
    },
)
"""One pot over one period: opening + in - out = closing. Every figure is None while it is not known."""


def resolve(entries: Iterable[Entry], originals: Iterable[Entry] = ()) -> tuple[list[Line], list[Waiting]]:
    """Pair reversals with what they take back, looked up in `entries`, then `originals` (not counted)."""
    rows = list(entries)
    wanted = {row["reverses"] for row in rows if row["kind"] == "reversal"}
    found: dict[str | None, Entry] = {row["id"]: row for row in chain(originals, rows) if row["id"] in wanted}
    lines: list[Line] = []
    waiting: list[Waiting] = []
    for row in rows:
        counted = found.get(row["reverses"]) if row["kind"] == "reversal" else row
        if counted is None or counted["kind"] not in CASH:
            waiting.append({"id": row["id"], "pot": row["pot"], "reverses": row["reverses"]})
        else:
            lines.append((counted, 1 if counted is row else -1))
    return lines, waiting


def summarise(entries: Iterable[Entry], *, until: str | None = None, originals: Iterable[Entry] = ()) -> Sums:
    """Add up entries dated up to `until` (all when None), in one pass; see `resolve` for `originals`."""
    return sums_of(*resolve(entries, originals), until=until)


def sums_of(lines: Iterable[Line], waiting: Iterable[Waiting], *, until: str | None) -> Sums:
    """Add up what `resolve` gave."""
    sums = no_sums()
    for entry, sign in lines:
        if until is None or entry["on"] <= until:
            _add(sums["pots"], entry, sign)
    sums["waiting"] = sorted(waiting, key=lambda one: one["id"])
    return sums


def no_sums() -> Sums:
    """The sums of no entries; combined with anything it changes nothing."""
    return {"pots": {}, "waiting": []}


def combine(sums: Sums, more: Sums) -> Sums:
    """The sums of both sets of entries; any order and grouping of sets gives the same. Changes neither."""
    pots = sums["pots"].keys() | more["pots"].keys()
    return {
        "pots": {pot: _combine_pot(sums["pots"].get(pot), more["pots"].get(pot)) for pot in pots},
        "waiting": sorted(sums["waiting"] + more["waiting"], key=lambda one: one["id"]),
    }


def kinds_of(sums: PotSums | None) -> Cells:
    """The sum of each kind over all months of a pot; every kind is there."""
    cells = empty_cells()
    for month in sums["months"].values() if sums else ():
        for kind, cell in month.items():
            add_cell(cells[kind], cell)
    return cells


def empty_cells() -> Cells:
    """A cell of nothing for every kind."""
    return {kind: NO_CELL.copy() for kind in CASH}


def add_cell(cell: Cell, more: Cell) -> None:
    """Add `more` to `cell` in place."""
    cell["amount"] += more["amount"]
    cell["count"] += more["count"]
    cell["reconciled"] += more["reconciled"]


def add_line(cell: Cell, entry: Entry, sign: int) -> None:
    """Add one line of the ledger to a cell in place."""
    cell["amount"] += sign * entry["amount"]
    cell["count"] += sign
    if entry["state"] == "reconciled":
        cell["reconciled"] += sign * entry["amount"]


def cash_of(cells: Cells) -> Pence:
    """The cash that these kinds leave in a pot."""
    return sum(CASH[kind] * cell["amount"] for kind, cell in cells.items())


def side_of(cells: Cells, sign: int) -> Pence:
    """What these kinds brought in (`sign` 1) or took out (-1)."""
    return sum(cell["amount"] for kind, cell in cells.items() if CASH[kind] == sign)


def owed_of(cells: Cells) -> Pence:
    """What these kinds leave the pot owing to the person."""
    return sum(OWED.get(kind, 0) * cell["amount"] for kind, cell in cells.items())


def statement(
    period: Period,
    entries: Iterable[Entry],
    *,
    known: bool = True,
    carried: Sums | None = None,
    originals: Iterable[Entry] = (),
) -> Statement:
    """One pot's statement for one period, from all its entries up to the period's last day.

    Other pots' entries may be among `entries`. `carried` stands for older entries that are not given; it must
    end before the period starts. `known` is False while rows of the pot are still to come.
    """
    pot, starts_on, ends_on = period["pot"], period["starts_on"], period["ends_on"]
    before = (carried or no_sums())["pots"].get(pot)
    lines, waiting = resolve((row for row in entries if row["pot"] == pot), originals)
    late = before is not None and before["last"] >= starts_on
    gaps = waiting or [one for one in (carried or no_sums())["waiting"] if one["pot"] == pot]
    opening, within = kinds_of(before), empty_cells()
    for entry, sign in lines:
        if entry["on"] <= ends_on:
            add_line((opening if entry["on"] < starts_on else within)[entry["kind"]], entry, sign)
    return _statement(period, opening, within, known=known and not late and not gaps)


def _statement(period: Period, opening: Cells, within: Cells, *, known: bool) -> Statement:
    came, went = side_of(within, 1), side_of(within, -1)
    cash, owed = cash_of(opening), owed_of(opening)
    return {
        "pot": period["pot"],
        "period": period["id"],
        "starts_on": period["starts_on"],
        "ends_on": period["ends_on"],
        "opening": cash if known else None,
        "in": came if known else None,
        "out": went if known else None,
        "closing": cash + came - went if known else None,
        "owed_opening": owed if known else None,
        "owed_closing": owed + owed_of(within) if known else None,
        "kinds": within if known else None,
    }


def _add(pots: dict[str, PotSums], entry: Entry, sign: int) -> None:
    sums = pots.get(entry["pot"])
    if sums is None:
        sums = pots[entry["pot"]] = {"last": "", "months": {}, "goals": {}}
    kind, on, goal = entry["kind"], entry["on"], entry["goal"] or ""
    sums["last"] = max(sums["last"], on)
    month = sums["months"].setdefault(on[:7], {})
    cell = month.get(kind)
    if cell is None:
        cell = month[kind] = NO_CELL.copy()
    add_line(cell, entry, sign)
    if kind in GOAL or kind == "service_received":
        _add_goal(sums["goals"].setdefault(goal, {"spent": 0, "received": 0}), entry, sign)


def _add_goal(cell: GoalCell, entry: Entry, sign: int) -> None:
    if entry["kind"] == "service_received":
        cell["received"] += sign * entry["amount"]
    else:
        cell["spent"] += sign * GOAL[entry["kind"]] * entry["amount"]


def _combine_pot(sums: PotSums | None, more: PotSums | None) -> PotSums:
    both: PotSums = {"last": "", "months": {}, "goals": {}}
    for one in (sums, more):
        if one is None:
            continue
        both["last"] = max(both["last"], one["last"])
        for name, month in one["months"].items():
            kinds = both["months"].setdefault(name, {})
            for kind, cell in month.items():
                add_cell(kinds.setdefault(kind, NO_CELL.copy()), cell)
        for goal, goal_cell in one["goals"].items():
            total = both["goals"].setdefault(goal, {"spent": 0, "received": 0})
            total["spent"] += goal_cell["spent"]
            total["received"] += goal_cell["received"]
    return both

"""What a row of money may be: shapes, kinds and their effects, bounds, and the sentence for each fault.

Rows are the JSON objects that travel in sync; amounts are minor units, dates "YYYY-MM-DD", ids UUID strings.
The phone has the same in `static/js/budgets/rules.js`. Nothing here reads a clock or a database.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, TypedDict, TypeGuard

from app.core.money import BIGGEST_AMOUNT, Pence, format_amount

Holding = Literal["notional", "third_party", "direct_payment", "managed_account", "prepaid_card", "own_money"]
Kind = Literal[
    "instalment", "contribution", "refund", "spending", "repayment", "transfer_in", "transfer_out",
    "paid_by_me", "payback", "reversal", "service_received", "service_missed",
]  # fmt: skip

FIRST_DAY: Final = "2000-01-01"
LAST_DAY: Final = "2099-12-31"

CASH: Final[dict[str, int]] = {
    "instalment": 1, "contribution": 1, "refund": 1, "transfer_in": 1,
    "spending": -1, "repayment": -1, "transfer_out": -1, "payback": -1,
    "paid_by_me": 0, "service_received": 0, "service_missed": 0,
}  # fmt: skip
"""What one unit of a kind does to the cash of its pot; a reversal does the opposite of what it reverses."""

OWED: Final[dict[str, int]] = {"paid_by_me": 1, "payback": -1}
"""What one unit does to the sum that the pot owes to the person; nothing for the kinds left out."""

GOAL: Final[dict[str, int]] = {"spending": 1, "paid_by_me": 1, "refund": -1}
"""What one unit adds to the money spent for a goal."""

SERVICES: Final = frozenset({"service_received", "service_missed"})
TRANSFERS: Final = frozenset({"transfer_in", "transfer_out"})
KINDS: Final = frozenset({*CASH, "reversal"})


class Pot(TypedDict):
    """One funder's stream of money for one person."""

    id: str
    person: str
    name: str
    funder: str
    holding: Holding
    currency: str
    opened_on: str
    closed_on: str | None
    rev: int


class Period(TypedDict):
    """The span for which a funder agreed an amount or a number of visits; both days belong to it."""

    id: str
    pot: str
    starts_on: str
    ends_on: str
    agreed: Pence | None
    agreed_visits: int | None
    ended: bool
    rev: int


class Entry(TypedDict):
    """One line of the append-only ledger; the amount is never below zero, the kind gives the direction."""

    id: str
    pot: str
    kind: Kind
    amount: Pence
    on: str
    what: str
    merchant: str | None
    goal: str | None
    note: str
    reverses: str | None
    replaces: str | None
    transfer: str | None
    reason: str | None
    author: str
    state: Literal["posted", "reconciled"]
    superseded: bool
    files: list[str]
    rev: int


class Commitment(TypedDict):
    """Money that is planned or promised, not spent."""

    id: str
    pot: str
    amount: Pence
    what: str
    goal: str | None
    due_on: str | None
    state: Literal["planned", "committed", "met", "dropped"]
    rev: int


class Fault(TypedDict):
    """One thing wrong with a row: its field, or the row's id, and a sentence to show."""

    where: str
    sentence: str


class LedgerProblem(ValueError):
    """An act on the ledger that cannot be; `str(error)` is one sentence, `field` the field it is about."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def is_date(text: object) -> TypeGuard[str]:
    """Whether this is a real day written YYYY-MM-DD between FIRST_DAY and LAST_DAY."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return FIRST_DAY <= text <= LAST_DAY


def check_amount(kind: str, amount: object, currency: str = "GBP") -> str | None:
    """The sentence for an amount that cannot stand in an entry of this kind, or None when it can."""
    if type(amount) is not int:
        return "Write the amount as a whole number."
    if amount < 0 or (amount == 0 and kind not in SERVICES):
        return f"Write an amount above {format_amount(0, currency)}."
    if amount > BIGGEST_AMOUNT:
        return f"The biggest amount you can write is {format_amount(BIGGEST_AMOUNT, currency)}."
    return None


def check_entry(entry: Entry, pot: Pot) -> Fault | None:
    """The first fault of a new entry in this pot, or None. A reversal is judged by `check_ledger`."""
    kind, on = entry["kind"], entry["on"]
    if kind not in CASH:
        return {"where": "kind", "sentence": "This kind of entry cannot be written by hand."}
    if (pot["holding"] == "notional") != (kind in SERVICES):
        return {"where": "kind", "sentence": _wrong_kind(pot)}
    if sentence := check_amount(kind, entry["amount"], pot["currency"]):
        return {"where": "amount", "sentence": sentence}
    if not is_date(on):
        return {"where": "on", "sentence": "Check the date. It must be a real day from 2000 to 2099."}
    if pot["closed_on"] is not None and on > pot["closed_on"]:
        return {"where": "on", "sentence": "This pot was closed before that day. Choose another pot or day."}
    return None


def check_payback(amount: Pence, owed: Pence | None, currency: str = "GBP") -> str | None:
    """The sentence for paying back more than the pot owes, or before that sum is known; else None."""
    if owed is None:
        return "We do not know yet what this pot owes you. Wait until everything has arrived."
    if amount > owed:
        return f"This pot owes you {format_amount(max(0, owed), currency)}. You cannot take more than that."
    return None


def check_periods(periods: Iterable[Period]) -> list[Fault]:
    """One fault for each period that ends before it starts or overlaps an earlier one of its pot."""
    faults: list[Fault] = []
    last: dict[str, str] = {}
    for period in sorted(periods, key=lambda one: (one["pot"], one["starts_on"], one["id"])):
        if period["ends_on"] < period["starts_on"]:
            faults.append({"where": period["id"], "sentence": "This period ends before it starts."})
            continue
        if period["starts_on"] <= last.get(period["pot"], ""):
            faults.append({"where": period["id"], "sentence": "This period overlaps another one of its pot."})
        last[period["pot"]] = max(period["ends_on"], last.get(period["pot"], ""))
    return faults


def check_ledger(pots: Iterable[Pot], entries: Iterable[Entry]) -> list[Fault]:
    """Every fault of a whole ledger as stored; `where` is the id of an entry, or of a transfer.

    Rows: known pot, kind and amount. Reversals: one for each entry at most, of the same pot, amount and day.
    What is replaced is taken back. What is taken back is marked superseded. Transfers: two pots, one sum.
    """
    rows, by_pot = list(entries), {pot["id"]: pot for pot in pots}
    by_id = {row["id"]: row for row in rows}
    reversed_ids = Counter(row["reverses"] for row in rows if row["kind"] == "reversal")
    faults: list[Fault] = [
        {"where": row["id"], "sentence": sentence}
        for row in rows
        for sentence in (_row_fault(row, by_pot), _link_fault(row, by_id, reversed_ids))
        if sentence
    ]
    if len(by_id) < len(rows):
        twice = Counter(row["id"] for row in rows)
        faults += [{"where": id, "sentence": "Two lines have this id."} for id, n in twice.items() if n > 1]
    return faults + _transfer_faults(rows, by_id)


def _row_fault(row: Entry, by_pot: Mapping[str, Pot]) -> str | None:
    pot = by_pot.get(row["pot"])
    if pot is None:
        return "The pot of this line is missing."
    if row["kind"] == "reversal":
        return None
    fault = check_entry(row, pot)
    return fault["sentence"] if fault else None


def _link_fault(row: Entry, by_id: Mapping[str, Entry], reversed_ids: Mapping[str | None, int]) -> str | None:
    times = reversed_ids.get(row["id"], 0)
    if times > 1:
        return "This line was taken back more than once."
    if row["superseded"] != bool(times):
        return "This line is marked as taken back, or is taken back, but not both."
    if row["replaces"] is not None and not reversed_ids.get(row["replaces"]):
        return "This line replaces one that was not taken back."
    return _reversal_fault(row, by_id.get(row["reverses"] or "")) if row["kind"] == "reversal" else None


def _reversal_fault(row: Entry, original: Entry | None) -> str | None:
    if original is None:
        return "The line that this takes back is missing."
    if original["kind"] == "reversal":
        return "This takes back a line that takes another back."
    same = all(row[key] == original[key] for key in ("pot", "amount", "on"))
    return None if same else "This differs from the line that it takes back."


def _transfer_faults(rows: Iterable[Entry], by_id: Mapping[str, Entry]) -> list[Fault]:
    sums: Counter[str] = Counter()
    pots: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        line = by_id.get(row["reverses"] or "") if row["kind"] == "reversal" else row
        if line is None or line["kind"] not in TRANSFERS:
            continue
        transfer = line["transfer"] or ""
        pots.setdefault(transfer, set()).add((line["kind"], line["pot"]))
        sums[transfer] += CASH[line["kind"]] * line["amount"] * (1 if line is row else -1)
    return [
        {"where": id, "sentence": "The two sides of this move of money do not match."}
        for id, sides in pots.items()
        if sums[id] or not id or len(sides) != 2 or len({pot for _, pot in sides}) != 2
    ]


def _wrong_kind(pot: Pot) -> str:
    if pot["holding"] == "notional":
        return "You hold no money in this pot. Write down a service that you received or missed."
    return "This pot holds money. Write down what came in or went out."

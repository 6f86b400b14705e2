"""The entries that an act on the ledger posts: correct, void, move money, end a period.

Pure, and the same in `static/js/budgets/acts.js`. Nothing is edited away: what was wrong is taken back by a
reversal, and the caller marks it superseded.
"""

from collections.abc import Mapping
from typing import TypedDict

from app.budgets.ledger import Statement
from app.budgets.rules import (
    SERVICES,
    TRANSFERS,
    Entry,
    Fault,
    Kind,
    LedgerProblem,
    Period,
    Pot,
    check_amount,
    check_entry,
    is_date,
)  # fmt: skip
from app.core.money import Pence, format_amount


class Changes(TypedDict, total=False):
    """What a correction may change; a wrong pot is voided and recorded again in the right one."""

    kind: Kind
    amount: Pence
    on: str
    what: str
    merchant: str | None
    goal: str | None
    note: str
    reason: str | None
    files: list[str]


class Transfer(TypedDict):
    """What a person says about moving money between two pots."""

    amount: Pence
    on: str
    what: str
    note: str


class PeriodEnd(TypedDict):
    """What the end of a period posts, and the cash that stays in the pot for the next one."""

    entries: list[Entry]
    carried: Pence


def plan_correction(
    entry: Entry, changes: Changes, ids: Mapping[str, str], *, author: str, other: Entry | None = None
) -> list[Entry]:
    """The reversal of `entry` and the new entry that replaces it; the caller marks the old one superseded.

    `ids` holds "reversal" and "entry". Both sides of a transfer change together: give the `other` side and
    "other_reversal", "other_entry". Raises LedgerProblem.
    """
    legs = _legs(entry, other)
    planned: list[Entry] = []
    for leg, prefix in zip(legs, ("", "other_"), strict=False):
        new = _changed(leg, changes)
        new["id"], new["author"] = ids[f"{prefix}entry"], author
        planned += [_reversal(leg, ids[f"{prefix}reversal"], author), new]
    return planned


def plan_void(entry: Entry, ids: Mapping[str, str], *, author: str, other: Entry | None = None) -> list[Entry]:
    """The reversal that takes `entry` back, its id in `ids["reversal"]`.

    The caller marks the old one superseded. Both sides of a transfer go together: give the `other` side and
    "other_reversal". Raises LedgerProblem.
    """
    legs = zip(_legs(entry, other), ("reversal", "other_reversal"), strict=False)
    return [_reversal(leg, ids[name], author) for leg, name in legs]


def plan_transfer(source: Pot, target: Pot, facts: Transfer, ids: Mapping[str, str], *, author: str) -> list[Entry]:
    """The two sides of money moved from `source` to `target`; `ids` holds "transfer", "out" and "in".

    Raises LedgerProblem for one pot twice, two currencies, a pot without money, a closed pot, a wrong amount.
    """
    out = _entry(source, "transfer_out", facts, ids["out"], author)
    into = _entry(target, "transfer_in", facts, ids["in"], author)
    if fault := _transfer_fault(source, target, out, into):
        raise LedgerProblem(fault["where"], fault["sentence"])
    out["transfer"] = into["transfer"] = ids["transfer"]
    return [out, into]


def plan_period_end(
    pot: Pot, period: Period, closing: Statement, give_back: Pence, ids: Mapping[str, str], *, author: str
) -> PeriodEnd:
    """End a period: `give_back` goes to the funder on its last day, all else is carried over in the pot.

    `closing` is the statement of that period; `ids` holds "repayment". The caller marks the period ended.
    Raises LedgerProblem.
    """
    cash, owed = closing["closing"], closing["owed_closing"]
    if period["ended"]:
        raise LedgerProblem("period", "This period has ended already.")
    if cash is None or owed is None:
        raise LedgerProblem("period", "We do not know yet what is left. Wait until everything has arrived.")
    if give_back == 0:
        return {"entries": [], "carried": cash}
    if sentence := _give_back_fault(pot, give_back, cash - owed):
        raise LedgerProblem("give_back", sentence)
    facts: Transfer = {
        "amount": give_back,
        "on": period["ends_on"],
        "what": f"Given back to {pot['funder']}",
        "note": "",
    }
    return {
        "entries": [_entry(pot, "repayment", facts, ids["repayment"], author)],
        "carried": cash - give_back,
    }


def _legs(entry: Entry, other: Entry | None) -> list[Entry]:
    if entry["kind"] == "reversal":
        raise LedgerProblem("entry", "This line takes another one back. It cannot be changed.")
    if entry["superseded"]:
        raise LedgerProblem("entry", "This was changed already. Look at the newest line.")
    if entry["kind"] not in TRANSFERS:
        return [entry]
    if other is None or not _is_other_side(entry, other):
        raise LedgerProblem("entry", "We need both sides of this move of money. Wait until both have arrived.")
    return [entry, other]


def _is_other_side(entry: Entry, other: Entry) -> bool:
    return (
        {entry["kind"], other["kind"]} == TRANSFERS
        and entry["transfer"] == other["transfer"]
        and entry["amount"] == other["amount"]
        and not other["superseded"]
    )


def _reversal(entry: Entry, id: str, author: str) -> Entry:
    row = entry.copy()
    row["id"], row["kind"], row["reverses"], row["replaces"] = id, "reversal", entry["id"], None
    row["note"], row["files"], row["author"] = "", [], author
    row["state"], row["superseded"], row["rev"] = "posted", False, 0
    return row


def _changed(entry: Entry, changes: Changes) -> Entry:
    new = entry.copy()
    new["kind"], new["amount"] = changes.get("kind", entry["kind"]), changes.get("amount", entry["amount"])
    new["on"], new["what"] = changes.get("on", entry["on"]), changes.get("what", entry["what"])
    new["merchant"], new["goal"] = (
        changes.get("merchant", entry["merchant"]),
        changes.get("goal", entry["goal"]),
    )
    new["note"], new["reason"] = changes.get("note", entry["note"]), changes.get("reason", entry["reason"])
    new["files"] = list(changes.get("files", entry["files"]))
    if new == entry:
        raise LedgerProblem("entry", "Nothing was changed.")
    if fault := _change_fault(entry, new):
        raise LedgerProblem(fault["where"], fault["sentence"])
    same_money = all(new[key] == entry[key] for key in ("kind", "amount", "on"))
    new["state"] = entry["state"] if same_money else "posted"
    new["replaces"], new["reverses"], new["superseded"], new["rev"] = entry["id"], None, False, 0
    return new


def _change_fault(entry: Entry, new: Entry) -> Fault | None:
    if new["kind"] != entry["kind"] and _family(new["kind"]) != _family(entry["kind"]):
        return {
            "where": "kind",
            "sentence": "This cannot become that kind of line. Take it back and write a new one.",
        }
    if sentence := check_amount(new["kind"], new["amount"]):
        return {"where": "amount", "sentence": sentence}
    if not is_date(new["on"]):
        return {"where": "on", "sentence": "Check the date. It must be a real day from 2000 to 2099."}
    return None


def _give_back_fault(pot: Pot, give_back: Pence, left: Pence) -> str | None:
    if sentence := check_amount("repayment", give_back, pot["currency"]):
        return sentence
    if give_back > left:
        most = format_amount(max(0, left), pot["currency"])
        return f"You can give back {most} at most. That is what is left."
    return None


def _family(kind: Kind) -> str:
    if kind in TRANSFERS or kind == "reversal":
        return kind
    return "service" if kind in SERVICES else "cash"


def _transfer_fault(source: Pot, target: Pot, out: Entry, into: Entry) -> Fault | None:
    if source["id"] == target["id"]:
        return {"where": "pot", "sentence": "Choose two different pots."}
    if source["currency"] != target["currency"]:
        return {
            "where": "pot",
            "sentence": "These pots are in two currencies. Money cannot move between them.",
        }
    return check_entry(out, source) or check_entry(into, target)


def _entry(pot: Pot, kind: Kind, facts: Transfer, id: str, author: str) -> Entry:
    return {
        "id": id,
        "pot": pot["id"],
        "kind": kind,
        "amount": facts["amount"],
        "on": facts["on"],
        "what": facts["what"],
        "merchant": None,
        "goal": None,
        "note": facts["note"],
        "reverses": None,
        "replaces": None,
        "transfer": None,
        "reason": None,
        "author": author,
        "state": "posted",
        "superseded": False,
        "files": [],
        "rev": 0,
    }

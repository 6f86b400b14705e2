"""What must hold when all phones have met the server: computed apart from the code that is tested."""

import hashlib
from collections import Counter
from typing import Any

from app.budgets.balance import balances
from app.budgets.rules import check_ledger
from tests.sync.machine.world import TODAY, World

CASH = {
    "instalment": 1,
    "contribution": 1,
    "refund": 1,
    "transfer_in": 1,
    "spending": -1,
    "paid_by_me": -1,
    "transfer_out": -1,
}


def check_everything(world: World, made: list[tuple[str, dict[str, Any]]], lost: set[str]) -> None:
    """Raise an AssertionError that says what is wrong."""
    everything = world.server_rows(world.rights("a") or set())
    kept: set[str] = set()
    for device in "abc":
        kept |= _check_phone(world, device, everything)
    _check_operations(world, made, everything, kept, lost)
    _check_money(everything)
    _check_files(world, everything)


def _check_phone(world: World, device: str, everything: dict[str, Any]) -> set[str]:
    state = world.phones.do("state", device=device, stream=world.stream, today=TODAY)
    assert not [item for item in state["outbox"] if not item["done"]], f"{device} could not send {state['outbox']}"
    assert not state["files"], f"{device} could not send files {state['files']}"
    scopes = world.rights(device)
    if scopes is None:
        assert world.stream not in state["streams"], f"{device} kept a stream that it lost"
        assert not state["rows"], f"{device} kept rows of a stream that it lost"
        return {words["id"] for words in state["kept"]}
    expected = everything if world.owner[device] == "first" else world.server_rows(scopes)
    assert state["rows"] == expected, f"{device} differs: {_difference(state['rows'], expected)}"
    if "see_money" in scopes:
        assert state["money"] == _left(everything), f"{device} shows other money"
    return {words["id"] for words in state["kept"]}


def _check_operations(
    world: World, made: list[tuple[str, dict[str, Any]]], everything: dict[str, Any], kept: set[str], lost: set[str]
) -> None:
    """Each line of money that somebody wrote is in the ledger once, or its author was told."""
    for device, op in made:
        there = f"entry {op['row']}" in everything
        if op["act"] == "entry.record":
            told = op["id"] in kept or op["id"] in lost
            assert there or told, f"{device}: {op} is lost"
        if world.owner[device] == "first" and op["id"] in kept:
            assert op["act"] in MAY_BE_REFUSED, f"{device}: {op} was refused although it may be done"
            if op["act"] == "entry.record":
                raise AssertionError(f"{device}: {op} was refused")


MAY_BE_REFUSED = {"entry.correct", "entry.void", "goal.remove", "conflict.choose"}


def _check_money(everything: dict[str, Any]) -> None:
    entries = _bodies(everything, "entry")
    pots = _bodies(everything, "pot")
    assert not check_ledger(pots, entries)
    replaced = Counter(entry["replaces"] for entry in entries if entry["replaces"])
    assert not [one for one, count in replaced.items() if count > 1], "a line was corrected twice"
    plain: Counter[str] = Counter({pot["id"]: 0 for pot in pots})
    for entry in entries:
        if entry["kind"] != "reversal" and not entry["superseded"]:
            plain[entry["pot"]] += CASH[entry["kind"]] * entry["amount"]
    assert dict(plain) == _left(everything), "the ledger does not add up to what stands in it"


def _check_files(world: World, everything: dict[str, Any]) -> None:
    for row in _bodies(everything, "file"):
        if row["state"] == "awaited":
            continue
        data = world.parts.storage.get(f"original/{world.person}/{row['sha256']}")
        assert hashlib.sha256(data).hexdigest() == row["sha256"], "a file is not what was queued"


def _left(everything: dict[str, Any]) -> dict[str, int | None]:
    pots = _bodies(everything, "pot")
    found = balances(
        pots, _bodies(everything, "period"), _bodies(everything, "entry"), _bodies(everything, "commitment"), on=TODAY
    )
    return {one["pot"]: one["left"] for one in found}


def _bodies(everything: dict[str, Any], kind: str) -> list[Any]:
    return [row["body"] for key, row in everything.items() if key.startswith(f"{kind} ")]


def _difference(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    keys = sorted(set(one) | set(other))
    return {key: (one.get(key), other.get(key)) for key in keys if one.get(key) != other.get(key)}

"""What it costs to know what is left: the balance over 1,000, 4,000 and 12,000 entries, in Python and on the phone.

Fails when the phone's code takes 10 ms or more for 12,000 entries (best of many, warm), or when the cost of one
entry doubles from 4,000 to 12,000. "first" is the very first call in a fresh process, before anything is compiled.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from app.budgets.acts import plan_correction
from app.budgets.balance import balances
from tests.budgets.generate import Maker

SIZES = (1000, 4000, 12_000)
ROUNDS = 30
LIMIT_MS = 10.0
Row = dict[str, Any]


def main(argv: list[str]) -> int:
    """Run the bench; 1 when a figure is above its limit."""
    found = {str(size): _measure(size) for size in SIZES}
    if "--json" in argv:
        print(json.dumps({"ledger": found}))
    else:
        for size, row in found.items():
            print(f"{int(size):>6,} entries: " + ", ".join(f"{name} {ms:.2f} ms" for name, ms in row.items()))
    faults = _faults(found)
    for fault in faults:
        print(fault, file=sys.stderr)
    return int(bool(faults))


def ledger_of(size: int) -> Row:
    """Four pots with `size` entries of ordinary amounts, one in twenty of them corrected."""
    maker = Maker(Random(size))
    maker.pots = [maker.new_pot() | {"holding": "direct_payment", "closed_on": None} for _ in range(4)]
    maker.periods = [period for pot in maker.pots for period in maker.new_periods(pot["id"])]
    plain = size * 10 // 11
    entries = [maker.new_entry(maker.random.choice(maker.pots)) for _ in range(plain)]
    for entry in entries:
        entry["amount"] = 1 + entry["amount"] % 100_000
    for entry in entries[: (size - plain) // 2]:
        ids = {"reversal": maker.id(), "entry": maker.id()}
        entries += plan_correction(entry, {"amount": entry["amount"] + 1}, ids, author="Carol")
        entry["superseded"] = True
    return {"pots": maker.pots, "periods": maker.periods, "entries": entries, "commitments": []}


def _measure(size: int) -> dict[str, float]:
    case = ledger_of(size)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(case, file)
        file.flush()
        child = ["node", Path(__file__).with_name("ledger.mjs"), file.name, str(ROUNDS)]
        phone = json.loads(subprocess.run(child, capture_output=True, text=True, check=True).stdout)
    return {"python": min(_python(case) for _ in range(5)), **phone}


def _python(case: Row) -> float:
    start = time.process_time()
    balances(case["pots"], case["periods"], case["entries"], case["commitments"], on="2026-01-01")
    return (time.process_time() - start) * 1000


def _faults(found: dict[str, dict[str, float]]) -> list[str]:
    faults = []
    if found["12000"]["node"] >= LIMIT_MS:
        faults.append(f"12,000 entries took {found['12000']['node']:.1f} ms in node, at most {LIMIT_MS} are allowed")
    for name in ("python", "node"):
        if found["12000"][name] / 12_000 > 2 * found["4000"][name] / 4000:
            faults.append(f"the cost of one entry in {name} more than doubles from 4,000 to 12,000 entries")
    return faults

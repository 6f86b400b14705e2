"""The phone and the server do the same sums: generated cases through both, equal byte for byte."""

import calendar
import json
import os
import shutil
import subprocess
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.budgets.compute import canonical, compute, read_amount
from tests.budgets.generate import make_case, with_gap

CHILD = Path(__file__).parents[1] / "js" / "ledger_child.mjs"
CASES = 500
SEED = int(os.environ.get("LEDGER_SEED", "20261117"))
PIECES = (
    *"0123456789",
    *"0123456789",
    ",",
    ".",
    "£",
    "€",
    "$",
    "A$",
    "¥",
    "-",
    " ",
    "p",
    "\u00a0",
    "\u0661",
    "x",
    "000",
    "𝟙",
)
WORTH_A_LOOK = (
    "£1,234.56",
    "1234.5",
    ".5",
    "50p",
    "12,50",
    "1.234,56",
    "12.34,56",
    ",5",
    "12.",
    "1,23",
    "9999999.99",
    "10000000",
    "9" * 5000,
)


@pytest.fixture(scope="module")
def on_the_phone():
    """Send jobs to one node child, one JSON a line, and give its answers."""
    node = shutil.which("node")
    assert node, "node is not on the path; bin/test installs it"

    def ask(jobs: list[dict[str, Any]]) -> list[str]:
        lines = "".join(f"{json.dumps(job)}\n" for job in jobs)
        done = subprocess.run([node, CHILD], input=lines, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    return ask


@pytest.fixture(scope="module")
def generated():
    random = Random(SEED)
    whole = [make_case(random, random.randint(0, 60)) for _ in range(CASES)]
    return [with_gap(case, random) if number % 4 == 0 else case for number, case in enumerate(whole)]


def test_every_figure_is_the_same_in_both_languages(generated, on_the_phone):
    answers = on_the_phone([{"case": case} for case in generated])
    assert len(answers) == CASES
    for number, case, answer in zip(count(), generated, answers, strict=False):
        assert answer == canonical(compute(case)), f"case {number} of seed {SEED}"


def test_the_generated_ledgers_hold_everything_that_can_happen(generated):
    seen = {row["kind"] for case in generated for row in case["entries"]}
    results = [compute(case) for case in generated]
    problems = {act["sentence"] for result in results for act in result["acts"] if "sentence" in act}
    assert len(seen) == 13
    assert len(problems) >= 15
    assert {state for result in results for state in result["lines"].values()} == {
        "spent", "posted", "reconciled", "void", "corrected", "reversal",
    }  # fmt: skip
    assert any(balance["left"] is None for result in results for balance in result["balances"])


def test_amounts_are_read_and_written_the_same(on_the_phone):
    random = Random(SEED)
    texts = [*WORTH_A_LOOK, *("".join(random.choices(PIECES, k=random.randint(0, 9))) for _ in range(4000))]
    jobs = [{"text": text, "currency": random.choice(("GBP", "GBP", "EUR", "AUD", "USD", "JPY"))} for text in texts]
    [answer] = on_the_phone([{"amounts": jobs}])
    assert json.loads(answer) == [read_amount(**job) for job in jobs]


def test_days_are_reckoned_as_the_calendar_does(on_the_phone):
    random = Random(SEED)
    first = date(1999, 12, 1)
    days = [first + timedelta(days=number) for number in range(0, 37_000)]
    jobs = [{"day": str(day), "days": random.randint(-9000, 9000), "months": random.randint(-99, 99)} for day in days]
    [answer] = on_the_phone([{"days": jobs}])
    assert json.loads(answer) == [about_day(**job) for job in jobs]


def about_day(day: str, days: int, months: int) -> list[Any]:
    """What Python's calendar says about a day."""
    at = date.fromisoformat(day)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return [
        (at - date(1970, 1, 1)).days,
        day,
        str(at + timedelta(days=days)),
        str(date(year, month + 1, min(at.day, last))),
        str(at.replace(day=calendar.monthrange(at.year, at.month)[1])),
        at.strftime("%A"),
        f"{at.day} {at.strftime('%B %Y')}",
    ]

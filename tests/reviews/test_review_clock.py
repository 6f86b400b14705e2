"""The first review is due within 3 months of the start, then at most 12 months apart; phone and server agree."""

import json
import random
import shutil
import subprocess
from datetime import date, timedelta

import pytest

from app.reviews.clock import add_months, next_review

COUNT = 200


def histories():
    """Generated plans: odd rules, reviews early, late, missed and on leap days, and days that were agreed."""
    luck = random.Random(11)
    return [history(luck) for _ in range(COUNT)]


def history(luck):
    start = date(2023, 1, 1) + timedelta(days=luck.randrange(2200))
    start = luck.choice((start, date(2024, 2, 29), date(2023, 11, 30), date(2025, 8, 31)))
    held, day = [], start
    for _ in range(luck.randrange(6)):
        day += timedelta(days=luck.randrange(1, 500))
        held.append(day.isoformat())
    agreed = luck.choice((None, (day + timedelta(days=luck.randrange(-90, 500))).isoformat()))
    luck.shuffle(held)
    rules = {"first_weeks": luck.choice((1, 6, 8, 13, 26)), "every_months": luck.choice((1, 3, 6, 12, 24))}
    return {"starts_on": start.isoformat(), "held": held, "agreed": agreed, **rules}


@pytest.mark.parametrize("facts", histories())
def test_the_next_review_is_due_in_time(facts):
    found = next_review(**facts)
    if facts["held"]:
        assert max(facts["held"]) < found.due <= add_months(max(facts["held"]), 12)
    else:
        assert facts["starts_on"] < found.due <= add_months(facts["starts_on"], 3)
    assert found.on == (facts["agreed"] if found.agreed else found.due)
    assert found.late == (found.on > found.due)


def test_the_phone_finds_the_same(project):
    script = """
      import { nextReview } from "./app/static/js/reviews/clock.js";
      let text = ""; for await (const part of process.stdin) text += part;
      console.log(JSON.stringify(JSON.parse(text).map(nextReview)));
    """
    node = shutil.which("node") or str(project / ".venv/bin/node")
    facts = histories()
    done = subprocess.run(
        [node, "--input-type=module", "-e", script], cwd=project, input=json.dumps(facts), capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    mine = [next_review(**one) for one in facts]
    assert json.loads(done.stdout) == [
        {"due": one.due, "on": one.on, "agreed": one.agreed, "late": one.late} for one in mine
    ]


@pytest.mark.parametrize(
    ("start", "weeks", "due"),
    [("2026-11-30", 13, "2027-02-28"), ("2027-11-30", 13, "2028-02-29"), ("2026-11-01", 6, "2026-12-13"),
     ("2026-11-01", 52, "2027-01-31")],
)  # fmt: skip
def test_the_first_review(start, weeks, due):
    assert next_review(starts_on=start, first_weeks=weeks, every_months=12, held=[]).due == due


def test_a_year_after_the_leap_day_is_the_last_of_february():
    found = next_review(starts_on="2027-12-01", first_weeks=13, every_months=12, held=["2028-02-29"])
    assert found.due == "2029-02-28"


def test_a_day_that_was_agreed_too_late_says_so_and_one_that_is_over_counts_no_more():
    late = next_review(starts_on="2026-01-01", first_weeks=13, every_months=12, held=[], agreed="2026-05-01")
    over = next_review(
        starts_on="2026-01-01", first_weeks=13, every_months=12, held=["2026-05-01"], agreed="2026-05-01"
    )
    assert (late.on, late.late, late.due) == ("2026-05-01", True, "2026-04-01")
    assert (over.on, over.agreed) == ("2027-05-01", False)

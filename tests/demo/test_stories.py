"""The stories hold on any day: leap days, the end of a year, the days when clocks change."""

from datetime import date

import pytest

from app.demo.calendar import Year, month_start
from app.demo.stories import TELLERS, tell_all

AWKWARD = (
    date(2028, 2, 29),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2027, 3, 31),
    date(2027, 4, 1),
    date(2026, 11, 22),
)
MOVES = {
    "instalment": 1, "contribution": 1, "refund": 1, "transfer_in": 1,
    "spending": -1, "payback": -1, "paid_by_me": 0, "service_received": 0, "service_missed": 0,
}  # fmt: skip
any_day = pytest.mark.parametrize("today", AWKWARD, ids=str)


def lines(story):
    return [told for told in story.told if told.act == "entry.record"]


def moves(story):
    """Every move of cash as (day, out before in, pot, amount)."""
    for told in story.told:
        facts = told.facts
        if told.act == "entry.record":
            yield facts["on"], facts["pot"], MOVES[facts["kind"]] * facts["amount"]
        elif told.act == "pot.transfer":
            yield facts["on"], facts["source"], -facts["amount"]
            yield facts["on"], facts["target"], facts["amount"]
        elif told.act == "period.end":
            yield story.year.before_end, told.key.removesuffix(" before"), -facts["give_back"]


@any_day
def test_no_line_lies_in_the_future_or_before_the_year(today):
    for story in tell_all(today):
        days = [told.facts["on"] for told in lines(story)]
        assert story.year.start <= min(days) <= max(days) <= today


@any_day
def test_no_pot_ever_holds_less_than_nothing(today):
    for story in tell_all(today):
        held = {}
        for _, pot, amount in sorted(moves(story), key=lambda move: (move[0], -move[2])):
            held[pot] = held.get(pot, 0) + amount
            assert held[pot] >= 0, (story.person, pot)


@any_day
def test_nobody_is_paid_back_more_than_they_paid(today):
    for story in tell_all(today):
        owed = 0
        for told in sorted(lines(story), key=lambda told: (told.facts["on"], told.facts["kind"] == "payback")):
            owed += told.facts["amount"] * ((told.facts["kind"] == "paid_by_me") - (told.facts["kind"] == "payback"))
            assert owed >= 0


@any_day
def test_a_receipt_says_what_its_line_says(today):
    shown = [told for story in tell_all(today) for told in lines(story) if told.receipt]
    assert len(shown) >= 8
    for told in shown:
        assert (told.receipt.total, told.receipt.on) == (told.facts["amount"], str(told.facts["on"]))


@any_day
def test_the_two_periods_of_a_story_follow_each_other(today):
    year = Year(today)
    assert year.start < year.before_end < year.budget <= today <= year.budget_end
    assert (year.budget - year.before_end).days == 1


def test_a_story_is_told_the_same_twice():
    assert [story.told for story in tell_all(AWKWARD[0])] == [story.told for story in tell_all(AWKWARD[0])]


def test_every_line_of_a_story_is_written_once():
    for story in tell_all(date(2026, 11, 22)):
        keys = [told.key for told in lines(story)]
        assert len(keys) == len(set(keys))


def test_each_story_has_goals_choices_with_a_reason_and_small_steps():
    for story in tell_all(date(2026, 11, 22)):
        acts = [told.act for told in story.told]
        assert "goal.write" in acts
        assert all(told.facts["reason"] for told in story.told if told.act == "choice.write")
        assert "choice.write" in acts
    assert len(TELLERS) == 5


def test_a_month_counts_on_over_the_end_of_a_year():
    assert month_start(date(2026, 12, 31), 2) == date(2027, 2, 1)
    assert month_start(date(2028, 2, 29), -14) == date(2026, 12, 1)

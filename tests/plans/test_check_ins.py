"""How a goal is going, noted from time to time."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core.ids import new_id
from tests.fixtures_app import Household, Phone, SetClock, both_engines, op

WORDS = "  Cafe\u0301.\r\nTwice \U0001f642 "
GOOD: dict[str, Any] = {"on": "2026-11-20", "going": "closer"}


@pytest.fixture
def goal(household: Household) -> str:
    row = new_id()
    household.hers.exchange(op("goal.write", household.person, row, {"words": "Swim"}))
    return row


@pytest.fixture
def viewer(
    household: Household,
    make_account: Callable[..., str],
    make_relationship: Callable[..., str],
    phone: Callable[[str], Phone],
) -> Phone:
    """A phone of somebody who may see the plan, but nothing private."""
    account = make_account("v@example.com", name="V")
    make_relationship(account, household.person, role="viewer")
    return phone(account)


def check_in(household: Household, row: str, base: dict[str, Any] | None = None, **facts: Any) -> dict[str, Any]:
    return op("check_in.write", household.person, row, facts, base=base)


@both_engines
def test_a_check_in_belongs_to_its_goal_and_its_words_come_back_byte_for_byte(household: Household, goal: str) -> None:
    row = new_id()
    household.hers.exchange(check_in(household, row, goal=goal, words=WORDS, **GOOD))
    found = household.his.rows("check_in")[row]
    assert found == {"id": row, "goal": goal, "words": WORDS, "written_by": household.maria, **GOOD}


@pytest.mark.parametrize("missing", ["goal", "on", "going"])
def test_a_new_check_in_says_its_goal_its_day_and_how_it_goes(household: Household, goal: str, missing: str) -> None:
    facts = {name: value for name, value in {"goal": goal, **GOOD}.items() if name != missing}
    [result] = household.hers.results(check_in(household, new_id(), **facts))
    assert result["sentence"] == "Say which goal it is about, on which day, and how it goes."


def test_a_check_in_of_a_day_to_come_is_refused(household: Household, goal: str) -> None:
    [result] = household.hers.results(check_in(household, new_id(), goal=goal, on="2030-01-01", going="same"))
    assert result["sentence"] == "This day is still to come. Choose the day on which it was."


def test_a_check_in_of_a_goal_that_is_not_there_is_not_found(household: Household) -> None:
    [result] = household.hers.results(check_in(household, new_id(), goal=new_id(), **GOOD))
    assert result["code"] == "not_found"


@pytest.mark.parametrize("going", ["", "great", None, 7])
def test_how_it_goes_is_one_of_three_answers(household: Household, goal: str, going: object) -> None:
    [result] = household.hers.results(check_in(household, new_id(), goal=goal, on="2026-11-20", going=going))
    assert result["status"] == "refused"


def test_another_answer_that_nobody_had_seen_is_a_question_not_a_loss(household: Household, goal: str) -> None:
    row = new_id()
    household.hers.exchange(check_in(household, row, goal=goal, **GOOD))
    household.hers.exchange(check_in(household, row, base={"rev": 99}, going="harder"))
    [result] = household.his.results(check_in(household, row, base={"rev": 1}, going="same"))
    assert result["status"] == "conflict"
    household.hers.exchange(op("conflict.choose", household.person, result["conflict"], {"choice": "other"}))
    assert household.hers.rows("check_in")[row]["going"] == "same"


def test_a_check_in_that_was_taken_away_comes_back_with_an_edit(household: Household, goal: str) -> None:
    row = new_id()
    household.hers.exchange(check_in(household, row, goal=goal, **GOOD))
    household.hers.exchange(op("check_in.remove", household.person, row, {}))
    assert household.his.rows("check_in")[row] is None
    household.hers.exchange(check_in(household, row, base={"rev": 99}, words="Better now"))
    assert household.his.rows("check_in")[row]["words"] == "Better now"


@both_engines
def test_the_first_answer_stands_in_the_history_so_that_a_later_one_of_somebody_else_is_no_new_one(
    household: Household, goal: str, clock: SetClock
) -> None:
    row = new_id()
    household.hers.exchange(check_in(household, row, goal=goal, words="", **GOOD))
    clock.go_on(days=1)
    household.his.exchange(check_in(household, row, base={"rev": 99}, going="harder"))
    found = [version for version in household.hers.rows("version").values() if version["row"] == row]
    told = [(version["field"], version["value"], version["by"]) for version in found]
    assert told == [("going", "closer", household.maria), ("going", "harder", household.tom)]


@both_engines
@pytest.mark.parametrize("kind", ["step", "check_in", "choice"])
def test_what_moves_to_a_private_goal_takes_its_history_along_and_phones_are_told(
    household: Household, goal: str, kind: str, viewer: Phone
) -> None:
    row, hidden, person = new_id(), new_id(), household.person
    first = {"step": {"words": "Ring"}, "check_in": {"words": "Ring", **GOOD}, "choice": {"idea": "Ring"}}[kind]
    household.hers.exchange(op("goal.write", person, hidden, {"words": "Leave him", "private": True}))
    household.hers.exchange(op(f"{kind}.write", person, row, {"goal": goal, **first}))
    viewer.catch_up()
    assert "Ring" in str(viewer.rows("version"))
    household.hers.exchange(op(f"{kind}.write", person, row, {"goal": hidden}, base={"rev": 99}))
    [news] = [item for item in viewer.exchange()["changes"] if item["stream"] == f"person:{person}"]
    assert news["reset"]
    assert "Ring" not in str([viewer.rows(one) for one in (kind, "version", "conflict")])
    household.hers.exchange(op(f"{kind}.write", person, row, {"goal": goal}, base={"rev": 99}))
    assert "Ring" in str(viewer.rows(kind))
    assert "Ring" in str(viewer.rows("version"))


def test_what_is_new_in_a_private_goal_rebuilds_no_phone(household: Household, viewer: Phone) -> None:
    hidden, person = new_id(), household.person
    household.hers.exchange(op("goal.write", person, hidden, {"words": "Leave him", "private": True}))
    viewer.catch_up()
    for kind, first in (("step", {"words": "Ring"}), ("check_in", GOOD), ("choice", {"idea": "Ring"})):
        household.hers.exchange(op(f"{kind}.write", person, new_id(), {"goal": hidden, **first}))
    assert [item for item in viewer.exchange()["changes"] if item.get("reset")] == []

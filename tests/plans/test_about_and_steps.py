"""What a person says of themselves, and the small steps towards a goal."""

from typing import Any

import pytest

from app.core.ids import new_id
from app.plans.service import about_id
from tests.fixtures_app import Household, both_engines, op

WORDS = "  Cafe\u0301 on Tuesdays.\r\nNever before ten \U0001f642 "


def page_of(household: Household) -> str:
    return about_id(household.person)


def about(household: Household, row: str | None = None, **facts: Any) -> dict[str, Any]:
    return op("about.write", household.person, row or page_of(household), facts)


def a_goal(household: Household, words: str = "Swim") -> str:
    row = new_id()
    household.hers.exchange(op("goal.write", household.person, row, {"words": words}))
    return row


def step(household: Household, row: str, **facts: Any) -> dict[str, Any]:
    return op("step.write", household.person, row, facts)


def versions(household: Household, row: str) -> list[tuple[str, str]]:
    found = household.hers.rows("version").values()
    return [(one["field"], one["value"]) for one in found if one["row"] == row]


@both_engines
def test_what_matters_to_a_person_comes_back_byte_for_byte(household: Household) -> None:
    household.hers.exchange(about(household, important=WORDS))
    found = household.his.rows("about")[page_of(household)]
    assert (found["important"], found["good_at"]) == (WORDS, "")


def test_two_phones_that_write_apart_make_one_page_not_two(household: Household) -> None:
    household.hers.exchange(about(household, good_at="Listening"))
    [result] = household.his.results(about(household, important="My dog"))
    assert result["status"] == "done"
    assert list(household.hers.rows("about")) == [page_of(household)]


def test_one_heading_that_both_wrote_unseen_is_a_conflict(household: Household) -> None:
    household.hers.exchange(about(household, good_at="Listening"))
    [result] = household.his.results(about(household, good_at="Cooking"))
    assert result["status"] == "conflict"
    household.hers.exchange(op("conflict.choose", household.person, result["conflict"], {"choice": "both"}))
    assert household.hers.rows("about")[page_of(household)]["good_at"] == "Listening\n\nCooking"


def test_a_page_under_another_id_is_not_found(household: Household) -> None:
    results = household.hers.results(*(about(household, row, important="x") for row in (new_id(), household.person)))
    assert [result["code"] for result in results] == ["not_found", "not_found"]


def test_every_word_ever_written_stays_in_the_history_also_that_it_was_emptied(household: Household) -> None:
    for words in ("Cooking", "Cooking for ten", ""):
        household.hers.exchange({**about(household, good_at=words), "base": {"rev": 99}})
    assert versions(household, page_of(household)) == [
        ("good_at", "Cooking"),
        ("good_at", "Cooking for ten"),
        ("good_at", ""),
    ]


@both_engines
def test_a_step_belongs_to_its_goal_and_is_ticked_off(household: Household) -> None:
    goal, row = a_goal(household), new_id()
    household.hers.exchange(step(household, row, goal=goal, words=WORDS, by_when="2026-12-01"))
    household.his.exchange(step(household, row, state="done"))
    assert household.hers.rows("step")[row] == {
        "id": row, "goal": goal, "words": WORDS, "by_when": "2026-12-01", "state": "done", "position": 0,
    }  # fmt: skip


@pytest.mark.parametrize("facts", [{"state": "maybe"}, {"by_when": "soon"}, {"goal": "x"}, {"done": True}])
def test_facts_of_another_shape_are_refused(household: Household, facts: dict[str, Any]) -> None:
    [result] = household.hers.results(step(household, new_id(), **{"goal": a_goal(household), **facts}))
    assert result["code"] == "malformed"


def test_a_step_without_a_goal_is_refused_and_one_for_a_strange_goal_not_found(household: Household) -> None:
    results = household.hers.results(step(household, new_id(), words="x"), step(household, new_id(), goal=new_id()))
    assert [result["code"] for result in results] == ["refused", "not_found"]


@pytest.mark.parametrize("kind", ["goal", "step"])
def test_what_is_taken_away_says_so_once_and_comes_back_with_an_edit(household: Household, kind: str) -> None:
    goal, row = a_goal(household), new_id()
    household.hers.exchange(step(household, row, goal=goal, words="Ring the pool"))
    target = {"goal": goal, "step": row}[kind]
    for _ in range(2):
        household.hers.exchange(op(f"{kind}.remove", household.person, target, {}))
    assert household.his.rows(kind)[target] is None
    assert versions(household, target).count(("removed", "yes")) == 1
    household.his.exchange(op(f"{kind}.write", household.person, target, {"words": "Swim again"}, base={"rev": 99}))
    assert household.hers.rows(kind)[target]["words"] == "Swim again"


def test_how_a_goal_goes_stands_in_the_history_and_is_never_a_conflict(household: Household) -> None:
    goal = a_goal(household)
    household.hers.exchange(op("goal.write", household.person, goal, {"state": "put_by", "importance": 7}))
    [result] = household.his.results(op("goal.write", household.person, goal, {"state": "reached", "importance": None}))
    assert result["status"] == "done"
    kept = {"importance": ["7", ""], "state": ["put_by", "reached"]}
    assert {field: [value for name, value in versions(household, goal) if name == field] for field in kept} == kept

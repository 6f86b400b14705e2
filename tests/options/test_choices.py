"""Choosing support for a goal: from the directory, or an idea of one's own."""

from typing import Any

import pytest

from app.core.ids import new_id
from tests.fixtures_app import Household, both_engines, op


def choose(household: Household, row: str, **facts: Any) -> dict[str, Any]:
    return op("choice.write", household.person, row, facts)


@both_engines
def test_a_choice_comes_back_with_its_plan_and_its_reason_byte_for_byte(household: Household) -> None:
    row, words = new_id(), "  So I can sing.\r\nLike we used to. "
    facts = {"goal": new_id(), "option": new_id(), "amount": 1200, "per": "visit", "pot": new_id(), "reason": words}
    household.hers.exchange(choose(household, row, **facts))
    found = household.hers.rows("choice")[row]
    assert found == {
        "id": row,
        "idea": "",
        "state": "wanted",
        "position": 0,
        "written_by": household.maria,
        **facts,
    }


def test_an_own_idea_needs_no_option_and_no_price(household: Household) -> None:
    row = new_id()
    household.hers.exchange(choose(household, row, idea="A bench by the gate"))
    assert household.his.rows("choice")[row]["idea"] == "A bench by the gate"


@pytest.mark.parametrize("facts", [{}, {"idea": " \n"}, {"option": None, "reason": "Because"}])
def test_a_choice_of_nothing_is_refused_in_a_sentence(household: Household, facts: dict[str, Any]) -> None:
    [result] = household.hers.results(choose(household, new_id(), **facts))
    assert (result["code"], result["sentence"]) == ("refused", "Choose something, or write down your own idea.")


@pytest.mark.parametrize(
    "facts",
    [{"amount": 12.5}, {"amount": -1}, {"amount": "12"}, {"per": "day"}, {"state": "granted"}, {"cost": 3}],
)
def test_facts_of_another_shape_are_refused(household: Household, facts: dict[str, Any]) -> None:
    [result] = household.hers.results(choose(household, new_id(), idea="A bench", **facts))
    assert result["code"] == "malformed"


def test_two_people_who_change_different_fields_do_not_collide(household: Household) -> None:
    row = new_id()
    rev = household.hers.results(choose(household, row, idea="A bench"))[0]["rev"]
    household.hers.exchange({**choose(household, row, state="asked"), "base": {"rev": rev}})
    [result] = household.his.results({**choose(household, row, amount=4000), "base": {"rev": rev}})
    assert result["status"] == "done"


@pytest.mark.parametrize(
    ("field", "hers", "his"), [("amount", 4000, 5000), ("reason", "For my back", "To rest"), ("idea", "Bench", "Chair")]
)
def test_a_guarded_field_that_both_changed_is_a_conflict(household: Household, field: str, hers: Any, his: Any) -> None:
    row = new_id()
    rev = household.hers.results(choose(household, row, idea="A seat"))[0]["rev"]
    household.hers.exchange({**choose(household, row, **{field: hers}), "base": {"rev": rev}})
    [result] = household.his.results({**choose(household, row, **{field: his}), "base": {"rev": rev}})
    assert result["status"] == "conflict"
    assert household.his.rows("choice")[row][field] == hers


def test_what_was_written_before_stays_in_the_history(household: Household) -> None:
    row = new_id()
    household.hers.exchange(choose(household, row, idea="A bench"), choose(household, row, idea="A red bench"))
    assert {one["value"] for one in household.hers.rows("version").values() if one["row"] == row} >= {"A bench"}


def test_a_choice_that_was_taken_away_comes_back_with_an_edit(household: Household) -> None:
    row = new_id()
    household.hers.exchange(choose(household, row, idea="A bench"))
    household.hers.exchange(op("choice.remove", household.person, row, {}))
    assert household.hers.rows("choice")[row] is None
    household.hers.exchange(choose(household, row, state="wanted"))
    assert household.hers.rows("choice")[row]["idea"] == "A bench"


@pytest.mark.parametrize("act", ["choice.write", "choice.remove"])
def test_somebody_elses_choice_is_not_found(
    household: Household, make_account: Any, make_person: Any, phone: Any, act: str
) -> None:
    row = new_id()
    household.hers.exchange(choose(household, row, idea="A bench"))
    other = make_account("eve@example.com", name="Eve")
    person = make_person(other, name="Eve", role="holder")
    facts = {"idea": "Mine"} if act == "choice.write" else {}
    [result] = phone(other).results(op(act, person, row, facts))
    assert result["code"] == "not_found"
    assert household.hers.rows("choice")[row]["idea"] == "A bench"

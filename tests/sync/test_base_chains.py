"""What the author saw: own unsent operations are no conflict, unseen changes of guarded fields are."""

from app.core.ids import new_id
from tests.fixtures_app import both_engines, op

SWIM = {"words": "Swim with Marcus"}


def a_goal(household, facts):
    """A goal that both phones know; returns its id and rev."""
    row = new_id()
    return row, household.hers.results(op("goal.write", household.person, row, facts))[0]["rev"]


@both_engines
def test_two_people_editing_different_fields_is_no_conflict(household):
    row, rev = a_goal(household, SWIM)
    hers = household.hers.results(op("goal.write", household.person, row, {"words": "Swim"}, base={"rev": rev}))
    his = household.his.results(op("goal.write", household.person, row, {"why": "Friends"}, base={"rev": rev}))
    assert [hers[0]["status"], his[0]["status"]] == ["done", "done"]
    assert {**household.hers.rows("goal")[row]}.items() >= {"words": "Swim", "why": "Friends"}.items()


@both_engines
def test_words_changed_unseen_are_a_conflict_that_changes_nothing(household):
    row, rev = a_goal(household, SWIM)
    household.hers.results(op("goal.write", household.person, row, {"words": "Hers"}, base={"rev": rev}))
    his = household.his.results(op("goal.write", household.person, row, {"words": "His"}, base={"rev": rev}))[0]
    assert his["status"] == "conflict"
    assert household.hers.rows("goal")[row]["words"] == "Hers"
    conflict = household.hers.rows("conflict")[his["conflict"]]
    assert (conflict["accepted"], conflict["other"]) == ({"words": "Hers"}, {"words": "His"})
    assert (conflict["accepted_by"], conflict["other_by"]) == (household.maria, household.tom)
    assert conflict["choice"] is None


def test_words_by_two_authors_in_one_question_name_neither(household):
    row, rev = a_goal(household, SWIM)
    household.hers.results(op("goal.write", household.person, row, {"words": "Hers"}, base={"rev": rev}))
    household.his.results(op("goal.write", household.person, row, {"why": "His"}, base={"rev": rev}))
    both = {"words": "Other", "why": "Other too"}
    found = household.hers.results(op("goal.write", household.person, row, both, base={"rev": rev}))[0]
    assert household.hers.rows("conflict")[found["conflict"]]["accepted_by"] is None


def test_who_emptied_a_field_is_named(household):
    row, rev = a_goal(household, {**SWIM, "why": "Friends"})
    household.his.results(op("goal.write", household.person, row, {"why": ""}, base={"rev": rev}))
    found = household.hers.results(op("goal.write", household.person, row, {"why": "Fun"}, base={"rev": rev}))[0]
    assert household.hers.rows("conflict")[found["conflict"]]["accepted_by"] == household.tom


def test_plain_fields_changed_unseen_take_the_last_value(household):
    row, rev = a_goal(household, {"importance": 1})
    household.hers.results(op("goal.write", household.person, row, {"importance": 2}, base={"rev": rev}))
    his = household.his.results(op("goal.write", household.person, row, {"importance": 3}, base={"rev": rev}))[0]
    assert his["status"] == "done"
    assert household.hers.rows("goal")[row]["importance"] == 3


def test_the_same_words_written_twice_unseen_are_no_conflict(household):
    row, rev = a_goal(household, SWIM)
    household.hers.results(op("goal.write", household.person, row, {"words": "Same"}, base={"rev": rev}))
    his = household.his.results(op("goal.write", household.person, row, {"words": "Same"}, base={"rev": rev}))[0]
    assert his["status"] == "done"


def test_a_conflict_keeps_the_plain_fields_of_the_same_act(household):
    row, rev = a_goal(household, SWIM)
    household.hers.results(op("goal.write", household.person, row, {"words": "Hers"}, base={"rev": rev}))
    both = {"words": "His", "importance": 9}
    assert (
        household.his.results(op("goal.write", household.person, row, both, base={"rev": rev}))[0]["status"]
        == "conflict"
    )
    assert household.hers.rows("goal")[row]["importance"] == 9


def test_an_edit_on_top_of_an_own_unsent_edit_is_no_conflict(household):
    row, rev = a_goal(household, SWIM)
    first = op("goal.write", household.person, row, {"words": "One"}, base={"rev": rev})
    second = op("goal.write", household.person, row, {"words": "Two"}, base={"op": first["id"]})
    assert [result["status"] for result in household.hers.results(first, second)] == ["done", "done"]
    assert household.hers.rows("goal")[row]["words"] == "Two"


def test_a_chain_sent_over_two_exchanges_is_no_conflict(household):
    row, rev = a_goal(household, SWIM)
    first = op("goal.write", household.person, row, {"words": "One"}, base={"rev": rev})
    second = op("goal.write", household.person, row, {"words": "Two"}, base={"op": first["id"]})
    household.hers.results(first)
    assert household.hers.results(second)[0]["status"] == "done"


def test_an_edit_on_top_of_a_conflict_changes_the_side_that_waits(household):
    row, rev = a_goal(household, SWIM)
    household.hers.results(op("goal.write", household.person, row, {"words": "Hers"}, base={"rev": rev}))
    first = op("goal.write", household.person, row, {"words": "His"}, base={"rev": rev})
    second = op("goal.write", household.person, row, {"words": "His, again"}, base={"op": first["id"]})
    one, two = household.his.results(first, second)
    assert two["conflict"] == one["conflict"]
    assert household.hers.rows("conflict")[one["conflict"]]["other"] == {"words": "His, again"}
    assert len(household.hers.rows("conflict")) == 1


def test_a_base_of_another_row_never_changes_that_rows_conflict(household):
    row, rev = a_goal(household, SWIM)
    other, other_rev = a_goal(household, {"words": "Choir"})
    household.hers.results(op("goal.write", household.person, row, {"words": "Hers"}, base={"rev": rev}))
    household.hers.results(op("goal.write", household.person, other, {"words": "Hers too"}, base={"rev": other_rev}))
    first = op("goal.write", household.person, row, {"words": "His"}, base={"rev": rev})
    wrong = op("goal.write", household.person, other, {"words": "His too"}, base={"op": first["id"]})
    one, two = household.his.results(first, wrong)
    assert household.hers.rows("conflict")[one["conflict"]]["other"] == {"words": "His"}
    assert two["conflict"] != one["conflict"]


def test_a_base_that_names_an_unknown_operation_counts_as_having_seen_nothing(household):
    row, _ = a_goal(household, SWIM)
    blind = op("goal.write", household.person, row, {"words": "Blind"}, base={"op": new_id()})
    assert household.his.results(blind)[0]["status"] == "conflict"


def test_a_removed_goal_is_a_tombstone_and_an_edit_brings_it_back(household):
    row, rev = a_goal(household, {**SWIM, "importance": 5})
    household.hers.results(op("goal.remove", household.person, row, {}, base={"rev": rev}))
    assert household.hers.rows("goal") == {row: None}
    edit = op("goal.write", household.person, row, {"words": "Swim, still"}, base={"rev": rev})
    assert household.his.results(edit)[0]["status"] == "done"
    assert household.hers.rows("goal")[row]["words"] == "Swim, still"


def test_words_come_back_byte_for_byte(household):
    words = "Cafe\u0301 \u202eabc\r\n\t 👩‍👧 \u00a0 " + "x" * 9_000
    row, _ = a_goal(household, {"words": words})
    assert household.hers.rows("goal")[row]["words"] == words


def test_every_version_of_own_words_is_kept_with_its_author(household):
    row, rev = a_goal(household, SWIM)
    household.his.results(op("goal.write", household.person, row, {"words": "Second"}, base={"rev": rev}))
    versions = household.hers.rows("version").values()
    assert {(one["value"], one["by"]) for one in versions} == {
        ("Swim with Marcus", household.maria),
        ("Second", household.tom),
    }

"""What a phone is sent: what it does not have, of what it may see, from the start when its rights changed."""

from dataclasses import replace

import pytest

from app.accounts.models import Person
from app.accounts.service import change_scopes, end_relationship
from app.core.ids import new_id
from app.sync.models import Installation, account_stream, person_stream
from tests.fixtures_app import Phone, both_engines, op
from tests.sync.acts import with_entry, with_pot


def news(answer, stream):
    """The item of one stream in an answer, or None."""
    return next((item for item in answer["changes"] if item["stream"] == stream), None)


def in_pages_of(app, most):
    app.extensions["inhand.sync"] = replace(app.extensions["inhand.sync"], most_rows=most)


def write_goals(household, count):
    writes = [op("goal.write", household.person, new_id(), {"importance": 1}) for _ in range(count)]
    household.hers.results(*writes)
    return {write["row"] for write in writes}


@both_engines
def test_a_first_exchange_names_every_stream_also_the_empty_ones(household):
    answer = household.hers.exchange()
    assert {item["stream"] for item in answer["changes"]} == {
        account_stream(household.maria),
        person_stream(household.person),
    }
    assert not any(item["reset"] for item in answer["changes"])


def test_a_phone_that_has_everything_is_sent_nothing(household):
    household.hers.catch_up()
    assert household.hers.exchange()["changes"] == []


def test_only_rows_after_the_cursor_are_sent(household):
    household.his.exchange()
    goals = write_goals(household, 3)
    item = news(household.his.exchange(), person_stream(household.person))
    assert {row["id"] for row in item["rows"] if row["kind"] == "goal"} == goals
    assert {row["kind"] for row in item["rows"]} == {"goal", "version"}
    assert [row["seq"] for row in item["rows"]] == sorted(row["seq"] for row in item["rows"])


def test_a_row_changed_twice_is_sent_once_in_its_newest_state(household):
    household.his.exchange()
    row = new_id()
    household.hers.results(op("goal.write", household.person, row, {"importance": 1}))
    household.hers.results(op("goal.write", household.person, row, {"importance": 2}))
    rows = news(household.his.exchange(), person_stream(household.person))["rows"]
    assert [one["body"]["importance"] for one in rows if one["id"] == row] == [2]


def test_a_result_names_a_number_that_the_next_answer_reaches(household):
    answer = household.hers.exchange(op("goal.write", household.person, new_id(), {"importance": 1}))
    assert answer["results"][0]["seq"] <= household.hers.cursors[person_stream(household.person)]["seq"]


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_pages_together_hold_every_row_once(household, app, most):
    goals = write_goals(household, 5)
    in_pages_of(app, most)
    fresh, rows = Phone(household.hers.client, household.maria), []
    for _ in range(40):
        answer = fresh.exchange()
        rows += [row for item in answer["changes"] for row in item["rows"]]
        assert sum(len(item["rows"]) for item in answer["changes"]) <= most
        if not answer["more"]:
            break
    assert not answer["more"]
    assert sorted(row["id"] for row in rows if row["kind"] == "goal") == sorted(goals)


def test_the_pages_of_a_reset_say_so_only_once(household, app, change_relationship):
    write_goals(household, 5)
    household.his.exchange()
    change_relationship(household.link, lambda session, link: change_scopes(session, link, ["see_person", "see_plan"]))
    in_pages_of(app, 2)
    resets, more = [], True
    while more:
        answer = household.his.exchange()
        more = answer["more"]
        resets += [item["reset"] for item in answer["changes"] if item["stream"] == person_stream(household.person)]
    assert resets[0] is True
    assert True not in resets[1:]


@both_engines
def test_rights_taken_away_rebuild_the_stream_without_what_may_not_be_seen(household, change_relationship):
    with_entry(household, 1000)
    write_goals(household, 1)
    household.his.exchange()
    change_relationship(household.link, lambda session, link: change_scopes(session, link, ["see_person", "see_plan"]))
    item = news(household.his.exchange(), person_stream(household.person))
    assert item["reset"] is True
    assert {row["kind"] for row in item["rows"]} == {"person", "member", "goal", "version"}


def test_rights_given_back_bring_everything_again(household, change_relationship):
    entry, _ = with_entry(household, 1000)
    for scopes in (["see_person"], ["see_person", "see_money"]):
        change_relationship(household.link, lambda session, link, to=scopes: change_scopes(session, link, to))
        item = news(household.his.exchange(), person_stream(household.person))
    assert item["reset"] is True
    assert entry in {row["id"] for row in item["rows"]}


def test_a_stream_that_may_not_be_seen_any_more_is_gone(household, change_relationship):
    household.his.exchange()
    change_relationship(household.link, end_relationship)
    answer = household.his.exchange(op("goal.write", household.person, new_id(), {"importance": 1}))
    assert answer["gone"] == [person_stream(household.person)]
    assert answer["results"][0]["code"] == "not_found"
    assert household.hers.rows("goal") == {}


def test_a_relationship_with_an_end_is_over_the_day_after(household, parts, clock, change_relationship):
    last = clock().date()
    change_relationship(household.link, lambda session, link: setattr(link, "ends_on", last))
    assert household.his.exchange()["gone"] == []
    clock.go_on(days=1)
    assert household.his.exchange()["gone"] == [person_stream(household.person)]


def test_scopes_decide_on_arrival_not_on_the_phone(household, change_relationship):
    pot = with_pot(household)
    scopes = ["see_person", "see_money"]
    change_relationship(household.link, lambda session, link: change_scopes(session, link, scopes))
    result = household.his.results(op("pot.write", household.person, pot, {"name": "Mine"}, base={"rev": 1}))[0]
    assert (result["status"], result["code"]) == ("refused", "not_allowed")
    assert household.hers.rows("pot")[pot]["name"] == "Council"


def test_a_restored_server_makes_every_phone_rebuild(household, parts):
    household.hers.exchange()
    with parts.database.writing() as session:
        session.get_one(Installation, 1).incarnation = new_id()
        session.commit()
    answer = household.hers.exchange()
    assert {item["reset"] for item in answer["changes"]} == {True}
    household.hers.catch_up()
    assert household.hers.exchange()["changes"] == []


def test_a_cursor_ahead_of_the_server_starts_again(household):
    household.hers.exchange()
    household.hers.cursors[person_stream(household.person)]["seq"] += 50
    item = news(household.hers.exchange(), person_stream(household.person))
    assert (item["reset"], len(item["rows"]) > 0) == (True, True)


def test_a_cursor_of_a_stream_that_never_was_is_gone_and_shows_nothing(household):
    stream = person_stream(new_id())
    household.hers.cursors[stream] = {"seq": 0, "epoch": "x"}
    answer = household.hers.exchange()
    assert answer["gone"] == [stream]
    assert stream not in {item["stream"] for item in answer["changes"]}


def test_a_change_made_by_the_server_itself_travels_too(household, parts):
    household.hers.exchange()
    with parts.database.writing() as session:
        session.get_one(Person, household.person).name = "Maria B"
        session.commit()
    rows = news(household.hers.exchange(), person_stream(household.person))["rows"]
    assert [(row["kind"], row["body"]["name"]) for row in rows] == [("person", "Maria B")]

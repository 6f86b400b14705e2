"""What a person needs first comes first, and a first answer stays small."""

from typing import Any

import pytest

from app.core.ids import new_id
from app.core.web import Services
from app.options.service import load_starter
from app.sync import send as sending
from tests.fixtures_app import Household, Phone, op
from tests.peers.scene import with_group


@pytest.fixture
def with_directory(parts: Services) -> None:
    """The directory is there."""
    with parts.database.writing() as session:
        load_starter(session)
        session.commit()


def streams(answer: dict[str, Any]) -> list[str]:
    return [item["stream"].partition(":")[0] for item in answer["changes"]]


def test_streams_stand_in_the_order_of_need_whatever_they_are_called() -> None:
    found = ["directory:general", "group:1", "person:2", "zeal:1", "account:9", "person:1"]
    assert sending.in_order(found) == ["account:9", "person:1", "person:2", "group:1", "directory:general", "zeal:1"]


@pytest.mark.usefixtures("with_directory")
def test_the_first_answer_has_the_persons_rows_and_the_second_the_directory(household: Household) -> None:
    first = household.hers.exchange()
    assert (streams(first), first["more"]) == (["account", "person"], True)
    second = household.hers.exchange()
    assert (streams(second), second["more"]) == (["directory"], False)
    third = household.hers.exchange()
    assert (streams(third), third["more"]) == ([], False)


@pytest.mark.usefixtures("with_directory")
def test_a_phone_that_has_the_directory_is_not_asked_back_for_it(household: Household) -> None:
    household.hers.exchange()
    household.hers.exchange()
    answer = household.hers.exchange(op("goal.write", household.person, new_id(), {"words": "To sing"}))
    assert (streams(answer), answer["more"]) == (["person"], False)


def test_a_group_waits_where_the_persons_own_rows_are_many(household: Household, parts: Services) -> None:
    with_group(parts, household.maria, household.person)
    light = household.hers.exchange()
    assert (streams(light), light["more"]) == (["account", "person", "group"], False)
    for _ in range(3):
        household.his.exchange(op("goal.write", household.person, new_id(), {"words": "x" * 8000}))
    household.hers.exchange()
    new = Phone(household.hers.client, household.maria)
    seen = [new.exchange() for _ in range(2)]
    assert [(streams(one), one["more"]) for one in seen] == [(["account", "person"], True), (["group"], False)]


def test_a_directory_that_nobody_filled_costs_no_second_exchange(household: Household) -> None:
    answer = household.hers.exchange()
    assert (streams(answer), answer["more"]) == (["account", "person"], False)


def test_a_heavy_answer_takes_no_further_stream(
    household: Household, make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(household.maria, name="Jean", role="representative")
    monkeypatch.setattr(sending.send, "__kwdefaults__", {"heavy": 1})
    seen = [household.hers.exchange() for _ in range(3)]
    assert [len(answer["changes"]) for answer in seen] == [1, 1, 1]
    assert [answer["more"] for answer in seen] == [True, True, False]


def test_bytes_are_those_of_the_bodies(household: Household, parts: Services) -> None:
    household.hers.exchange(op("goal.write", household.person, new_id(), {"words": "x" * 5000}))
    stream = f"person:{household.person}"
    with parts.database.reading() as session:
        found = sending._changes_after(session, stream, _everything(), 0, 100)
    assert 10_000 < sum(row.size for row in found) < 13_000  # the goal, and its words in the history


def _everything() -> Any:
    return sending.Grant("1", frozenset({"see_plan", "see_person"}))

"""An operation is carried out once, however often it arrives, and its first answer is given again."""

from sqlalchemy import func, select

from app.budgets.models import Entry
from app.core.ids import new_id
from app.plans.models import Goal
from app.sync.models import Version
from tests.fixtures_app import both_engines, op
from tests.sync.acts import spend, with_pot


def count(parts, model):
    with parts.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


@both_engines
def test_an_operation_sent_again_gets_its_first_answer_and_does_nothing(household, parts):
    write = op("goal.write", household.person, new_id(), {"words": "Swim with Marcus"})
    first = household.hers.results(write)
    assert household.hers.results(write) == first
    assert count(parts, Goal) == 1
    assert count(parts, Version) == 1


def test_an_operation_twice_in_one_exchange_is_carried_out_once(household, parts):
    pot = with_pot(household)
    twice = spend(household, pot, 1000)
    first, second = household.hers.results(twice, twice)
    assert first == second
    assert count(parts, Entry) == 1


def test_a_spent_amount_sent_three_times_counts_once(household, parts):
    pot = with_pot(household)
    write = spend(household, pot, 1000)
    for _ in range(3):
        household.hers.results(write)
    assert count(parts, Entry) == 1


def test_a_refusal_is_remembered_too(household):
    bad = op("goal.write", household.person, new_id(), {"importance": 11})
    first = household.hers.results(bad)
    assert first[0]["status"] == "refused"
    assert household.hers.results(bad) == first


def test_the_same_id_from_another_account_is_another_operation(household):
    row = new_id()
    write = op("goal.write", household.person, row, {"importance": 3})
    hers = household.hers.results(write)
    his = household.his.results({**write, "facts": {"importance": 5}, "base": {"rev": hers[0]["rev"]}})
    assert his[0]["status"] == "done"
    assert household.hers.rows("goal")[row]["importance"] == 5


def test_an_unknown_act_or_a_newer_version_waits_and_is_not_remembered(household):
    newer = op("goal.write", household.person, new_id(), {"words": "x"}, version=2)
    unknown = op("goal.sing", household.person, new_id(), {})
    assert [result["status"] for result in household.hers.results(newer, unknown)] == ["later", "later"]
    assert household.hers.results({**newer, "version": 1})[0]["status"] == "done"

"""One bad operation never blocks those behind it, and leaves no trace."""

import pytest
from sqlalchemy import func, select

from app.core.ids import new_id
from app.plans.models import Goal
from app.sync.models import Change, Stream, person_stream
from tests.fixtures_app import both_engines, op
from tests.sync.acts import correct, spend, with_entry, with_pot


def log_of(parts, person):
    with parts.database.reading() as session:
        wanted = select(Change.kind, Change.row_id, Change.seq).where(Change.stream == person_stream(person))
        return sorted(session.execute(wanted).all())


@both_engines
def test_a_bad_operation_between_two_good_ones_stops_neither(household):
    good, bad, last = (op("goal.write", household.person, new_id(), {"importance": n}) for n in (1, 99, 2))
    statuses = [result["status"] for result in household.hers.results(good, bad, last)]
    assert statuses == ["done", "refused", "done"]
    assert len(household.hers.rows("goal")) == 2


def transfer_into(pot, taken_id):
    return {
        "source": pot,
        "target": new_id(),
        "amount": 100,
        "on": "2026-11-20",
        "what": "Move",
        "out_entry": new_id(),
        "in_entry": taken_id,
    }


def test_a_second_leg_whose_id_is_taken_takes_the_first_leg_back(household, parts):
    row, _ = with_entry(household, 1000)
    source, target = with_pot(household), with_pot(household)
    before = log_of(parts, household.person)
    facts = {**transfer_into(source, row), "target": target}
    assert household.hers.results(op("pot.transfer", household.person, new_id(), facts))[0]["code"] == "exists"
    assert log_of(parts, household.person) == before


def test_operations_are_carried_out_in_the_order_of_the_outbox(household):
    row = new_id()
    first = op("goal.write", household.person, row, {"importance": 1})
    second = op("goal.write", household.person, row, {"importance": 2}, base={"op": first["id"]})
    third = op("goal.write", household.person, row, {"importance": 3}, base={"op": second["id"]})
    household.hers.results(first, second, third)
    assert household.hers.rows("goal")[row]["importance"] == 3


STRANGE = [
    None,
    7,
    "goal.write",
    [],
    {},
    {"id": "not an id"},
    {"id": ["x"], "stream": {"a": 1}},
    {"id": "\ud800", "act": 5},
]


@pytest.mark.parametrize("strange", STRANGE, ids=range(len(STRANGE)))
def test_something_that_is_no_operation_is_refused_and_the_next_one_is_done(household, strange):
    good = op("goal.write", household.person, new_id(), {"importance": 1})
    statuses = [result["status"] for result in household.hers.results(strange, good)]
    assert statuses == ["refused", "done"]


@both_engines
def test_an_unknown_field_with_half_a_symbol_is_refused_in_words_that_can_be_kept(household):
    odd = op("goal.write", household.person, new_id(), {"wor\ud800\x00ds": "x"})
    good = op("goal.write", household.person, new_id(), {"importance": 1})
    refused, done = household.hers.results(odd, good)
    assert (refused["code"], done["status"]) == ("malformed", "done")
    assert household.hers.results(odd) == [refused]


def test_a_fault_in_a_handler_is_a_refusal_with_a_sentence(household, app, monkeypatch):
    acts = app.extensions["inhand.sync"].registry.acts
    broken = acts["goal.write"].__class__(**{**vars(acts["goal.write"]), "handler": divide_by_zero})
    monkeypatch.setitem(acts, "goal.write", broken)
    result = household.hers.results(op("goal.write", household.person, new_id(), {"words": "Swim"}))[0]
    assert (result["status"], result["code"]) == ("refused", "fault")
    assert household.hers.rows("goal") == {}


def divide_by_zero(session, actor, arrived):
    session.add(
        Goal(
            id=arrived.row, person_id=actor.person, written_by=actor.account, written_at=session.info["inhand.clock"]()
        )
    )
    session.flush()
    return 1 / 0


def test_refused_operations_use_no_numbers_of_the_stream(household, parts):
    entry, _ = with_entry(household, 1000)
    with parts.database.reading() as session:
        before = session.get_one(Stream, person_stream(household.person)).seq
    pot = next(iter(household.hers.rows("pot")))
    household.hers.results(
        spend(household, pot, -1), correct(household, new_id(), 5), spend(household, pot, 1, row=entry)
    )
    with parts.database.reading() as session:
        assert session.get_one(Stream, person_stream(household.person)).seq == before
        assert (
            session.scalar(select(func.max(Change.seq)).where(Change.stream == person_stream(household.person)))
            == before
        )

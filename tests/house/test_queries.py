"""How many questions go to the database does not grow with what is there."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.core.ids import new_id
from tests.fixtures_app import Phone, op
from tests.sync.acts import spend, with_pot


@contextmanager
def counted(parts):
    """The statements that reach the database meanwhile."""
    seen = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(parts.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(parts.database.engine, "before_cursor_execute", note)


def questions(parts, act):
    with counted(parts) as seen:
        act()
    return len(seen)


def grow(household, rows):
    """More goals, lines, devices and people of Maria's."""
    pot = with_pot(household)
    goals = [op("goal.write", household.person, new_id(), {"words": "x"}) for _ in range(rows)]
    household.hers.results(*goals, *(spend(household, pot, 100) for _ in range(rows)))


def test_a_first_read_asks_as_often_for_many_rows_as_for_few(household, parts):
    def read():
        Phone(household.hers.client, household.maria).catch_up()

    grow(household, 2)
    few = questions(parts, read)
    grow(household, 60)
    assert questions(parts, read) == few


def test_an_operation_asks_as_often_in_a_full_plan_as_in_an_empty_one(household, parts):
    household.hers.catch_up()

    def write():
        household.hers.results(op("goal.write", household.person, new_id(), {"importance": 1}))

    few = questions(parts, write)
    grow(household, 60)
    household.hers.catch_up()
    assert questions(parts, write) == few


def test_each_operation_of_a_batch_asks_the_same_number(household, parts):
    def send(count):
        ops = [op("goal.write", household.person, new_id(), {"importance": 1}) for _ in range(count)]
        return questions(parts, lambda: household.hers.results(*ops))

    household.hers.catch_up()
    send(1)
    one, ten, twenty = send(1), send(10), send(20)
    assert twenty - ten == pytest.approx((ten - one) * 10 / 9, abs=2)


def test_the_account_page_asks_as_often_for_many_people_and_devices(household, parts, make_person, sign_in):
    def read():
        assert household.hers.client.get("/account").status_code == 200

    few = questions(parts, read)
    for number in range(10):
        make_person(household.maria, name=f"P{number}", role="representative")
        sign_in(household.maria)
    assert questions(parts, read) == few


def test_a_question_for_each_row_is_found(household, parts):
    grow(household, 5)

    def each():
        for row in household.hers.rows("goal"):
            assert household.hers.client.get("/account").status_code == 200, row

    few = questions(parts, each)
    grow(household, 5)
    assert questions(parts, each) > few

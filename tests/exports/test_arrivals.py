"""An archive comes in by the page: seen first, whole, only ever as a plan of its sender's."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.accounts.access import actor_for
from app.accounts.models import Person, Relationship
from app.core.backup import doctor
from app.core.errors import Refused
from app.core.ids import new_id
from app.exports.arriving import ARRIVAL_LIMIT, MOST_BYTES, let_in
from app.exports.models import Arrival
from app.exports.queries import ARRIVAL_PIECE, kept_keys
from app.exports.service import ask_account_erasure, ask_erasure
from app.jobs.models import Job
from tests.exports.test_archive import hashes, make
from tests.fixtures_app import OWN, both_engines, form_token, op

PLACE = "/account/data/arrivals"
MARK = "a" * 64


def begin(phone, size, mark=MARK):
    return phone.client.post(PLACE, json={"size": size, "mark": mark}, headers=OWN)


def send_piece(phone, arrival, offset, data):
    headers = {**OWN, "X-Inhand-Offset": str(offset), "Content-Type": "application/octet-stream"}
    return phone.client.put(f"{PLACE}/{arrival}", data=data, headers=headers)


def send(phone, data, mark=MARK):
    """Send a whole archive as the page's script does; the number of its arrival."""
    told = begin(phone, len(data), mark).get_json()
    for start in range(told["have"], len(data), told["piece"]):
        assert send_piece(phone, told["id"], start, data[start : start + told["piece"]]).status_code == 200
    return told["id"]


def page_of(phone):
    return phone.client.get(PLACE).get_data(as_text=True)


def states(parts):
    with parts.database.reading() as session:
        return list(session.scalars(select(Arrival.state)))


def plans_of(parts, account):
    with parts.database.reading() as session:
        wanted = select(Relationship.person_id, Relationship.role).where(
            Relationship.account_id == account, Relationship.ended_at.is_(None)
        )
        return [tuple(found) for found in session.execute(wanted)]


def press(phone, path, **fields):
    """Press a button of the page as it is now."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page_of(phone))
    return phone.client.post(path, data={**fields, "csrf_token": token[1] if token else ""})


@both_engines
def test_out_and_in_by_the_page_is_equal_to_the_last_hash(full, gone, parts, work, actor):
    arrival = send(full.hers, gone)
    work()
    page = page_of(full.hers)
    assert (">Maria</b>" in page, full.hers.rows("goal")) == (True, {})  # it was only looked at
    assert re.search(r"Goals</span><span[^>]*>6<", page)
    assert press(full.hers, f"{PLACE}/{arrival}", whose="holder").status_code == 303
    work()
    assert "is in.</b>" in page_of(full.hers)
    assert hashes(make(parts, work, actor)) == hashes(gone)
    assert list(parts.storage.keys("arrival/")) == []


@both_engines
def test_it_takes_the_place_of_ones_own_empty_plan(gone, parts, work, ana):
    ana.catch_up()
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="holder")
    work()
    [(plan, role)] = plans_of(parts, ana.account)
    assert (plan != ana.plan, role) == (True, "holder")
    assert f"person:{ana.plan}" in ana.exchange()["gone"]
    assert len(ana.rows("goal")) == 6
    with parts.database.reading() as session:
        assert session.get(Person, ana.plan) is None


def test_a_plan_of_ones_own_with_anything_in_it_is_never_made_one_with_another(gone, parts, work, ana, new_goal):
    new_goal(ana)
    arrival = send(ana, gone)
    work()
    answer = press(ana, f"{PLACE}/{arrival}", whose="holder")
    assert (answer.status_code, "two plans are never made one" in answer.get_data(as_text=True)) == (422, True)
    press(ana, f"{PLACE}/{arrival}", whose="representative")
    work()
    assert sorted(role for _, role in plans_of(parts, ana.account)) == ["holder", "representative"]
    assert len(ana.rows("goal")) == 7


@both_engines
def test_something_written_meanwhile_is_not_lost(gone, parts, work, ana, new_goal):
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="holder")
    new_goal(ana)
    work()
    assert (states(parts), len(ana.rows("goal"))) == (["refused"], 1)
    assert "two plans are never made one" in page_of(ana)


def test_a_person_who_is_here_is_neither_changed_nor_taken_over(full, archive, parts, work, ana):
    files = sorted(parts.storage.keys())
    send(ana, archive)
    work()
    assert "This person is here already" in page_of(ana)
    assert plans_of(parts, ana.account) == [(ana.plan, "holder")]
    assert sorted(parts.storage.keys()) == files


@both_engines
def test_who_is_here_by_the_time_it_comes_in_is_not_taken_over_either(full, gone, parts, work, ana, bring):
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="representative")
    bring(gone)
    work()
    assert "This person is here already" in page_of(ana)
    assert plans_of(parts, ana.account) == [(ana.plan, "holder")]
    assert {key.split("/")[0] for key in parts.storage.keys("")} == {"picture", "thumbnail", "original"}


@both_engines
def test_files_go_again_where_the_rows_are_refused(gone, parts, work, ana, monkeypatch):
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="representative")
    monkeypatch.setattr("app.exports.bringing.digest_of", lambda _lines: {})
    work()
    assert (states(parts), list(parts.storage.keys())) == (["refused"], [])
    assert plans_of(parts, ana.account) == [(ana.plan, "holder")]


def test_nobody_elses_arrival_is_found(full, archive, parts, work, ana):
    arrival = send(ana, archive)
    assert send_piece(full.hers, arrival, 0, archive).status_code == 404
    for path in (f"{PLACE}/{arrival}", f"{PLACE}/{arrival}/end"):
        token = form_token(full.hers.client.get("/account/data"))
        assert full.hers.client.post(path, data={"whose": "holder", "csrf_token": token}).status_code == 404
    assert states(parts) == ["checking"]


def test_it_goes_on_where_it_broke_off(parts, ana):
    data = b"x" * (2 * ARRIVAL_PIECE + 5)
    told = begin(ana, len(data)).get_json()
    send_piece(ana, told["id"], 0, data[:ARRIVAL_PIECE])
    again = begin(ana, len(data)).get_json()
    assert (again["id"], again["have"]) == (told["id"], ARRIVAL_PIECE)
    lost = send_piece(ana, told["id"], 0, data[:ARRIVAL_PIECE])
    assert (lost.status_code, lost.get_json()["have"]) == (409, ARRIVAL_PIECE)
    assert "broke off on its way" in page_of(ana)


def test_another_file_ends_the_one_that_broke_off(parts, work, ana):
    send_piece(ana, begin(ana, ARRIVAL_PIECE + 1).get_json()["id"], 0, b"x" * ARRIVAL_PIECE)
    begin(ana, 7, mark="b" * 64)
    work()
    assert (states(parts), list(parts.storage.keys())) == (["coming"], [])


@pytest.mark.parametrize(
    ("offset", "length", "status"), [(1, 5, 409), (0, 6, 400), (0, 4, 400), (0, ARRIVAL_PIECE + 1, 400)]
)
def test_a_piece_that_does_not_fit_is_refused(ana, offset, length, status):
    arrival = begin(ana, 5).get_json()["id"]
    assert send_piece(ana, arrival, offset, b"x" * length).status_code == status


def test_other_bytes_in_the_place_of_a_piece_are_refused(parts, ana):
    arrival = begin(ana, 5).get_json()["id"]
    parts.storage.put(f"arrival/{ana.account}/{arrival}/000000", b"first")
    answer = send_piece(ana, arrival, 0, b"other")
    assert (answer.status_code, "another file" in answer.get_json()["sentence"]) == (422, True)


def test_a_file_that_is_too_large_is_refused_with_its_size(ana):
    answer = begin(ana, MOST_BYTES + 1)
    assert (answer.status_code, "501 MB" in answer.get_json()["sentence"]) == (422, True)


def test_only_so_many_are_taken_in_a_day(ana):
    for number in range(ARRIVAL_LIMIT.most):
        assert begin(ana, 5, mark=f"{number:064x}").status_code == 200
    assert begin(ana, 5, mark="f" * 64).status_code == 429


@pytest.mark.parametrize(
    "told", [{}, {"size": 0, "mark": MARK}, {"size": "5", "mark": MARK}, {"size": 5, "mark": "x"}, {"size": 5}, []]
)
def test_what_does_not_say_which_file_comes_is_refused(ana, told):
    assert ana.client.post(PLACE, json=told, headers=OWN).status_code == 400


def test_another_sites_page_sends_nothing(ana):
    assert ana.client.post(PLACE, json={"size": 5, "mark": MARK}).status_code == 403
    arrival = begin(ana, 5).get_json()["id"]
    assert ana.client.put(f"{PLACE}/{arrival}", data=b"12345", headers={"X-Inhand-Offset": "0"}).status_code == 403
    assert ana.client.post(f"{PLACE}/{arrival}/end").status_code == 400


def test_left_out_nothing_of_it_stays(gone, parts, work, ana):
    arrival = send(ana, gone)
    work()
    assert press(ana, f"{PLACE}/{arrival}/end").status_code == 303
    work()
    assert (states(parts), list(parts.storage.keys("arrival/"))) == ([], [])


def test_after_two_days_nothing_of_it_stays(gone, parts, work, ana):
    send(ana, gone)
    work()
    work("arrival.end", days=3)
    assert (states(parts), list(parts.storage.keys("arrival/"))) == ([], [])


@both_engines
def test_it_goes_with_its_account(gone, parts, work, ana):
    send(ana, gone)
    with parts.database.writing() as session:
        ask_erasure(session, actor_for(session, ana.account, ana.plan), typed="Ana")
        ask_account_erasure(session, ana.account, typed="ana@example.com")
        session.commit()
    work("erase", days=8)
    assert (states(parts), list(parts.storage.keys("arrival/"))) == ([], [])


def test_its_bytes_are_known_to_the_doctor_and_sealed(gone, parts, on_disk, ana, app):
    sealed = replace(parts, storage=on_disk)
    app.extensions["inhand"] = sealed
    send(ana, gone)
    keys = list(on_disk.keys("arrival/"))
    assert {on_disk.state_of(key) for key in keys} == {"sealed"}
    assert doctor(sealed.database, on_disk, files_of=kept_keys) == []


def test_an_archive_that_ends_the_worker_is_not_tried_for_ever(gone, parts, work, ana):
    send(ana, gone)
    with parts.database.writing() as session:
        session.execute(update(Job).where(Job.kind == "arrival.check").values(attempts=3))
        session.commit()
    work()
    assert states(parts) == ["refused"]
    assert "We could not look through this file. Nothing of it is in." in page_of(ana)


def test_what_was_not_looked_through_cannot_be_let_in(gone, parts, ana):
    arrival = send(ana, gone)
    with parts.database.writing() as session, pytest.raises(Refused, match="no longer"):
        let_in(session, ana.account, arrival, role="holder")
    assert states(parts) == ["checking"]


@pytest.fixture
def new_goal():
    """Write a goal into somebody's own plan."""
    return lambda phone: phone.results(op("goal.write", phone.plan, new_id(), {"words": "Swim"}))

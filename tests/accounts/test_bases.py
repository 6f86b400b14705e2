"""What allows somebody to look after a whole plan, and until when."""

import re
from datetime import date

import pytest

from app.accounts.models import Relationship
from app.accounts.people.bases import ENDING_JOB
from app.jobs.models import Job
from tests.fixtures_app import both_engines, send_form

PARENT = {"name": "Sam", "basis": "parent", "ends_on": "2030-05-01"}


@pytest.fixture
def ana(make_account, sign_in):
    """Ana's browser; she looks after nobody yet."""
    return sign_in(make_account("ana@example.com", name="Ana"))


def added(client, **changes):
    """What the page says when Ana adds Sam."""
    return send_form(client, "/people/new", **{**PARENT, **changes})


def test_adding_somebody_asks_what_allows_it_and_both_sides_read_it(ana):
    place = added(ana, basis_words="his mother").location.removeprefix("/app").removesuffix("/home")
    page = ana.get(f"/people{place}").get_data(as_text=True)
    assert "Parent, until the child is 16 or 18: his mother" in page
    assert "until 1 May 2030" in page


def test_nobody_is_added_without_saying_what_allows_it(ana, parts):
    answer = send_form(ana, "/people/new", name="Sam")
    assert (answer.status_code, "Choose what allows you to act" in answer.get_data(as_text=True)) == (422, True)
    with parts.database.reading() as session:
        assert session.query(Relationship).count() == 0


@pytest.mark.parametrize(
    ("ends_on", "sentence"),
    [("", "Say the last day of a parent"), ("2020-01-01", "This day is over"), ("2060-01-01", "A child is 18 by then")],
)
def test_a_parents_last_day_is_asked_for_and_has_bounds(ana, ends_on, sentence):
    answer = added(ana, ends_on=ends_on)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, sentence in page) == (422, True)
    assert 'value="Sam"' in page


def test_a_parent_who_adds_a_child_hears_of_the_end_three_months_ahead(ana, parts):
    added(ana)
    with parts.database.reading() as session:
        assert [job.due_at.date() for job in session.query(Job).filter(Job.kind == ENDING_JOB)] == [date(2030, 1, 29)]


@both_engines
def test_a_parents_part_ends_by_itself_and_another_keeps_the_plan(household, parts, clock):
    with parts.database.writing() as session:
        session.get_one(Relationship, household.link).ends_on = date(2026, 11, 23)
        session.commit()
    place = f"/people/{household.person}"
    assert household.his.client.get(place).status_code == 200
    clock.go_on(days=3)
    assert household.his.client.get(place).status_code == 404
    assert household.hers.client.get(place).status_code == 200


def test_who_was_not_asked_on_the_way_in_says_it_once(household):
    client, place = household.his.client, f"/people/{household.person}"
    assert "Say what allows you to act" in client.get(place).get_data(as_text=True)
    assert "has not said yet" in household.hers.client.get(place).get_data(as_text=True)
    assert send_form(client, f"{place}/basis", basis="attorney", basis_words="Lasting power").status_code == 303
    assert "Attorney, with a power of attorney: Lasting power" in household.hers.client.get(place).get_data(
        as_text=True
    )
    assert client.get(f"{place}/basis").status_code == 404


def test_an_invitation_tells_both_sides_the_basis_and_the_last_day(household, ana):
    client, place = household.hers.client, f"/people/{household.person}"
    offer = {
        "name": "Ana",
        "role": "representative",
        "basis": "deputy",
        "basis_words": "Court",
        "ends_on": "2027-01-31",
    }
    page = send_form(client, f"{place}/invitations/new", **offer).get_data(as_text=True)
    link = re.search(r"(/invitations/[\w-]{43})", page)[1]
    for told in (ana.get(link), client.get(place)):
        words = told.get_data(as_text=True).lower()
        assert ("deputy, named by a court" in words, "31 january 2027" in words) == (True, True)
    send_form(ana, link, answer="accept")
    assert "deputy, named by a court" in ana.get(link).get_data(as_text=True)

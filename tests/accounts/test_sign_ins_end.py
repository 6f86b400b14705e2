"""A sign-in ends by its age, even in daily use; nothing that waits on the phone is lost by it."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from app.commands import main
from app.core.ids import new_id
from tests.fixtures_app import op


@pytest.fixture
def parts(parts):
    return replace(parts, settings=replace(parts.settings, sign_in_days=5, sign_in_most_days=30))


def test_it_ends_after_so_many_days_though_it_was_used_on_each(household, clock):
    for _ in range(30):
        assert household.hers.client.get("/account").status_code == 200
        clock.go_on(days=1)
    assert household.hers.client.get("/account").status_code == 200
    clock.go_on(minutes=1)
    assert household.hers.client.get("/account").status_code == 401


def test_what_waited_is_sent_after_signing_in_once_more(household, clock, phone):
    clock.go_on(days=31)
    write = op("goal.write", household.person, new_id(), {"words": "Swim"})
    assert household.hers.post(household.hers.body(write)).status_code == 401
    again = phone(household.maria)
    assert again.results(write)[0]["status"] == "done"


def test_one_that_is_over_is_not_shown_among_the_devices(household, clock, phone):
    for _ in range(31):
        household.hers.client.get("/account")
        clock.go_on(days=1)
    page = phone(household.maria).client.get("/account").get_data(as_text=True)
    assert (page.count("Last used"), "Sign out there" in page) == (1, False)


def test_unused_it_ends_sooner(household, clock):
    clock.go_on(days=6)
    assert household.hers.client.get("/account").status_code == 401


def test_the_sign_in_page_says_so_before(client):
    assert "for up to 30 days" in client.get("/sign-in").get_data(as_text=True)


def test_whoever_runs_it_ends_every_sign_in_of_one_account_or_of_all(household, parts, monkeypatch):
    monkeypatch.setattr("app.commands.make_services", lambda _: parts)
    told = CliRunner().invoke(main, ["admin", "end-sign-ins", "maria@example.com"]).output
    assert told == "Sign-ins ended: 1.\n"
    seen = [phone.client.get("/account").status_code for phone in (household.hers, household.his)]
    assert seen == [401, 200]
    CliRunner().invoke(main, ["admin", "end-sign-ins", "--everybody"])
    assert household.his.client.get("/account").status_code == 401


@pytest.mark.parametrize("asked", [[], ["maria@example.com", "--everybody"], ["nobody@example.com"]])
def test_a_command_that_names_nobody_or_too_many_ends_nothing(household, parts, monkeypatch, asked):
    monkeypatch.setattr("app.commands.make_services", lambda _: parts)
    assert CliRunner().invoke(main, ["admin", "end-sign-ins", *asked]).exit_code != 0
    assert household.hers.client.get("/account").status_code == 200

"""Whoever is refused something leaves a line: who, which route, which answer; never an address, a path or a word."""

import json
import logging

import pytest

from app.core.ids import new_id
from app.core.logging import FIELDS, JsonLines
from tests.fixtures_app import OWN, op, send_form


@pytest.fixture
def lines(caplog, monkeypatch):
    """The lines of the log, as they are written."""
    monkeypatch.setattr(logging.getLogger("inhand"), "propagate", True)
    caplog.set_level("INFO", logger="inhand")

    def read(event):
        made = [JsonLines().format(record) for record in caplog.records if hasattr(record, FIELDS)]
        return [line for line in made if json.loads(line)["event"] == event]

    return read


@pytest.fixture
def stranger(make_account, make_person, phone):
    account = make_account("stranger@example.com", name="Nosy")
    make_person(account, name="Nosy", role="holder")
    return phone(account)


def test_somebody_elses_row_is_not_found_and_that_is_noted(household, stranger, lines):
    stranger.client.get(f"/people/{household.person}")
    [line] = lines("refused")
    facts = {name: value for name, value in json.loads(line).items() if name not in {"at", "level"}}
    wanted = {"status": 404, "method": "GET", "endpoint": "accounts.people_page", "account": stranger.account}
    assert facts == {"event": "refused", **wanted}


def test_an_act_that_is_refused_is_noted_by_its_name(household, stranger, lines):
    stranger.results(op("goal.write", household.person, new_id(), {"words": "Mine now"}))
    stranger.results({"id": new_id(), "act": "x' OR 1=1", "nonsense": "secret words"})
    first, second = map(json.loads, lines("operation_refused"))
    assert (first["act"], first["code"], first["account"]) == ("goal.write", "not_found", stranger.account)
    assert (second["act"], second["code"]) == (None, "malformed")


def test_wrong_passwords_forms_of_other_sites_and_unknown_addresses_are_noted(client, lines):
    send_form(client, "/sign-in", email="maria@example.com", password="a wrong one")
    client.post("/sign-in", data={"email": "maria@example.com"})
    client.post("/session/end", headers={**OWN, "Origin": "https://evil.example"})
    client.get("/wp-login.php?secret=1")
    client.get("/account")
    seen = [(line["endpoint"], line["status"]) for line in map(json.loads, lines("refused"))]
    assert seen == [
        ("accounts.sign_in", 422), ("accounts.sign_in", 400), ("accounts.end_session", 403), (None, 404),
        ("accounts.account_page", 401),
    ]  # fmt: skip


def test_no_address_path_or_word_of_anybody_is_in_the_log(household, stranger, lines, client):
    send_form(client, "/sign-in", email="maria@example.com", password="a wrong one")
    stranger.client.get(f"/people/{household.person}?words=Maria")
    stranger.client.get(f"/{household.person}/evil%0aevent")
    stranger.results(op("goal.write", household.person, new_id(), {"words": "Mine now"}))
    told = "".join([*lines("refused"), *lines("operation_refused")])
    found = [one for one in ("maria", "wrong", household.person, "127.0.0.1", "evil", "Mine") if one in told]
    assert (len(told) > 300, found) == (True, [])


def test_what_is_let_through_leaves_no_such_line(household, lines):
    household.hers.client.get("/account")
    household.hers.results(op("goal.write", household.person, new_id(), {"words": "Swim"}))
    assert lines("refused") + lines("operation_refused") == []

"""Passkeys: made and used once per challenge, here and nowhere else, by the person that the device knows."""

import json

import pytest
from sqlalchemy import select

from app.accounts.models import Passkey
from tests.accounts.conftest import PASSWORD, Hand
from tests.accounts.device import PRESENT, Device
from tests.fixtures_app import OWN, both_engines, form_token, send_form


@both_engines
def test_an_account_is_made_and_opened_with_a_passkey_alone(hand, app):
    assert (hand.join().status_code, hand.client.get("/session").get_json()["email"]) == (303, "maria@example.com")
    later = Hand(app.test_client(), hand.device)
    assert later.sign_in().location == "/app/"
    assert later.who() == hand.who()


def test_a_passkey_opens_no_account_by_an_empty_password(hand, app):
    hand.join()
    for word in ("", " ", "none", "nobody has this password"):
        pair = {"email": "maria@example.com", "password": word}
        assert send_form(app.test_client(), "/sign-in", **pair).status_code == 422


FAULTS = [
    {"origin": "https://evil.example"},
    {"origin": "http://localhost:1"},
    {"rp_id": "evil.example"},
    {"flags": PRESENT},
    {"handle": "c29tZWJvZHkgZWxzZQ"},
    {"key": Device().key},
    {"credential_id": b"x" * 16},
    {"count": -1},
]


@pytest.mark.parametrize("fault", FAULTS, ids=[next(iter(fault)) + str(n) for n, fault in enumerate(FAULTS)])
def test_a_passkey_that_is_not_right_in_every_way_opens_nothing(hand, app, fault):
    hand.device.count = 5
    hand.join()
    other = Hand(app.test_client(), hand.device)
    for name, value in fault.items():
        setattr(hand.device, name, value)
    answer = other.sign_in()
    assert (answer.status_code, other.who()) == (422, None)
    assert "This passkey did not work here." in answer.get_data(as_text=True)


@pytest.mark.parametrize("fault", FAULTS[:4], ids=["origin", "port", "site", "unverified"])
def test_a_passkey_made_elsewhere_or_by_nobody_makes_no_account(hand, fault):
    for name, value in fault.items():
        setattr(hand.device, name, value)
    assert hand.join().status_code == 422
    assert hand.who() is None


@both_engines
def test_an_answer_works_once(hand, app):
    hand.join()
    thief = Hand(app.test_client(), hand.device)
    answer = thief.device.use(thief.challenge("/sign-in/passkey/challenge"))
    statuses = [thief.send("/sign-in/passkey", "/sign-in", answer).status_code for _ in range(2)]
    assert statuses == [303, 422]


def test_an_answer_of_one_browser_is_nothing_in_another(hand, app):
    hand.join()
    asked, thief = Hand(app.test_client(), hand.device), Hand(app.test_client())
    answer = asked.device.use(asked.challenge("/sign-in/passkey/challenge"))
    thief.challenge("/sign-in/passkey/challenge")
    assert thief.send("/sign-in/passkey", "/sign-in", answer).status_code == 422


def test_an_answer_after_ten_minutes_is_too_late(hand, app, clock):
    hand.join()
    late = Hand(app.test_client(), hand.device)
    answer = late.device.use(late.challenge("/sign-in/passkey/challenge"))
    clock.go_on(minutes=10)
    assert late.send("/sign-in/passkey", "/sign-in", answer).status_code == 422


def test_a_wrong_answer_uses_the_challenge_up(hand, app):
    hand.join()
    other = Hand(app.test_client(), hand.device)
    options = other.challenge("/sign-in/passkey/challenge")
    other.device.origin = "https://evil.example"
    other.send("/sign-in/passkey", "/sign-in", other.device.use(options))
    other.device.origin = "http://localhost"
    assert other.send("/sign-in/passkey", "/sign-in", other.device.use(options)).status_code == 422


BROKEN = ["", "x", "[]", "{}", "null", '{"response": 5}', '{"response": {"clientDataJSON": "e30"}}', "[" * 9000]


@pytest.mark.parametrize("credential", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_answer_of_a_device_is_refused_with_a_sentence(client, credential):
    token = form_token(client.get("/sign-in"))
    answer = client.post("/sign-in/passkey", data={"csrf_token": token, "credential": credential})
    assert answer.status_code == 422


def test_an_answer_whose_parts_are_broken_is_refused(hand, app):
    hand.join()
    for part in ("authenticatorData", "signature", "userHandle"):
        other = Hand(app.test_client(), hand.device)
        sent = json.loads(other.device.use(other.challenge("/sign-in/passkey/challenge")))
        sent["response"][part] = "AAAA"
        assert other.send("/sign-in/passkey", "/sign-in", json.dumps(sent)).status_code == 422


def test_another_page_cannot_ask_for_a_challenge(client):
    assert client.post("/sign-in/passkey/challenge").status_code == 403


def add(hand, name=""):
    made = hand.device.make(hand.challenge("/account/passkeys/challenge"))
    return hand.send("/account/passkeys", "/account/passkeys", made, name=name)


def test_a_second_device_gets_a_passkey_of_its_own_and_both_open_the_account(hand, app):
    hand.join()
    second = Hand(hand.client)
    assert add(second, "Tablet").status_code == 303
    for device in (hand.device, second.device):
        later = Hand(app.test_client(), device)
        later.sign_in()
        assert later.who() == hand.who()
    page = hand.client.get("/account/passkeys").get_data(as_text=True)
    assert "Tablet" in page


def test_one_device_is_not_taken_twice_and_is_told_not_to_try(hand):
    hand.join()
    options = json.loads(hand.challenge("/account/passkeys/challenge"))
    assert [item["type"] for item in options["excludeCredentials"]] == ["public-key"]
    assert add(hand).status_code == 422


def only_passkey(parts):
    with parts.database.reading() as session:
        return session.scalars(select(Passkey)).one().id


def test_the_last_way_in_is_never_removed(hand, parts):
    hand.join()
    path = f"/account/passkeys/{only_passkey(parts)}/end"
    token = form_token(hand.client.get("/account/passkeys"))
    answer = hand.client.post(path, data={"csrf_token": token})
    assert (answer.status_code, "This is your only way in." in answer.get_data(as_text=True)) == (422, True)
    send_form(hand.client, "/account/password", password=PASSWORD)
    assert hand.client.post(path, data={"csrf_token": token}).status_code == 303
    assert hand.sign_in().status_code == 422


def test_a_passkey_gets_the_name_that_one_gives_it(hand, parts):
    hand.join()
    path = f"/account/passkeys/{only_passkey(parts)}"
    token = form_token(hand.client.get("/account/passkeys"))
    assert hand.client.post(path, data={"csrf_token": token, "name": "Blue phone"}).status_code == 303
    assert hand.client.post(path, data={"csrf_token": token, "name": ""}).status_code == 422
    assert "Blue phone" in hand.client.get("/account/passkeys").get_data(as_text=True)


PROVED = ["/account/passkeys", "/account/password", "/account/codes"]


@pytest.mark.parametrize("path", PROVED)
def test_ways_to_sign_in_change_only_after_showing_who_is_there(hand, clock, path):
    hand.join()
    assert hand.client.get(path).status_code == 200
    clock.go_on(minutes=16)
    assert hand.client.get(path).location == f"/account/proof?next={path}"
    assert hand.client.post("/account/passkeys/challenge", headers=OWN).status_code == 303
    proof = hand.device.use(hand.challenge("/account/proof/challenge"))
    assert hand.send(f"/account/proof/passkey?next={path}", "/account/proof", proof).location == path
    assert hand.client.get(path).status_code == 200


def test_somebody_elses_passkey_proves_nothing(hand, app, clock):
    hand.join()
    other = Hand(app.test_client())
    other.join(email="tom@example.com")
    clock.go_on(minutes=16)
    stolen = other.device.use(hand.challenge("/account/proof/challenge"))
    assert hand.send("/account/proof/passkey", "/account/proof", stolen).status_code == 422
    assert hand.client.get("/account/password").status_code == 303


def test_a_passkey_page_is_the_phones_own_without_a_script_of_its_own(client):
    page = client.get("/sign-in").get_data(as_text=True)
    assert 'autocomplete="current-password"' in page
    assert "hidden data-passkey" in page

"""One-time codes after the password, and recovery codes for the day the phone is gone: each works once."""

import re
from datetime import timedelta

import pyotp
import pytest

from app.accounts.models import Account, CodeMaker, RecoveryCode
from app.accounts.passwords import hash_password
from app.core.web import Services
from app.factory import create_app
from tests.accounts.conftest import PASSWORD
from tests.fixtures_app import both_engines, form_token, send_form

PAIR = {"email": "maria@example.com", "password": PASSWORD}
SECRET = re.compile(r'class="secret">([A-Z2-7 ]+)<')
CODE = re.compile(r"<li>([a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5})</li>")


@pytest.fixture(scope="module")
def kept_password():
    return hash_password(PASSWORD)


@pytest.fixture
def maria(make_account, kept_password):
    return make_account("maria@example.com", name="Maria", password_hash=kept_password)


@pytest.fixture
def machine(client, maria, clock):
    """The app on Maria's phone, after she set codes up in `client`; with the recovery codes that she was shown."""
    send_form(client, "/sign-in", **PAIR)
    page = client.get("/account/codes")
    secret = SECRET.search(page.get_data(as_text=True))[1].replace(" ", "")
    found = pyotp.TOTP(secret)
    code = found.at(clock())
    shown = client.post("/account/codes", data={"csrf_token": form_token(page), "code": code})
    found.recovery = CODE.findall(shown.get_data(as_text=True))
    clock.go_on(seconds=60)
    return found


def who(client):
    return client.get("/session").get_json()["account"]


def enter(client, code):
    """Sign in with the password, then write a code."""
    send_form(client, "/sign-in", **PAIR)
    return send_form(client, "/sign-in/code", code=code)


@both_engines
def test_the_password_alone_no_longer_opens_the_account(app, maria, machine, clock):
    other = app.test_client()
    assert send_form(other, "/sign-in", **PAIR).location == "/sign-in/code"
    assert who(other) is None
    assert send_form(other, "/sign-in/code", code=machine.at(clock())).status_code == 303
    assert who(other) == maria


@both_engines
def test_a_code_works_once(app, machine, clock):
    code = machine.at(clock())
    assert [enter(app.test_client(), code).status_code for _ in range(2)] == [303, 422]


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_a_code_of_another_time_is_refused(app, machine, clock, steps, status):
    clock.go_on(minutes=5)
    assert enter(app.test_client(), machine.at(clock() + timedelta(seconds=30 * steps))).status_code == status


def test_an_earlier_code_is_refused_after_a_later_one(app, machine, clock):
    assert enter(app.test_client(), machine.at(clock())).status_code == 303
    assert enter(app.test_client(), machine.at(clock() - timedelta(seconds=30))).status_code == 422


@pytest.mark.parametrize("code", ["", "000 00", "abcdef", "１２３４５６", "0" * 41, "x" * 5000])
def test_what_is_no_code_is_refused(app, machine, code):
    assert enter(app.test_client(), code).status_code == 422


def test_a_code_may_be_pasted_with_its_gap(app, machine, clock):
    code = machine.at(clock())
    assert enter(app.test_client(), f" {code[:3]} {code[3:]} ").status_code == 303


@both_engines
def test_a_recovery_code_works_once_and_in_any_hand(app, machine):
    code = machine.recovery[0]
    assert len(machine.recovery) == 10
    assert enter(app.test_client(), code.upper().replace("-", " ")).status_code == 303
    assert enter(app.test_client(), code).status_code == 422
    assert enter(app.test_client(), machine.recovery[1]).status_code == 303


def test_new_recovery_codes_end_the_earlier_ones(client, app, machine):
    fresh = CODE.findall(renew(client).get_data(as_text=True))
    assert enter(app.test_client(), machine.recovery[0]).status_code == 422
    assert enter(app.test_client(), fresh[0]).status_code == 303


def renew(client):
    token = form_token(client.get("/account/codes"))
    return client.post("/account/recovery-codes", data={"csrf_token": token})


def test_neither_the_secret_nor_a_recovery_code_is_kept_as_it_is(parts, maria, machine):
    with parts.database.reading() as session:
        kept = [row.code_hash for row in session.query(RecoveryCode)] + [
            session.get_one(CodeMaker, maria).sealed_secret
        ]
    assert [word for word in (machine.secret, *machine.recovery) if any(word in row for row in kept)] == []


def test_another_key_of_the_settings_opens_no_codes_but_recovery_codes_still_work(parts, machine, clock):
    settings = type(parts.settings)(**{**vars(parts.settings), "secret_key": "another key of thirty-two letters"})
    app = create_app(parts=Services(settings, parts.database, parts.storage))
    assert enter(app.test_client(), machine.at(clock())).status_code == 422
    assert enter(app.test_client(), machine.recovery[0]).status_code == 303


def test_after_five_wrong_codes_it_waits_and_right_ones_do_not_count(app, machine, clock):
    for _ in range(6):
        clock.go_on(seconds=90)
        assert enter(app.test_client(), machine.at(clock())).status_code == 303
    clock.go_on(minutes=15)
    client = app.test_client()
    send_form(client, "/sign-in", **PAIR)
    statuses = [send_form(client, "/sign-in/code", code="000000").status_code for _ in range(5)]
    assert [*statuses, send_form(client, "/sign-in/code", code=machine.at(clock())).status_code] == [422] * 5 + [429]


def test_the_second_step_belongs_to_the_browser_that_took_the_first_and_ends(app, machine, clock):
    first, thief = app.test_client(), app.test_client()
    send_form(first, "/sign-in", **PAIR)
    with first.session_transaction() as cookie:
        secret = cookie["second"]
    with thief.session_transaction() as cookie:
        cookie["second"] = secret
    assert thief.get("/sign-in/code").status_code == 401
    clock.go_on(minutes=10)
    assert first.get("/sign-in/code").status_code == 401


def test_codes_that_are_ended_are_asked_for_no_longer(client, app, maria, machine):
    token = form_token(client.get("/account/codes"))
    client.post("/account/codes/end", data={"csrf_token": token})
    other = app.test_client()
    send_form(other, "/sign-in", **PAIR)
    assert who(other) == maria


def test_codes_that_were_never_confirmed_lock_nobody_out(client, app, maria):
    send_form(client, "/sign-in", **PAIR)
    client.get("/account/codes")
    other = app.test_client()
    send_form(other, "/sign-in", **PAIR)
    assert who(other) == maria


def test_an_administrator_reaches_nothing_with_a_password_alone(client, maria, parts, clock):
    with parts.database.writing() as session:
        session.get_one(Account, maria).administrator = True
        session.commit()
    assert send_form(client, "/sign-in", **PAIR).location == "/account/second"
    closed = [client.get(path).status_code for path in ("/account", "/people/new", "/account/password")]
    assert (closed, who(client)) == ([401, 401, 401], None)
    page = client.get("/account/codes")
    secret = SECRET.search(page.get_data(as_text=True))[1].replace(" ", "")
    client.post("/account/codes", data={"csrf_token": form_token(page), "code": pyotp.TOTP(secret).at(clock())})
    assert who(client) == maria
    assert client.get("/account").status_code == 200


def test_the_picture_for_the_phone_keeps_to_the_strict_policy(client, maria):
    send_form(client, "/sign-in", **PAIR)
    page = client.get("/account/codes").get_data(as_text=True)
    picture = re.search(r'<svg[^>]*class="qr".*?</svg>', page, re.DOTALL)[0]
    assert re.findall(r"style=|<style|<script|href=|\son\w+=", picture) == []

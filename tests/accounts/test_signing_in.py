"""Signing in and out: what is told, what is counted, what the cookie is like, and where it leads."""

import pytest

from app.accounts.models import Account
from app.accounts.passwords import hash_password
from app.accounts.service import make_reset_link
from app.core.errors import Unavailable
from app.core.settings import Settings
from app.core.web import Services
from app.factory import create_app
from tests.fixtures_app import OWN, both_engines, form_token, send_form

PASSWORD = "three plain words"
PAIR = {"email": "maria@example.com", "password": PASSWORD}


@pytest.fixture(scope="module")
def kept_password():
    return hash_password(PASSWORD)


@pytest.fixture
def maria(make_account, kept_password):
    return make_account("maria@example.com", name="Maria", password_hash=kept_password)


def who(client):
    return client.get("/session").get_json()["account"]


@both_engines
def test_the_right_pair_signs_in(client, maria):
    answer = send_form(client, "/sign-in", **PAIR)
    assert (answer.status_code, answer.location) == (303, "/app/")
    assert who(client) == maria


def test_the_address_may_be_written_in_other_letters(client, maria):
    send_form(client, "/sign-in", **{**PAIR, "email": " Maria@Example.com "})
    assert who(client) == maria


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, maria):
    pages = []
    for email in ("maria@example.com", "nobody@example.com"):
        answer = send_form(client, "/sign-in", email=email, password="three other words")
        token = form_token(answer)
        pages.append((answer.status_code, answer.get_data(as_text=True).replace(email, "").replace(token, "")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 422
    assert who(client) is None


def test_an_unknown_address_takes_a_hash_as_well(client, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "app.accounts.routes.signing_in.is_right", lambda kept, password: bool(asked.append((kept, password)))
    )
    send_form(client, "/sign-in", email="nobody@example.com", password="any words here")
    assert asked == [(None, "any words here")]


@both_engines
@pytest.mark.parametrize("email", ["a\x00@b.c", "x", "", "a@b.c\x00", "x" * 300 + "@b.cd"])
def test_an_address_that_cannot_be_is_mended_not_looked_up(client, email):
    assert send_form(client, "/sign-in", email=email, password=PASSWORD).status_code == 422


def test_a_password_that_an_error_elsewhere_took_away_is_asked_for_in_words(client):
    page = send_form(client, "/sign-in", email="maria", password=PASSWORD).get_data(as_text=True)
    assert "Please write your password once more. No page ever sends one back." in page
    assert PASSWORD not in page


def test_a_password_that_is_wrong_itself_is_not_asked_for_twice(client, maria):
    page = send_form(client, "/sign-in", email="maria@example.com", password="not this one").get_data(as_text=True)
    assert "once more" not in page


def test_after_ten_tries_at_one_address_it_waits_and_then_goes_on(client, maria, clock):
    for _ in range(10):
        assert send_form(client, "/sign-in", email="maria@example.com", password="wrong words").status_code == 422
    answer = send_form(client, "/sign-in", **PAIR)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "too often" in answer.get_data(as_text=True)
    clock.go_on(minutes=15)
    assert send_form(client, "/sign-in", **PAIR).status_code == 303


def test_tries_at_many_addresses_from_one_place_wait_too(client, monkeypatch):
    monkeypatch.setattr("app.accounts.routes.signing_in.is_right", lambda *_: False)
    statuses = [send_form(client, "/sign-in", email=f"n{n}@example.com", password="x").status_code for n in range(51)]
    assert statuses == [422] * 50 + [429]


def test_a_disabled_account_cannot_sign_in_and_is_out_at_once(client, maria, parts):
    send_form(client, "/sign-in", **PAIR)
    with parts.database.writing() as session:
        session.get_one(Account, maria).disabled_at = parts.database.clock()
        session.commit()
    assert who(client) is None
    assert send_form(client, "/sign-in", **PAIR).status_code == 422


def test_the_cookie_is_hidden_from_scripts_and_other_sites(client, maria):
    cookie = send_form(client, "/sign-in", **PAIR).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert maria not in cookie


def test_the_app_in_the_background_undoes_no_form(client, maria, parts):
    send_form(client, "/sign-in", **PAIR)
    for answer in (client.get("/session"), client.get("/app/"), client.post("/sync", json={}, headers=OWN)):
        assert "Set-Cookie" not in answer.headers


def test_the_cookie_lasts_anew_from_each_day_of_use(client, maria, clock):
    send_form(client, "/sign-in", **PAIR)
    clock.go_on(days=1)
    assert "Expires=" in client.get("/session").headers["Set-Cookie"]
    assert "Set-Cookie" not in client.get("/session").headers


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(parts):
    settings = Settings(
        database_url=parts.settings.database_url, storage_url="memory:", base_url="https://inhand.example"
    )
    app = create_app(parts=Services(settings, parts.database, parts.storage))
    answer = app.test_client().get("/sign-in", base_url="https://inhand.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-inhand=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_signing_in_begins_a_fresh_cookie(client, maria):
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"
    send_form(client, "/sign-in", **PAIR)
    with client.session_transaction() as after:
        assert "planted" not in after


FOREIGN = [
    "https://evil.example/app",
    "//evil.example/app",
    "/\\evil.example/app",
    "\\\\evil.example",
    "/app\\@evil.example",
    "javascript:alert(1)",
    "//[",
    "/application",
    "http:/app",
    "/app\r\nSet-Cookie: a=b",
    "/help",
    "",
]


@pytest.mark.parametrize("wanted", FOREIGN)
def test_signing_in_leads_nowhere_else(client, maria, wanted):
    token = form_token(client.get("/sign-in"))
    answer = client.post("/sign-in", query_string={"next": wanted}, data={**PAIR, "csrf_token": token})
    assert answer.location.startswith("/app")
    assert "evil" not in answer.location
    assert "a" not in {cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")}


@pytest.mark.parametrize("wanted", ["/app/abc/money", "/account", "/people/new", "/app/"])
def test_signing_in_leads_to_the_page_that_asked(client, maria, wanted):
    token = form_token(client.get("/sign-in"))
    answer = client.post("/sign-in", query_string={"next": wanted}, data={**PAIR, "csrf_token": token})
    assert answer.location == wanted


def test_a_page_that_needs_a_sign_in_offers_one(client, maria):
    answer = client.get("/account")
    assert answer.status_code == 401
    assert 'href="/sign-in?next=/account"' in answer.get_data(as_text=True)


def test_a_form_without_its_token_is_a_page_with_a_sentence(client, maria):
    answer = client.post("/sign-in", data=PAIR)
    assert answer.status_code == 400
    assert "This page was open for too long." in answer.get_data(as_text=True)
    assert who(client) is None


def test_signing_out_ends_the_row_not_only_the_cookie(client, maria):
    send_form(client, "/sign-in", **PAIR)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    answer = client.post("/session/end?wipe=1", headers=OWN)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert who(client) is None


def test_another_site_cannot_sign_anybody_out(client, maria):
    send_form(client, "/sign-in", **PAIR)
    assert client.post("/session/end").status_code == 403
    assert who(client) == maria


@both_engines
def test_a_device_signed_out_elsewhere_is_out_at_its_next_request(app, maria):
    lost, kept = app.test_client(), app.test_client()
    for client in (lost, kept):
        send_form(client, "/sign-in", **PAIR)
    page = kept.get("/account")
    path = page.get_data(as_text=True).split('action="')[1].split('"')[0]
    assert kept.post(path, data={"csrf_token": form_token(page)}).status_code == 303
    assert (who(lost), who(kept)) == (None, maria)
    assert lost.post("/sync", json={}, headers=OWN).status_code == 401


def test_a_sign_in_is_over_after_ninety_days(client, maria, clock):
    send_form(client, "/sign-in", **PAIR)
    clock.go_on(days=89)
    assert who(client) == maria
    clock.go_on(days=2)
    assert who(client) is None


def test_a_made_up_cookie_signs_nobody_in(client):
    for token in ("x", "x" * 5000, "\x00", "ü"):
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        assert who(client) is None


@pytest.fixture
def reset_path(parts, maria):
    with parts.database.writing() as session:
        token = make_reset_link(session, session.get_one(Account, maria))
        session.commit()
    return f"/new-password/{token}"


def test_a_reset_link_works_once_and_signs_every_device_out(client, app, maria, reset_path):
    send_form(client, "/sign-in", **PAIR)
    other = app.test_client()
    assert send_form(other, reset_path, password="three new words").status_code == 303
    assert who(client) is None
    assert other.get(reset_path).status_code == 404
    assert send_form(other, "/sign-in", **PAIR).status_code == 422
    assert send_form(other, "/sign-in", email="maria@example.com", password="three new words").status_code == 303


def test_a_reset_link_ends_after_two_hours(client, reset_path, clock):
    clock.go_on(hours=2, seconds=1)
    assert client.get(reset_path).status_code == 404


def test_a_weak_new_password_does_not_use_the_link_up(client, reset_path):
    assert send_form(client, reset_path, password="short").status_code == 422
    assert client.get(reset_path).status_code == 200


def test_a_full_disk_does_not_keep_anybody_out(client, maria, clock, parts, monkeypatch):
    send_form(client, "/sign-in", **PAIR)
    clock.go_on(hours=1)
    monkeypatch.setattr("app.accounts.session.note_seen", full)
    assert who(client) == maria


def full(*_):
    raise Unavailable("The disk is full.")

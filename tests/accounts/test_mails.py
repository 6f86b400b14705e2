"""Mails around signing in: no page tells which addresses are known, and each link works once, for a time."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Pending, ResetLink
from app.accounts.passwords import hash_password
from app.jobs.models import Job
from tests.accounts.conftest import JOIN, PASSWORD, Hand, link_in
from tests.fixtures_app import both_engines, form_token, send_form

NEW = {**JOIN, "way": "password", "password": PASSWORD}


@pytest.fixture(scope="module")
def kept_password():
    return hash_password(PASSWORD)


@pytest.fixture
def maria(make_account, kept_password):
    return make_account("maria@example.com", name="Maria", password_hash=kept_password)


def who(client):
    return client.get("/session").get_json()["account"]


def told(client, path, **fields):
    """What a page tells after a form: status, place and words, without the address that was typed and the token."""
    answer = send_form(client, path, **fields)
    page = client.get(answer.location) if answer.location else answer
    words = page.get_data(as_text=True).replace(fields["email"], "")
    token = form_token(client.get(path))
    return answer.status_code, answer.location, words.replace(token, "")


def rows_of(parts):
    with parts.database.reading() as session:
        return len(session.scalars(select(Pending)).all()), len(session.scalars(select(Job)).all())


def test_asking_for_a_new_password_tells_nothing_and_does_the_same_work(app, parts, maria):
    seen, before = [], rows_of(parts)
    for email in ("maria@example.com", "nobody@example.com"):
        page, after = told(app.test_client(), "/forgotten", email=email), rows_of(parts)
        seen.append((page, [new - old for new, old in zip(after, before, strict=True)]))
        before = after
    assert seen[0] == seen[1]
    assert seen[0][1] == [1, 1]


@both_engines
def test_only_the_owner_gets_a_link_and_it_works_once(client, app, maria, post):
    send_form(client, "/sign-in", email="maria@example.com", password=PASSWORD)
    for email in ("MARIA@example.com", "nobody@example.com"):
        send_form(app.test_client(), "/forgotten", email=email)
    [(to, text)] = post()
    assert to == "maria@example.com"
    other = app.test_client()
    assert send_form(other, link_in(text), password="three new words").status_code == 303
    assert (who(client), other.get(link_in(text)).status_code) == (None, 404)
    pair = {"email": "maria@example.com", "password": "three new words"}
    assert send_form(other, "/sign-in", **pair).status_code == 303


def test_a_link_used_twice_at_once_changes_one_password(client, app, maria, post):
    send_form(client, "/forgotten", email="maria@example.com")
    path = link_in(post()[0][1])
    first, second = app.test_client(), app.test_client()
    tokens = [form_token(one.get(path)) for one in (first, second)]
    statuses = [
        one.post(path, data={"csrf_token": token, "password": f"three {token[:9]} words"}).status_code
        for one, token in zip((first, second), tokens, strict=True)
    ]
    assert statuses == [303, 422]


def test_a_link_is_over_after_two_hours_and_when_a_later_one_was_made(client, maria, post, clock):
    send_form(client, "/forgotten", email="maria@example.com")
    first = link_in(post()[0][1])
    send_form(client, "/forgotten", email="maria@example.com")
    second = link_in(post()[-1][1])
    assert [client.get(path).status_code for path in (first, second)] == [404, 200]
    clock.go_on(hours=2, seconds=1)
    assert client.get(second).status_code == 404


def test_no_link_is_kept_as_it_is(client, maria, parts, post):
    send_form(client, "/forgotten", email="maria@example.com")
    secret = link_in(post()[0][1]).rsplit("/", 1)[1]
    with parts.database.reading() as session:
        kept = [row.token_hash for row in session.scalars(select(ResetLink))]
        jobs = [str(row.payload) for row in session.scalars(select(Job))]
    assert not [row for row in (*kept, *jobs) if secret in row or "maria" in row]


def test_a_fourth_mail_to_one_address_waits_an_hour(client, post):
    statuses = [send_form(client, "/forgotten", email="nobody@example.com").status_code for _ in range(4)]
    assert statuses == [303, 303, 303, 429]


def test_another_password_signs_every_other_device_out_and_is_told(client, app, maria, post):
    other = app.test_client()
    for one in (client, other):
        send_form(one, "/sign-in", email="maria@example.com", password=PASSWORD)
    assert send_form(client, "/account/password", password="three new words").status_code == 303
    assert (who(client), who(other)) == (maria, None)
    assert "Your password was changed" in post()[0][1]


def test_where_mail_reaches_people_joining_tells_nothing_about_an_address(mailing_app, maria):
    seen = [told(mailing_app.test_client(), "/sign-up", **{**NEW, "email": email}) for email in ADDRESSES]
    assert seen[0] == seen[1]
    assert seen[0][:2] == (303, "/sign-up/sent")


ADDRESSES = ("maria@example.com", "nobody@example.com")


@both_engines
def test_who_is_new_gets_a_link_and_who_is_known_a_mail_that_says_so(mailing_app, maria, post, parts):
    for email in ADDRESSES:
        send_form(mailing_app.test_client(), "/sign-up", **{**NEW, "email": email})
    mails = dict(post())
    assert "You have one already." in mails["maria@example.com"]
    new = mailing_app.test_client()
    path = link_in(mails["nobody@example.com"])
    assert new.get(path).status_code == 200
    assert send_form(new, path).location == "/app/"
    assert new.get("/session").get_json()["email"] == "nobody@example.com"
    assert new.get(path).status_code == 404


def test_looking_at_a_link_makes_no_account(mailing_app, post, parts):
    send_form(mailing_app.test_client(), "/sign-up", **NEW)
    mailing_app.test_client().get(link_in(post()[0][1]))
    with parts.database.reading() as session:
        assert session.scalars(select(Account)).all() == []


def test_a_link_to_join_is_over_after_a_day(mailing_app, post, clock):
    send_form(mailing_app.test_client(), "/sign-up", **NEW)
    path = link_in(post()[0][1])
    clock.go_on(hours=24)
    assert mailing_app.test_client().get(path).status_code == 404


def test_a_passkey_is_made_after_the_mail_where_mail_reaches_people(mailing_app, post):
    hand = Hand(mailing_app.test_client())
    send_form(hand.client, "/sign-up", **JOIN)
    place = link_in(post()[0][1])
    made = hand.device.make(hand.challenge(f"{place}/challenge"))
    assert hand.send(f"{place}/passkey", place, made).location == "/app/"


def test_the_way_to_a_passkey_ends_in_a_password_just_as_well(client):
    place = send_form(client, "/sign-up", **JOIN).location
    assert send_form(client, place, password="short").status_code == 422
    assert send_form(client, place, password=PASSWORD).location == "/app/"
    assert client.get("/session").get_json()["email"] == "maria@example.com"


def test_a_mail_server_that_is_silent_is_tried_again(client, maria, parts, post, monkeypatch, clock):
    send_form(client, "/forgotten", email="maria@example.com")
    monkeypatch.setattr("app.accounts.work.send_mail", silent)
    assert post() == []
    with parts.database.reading() as session:
        job = session.scalars(select(Job)).one()
    assert (job.state, job.attempts, rows_of(parts)[0]) == ("due", 1, 1)


def silent(*_args, **_more):
    raise ConnectionRefusedError

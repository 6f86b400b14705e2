"""Making an account: three fields and whose budget it is, without any script."""

import pytest

from app.accounts.passwords import hash_password, is_right
from app.accounts.service import create_account
from app.core.errors import Refused
from app.core.ids import new_id
from tests.fixtures_app import both_engines, send_form

GOOD = {"name": "Maria", "email": "maria@example.com", "password": "three plain words", "whose": "me"}
FOR_SAM = {**GOOD, "whose": "other", "person_name": "Sam"}


def people(client):
    account = client.get("/session").get_json()["account"]
    body = {"account": account, "device": new_id(), "schema": 1, "ops": [], "cursors": {}}
    changes = client.post("/sync", json=body, headers={"X-Inhand-Sync": "1"}).get_json()["changes"]
    rows = [row for item in changes for row in item["rows"]]
    roles = [row["body"]["role"] for row in rows if row["kind"] == "relationship"]
    return [row["body"]["name"] for row in rows if row["kind"] == "person"], roles


@both_engines
def test_a_new_account_is_signed_in_and_holds_its_own_budget(client):
    answer = send_form(client, "/sign-up", **GOOD)
    assert (answer.status_code, answer.location) == (303, "/app/")
    assert client.get("/session").get_json()["email"] == "maria@example.com"
    assert people(client) == (["Maria"], ["holder"])


def test_somebody_who_looks_after_another_is_their_representative(client):
    send_form(client, "/sign-up", **FOR_SAM)
    assert people(client) == (["Sam"], ["representative"])


WRONG = [
    ({"name": ""}, "Write your name, like Maria."),
    ({"name": "x" * 101}, "Use at most 100 characters for a name."),
    ({"name": "a\x00b"}, "There is a character in this text that cannot be kept."),
    ({"email": "maria"}, "Write the whole email, like maria@example.com."),
    ({"email": "a\x00@b.c"}, "Write the whole email, like maria@example.com."),
    ({"password": "short"}, "Use 10 characters or more."),
    ({"password": "password123"}, "This is easy to guess: many people make theirs like it."),
    ({"password": "aaaaaaaaaaaa"}, "This is easy to guess: many people make theirs like it."),
    ({"password": "Inhand 2026!"}, "The name of this app is easy to guess."),
    ({"password": "x" * 201}, "Use at most 200 characters."),
    ({"whose": "nobody"}, "Not a valid choice."),
    ({"whose": "other", "person_name": " "}, "Write the name of the person you look after, like Sam."),
]


def test_a_good_password_that_has_to_be_written_again_says_why(client):
    good = send_form(client, "/sign-up", **{**GOOD, "email": "maria"}).get_data(as_text=True)
    assert "It was good, and no page ever sends it back." in good
    short = send_form(client, "/sign-up", **{**GOOD, "password": "short"}).get_data(as_text=True)
    assert "It was good" not in short


def test_their_name_is_asked_below_someone_i_look_after(client):
    page = client.get("/sign-up").get_data(as_text=True)
    places = [page.index(words) for words in ("Someone I look after", "Their name", "Somebody invited me")]
    assert places == sorted(places)


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_what_has_to_be_mended_is_said_and_the_rest_is_kept(client, change, sentence):
    answer = send_form(client, "/sign-up", **{**GOOD, **change})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert "One thing to mend" in page
    assert page.count("maria@example.com") >= ("email" not in change)
    assert "three plain words" not in page


@both_engines
def test_a_taken_address_is_told_also_in_other_letters(client, make_account):
    make_account("MARIA@example.com ", name="First")
    answer = send_form(client, "/sign-up", **GOOD)
    assert answer.status_code == 422
    assert "There is an account with this email." in answer.get_data(as_text=True)


@both_engines
def test_two_who_take_one_address_at_once_get_one_account(parts, make_account, monkeypatch):
    make_account("maria@example.com", name="First")
    monkeypatch.setattr("app.accounts.service.find_account", lambda *_: None)
    with parts.database.writing() as session, pytest.raises(Refused):
        create_account(session, email="maria@example.com", name="Second", password_hash="none")


def test_sign_ups_from_one_place_are_counted(client):
    for number in range(20):
        send_form(client, "/sign-up", **{**GOOD, "email": f"maria{number}@example.com", "password": "short"})
    statuses = [send_form(client, "/sign-up", **{**GOOD, "email": f"n{n}@example.com"}).status_code for n in range(3)]
    assert statuses == [303, 303, 303]  # what had to be mended was not counted


def test_too_many_sign_ups_wait(client, monkeypatch):
    monkeypatch.setattr("app.accounts.routes.joining.hash_password", lambda _: "none")
    statuses = [send_form(client, "/sign-up", **{**GOOD, "email": f"n{n}@example.com"}).status_code for n in range(21)]
    assert statuses == [303] * 20 + [429]


def test_a_password_is_kept_as_argon2id_and_nothing_else():
    kept = hash_password("three plain words")
    assert kept.startswith("$argon2id$")
    assert is_right(kept, "three plain words")
    assert not is_right(kept, "three plain word")


@pytest.mark.parametrize("broken", [None, "none", "", "$argon2id$broken"])
def test_a_password_never_fits_what_is_no_hash(broken):
    assert is_right(broken, "three plain words") is False


def test_each_person_gets_the_first_free_colour(household, make_person):
    for name in ("A", "B", "C", "D", "E", "F", "G"):
        make_person(household.maria, name=name, role="representative")
    colours = [person["colour"] for person in household.hers.rows("person").values()]
    assert len(colours) == 8
    assert set(colours) == {"spruce", "plum", "blue", "brick", "moss", "heather"}

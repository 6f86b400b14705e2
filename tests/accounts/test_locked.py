"""While the copy on the phone is locked, its sign-in opens no page; the key of the copy opens both."""

import hashlib
import html
import re

import pytest

from app.core.ids import new_id
from tests.fixtures_app import OWN, both_engines, form_token, op

KEY = "5" * 64
HASH = hashlib.sha256(bytes.fromhex(KEY)).hexdigest()
PAGES = ("/account", "/account/data", "/people/{person}", "/account/not-taken", "/session")


@pytest.fixture
def locked(household):
    """Tom's phone, locked a moment ago."""
    assert tell(household, "lock", hash=HASH).status_code == 200
    return household


def tell(household, what, **facts):
    return household.his.client.post(f"/session/{what}", json=facts, headers=OWN)


def opened(household):
    """The status of each page, and who the server says is there."""
    client = household.his.client
    found = [client.get(path.format(person=household.person)).status_code for path in PAGES]
    return found, client.get("/session").get_json()["account"]


def test_a_locked_phone_opens_no_page_and_drains_nothing(locked):
    assert opened(locked) == ([401, 401, 401, 401, 200], None)
    phone = locked.his
    assert phone.post(phone.body(op("goal.write", locked.person, new_id(), {"words": "x"}))).status_code == 401


def test_the_key_of_the_copy_opens_it_again(locked):
    assert tell(locked, "unlock", key=KEY).get_json() == {"locked": False}
    assert opened(locked) == ([200, 200, 200, 200, 200], locked.tom)


def test_another_key_opens_nothing(locked):
    assert tell(locked, "unlock", key="6" * 64).status_code == 422
    assert opened(locked)[1] is None


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"key": "5"},
        {"key": HASH.upper()},
        {"key": KEY, "more": 1},
        {"key": KEY + "\n"},
        *({"key": KEY, "minutes": bad} for bad in (0, 61, "5", None, 1.5)),
    ],
)
def test_what_is_no_key_is_refused_with_a_sentence(locked, facts):
    answer = tell(locked, "unlock", **facts)
    assert (answer.status_code, answer.get_json()["sentence"]) == (400, "This is no key of ours.")


def test_signing_out_ends_the_sign_in_of_a_locked_phone(locked, parts):
    locked.his.client.post("/session/end", headers=OWN)
    assert tell(locked, "unlock", key=KEY).status_code == 401


def test_another_site_can_neither_lock_nor_unlock(household):
    answers = [household.his.client.post(f"/session/{what}", json={"hash": HASH}) for what in ("lock", "unlock")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert opened(household)[1] == household.tom


@pytest.fixture
def left(household, clock):
    """Tom's phone was open, with five minutes to go; then nobody used it for an hour, and the app was not running."""
    assert tell(household, "unlock", key=KEY, minutes=5).get_json() == {"locked": False}
    assert opened(household)[1] == household.tom
    clock.go_on(hours=1)
    return household


@both_engines
def test_a_phone_that_was_left_alone_opens_no_page_though_the_app_did_not_run(left):
    assert opened(left) == ([401, 401, 401, 401, 200], None)
    assert left.his.post(left.his.body()).status_code == 401
    assert tell(left, "lock", hash=HASH).status_code == 401


@both_engines
def test_the_key_of_the_copy_opens_what_closed_by_itself(left):
    assert tell(left, "unlock", key=KEY, minutes=5).status_code == 200
    assert opened(left) == ([200, 200, 200, 200, 200], left.tom)


def test_another_key_opens_nothing_that_closed_by_itself_and_does_not_count_as_use(left):
    for _ in range(2):
        assert tell(left, "unlock", key="6" * 64, minutes=60).status_code == 422
    assert opened(left)[1] is None


@pytest.mark.parametrize("minutes", [1, 5, 15, 60])
def test_use_keeps_it_open_and_the_minutes_without_use_close_it(household, clock, minutes):
    tell(household, "unlock", key=KEY, minutes=minutes)
    for _ in range(20):
        clock.go_on(seconds=minutes * 30)
        assert opened(household)[1] == household.tom
    clock.go_on(seconds=minutes * 60 + 1)
    assert opened(household)[1] is None


def test_other_minutes_count_at_once_and_a_new_key_takes_the_place_of_an_open_one(household, clock):
    tell(household, "unlock", key=KEY, minutes=5)
    assert tell(household, "unlock", key="6" * 64, minutes=15).status_code == 200
    clock.go_on(minutes=10)
    assert opened(household)[1] == household.tom
    clock.go_on(minutes=20)
    assert tell(household, "unlock", key=KEY, minutes=5).status_code == 422
    assert tell(household, "unlock", key="6" * 64).status_code == 200


def test_a_sign_in_without_a_lock_stays_open_and_a_new_one_has_none(left, clock, sign_in):
    fresh = sign_in(left.tom)
    clock.go_on(days=3)
    assert fresh.get("/account").status_code == 200


HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@both_engines
def test_what_was_typed_on_a_page_that_closed_meanwhile_is_sent_again_after_unlocking(household, clock):
    client, place = household.his.client, f"/people/{household.person}/concern"
    tell(household, "unlock", key=KEY, minutes=5)
    token = form_token(client.get(place))
    clock.go_on(minutes=6)
    words = 'She said "no" & <left>\r\ntwice'
    shown = client.post(place, data={"csrf_token": token, "words": words, "password": "secret", "code": "123456"})
    kept = {name: html.unescape(value) for name, value in HIDDEN.findall(shown.get_data(as_text=True))}
    assert (shown.status_code, kept) == (401, {"csrf_token": token, "words": words})
    tell(household, "unlock", key=KEY, minutes=5)
    assert "Your concern is written down" in client.post(place, data=kept, follow_redirects=True).get_data(as_text=True)


def test_a_closed_page_says_how_to_unlock_and_a_stranger_is_told_to_sign_in(left, app):
    told = left.his.client.get("/account").get_data(as_text=True)
    assert ("Unlock Inhand first" in told, "Send it again" in told) == (True, False)
    assert "Sign in first" in app.test_client().get("/account").get_data(as_text=True)
    left.his.client.post("/session/end", headers=OWN)
    assert "Sign in first" in left.his.client.get("/account").get_data(as_text=True)


def test_a_page_of_a_locked_phone_says_how_to_unlock(locked):
    assert "Unlock Inhand first" in locked.his.client.get("/account").get_data(as_text=True)


def test_half_of_the_key_waits_for_who_comes_back_in_time_and_is_given_once(household, clock):
    assert tell(household, "pass", key=KEY, minutes=5).get_json() == {"kept": True}
    clock.go_on(minutes=4)
    assert tell(household, "pass/take").get_json() == {"key": KEY}
    assert tell(household, "pass/take").get_json() == {"key": None}
    tell(household, "pass", key=KEY, minutes=5)
    clock.go_on(minutes=6)
    assert tell(household, "pass/take").get_json() == {"key": None}


def test_the_newest_half_counts_and_no_other_sign_in_gets_it(household, sign_in):
    for key in (KEY, "6" * 64):
        tell(household, "pass", key=key, minutes=5)
    other = sign_in(household.tom)
    assert other.post("/session/pass/take", json={}, headers=OWN).get_json() == {"key": None}
    assert tell(household, "pass/take").get_json() == {"key": "6" * 64}


def test_a_locked_phone_gets_no_half_back(household):
    tell(household, "unlock", key=KEY, minutes=5)
    tell(household, "pass", key="6" * 64, minutes=5)
    tell(household, "lock", hash=HASH)
    assert tell(household, "pass/take").status_code == 401


@pytest.mark.parametrize("facts", [{}, {"key": "5"}, {"key": KEY, "minutes": 61}])
def test_a_half_that_is_none_is_refused(household, facts):
    assert tell(household, "pass", **facts).status_code == 400


def test_a_sign_in_whose_lock_was_taken_away_closes_no_more(household, clock):
    tell(household, "unlock", key=KEY, minutes=5)
    assert tell(household, "lock/end", key="6" * 63 + "x").status_code == 400
    assert tell(household, "lock/end", key=KEY).get_json() == {"locked": False}
    clock.go_on(days=2)
    assert opened(household)[1] == household.tom


def test_a_locked_phone_cannot_take_its_lock_away(locked):
    assert tell(locked, "lock/end", key=KEY).status_code == 401

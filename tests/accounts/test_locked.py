"""While the copy on the phone is locked, its sign-in opens no page; the key of the copy opens both."""

import hashlib

import pytest

from app.core.ids import new_id
from tests.fixtures_app import OWN, op

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
    "facts", [{}, {"key": "5"}, {"key": HASH.upper()}, {"key": KEY, "more": 1}, {"key": KEY + "\n"}]
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

"""The door of /sync: who may knock, what shape and size, and what is said when it stays shut."""

import gzip
import json
from dataclasses import replace

import pytest

from app.core.ids import new_id
from app.core.web import DEEPEST_JSON
from app.sync.api import MOST_BYTES
from app.sync.schemas import MOST_OPERATIONS
from tests.fixtures_app import OWN, op


def send(household, text, **headers):
    """Any bytes as JSON."""
    return household.hers.client.post(
        "/sync", data=text, headers={**OWN, "Content-Type": "application/json", **headers}
    )


def test_nobody_signed_in_is_asked_to(household, client):
    answer = client.post("/sync", json=household.hers.body(), headers=OWN)
    assert (answer.status_code, answer.get_json()["code"]) == (401, "signin")


def test_a_phone_of_another_account_sends_nothing(household):
    write = op("goal.write", household.person, new_id(), {"importance": 1})
    answer = household.hers.post({**household.hers.body(write), "account": household.tom})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "other_account")
    assert household.hers.rows("goal") == {}


def test_a_phone_that_is_too_old_sends_nothing_and_is_told(household, app):
    engine = app.extensions["inhand.sync"]
    app.extensions["inhand.sync"] = replace(engine, min_schema=2)
    write = op("goal.write", household.person, new_id(), {"importance": 1})
    answer = household.hers.post(household.hers.body(write))
    assert (answer.status_code, answer.get_json()["code"]) == (426, "too_old")
    app.extensions["inhand.sync"] = engine
    assert household.hers.rows("goal") == {}


FOREIGN = [
    {},
    {"X-Inhand-Sync": "0"},
    {**OWN, "Origin": "https://evil.example"},
    {**OWN, "Origin": "null"},
    {**OWN, "Origin": "http://localhost.evil.example"},
    {**OWN, "Origin": "http://localhost:81"},
    {**OWN, "Sec-Fetch-Site": "cross-site"},
    {**OWN, "Sec-Fetch-Site": "same-site"},
    {**OWN, "Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_is_refused(household, headers):
    answer = household.hers.post(household.hers.body(), headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "foreign")


@pytest.mark.parametrize("more", [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}])
def test_the_own_site_is_taken(household, more):
    assert household.hers.post(household.hers.body(), headers={**OWN, **more}).status_code == 200


BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"5",
    b"\xff\xfe",
    b'{"a":NaN}',
    b'{"a":Infinity}',
    b"[" * 100_000,
    b'{"a":' + b"9" * 10_000 + b"}",
    b'{"cursors":{"\\ud800":{"seq":0,"epoch":"x"}}}',
]


@pytest.mark.parametrize("text", BODIES, ids=range(len(BODIES)))
def test_what_is_no_exchange_gets_a_sentence(household, text):
    answer = send(household, text)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")
    assert answer.get_json()["sentence"]


WRONG = [
    {"account": "x"},
    {"device": None},
    {"schema": "1"},
    {"schema": True},
    {"ops": {}},
    {"ops": None},
    {"cursors": []},
    {"cursors": {"s": {"seq": -1, "epoch": "x"}}},
    {"cursors": {"s": {"seq": 1.5, "epoch": "x"}}},
    {"cursors": {"s": {"seq": 2**60, "epoch": "x"}}},
    {"cursors": {"s": {"seq": 1, "epoch": "x", "more": 1}}},
    {"cursors": {"s" * 81: {"seq": 1, "epoch": "x"}}},
    {"cursors": {"s\x00": {"seq": 1, "epoch": "x"}}},
    {"cursors": {f"person:{n}": {"seq": 1, "epoch": "x"} for n in range(501)}},
    {"ops": [{}] * (MOST_OPERATIONS + 1)},
]


@pytest.mark.parametrize("change", WRONG, ids=range(len(WRONG)))
def test_a_field_of_the_wrong_kind_is_refused(household, change):
    answer = send(household, json.dumps({**household.hers.body(), **change}).encode())
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_half_a_symbol_in_the_name_of_a_stream_gets_a_sentence(household):
    body = {**household.hers.body(), "cursors": {"person:\ud800": {"seq": 0, "epoch": "x"}}}
    assert send(household, json.dumps(body).encode()).status_code == 400


def test_unknown_fields_of_a_newer_phone_are_let_pass(household):
    write = {**op("goal.write", household.person, new_id(), {"importance": 1}), "mood": "good"}
    assert (
        household.hers.post({**household.hers.body(write), "battery": 5}).get_json()["results"][0]["status"] == "done"
    )


def test_two_hundred_operations_are_taken_at_once(household):
    ops = [op("goal.write", household.person, new_id(), {"importance": 1}) for _ in range(MOST_OPERATIONS)]
    assert {result["status"] for result in household.hers.results(*ops)} == {"done"}


def test_something_nested_too_deeply_is_refused(household):
    deep = "x"
    for _ in range(DEEPEST_JSON):
        deep = [deep]
    assert send(household, json.dumps({**household.hers.body(), "more": deep}).encode()).status_code == 400


def test_more_than_we_take_is_refused_before_it_is_read(household):
    assert send(household, b" " * (MOST_BYTES + 1)).status_code == 400
    answer = send(household, b" " * 4_000_001)
    assert (answer.status_code, answer.mimetype) == (413, "application/json")


def test_only_json_is_taken(household):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = household.hers.client.post("/sync", data="{}", headers={**OWN, "Content-Type": kind})
        assert answer.status_code == 400


def test_a_long_answer_is_packed_for_those_who_take_it(household):
    ops = [op("goal.write", household.person, new_id(), {"words": "x" * 100}) for _ in range(50)]
    household.hers.results(*ops)
    answer = household.his.post(household.his.body(), headers={**OWN, "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 10_000
    assert json.loads(gzip.decompress(answer.data))["changes"]


def test_an_answer_is_kept_nowhere(household):
    assert household.hers.post(household.hers.body()).headers["Cache-Control"] == "no-store"


def test_a_name_of_a_file_that_is_no_sha256_is_not_found(household):
    for name in ("x", "A" * 64, "a" * 63, "..%2f..%2fetc", "a" * 64 + "/original"):
        answer = household.hers.client.get(f"/files/{household.person}/{name}", headers=OWN)
        assert (answer.status_code, answer.mimetype) == (404, "application/json")

"""Files in pieces: they go on where they stopped and are checked; only pictures of our own making are shown."""

import hashlib

import pytest

from app.core.files.upload import PIECE
from app.core.ids import new_id
from app.factory import make_uploads, make_worker
from app.jobs.models import Job
from app.sync.files import HERE_ALREADY
from app.sync.models import StoredFile
from tests.core.make_images import corners, encode
from tests.fixtures_app import OWN, both_engines, op


def sha_of(data):
    return hashlib.sha256(data).hexdigest()


def announce(household, data, *, size=None, sha256=None, kind="image/jpeg"):
    """Say that these bytes will come; the id of the row."""
    row = new_id()
    facts = {"sha256": sha256 or sha_of(data), "size": size or len(data), "type": kind, "name": "a.jpg"}
    assert household.hers.results(op("file.announce", household.person, row, facts))[0]["status"] == "done"
    return row


def put(household, data, offset, size, *, sha256, phone=None):
    headers = {**OWN, "X-Inhand-Offset": str(offset), "X-Inhand-Size": str(size)}
    client = (phone or household.hers).client
    return client.put(f"/files/{household.person}/{sha256}", data=data, headers=headers)


def state(household, sha256):
    return household.hers.client.get(f"/files/{household.person}/{sha256}", headers=OWN).get_json()


def photo():
    return encode(corners(), "JPEG")


def in_two_pieces():
    """Bytes of a piece and a bit: the first piece, the rest, and their sum's name."""
    data = bytes(range(256)) * (PIECE // 256) + b"the end"
    return data[:PIECE], data[PIECE:], sha_of(data)


@both_engines
def test_a_photo_goes_up_and_its_pictures_come_back(household, parts):
    data = photo()
    row = announce(household, data)
    assert put(household, data, 0, len(data), sha256=sha_of(data)).get_json()["state"] == "received"
    while make_worker(parts).run_once():
        pass
    assert household.his.rows("file")[row]["state"] == "ready"
    for made in ("picture", "thumbnail"):
        answer = household.his.client.get(f"/files/{household.person}/{sha_of(data)}/{made}")
        assert (answer.status_code, answer.data[:3]) == (200, b"\xff\xd8\xff")


def test_a_file_that_was_never_announced_is_absent_and_not_taken(household):
    assert state(household, "a" * 64) == {"have": 0, "size": 0, "state": "absent"}
    assert put(household, b"x", 0, 1, sha256="a" * 64).status_code == 404


def test_a_file_goes_on_where_it_stopped(household, parts):
    first, rest, name = in_two_pieces()
    size = len(first) + len(rest)
    announce(household, first + rest)
    assert put(household, first, 0, size, sha256=name).get_json() == {"have": PIECE, "size": size, "state": "partial"}
    assert state(household, name)["have"] == PIECE
    assert put(household, rest, PIECE, size, sha256=name).get_json()["state"] == "received"
    assert parts.storage.get(f"original/{household.person}/{name}") == first + rest
    assert list(parts.storage.keys("partial/")) == []


def test_another_offset_is_answered_with_where_to_go_on(household):
    first, rest, name = in_two_pieces()
    size = len(first) + len(rest)
    announce(household, first + rest)
    put(household, first, 0, size, sha256=name)
    answer = put(household, first, 0, size, sha256=name)
    assert (answer.status_code, answer.get_json()["have"], answer.get_json()["code"]) == (409, PIECE, "offset")


def test_wrong_bytes_are_dropped_and_may_come_again(household, parts):
    data = photo()
    announce(household, data)
    wrong = bytes([data[0] ^ 1]) + data[1:]
    answer = put(household, wrong, 0, len(data), sha256=sha_of(data))
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["have"]) == (422, "sha256", 0)
    assert list(parts.storage.keys("partial/")) == []
    assert put(household, data, 0, len(data), sha256=sha_of(data)).get_json()["state"] == "received"


def test_a_piece_sent_again_after_its_answer_was_lost_is_fine(household):
    data = photo()
    announce(household, data)
    for _ in range(2):
        answer = put(household, data, 0, len(data), sha256=sha_of(data))
        assert (answer.status_code, answer.get_json()["state"]) == (200, "received")


def test_a_file_that_is_too_big_gets_the_true_reason_before_it_is_sent(household):
    facts = {"sha256": "c" * 64, "size": 31_000_000, "type": "image/jpeg"}
    result = household.hers.results(op("file.announce", household.person, new_id(), facts))[0]
    assert result["status"] == "refused"
    assert "This file is 31 MB. We take up to 20 MB." in result["sentence"]
    assert household.hers.rows("file") == {}


@pytest.mark.parametrize(("offset", "size", "data"), [(0, 99, b"x"), (0, 5, b""), (0, 5, b"longer"), (3, 5, b"xyz")])
def test_a_piece_that_does_not_fit_is_refused(household, offset, size, data):
    announce(household, b"hello")
    assert put(household, data, offset, size, sha256=sha_of(b"hello")).status_code == 400


def test_a_piece_larger_than_a_piece_is_refused(household):
    data = b"x" * (PIECE + 1)
    announce(household, data)
    assert put(household, data, 0, len(data), sha256=sha_of(data)).status_code == 400


def test_a_piece_without_its_headers_is_refused(household):
    announce(household, b"hello")
    path = f"/files/{household.person}/{sha_of(b'hello')}"
    assert household.hers.client.put(path, data=b"hello", headers=OWN).status_code == 400
    assert household.hers.client.put(path, data=b"hello").status_code == 403


def test_the_same_bytes_announced_again_are_one_file(household):
    announce(household, b"hello")
    announce(household, b"hello")
    assert len(household.hers.rows("file")) == 1


def test_an_original_is_never_served(household, parts):
    data = photo()
    announce(household, data)
    put(household, data, 0, len(data), sha256=sha_of(data))
    for made in ("picture", "thumbnail", "original"):
        assert household.hers.client.get(f"/files/{household.person}/{sha_of(data)}/{made}").status_code == 404


def test_what_is_no_picture_is_refused_with_a_sentence_that_travels(household, parts):
    data = b"this is no picture at all"
    row = announce(household, data)
    put(household, data, 0, len(data), sha256=sha_of(data))
    while make_worker(parts).run_once():
        pass
    shown = household.hers.rows("file")[row]
    assert (shown["state"], bool(shown["reason"])) == ("refused", True)
    assert state(household, sha_of(data))["sentence"] == shown["reason"]


def make_due(parts, kind):
    """Bring the jobs of a kind forward to now."""
    with parts.database.writing() as session:
        for job in session.query(Job).filter(Job.kind == kind):
            job.due_at = job.due_at.replace(year=2020)
        session.commit()


def test_the_server_stopped_before_joining_and_the_worker_does_it(household, parts, monkeypatch):
    data = photo()
    row = announce(household, data)
    monkeypatch.setattr("app.sync.files.Uploads.put_together", lambda *_: None)
    put(household, data, 0, len(data), sha256=sha_of(data))
    monkeypatch.undo()
    make_due(parts, "file.join")
    while make_worker(parts).run_once():
        pass
    assert household.hers.rows("file")[row]["state"] == "ready"


def test_joining_twice_changes_nothing(household, parts):
    data = photo()
    announce(household, data)
    put(household, data, 0, len(data), sha256=sha_of(data))
    make_uploads(parts).put_together(household.person, sha_of(data))
    assert state(household, sha_of(data))["state"] == "received"
    assert parts.storage.get(f"original/{household.person}/{sha_of(data)}") == data


def test_a_photo_that_never_came_is_said_to_be_missing_and_may_still_come(household, parts):
    first, rest, name = in_two_pieces()
    size = len(first) + len(rest)
    row = announce(household, first + rest)
    make_due(parts, "file.missing")
    assert make_worker(parts).run_once()
    assert household.hers.rows("file")[row]["state"] == "missing"
    assert put(household, first, 0, size, sha256=name).get_json()["have"] == PIECE
    assert put(household, rest, PIECE, size, sha256=name).get_json()["state"] == "received"


def test_a_photo_that_came_is_never_said_to_be_missing(household, parts):
    data = photo()
    row = announce(household, data)
    put(household, data, 0, len(data), sha256=sha_of(data))
    make_due(parts, "file.missing")
    while make_worker(parts).run_once():
        pass
    assert household.hers.rows("file")[row]["state"] == "ready"


def test_the_same_photo_in_two_plans_is_two_files(household, make_account, make_person, phone, parts):
    data = photo()
    announce(household, data)
    put(household, data, 0, len(data), sha256=sha_of(data))
    other = make_account("other@example.com", name="Other")
    person, theirs = make_person(other, name="Other", role="holder"), phone(other)
    path = f"/files/{person}/{sha_of(data)}"
    assert theirs.client.get(path, headers=OWN).get_json()["state"] == "absent"
    with parts.database.reading() as session:
        assert session.query(StoredFile).count() == 1


def test_a_helper_with_the_very_photo_that_the_holder_sent_is_told_so_and_loses_nothing(household, own_helper):
    data = photo()
    announce(household, data)
    facts = {"sha256": sha_of(data), "size": len(data), "type": "image/jpeg"}
    results = own_helper.results(
        op("file.announce", household.person, new_id(), facts),
        op("receipt.read", household.person, new_id(), {"sha256": sha_of(data)}),
    )
    assert [(one["status"], one["code"], one["sentence"]) for one in results] == [
        ("refused", "here_already", HERE_ALREADY)
    ] * 2
    assert own_helper.rows("file") == {}


def test_the_holder_with_the_very_photo_that_a_helper_sent_has_it(household, own_helper):
    facts = {"sha256": sha_of(photo()), "size": len(photo()), "type": "image/jpeg"}
    for phone in (own_helper, household.hers, own_helper):
        assert phone.results(op("file.announce", household.person, new_id(), facts))[0]["status"] == "done"
    assert len(household.hers.rows("file")) == len(own_helper.rows("file")) == 1


@pytest.fixture
def own_helper(household, make_account, make_relationship, phone):
    """The phone of somebody who sees of the money what they wrote."""
    account = make_account("helper@example.com", name="Ana")
    make_relationship(account, household.person, role="helper")
    return phone(account)

"""A stored receipt is read by the worker; what goes wrong costs nothing that a person did."""

import hashlib
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.core.db import database_now
from app.core.ids import new_id
from app.factory import make_uploads, make_worker
from app.jobs.models import Job
from app.jobs.service import claim
from app.jobs.worker import Worker
from app.receipts.reading import bounded
from app.receipts.reading.bounded import Bounds, ReaderMissing
from app.receipts.reading.shapes import Field, Item, Line, Reading
from app.receipts.work import AGAIN, GAVE_UP, MOST_TRIES, NOTHING, OFF, ReceiptJobs, look_of
from app.sync.files import FileJobs
from app.sync.models import StoredFile
from tests.core.make_images import corners, encode
from tests.fixtures_app import OWN, both_engines, op
from tests.receipts.test_hostile_files import HOSTILE, pdf
from tests.sync.acts import SPENDING, with_pot

PHOTO = encode(corners(), "JPEG")
SHA = hashlib.sha256(PHOTO).hexdigest()
BOX = ((10.0, 20.0), (110.0, 20.0), (110.0, 60.0), (10.0, 60.0))
FOUND = Reading(
    merchant=Field("Cafe", 0.97, "It stands at the top.", BOX),
    date=Field("2026-11-05", 0.9, "It is the only date.", BOX),
    total=Field("4.50", 0.99, "It is named total.", BOX),
    currency="GBP",
    items=(Item("Tea", "4.50"),),
    pages=((200, 100),),
    turns=(0,),
    lines=(Line("05/11/2026 Total 4.50", BOX),),
)


def ask(household, sha256=SHA, row=None):
    row = row or new_id()
    assert household.hers.results(op("receipt.read", household.person, row, {"sha256": sha256}))[0]["status"] == "done"
    return row


def send(household, data=PHOTO, *, row=None, kind="image/jpeg", answers=None):
    sha256 = hashlib.sha256(data).hexdigest()
    facts = {"sha256": sha256, "size": len(data), "type": kind, "name": "a.jpg"}
    household.hers.results(op("file.announce", household.person, new_id(), facts))
    row = ask(household, sha256, row)
    headers = {**OWN, "X-Inhand-Offset": "0", "X-Inhand-Size": str(len(data))}
    answer = household.hers.client.put(f"/files/{household.person}/{sha256}", data=data, headers=headers)
    if answers is not None:
        answers.append(answer)
    return row


def let_time_pass(parts):
    """What was put back is due, and who held a job has lost it."""
    with parts.database.writing() as session:
        past = database_now(session) - timedelta(seconds=1)
        session.execute(update(Job).where(Job.kind != "receipt.forget").values(due_at=past, lease_until=past))
        session.commit()


def a_day_later(parts):
    with parts.database.writing() as session:
        session.execute(update(Job).values(due_at=database_now(session)))
        session.commit()


def work(parts, read, *, rounds=6):
    """Let a worker with this reader do what is due, time going on between."""
    jobs = ReceiptJobs(parts.database, parts.storage, FileJobs(make_uploads(parts)), read)
    worker = Worker(parts.database, {"file.draw": jobs.draw, "receipt.read": jobs.read, "receipt.forget": jobs.forget})
    for _ in range(rounds):
        while worker.run_once():
            pass
        let_time_pass(parts)


def drawing(parts):
    return ReceiptJobs(parts.database, parts.storage, FileJobs(make_uploads(parts)), finds(FOUND)).draw


def use(household, sha256, amount=777):
    """A line of the ledger with this photo; its id."""
    row, facts = new_id(), {**SPENDING, "pot": with_pot(household), "amount": amount, "files": [sha256]}
    assert household.hers.results(op("entry.record", household.person, row, facts))[0]["status"] == "done"
    return row


def reading(household, row):
    return household.his.rows("reading")[row]


def finds(found):
    return lambda _path, _hints: found


@both_engines
def test_a_photo_is_read_when_it_has_arrived_and_the_result_travels(household, parts):
    row = send(household)
    assert reading(household, row)["state"] == "waiting"
    work(parts, finds(FOUND))
    body = reading(household, row)
    assert (body["state"], body["reason"], body["sha256"]) == ("read", None, SHA)
    result = body["result"]
    assert (result["total"]["value"], result["merchant"]["value"]) == ("4.50", "Cafe")
    assert result["total"]["box"] == [500, 2000, 5500, 6000]
    assert result["date_other"] == "2026-05-11"
    assert [one["value"] for one in result["numbers"]] == ["4.50"]


def test_a_photo_that_is_here_already_is_read_as_soon_as_it_is_asked_for(household, parts):
    send(household)
    work(parts, finds(replace(FOUND, error=bounded.DIED)))
    row = ask(household)
    work(parts, finds(FOUND))
    assert [body["state"] for body in household.his.rows("reading").values()] == ["read"]
    assert row not in household.his.rows("reading")


def test_a_reader_that_is_killed_leaves_the_receipt_marked_for_another_try(household, parts):
    row = send(household)
    work(parts, finds(Reading(error=bounded.DIED)), rounds=1)
    assert (reading(household, row)["state"], reading(household, row)["reason"]) == ("waiting", AGAIN)
    work(parts, finds(FOUND))
    assert (reading(household, row)["state"], reading(household, row)["reason"]) == ("read", None)


def test_after_some_tries_it_says_that_it_could_not_be_read_and_the_photo_stays(household, parts):
    tries = []
    row = send(household)
    work(parts, lambda *_: tries.append(1) or Reading(error=bounded.TOO_SLOW))
    assert (reading(household, row)["state"], reading(household, row)["reason"]) == ("unreadable", GAVE_UP)
    assert len(tries) == MOST_TRIES
    assert parts.storage.get(f"picture/{household.person}/{SHA}")


def test_a_reader_that_is_really_killed_or_short_of_memory_counts_as_that(household, parts, monkeypatch):
    row = send(household)
    starved = Bounds(megabytes=64)
    work(parts, lambda path, hints: bounded.read_file(path, hints, starved), rounds=1)
    assert reading(household, row)["state"] == "waiting"
    monkeypatch.setattr(sys, "executable", "/bin/false")
    work(parts, bounded.read_file, rounds=1)
    assert reading(household, row)["reason"] == AGAIN


def test_a_photo_at_which_the_worker_dies_each_time_is_not_tried_for_ever(household, parts):
    row = send(household)
    while Worker(parts.database, {"file.draw": drawing(parts)}).run_once():
        pass
    for _ in range(MOST_TRIES):
        with parts.database.writing() as session:
            assert claim(session, ["receipt.read"]) is not None
            session.commit()
        let_time_pass(parts)
    work(parts, finds(FOUND))
    assert (reading(household, row)["state"], reading(household, row)["reason"]) == ("unreadable", GAVE_UP)


def test_without_the_packages_reading_is_off_and_is_made_up_for_later(household, parts):
    def missing(*_):
        raise ReaderMissing(bounded.MISSING)

    row = send(household)
    work(parts, missing)
    assert (reading(household, row)["state"], reading(household, row)["reason"]) == ("off", bounded.MISSING)
    later = send(household, encode(corners(640, 480), "JPEG"))
    work(parts, finds(FOUND))
    assert (reading(household, row)["state"], reading(household, later)["state"]) == ("read", "read")


def test_an_installation_may_turn_reading_off(household, parts):
    row = send(household)
    off = replace(parts, settings=replace(parts.settings, reading="off"))
    while make_worker(off).run_once():
        pass
    assert (reading(household, row)["state"], reading(household, row)["reason"]) == ("off", OFF)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "HEIF"])
def test_other_kinds_of_photo_are_read_from_the_picture_that_we_made(form, household, parts):
    seen = []
    row = send(household, encode(corners(), form), kind=f"image/{form.lower()}")
    work(parts, lambda path, _hints: seen.append(path.read_bytes()[:3]) or FOUND)
    assert (reading(household, row)["state"], seen) == ("read", [b"\xff\xd8\xff"])


def test_a_pdf_is_read_from_its_own_text(household, parts):
    bill = pdf(1, "Harbour Home Care Ltd\nInvoice date 23/05/2024\nTotal due 230.00\nThank you for your custom")
    row = send(household, bill, kind="application/pdf")
    work(parts, bounded.read_file)
    result = reading(household, row)["result"]
    assert (result["total"]["value"], result["date"]["value"], result["date_other"]) == ("230.00", "2024-05-23", None)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_answered_with_a_sentence_and_no_fault(name, household, parts):
    row, answers = new_id(), []
    send(household, HOSTILE[name] or b"0", row=row, answers=answers)
    work(parts, finds(FOUND))
    assert all(answer.status_code < 500 for answer in answers)
    body = reading(household, row)
    assert (body["state"], body["reason"].endswith(".")) == ("unreadable", True)


def test_a_picture_of_nothing_and_an_unreadable_file_get_a_sentence(household, parts):
    row = send(household)
    work(parts, finds(Reading()))
    assert (reading(household, row)["state"], reading(household, row)["reason"]) == ("unreadable", NOTHING)
    hostile = send(household, b"\xff\xd8\xff" + b"no picture" * 50)
    work(parts, finds(FOUND))
    assert reading(household, hostile)["state"] == "unreadable"
    assert reading(household, hostile)["reason"].endswith(".")


def test_what_a_person_typed_stands_whatever_is_read(household, parts):
    send(household)
    entry = use(household, SHA)
    before = household.his.rows("entry")
    work(parts, finds(FOUND))
    assert household.his.rows("entry") == before
    assert before[entry]["amount"] == 777


def test_a_photo_put_away_is_deleted_a_day_later_unless_a_line_uses_it(household, parts):
    row = send(household)
    work(parts, finds(FOUND))
    household.hers.results(op("receipt.drop", household.person, row, {}))
    assert reading(household, row) is None
    a_day_later(parts)
    work(parts, finds(FOUND))
    assert list(parts.storage.keys()) == []
    with parts.database.reading() as session:
        assert session.query(StoredFile).count() == 0


def test_a_photo_that_a_line_uses_is_not_put_away(household, parts):
    row = send(household)
    use(household, SHA)
    household.hers.results(op("receipt.drop", household.person, row, {}))
    assert reading(household, row)["state"] == "waiting"


def test_photos_that_look_alike_have_alike_looks():
    one, again = look_of(encode(corners(640, 480), "JPEG")), look_of(encode(corners(320, 240), "JPEG"))
    assert (int(one, 16) ^ int(again, 16)).bit_count() < 26
    assert len(one) == 64

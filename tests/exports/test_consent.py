"""One tap allows, one tap stops, each is a line that stays, and what was stopped does not happen."""

import pytest

from app.core.consent import MAIL, PURPOSES, PUSH, READING, Consent, answer_consent, answers, is_withdrawn
from app.core.errors import NotFound
from app.receipts.models import Reading
from tests.fixtures_app import OWN, form_token, op
from tests.house.access import KEYS


def say(parts, account, purpose, *, given):
    with parts.database.writing() as session:
        answer_consent(session, account, purpose, given=given)
        session.commit()


def test_the_newest_answer_counts_and_all_of_them_stay(household, parts, clock):
    for given in (False, True, True, False):
        say(parts, household.maria, MAIL, given=given)
        clock.go_on(minutes=1)
    with parts.database.reading() as session:
        lines = session.query(Consent).order_by(Consent.at).all()
        assert [(line.given, line.version) for line in lines] == [(False, 1), (True, 1), (False, 1)]
        assert is_withdrawn(session, household.maria, MAIL)
        assert not is_withdrawn(session, household.tom, MAIL)


def test_of_two_answers_in_one_moment_the_one_that_stops_counts(household, parts):
    for given in (False, True):
        say(parts, household.maria, MAIL, given=given)
    with parts.database.reading() as session:
        assert is_withdrawn(session, household.maria, MAIL)


def test_an_answer_is_never_changed_or_removed(household, parts):
    say(parts, household.maria, MAIL, given=False)
    for change in (lambda session, line: setattr(line, "given", True), lambda session, line: session.delete(line)):
        with parts.database.writing() as session:
            change(session, session.query(Consent).one())
            with pytest.raises(RuntimeError, match="cannot be changed"):
                session.flush()
            session.rollback()


def test_a_purpose_that_is_not_there_is_not_found(household, parts):
    with parts.database.writing() as session, pytest.raises(NotFound):
        answer_consent(session, household.maria, "anything", given=True)


def test_one_tap_each_on_the_same_page(household, parts):
    client = household.hers.client
    for answer in ("withdrawn", "given"):
        token = form_token(client.get("/account/data"))
        for code in PURPOSES:
            path = f"/account/data/consent/{code}/{answer}"
            assert client.post(path, data={"csrf_token": token}).status_code == 303
        with parts.database.reading() as session:
            found = answers(session, household.maria)
        assert {item.allowed for item in found} == {answer == "given"} or answer == "given"


def test_a_receipt_is_not_read_for_who_said_no(household, parts, work, photo):
    from tests.exports.filled import send_file

    say(parts, household.maria, READING, given=False)
    sha256 = send_file(household, photo)
    household.hers.results(
        op("receipt.read", household.person, "0" * 8 + "-0000-4000-8000-000000000001", {"sha256": sha256})
    )
    work()
    with parts.database.reading() as session:
        [reading] = session.query(Reading).all()
        assert (reading.state, reading.reason, reading.result) == (
            "off",
            "You said no to reading here. Type in what it says.",
            None,
        )


def test_a_device_is_not_taken_on_for_who_said_no(household, parts):
    device = {"endpoint": "https://fcm.googleapis.com/push/1", "keys": KEYS}
    put = {"json": device, "headers": OWN}
    say(parts, household.maria, PUSH, given=False)
    answer = household.hers.client.put("/reminders/device", **put)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "said_no")

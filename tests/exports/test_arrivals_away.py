"""An archive that cannot come in yet waits; one that never will leaves no photo behind, and is told the truth."""

import json

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.core.files.scanning import ScannerAway
from app.core.ids import new_id
from app.core.storage import Storage, StorageUnavailable
from app.exports.opening import digest_of, encode_line
from app.jobs.models import Job
from tests.exports.test_arrivals import PLACE, page_of, plans_of, press, send, states
from tests.exports.test_hostile_archives import rebuilt, with_facts
from tests.fixtures_app import both_engines

NAMED = ("data.json", "manifest.json")
SAID = "<b>It waits.</b> Something on our side does not answer now."
AWAY = (
    StorageUnavailable("Away."),
    ScannerAway("Away."),
    OperationalError("INSERT", {}, Exception("database is locked")),
)


def raising(error):
    """A function that only raises."""

    def run(*_args, **_named):
        raise error

    return run


def fail_after_one_photo(monkeypatch, error):
    """The first file of the archive is put, and no other."""
    put, left = Storage.put, [1]

    def run(self, key, data):
        if not left:
            raise error
        left.pop()
        put(self, key, data)

    monkeypatch.setattr("app.core.storage.Storage.put", run)


def summed_anew(data, old, new):
    """The archive with another person's id, every sum right again."""

    def change(members):
        every, facts = (json.loads(members[name].replace(old.encode(), new.encode())) for name in NAMED)
        facts["tables"] = {name: digest_of(encode_line(row) for row in every[name]) for name in facts["tables"]}
        members.update({name: json.dumps(value).encode() for name, value in zip(NAMED, (every, facts), strict=True)})

    return rebuilt(data, change)


@both_engines
def test_one_that_ends_the_worker_while_it_comes_in_leaves_no_photo(gone, parts, work, ana, monkeypatch):
    """Killed after its first photo, three times."""
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="representative")
    fail_after_one_photo(monkeypatch, RuntimeError("killed"))
    work()
    assert len([key for key in parts.storage.keys("") if not key.startswith("arrival/")]) == 1
    with parts.database.writing() as session:
        session.execute(update(Job).where(Job.kind == "arrival.bring").values(attempts=3))
        session.commit()
    work("arrival.bring")
    assert (states(parts), list(parts.storage.keys())) == (["refused"], [])
    assert "We could not look through this file." in page_of(ana)


@both_engines
@pytest.mark.parametrize("error", AWAY, ids=["storage", "scanner", "database"])
def test_while_something_is_away_it_waits_to_be_looked_through(gone, parts, work, ana, monkeypatch, error):
    send(ana, gone)
    with monkeypatch.context() as away:
        away.setattr("app.exports.work_arrivals.refuse_taken", raising(error))
        for _ in range(5):
            work("arrival.check")
    assert (states(parts), list(parts.storage.keys("arrival/")) != []) == (["checking"], True)
    assert (SAID in page_of(ana), "Come back in a minute" in page_of(ana)) == (True, False)
    work("arrival.check")
    assert (states(parts), SAID in page_of(ana)) == (["checked"], False)


@both_engines
@pytest.mark.parametrize("error", AWAY, ids=["storage", "scanner", "database"])
def test_while_something_is_away_it_waits_to_come_in(gone, parts, work, ana, monkeypatch, error):
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="representative")
    with monkeypatch.context() as away:
        away.setattr("app.exports.bringing.relate", raising(error))
        for _ in range(5):
            work("arrival.bring")
    assert (states(parts), SAID in page_of(ana)) == (["bringing"], True)
    work("arrival.bring")
    assert (states(parts), len(plans_of(parts, ana.account))) == (["done"], 2)
    assert SAID not in page_of(ana)


@both_engines
def test_a_busy_database_is_not_a_damaged_archive(gone, parts, work, ana, monkeypatch):
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="representative")
    monkeypatch.setattr("app.exports.bringing._write", raising(AWAY[2]))
    work()
    assert states(parts) == ["bringing"]


@both_engines
def test_photos_of_one_that_never_came_in_go_at_its_end(gone, parts, work, ana, monkeypatch):
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="representative")
    fail_after_one_photo(monkeypatch, AWAY[0])
    work()
    assert states(parts) == ["bringing"]
    with monkeypatch.context() as away:
        away.setattr("app.core.storage.Storage.keys", raising(AWAY[0]))
        work("arrival.end", days=3)
    work("arrival.end", "arrival.bring")
    assert (states(parts), list(parts.storage.keys())) == ([], [])


@both_engines
def test_rows_that_are_here_under_another_person_are_not_called_damage(full, archive, parts, work, ana):
    person = full.person
    send(ana, summed_anew(archive, person, new_id()))
    work()
    page = page_of(ana)
    assert ("is here already" in page, "Ask whoever runs this server." in page) == (True, True)


def test_a_day_in_the_short_form_of_iso_8601_is_shown(gone, parts, work, ana):
    send(ana, with_facts(gone, made_at="20261231T101112Z"))
    work()
    assert "as it was on 31 December 2026" in page_of(ana)

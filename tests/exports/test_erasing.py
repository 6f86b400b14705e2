"""Erased is erased: no row, no file, and no byte in the files of the database, on either engine."""

import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Pending, SignIn
from app.accounts.people.invitations import Offer, accept, invite
from app.core.audit import AuditLine
from app.core.backup import backup, doctor
from app.core.errors import NotFound, Refused
from app.core.ids import new_id
from app.exports.erasing import held_until, leftovers
from app.exports.models import Erasure, HeldLine
from app.exports.queries import kept_keys
from app.exports.service import ask_account_erasure, ask_erasure, keep_person, what_goes
from app.jobs.models import Job
from app.reminders.models import PushSubscription
from app.sync.models import Change, Operation
from tests.exports.filled import send_file
from tests.fixtures_app import Household, both_engines, op

CANARY = re.compile(rb"canary\d{3}xyzzy")


@pytest.fixture
def parts(parts, on_disk):
    return replace(parts, storage=on_disk)


def folders_of(parts):
    """The files of the database, of whichever engine."""
    if parts.database.path is not None:
        return [parts.database.path.parent]
    socket = Path(parts.settings.database_url.partition("host=")[2])
    with parts.database.reading() as session:
        number = (
            session.connection()
            .exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()")
            .scalar_one()
        )
    return [socket / "data" / "base" / str(number)]


def found_in(*folders):
    """How many different canaries lie in any file of these folders."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return len({one for file in files for one in CANARY.findall(file.read_bytes())})


def settle(parts):
    """Have everything that is in memory of a server in its files."""
    if parts.database.path is None:
        with parts.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
            session.exec_driver_sql("CHECKPOINT")


@both_engines
def test_none_of_fifty_canaries_is_left_in_the_database_the_storage_or_a_later_backup(
    full, parts, actor, erase_now, tmp_path
):
    settle(parts)
    places = [*folders_of(parts), tmp_path / "files"]
    before = found_in(*places)
    backup(parts.database, parts.storage, tmp_path / "before")
    in_backup = found_in(tmp_path / "before")
    shutil.rmtree(tmp_path / "before")
    erase_now(actor)
    backup(parts.database, parts.storage, tmp_path / "after")
    assert (before >= 50, in_backup >= 50) == (True, True)
    assert (found_in(*places), found_in(tmp_path / "after")) == (0, 0)
    assert list(parts.storage.keys()) == []
    with parts.database.reading() as session:
        assert leftovers(session, actor.person) == []
    assert doctor(parts.database, parts.storage, files_of=kept_keys) == []


@both_engines
def test_deleting_alone_would_have_left_some(full, parts, actor, monkeypatch, erase_now):
    monkeypatch.setattr("app.core.db.Database.forget_deleted", lambda _: True)
    erase_now(actor)
    settle(parts)
    assert found_in(*folders_of(parts)) > 0


def test_the_phones_of_all_who_acted_for_the_person_are_told_to_wipe(full, parts, actor, erase_now):
    full.hers.catch_up()
    full.his.catch_up()
    erase_now(actor)
    stream = f"person:{actor.person}"
    assert [stream in phone.exchange()["gone"] for phone in (full.hers, full.his)] == [True, True]
    assert full.his.rows("relationship") == {full.link: None}


def test_nothing_in_tables_without_a_person_speaks_of_it(full, parts, actor, erase_now):
    erase_now(actor)
    with parts.database.reading() as session:
        assert session.scalars(select(Operation).where(Operation.stream == f"person:{actor.person}")).all() == []
        assert session.scalars(select(Change.body).where(Change.body.is_not(None), Change.stream != "x")).all() == []
        payloads = [job.payload for job in session.scalars(select(Job)) if job.kind not in {"erase", "erase.traces"}]
        assert [one for one in payloads if actor.person in one.values()] == []


def test_a_funders_lines_stay_as_bare_facts_and_go_when_their_time_is_over(full, parts, actor, erase_now, work):
    with parts.database.reading() as session:
        hold = what_goes(session, actor, years=6).hold
    assert (hold.lines, hold.first, hold.last) == (6, "2033-04-05", "2033-04-05")
    erase_now(actor)
    with parts.database.reading() as session:
        held = session.scalars(select(HeldLine)).all()
        assert [(one.kind, one.amount, one.holding) for one in held] == [("spending", 1250, "direct_payment")] * 6
        assert {one.reference for one in held} == set(session.scalars(select(Erasure.reference)))
    work("hold.end", days=365 * 7)
    with parts.database.reading() as session:
        assert session.scalars(select(HeldLine)).all() == []


@pytest.mark.parametrize(
    ("on", "until"), [("2026-04-05", "2032-04-05"), ("2026-04-06", "2033-04-05"), ("2026-12-31", "2033-04-05")]
)
def test_a_line_is_held_six_years_after_its_tax_year(on, until):
    assert held_until(on, years=6) == until


def test_seven_days_to_change_ones_mind_and_every_manager_may(full, parts, actor, work):
    with parts.database.writing() as session:
        ask_erasure(session, actor, typed=" maria ")
        session.commit()
    work("erase", days=6)
    with parts.database.writing() as session:
        keep_person(session, replace(actor, account=full.tom))
        session.commit()
    work("erase", days=2)
    assert len(full.hers.rows("goal")) == 6


def test_the_name_has_to_be_typed_and_only_a_manager_may(full, parts, actor):
    with parts.database.writing() as session:
        with pytest.raises(Refused, match="Type “Maria”"):
            ask_erasure(session, actor, typed="Mario")
        with pytest.raises(NotFound):
            ask_erasure(session, replace(actor, scopes=frozenset({"see_person"})), typed="Maria")


def test_the_log_says_that_it_was_erased_and_no_word_more(full, parts, actor, erase_now):
    erase_now(actor)
    with parts.database.reading() as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.person_id == actor.person)).all()
        assert "person.erased" in {line.act for line in lines}
        assert not any("canary" in str(line.facts) or "Maria" in str(line.facts) for line in lines)


def erase_account_of(parts, work, account, email):
    with parts.database.writing() as session:
        ask_account_erasure(session, account, typed=email)
        session.commit()
    work("erase", days=8)


@both_engines
def test_an_account_goes_with_its_sign_ins_and_its_name_leaves_other_phones(full, parts, work):
    full.hers.catch_up()
    with parts.database.writing() as session:
        session.add(Pending(key_hash="a" * 64, kind="x", facts={"email": "tom@example.com"},
                            ends_at=parts.database.clock()))  # fmt: skip
        session.commit()
    erase_account_of(parts, work, full.tom, "tom@example.com")
    with parts.database.reading() as session:
        assert session.get(Account, full.tom) is None
        assert session.scalars(select(SignIn).where(SignIn.account_id == full.tom)).all() == []
        assert session.scalars(select(PushSubscription).where(PushSubscription.account_id == full.tom)).all() == []
        assert session.scalars(select(Pending)).all() == []
        assert "Tom" not in str(session.scalars(select(Change.body)).all())
    assert full.his.post(full.his.body()).status_code == 401
    assert full.hers.rows("member")[full.link] is None


def test_who_waits_to_be_let_in_waits_no_more_once_erased(full, parts, actor, work, make_account):
    bo = make_account("bo@example.com", name="Bo")
    with parts.database.writing() as session:
        _, token = invite(session, actor, Offer(name="Bo", role="viewer"))
        accept(session, token, bo)
        session.commit()
    full.hers.catch_up()
    [part] = [row for row in full.hers.rows("relationship").values() if row["role"] == "holder"]
    assert part["asks"] == 1
    erase_account_of(parts, work, bo, "bo@example.com")
    full.hers.catch_up()
    assert full.hers.rows("relationship")[part["id"]]["asks"] == 0


def test_nobody_is_left_without_a_manager(full, parts, work, change_relationship):
    from app.accounts.service import end_relationship

    change_relationship(full.link, end_relationship)
    with parts.database.writing() as session, pytest.raises(Refused, match="Nobody else looks after Maria"):
        ask_account_erasure(session, full.maria, typed="maria@example.com")


def test_an_account_stays_when_a_plan_that_only_it_manages_was_kept_after_all(
    full, parts, actor, work, change_relationship
):
    from app.accounts.service import end_relationship

    change_relationship(full.link, end_relationship)
    with parts.database.writing() as session:
        ask_erasure(session, actor, typed="Maria")
        ask_account_erasure(session, full.maria, typed="maria@example.com")
        keep_person(session, actor)
        session.commit()
    work("erase", days=8)
    with parts.database.reading() as session:
        assert session.get(Account, full.maria) is not None


@both_engines
def test_the_same_photo_in_two_plans_is_two_files_and_erasing_one_keeps_the_other(
    full, parts, photo, erase_now, actor, make_account, make_person, phone, work
):
    ana = make_account("ana@example.com", name="Ana")
    hers = phone(ana)
    other = Household(ana, ana, make_person(ana, name="Ana", role="holder"), "", hers, hers)
    sha256 = send_file(other, photo)
    work()
    assert {key.split("/")[1] for key in parts.storage.keys("") if sha256 in key} == {full.person, other.person}
    erase_now(actor)
    assert {key.split("/")[1] for key in parts.storage.keys("") if sha256 in key} == {other.person}
    assert hers.client.get(f"/files/{other.person}/{sha256}/picture").data.startswith(b"\xff\xd8")
    assert hers.client.get(f"/files/{full.person}/{sha256}/picture").status_code == 404
    assert [body["sha256"] for body in hers.rows("file").values()] == [sha256]


def test_the_same_photo_by_two_people_of_one_plan_opens_nothing_and_outlives_either(
    full, parts, photo, make_account, make_relationship, phone, work
):
    helper = make_account("mo@example.com", name="Mo")
    make_relationship(helper, full.person, role="helper")
    mo, facts = phone(helper), {"size": len(photo), "type": "image/jpeg", "name": "a.jpg"}
    sha256 = hashlib.sha256(photo).hexdigest()
    before = full.hers.rows("file")
    mo.results(op("file.announce", full.person, new_id(), {**facts, "sha256": sha256}))
    assert full.hers.rows("file") == before
    assert (mo.rows("file"), mo.client.get(f"/files/{full.person}/{sha256}/picture").status_code) == ({}, 404)
    with parts.database.writing() as session:
        ask_account_erasure(session, helper, typed="mo@example.com")
        session.commit()
    work("erase", days=8)
    assert full.hers.client.get(f"/files/{full.person}/{sha256}/picture").status_code == 200

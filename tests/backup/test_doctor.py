"""The doctor finds each planted fault, and nothing where all is well."""

import shutil
from collections import namedtuple

import pytest
from sqlalchemy import text

from app.core import schema
from app.core.backup import Finding, doctor
from app.core.storage import Storage
from tests.backup import small_schema
from tests.backup.small_schema import ENGINES

pytestmark = pytest.mark.usefixtures("migrations")


def codes(*args, **facts):
    return [finding.code for finding in doctor(*args, **facts)]


@pytest.fixture
def healthy(new_database):
    database = new_database("sqlite")
    schema.migrate(database)
    small_schema.fill(database, entries=3)
    return database


@pytest.mark.parametrize("engine", ENGINES)
def test_all_is_well(engine, new_database, files):
    database = new_database(engine)
    schema.migrate(database)
    small_schema.fill(database)
    assert doctor(database, files, files_of=lambda _: (set(files.keys()), set(files.keys()))) == []


def test_no_tables_is_found(new_database, files):
    assert codes(new_database("sqlite"), files) == ["no-tables"]


def test_an_older_schema_is_found(new_database, files):
    database = new_database("sqlite")
    schema.migrate(database, "0001")
    [found] = doctor(database, files)
    assert str(found) == "schema: The tables are at 0001, this version needs 0002. Run `inhand admin migrate`."


def test_a_damaged_page_is_found(healthy, files):
    with healthy.writing() as session:
        session.execute(text("CREATE INDEX by_name ON person (name)"))
        session.commit()
    with healthy.engine.connect() as connection:
        page = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'by_name'")).scalar_one()
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    healthy.dispose()
    with healthy.path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 4096 - 12)
        file.write(b"????????????")
    assert "integrity" in codes(healthy, files)


def test_a_row_that_points_to_nothing_is_found(healthy, files):
    with healthy.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM person")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    sentences = [str(found) for found in doctor(healthy, files)]
    assert sentences == ["lost-link: 3 rows point from entry.person_id to nothing."]


def test_missing_and_orphaned_files_are_found(healthy, files):
    known = set(files.keys()) - {"picture/person-0/00"}
    assert codes(healthy, files, files_of=lambda _: ({*known, "picture/gone"}, {*known})) == [
        "missing-files",
        "orphaned-files",
    ]


def test_a_storage_that_cannot_be_reached_is_found(healthy, tmp_path):
    storage = Storage.from_url(f"folder:{tmp_path}/vanishing")
    shutil.rmtree(tmp_path / "vanishing")
    (tmp_path / "vanishing").write_text("a file in its place")
    assert codes(healthy, storage) == ["storage_unavailable"]


def test_a_full_disk_is_found(healthy, files, monkeypatch):
    usage = namedtuple("usage", "total used free")(10**9, 10**9, 5_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert codes(healthy, files) == ["disk", "storage_full"]


def test_the_features_own_questions_are_asked(healthy, files):
    def stuck(session):
        yield Finding("lease", f"{session.scalar(text('SELECT count(*) FROM line'))} jobs are stuck.")

    assert codes(healthy, files, checks=[stuck]) == ["lease"]

"""What was backed up comes back the same, on the same engine or the other, also while people write."""

import subprocess
import sys
import threading

import pytest
from sqlalchemy import text

from app.core import schema
from app.core.backup import BackupRefused, backup, restore, verify
from app.core.backup import take as take_module
from app.core.storage import Storage
from tests.backup.small_schema import ENGINES, content_of, fill

pytestmark = pytest.mark.usefixtures("migrations")


def contents(manifest):
    return {name: note.content for name, note in manifest.tables.items() if name != "installation"}


def filled(database, *, target="head"):
    schema.migrate(database, target)
    fill(database)
    return database


def count(database, table):
    with database.reading() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table}"))


@pytest.mark.parametrize("source", ENGINES)
@pytest.mark.parametrize("target", ENGINES)
def test_backup_then_restore_gives_equal_hashes_on_either_engine(source, target, new_database, files, tmp_path):
    first = backup(filled(new_database(source)), files, tmp_path / "first")
    empty, copies = new_database(target), Storage.from_url("memory:")
    restore(tmp_path / "first", empty, copies)
    second = backup(empty, copies, tmp_path / "second")
    assert contents(first) == contents(second)
    assert first.stored == second.stored
    assert content_of(copies) == content_of(files)
    assert (first.rows, first.files) == (49, 20)


@pytest.mark.parametrize("engine", ENGINES)
def test_values_come_back_as_they_were(engine, new_database, tmp_path):
    database = filled(new_database(engine))
    with database.writing() as session:
        session.execute(text("UPDATE entry SET facts = NULL WHERE pence = 0"))
        session.execute(text("UPDATE entry SET facts = 'null' WHERE pence = -1"))
        session.commit()
    backup(database, Storage.from_url("memory:"), tmp_path / "backup")
    back = new_database(engine)
    restore(tmp_path / "backup", back, Storage.from_url("memory:"))
    wanted = text("SELECT * FROM entry ORDER BY id")
    with database.reading() as before, back.reading() as after:
        assert [tuple(map(str, row)) for row in before.execute(wanted)] == [
            tuple(map(str, row)) for row in after.execute(wanted)
        ]
        for none, null in (("facts IS NULL", "pence = 0"), ("CAST(facts AS TEXT) = 'null'", "pence = -1")):
            asked = text(f"SELECT count(*) FROM entry WHERE {none} AND {null}")
            assert before.scalar(asked) == after.scalar(asked) > 0


@pytest.mark.parametrize("engine", ENGINES)
def test_a_counter_of_the_database_goes_on_behind_what_was_restored(engine, new_database, tmp_path):
    backup(filled(new_database(engine)), Storage.from_url("memory:"), tmp_path / "backup")
    back = new_database(engine)
    restore(tmp_path / "backup", back, Storage.from_url("memory:"))
    with back.writing() as session:
        session.execute(text("INSERT INTO line (words) VALUES ('next')"))
        session.commit()
    assert count(back, "line") == 6


def test_a_restored_installation_begins_a_new_life(new_database, tmp_path):
    database = filled(new_database("sqlite"))
    with database.writing() as session:
        session.execute(text("UPDATE installation SET life = 'the first'"))
        session.commit()
    backup(database, Storage.from_url("memory:"), tmp_path / "backup")
    back = new_database("sqlite")
    restore(tmp_path / "backup", back, Storage.from_url("memory:"))
    with back.reading() as session:
        assert session.scalar(text("SELECT life FROM installation")) == "made by the migration"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_older_backup_is_restored_and_moved_up(engine, new_database, tmp_path):
    backup(filled(new_database(engine), target="0001"), Storage.from_url("memory:"), tmp_path / "backup")
    back = new_database(engine)
    schema.migrate(back)
    restore(tmp_path / "backup", back, Storage.from_url("memory:"))
    with back.reading() as session:
        assert set(session.scalars(text("SELECT colour FROM person"))) == {"plum"}
    assert schema.current(back) == "0002"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_is_one_moment_and_stops_no_writer(engine, new_database, files, tmp_path, monkeypatch):
    """Between any two tables somebody writes (a lock would end this test): the copy has none of it."""
    database = filled(new_database(engine))
    real = take_module._write_table

    def write_in_between(session, table, folder):
        note = real(session, table, folder)
        with database.writing() as other:
            other.execute(text(f"INSERT INTO person (id, name) VALUES ('late-{table.name}', 'late')"))
            other.execute(text("INSERT INTO line (words) VALUES ('late')"))
            other.commit()
        return note

    monkeypatch.setattr(take_module, "_write_table", write_in_between)
    found = backup(database, files, tmp_path / "backup")
    assert (found.tables["person"].rows, found.tables["line"].rows) == (3, 5)
    assert (count(database, "person"), count(database, "line")) == (7, 9)


BACKUP = """
import sys
from pathlib import Path
from app.core.backup import backup
from app.core.db import Database
from app.core.storage import Storage
for number in range(2):
    backup(Database(sys.argv[1]), Storage.from_url(sys.argv[2]), Path(sys.argv[3]) / str(number))
"""


class Writers:
    """Threads that each write a file, then a person and an entry, again and again while others copy."""

    def __init__(self, database, storage, count=3):
        self.database, self.storage, self.stop, self.written = database, storage, threading.Event(), []
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(count)]

    def write(self, number):
        made = 0
        while not self.stop.wait(0.01):
            name = f"w{number}-{made}"
            self.storage.put(f"original/{name}", name.encode())
            with self.database.writing() as session:
                session.execute(text(f"INSERT INTO person (id, name) VALUES ('{name}', '{name}')"))
                values = f"('{name}', '{name}', 1, true)"
                session.execute(text(f"INSERT INTO entry (id, person_id, pence, kept) VALUES {values}"))
                session.commit()
            self.written.append(name)
            made += 1

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.parametrize("engine", ENGINES)
def test_backups_under_load_are_whole_and_restore_to_one_moment(engine, new_database, files, tmp_path):
    database = filled(new_database(engine))
    with Writers(database, files) as writers:
        subprocess.run(
            [sys.executable, "-c", BACKUP, database.url, files.url, tmp_path], check=True, capture_output=True
        )
    assert len(writers.written) > 0
    assert count(database, "person") == len(writers.written) + 3
    for number in range(2):
        found = verify(tmp_path / str(number))
        back, copies = new_database(engine), Storage.from_url("memory:")
        restore(tmp_path / str(number), back, copies)
        assert contents(backup(back, copies, tmp_path / f"again-{number}")) == contents(found)
        with back.reading() as session:
            names = set(session.scalars(text("SELECT id FROM person WHERE id LIKE 'w%'")))
            assert names == set(session.scalars(text("SELECT id FROM entry WHERE id LIKE 'w%'")))
        assert {f"original/{name}" for name in names} <= set(copies.keys())


def test_an_empty_database_has_nothing_to_back_up(new_database, files, tmp_path):
    with pytest.raises(BackupRefused, match="no tables yet"):
        backup(new_database("sqlite"), files, tmp_path / "backup")


def test_a_backup_is_never_written_over_another(new_database, files, tmp_path):
    database = filled(new_database("sqlite"))
    backup(database, files, tmp_path / "backup")
    with pytest.raises(BackupRefused, match="is not empty"):
        backup(database, files, tmp_path / "backup")
    verify(tmp_path / "backup")


def test_a_backup_is_for_its_owner_only(new_database, files, tmp_path):
    backup(filled(new_database("sqlite")), files, tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0


def test_a_backup_on_a_disk_that_fails_is_a_sentence_and_no_backup(new_database, files, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(take_module, "_copy_files", full)
    with pytest.raises(BackupRefused, match="unfinished: no space left on device"):
        backup(filled(new_database("sqlite")), files, tmp_path / "backup")
    with pytest.raises(BackupRefused, match="no finished backup"):
        verify(tmp_path / "backup")

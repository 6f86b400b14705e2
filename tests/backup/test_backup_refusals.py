"""A backup that is not whole, is newer, or would fall upon something else is refused before anything changes."""

import json

import pytest
from sqlalchemy import text

from app.core import schema
from app.core.backup import BackupRefused, backup, restore, verify
from app.core.backup import restore as restore_function
from app.core.storage import Storage
from tests.backup import small_schema
from tests.backup.small_schema import ENGINES, content_of

pytestmark = pytest.mark.usefixtures("migrations")


@pytest.fixture
def whole(new_database, files, tmp_path):
    database = new_database("sqlite")
    schema.migrate(database)
    small_schema.fill(database)
    backup(database, files, tmp_path / "backup")
    return tmp_path / "backup"


def remove_manifest(folder):
    (folder / "manifest.json").unlink()


def cut_manifest(folder):
    place = folder / "manifest.json"
    place.write_bytes(place.read_bytes()[:-40])


def change_manifest(folder):
    place = folder / "manifest.json"
    facts = json.loads(place.read_text())
    facts["tables"]["person"]["rows"] = 2
    place.write_text(json.dumps(facts))


def no_object(folder):
    (folder / "manifest.json").write_text("[]")


def lose_a_row(folder):
    place = folder / "tables" / "person.jsonl"
    place.write_bytes(b"".join(place.read_bytes().splitlines(keepends=True)[1:]))


def change_a_digit(folder):
    place = folder / "tables" / "entry.jsonl"
    place.write_bytes(place.read_bytes().replace(b"9007199254740993", b"9007199254740994", 1))


def lose_a_table(folder):
    (folder / "tables" / "line.jsonl").unlink()


def lose_a_file(folder):
    (folder / "files" / "picture" / "person-1" / "07").unlink()


def change_a_file(folder):
    place = folder / "files" / "picture" / "person-1" / "07"
    place.write_bytes(place.read_bytes()[:-1] + b"?")


FAULTS = {
    remove_manifest: "no finished backup",
    cut_manifest: "manifest.json in .* is damaged",
    change_manifest: "manifest.json in .* is damaged",
    no_object: "manifest.json in .* is damaged",
    lose_a_row: "The table person in .* is damaged",
    change_a_digit: "The table entry in .* is damaged",
    lose_a_table: "The table line in .* is damaged",
    lose_a_file: "The file picture/person-1/07 in .* is damaged or missing",
    change_a_file: "The file picture/person-1/07 in .* is damaged or missing",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_touched(fault, whole, new_database):
    fault(whole)
    target, storage = new_database("sqlite"), Storage.from_url("memory:")
    with pytest.raises(BackupRefused, match=FAULTS[fault]):
        restore(whole, target, storage)
    assert schema.current(target) is None
    assert list(storage.keys()) == []


def test_a_whole_backup_passes(whole):
    assert verify(whole).schema == "0002"


def test_a_newer_backup_is_refused(whole, new_database, tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "MIGRATIONS", small_schema.write_migrations(tmp_path / "older", newest="0001"))
    with pytest.raises(BackupRefused, match=r"newer version of Inhand \(0002\)"):
        restore(whole, new_database("sqlite"), Storage.from_url("memory:"))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_database_with_rows_is_refused_and_keeps_them(engine, whole, new_database):
    target = new_database(engine)
    schema.migrate(target)
    with target.writing() as session:
        session.execute(text("INSERT INTO person (id, name) VALUES ('mine', 'Ann')"))
        session.commit()
    with pytest.raises(BackupRefused, match="rows in the table person"):
        restore(whole, target, Storage.from_url("memory:"))
    with target.reading() as session:
        assert session.scalars(text("SELECT name FROM person")).all() == ["Ann"]


def test_a_storage_with_other_files_is_refused_and_keeps_them(whole, new_database):
    storage = Storage.from_url("memory:")
    storage.put("other/file", b"mine")
    with pytest.raises(BackupRefused, match="the file other/file"):
        restore(whole, new_database("sqlite"), storage)
    assert content_of(storage) == {"other/file": b"mine"}


def test_a_restore_that_was_cut_off_can_be_run_again(whole, new_database, files, monkeypatch):
    target, storage = new_database("sqlite"), Storage.from_url("memory:")
    module = restore_function.__globals__

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(module, "_compare", die)
        with pytest.raises(KeyboardInterrupt):
            restore(whole, target, storage)
    restore(whole, target, storage)
    assert content_of(storage) == content_of(files)


def test_rows_that_come_back_different_are_never_committed(whole, new_database, monkeypatch):
    target = new_database("sqlite")
    real = restore_function.__globals__["decode_row"]
    wrong = lambda line: real(line) | ({"name": "?"} if b'"name"' in line else {})  # noqa: E731
    monkeypatch.setitem(restore_function.__globals__, "decode_row", wrong)
    with pytest.raises(BackupRefused, match="The table person did not come back as it was"):
        restore(whole, target, Storage.from_url("memory:"))
    with target.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM person")) == 0


def test_a_manifest_cannot_name_a_table_outside_its_folder(whole):
    place = whole / "manifest.json"
    facts = json.loads(place.read_text())
    facts.pop("seal")
    facts["tables"]["../../secret"] = facts["tables"].pop("person")
    seal = restore_function.__globals__["Manifest"].read.__func__.__globals__["_seal"](facts)
    place.write_text(json.dumps(facts | {"seal": seal}))
    with pytest.raises(BackupRefused, match="damaged"):
        verify(whole)

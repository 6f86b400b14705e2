"""The app's own tables, with the invented people in them, go from each engine to the other and back unchanged."""

import pytest

from app.commands import FILLED_BY_MIGRATE
from app.core import schema
from app.core.backup import BackupRefused, backup, doctor, restore
from app.core.backup.restore import OF_THE_INSTALLATION
from app.core.settings import Settings
from app.core.storage import Storage
from app.core.web import Services
from app.demo.load import load_demo
from app.demo.priya import priya
from app.factory import make_registry
from app.options.service import load_starter
from app.sync.models import incarnation
from tests.backup.small_schema import ENGINES


def contents(manifest):
    return {name: note.content for name, note in manifest.tables.items() if name not in OF_THE_INSTALLATION}


@pytest.mark.parametrize("source", ENGINES)
@pytest.mark.parametrize("target", ENGINES)
def test_people_go_there_and_back_unchanged(source, target, new_database, tmp_path):
    here, there = new_database(source), new_database(target)
    parts = Services(Settings(demo=True), here, Storage.from_url("memory:"))
    schema.migrate(here)
    load_demo(parts, make_registry(), if_empty=False, tellers=(priya,))
    first = backup(here, parts.storage, tmp_path / "first")
    restore(tmp_path / "first", there, Storage.from_url("memory:"))
    assert contents(first) == contents(backup(there, parts.storage, tmp_path / "second"))
    assert first.tables["entry"].rows > 0
    assert doctor(there, parts.storage) == []
    with here.reading() as before, there.reading() as after:
        assert incarnation(before) != incarnation(after)


def test_a_backup_goes_into_a_place_that_only_holds_what_every_start_puts_there(new_database, tmp_path):
    here, there = new_database("sqlite"), new_database("sqlite")
    for database in (here, there):
        schema.migrate(database)
        with database.writing() as session:
            load_starter(session)
            session.commit()
    backup(here, Storage.from_url("memory:"), tmp_path / "first")
    with pytest.raises(BackupRefused, match="something here already"):
        restore(tmp_path / "first", there, Storage.from_url("memory:"))
    restore(tmp_path / "first", there, Storage.from_url("memory:"), ignoring=FILLED_BY_MIGRATE)
    assert doctor(there, Storage.from_url("memory:")) == []

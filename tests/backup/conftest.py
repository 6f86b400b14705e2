"""Fixtures of the backup tests: two engines, small migrations, a storage with files."""

import pytest

from app.core import schema
from app.core.db import Database
from app.core.storage import Storage
from tests.backup import small_schema
from tests.postgres import postgres_url


@pytest.fixture
def migrations(tmp_path, monkeypatch):
    """The small migrations in place of the app's."""
    folder = small_schema.write_migrations(tmp_path / "migrations")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return folder


@pytest.fixture
def new_database(tmp_path):
    """Make an empty database of either engine; closed at the end."""
    opened = []

    def make(engine: str) -> Database:
        path = tmp_path / f"database-{len(opened)}.db"
        opened.append(Database(f"sqlite:///{path}" if engine == "sqlite" else postgres_url()))
        return opened[-1]

    yield make
    for database in opened:
        database.dispose()


@pytest.fixture
def files(tmp_path):
    """A folder with some files."""
    storage = Storage.from_url(f"folder:{tmp_path}/files")
    for number in range(20):
        storage.put(f"picture/person-{number % 3}/{number:02}", bytes([number]) * number * 100)
    return storage

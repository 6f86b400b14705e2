"""The directory is loaded by a command, and whenever the database is brought up to date."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.commands import main
from app.core.schema import differences, migrate, migrate_down
from app.core.web import Services
from app.options.service import read_starter
from tests.fixtures_app import both_engines


@pytest.fixture
def inhand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line over an empty folder."""
    monkeypatch.setenv("INHAND_DATABASE_URL", f"sqlite:///{tmp_path}/inhand.db")
    monkeypatch.setenv("INHAND_STORAGE_URL", "memory:")
    monkeypatch.setenv("INHAND_BACKUP_FOLDER", str(tmp_path / "backups"))
    return CliRunner()


def run(inhand: CliRunner, *words: str) -> Result:
    result = inhand.invoke(main, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_migrating_loads_the_directory_and_loading_again_says_that_it_is_there(inhand: CliRunner) -> None:
    assert f"The directory: {len(read_starter())} new" in run(inhand, "admin", "migrate").output
    assert run(inhand, "options", "load").output == "The directory is up to date already.\n"


@both_engines
def test_the_tables_go_and_come_back_as_the_models_say(parts: Services) -> None:
    migrate_down(parts.database, "0001")
    migrate(parts.database)
    assert differences(parts.database) == []

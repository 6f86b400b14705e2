"""The contracts of pyproject.toml hold, and each of them finds the fault that it is there for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = [
    ("features", "app/plans/service.py", "from app.budgets import models as planted"),
    ("features", "app/core/words.py", "from app.sync import models as planted"),
    ("roles", "app/budgets/models.py", "from app.budgets import service as planted"),
    ("web", "app/accounts/handlers.py", "from app.sync import api as planted"),
    ("domain", "app/plans/service.py", "from flask import request as planted"),
    ("pure", "app/budgets/ledger.py", "from sqlalchemy import text as planted"),
    ("sync", "app/sync/models.py", "from app.sync import send as planted"),
    ("jobs", "app/jobs/models.py", "from app.jobs import worker as planted"),
]


def lint(folder: Path, contract: str | None = None) -> tuple[int, str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    command += ["--contract", contract] if contract else []
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """A copy of the Python of the app with the contracts, to plant faults in."""
    shutil.copytree(project / "app", tmp_path / "app", ignore=shutil.ignore_patterns("static", "__pycache__", "data"))
    shutil.copy(project / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(project: Path) -> None:
    status, said = lint(project)
    assert status == 0, said


@pytest.mark.parametrize(("contract", "file", "line"), FAULTS, ids=[f"{fault[0]}:{fault[1]}" for fault in FAULTS])
def test_a_forbidden_import_breaks_its_contract(copy: Path, contract: str, file: str, line: str) -> None:
    with (copy / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    status, said = lint(copy, contract)
    assert status == 1, said
    assert "BROKEN" in said


def test_a_module_without_a_place_breaks_the_contract_of_roles(copy: Path) -> None:
    (copy / "app/plans/helpers.py").write_text("")
    status, said = lint(copy, "roles")
    assert status == 1
    assert "helpers" in said


def test_a_feature_without_a_place_breaks_the_contract_of_features(copy: Path) -> None:
    (copy / "app/extras").mkdir()
    (copy / "app/extras/__init__.py").write_text("")
    assert lint(copy, "features")[0] == 1

"""Without the optional model nothing is checked by half: the engine says so, and nothing comes out."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from app.peers import commands
from app.peers.anonymise import engine, model


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    model.load_model.cache_clear()
    engine.ready.cache_clear()
    yield
    model.load_model.cache_clear()
    engine.ready.cache_clear()


@pytest.mark.parametrize("absent", ["onnxruntime", "tokenizers", "numpy"])
def test_without_the_runtime_the_engine_is_not_ready(monkeypatch: pytest.MonkeyPatch, absent: str) -> None:
    real = importlib.import_module

    def without(name: str, *rest: Any) -> Any:
        if name == absent:
            raise ModuleNotFoundError(f"No module named {name!r}")
        return real(name, *rest)

    monkeypatch.setattr(model.importlib, "import_module", without)
    with pytest.raises(model.DetectorMissing, match="nothing is shared"):
        engine.ready()


def test_without_the_weights_the_engine_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "PACKAGE", "no-such-package-of-weights")
    with pytest.raises(model.DetectorMissing):
        engine.ready()


def test_the_command_says_so_and_gives_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "PACKAGE", "no-such-package-of-weights")
    result = CliRunner().invoke(commands.peers, ["redact", "-"], input='{"id": 1, "text": "My daughter Aisha"}\n')
    assert result.exit_code == 1
    assert "Aisha" not in result.output
    assert "not installed" in result.output

"""The documents hold together, and each check of them finds its planted fault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from check_docs import (
    broken_links,
    faults,
    lost_commands,
    old_settings,
    unnamed_commands,
    unnamed_dependencies,
    with_settings,
)

PYPROJECT = '[project]\ndependencies = ["flask>=3"]\noptional-dependencies = { dev = ["pytest>=9"] }\n'
PACKAGE = '{"dependencies": {"preact": "1"}, "devDependencies": {}}'
README = "# A\n\n[on](docs/b.md#more-to-say) bin/run flask pytest preact\n"
TABLE = "<!-- settings: made -->\n<!-- /settings -->\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project whose documents hold."""
    texts = {"README.md": with_settings(README + TABLE), "CONTRIBUTING.md": "# B\n", "pyproject.toml": PYPROJECT}
    texts |= {"package.json": PACKAGE, "docs/b.md": "# B\n\n## More to say!\n", "bin/run": "", "bin/lib.sh": ""}
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_documents_of_the_project_hold() -> None:
    assert faults() == []


def test_good_documents_have_no_faults(small: Path) -> None:
    assert faults(small) == []


@pytest.mark.parametrize(
    ("check", "line"), [(broken_links, "[x](docs/lost.md)"), (broken_links, "[x](docs/b.md#lost)")]
)
def test_a_link_to_nowhere_is_found(small: Path, check: Callable[[Path, Path], Iterator[str]], line: str) -> None:
    (small / "CONTRIBUTING.md").write_text(line)
    assert len(list(check(small / "CONTRIBUTING.md", small))) == 1


def test_a_command_that_is_not_there_is_found(small: Path) -> None:
    (small / "CONTRIBUTING.md").write_text("Run `bin/lost`.")
    assert list(lost_commands(small / "CONTRIBUTING.md", small)) == ["CONTRIBUTING.md: there is no bin/lost"]


def test_a_command_that_nobody_names_is_found(small: Path) -> None:
    (small / "bin/more").write_text("")
    assert len(list(unnamed_commands(small))) == 1


def test_a_dependency_without_a_reason_is_found(small: Path) -> None:
    (small / "package.json").write_text('{"dependencies": {"preact-extra": "1"}, "devDependencies": {}}')
    assert list(unnamed_dependencies(small)) == ["README.md does not say what preact-extra is for"]


def test_an_old_table_of_settings_is_found(small: Path) -> None:
    (small / "README.md").write_text(README + TABLE)
    assert len(list(old_settings(small))) == 1

"""The documents hold together, and each check of them finds its planted fault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from check_docs import (
    MADE,
    broken_links,
    faults,
    lost_commands,
    lost_tests,
    outdated,
    unnamed_commands,
    unnamed_dependencies,
    write_made,
)
from describe_acts import operations_table, operations_types
from marshmallow import Schema, fields

from app.budgets.schemas import PeriodEnd
from app.factory import make_registry
from app.sync.facts import Facts, words
from app.sync.registry import Act, Registry

PYPROJECT = '[project]\ndependencies = ["flask>=3"]\noptional-dependencies = { dev = ["pytest>=9"] }\n'
PACKAGE = '{"dependencies": {"preact": "1"}, "devDependencies": {}}'
README = "# A\n\n[on](docs/b.md#more-to-say) bin/run flask pytest preact\n"
TABLE = "<!-- settings: made -->\n<!-- /settings -->\n"
KEPT = "<!-- kept: made -->\n<!-- /kept -->\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project whose documents hold."""
    texts = {"README.md": README + TABLE, "CONTRIBUTING.md": "# B\n", "pyproject.toml": PYPROJECT}
    texts |= {
        "package.json": PACKAGE,
        "docs/b.md": "# B\n\n## More to say!\n",
        "docs/sync-protocol.md": "",
        "docs/data-protection.md": KEPT,
        "bin/run": "",
        "bin/lib.sh": "",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "app/static/js/core").mkdir(parents=True)
    write_made(tmp_path)
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


@pytest.mark.parametrize("proof", ["`test_lost`", '`a.test.mjs`: "lost"', '`lost.test.mjs`: "kept"'])
def test_a_test_that_is_not_there_is_found(small: Path, proof: str) -> None:
    (small / "tests/js").mkdir(parents=True)
    (small / "tests/js/a.test.mjs").write_text('test("kept", () => {});')
    (small / "tests/test_a.py").write_text("def test_kept(): ...\n")
    (small / "CONTRIBUTING.md").write_text(f'`test_kept` and `a.test.mjs`: "kept" and {proof}')
    assert len(list(lost_tests(small / "CONTRIBUTING.md", small))) == 1


def test_a_command_that_nobody_names_is_found(small: Path) -> None:
    (small / "bin/more").write_text("")
    assert len(list(unnamed_commands(small))) == 1


def test_a_dependency_without_a_reason_is_found(small: Path) -> None:
    (small / "package.json").write_text('{"dependencies": {"preact-extra": "1"}, "devDependencies": {}}')
    assert list(unnamed_dependencies(small)) == ["README.md does not say what preact-extra is for"]


@pytest.mark.parametrize("name", MADE)
def test_what_is_behind_the_code_is_found(small: Path, name: str) -> None:
    (small / name).write_text((small / name).read_text().replace("|", "!"))
    assert list(outdated(small)) == [f"{name} is behind the code: python tests/house/check_docs.py --write"]


def test_what_was_never_made_is_found(small: Path) -> None:
    (small / "docs/operations-table.md").unlink()
    assert len(list(outdated(small))) == 1


def registry_of(schema: Schema) -> Registry:
    """A registry of one act with these facts."""
    registry = Registry()
    registry.add(Act("a.b", 1, "see_plan", schema, lambda *_: None, says="Do it."))
    return registry


def test_every_act_and_each_of_its_facts_stands_in_the_table() -> None:
    registry = make_registry()
    rows = operations_table(registry).splitlines()
    for act in registry.acts.values():
        [row] = [row for row in rows if row.startswith(f"| `{act.name}` |")]
        assert [name for name in act.schema.fields if f"`{name}`" not in row] == []


def test_types_follow_what_a_schema_takes() -> None:
    types = operations_types(registry_of(PeriodEnd()))
    for line in ("  give_back: number;", "  next?: NextPeriod | null;", "  ends_on: Day;", '  "a.b": PeriodEnd;'):
        assert line in types


def test_two_schemas_of_one_name_are_refused() -> None:
    registry = registry_of(PeriodEnd())
    other = type("PeriodEnd", (Facts,), {"__doc__": "Another.", "name": words()})
    registry.add(Act("c.d", 1, "see_plan", other(), lambda *_: None, says="Do it."))
    with pytest.raises(TypeError, match="PeriodEnd"):
        operations_types(registry)


@pytest.mark.parametrize("field", [fields.String(), fields.Integer(), fields.List(words()), fields.Float()])
def test_a_fact_without_bounds_or_of_an_unknown_kind_is_refused(field: fields.Field) -> None:
    schema = type("Loose", (Facts,), {"__doc__": "Loose.", "fact": field})()
    with pytest.raises(TypeError):
        operations_table(registry_of(schema))

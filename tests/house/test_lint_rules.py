"""Each rule of the house finds its planted fault and leaves good code alone."""

import json
import subprocess
from pathlib import Path

import pytest
from lint_rules import (
    Rule,
    findings,
    no_engine_branch,
    no_hidden_facts,
    nothing_silenced,
    one_clock,
    parse,
    read_sources,
    read_tests,
    the_caller_commits,
)

GIVEN_SESSION = "def write(session):\n    session.commit()\n"
OWN_SESSION = "def write(database):\n    with database.writing() as session:\n        session.commit()\n"
PYTHON = [
    (nothing_silenced, "app/a.py", "x = y  # type" + ": ignore\n", "x = y  # a type\n"),
    (nothing_silenced, "app/a.py", "x = 1  # TO" + "DO later\n", "x = 1  # to do with money\n"),
    (one_clock, "app/a.py", "moment = datetime.now(UTC)\n", "moment = clock()\n"),
    (one_clock, "app/a.py", "import time\nx = time.time()\n", "import time\nx = time.monotonic()\n"),
    (one_clock, "app/a.py", "import datetime\nx = datetime.date.today()\n", "x = day.today\n"),
    (the_caller_commits, "app/plans/service.py", GIVEN_SESSION, OWN_SESSION),
    (no_engine_branch, "app/a.py", "if session.bind.dialect.name == 'sqlite':\n    pass\n", "dialect = 'Scots'\n"),
    (no_engine_branch, "app/a.py", "from sqlalchemy.dialects import sqlite\n", "from sqlalchemy import text\n"),
    (no_hidden_facts, "app/a.py", "from flask import g\n", "from flask import request\n"),
]
STATIC = "app/static/js"
JAVASCRIPT = [
    (
        "house/own-door",
        "core/sync.js",
        "export const go = () => fetch('/sync');",
        "export const go = (net) => net.fetch('/sync');",
    ),
    (
        "house/own-door",
        "plans/goal.js",
        "export const open = () => indexedDB.open('x', 1);",
        "export const open = (indexedDB) => indexedDB.open('x', 1);",
    ),
    (
        "house/own-door",
        "plans/goal.js",
        "export const open = () => window.indexedDB.open('x');",
        "export const open = () => window.scrollTo(0, 0);",
    ),
    ("house/own-door", "main.js", "fetch('/sync');", "start({ indexedDB: window.indexedDB, fetch });"),
    ("house/own-door", "core/net.js", "indexedDB.open('x');", "export const go = () => fetch('/sync');"),
    (
        "house/whole-types",
        "core/a.js",
        "// @ts-" + "ignore\nexport const a = 1;",
        "// ignored by people\nexport const a = 1;",
    ),
    (
        "house/whole-types",
        "core/a.js",
        "/** @type {any} */\nexport const a = 1;",
        "/** Any number will do. */\nexport const a = 1;",
    ),
    (
        "house/whole-types",
        "core/a.js",
        "/** @param {Map<string, any[]>} a */\nexport const b = (a) => a;",
        "/** @param {Map<string, Company>} a */\nexport const b = (a) => a;",
    ),
    ("house/one-way", "core/a.js", "import '../plans/goal.js';", "import './b.js';"),
    ("house/one-way", "plans/a.js", "import '../main.js';", "import '../core/b.js';"),
    (
        "house/few-paths",
        "core/a.js",
        "export function f(a) {" + "if (a) a();" * 8 + "}",
        "export function f(a) {" + "if (a) a();" * 7 + "}",
    ),
    ("max-lines", "core/a.js", "export const a = 1;\n" + "\n" * 400, "export const a = 1;\n" + "\n" * 390),
    (
        "max-lines-per-function",
        "core/a.js",
        "export function f() {" + "\n" * 40 + "}",
        "export function f() {" + "\n" * 39 + "}",
    ),
    (
        "no-restricted-syntax",
        "core/a.js",
        "export const f = (a, b) => { a.innerHTML = b; };",
        "export const f = (a, b) => { a.textContent = b; };",
    ),
]


@pytest.mark.parametrize(("rule", "path", "bad", "good"), PYTHON)
def test_a_rule_for_python_finds_its_fault_and_no_other(rule: Rule, path: str, bad: str, good: str) -> None:
    assert len(findings([parse(path, bad)], (rule,))) == 1
    assert findings([parse(path, good)], (rule,)) == []


def test_the_rules_for_python_find_nothing() -> None:
    assert [str(found) for found in findings(read_sources())] == []
    assert [str(found) for found in findings(read_tests(), (nothing_silenced,))] == []


def test_the_rules_for_python_read_the_whole_app(project: Path) -> None:
    assert len(read_sources()) == len(list((project / "app").rglob("*.py"))) + 1


def plant(file: Path, text: str) -> None:
    """Write a text with all its folders."""
    file.parent.mkdir(parents=True)
    file.write_text(text)


def run_on(project: Path, folder: Path) -> dict[str, set[str]]:
    """One run of eslint over planted folders: the rules broken in each."""
    for name in ("eslint.config.mjs", "eslint_rules.mjs"):
        text = (project / "tests/house" / name).read_text()
        (folder / name).write_text(text.replace('"app/static', '"*/app/static'))
    command = ["node", str(project / "node_modules/eslint/bin/eslint.js"), "--format", "json"]
    command += ["--config", "eslint.config.mjs", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    broken: dict[str, set[str]] = {}
    for file in json.loads(done.stdout):
        name = Path(file["filePath"]).relative_to(folder).parts[0]
        broken.setdefault(name, set()).update(found["ruleId"] for found in file["messages"])
    return broken


@pytest.fixture(scope="module")
def linted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The rules broken by every planted text, bad and good, by one run of eslint."""
    project = Path(__file__).resolve().parents[2]
    folder = tmp_path_factory.mktemp("lint")
    for number, (_, path, bad, good) in enumerate(JAVASCRIPT):
        plant(folder / f"bad{number}" / STATIC / path, bad)
        plant(folder / f"good{number}" / STATIC / path, good)
    return run_on(project, folder)


@pytest.mark.parametrize("number", range(len(JAVASCRIPT)), ids=[f"{case[0]}:{case[1]}" for case in JAVASCRIPT])
def test_a_rule_for_javascript_finds_its_fault_and_no_other(linted: dict[str, set[str]], number: int) -> None:
    rule = JAVASCRIPT[number][0]
    assert rule in linted[f"bad{number}"]
    assert rule not in linted[f"good{number}"]

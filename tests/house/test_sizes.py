"""Files and functions stay small: 400 and 40 lines at most, nine functions in ten with 20 or fewer."""

from pathlib import Path

from lint_rules import LONGEST_FILE, SHORT_SHARE, findings, parse, read_sources, read_tests, short_share, size

WRITTEN = ("app/static/js", "app/static/css", "app/static/sw.js", "tests", "bin")
KINDS = {".js", ".mjs", ".sh", ".py", ".scss", ".html", ""}


def test_no_file_or_function_of_python_is_too_long() -> None:
    assert [str(found) for found in findings(read_sources() + read_tests(), (size,))] == []


def test_nine_functions_in_ten_are_short() -> None:
    assert short_share(read_sources()) >= SHORT_SHARE


def test_no_other_file_is_too_long(project: Path) -> None:
    files = [file for name in WRITTEN for file in [project / name, *(project / name).rglob("*")]]
    ours = [file for file in files if file.is_file() and file.suffix in KINDS and "__pycache__" not in file.parts]
    long_ones = [str(file) for file in ours if file.read_text(encoding="utf-8").count("\n") > LONGEST_FILE]
    assert len(ours) > 50
    assert long_ones == []


def test_a_long_file_is_found() -> None:
    assert [found.line for found in findings([parse("app/a.py", "\n" * 401)], (size,))] == [LONGEST_FILE]
    assert findings([parse("app/a.py", "\n" * 400)], (size,)) == []


def test_a_long_function_is_found() -> None:
    long_one = "def f():\n" + "    x = 1\n" * 40
    assert len(findings([parse("app/a.py", long_one)], (size,))) == 1
    assert findings([parse("app/a.py", long_one.removesuffix("    x = 1\n"))], (size,)) == []


def test_the_share_of_short_functions_counts_by_lines() -> None:
    short, long = "def f():\n    pass\n", "def g():\n" + "    x = 1\n" * 20
    assert short_share([parse("app/a.py", short + long)]) == 0.5

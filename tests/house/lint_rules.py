"""The house's own rules for Python, with the sizes of files and functions. Run by bin/check; faults are planted
for each in test_lint_rules.py.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
SHORT_FUNCTION = 20
SHORT_SHARE = 0.9
LATER = "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3))

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file of Python: its path below the project, its text and its tree."""

    path: str
    text: str
    tree: ast.Module


@dataclass(frozen=True)
class Finding:
    """What is not as the house wants it, and where."""

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}"


Rule = Callable[[Source], Iterator[Finding]]


def nothing_silenced(source: Source) -> Iterator[Finding]:
    """No type check is silenced and nothing is put off."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        if re.search(r"#\s*type:\s*ignore", line):
            yield Finding(source.path, number, "Nothing may silence the type check.")
        if re.search(rf"#.*\b(?:{LATER})\b", line):
            yield Finding(source.path, number, "Do it now, or write an issue.")


def one_clock(source: Source) -> Iterator[Finding]:
    """Only core/clock.py reads the time, so that a test can stand still."""
    if source.path == "app/core/clock.py":
        return
    readers = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and (last_name(node.value), node.attr) in readers:
            yield Finding(source.path, node.lineno, "Only core/clock.py reads the time.")


def the_caller_commits(source: Source) -> Iterator[Finding]:
    """Domain code commits no session it was given: who opened it with `writing()` does, once."""
    if Path(source.path).stem not in {"access", "models", "policy", "queries", "service"}:
        return
    own = {call for node in ast.walk(source.tree) if opens_session(node) for call in commits(node)}
    for call in commits(source.tree):
        if call not in own:
            yield Finding(source.path, call.lineno, "The caller commits, once.")


def no_engine_branch(source: Source) -> Iterator[Finding]:
    """Only core/db.py and core/storage.py know which engine is under them."""
    if source.path in {"app/core/db.py", "app/core/storage.py"}:
        return
    for node in ast.walk(source.tree):
        asks = isinstance(node, ast.Attribute) and node.attr in {"dialect", "drivername"}
        imports = isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy.dialects")
        if asks or imports:
            yield Finding(source.path, node.lineno, "Only core/db.py and core/storage.py know the engine.")


def no_hidden_facts(source: Source) -> Iterator[Finding]:
    """Nothing travels by flask.g: a function is given what it needs."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "flask" and any(name.name == "g" for name in node.names):
            yield Finding(source.path, node.lineno, "Pass it as an argument; flask.g hides it.")


def size(source: Source) -> Iterator[Finding]:
    """A file of at most 400 lines, a function of at most 40."""
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield Finding(source.path, LONGEST_FILE, f"{lines} lines; {LONGEST_FILE} at most.")
    for node in functions(source):
        if length(node) > LONGEST_FUNCTION:
            yield Finding(
                source.path, node.lineno, f"{node.name} has {length(node)} lines; {LONGEST_FUNCTION} at most."
            )


RULES: tuple[Rule, ...] = (nothing_silenced, one_clock, the_caller_commits, no_engine_branch, no_hidden_facts, size)


def opens_session(node: ast.AST) -> bool:
    """Whether this is a `with database.writing()`."""
    if not isinstance(node, ast.With):
        return False
    return any(
        isinstance(item.context_expr, ast.Call) and called(item.context_expr) == "writing" for item in node.items
    )


def commits(tree: ast.AST) -> list[ast.Call]:
    """Every call of a method named commit."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) == "commit"]


def called(call: ast.Call) -> str:
    """The name of the method that is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name: `datetime` of `datetime.datetime`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def functions(source: Source) -> list[Function]:
    """Every function and method, also the inner ones."""
    return [node for node in ast.walk(source.tree) if isinstance(node, Function)]


def length(node: Function) -> int:
    """The lines of a function from its `def` on, with its docstring."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def short_share(sources: list[Source]) -> float:
    """The share of functions of at most 20 lines."""
    lengths = [length(node) for source in sources for node in functions(source)]
    return sum(count <= SHORT_FUNCTION for count in lengths) / len(lengths)


def parse(path: str, text: str) -> Source:
    """A source from a text."""
    return Source(path, text, ast.parse(text, path))


def read_sources(project: Path = PROJECT) -> list[Source]:
    """The Python of the app."""
    files = [*sorted((project / "app").rglob("*.py")), project / "wsgi.py"]
    return [parse(file.relative_to(project).as_posix(), file.read_text(encoding="utf-8")) for file in files]


def read_tests(project: Path = PROJECT) -> list[Source]:
    """The Python of the tests, which the rules of size hold for."""
    files = sorted((project / "tests").rglob("*.py"))
    return [parse(file.relative_to(project).as_posix(), file.read_text(encoding="utf-8")) for file in files]


def findings(sources: list[Source], rules: tuple[Rule, ...] = RULES) -> list[Finding]:
    """All that the rules find."""
    return [finding for source in sources for rule in rules for finding in rule(source)]


def main() -> int:
    """Print what is found in app/ and the sizes in tests/. The exit status tells whether anything was."""
    found = [*findings(read_sources()), *findings(read_tests(), (nothing_silenced, size))]
    print("\n".join(str(finding) for finding in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

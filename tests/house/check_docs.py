"""The documents hold together: every link leads somewhere, every command and test that is named is real, each command
is written down, and what is made from the code (settings, operations and their types) is as the code is. Run by
bin/check and by test_docs_hold.py; with --write it makes those anew.
"""

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
from describe_acts import operations_table, operations_types  # noqa: E402 - it too needs the project on the path

from app.core.settings import settings_table  # noqa: E402 - run as a script, the project is not on the path yet
from app.exports.kept import as_markdown  # noqa: E402
from app.factory import make_registry  # noqa: E402

SETTINGS = re.compile(r"(<!-- settings:[^>]*-->\n).*?(<!-- /settings -->)", re.DOTALL)
KEPT = re.compile(r"(<!-- kept:[^>]*-->\n).*?(<!-- /kept -->)", re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?<![\w/.-])bin/([a-z]+)\b")
PYTHON_TEST = re.compile(r"`(test_\w+)`")
PHONE_TEST = re.compile(r"`([\w-]+\.test\.mjs)`:\s+\"([^\"]+)\"")
LIBRARY = {"lib"}


def documents(project: Path = PROJECT) -> list[Path]:
    """Every document of the project."""
    return [*sorted(project.glob("*.md")), *sorted((project / "docs").rglob("*.md"))]


def broken_links(document: Path, project: Path = PROJECT) -> Iterator[str]:
    """Links to files or headings that are not there."""
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        file = document if not name else (document.parent / name)
        if not file.exists():
            yield f"{document.relative_to(project)}: there is no {target}"
        elif heading and file.suffix == ".md" and heading not in headings(file):
            yield f"{document.relative_to(project)}: there is no heading {target}"


def headings(document: Path) -> set[str]:
    """The names by which a document's headings can be reached."""
    found = re.findall(r"^#+ +(.+?) *$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def lost_commands(document: Path, project: Path = PROJECT) -> Iterator[str]:
    """Commands of bin/ that a document names and that are not there."""
    for name in COMMAND.findall(document.read_text(encoding="utf-8")):
        if not (project / "bin" / name).exists():
            yield f"{document.relative_to(project)}: there is no bin/{name}"


def lost_tests(document: Path, project: Path = PROJECT) -> Iterator[str]:
    """Tests that a document names as proof and that are not there."""
    text, where = document.read_text(encoding="utf-8"), document.relative_to(project)
    for name in sorted(set(PYTHON_TEST.findall(text)) - defined_tests(project)):
        yield f"{where}: there is no test {name}"
    for file, title in PHONE_TEST.findall(text):
        said = " ".join(title.split())
        if f'"{said}"' not in _text(project / "tests/js" / file):
            yield f'{where}: {file} has no test "{said}"'


@cache
def defined_tests(project: Path) -> frozenset[str]:
    """The names of all tests in Python, and of their files."""
    files = list((project / "tests").rglob("test_*.py"))
    texts = "".join(file.read_text(encoding="utf-8") for file in files)
    return frozenset(re.findall(r"^def (test_\w+)", texts, re.MULTILINE)) | {file.stem for file in files}


def unnamed_commands(project: Path = PROJECT) -> Iterator[str]:
    """Commands of bin/ that neither README.md nor CONTRIBUTING.md names."""
    texts = "".join((project / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    named = set(COMMAND.findall(texts))
    for file in sorted((project / "bin").iterdir()):
        if file.stem not in named | LIBRARY:
            yield f"bin/{file.name} is named neither in README.md nor in CONTRIBUTING.md"


def unnamed_dependencies(project: Path = PROJECT) -> Iterator[str]:
    """Packages we depend on that README.md does not name."""
    text = (project / "README.md").read_text(encoding="utf-8")
    python = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    node = json.loads((project / "package.json").read_text(encoding="utf-8"))
    wanted = [*python["dependencies"], *(name for extra in python["optional-dependencies"].values() for name in extra)]
    names = {re.split(r"[\[<>=]", name)[0] for name in wanted} | {*node["dependencies"], *node["devDependencies"]}
    for name in sorted(names):
        if not re.search(rf"(?<![\w/-]){re.escape(name)}(?![\w/-])", text):
            yield f"README.md does not say what {name} is for"


def settings_lines() -> str:
    """The table of all settings, as it stands in README.md."""
    rows = (
        f"| `{name}` | {f'`{default}`' if default else ''} | {says} |\n" for name, default, says in settings_table()
    )
    return "| Setting | Default | What it is |\n| --- | --- | --- |\n" + "".join(rows)


def with_settings(text: str) -> str:
    """README.md with the table of settings as it is now."""
    return SETTINGS.sub(lambda found: found[1] + settings_lines() + found[2], text)


def with_kept(text: str) -> str:
    """docs/data-protection.md with the list of what is kept as it is now."""
    return KEPT.sub(lambda found: found[1] + as_markdown() + found[2], text)


# What is made from the code: the file, and its text now out of its text before.
MADE: dict[str, Callable[[str], str]] = {
    "README.md": with_settings,
    "docs/data-protection.md": with_kept,
    "docs/operations-table.md": lambda _: operations_table(make_registry()),
    "app/static/js/core/operations.d.ts": lambda _: operations_types(make_registry()),
}


def write_made(project: Path = PROJECT) -> None:
    """Write every file that is made from the code."""
    for name, make in MADE.items():
        (project / name).write_text(make(_text(project / name)), encoding="utf-8")


def outdated(project: Path = PROJECT) -> Iterator[str]:
    """Files made from the code that are behind it."""
    for name, make in MADE.items():
        if make(_text(project / name)) != _text(project / name):
            yield f"{name} is behind the code: python tests/house/check_docs.py --write"


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def faults(project: Path = PROJECT) -> list[str]:
    """All that is wrong in the documents, as sentences."""
    found = [fault for document in documents(project) for fault in broken_links(document, project)]
    found += [fault for document in documents(project) for fault in lost_commands(document, project)]
    found += [fault for document in documents(project) for fault in lost_tests(document, project)]
    return [*found, *unnamed_commands(project), *unnamed_dependencies(project), *outdated(project)]


def main() -> int:
    """Print what is wrong, after writing what is made from the code with --write. The exit status tells."""
    if "--write" in sys.argv:
        write_made()
    found = faults()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

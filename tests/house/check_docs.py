"""The documents hold together: every link leads somewhere, every command named is real, and each command is
written down. Run by bin/check and by test_docs_hold.py.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
from app.core.settings import settings_table  # noqa: E402 - run as a script, the project is not on the path yet

SETTINGS = re.compile(r"(<!-- settings:[^>]*-->\n).*?(<!-- /settings -->)", re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"\bbin/([a-z]+)\b")
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


def old_settings(project: Path = PROJECT) -> Iterator[str]:
    """Whether the table of settings is behind."""
    text = (project / "README.md").read_text(encoding="utf-8")
    if with_settings(text) != text:
        yield "README.md has an old table of settings: python tests/house/check_docs.py --write"


def faults(project: Path = PROJECT) -> list[str]:
    """All that is wrong in the documents, as sentences."""
    found = [fault for document in documents(project) for fault in broken_links(document, project)]
    found += [fault for document in documents(project) for fault in lost_commands(document, project)]
    return [*found, *unnamed_commands(project), *unnamed_dependencies(project), *old_settings(project)]


def main() -> int:
    """Print what is wrong, after writing the table of settings with --write. The exit status tells."""
    readme = PROJECT / "README.md"
    if "--write" in sys.argv:
        readme.write_text(with_settings(readme.read_text(encoding="utf-8")), encoding="utf-8")
    found = faults()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

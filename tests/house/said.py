"""Every text that a person may read, and what is wrong with it: the voice of the house as a check.

Sources: the server's templates, sentences in its Python, and the phone's modules (words.mjs reads those).
"""

import ast
import html
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.assets_build import find_node

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
MOST_WORDS = 20
SENTENCE_ENDS = re.compile(r"(?<=[.?!:])[”\"]?\s+|\n")
# Known to everybody, or by the name they are known by. Each other run of capitals has to be said in words.
KNOWN = {
    "NHS": "the health service", "UK": "the country", "PDF": "a kind of file", "MB": "the size of a file",
    "PIN": "what unlocks a phone", "QR": "as in QR code", "GP": "the doctor", "NICE": "explained where it is named",
    "HEIC": "a kind of file", "PNG": "a kind of file", "JPEG": "a kind of file",
    "OK": "a word by now", "VAT": "stands on every receipt",
}  # fmt: skip
# What the voice of the house never says (docs: the person's budget is theirs by right; nobody is a case or a user).
NEVER = re.compile(
    r"\b(users?|submit(?:ted|s)?|invalid|oops|sorry|simply|please note|proxy|available balance|grant(?:ed|s)?|entitled"
    r"|click|login|log in|username|illegal|abort|fatal|failed to)\b|!(?=\s|$)",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
WORD = re.compile(r"[\w\x01]")
WITHIN = re.compile(r"</?(?:a|b|i|em|strong|span|bdi|abbr)\b[^>]*>")
# Sentences in Python that people read; others are for whoever runs or changes the installation.
TOLD_IN = (
    "accounts", "plans", "budgets", "options", "sync", "reminders", "reviews", "receipts", "peers", "exports",
    "core/errors.py", "core/words.py", "core/files", "core/money.py", "factory.py",
)  # fmt: skip
NOT_TOLD = ("commands.py", "bench.py", "/data/", "anonymise", "scoring.py", "learning.py", "patterns.py", "work.py")


@dataclass(frozen=True)
class Text:
    """One text and where it stands. An expression in it is one word."""

    where: str
    text: str


def from_templates(folder: Path = PROJECT / "app/templates") -> Iterator[Text]:
    """What stands in the server's pages."""
    for path in sorted(folder.rglob("*.html")):
        if path.name == "styleguide.html":
            continue  # for developers
        markup = re.sub(
            r"\{#.*?#\}|<svg.*?</svg>|<script.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        markup = re.sub(r"\{\{.*?\}\}", "\x01", re.sub(r"\{%.*?%\}", "\x02", markup, flags=re.DOTALL), flags=re.DOTALL)
        for text in re.split(r"<[^>]*>|\x02", WITHIN.sub("", markup)):
            said = " ".join(html.unescape(text).split())
            if re.search("[A-Za-z]", said):
                yield Text(str(path.relative_to(folder)), said)


def from_python(folder: Path = PROJECT / "app") -> Iterator[Text]:
    """Sentences in the server's code that go to people: they begin with a capital and end as sentences do."""
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(TOLD_IN) and not any(part in name for part in NOT_TOLD):
            yield from sentences_in(name, path.read_text(encoding="utf-8"))


def sentences_in(name: str, source: str) -> Iterator[Text]:
    """The sentences of one module, without its docstrings."""
    tree = ast.parse(source)
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = _text_of(node) if id(node) not in parts else ""
        if re.match(r"[A-Z\x01“].*\s.*[.?]$", text, re.DOTALL):
            yield Text(f"{name}:{getattr(node, 'lineno', 0)}", text)


def _text_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "\x01" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def from_phone(files: list[Path] | None = None) -> list[Text]:
    """What the phone's modules may show."""
    chosen = files or [*sorted((PROJECT / "app/static/js").rglob("*.js")), PROJECT / "app/static/sw.js"]
    command = [find_node(), str(HERE / "words.mjs"), *map(str, chosen)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return [Text(f"{Path(one['file']).name}:{one['line']}", html.unescape(one["text"])) for one in found]


def wrong_with(said: Text) -> Iterator[str]:
    """What is wrong with a text, as sentences."""
    for sentence in SENTENCE_ENDS.split(said.text):
        words = [word for word in sentence.split() if WORD.search(word)]
        if len(words) > MOST_WORDS:
            yield f"{said.where}: {len(words)} words: {sentence}"
    for found in NEVER.finditer(said.text):
        yield f"{said.where}: “{found[0]}” in: {said.text}"
    for found in ACRONYM.finditer(said.text):
        if found[0] not in KNOWN:
            yield f"{said.where}: {found[0]} is not explained in: {said.text}"

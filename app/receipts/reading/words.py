"""The shared lists, patterns and weights, and the plain form of text that the patterns meet."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

DATA: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "reading.json").read_text(encoding="utf-8"))
LABELS: dict[str, re.Pattern[str]] = {name: re.compile(rule) for name, rule in DATA["labels"].items()}
HEADER = re.compile(DATA["header"])
SPACES = re.compile("[ \t\n\r\f\v\u00a0\u2000-\u200a\u202f\u3000]+")
MARKS = re.compile("[\u0300-\u036f]")


def plain(text: str) -> str:
    """Upper case, no accents, single spaces: what every pattern is written for."""
    bare = MARKS.sub("", unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("’", "'").replace("‘", "'")))
    return SPACES.sub(" ", bare.upper()).strip()


def letters_in(text: str) -> int:
    """How many Latin letters a plain text has."""
    return len(re.findall("[A-Z]", text))


def digits_in(text: str) -> int:
    """How many figures a text has."""
    return len(re.findall("[0-9]", text))


def labels_of(text: str) -> frozenset[str]:
    """The kinds of row that a plain label may stand for, such as "total" or "change"."""
    return frozenset(name for name, rule in LABELS.items() if rule.search(text))

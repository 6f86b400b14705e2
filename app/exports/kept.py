"""What is kept of people, in words: read from data/kept.toml. The privacy page and the documents are made from it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("data") / "kept.toml"
BACK, OUT = "back", "out"


@dataclass(frozen=True)
class Kept:
    """One table. `taken` says whether it goes into an archive; `columns` has the words of each column,
    `own` of those that do not mean the same everywhere.
    """

    table: str
    title: str
    why: str
    until: str
    sees: str
    columns: Mapping[str, str]
    own: Mapping[str, str]
    taken: str = ""


@cache
def kept() -> dict[str, Kept]:
    """Every table, in the order in which people read them."""
    with FILE.open("rb") as source:
        found = tomllib.load(source)
    common: dict[str, str] = found["common"]
    return {
        name: Kept(name, **{**facts, "columns": {**common, **facts["columns"]}, "own": facts["columns"]})
        for name, facts in found["table"].items()
    }


def taken(*ways: str) -> list[Kept]:
    """The tables that go into an archive in one of these ways."""
    return [item for item in kept().values() if item.taken in ways]


def as_markdown() -> str:
    """The table for the documents, without columns that mean the same everywhere."""
    lines = [
        f"| {item.title} (`{item.table}`) | {'; '.join(item.own.values())} "
        f"| {item.why} | {item.until} | {item.sees} |\n"
        for item in kept().values()
    ]
    return "| What | In it | Why | How long | Who sees it |\n| --- | --- | --- | --- | --- |\n" + "".join(lines)

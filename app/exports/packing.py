"""Writing an archive: one zip in pieces, with JSON for programs, CSV for spreadsheets, and a page for people."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from app.exports.kept import Kept
from app.exports.readable import as_text, index_page

FORMAT = 1
PIECE = 8 * 1024 * 1024
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


@dataclass
class Pieces:
    """A place to write to that hands on its bytes in pieces. It cannot go back."""

    keep: Callable[[int, bytes], None]
    count: int = 0
    size: int = 0
    waiting: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes) -> int:
        """Take bytes; full pieces are handed on."""
        self.waiting += data
        self.size += len(data)
        while len(self.waiting) >= PIECE:
            self._hand_on(PIECE)
        return len(data)

    def flush(self) -> None:
        """Nothing: pieces are handed on when they are full."""

    def close(self) -> None:
        """Hand on what is left."""
        if self.waiting:
            self._hand_on(len(self.waiting))

    def _hand_on(self, size: int) -> None:
        self.keep(self.count, bytes(self.waiting[:size]))
        del self.waiting[:size]
        self.count += 1


def pack(
    out: Pieces,
    facts: dict[str, Any],
    tables: list[tuple[Kept, list[dict[str, Any]]]],
    files: Iterable[tuple[str, bytes]],
) -> None:
    """Write the whole archive. `facts` goes into the manifest; `files` are names within the archive and bytes."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        names = []
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)  # pictures do not get smaller
            names.append(name)
        every = {kept.table: rows for kept, rows in tables}
        archive.writestr("data.json", json.dumps(every, ensure_ascii=False, indent=1))
        for kept, rows in tables:
            archive.writestr(f"tables/{kept.table}.csv", as_csv(kept, rows))
        archive.writestr("index.html", index_page(facts, tables, names))
        archive.writestr("manifest.json", json.dumps(facts, indent=1))
    out.close()


def as_csv(kept: Kept, rows: list[dict[str, Any]]) -> str:
    """The rows with a heading in words; no cell is a formula to a program that opens it."""
    names = [name for name in kept.columns if any(name in row for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([kept.columns[name] for name in names])
    writer.writerows([[cell(row.get(name)) for name in names] for row in rows])
    return "\ufeff" + out.getvalue()


def cell(value: Any) -> str | int | float:
    """A value as a cell. A text that a program would take for a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = as_text(value)
    return f"'{text}" if text.lstrip(" '\"\u00a0\u200b\ufeff").startswith(RISKY) or text.startswith(RISKY) else text

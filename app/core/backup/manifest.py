"""What a backup holds, written last: a folder without a whole manifest is no backup.

manifest.json       this
tables/NAME.jsonl   one table, one row a line (see portable.py)
files/KEY           one file of the storage each
"""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from app.core.errors import Refused

FORMAT = 1
NAME = "manifest.json"
TABLES = "tables"
FILES = "files"

_TABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class BackupRefused(Refused):
    """This cannot be backed up, or this backup cannot be used; nothing was changed."""

    code = "backup"


@dataclass(frozen=True)
class TableNote:
    """`sha256` is of the table's file; `content` is the same for the same rows in any order and on any engine."""

    rows: int
    sha256: str
    content: str


@dataclass(frozen=True)
class FileNote:
    """Length in bytes and hash of a stored file."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`schema` is the version of the tables (the head of the migrations), `made_at` when the copy was begun."""

    made_at: str
    schema: str
    tables: dict[str, TableNote]
    stored: dict[str, FileNote]

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(note.rows for note in self.tables.values())

    @property
    def files(self) -> int:
        """How many files there are."""
        return len(self.stored)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of the backup in `folder`, or `BackupRefused` where it is missing, cut or changed."""
        try:
            found = json.loads((folder / NAME).read_bytes())
            return cls._from_facts(found)
        except FileNotFoundError:
            raise BackupRefused(f"{folder} is no finished backup: it has no {NAME}.") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BackupRefused(f"The {NAME} in {folder} is damaged. Use another backup.") from None

    def write(self, folder: Path) -> None:
        """Write it so that after a power cut it is there whole or not at all."""
        facts = self._facts()
        text = json.dumps(facts | {"seal": _seal(facts)}, indent=1, sort_keys=True)
        write_durably(folder / NAME, text.encode())

    def _facts(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def _from_facts(cls, found: dict[str, Any]) -> Self:
        seal = found.pop("seal")
        if found["format"] != FORMAT:
            raise BackupRefused("This backup was made by another version. Restore it with that version.")
        if _seal(found) != seal or not all(_TABLE.fullmatch(name) for name in found["tables"]):
            raise ValueError("changed after it was written")
        tables = {name: TableNote(**note) for name, note in found["tables"].items()}
        stored = {key: FileNote(**note) for key, note in found["stored"].items()}
        return cls(found["made_at"], found["schema"], tables, stored)


def _seal(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Temporary name, fsync, rename, fsync of the folder."""
    temporary = path.with_name(f"{path.name}.part")
    with temporary.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    temporary.rename(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

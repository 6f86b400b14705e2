"""Whether a backup is whole: every row and every byte is what the manifest says."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from app.core.backup.manifest import FILES, TABLES, BackupRefused, Manifest, TableNote
from app.core.backup.portable import Digest
from app.core.storage import KeyMissing, Storage


def verify(folder: Path) -> Manifest:
    """The manifest of a whole backup; `BackupRefused` names the first thing that is missing or changed."""
    manifest = Manifest.read(folder)
    for name, note in manifest.tables.items():
        if _note_of(folder, name) != note:
            raise BackupRefused(f"The table {name} in {folder} is damaged. Use another backup.")
    if manifest.stored:
        copies = Storage.from_url(f"folder:{folder / FILES}")
        for key, file in manifest.stored.items():
            if not _is_whole(copies, key, file.sha256):
                raise BackupRefused(f"The file {key} in {folder} is damaged or missing. Use another backup.")
    return manifest


def table_lines(folder: Path, name: str) -> Iterator[bytes]:
    """The rows of a backed-up table, one line each without its end."""
    with (folder / TABLES / f"{name}.jsonl").open("rb") as source:
        for line in source:
            yield line.removesuffix(b"\n")


def _note_of(folder: Path, name: str) -> TableNote | None:
    digest, whole = Digest(), hashlib.sha256()
    try:
        for line in table_lines(folder, name):
            whole.update(line + b"\n")
            digest.add(line)
    except FileNotFoundError:
        return None
    return TableNote(digest.rows, whole.hexdigest(), digest.content)


def _is_whole(copies: Storage, key: str, sha256: str) -> bool:
    try:
        return hashlib.sha256(copies.get(key)).hexdigest() == sha256
    except KeyMissing:
        return False

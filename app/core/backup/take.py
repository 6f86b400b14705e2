"""Make a backup while the app runs.

The tables are read in one snapshot that blocks no writer (WAL on SQLite, REPEATABLE READ on PostgreSQL). The
files are copied after it, sealed as they lie there: whatever a row of the snapshot speaks of was stored before.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Table, inspect, text
from sqlalchemy.orm import Session

from app.core.backup.manifest import FILES, TABLES, BackupRefused, FileNote, Manifest, TableNote, flush_folder
from app.core.backup.portable import VERSION_TABLE, Digest, lines_of, tables_of
from app.core.clock import as_text, now
from app.core.db import Database
from app.core.storage import KeyMissing, Storage

UNFINISHED = "The backup in {folder} is unfinished: {reason}. The database and its files are as they were."


def backup(database: Database, storage: Storage, folder: Path) -> Manifest:
    """Copy every row and every file into `folder`, which must be new or empty.

    Readable by this account only. Raises `BackupRefused` with a sentence; what is then in the folder has no
    manifest and is refused by `restore`.
    """
    with _told(folder):
        _make_room(folder)
        with database.reading() as session:
            made_at, schema = as_text(now(session)), schema_of(session)
            tables = {table.name: _write_table(session, table, folder) for table in tables_of(session)}
        flush_folder(folder / TABLES)
        manifest = Manifest(made_at, schema, tables, _copy_files(storage, folder))
        manifest.write(folder)
        flush_folder(folder.parent)
    return manifest


def schema_of(session: Session) -> str:
    """The version of the tables. `BackupRefused` where there is none: an empty database needs no backup."""
    if not inspect(session.connection()).has_table(VERSION_TABLE):
        raise BackupRefused("This database has no tables yet. There is nothing to back up.")
    found = session.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all()  # noqa: S608 - a constant  # nosec B608
    if len(found) != 1:
        raise BackupRefused("This database is between two versions. Run the migrations to their end first.")
    return str(found[0])


def _make_room(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise BackupRefused(f"{folder} is not empty. A backup needs a folder of its own.")
    folder.chmod(0o700)
    (folder / TABLES).mkdir()


def _write_table(session: Session, table: Table, folder: Path) -> TableNote:
    digest, whole = Digest(), hashlib.sha256()
    with (folder / TABLES / f"{table.name}.jsonl").open("wb") as out:
        for line in lines_of(session, table):
            out.write(line + b"\n")
            whole.update(line + b"\n")
            digest.add(line)
        out.flush()
        os.fsync(out.fileno())
    return TableNote(digest.rows, whole.hexdigest(), digest.content)


def _copy_files(storage: Storage, folder: Path) -> dict[str, FileNote]:
    copies = replace(Storage.from_url(f"folder:{folder / FILES}"), flushes=False)
    found, sealed = {}, storage.as_stored()
    for key in sorted(sealed.keys()):
        try:
            data = sealed.get(key)
        except KeyMissing:
            continue  # erased after the list was made
        copies.put(key, data)
        found[key] = FileNote(len(data), hashlib.sha256(data).hexdigest())
    os.sync()  # once for all of them; file by file it took seven times as long
    return found


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "the folder cannot be written").lower()
        raise BackupRefused(UNFINISHED.format(folder=folder, reason=reason)) from error

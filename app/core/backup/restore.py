"""Put a backup into an empty database and an empty file storage, of either engine."""

from collections.abc import Iterable, Iterator
from itertools import filterfalse, islice
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, Table, delete, func, insert, select
from sqlalchemy.orm import Session

from app.core import schema
from app.core.backup.manifest import FILES, BackupRefused, Manifest
from app.core.backup.portable import BATCH, Digest, bindable, decode_row, fitting, lines_of, tables_of
from app.core.backup.verify import table_lines, verify
from app.core.db import Database
from app.core.storage import Storage

OF_THE_INSTALLATION = frozenset({"installation"})
"""Tables that say which life of an installation this is: a restored one begins a new life, as its migration made it."""

NEWER = "This backup was made by a newer version of Inhand ({schema}). Install that version, then restore."
NOT_EMPTY = "There is something here already ({what}). A backup is restored into an empty place only."
DIFFERENT = "The table {table} did not come back as it was. Nothing was restored."

Row = dict[str, Any]


def restore(folder: Path, database: Database, storage: Storage, *, ignoring: frozenset[str] = frozenset()) -> Manifest:
    """Bring back every row and every file of the backup in `folder`, then move the tables up to this version.

    Refused with a sentence, and without touching anything: a folder whose manifest, rows or files are not
    whole, a newer version of the tables, a target that is not empty (but for rows of the tables `ignoring`,
    which every start fills). Cut off in the middle, it can be run again.
    """
    manifest = verify(folder)
    _refuse_newer(manifest)
    _refuse_full(manifest, database, storage, OF_THE_INSTALLATION | ignoring)
    copies = Storage.from_url(f"folder:{folder / FILES}")
    for key in manifest.stored:
        storage.as_stored().put(key, copies.get(key))
    _make_tables(database, manifest.schema)
    with database.writing() as session:
        for table in tables_of(session):
            if table.name in manifest.tables and table.name not in OF_THE_INSTALLATION:
                _fill(session, table, folder)
                _compare(session, table, manifest)
        session.commit()
    schema.migrate(database)
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    try:
        ScriptDirectory(str(schema.MIGRATIONS)).get_revision(manifest.schema)
    except CommandError:
        raise BackupRefused(NEWER.format(schema=manifest.schema)) from None


def _refuse_full(manifest: Manifest, database: Database, storage: Storage, ignored: frozenset[str]) -> None:
    other = next(filterfalse(manifest.stored.__contains__, storage.keys()), None)
    if other is not None:
        raise BackupRefused(NOT_EMPTY.format(what=f"the file {other}"))
    with database.reading() as session:
        for table in tables_of(session):
            if table.name not in ignored and session.execute(select(table).limit(1)).first():
                raise BackupRefused(NOT_EMPTY.format(what=f"rows in the table {table.name}"))


def _make_tables(database: Database, version: str) -> None:
    """Empty tables of the backup's version. Those that are there go first: they may be newer, and a new life begins."""
    if schema.current(database) is not None:
        schema.migrate_down(database, "base")
    schema.migrate(database, version)


def _fill(session: Session, table: Table, folder: Path) -> None:
    if session.execute(select(table).limit(1)).first():
        session.execute(delete(table))  # what the migrations put there is in the backup too
    rows = (fitting(table, decode_row(line)) for line in table_lines(folder, table.name))
    for batch in _batches(parents_first(bindable(table), rows)):
        session.execute(insert(table), batch)
    _move_counter(session, table)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def parents_first(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows in an order in which each comes behind the rows of the same table that it points to."""
    links = [
        (pair.parent.name, pair.column.name)
        for key in table.foreign_key_constraints
        if key.referred_table is table
        for pair in key.elements
    ]
    if not links:
        yield from rows
        return
    yield from _in_order(list(rows), links)


def _in_order(rows: list[Row], links: list[tuple[str, str]]) -> Iterator[Row]:
    targets = {target for _, target in links}
    done: dict[str, set[Any]] = {target: set() for target in targets}
    while rows:
        waiting = []
        for row in rows:
            if all(row[link] is None or row[link] in done[target] for link, target in links):
                yield row
                for target in targets:
                    done[target].add(row[target])
            else:
                waiting.append(row)
        if len(waiting) == len(rows):
            raise BackupRefused("Some rows of this backup point to rows that are not in it. Nothing was restored.")
        rows = waiting


def _move_counter(session: Session, table: Table) -> None:
    """A counter of the database's own goes on behind the largest number that was restored."""
    for column in table.columns:
        if _is_counted(column) and (largest := session.scalar(select(func.max(column)))) is not None:
            counter = func.pg_get_serial_sequence(table.name, column.name)
            session.execute(select(func.setval(counter, largest)))


def _is_counted(column: Column[Any]) -> bool:
    default = getattr(column.server_default, "arg", "")
    return column.identity is not None or "nextval(" in str(default)


def _compare(session: Session, table: Table, manifest: Manifest) -> None:
    digest = Digest()
    for line in lines_of(session, table):
        digest.add(line)
    if digest.content != manifest.tables[table.name].content:
        raise BackupRefused(DIFFERENT.format(table=table.name))

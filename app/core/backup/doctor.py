"""Look for what is wrong with an installation, without changing anything."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ForeignKeyConstraint, Table, and_, exists, func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.core import schema
from app.core.backup.portable import tables_of
from app.core.db import Database, damage
from app.core.storage import LEAST_FREE, KeyMissing, Storage, StorageUnavailable

Check = Callable[[Session], Iterable["Finding"]]
FilesOf = Callable[[Session], tuple[set[str], set[str]]]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `code` for programs, `sentence` for whoever runs the installation."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


def doctor(
    database: Database, storage: Storage, *, files_of: FilesOf | None = None, checks: Sequence[Check] = ()
) -> list[Finding]:
    """Everything that is wrong; an empty list when all is well.

    `files_of` names the storage keys that the rows need, and all that may be there; `checks` are own questions
    (a lease that is stuck, a sum that does not add up).
    """
    found = [*_schema(database), *_disk(database), *_storage(storage)]
    if any(finding.code == "no-tables" for finding in found):
        return found
    try:
        with database.reading() as session:
            found += [*_pages(session), *_links(session)]
            for check in checks:
                found += check(session)
            wanted = None if files_of is None else files_of(session)
    except DatabaseError as error:
        return [*found, _damaged(str(error.orig))]
    return found if wanted is None else [*found, *_files(*wanted, storage)]


def _schema(database: Database) -> Iterator[Finding]:
    found, newest = schema.current(database), schema.head()
    if found is None:
        yield Finding("no-tables", "The database has no tables yet. Run `inhand admin migrate`.")
    elif found != newest:
        yield Finding("schema", f"The tables are at {found}, this version needs {newest}. Run `inhand admin migrate`.")


def _disk(database: Database) -> Iterator[Finding]:
    place: Path | None = database.path
    if place is not None and (free := shutil.disk_usage(place.parent).free) < LEAST_FREE:
        yield Finding("disk", f"Only {free // 1_000_000} MB are free on the database's disk.")


def _storage(storage: Storage) -> Iterator[Finding]:
    try:
        storage.check()
    except StorageUnavailable as error:
        yield Finding(error.code, error.sentence)


def _pages(session: Session) -> Iterator[Finding]:
    found = damage(session)
    if found is not None:
        yield _damaged(found)


def _damaged(what: str) -> Finding:
    return Finding("integrity", f"The database is damaged ({what.strip()}). Restore a backup.")


def _links(session: Session) -> Iterator[Finding]:
    for table in tables_of(session):
        for key in sorted(table.foreign_key_constraints, key=lambda key: tuple(key.column_keys)):
            lost = _count_lost(session, table, key)
            if lost:
                where = f"{table.name}.{', '.join(key.column_keys)}"
                yield Finding("lost-link", f"{lost:,} rows point from {where} to nothing.")


def _count_lost(session: Session, table: Table, key: ForeignKeyConstraint) -> int:
    target = key.referred_table.alias("target")
    pairs = [(table.c[pair.parent.name], target.c[pair.column.name]) for pair in key.elements]
    meets = exists(select(1).where(and_(*(here == there for here, there in pairs))))
    points = and_(*(here.is_not(None) for here, _ in pairs))
    return session.scalar(select(func.count()).select_from(table).where(points, ~meets)) or 0


def _sealed(keys: list[str], storage: Storage) -> Iterator[Finding]:
    """Each file is read whole: a file that no key opens any more is as good as lost."""
    if storage.sealer is None:
        return
    states = Counter(state for key in keys if (state := _state(storage, key)))
    if states["closed"]:
        yield Finding("closed-files", f"{states['closed']:,} files are sealed under a key that is not set. Set it.")
    if states["plain"]:
        yield Finding("plain-files", f"{states['plain']:,} files are not sealed. Run `inhand admin rotate-keys`.")


def _state(storage: Storage, key: str) -> str:
    try:
        return storage.state_of(key)
    except KeyMissing:
        return ""  # erased meanwhile


def _files(needed: set[str], allowed: set[str], storage: Storage) -> Iterator[Finding]:
    there = set(storage.keys())
    missing, orphaned = sorted(needed - there), sorted(there - allowed)
    if missing:
        yield Finding("missing-files", f"{len(missing):,} files are missing, the first is {missing[0]}.")
    yield from _sealed(sorted(needed & there), storage)
    if orphaned:
        yield Finding("orphaned-files", f"{len(orphaned):,} files belong to no row, the first is {orphaned[0]}.")

"""Bringing an archive back: checked whole before anything is written, and put where its person is not.

An archive may come from anybody: each row has to be of its person, each link has to lead to a row of the archive, and
nothing may stand in the place of something that is here.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.accounts.models import Account, Person
from app.accounts.policy import EVERYTHING, whole
from app.accounts.service import relate
from app.core.actor import Actor
from app.core.audit import write_down
from app.core.backup.portable import Digest, bindable, decode_row, fitting, tables_of
from app.core.backup.restore import parents_first
from app.core.clock import now
from app.core.db import Base
from app.core.errors import Refused
from app.core.files.bare import is_bare_jpeg
from app.core.ids import is_id, is_sha256
from app.exports.kept import BACK, taken
from app.exports.packing import FORMAT
from app.exports.queries import model_by_table, rows_of
from app.sync.changes import touch

MOST_TEXT = 200_000_000
MOST_FILE = 50_000_000
FOLDERS = {"photos/small/": "thumbnail", "photos/": "picture", "originals/": "original"}
BROKEN = "This archive is damaged or was changed. Nothing was taken from it."
FOREIGN = "This archive holds rows that are not of its person. Nothing was taken from it."
THERE = "This person is here already. An archive is brought back only where its person is not."

Row = dict[str, Any]


@dataclass(frozen=True)
class Opened:
    """An archive that was checked: its facts, and the portable rows of each table."""

    facts: dict[str, Any]
    rows: dict[str, list[Row]]
    files: dict[str, str]

    @property
    def person(self) -> str:
        """The person's id."""
        return str(self.facts["person"])


def open_archive(archive: zipfile.ZipFile) -> Opened:
    """Read and check an archive. Raises `Refused` with a sentence."""
    try:
        facts = json.loads(_read(archive, "manifest.json", MOST_TEXT))
        data = json.loads(_read(archive, "data.json", MOST_TEXT))
        names = [kept.table for kept in taken(BACK)]
        found = Opened(facts, {name: data[name] for name in names if name in data}, dict(facts["files"]))
        _check_form(found)
        for name, rows in found.rows.items():
            if digest_of(encode_line(row) for row in rows) != facts["tables"][name]:
                raise Refused(BROKEN)
        for name, sha256 in found.files.items():
            _check_file(name, _read(archive, name, MOST_FILE), sha256)
    except (KeyError, TypeError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise Refused(BROKEN) from error
    _check_links(found)
    return found


def storage_files(opened: Opened) -> dict[str, str]:
    """The names within the archive by the storage keys that they go to."""
    return {_key(opened.person, name): name for name in opened.files}


def bring_back(session: Session, opened: Opened, *, account: Account, role: str) -> None:
    """Write every row of the archive, looked after by this account. The caller commits. Raises `Refused`."""
    if session.get(Person, opened.person) is not None:
        raise Refused(THERE)
    tables = {table.name: table for table in tables_of(session)}
    try:
        for kept in _parents_first():
            rows = [decode_row(encode_line(row)) for row in opened.rows.get(kept, [])]
            _write(session, tables[kept], rows)
    except (DatabaseError, ValueError, TypeError) as error:
        raise Refused(BROKEN) from error
    relate(session, account, session.get_one(Person, opened.person), role=role, starts_on=now(session).date())
    _tell_phones(session, opened)
    write_down(session, "archive.brought_back", account=account.id, person=opened.person)
    _compare(session, opened, account.id, role)


def encode_line(row: Row) -> bytes:
    """A portable row as the line that its digest is made of."""
    return json.dumps({name: row[name] for name in sorted(row)}, allow_nan=False, separators=(",", ":")).encode()


def digest_of(lines: Iterable[bytes]) -> dict[str, Any]:
    """How many rows, and a sum that is the same in any order and on either engine."""
    digest = Digest()
    for line in lines:
        digest.add(line)
    return {"rows": digest.rows, "content": digest.content}


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member, bounded: what it says of its own length is not believed."""
    with archive.open(name) as source:
        data = source.read(most + 1)
    if len(data) > most:
        raise Refused(BROKEN)
    return data


def _check_form(found: Opened) -> None:
    if found.facts["format"] != FORMAT:
        raise Refused("This archive was made by another version of Inhand.")
    if not is_id(found.person) or set(found.rows) != set(found.facts["tables"]) or not found.rows.get("person"):
        raise Refused(BROKEN)


def _check_file(name: str, data: bytes, sha256: str) -> None:
    """A picture is served later as one that we drew: it may hold nothing but its picture."""
    folder = _folder(name)
    stem = name.removeprefix(folder).partition(".")[0]
    bare = is_bare_jpeg(data) or (FOLDERS[folder] == "original" and data.startswith(b"%PDF"))
    if hashlib.sha256(data).hexdigest() != sha256 or not is_sha256(stem) or not bare:
        raise Refused(BROKEN)


def _folder(name: str) -> str:
    return next(folder for folder in FOLDERS if name.startswith(folder) and "/" not in name.removeprefix(folder))


def _key(person: str, name: str) -> str:
    folder = _folder(name)
    return f"{FOLDERS[folder]}/{person}/{name.removeprefix(folder).partition('.')[0]}"


def _check_links(found: Opened) -> None:
    ids = {name: {row.get("id") for row in rows} for name, rows in found.rows.items()}
    for name, rows in found.rows.items():
        table = Base.metadata.tables[name]
        mine = "id" if name == "person" else "person_id"
        if any(row.get(mine) != found.person for row in rows):
            raise Refused(FOREIGN)
        for key in table.foreign_keys:
            seen = {row.get(key.parent.name) for row in rows} - {None}
            if not seen <= ids.get(key.column.table.name, set()):
                raise Refused(FOREIGN)


def _parents_first() -> list[str]:
    wanted = {kept.table for kept in taken(BACK)}
    return [table.name for table in Base.metadata.sorted_tables if table.name in wanted]


def _write(session: Session, table: Table, rows: list[Row]) -> None:
    ordered = list(parents_first(bindable(table), [fitting(table, row) for row in rows]))
    for start in range(0, len(ordered), 500):
        session.execute(insert(table), ordered[start : start + 500])


def _tell_phones(session: Session, opened: Opened) -> None:
    models = model_by_table()
    for name in opened.rows:
        if hasattr(models[name], "sync_kind"):
            for row in session.scalars(select(models[name]).where(_of(models[name], opened.person))):
                touch(session, row)


def _of(model: Any, person: str) -> Any:
    return (model.id if model is Person else model.person_id) == person


def _compare(session: Session, opened: Opened, account: str, role: str) -> None:
    """What is here now has to be what the archive says, row for row."""
    actor = Actor(account=account, person=opened.person, scopes=whole(EVERYTHING), role=role)
    for found in rows_of(session, actor):
        if found.kept.taken == BACK and digest_of(found.lines) != opened.facts["tables"][found.kept.table]:
            raise Refused(BROKEN)

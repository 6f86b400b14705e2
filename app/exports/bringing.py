"""Bringing an archive back: put whole where its person is not.

Nothing may stand in the place of something that is here.
"""

import json
from typing import Any

from sqlalchemy import ColumnDefault, Table, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from app.accounts.models import Account, Person
from app.accounts.policy import EVERYTHING, whole
from app.accounts.service import relate
from app.core.actor import Actor
from app.core.audit import write_down
from app.core.backup.portable import bindable, decode_row, fitting, tables_of
from app.core.backup.restore import parents_first
from app.core.clock import now
from app.core.db import Base
from app.core.errors import Refused
from app.exports.kept import BACK, taken
from app.exports.opening import BROKEN, Opened, Row, digest_of, encode_line
from app.exports.queries import model_by_table, rows_of
from app.sync.changes import touch

THERE = (
    "This person is here already, or a part of this plan. It comes back only where nothing of it is. "
    "Ask whoever runs this server. Tell them the plan’s number: {person}"
)
BROUGHT_BACK = "archive.brought_back"


def refuse_taken(session: Session, opened: Opened) -> None:
    """Ask before any file is put: a file in the folder of somebody who is here would be taken for theirs."""
    if session.get(Person, opened.person) is not None or _any_row_is_here(session, opened):
        raise Refused(THERE.format(person=opened.person))


def bring_back(session: Session, opened: Opened, *, account: Account, role: str) -> None:
    """Write every row of the archive, looked after by this account. The caller commits. Raises `Refused`."""
    refuse_taken(session, opened)
    tables = {table.name: table for table in tables_of(session)}
    try:
        for kept in _parents_first():
            rows = [decode_row(encode_line(row)) for row in opened.rows.get(kept, [])]
            _write(session, tables[kept], rows)
    except OperationalError:
        raise  # a full disk or a busy database says nothing about the archive
    except (DatabaseError, ValueError, TypeError) as error:
        raise Refused(BROKEN) from error
    relate(session, account, session.get_one(Person, opened.person), role=role, starts_on=now(session).date())
    _tell_phones(session, opened)
    write_down(session, BROUGHT_BACK, account=account.id, person=opened.person)
    _compare(session, opened, account.id, role)


def _any_row_is_here(session: Session, opened: Opened) -> bool:
    """Asked before and not read from a failed insert: that may be a damaged row as well."""
    for name, rows in opened.rows.items():
        columns = Base.metadata.tables[name].columns
        ids = [row["id"] for row in rows if "id" in row and "id" in columns]
        for start in range(0, len(ids), 500):
            wanted = select(columns["id"]).where(columns["id"].in_(ids[start : start + 500])).limit(1)
            if session.execute(wanted).first() is not None:
                return True
    return False


def _parents_first() -> list[str]:
    wanted = {kept.table for kept in taken(BACK)}
    return [table.name for table in Base.metadata.sorted_tables if table.name in wanted]


def _write(session: Session, table: Table, rows: list[Row]) -> None:
    whole_rows = [fitting(table, {**_new_since(table.name, row), **row}) for row in rows]
    ordered = list(parents_first(bindable(table), whole_rows))
    for start in range(0, len(ordered), 500):
        session.execute(insert(table), ordered[start : start + 500])


def _new_since(name: str, row: Row) -> Row:
    """What columns hold at first that the archive is too old to know."""
    new = [column for column in Base.metadata.tables[name].columns if column.name not in row]
    found = {column.name: column.default for column in new if isinstance(column.default, ColumnDefault)}
    return {name: default.arg(None) if default.is_callable else default.arg for name, default in found.items()}


def _tell_phones(session: Session, opened: Opened) -> None:
    models = model_by_table()
    for name in opened.rows:
        if hasattr(models[name], "sync_kind"):
            for row in session.scalars(select(models[name]).where(_of(models[name], opened.person))):
                touch(session, row)


def _of(model: Any, person: str) -> Any:
    return (model.id if model is Person else model.person_id) == person


def _compare(session: Session, opened: Opened, account: str, role: str) -> None:
    """What is here now has to be what the archive says, row for row, in each column that it knows."""
    actor = Actor(account=account, person=opened.person, scopes=whole(EVERYTHING), role=role)
    for found in rows_of(session, actor):
        name = found.kept.table
        if found.kept.taken == BACK and name in opened.rows:
            columns = set(opened.rows[name][0]) if opened.rows[name] else set()
            if digest_of(_only(line, columns) for line in found.lines) != opened.facts["tables"][name]:
                raise Refused(BROKEN)


def _only(line: bytes, columns: set[str]) -> bytes:
    return encode_line({name: value for name, value in json.loads(line).items() if name in columns})

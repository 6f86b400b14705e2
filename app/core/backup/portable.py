"""Rows as lines of JSON that mean the same on both engines.

Numbers, booleans and text stand as they are. The rest is an object with one name: `{"moment": "...Z"}` (a time in
UTC), `{"day": "..."}`, `{"bytes": base64}`, `{"decimal": "..."}`, and `{"json": ...}` for a JSON column, so that
JSON's own null and an absent value stay two things.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ColumnElement, DateTime, MetaData, Table, Text, cast, select
from sqlalchemy.orm import Session

BATCH = 500
VERSION_TABLE = "alembic_version"


def tables_of(session: Session) -> list[Table]:
    """All tables of the database as they are, parents before children; the migrations' own one left out."""
    found = MetaData()
    found.reflect(session.connection())
    return [table for table in found.sorted_tables if table.name != VERSION_TABLE]


def lines_of(session: Session, table: Table, *, only: ColumnElement[bool] | None = None) -> Iterator[bytes]:
    """Each row of `table` (or of those that `only` lets through) as one line, in the order of its key."""
    columns = [_readable(column) for column in table.columns]
    wanted = select(*columns).order_by(*table.primary_key.columns)
    wanted = wanted if only is None else wanted.where(only)
    jsons = {column.name for column in table.columns if isinstance(column.type, JSON)}
    for row in session.execute(wanted.execution_options(yield_per=BATCH)):
        yield encode_row(row._asdict(), jsons)


def encode_row(row: Mapping[str, Any], jsons: set[str]) -> bytes:
    """One line, without its end. `jsons` names the columns whose value is the text of a JSON document."""
    found = {name: _encode_json(row[name]) if name in jsons else _encode(row[name]) for name in sorted(row)}
    return json.dumps(found, allow_nan=False, separators=(",", ":")).encode()


def decode_row(line: bytes) -> dict[str, Any]:
    """The values of a line, as they are bound into an insert (`JSON.NULL` for a JSON column's own null)."""
    return {name: _decode(value) for name, value in json.loads(line).items()}


class Digest:
    """A hash of rows that does not depend on their order: databases sort text differently."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: bytes) -> None:
        """Take in one more row."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest())) % 2**256

    @property
    def content(self) -> str:
        """64 hex digits."""
        return f"{self._sum:064x}"


def _readable(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(column, Text).label(column.key) if isinstance(column.type, JSON) else column


def _encode_json(value: str | None) -> Any:
    return None if value is None else {"json": json.loads(value)}


def _encode(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            return {"moment": aware.isoformat(timespec="microseconds").replace("+00:00", "Z")}
        case date():
            return {"day": value.isoformat()}
        case bytes() | memoryview():
            return {"bytes": base64.b64encode(value).decode()}
        case Decimal():
            return {"decimal": str(value)}
    raise TypeError(f"a value of {type(value).__name__} has no portable form yet")


def _decode(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    [(kind, inner)] = value.items()
    match kind:
        case "json":
            return JSON.NULL if inner is None else inner
        case "moment":
            return datetime.fromisoformat(inner)
        case "day":
            return date.fromisoformat(inner)
        case "bytes":
            return base64.b64decode(inner, validate=True)
        case "decimal":
            return Decimal(inner)
    raise ValueError(f"{kind} is not a kind of value")


def bindable(table: Table) -> Table:
    """The same table whose JSON columns store an absent value as absent, and whose times fit the column."""
    for column in table.columns:
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=True)
    return table


def fitting(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A time without zone is given to a column without zone (SQLite has no other)."""
    for column in table.columns:
        value = row.get(column.name)
        if isinstance(value, datetime) and isinstance(column.type, DateTime) and not column.type.timezone:
            row[column.name] = value.astimezone(UTC).replace(tzinfo=None)
    return row

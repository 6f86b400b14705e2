"""The database: two engines behind one door, and the only place where they differ.

SQLite runs in WAL mode with one writer at a time: writers queue on a lock file, because SQLite's own
busy-polling let some of them starve for seconds. PostgreSQL needs no such queue.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Engine,
    MetaData,
    String,
    Table,
    TypeDecorator,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from app.core.clock import CLOCK_KEY, Clock, system_clock
from app.core.errors import Unavailable

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
FULL_DISK = "The disk of this server is full. What you saved before is safe; nothing new was taken."
UNCOMMITTED = "inhand.uncommitted"
HELD = "inhand.held"


class MomentType(TypeDecorator[datetime]):
    """An aware time, kept in UTC on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without its zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[str, mapped_column(String(36))]
Sha256 = Annotated[str, mapped_column(String(64))]
Moment = Annotated[datetime, mapped_column(MomentType)]
Pence = Annotated[int, mapped_column(BigInteger)]
Facts = Annotated[dict[str, Any], mapped_column(JSON)]


class Base(DeclarativeBase):
    """The one registry of tables."""

    metadata = MetaData(naming_convention=NAMES)


class UncommittedChanges(RuntimeError):
    """A block of work ended well but its changes were never committed: a fault in our code."""


class Database:
    """One database, by its address. Work happens inside `reading()` or `writing()`.

    `writing()` never commits by itself: the caller commits, once. Never hold it around the network,
    hashing, reading a receipt or file storage.
    """

    def __init__(self, url: str, *, clock: Clock = system_clock) -> None:
        self.url = url
        self.clock = clock
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.path = _sqlite_path(url) if self.is_sqlite else None
        self.engine = _make_engine(url, self.path)
        self._writer = self.engine.execution_options(inhand_write=True)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one consistent snapshot that cannot write."""
        with Session(self._snapshot_engine(), info={CLOCK_KEY: self.clock}) as session:
            event.listen(session, "before_flush", _refuse_flush)
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that may write. Leaving it well with changes and without a commit raises `UncommittedChanges`."""
        with self._turn(), Session(self._writer, info={CLOCK_KEY: self.clock}) as session:
            event.listen(session, "after_flush", _note_uncommitted)
            event.listen(session, "after_commit", _forget_uncommitted)
            event.listen(session, "after_rollback", _forget_uncommitted)
            try:
                yield session
            except OperationalError as error:
                raise _plain_error(error) from error
            if session.info.get(UNCOMMITTED) or session.new or session.dirty or session.deleted:
                raise UncommittedChanges("changes were made and never committed")

    def forget_deleted(self) -> bool:
        """Have the engine's own files forget rows that were deleted before: nothing of them is left to be found.

        SQLite overwrites what is deleted (`secure_delete`), its log still holds it; PostgreSQL keeps it in pages and
        statistics. False where somebody still reads an older state: try again later. Never call it while writing.
        """
        if self.is_sqlite:
            with self._turn(), contextlib.closing(self.engine.raw_connection()) as connection:
                cursor = connection.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # its first column: whether somebody was in the way
                return bool(cursor.fetchall()[0][0] == 0)
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
            session.exec_driver_sql("VACUUM (FULL, ANALYZE)")
            session.exec_driver_sql("VACUUM FULL pg_statistic")
            session.exec_driver_sql("CHECKPOINT")
        return True

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _snapshot_engine(self) -> Engine:
        if self.is_sqlite:
            return self.engine
        return self.engine.execution_options(isolation_level="REPEATABLE READ")

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for this writer's turn. The kernel frees both locks when a process dies.

        Whoever waits for the writer's lock holds the queue's meanwhile, so that the one who just wrote cannot
        write again before it.
        """
        if self.path is None:
            yield
            return
        with _locked(f"{self.path}.queue") as leave_queue, _locked(f"{self.path}.writer"):
            leave_queue()
            yield


@contextlib.contextmanager
def _locked(name: str) -> Iterator[Callable[[], None]]:
    """Hold the lock of a file; what is given hands it on early."""
    try:
        handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unavailable(FULL_DISK) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield lambda: fcntl.flock(handle, fcntl.LOCK_UN)
    finally:
        os.close(handle)


def table_of(model: type[Base]) -> Table:
    """The table of a model, for statements on whole tables."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not kept in one table")
    return table


def hold_rows(session: Session) -> None:
    """Keep every row that this session meets until it ends. It forgets what nobody holds, and reads that once more."""
    held: list[object] = session.info.setdefault(HELD, [])
    for name in ("loaded_as_persistent", "pending_to_persistent"):
        event.listen(session, name, lambda _session, row: held.append(row))


def database_now(session: Session) -> datetime:
    """The database's own time, which all workers share (leases are measured by it)."""
    if session.get_bind().dialect.name == "sqlite":
        found = session.execute(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).scalar_one()
        return datetime.fromisoformat(found).replace(tzinfo=UTC)
    moment: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)


def damage(session: Session) -> str | None:
    """What SQLite finds wrong in its file; a PostgreSQL server looks after its own pages."""
    if session.get_bind().dialect.name != "sqlite":
        return None
    lines = session.execute(text("PRAGMA integrity_check")).scalars().all()
    return None if lines == ["ok"] else str(lines[0])


def upsert(session: Session, table: Table, rows: Sequence[Mapping[str, Any]], *, keys: Sequence[str]) -> None:
    """Insert rows, or replace all other columns where `keys` are there already. One statement."""
    if not rows:
        return
    maker = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = maker(table)
    rest = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=rest), list(rows))


def insert_missing(session: Session, table: Table, row: Mapping[str, Any], *, keys: Sequence[str]) -> None:
    """Insert a row unless `keys` are there already."""
    maker = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(maker(table).on_conflict_do_nothing(index_elements=list(keys)), row)


GROWS_ONLY = "this table only grows"


def forbid_changes(connection: Connection, table: str) -> None:
    """From now on the database itself refuses to change or remove rows of a table, whoever asks."""
    if connection.dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{GROWS_ONLY}'); END"
            )
        return
    connection.exec_driver_sql(
        f"CREATE FUNCTION {table}_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{GROWS_ONLY}'; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_grows()"
    )


def permit_changes(connection: Connection, table: str) -> None:
    """Take that back: for a migration down."""
    if connection.dialect.name == "sqlite":
        for act in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{act}")
        return
    connection.exec_driver_sql(f"DROP FUNCTION {table}_grows() CASCADE")


def guards_missing(session: Session, table: str) -> list[str]:
    """The triggers of `forbid_changes` that are not there, or are switched off, for a table that only grows."""
    if session.get_bind().dialect.name == "sqlite":
        wanted = {f"{table}_no_update", f"{table}_no_delete"}
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    else:
        wanted = {f"{table}_no_change"}
        asked = "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(:table) AND tgenabled <> 'D'"
    return sorted(wanted - set(session.scalars(text(asked), {"table": table})))


def _sqlite_path(url: str) -> Path:
    name = make_url(url).database
    if not name or name == ":memory:":
        raise ValueError("SQLite needs a file: a database in memory is not shared by web and worker.")
    return Path(name).resolve()


def _make_engine(url: str, path: Path | None) -> Engine:
    if path is None:
        return create_engine(url, pool_size=20, max_overflow=20, pool_pre_ping=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=20, max_overflow=20)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that readers and writers differ
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("inhand_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _refuse_flush(session: Session, *_: object) -> None:
    raise RuntimeError("a reading session cannot write")


def _note_uncommitted(session: Session, *_: object) -> None:
    session.info[UNCOMMITTED] = True


def _forget_uncommitted(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(UNCOMMITTED, None)


def _plain_error(error: OperationalError) -> Exception:
    """A full disk in words; anything else stays what it is.

    SQLite ends the whole transaction when its disk is full, so that leaving a savepoint fails as well: the cause
    stands behind the error that came last.
    """
    seen: BaseException | None = error
    while seen is not None:
        message = str(getattr(seen, "orig", "")).lower()
        if "full" in message or "no space" in message or "disk i/o" in message:
            return Unavailable(FULL_DISK)
        seen = seen.__context__
    return error

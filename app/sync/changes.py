"""The change log writes itself: a session hook notes every synced row that a transaction touched, and gives
the rows their numbers just before the commit, with the counters of all their streams locked in sorted order."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from app.core.db import insert_missing, table_of, upsert
from app.sync.models import Change, Line, Stream, Synced

TOUCHED = "inhand.touched"
SEQS = "inhand.seqs"


def install() -> None:
    """Listen to every session of this process. Calling it again changes nothing."""
    if not event.contains(Session, "before_flush", _note_touched):
        event.listen(Session, "before_flush", _note_touched)
        event.listen(Session, "before_commit", _before_commit)


def write_changes(session: Session) -> dict[str, int]:
    """Give every touched row its number and write the log. Returns the counter that each touched stream reached
    in this transaction. Called again it only writes what was touched since."""
    session.flush()
    touched: dict[tuple[type, str], list[Line]] = session.info.pop(TOUCHED, {})
    seqs: dict[str, int] = session.info.setdefault(SEQS, {})
    waiting = _lines_by_stream(session, touched)
    rows: list[dict[str, Any]] = []
    for stream in sorted(waiting):
        counter = _locked_counter(session, stream)
        for change in waiting[stream]:
            counter.seq += 1
            rows.append({**change, "stream": stream, "seq": counter.seq})
        seqs[stream] = counter.seq
    session.flush()
    upsert(session, table_of(Change), rows, keys=("stream", "kind", "row_id"))
    return seqs


@contextlib.contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """Work that is taken back whole when it fails: then the log knows nothing of it either."""
    touched = dict(session.info.get(TOUCHED, {}))
    try:
        with session.begin_nested():
            yield
            session.flush()
    except BaseException:
        session.info[TOUCHED] = touched
        raise


def lock_streams(session: Session, streams: Iterable[str]) -> None:
    """Lock these counters now, in sorted order: what reads before it writes then sees no half of somebody else's."""
    for stream in sorted(set(streams)):
        _locked_counter(session, stream)


def touch(session: Session, row: Synced) -> None:
    """Send this row again although none of its own columns changed (something that its body shows did)."""
    session.info.setdefault(TOUCHED, {})[(type(row), row.sync_id())] = row.sync_lines()


def _note_touched(session: Session, *_: object) -> None:
    touched = session.info.setdefault(TOUCHED, {})
    for row in [*session.new, *session.dirty]:
        if isinstance(row, Synced) and session.is_modified(row):
            _count_fields(row)
            touched[(type(row), row.sync_id())] = row.sync_lines()
    for row in session.deleted:
        if isinstance(row, Synced):
            touched[(type(row), row.sync_id())] = row.sync_lines()


def _count_fields(row: Synced) -> None:
    """A new revision of the row, and of each field that changed in it."""
    attributes = inspect(row, raiseerr=True).attrs
    changed = [item.key for item in attributes if item.key not in row.sync_uncounted and item.history.has_changes()]
    row.rev = (row.rev or 0) + 1
    row.field_revs = {**(row.field_revs or {}), **dict.fromkeys(changed, row.rev)}


def _lines_by_stream(session: Session, touched: dict[tuple[type, str], list[Line]]) -> dict[str, list[dict[str, Any]]]:
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (model, row_id), old_lines in touched.items():
        row = session.get(model, row_id)  # what a rolled-back savepoint took away is not there any more
        body = row.sync_body() if row else None
        lines = row.sync_lines() if row else old_lines
        for line in lines:
            waiting[line.stream].append(
                {
                    "kind": line.kind,
                    "row_id": row_id,
                    "audience": line.audience,
                    "author": line.author,
                    "rev": row.rev if row else 0,
                    "body": None if body is None else dict(body),
                }
            )
    return waiting


def _locked_counter(session: Session, stream: str) -> Stream:
    wanted = select(Stream).where(Stream.id == stream).with_for_update().execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        insert_missing(session, table_of(Stream), {"id": stream, "seq": 0}, keys=("id",))
        found = session.scalars(wanted).one()
    return found


def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction() and session.info.get("inhand.clock"):
        write_changes(session)
        session.info.pop(SEQS, None)

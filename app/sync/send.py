"""What a phone does not have yet: for each stream that it may read, the rows after its cursor."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.sync.models import Change, Stream, incarnation
from app.sync.registry import Grant

MOST_ROWS = 4000


def send(
    session: Session, grants: dict[str, Grant], cursors: dict[str, dict[str, Any]], most: int = MOST_ROWS
) -> dict[str, Any]:
    """The changes for a phone's cursors: `{"changes", "gone", "more"}` of docs/sync-protocol.md."""
    life = incarnation(session)
    changes: list[dict[str, Any]] = []
    left = most
    for stream in sorted(grants):
        item = _stream_news(session, stream, grants[stream], cursors.get(stream), life, left)
        if item is not None:
            changes.append(item)
            left -= len(item["rows"])
    return {
        "changes": changes,
        "gone": sorted(set(cursors) - set(grants)),
        "more": any(item["more"] for item in changes),
    }


def _stream_news(
    session: Session, stream: str, grant: Grant, cursor: dict[str, Any] | None, life: str, most: int
) -> dict[str, Any] | None:
    epoch = f"{grant.epoch}.{life}"
    counter = session.get(Stream, stream)
    reached = counter.seq if counter else 0
    reset = cursor is not None and (cursor["epoch"] != epoch or cursor["seq"] > reached)
    after = 0 if cursor is None or reset else cursor["seq"]
    if cursor is not None and not reset and after == reached:
        return None
    found = _changes_after(session, stream, grant, after, most + 1)
    more = len(found) > most
    rows = [_as_row(change) for change in found[:most]]
    if more:
        reached = rows[-1]["seq"] if rows else after
    return {"stream": stream, "epoch": epoch, "reset": reset, "seq": reached, "more": more, "rows": rows}


def _changes_after(session: Session, stream: str, grant: Grant, after: int, most: int) -> list[Any]:
    wanted = (
        select(Change.kind, Change.row_id, Change.rev, Change.seq, Change.body)
        .where(Change.stream == stream, Change.seq > after, Change.audience.in_(grant.scopes))
        .order_by(Change.seq)
        .limit(most)
    )
    return list(session.execute(wanted))


def _as_row(change: Any) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.row_id,
        "rev": change.rev,
        "seq": change.seq,
        "body": change.body,
    }

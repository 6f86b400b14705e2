"""What a phone does not have yet: for each stream that it may read, the rows after its cursor.

What a person needs first comes first: account, person, group, directory. An answer that is heavy enough takes no
further stream, and what many read waits for an answer after the person's own: the directory always, a group where the
person's rows are many. So money left is on the screen early.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from app.sync.models import Change, Stream, incarnation
from app.sync.registry import Grant

MOST_ROWS = 4000
MOST_BYTES = 200_000
ORDER = ("account", "person", "group", "directory")
DIRECTORY = ORDER.index("directory")
OWN_FIRST = {"group": 20_000, "directory": 1}
"""From so many bytes of account and person on, a stream of this area waits for the next answer."""


def send(
    session: Session,
    grants: dict[str, Grant],
    cursors: dict[str, dict[str, Any]],
    most: int = MOST_ROWS,
    *,
    heavy: int = MOST_BYTES,
) -> dict[str, Any]:
    """The changes for a phone's cursors: `{"changes", "gone", "more"}` of docs/sync-protocol.md."""
    life = incarnation(session)
    changes: list[dict[str, Any]] = []
    left, weight, own, later = most, 0, 0, False
    for stream in in_order(grants):
        place = _place(session, stream, grants[stream], cursors.get(stream), life)
        if place is None:
            continue
        if weight >= heavy or own >= OWN_FIRST.get(_area(stream), heavy):
            later = True
            continue
        item, bytes_sent = _stream_news(session, stream, grants[stream], place, left)
        changes.append(item)
        left -= len(item["rows"])
        weight += bytes_sent
        own += 0 if _area(stream) in OWN_FIRST else bytes_sent
    return {
        "changes": changes,
        "gone": sorted(set(cursors) - set(grants)),
        "more": later or any(item["more"] for item in changes),
    }


def in_order(streams: Iterable[str]) -> list[str]:
    """Streams in the order in which they are sent. An area that we do not know comes last."""
    return sorted(streams, key=lambda stream: (_rank(stream), stream))


def _rank(stream: str) -> int:
    area = _area(stream)
    return ORDER.index(area) if area in ORDER else len(ORDER)


def _area(stream: str) -> str:
    return stream.partition(":")[0]


def _place(
    session: Session, stream: str, grant: Grant, cursor: dict[str, Any] | None, life: str
) -> dict[str, Any] | None:
    """Where this phone stands in a stream, or None when there is nothing new for it."""
    epoch = f"{grant.epoch}.{life}"
    counter = session.get(Stream, stream)
    if counter is None and cursor is None and _rank(stream) == DIRECTORY:
        return None  # nobody has filled it yet: a phone need not hear of it
    reached = counter.seq if counter else 0
    reset = cursor is not None and (cursor["epoch"] != epoch or cursor["seq"] > reached)
    after = 0 if cursor is None or reset else cursor["seq"]
    if cursor is not None and not reset and after == reached:
        return None
    return {"epoch": epoch, "reset": reset, "after": after, "reached": reached}


def _stream_news(
    session: Session, stream: str, grant: Grant, place: dict[str, Any], most: int
) -> tuple[dict[str, Any], int]:
    """The item of one stream, and about how many bytes its bodies are."""
    found = _changes_after(session, stream, grant, place["after"], most + 1)
    more = len(found) > most
    rows = [_as_row(change) for change in found[:most]]
    reached = place["reached"]
    if more:
        reached = rows[-1]["seq"] if rows else place["after"]
    item = {
        "stream": stream,
        "epoch": place["epoch"],
        "reset": place["reset"],
        "seq": reached,
        "more": more,
        "rows": rows,
    }
    return item, sum(change.size or 0 for change in found[:most])


def _changes_after(session: Session, stream: str, grant: Grant, after: int, most: int) -> list[Any]:
    size = func.length(cast(Change.body, Text)).label("size")
    wanted = (
        select(Change.kind, Change.row_id, Change.rev, Change.seq, Change.body, size)
        .where(Change.stream == stream, Change.seq > after, _readable(grant))
        .order_by(Change.seq)
        .limit(most)
    )
    return list(session.execute(wanted))


def _readable(grant: Grant) -> ColumnElement[bool]:
    open_to = Change.audience.in_(grant.scopes)
    return open_to if grant.author is None else or_(open_to, Change.author == grant.author)


def _as_row(change: Any) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.row_id,
        "rev": change.rev,
        "seq": change.seq,
        "body": change.body,
    }

"""The rows of one person, as an actor may see them, and the keys of the files that belong to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts.policy import MANAGE
from app.core.actor import Actor
from app.core.backup.portable import lines_of
from app.core.db import Base, table_of
from app.exports.kept import BACK, OUT, Kept, taken
from app.exports.models import Archive, Arrival
from app.sync.files import stored_keys
from app.sync.models import StoredFile

ARRIVAL_PIECE = 2 * 1024 * 1024
OF_A_FILE = ("picture", "thumbnail", "original")


@dataclass(frozen=True)
class Taken:
    """The rows of one table as portable lines (see core/backup/portable.py)."""

    kept: Kept
    lines: list[bytes]


def rows_of(session: Session, actor: Actor) -> list[Taken]:
    """Every row of the actor's person that this actor may see, table by table."""
    models = model_by_table()
    return [Taken(item, list(_lines(session, actor, models[item.table]))) for item in taken(BACK, OUT)]


def _lines(session: Session, actor: Actor, model: Any) -> Iterator[bytes]:
    return lines_of(session, table_of(model), only=_filter(model, actor))


def _filter(model: Any, actor: Actor) -> ColumnElement[bool]:
    if hasattr(model, "visible_to"):
        found: ColumnElement[bool] = model.visible_to(actor)
        return found
    # what no actor reads on a phone: who manages may take it along
    wanted: ColumnElement[bool] = (model.person_id == actor.person) & actor.may(MANAGE)
    return wanted


def model_by_table() -> dict[str, Any]:
    """Every model by the name of its table."""
    return {table_of(mapper.class_).name: mapper.class_ for mapper in Base.registry.mappers}


def files_of(session: Session, actor: Actor) -> list[str]:
    """The sums of the actor's person's files that this actor may see."""
    wanted = select(StoredFile.sha256).where(StoredFile.visible_to(actor)).order_by(StoredFile.sha256)
    return list(session.scalars(wanted))


def archives_of(session: Session, actor: Actor) -> list[Archive]:
    """What this actor asked for, the newest first."""
    wanted = select(Archive).where(Archive.visible_to(actor)).order_by(Archive.asked_at.desc(), Archive.id)
    return list(session.scalars(wanted))


def find_archive(session: Session, actor: Actor, archive_id: str) -> Archive | None:
    """An archive that is ready for this actor."""
    wanted = select(Archive).where(Archive.visible_to(actor), Archive.id == archive_id, Archive.state == "ready")
    return session.scalars(wanted).one_or_none()


def piece_key(archive: Archive, number: int) -> str:
    """Where a piece of an archive lies, counted from 0."""
    return f"{archive_folder(archive.person_id, archive.id)}/{number:06d}"


def archive_folder(person: str, archive_id: str) -> str:
    """The folder of an archive's pieces."""
    return f"archive/{person}/{archive_id}"


def arrival_folder(account: str, arrival_id: str) -> str:
    """The folder of the pieces of an archive that is sent."""
    return f"arrival/{account}/{arrival_id}"


def arrival_key(account: str, arrival_id: str, number: int) -> str:
    """Where a piece of it lies, counted from 0; each but the last is `ARRIVAL_PIECE` bytes long."""
    return f"{arrival_folder(account, arrival_id)}/{number:06d}"


def kept_keys(session: Session) -> tuple[set[str], set[str]]:
    """The storage keys that rows need, and all that may be there: files, archives, and archives that are sent."""
    needed, allowed = stored_keys(session)
    for archive in session.scalars(select(Archive).where(Archive.state == "ready")):
        pieces = {piece_key(archive, number) for number in range(archive.pieces)}
        needed, allowed = needed | pieces, allowed | pieces
    for arrival in session.scalars(select(Arrival)):
        numbers = range(-(-arrival.size // ARRIVAL_PIECE))
        allowed |= {arrival_key(arrival.account_id, arrival.id, number) for number in numbers}
    return needed, allowed

"""Asking for a photo to be read, and putting away a photo that was not needed."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import now
from app.core.db import database_now
from app.core.errors import NotFound
from app.jobs.service import enqueue
from app.receipts.models import Reading
from app.receipts.queries import file_of, is_used
from app.sync.files import check_not_somebody_elses, find_file
from app.sync.registry import Done, Outcome

FORGET_AFTER = timedelta(days=1)
DRAWN = frozenset({"ready", "refused"})


def ask_to_read(session: Session, actor: Actor, *, reading_id: str, sha256: str) -> Outcome:
    """Mark a photo to be read. A photo has one reading; one that could not be read is tried once more."""
    found = session.scalars(select(Reading).where(Reading.visible_to(actor), Reading.sha256 == sha256)).one_or_none()
    if found is None:
        found = _new_reading(session, actor, reading_id, sha256)
    elif found.state in {"unreadable", "off", "dropped"}:
        found.state, found.reason = "waiting", None
    session.flush()
    file = find_file(session, actor, sha256)
    if found.state == "waiting" and file is not None and file.state in DRAWN:
        due_to_read(session, found)
    return Done(found.rev)


def drop_receipt(session: Session, actor: Actor, *, reading_id: str) -> Outcome:
    """Put away a photo that was taken by mistake. Where a line of the ledger uses it, everything stays."""
    found = session.scalars(select(Reading).where(Reading.visible_to(actor), Reading.id == reading_id)).one_or_none()
    if found is None:
        raise NotFound
    if found.state != "dropped" and not is_used(session, found.person_id, found.sha256):
        due_to_forget(session, found.person_id, found.sha256, round_number=0)
        found.state = "dropped"
        session.flush()
    return Done(found.rev)


def due_to_read(session: Session, reading: Reading) -> None:
    """Have the worker read it. `rev`: asked for anew, read anew."""
    enqueue(session, "receipt.read", key=f"receipt.read:{reading.id}:{reading.rev}", payload={"reading": reading.id})


def due_to_forget(session: Session, person: str, sha256: str, *, round_number: int) -> None:
    """Have the worker delete the file tomorrow: by then it has arrived, and nobody took the photo up again."""
    at = database_now(session)
    enqueue(
        session,
        "receipt.forget",
        key=f"receipt.forget:{person}:{sha256}:{at:%Y%m%d%H%M%S}:{round_number}",
        payload={"person": person, "sha256": sha256, "round": round_number},
        due_at=at + FORGET_AFTER,
    )


def _new_reading(session: Session, actor: Actor, reading_id: str, sha256: str) -> Reading:
    check_not_somebody_elses(session, actor, file_of(session, actor.person, sha256))
    if find_file(session, actor, sha256) is None or session.get(Reading, reading_id) is not None:
        raise NotFound
    made = Reading(
        id=reading_id,
        person_id=actor.person,
        sha256=sha256,
        state="waiting",
        reason=None,
        look=None,
        result=None,
        asked_by=actor.account,
        asked_at=now(session),
    )
    session.add(made)
    return made

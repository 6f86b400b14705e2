"""Files of a person: announced by an operation, their bytes in pieces, pictures made by the worker.

Keys in storage: `original/PERSON/SHA256`, `picture/...`, `thumbnail/...`, `partial/PERSON/SHA256/OFFSET`.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from marshmallow import fields
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import now
from app.core.db import Database, database_now
from app.core.errors import InhandError, Malformed, NotFound, Refused
from app.core.files.bare import is_bare_jpeg
from app.core.files.pictures import make_pictures
from app.core.files.scanning import ScannerAway
from app.core.files.sniff import FileRefused
from app.core.files.upload import PIECE, check_announced
from app.core.logging import note
from app.core.storage import Storage
from app.jobs.service import Claim, enqueue
from app.sync.facts import Facts, check_sha256, one_of, whole, words
from app.sync.models import StoredFile
from app.sync.registry import Arrived, Done, Outcome

TYPES = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    "image/heif",
    "application/pdf",
    "application/octet-stream",
)
# A file said to have never arrived may still come: a phone that was in a drawer for two months.
ARRIVING = frozenset({"awaited", "missing"})
NEVER_ARRIVED_AFTER = timedelta(days=30)
JOIN_AFTER = timedelta(seconds=30)
LOOK_AGAIN_AFTER = timedelta(minutes=5)
HERE_ALREADY = "This photo is in the plan already. Somebody else sent the very same one."
NOT_WHOLE = "This file did not arrive whole. It is sent again from the phone."


class BadOffset(InhandError):
    """The phone went on from another place than the server did."""

    status = 409
    code = "offset"


class Announce(Facts):
    """A file that a phone holds and will send."""

    sha256 = fields.String(required=True, validate=check_sha256)
    size = whole(1, 2**31 - 1, required=True)
    type = one_of(*TYPES, required=True)
    name = words(255, load_default="")


def announce(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`file.announce`: the row that tells other phones of it. Announcing the same bytes again changes nothing.

    Whoever sees only what they sent themselves is told when somebody else sent the same bytes: only who has them knows
    their sum.
    """
    facts = op.facts
    check_announced(facts["sha256"], facts["size"])
    wanted = (StoredFile.person_id == actor.person) & (StoredFile.sha256 == facts["sha256"])
    known = session.scalars(select(StoredFile).where(wanted)).one_or_none()
    if known is not None:
        check_not_somebody_elses(session, actor, known)
        return Done(known.rev)
    if session.get(StoredFile, op.row) is not None:
        raise NotFound
    row = StoredFile(
        id=op.row,
        person_id=actor.person,
        sha256=facts["sha256"],
        size=facts["size"],
        type=facts["type"],
        name=facts["name"],
        state="awaited",
        device_id=op.device,
        announced_by=actor.account,
        announced_at=now(session),
    )
    session.add(row)
    session.flush()
    enqueue(
        session,
        "file.missing",
        key=f"file.missing:{row.id}",
        payload={"file": row.id},
        due_at=now(session) + NEVER_ARRIVED_AFTER,
    )
    return Done(row.rev)


def check_not_somebody_elses(session: Session, actor: Actor, known: StoredFile | None) -> None:
    """Refuse bytes that are here from somebody whose files this actor does not see, with a sentence that says so."""
    if known is not None and find_file(session, actor, known.sha256, required=False) is None:
        raise Refused(HERE_ALREADY, code="here_already")


def file_state(session: Session, actor: Actor, sha256: str) -> dict[str, Any]:
    """How much of a file is here: `{"have", "size", "state"}` of the protocol."""
    row = find_file(session, actor, sha256, required=False)
    if row is None:
        return {"have": 0, "size": 0, "state": "absent"}
    return _state(row)


def find_file(session: Session, actor: Actor, sha256: str, *, required: bool = True) -> StoredFile | None:
    """The file, if this actor may see it."""
    wanted = StoredFile.visible_to(actor) & (StoredFile.sha256 == sha256)
    row = session.scalars(select(StoredFile).where(wanted)).one_or_none()
    if row is None and required:
        raise NotFound
    return row


class Uploads:
    """Takes the pieces of files. Storage is never touched while a write transaction is open."""

    def __init__(self, database: Database, storage: Storage) -> None:
        self.database = database
        self.storage = storage

    def take_piece(self, actor: Actor, sha256: str, *, offset: int, size: int, data: bytes) -> dict[str, Any]:
        """Keep one piece; with the last one the file is checked against its name. Answers with its state."""
        if not actor.may("log_money"):
            raise NotFound
        state = self._may_take(actor, sha256, offset=offset, size=size, data=data)
        if state["state"] in {"received", "ready", "refused"}:
            return state
        self._keep_piece(actor.person, sha256, offset, data)
        if self._count(actor, sha256, offset + len(data)) < size:
            return self._now(actor, sha256)
        self.put_together(actor.person, sha256)
        return self._now(actor, sha256)

    def put_together(self, person: str, sha256: str) -> None:
        """Join the pieces, check the sum, keep the original. Done twice it changes nothing."""
        names = sorted(self.storage.keys(f"partial/{person}/{sha256}/"))
        whole_file = b"".join(self.storage.get(name) for name in names)
        right = is_the_file(whole_file, sha256)
        if right:
            self.storage.put(f"original/{person}/{sha256}", whole_file)
        elif self.storage.size(f"original/{person}/{sha256}") is not None:
            return
        self._note_whole(person, sha256, right=right)
        for name in names:
            self.storage.delete(name)
        if not right:
            raise Refused(NOT_WHOLE, code="sha256")

    def _may_take(self, actor: Actor, sha256: str, *, offset: int, size: int, data: bytes) -> dict[str, Any]:
        with self.database.reading() as session:
            row = find_file(session, actor, sha256)
            state = _state(row) if row else {}
        if state["state"] in {"received", "ready", "refused"}:
            return state
        if size != state["size"] or not data or len(data) > PIECE or offset + len(data) > size:
            raise Malformed("This piece of the file does not fit the rest.")
        if offset != state["have"]:
            raise BadOffset("The file goes on from another place.")
        return state

    def _keep_piece(self, person: str, sha256: str, offset: int, data: bytes) -> None:
        key = f"partial/{person}/{sha256}/{offset:012d}"
        if self.storage.size(key) is not None:
            self.storage.delete(key)
        self.storage.put(key, data)

    def _count(self, actor: Actor, sha256: str, have: int) -> int:
        with self.database.writing() as session:
            row = find_file(session, actor, sha256)
            if row is not None and row.state in ARRIVING:
                row.have = max(row.have, have)
                if row.have == row.size:
                    _due_if_we_die(session, row)
                have = row.have
            session.commit()
        return have

    def _note_whole(self, person: str, sha256: str, *, right: bool) -> None:
        with self.database.writing() as session:
            row = _by_sha256(session, person, sha256)
            if row is not None and row.state in ARRIVING:
                row.state = "received" if right else "awaited"
                row.have = row.size if right else 0
                if right:
                    _due(session, "file.draw", row)
            session.commit()

    def _now(self, actor: Actor, sha256: str) -> dict[str, Any]:
        with self.database.reading() as session:
            return file_state(session, actor, sha256)


class FileJobs:
    """What the worker does with files. `look`: raises `FileRefused` for bytes that a scanner finds harmful."""

    def __init__(self, uploads: Uploads, look: Callable[[bytes], None] = lambda _data: None) -> None:
        self.uploads = uploads
        self.look = look

    def join(self, held: Claim) -> None:
        """Put a file together whose last piece came just before the server stopped."""
        row = self._row(held)
        if row is not None and row.state in ARRIVING:
            try:
                self.uploads.put_together(row.person_id, row.sha256)
            except Refused:
                return

    def draw(self, held: Claim) -> None:
        """Make the pictures that are served; the original never is."""
        row = self._row(held)
        if row is None or row.state not in {"received", "ready", "refused"}:
            return
        place = f"{row.person_id}/{row.sha256}"
        if row.state == "received" and not self._looked_at(row.id, place):
            return
        self._forget_metadata(f"original/{place}")

    def _looked_at(self, file_id: str, place: str) -> bool:
        """Whether a file is settled: harmful, no picture, or drawn. While the scanner is away it is not."""
        data = self.uploads.storage.get(f"original/{place}")
        try:
            self.look(data)
        except FileRefused as refused:
            self._settle(file_id, state="refused", reason=refused.sentence)
            self.uploads.storage.delete(f"original/{place}")
        except ScannerAway:
            self._look_later(file_id)
            return False
        else:
            self._make_pictures(file_id, place, data)
        return True

    def _make_pictures(self, file_id: str, place: str, data: bytes) -> None:
        try:
            made = make_pictures(data)
        except FileRefused as refused:
            self._settle(file_id, state="refused", reason=refused.sentence)
            return
        for name, data in (("picture", made.picture), ("thumbnail", made.thumbnail)):
            key = f"{name}/{place}"
            if self.uploads.storage.size(key) is None:
                self.uploads.storage.put(key, data)
        self._settle(file_id, state="ready", width=made.width, height=made.height, pages=made.pages)

    def _look_later(self, file_id: str) -> None:
        """A scanner may be away for longer than a job is tried: each look is a job of its own."""
        note("scanner_away", file=file_id)
        with self.uploads.database.writing() as session:
            later = database_now(session) + LOOK_AGAIN_AFTER
            key = f"file.draw:{file_id}:{later.isoformat()}"
            enqueue(session, "file.draw", key=key, payload={"file": file_id}, due_at=later)
            session.commit()

    def _forget_metadata(self, key: str) -> None:
        """A photo that may say where it was taken does not stay; our picture of it says nothing.

        A document stays as it came: only its first page is drawn.
        """
        if self.uploads.storage.size(key) is None:
            return
        data = self.uploads.storage.get(key)
        if not data.startswith(b"%PDF") and not is_bare_jpeg(data):
            self.uploads.storage.delete(key)

    def miss(self, held: Claim) -> None:
        """After 30 days a photo that never came is said to have never arrived."""
        row = self._row(held)
        if row is not None and row.state == "awaited":
            self._settle(row.id, state="missing")

    def _row(self, held: Claim) -> StoredFile | None:
        with self.uploads.database.reading() as session:
            return session.get(StoredFile, held.payload["file"])

    def _settle(self, file_id: str, **values: object) -> None:
        with self.uploads.database.writing() as session:
            row = session.get(StoredFile, file_id)
            if row is not None:
                for name, value in values.items():
                    setattr(row, name, value)
            session.commit()


def stored_keys(session: Session) -> tuple[set[str], set[str]]:
    """The keys that the rows need, and all that may be there (an original that holds only its picture stays)."""
    needed: set[str] = set()
    allowed: set[str] = set()
    for row in session.execute(select(StoredFile.person_id, StoredFile.sha256, StoredFile.state, StoredFile.size)):
        place = f"{row.person_id}/{row.sha256}"
        made = {f"picture/{place}", f"thumbnail/{place}"}
        needed |= made if row.state == "ready" else {f"original/{place}"} if row.state == "received" else set()
        pieces = {f"partial/{place}/{offset:012d}" for offset in range(0, row.size, PIECE)}
        allowed |= {*made, f"original/{place}", *pieces}
    return needed, allowed


def is_the_file(data: bytes, sha256: str) -> bool:
    """Whether these are the bytes that the phone queued."""
    return hashlib.sha256(data).hexdigest() == sha256


def _by_sha256(session: Session, person: str, sha256: str) -> StoredFile | None:
    wanted = (StoredFile.person_id == person) & (StoredFile.sha256 == sha256)
    return session.scalars(select(StoredFile).where(wanted)).one_or_none()


def _due(session: Session, kind: str, row: StoredFile) -> None:
    enqueue(session, kind, key=f"{kind}:{row.id}", payload={"file": row.id})


def _due_if_we_die(session: Session, row: StoredFile) -> None:
    """This process joins the pieces at once; the worker does when it did not live to. `rev`: sent anew, joined anew."""
    later = database_now(session) + JOIN_AFTER
    enqueue(session, "file.join", key=f"file.join:{row.id}:{row.rev}", payload={"file": row.id}, due_at=later)


def _state(row: StoredFile) -> dict[str, Any]:
    partial = row.state in ARRIVING
    state = {"have": row.have, "size": row.size, "state": "partial" if partial else row.state}
    return {**state, "sentence": row.reason} if row.reason else state

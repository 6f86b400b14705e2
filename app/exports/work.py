"""What the worker does: makes archives and ends them, erases people and accounts, and lets go of held lines."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.access import actor_for
from app.accounts.models import Account, Person
from app.accounts.policy import MANAGE
from app.core.actor import Actor
from app.core.backup.take import schema_of
from app.core.clock import as_text, now
from app.core.db import Database, table_of
from app.core.errors import Unavailable
from app.core.settings import Settings
from app.core.storage import KeyMissing, Storage
from app.exports.erasing import Leave, erase_account, erase_person, waiting_erasure
from app.exports.kept import Kept
from app.exports.models import Archive, Erasure, HeldLine
from app.exports.opening import FOLDERS, digest_of
from app.exports.packing import FORMAT, Pieces, pack
from app.exports.queries import archive_folder, files_of, rows_of
from app.exports.service import ARCHIVE_LASTS, alone_with
from app.jobs.service import Claim, enqueue

FILE_FOLDERS = ("original", "picture", "thumbnail", "partial", "archive")
Tables = list[tuple[Kept, list[dict[str, Any]]]]
Found = tuple[dict[str, Any], Tables, list[str]]
"""Of one person: the facts of the manifest, the rows table by table, and the sums of the files."""


class StillRead(Unavailable):
    """Somebody still reads an older state of the database: what was erased is in it. Tried again."""

    code = "still_read"


class ExportJobs:
    """The handlers for the worker. `leave_as_person` and `leave_as_account`: what goes before either is erased."""

    def __init__(
        self,
        database: Database,
        storage: Storage,
        settings: Settings,
        *,
        leave_as_person: Leave,
        leave_as_account: Leave,
    ) -> None:
        self.database = database
        self.storage = storage
        self.settings = settings
        self.leave_as_person, self.leave_as_account = leave_as_person, leave_as_account

    def handlers(self) -> dict[str, Callable[[Claim], None]]:
        """Every kind of job of this feature."""
        return {
            "archive.make": self.make,
            "archive.end": self.end,
            "erase": self.erase,
            "erase.traces": self.erase_traces,
            "hold.end": self.end_hold,
        }

    def make(self, held: Claim) -> None:
        """Write an archive in pieces. Begun anew it starts from nothing; whoever may no longer have it gets none."""
        with self.database.reading() as session:
            archive = session.get(Archive, held.payload["archive"])
            if archive is None or archive.state != "due":
                return
            person, actor = archive.person_id, actor_for(session, archive.account_id, archive.person_id)
            found = collect(session, actor) if actor is not None and actor.may(MANAGE) else None
        folder = archive_folder(person, held.payload["archive"])
        self._delete(folder)
        if found is None:
            self._settle(held.payload["archive"], state="failed")
            return
        out = Pieces(lambda number, data: self.storage.put(f"{folder}/{number:06d}", data))
        write_archive(self.storage, out, found)
        if not self._settle(held.payload["archive"], state="ready", size=out.size, pieces=out.count):
            self._delete(folder)  # erased meanwhile

    def end(self, held: Claim) -> None:
        """An archive is not kept for ever: its bytes go."""
        with self.database.writing() as session:
            archive = session.get(Archive, held.payload["archive"])
            if archive is not None:
                archive.state = "ended"
            session.commit()
        self._delete(archive_folder(held.payload["person"], held.payload["archive"]))

    def erase(self, held: Claim) -> None:
        """The day has come, and nobody has changed their mind."""
        with self.database.writing() as session:
            erasure = session.get(Erasure, held.payload["erasure"])
            if erasure is not None and erasure.state == "waiting" and erasure.due_at <= now(session):
                self._erase(session, erasure)
            session.commit()

    def _erase(self, session: Session, erasure: Erasure) -> None:
        traces = {"person": erasure.person_id or "", "account": erasure.account_id or "", "erasure": erasure.id}
        if erasure.person_id is not None:
            if session.get(Person, erasure.person_id) is not None:
                erase_person(session, erasure, years=self.settings.keep_money_years, leave=self.leave_as_person)
        elif self._may_go(session, str(erasure.account_id)):
            erase_account(session, erasure, leave=self.leave_as_account)
        else:
            erasure.state, erasure.settled_at = "kept", now(session)
            return
        enqueue(session, "erase.traces", key=f"erase.traces:{erasure.id}", payload=traces)

    def _may_go(self, session: Session, account: str) -> bool:
        """Not while somebody would be left alone whose own erasing was stopped since."""
        there = session.get(Account, account) is not None
        return there and all(waiting_erasure(session, person=one.id) for one in alone_with(session, account))

    def erase_traces(self, held: Claim) -> None:
        """The files, and what the database's own files still hold of deleted rows."""
        if held.payload["person"]:
            for name in FILE_FOLDERS:
                self._delete(f"{name}/{held.payload['person']}")
        if held.payload.get("account"):
            self._delete(f"arrival/{held.payload['account']}")
        if not self.database.forget_deleted():
            raise StillRead("Somebody is reading an older state. It is tried again.")

    def end_hold(self, held: Claim) -> None:
        """The funder may no longer ask: the facts go too."""
        reference, until = held.payload["reference"], held.payload["until"]
        with self.database.writing() as session:
            if now(session).date().isoformat() >= until:
                gone = (HeldLine.reference == reference) & (HeldLine.until <= until)
                session.execute(delete(table_of(HeldLine)).where(gone))
            session.commit()

    def _settle(self, archive_id: str, **values: object) -> bool:
        with self.database.writing() as session:
            archive = session.get(Archive, archive_id)
            if archive is not None:
                for name, value in values.items():
                    setattr(archive, name, value)
                archive.ends_at = now(session) + ARCHIVE_LASTS
                facts = {"archive": archive_id, "person": archive.person_id}
                enqueue(session, "archive.end", key=f"archive.end:{archive_id}", payload=facts, due_at=archive.ends_at)
            session.commit()
        return archive is not None

    def _delete(self, folder: str) -> None:
        for key in list(self.storage.keys(f"{folder}/")):
            self.storage.delete(key)


def read_archive(storage: Storage, person: str, archive_id: str, pieces: int) -> Iterator[bytes]:
    """The bytes of an archive, piece by piece. Ends early where it is erased meanwhile: then it does not open."""
    for number in range(pieces):
        try:
            yield storage.get(f"{archive_folder(person, archive_id)}/{number:06d}")
        except KeyMissing:
            return


def collect(session: Session, actor: Actor) -> Found:
    """What goes into an archive of the actor's person, as this actor may see it."""
    found = rows_of(session, actor)
    facts = {
        "format": FORMAT,
        "person": actor.person,
        "name": session.get_one(Person, actor.person).name,
        "made_at": as_text(now(session)),
        "schema": schema_of(session),
        "tables": {item.kept.table: digest_of(item.lines) for item in found if item.kept.taken == "back"},
    }
    return facts, [(item.kept, [json.loads(line) for line in item.lines]) for item in found], files_of(session, actor)


def write_archive(storage: Storage, out: Pieces, found: Found) -> None:
    """Write an archive of what was collected, with the files that are there."""
    facts, tables, sums = found
    files = dict(_files(storage, facts["person"], sums))
    facts["files"] = {name: hashlib.sha256(storage.get(key)).hexdigest() for name, key in files.items()}
    pack(out, facts, tables, ((name, storage.get(key)) for name, key in files.items()))


def _files(storage: Storage, person: str, sums: list[str]) -> Iterator[tuple[str, str]]:
    """Names within the archive and storage keys, of what is there."""
    for folder, made in FOLDERS.items():
        for sha256 in sums:
            key = f"{made}/{person}/{sha256}"
            if storage.size(key) is not None:
                ending = "pdf" if storage.get_range(key, 0, 4) == b"%PDF" else "jpg"
                yield f"{folder}{sha256}.{ending}", key

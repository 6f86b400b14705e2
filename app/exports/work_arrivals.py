"""What the worker does with archives that are sent: looks through them, brings them in, and lets go of their bytes."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.accounts.models import Account, Person
from app.core.clock import now
from app.core.db import Database, database_now
from app.core.errors import Refused, Unavailable
from app.core.logging import note
from app.core.settings import Settings
from app.core.storage import KeyMissing, KeyTaken, Storage
from app.exports.arriving import open_pieces, room_for_holder
from app.exports.bringing import bring_back, refuse_taken
from app.exports.erasing import Leave, erase_person, new_reference
from app.exports.kept import kept
from app.exports.models import Arrival, Erasure
from app.exports.opening import BROKEN, BY_PAGE, FOLDERS, Opened, day_made, open_archive, open_zip, storage_files
from app.exports.queries import arrival_folder
from app.jobs.service import Claim, enqueue

# A worker that ended each time had too little memory for it: it is not tried eight times.
MOST_TRIES = 3
ENDLESS = "We could not look through this file. Nothing of it is in. Send it again later."
# None of these says anything about the archive: a full disk, storage or scanner away, a busy database.
AWAY = (Unavailable, OperationalError)
AGAIN_AFTER = timedelta(minutes=5)
WAITS = (
    "Something on our side does not answer now. We try again every five minutes. "
    "Nothing is lost, and you need not stay here."
)
Look = Callable[[bytes], None]


class ArrivalJobs:
    """The handlers for the worker. `leave_as_person`: what goes before an empty plan makes room.

    `look` raises `FileRefused` for bytes that a scanner finds harmful.
    """

    def __init__(
        self, database: Database, storage: Storage, settings: Settings, look: Look, *, leave_as_person: Leave
    ) -> None:
        self.database = database
        self.storage = storage
        self.settings = settings
        self.look = look
        self.leave_as_person = leave_as_person

    def handlers(self) -> dict[str, Callable[[Claim], None]]:
        """Every kind of job of this part."""
        return {"arrival.check": self.check, "arrival.bring": self.bring, "arrival.end": self.end}

    def check(self, held: Claim) -> None:
        """Look through an archive and say what is in it. Nothing is brought in by this."""
        arrival = self._find(held, "checking")
        if arrival is None:
            return
        try:
            _refuse_endless(held)
            with self._opened(arrival) as (archive, found):
                with self.database.reading() as session:
                    refuse_taken(session, found)
                for name in found.files:
                    self.look(archive.read(name))
                facts = _facts_of(found)
        except Refused as refused:
            self._refuse(arrival, refused.sentence)
            return
        except AWAY:
            self._again(held)
            return
        with self.database.writing() as session:
            row = session.get(Arrival, arrival.id)
            if row is not None and row.state == "checking":
                row.state, row.facts, row.reason = "checked", facts, None
            session.commit()

    def bring(self, held: Claim) -> None:
        """Bring an archive in. It is looked through once more: what was checked is what comes in."""
        arrival = self._find(held, "bringing")
        if arrival is None:
            return
        try:
            _refuse_endless(held)
            with self._opened(arrival) as (archive, found):
                self._bring(arrival, archive, found)
        except Refused as refused:
            self._refuse(arrival, refused.sentence)
            return
        except AWAY:
            self._again(held)
            return
        self._delete_bytes(arrival.account_id, arrival.id)

    def end(self, held: Claim) -> None:
        """Its time is over, or its sender left it out: its row and its bytes go."""
        with self.database.writing() as session:
            row = session.get(Arrival, held.payload["arrival"])
            person = held.payload.get("person") or (_may_have_left_files(row) if row is not None else None)
            if row is not None:
                session.delete(row)
            session.commit()
        try:
            self._take_files_back(person)
            self._delete_bytes(held.payload["account"], held.payload["arrival"])
        except AWAY:
            self._again(held, person=person)

    def _bring(self, arrival: Arrival, archive: zipfile.ZipFile, found: Opened) -> None:
        """Files first: a row never speaks of a file that is not there. Where rows are refused the files go again."""
        with self.database.reading() as session:
            refuse_taken(session, found)
        for key, name in storage_files(found).items():
            self._put(key, archive.read(name))
        with self.database.writing() as session:
            self._write(session, arrival, found)
            session.commit()

    def _put(self, key: str, data: bytes) -> None:
        try:
            self.storage.put(key, data)
        except KeyTaken as error:
            raise Refused(BROKEN) from error

    def _write(self, session: Session, arrival: Arrival, found: Opened) -> None:
        row = session.get(Arrival, arrival.id)
        if row is None or row.state != "bringing":
            raise Refused(BROKEN)
        account = session.get_one(Account, row.account_id)
        if row.role == "holder":
            for person in room_for_holder(session, account.id):
                self._make_room(session, account, person)
        bring_back(session, found, account=account, role=str(row.role))
        row.state, row.facts, row.reason = "done", {"person": found.person}, None

    def _make_room(self, session: Session, account: Account, person: Person) -> None:
        """An empty plan holds nothing that seven days could save."""
        at = now(session)
        made = Erasure(reference=new_reference(), person_id=person.id, asked_by=account.id, asked_at=at, due_at=at)
        session.add(made)
        session.flush()
        erase_person(session, made, years=self.settings.keep_money_years, leave=self.leave_as_person)

    def _take_files_back(self, person: str | None) -> None:
        """By the person and not by the archive: it may be the archive that ends the worker."""
        if person is None:
            return
        with self.database.reading() as session:
            bringing = session.scalars(select(Arrival).where(Arrival.state == "bringing"))
            if session.get(Person, person) is not None or any(_person_of(row) == person for row in bringing):
                return  # somebody else brought the same person in, or is about to: the files are theirs, byte for byte
        for folder in FOLDERS.values():
            for key in list(self.storage.keys(f"{folder}/{person}/")):
                self.storage.delete(key)

    def _again(self, held: Claim, **more: str | None) -> None:
        """What is away may be so for longer than a job is tried: each try is a job of its own."""
        arrival = held.payload["arrival"]
        note("arrival_waits", arrival=arrival, kind=held.kind)
        with self.database.writing() as session:
            row = session.get(Arrival, arrival)
            if row is not None:
                row.reason = WAITS
            later = database_now(session) + AGAIN_AFTER
            key = f"{held.kind}:{arrival}:{later.isoformat()}"
            enqueue(session, held.kind, key=key, payload={**held.payload, **more}, due_at=later)
            session.commit()

    @contextmanager
    def _opened(self, arrival: Arrival) -> Iterator[tuple[zipfile.ZipFile, Opened]]:
        with open_pieces(self.storage, arrival) as source:
            try:
                with open_zip(source, arrival.size, BY_PAGE) as archive:
                    yield archive, open_archive(archive, BY_PAGE)
            except KeyMissing as error:  # left out meanwhile
                raise Refused(BROKEN) from error

    def _find(self, held: Claim, state: str) -> Arrival | None:
        with self.database.reading() as session:
            found = session.get(Arrival, held.payload["arrival"])
            return found if found is not None and found.state == state else None

    def _refuse(self, arrival: Arrival, sentence: str) -> None:
        """Its row first, so that no other worker brings it in. Files that cannot be deleted now go at its end."""
        person = _may_have_left_files(arrival)
        with self.database.writing() as session:
            row = session.get(Arrival, arrival.id)
            if row is not None and row.state in {"checking", "bringing"}:
                row.state, row.reason, row.facts = "refused", sentence, {"person": person} if person else None
            session.commit()
        self._take_files_back(person)
        self._delete_bytes(arrival.account_id, arrival.id)

    def _delete_bytes(self, account: str, arrival_id: str) -> None:
        for key in list(self.storage.keys(f"{arrival_folder(account, arrival_id)}/")):
            self.storage.delete(key)


def _refuse_endless(held: Claim) -> None:
    if held.attempts > MOST_TRIES:
        raise Refused(ENDLESS)


def _person_of(arrival: Arrival) -> str | None:
    found = (arrival.facts or {}).get("person")
    return str(found) if found else None


def _may_have_left_files(arrival: Arrival) -> str | None:
    """The person whose files may be there without a row. What was only looked through has put none."""
    return _person_of(arrival) if arrival.state in {"bringing", "refused"} else None


def _facts_of(found: Opened) -> dict[str, object]:
    """What its sender sees before it comes in, and whose files are to go where it fails."""
    rows = [[kept()[name].title, len(rows)] for name, rows in found.rows.items() if rows and name != "person"]
    return {"person": found.person, "name": found.name, "made_at": day_made(found), "rows": rows}

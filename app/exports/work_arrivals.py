"""What the worker does with archives that are sent: looks through them, brings them in, and lets go of their bytes."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.models import Account, Person
from app.core.clock import now
from app.core.db import Database, table_of
from app.core.errors import Refused
from app.core.files.scanning import ScannerAway
from app.core.settings import Settings
from app.core.storage import KeyMissing, KeyTaken, Storage
from app.exports.arriving import open_pieces, room_for_holder
from app.exports.bringing import bring_back, refuse_taken
from app.exports.erasing import Leave, erase_person, new_reference
from app.exports.kept import kept
from app.exports.models import Arrival, Erasure
from app.exports.opening import BROKEN, BY_PAGE, Opened, open_archive, open_zip, storage_files
from app.exports.queries import arrival_folder
from app.jobs.service import Claim

# A worker that ended each time had too little memory for it: it is not tried eight times.
MOST_TRIES = 3
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
        except (Refused, ScannerAway) as refused:
            self._refuse(arrival, refused.sentence)
            return
        with self.database.writing() as session:
            row = session.get(Arrival, arrival.id)
            if row is not None and row.state == "checking":
                row.state, row.facts = "checked", facts
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
        self._delete_bytes(arrival.account_id, arrival.id)

    def end(self, held: Claim) -> None:
        """Its time is over, or its sender left it out: its row and its bytes go."""
        with self.database.writing() as session:
            session.execute(delete(table_of(Arrival)).where(Arrival.id == held.payload["arrival"]))
            session.commit()
        self._delete_bytes(held.payload["account"], held.payload["arrival"])

    def _bring(self, arrival: Arrival, archive: zipfile.ZipFile, found: Opened) -> None:
        """Files first: a row never speaks of a file that is not there. Where rows are refused the files go again."""
        with self.database.reading() as session:
            refuse_taken(session, found)
        files = storage_files(found)
        try:
            for key, name in files.items():
                self._put(key, archive.read(name))
            with self.database.writing() as session:
                self._write(session, arrival, found)
                session.commit()
        except Refused:
            self._take_files_back(found, list(files))
            raise

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
        row.state, row.facts = "done", {"person": found.person}

    def _make_room(self, session: Session, account: Account, person: Person) -> None:
        """An empty plan holds nothing that seven days could save."""
        at = now(session)
        made = Erasure(reference=new_reference(), person_id=person.id, asked_by=account.id, asked_at=at, due_at=at)
        session.add(made)
        session.flush()
        erase_person(session, made, years=self.settings.keep_money_years, leave=self.leave_as_person)

    def _take_files_back(self, found: Opened, keys: list[str]) -> None:
        with self.database.reading() as session:
            if session.get(Person, found.person) is not None:
                return  # somebody else brought the same person in meanwhile: the files are theirs, byte for byte
        for key in keys:
            self.storage.delete(key)

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
        with self.database.writing() as session:
            row = session.get(Arrival, arrival.id)
            if row is not None and row.state in {"checking", "bringing"}:
                row.state, row.reason, row.facts = "refused", sentence, None
            session.commit()
        self._delete_bytes(arrival.account_id, arrival.id)

    def _delete_bytes(self, account: str, arrival_id: str) -> None:
        for key in list(self.storage.keys(f"{arrival_folder(account, arrival_id)}/")):
            self.storage.delete(key)


def _refuse_endless(held: Claim) -> None:
    if held.attempts > MOST_TRIES:
        raise Refused(BROKEN)


def _facts_of(found: Opened) -> dict[str, object]:
    """What its sender sees before it comes in."""
    rows = [[kept()[name].title, len(rows)] for name, rows in found.rows.items() if rows and name != "person"]
    return {"name": found.name, "made_at": str(found.facts["made_at"])[:10], "rows": rows}

"""What the worker does with receipts: reads them in the bounded reader, and deletes photos that were put away."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from app.core.consent import READING, is_withdrawn
from app.core.db import Database
from app.core.errors import InhandError
from app.core.storage import Storage
from app.jobs.service import Claim
from app.receipts.models import Reading
from app.receipts.queries import file_of, hints_for, is_used, reading_of
from app.receipts.reading import bounded
from app.receipts.reading.shapes import Hints
from app.receipts.reading.shapes import Reading as Found
from app.receipts.service import DRAWN, due_to_forget, due_to_read
from app.receipts.shaping import as_result
from app.sync.files import FileJobs
from app.sync.models import StoredFile

MOST_TRIES = 4
MOST_ROUNDS = 40
MOST_WOKEN = 200
LOOK_SIDE = 16
STOPPED = frozenset({bounded.DIED, bounded.TOO_SLOW, bounded.NO_MEMORY})
AGAIN = "Reading this photo took too much. We try once more."
GAVE_UP = "We could not read this photo. Type in what it says."
OFF = "Reading receipts is off here. Type in what it says."
SAID_NO = "You said no to reading here. Type in what it says."
NOTHING = "We found no words of a receipt on this photo. Type in what it says."

Read = Callable[[Path, Hints], Found]


class ReaderStopped(InhandError):
    """The reader was killed or ran out of memory or time: another try may go well."""

    code = "reader_stopped"


def reader_for(setting: str) -> Read:
    """The bounded reader, or where the installation's setting is off one that says so."""
    return _reading_is_off if setting == "off" else bounded.read_file


def _reading_is_off(_path: Path, _hints: Hints) -> Found:
    raise bounded.ReaderMissing(OFF)


class ReceiptJobs:
    """Jobs around readings. `read` raises ReaderMissing where the optional packages are not installed."""

    def __init__(self, database: Database, storage: Storage, files: FileJobs, read: Read) -> None:
        self.database = database
        self.storage = storage
        self.files = files
        self.read_bounded = read

    def draw(self, held: Claim) -> None:
        """Draw a file; if it waits to be read, reading is due from now on."""
        self.files.draw(held)
        with self.database.writing() as session:
            file = session.get(StoredFile, held.payload["file"])
            if file is not None and file.state in DRAWN:
                reading = reading_of(session, file.person_id, file.sha256)
                if reading is not None and reading.state == "waiting":
                    due_to_read(session, reading)
            session.commit()

    def read(self, held: Claim) -> None:
        """Read one photo and keep what was found beside it. What anybody typed is not touched."""
        with self.database.reading() as session:
            reading = session.get(Reading, held.payload["reading"])
            file = (
                file_of(session, reading.person_id, reading.sha256) if reading and reading.state == "waiting" else None
            )
            hints = hints_for(session, reading.person_id) if reading else Hints()
            no = reading is not None and is_withdrawn(session, reading.asked_by, READING)
        if reading is None or file is None or file.state not in DRAWN:
            return
        if file.state == "refused" or held.attempts > MOST_TRIES:
            self._settle(reading.id, state="unreadable", reason=file.reason or GAVE_UP)
            return
        if no:
            self._settle(reading.id, state="off", reason=SAID_NO)
            return
        self._read(reading.id, f"{file.person_id}/{file.sha256}", hints, last=held.attempts >= MOST_TRIES)

    def forget(self, held: Claim) -> None:
        """Delete a file that was put away, once it is here and if nobody took it up again."""
        person, sha256 = held.payload["person"], held.payload["sha256"]
        with self.database.writing() as session:
            file = file_of(session, person, sha256)
            reading = reading_of(session, person, sha256)
            gone = file is None
            wanted = is_used(session, person, sha256) or (reading is not None and reading.state != "dropped")
            if file is not None and not wanted and file.state in DRAWN:
                gone = True
                session.delete(file)
                if reading is not None:
                    session.delete(reading)
            elif file is not None and not wanted and held.payload["round"] < MOST_ROUNDS:
                due_to_forget(session, person, sha256, round_number=held.payload["round"] + 1)
            session.commit()
        if gone and not wanted:
            self._delete(f"{person}/{sha256}")

    def _delete(self, place: str) -> None:
        for name in ("original", "picture", "thumbnail"):
            self.storage.delete(f"{name}/{place}")

    def _read(self, reading_id: str, place: str, hints: Hints, *, last: bool) -> None:
        look = look_of(self.storage.get(f"thumbnail/{place}"))
        try:
            found = self._found(place, hints)
        except bounded.ReaderMissing as missing:
            self._settle(reading_id, state="off", reason=str(missing), look=look)
            return
        if found.error in STOPPED and not last:
            self._settle(reading_id, state="waiting", reason=AGAIN, look=look)
            raise ReaderStopped(found.error)
        if found.error:
            sentence = GAVE_UP if found.error in STOPPED else found.error
            self._settle(reading_id, state="unreadable", reason=sentence, look=look)
        elif not found.lines:
            self._settle(reading_id, state="unreadable", reason=NOTHING, look=look)
        else:
            self._settle(reading_id, state="read", reason=None, look=look, result=as_result(found, hints))
        self._wake_the_others()

    def _found(self, place: str, hints: Hints) -> Found:
        original = f"original/{place}"
        data = self.storage.get(original if self.storage.size(original) is not None else f"picture/{place}")
        with in_memory(data) as path:
            return self.read_bounded(path, hints)

    def _settle(self, reading_id: str, **values: object) -> None:
        with self.database.writing() as session:
            reading = session.get(Reading, reading_id)
            if reading is not None:
                for name, value in values.items():
                    setattr(reading, name, value)
            session.commit()

    def _wake_the_others(self) -> None:
        """Reading works here: what came while it was off is read now."""
        with self.database.writing() as session:
            for reading in session.scalars(select(Reading).where(Reading.state == "off").limit(MOST_WOKEN)):
                reading.state, reading.reason = "waiting", None
                session.flush()
                due_to_read(session, reading)
            session.commit()


@contextmanager
def in_memory(data: bytes) -> Iterator[Path]:
    """A path by which this process and its children read `data`: sealed photos lie plain on no disk."""
    handle = os.memfd_create("inhand-reading", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(handle), "wb") as out:
            out.write(data)
        yield Path(f"/proc/{os.getpid()}/fd/{handle}")
    finally:
        os.close(handle)


def look_of(thumbnail: bytes) -> str:
    """256 bits that are alike for photos that look alike: where each of 16 rows grows brighter from left to right."""
    with Image.open(io.BytesIO(thumbnail)) as picture:
        small = picture.convert("L").resize((LOOK_SIDE + 1, LOOK_SIDE), Image.Resampling.BOX)
    grey = small.tobytes()
    bits = 0
    for at in range(LOOK_SIDE * LOOK_SIDE):
        row, column = divmod(at, LOOK_SIDE)
        left = row * (LOOK_SIDE + 1) + column
        bits = bits << 1 | (grey[left] < grey[left + 1])
    return f"{bits:064x}"

"""An archive on its way in: its pieces, what its sender decides, and making room for it.

Keys in storage: `arrival/ACCOUNT/ID/NUMBER`, sealed like every file. Nothing is unpacked beside them.
"""

import io
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.attempts import Limit, count_attempt
from app.accounts.models import Person
from app.accounts.policy import MANAGING
from app.accounts.queries import open_relationships
from app.core.audit import write_down
from app.core.clock import now
from app.core.db import Base, Database
from app.core.errors import InhandError, Malformed, NotFound, Refused
from app.core.storage import KeyTaken, Storage
from app.exports.erasing import STAYS
from app.exports.models import Arrival
from app.exports.queries import ARRIVAL_PIECE, arrival_folder, arrival_key
from app.jobs.service import enqueue

MOST_BYTES = 500_000_000
ARRIVAL_LASTS = timedelta(days=2)
ARRIVAL_LIMIT = Limit(20, 86_400)
UNDER_WAY = ("coming", "checking", "checked", "bringing")
TOO_LARGE = "This file is {size:,} MB. We take up to {most:,} MB here. Ask whoever runs this server to bring it in."
ANOTHER_FILE = "This is another file than the one that was begun. Choose it again."
NOT_EMPTY = "Your own plan here has things in it already, and two plans are never made one."
# Of a person with nothing in their plan these rows may be there: who looks after them, and what was done.
OF_AN_EMPTY_PLAN = STAYS | {"relationship"}


class WrongPlace(InhandError):
    """The sender went on from another place than we did; `have` says where we are."""

    status = 409
    code = "offset"

    def __init__(self, have: int) -> None:
        super().__init__("The file goes on from another place.")
        self.have = have


def begin_arrival(session: Session, account: str, *, size: int, mark: str) -> Arrival:
    """Take an archive of `size` bytes. The same file goes on where it broke off; another ends what was under way.

    Raises `Refused` for a size that is not taken.
    """
    if not 0 < size <= MOST_BYTES:
        raise Refused(TOO_LARGE.format(size=-(-size // 1_000_000), most=MOST_BYTES // 1_000_000), code="too_large")
    waiting = under_way(session, account)
    if waiting is not None and (waiting.state, waiting.size, waiting.mark) == ("coming", size, mark):
        return waiting
    if waiting is not None:
        _refuse_at_work(waiting)
        leave_out(session, account, waiting.id)
    count_attempt(session, f"arrival:{account}", ARRIVAL_LIMIT)
    at = now(session)
    made = Arrival(account_id=account, size=size, mark=mark, asked_at=at, ends_at=at + ARRIVAL_LASTS)
    session.add(made)
    session.flush()
    _delete_bytes_later(session, made)
    return made


def find_arrival(session: Session, account: str, arrival_id: str) -> Arrival:
    """One's own; somebody else's is not found."""
    found = session.get(Arrival, arrival_id)
    if found is None or found.account_id != account:
        raise NotFound
    return found


def under_way(session: Session, account: str) -> Arrival | None:
    """What this account has sent and not settled."""
    wanted = select(Arrival).where(Arrival.account_id == account, Arrival.state.in_(UNDER_WAY))
    return session.scalars(wanted.order_by(Arrival.asked_at.desc(), Arrival.id).limit(1)).one_or_none()


def latest_arrival(session: Session, account: str) -> Arrival | None:
    """What this account sent last, whatever became of it."""
    wanted = select(Arrival).where(Arrival.account_id == account)
    return session.scalars(wanted.order_by(Arrival.asked_at.desc(), Arrival.id).limit(1)).one_or_none()


def let_in(session: Session, account: str, arrival_id: str, *, role: str) -> None:
    """Have a checked archive brought in: the sender is its holder, or looks after it. Raises `Refused`."""
    found = find_arrival(session, account, arrival_id)
    if found.state != "checked" or role not in MANAGING:
        raise Refused("This can no longer be brought in. Send the file again.")
    if role == "holder":
        room_for_holder(session, account)
    found.state, found.role = "bringing", role
    enqueue(session, "arrival.bring", key=f"arrival.bring:{found.id}", payload={"arrival": found.id})
    write_down(session, "arrival.let_in", account=account)


def leave_out(session: Session, account: str, arrival_id: str) -> None:
    """Bring nothing in after all. Its bytes go."""
    found = find_arrival(session, account, arrival_id)
    _refuse_at_work(found)
    enqueue(session, "arrival.end", key=f"arrival.left_out:{found.id}", payload=_where(found))
    session.delete(found)
    session.flush()


def room_for_holder(session: Session, account: str) -> list[Person]:
    """The account's own empty plans, in whose place its archive comes. Raises `Refused` where one is not empty."""
    own = [item.person_id for item in open_relationships(session, account) if item.role == "holder"]
    if any(not is_empty(session, person) for person in own):
        raise Refused(NOT_EMPTY, code="not_empty")
    return [session.get_one(Person, person) for person in own]


def is_empty(session: Session, person: str) -> bool:
    """Whether nothing was ever written in this plan, and nobody else was let in or asked."""
    tables = [table for table in Base.metadata.sorted_tables if "person_id" in table.c]
    filled = [table for table in tables if table.name not in OF_AN_EMPTY_PLAN]
    if any(session.execute(select(table).where(table.c.person_id == person).limit(1)).first() for table in filled):
        return False
    members = Base.metadata.tables["relationship"]
    return len(session.execute(select(members.c.id).where(members.c.person_id == person)).all()) == 1


class Arrivals:
    """Takes the pieces of archives. Storage is never touched while a write transaction is open."""

    def __init__(self, database: Database, storage: Storage) -> None:
        self.database = database
        self.storage = storage

    def take_piece(self, account: str, arrival_id: str, *, offset: int, data: bytes) -> int:
        """Keep one piece; with the last one the worker looks through it. Answers how many bytes are here."""
        with self.database.reading() as session:
            found = find_arrival(session, account, arrival_id)
            have, size, state = found.have, found.size, found.state
        if state != "coming":
            return have
        if offset != have:
            raise WrongPlace(have)
        if len(data) != min(ARRIVAL_PIECE, size - offset):
            raise Malformed("This piece of the file does not fit the rest.")
        try:
            self.storage.put(arrival_key(account, arrival_id, offset // ARRIVAL_PIECE), data)
        except KeyTaken:
            raise Refused(ANOTHER_FILE, code="another_file") from None
        return self._count(account, arrival_id, offset + len(data))

    def _count(self, account: str, arrival_id: str, have: int) -> int:
        with self.database.writing() as session:
            found = find_arrival(session, account, arrival_id)
            if found.state == "coming":
                found.have = max(found.have, have)
                if found.have == found.size:
                    found.state = "checking"
                    enqueue(session, "arrival.check", key=f"arrival.check:{found.id}", payload={"arrival": found.id})
            have = found.have
            session.commit()
        return have


class Pieces(io.RawIOBase):
    """The pieces of an archive as one file to read from. One piece at a time is in memory."""

    def __init__(self, storage: Storage, folder: str, size: int) -> None:
        super().__init__()
        self.storage, self.folder, self.size = storage, folder, size
        self._at = 0
        self._number, self._piece = -1, b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte. Raises `ValueError` for one before the first."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("before the first byte")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """The next bytes, up to the end of their piece."""
        number, start = divmod(self._at, ARRIVAL_PIECE)
        if self._at >= self.size or not len(buffer):
            return 0
        if number != self._number:
            self._number, self._piece = number, self.storage.get(f"{self.folder}/{number:06d}")
        found = self._piece[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


def open_pieces(storage: Storage, arrival: Arrival) -> io.BufferedReader:
    """The bytes of an arrival, to read from and to seek in."""
    return io.BufferedReader(Pieces(storage, arrival_folder(arrival.account_id, arrival.id), arrival.size))


def _refuse_at_work(found: Arrival) -> None:
    if found.state == "bringing":
        raise Refused("It is being brought in now. Wait until that is done.")


def _delete_bytes_later(session: Session, made: Arrival) -> None:
    enqueue(session, "arrival.end", key=f"arrival.end:{made.id}", payload=_where(made), due_at=made.ends_at)


def _where(found: Arrival) -> dict[str, str]:
    return {"arrival": found.id, "account": found.account_id}

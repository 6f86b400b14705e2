"""The real app for the state machine, whole or with one protection taken out."""

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from unittest import mock

import sqlalchemy as sa
from flask import Flask

from app.accounts import access
from app.core.schema import migrate
from app.core.settings import Settings
from app.core.web import Services
from app.factory import create_app, make_services
from app.sync import changes, files, receive
from app.sync.models import Stream
from app.sync.registry import Grant
from tests.sync.machine.phones import Phones


@dataclass
class Server:
    """The app with its phones; `broken` runs are not shrunk."""

    app: Flask
    parts: Services
    phones: Phones
    broken: bool = False
    reverse_operations: bool = False
    unlocked: bool = False  # then a push does not wait for one that stands still
    injected: Counter[str] = field(default_factory=Counter)

    @contextlib.contextmanager
    def without(self, protection: str) -> Iterator[None]:
        """Take one protection out."""
        with contextlib.ExitStack() as stack:
            if protection == "operation look-up":
                stack.enter_context(mock.patch.object(receive, "_look_up", return_value=None))
            elif protection == "outbox order":
                self.reverse_operations = True
            elif protection == "epoch reset":
                stack.enter_context(mock.patch.object(access, "Grant", _same_epoch))
            elif protection == "file check":
                stack.enter_context(mock.patch.object(files, "is_the_file", return_value=True))
            elif protection == "stream lock":
                self.unlocked = True
                stack.enter_context(mock.patch.object(changes, "_locked_counter", self._number_beforehand))
            else:
                raise ValueError(protection)
            yield

    def _number_beforehand(self, session: object, stream: str) -> "_Numbers":
        """Numbers as a plain sequence gives them: at once, whoever commits first."""
        return _Numbers(self.parts, stream)


class _Numbers:
    """A counter that is committed before the work that uses it."""

    def __init__(self, parts: Services, stream: str) -> None:
        self._url, self._stream = parts.database.engine.url, stream
        self._seq = 0

    @property
    def seq(self) -> int:
        return self._seq

    @seq.setter
    def seq(self, _wanted: int) -> None:
        own = sa.create_engine(self._url, poolclass=sa.NullPool)  # a push is held at a commit of the app's own engine
        with own.connect() as connection:
            table = Stream.__table__
            done = connection.execute(
                table.update().where(table.c.id == self._stream).values(seq=table.c.seq + 1).returning(table.c.seq)
            ).scalar_one_or_none()
            if done is None:
                connection.execute(table.insert().values(id=self._stream, seq=1))
                done = 1
            connection.commit()
        self._seq = done


def _same_epoch(_epoch: str, scopes: frozenset[str]) -> Grant:
    return Grant("always", scopes)


@contextlib.contextmanager
def open_server(url: str, *, broken: bool = False) -> Iterator[Server]:
    """The app on a fresh database, with a node child for its phones."""
    parts = make_services(Settings(database_url=url, storage_url="memory:", log_level="CRITICAL"))
    migrate(parts.database)
    phones = Phones(lambda _: None)
    try:
        yield Server(create_app(parts=parts), parts, phones, broken=broken)
    finally:
        phones.close()
        parts.database.dispose()

"""Tables of the sync engine, and the mixin that makes a row travel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Index, Integer, String, Text, false, true
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from app.core.actor import SEE_OWN, Actor
from app.core.clock import as_text
from app.core.db import Base, Moment, MomentType
from app.core.ids import new_id


@dataclass(frozen=True, slots=True)
class Line:
    """Where a row travels: its stream, its kind there, and the scope that a reader must hold.

    `author`: the account that wrote it, who reads it back with `SEE_OWN` alone.
    """

    stream: str
    kind: str
    audience: str
    author: str | None = None


class Synced:
    """A row that travels to phones. `rev` counts its changes; `field_revs` says when each field changed last."""

    sync_kind: ClassVar[str]
    sync_audience: ClassVar[str]
    # Others than those who see its person read it too: whoever erases the person has to tell their phones.
    sync_abroad: ClassVar[bool] = False
    # Not part of what a person changes: never counted as a change of a field.
    sync_uncounted: ClassVar[frozenset[str]] = frozenset({"rev", "field_revs"})

    @declared_attr
    def rev(cls) -> Mapped[int]:
        return mapped_column(Integer, default=0)

    @declared_attr
    def field_revs(cls) -> Mapped[dict[str, int]]:
        return mapped_column(JSON, default=dict)

    def sync_lines(self) -> list[Line]:
        """The streams in which this row stands; by default its person's."""
        reader = self.sync_reader(self.sync_audience)
        return [Line(person_stream(getattr(self, "person_id")), self.sync_kind, reader)]  # noqa: B009

    def sync_reader(self, open_to: str) -> str:
        """The scope that a reader of this row needs, where rows of its kind are open to that one."""
        return open_to

    def sync_body(self) -> Mapping[str, Any] | None:
        """The row as it travels, or None when it is removed (a tombstone)."""
        raise NotImplementedError

    def sync_id(self) -> str:
        """The row's id on the phone."""
        found: str = getattr(self, "id")  # noqa: B009
        return found


class Stream(Base):
    """The counter of one stream. Locked, in sorted order, together with the commit."""

    __tablename__ = "stream"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class Change(Base):
    """The newest state of one row in one stream."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_stream_seq", "stream", "seq", unique=True),)

    stream: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    rev: Mapped[int] = mapped_column(Integer)
    audience: Mapped[str] = mapped_column(String(30))
    author: Mapped[str | None] = mapped_column(String(36))
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Operation(Base):
    """An operation that arrived, and the answer it got. Exactly once comes from here."""

    __tablename__ = "operation"

    account_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36))
    act: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(Integer)
    stream: Mapped[str] = mapped_column(String(80), index=True)
    row_id: Mapped[str] = mapped_column(String(36))
    base_rev: Mapped[int | None] = mapped_column(Integer)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(MomentType)


class Installation(Base):
    """One row: which life of this installation it is. A restore begins a new one, so that phones rebuild."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, default=1)
    incarnation: Mapped[str] = mapped_column(String(36), default=new_id)


class Conflict(Synced, Base):
    """Two people changed one thing without seeing each other. What was accepted first counts until one chooses."""

    __tablename__ = "conflict"
    sync_kind = "conflict"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(String(36), index=True)
    row_kind: Mapped[str] = mapped_column(String(30))
    row_id: Mapped[str] = mapped_column(String(36), index=True)
    audience: Mapped[str] = mapped_column(String(30))
    accepted: Mapped[dict[str, Any]] = mapped_column(JSON)
    accepted_by: Mapped[str | None] = mapped_column(String(36))
    other: Mapped[dict[str, Any]] = mapped_column(JSON)
    other_by: Mapped[str] = mapped_column(String(36))
    opened_at: Mapped[Moment]
    choice: Mapped[str | None] = mapped_column(String(10))
    chosen_by: Mapped[str | None] = mapped_column(String(36))

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for rows that this actor may read."""
        return (cls.person_id == actor.person) & cls.audience.in_(actor.scopes)

    def sync_lines(self) -> list[Line]:
        return [Line(person_stream(self.person_id), self.sync_kind, self.audience)]

    def sync_body(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "row_kind": self.row_kind,
            "row": self.row_id,
            "accepted": self.accepted,
            "accepted_by": self.accepted_by,
            "other": self.other,
            "other_by": self.other_by,
            "choice": self.choice,
            "chosen_by": self.chosen_by,
        }


class Version(Synced, Base):
    """What somebody once wrote in one field. Nothing written is lost: the history is here."""

    __tablename__ = "version"
    sync_kind = "version"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(String(36), index=True)
    row_kind: Mapped[str] = mapped_column(String(30))
    row_id: Mapped[str] = mapped_column(String(36), index=True)
    audience: Mapped[str] = mapped_column(String(30))
    field: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(36))
    written_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for versions that this actor may read."""
        return (cls.person_id == actor.person) & cls.audience.in_(actor.scopes)

    def sync_lines(self) -> list[Line]:
        return [Line(person_stream(self.person_id), self.sync_kind, self.audience)]

    def sync_body(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "row_kind": self.row_kind,
            "row": self.row_id,
            "field": self.field,
            "value": self.value,
            "by": self.written_by,
            "at": as_text(self.written_at),
        }


class StoredFile(Synced, Base):
    """A photo or document of a person: announced by the phone first, its bytes follow on their own."""

    __tablename__ = "stored_file"
    __table_args__ = (Index("uq_stored_file_person_sha256", "person_id", "sha256", unique=True),)
    sync_kind = "file"
    sync_audience = "see_money"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    type: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(Text)
    have: Mapped[int] = mapped_column(Integer, default=0)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    pages: Mapped[int | None] = mapped_column(Integer)
    device_id: Mapped[str] = mapped_column(String(36))
    announced_by: Mapped[str] = mapped_column(String(36))
    announced_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for files that this actor may read."""
        return (cls.person_id == actor.person) & sees(actor, cls.sync_audience, cls.announced_by)

    def sync_lines(self) -> list[Line]:
        return [Line(person_stream(self.person_id), self.sync_kind, self.sync_audience, self.announced_by)]

    def sync_body(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "sha256": self.sha256,
            "size": self.size,
            "type": self.type,
            "name": self.name,
            "state": self.state,
            "reason": self.reason,
            "width": self.width,
            "height": self.height,
            "pages": self.pages,
            "device": self.device_id,
            "announced_by": self.announced_by,
            "announced_at": as_text(self.announced_at),
        }


def sees(actor: Actor, audience: str, author: Any) -> Any:
    """The filter for rows open to a scope, and to who wrote them: `author` is the column that says who."""
    if actor.may(audience):
        return true()
    return author == actor.account if actor.may(SEE_OWN) else false()


def person_stream(person: str) -> str:
    """The stream of one person's rows."""
    return f"person:{person}"


def account_stream(account: str) -> str:
    """The stream of one account's own rows."""
    return f"account:{account}"


def incarnation(session: Session) -> str:
    """Which life of this installation it is."""
    found = session.get(Installation, 1)
    return found.incarnation if found else "none"

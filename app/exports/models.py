"""Archives that somebody asked for or sent, what is to be erased, and the facts of money a funder may still ask for."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.policy import MANAGE
from app.core.actor import Actor
from app.core.db import Base, Moment, MomentType
from app.core.ids import new_id

ARCHIVE_STATES = ("due", "ready", "failed", "ended")
ARRIVAL_STATES = ("coming", "checking", "checked", "bringing", "done", "refused")
ERASURE_STATES = ("waiting", "kept", "done")


class Archive(Base):
    """Everything of one person in one file, made by the worker, for the account that asked. It ends by itself.

    Its bytes lie in pieces under `archive/PERSON/ID/NUMBER`, sealed like every file.
    """

    __tablename__ = "archive"
    __table_args__ = (CheckConstraint(f"state IN {ARCHIVE_STATES}", name="state"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="due")
    asked_at: Mapped[Moment]
    ends_at: Mapped[datetime | None] = mapped_column(MomentType)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    pieces: Mapped[int] = mapped_column(Integer, default=0)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for archives that this actor asked for and may still have."""
        return (cls.person_id == actor.person) & (cls.account_id == actor.account) & actor.may(MANAGE)


class Arrival(Base):
    """An archive that an account sends to be brought in. Nothing of it is anybody's plan until it is `done`.

    coming: its bytes come in pieces, `have` of `size` are here, under `arrival/ACCOUNT/ID/NUMBER`; checking, bringing:
    the worker has it; checked: `facts` says what is in it (`name`, `made_at`, `rows` as [title, how many]) and
    the account has to say whether it comes in; done: `facts` says which `person` it was; refused: `reason` says why.
    `mark` is a sum over its first and last bytes, by which the same file goes on where it broke off. Its bytes go as
    soon as it is settled, and all of it at `ends_at`.
    """

    __tablename__ = "arrival"
    __table_args__ = (CheckConstraint(f"state IN {ARRIVAL_STATES}", name="state"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="coming")
    mark: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    have: Mapped[int] = mapped_column(BigInteger, default=0)
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    role: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[Moment]
    ends_at: Mapped[Moment]


class Erasure(Base):
    """What is to be erased, and when. One of `person_id` and `account_id` is set; both are numbers that led to rows.

    It stays when it is done: without it nobody could say that something was erased, or why lines are held.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint(f"state IN {ERASURE_STATES}", name="state"),
        CheckConstraint("(person_id IS NULL) <> (account_id IS NULL)", name="one"),
        Index("ix_erasure_person_id", "person_id"),
        Index("ix_erasure_account_id", "account_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[str | None] = mapped_column(String(36))
    account_id: Mapped[str | None] = mapped_column(String(36))
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    settled_at: Mapped[datetime | None] = mapped_column(MomentType)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for what this actor may know to be erased."""
        return (cls.person_id == actor.person) & actor.may(MANAGE)


class HeldLine(Base):
    """A fact of a funder's money that has to be kept after its person was erased: no name and no words.

    `pot` counts the pots of the person from 1; `amount` is in pence; it goes on the day after `until`.
    """

    __tablename__ = "held_line"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(12), index=True)
    pot: Mapped[int] = mapped_column(Integer)
    holding: Mapped[str] = mapped_column(String(20))
    currency: Mapped[str] = mapped_column(String(3))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int] = mapped_column(BigInteger)
    on: Mapped[str] = mapped_column(String(10))
    until: Mapped[str] = mapped_column(String(10), index=True)

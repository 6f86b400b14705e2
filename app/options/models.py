"""Kinds of support that anyone may choose from, and what a person chose."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.policy import GENERAL_DIRECTORY, SEE_DIRECTORY, SEE_PLAN, SEE_PRIVATE
from app.core.actor import Actor
from app.core.db import Base, Moment
from app.core.money import BIGGEST_AMOUNT
from app.sync.models import Line, Synced

NEEDS = ("getting_about", "people", "body", "mind", "home", "carers", "learning", "joy", "planning")
WAYS = ("nhs", "funded", "council", "charity", "private", "self")
PERS = ("hour", "visit", "week", "month", "year", "once")
STATES = ("wanted", "asked", "agreed", "going", "stopped")


class SupportOption(Synced, Base):
    """One kind of support. `content` is the whole of what is shown; it belongs to nobody, so every account reads it."""

    __tablename__ = "support_option"
    sync_kind = "option"
    sync_audience = SEE_DIRECTORY

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    removed: Mapped[bool] = mapped_column(Boolean, default=False)

    def sync_lines(self) -> list[Line]:
        return [Line(GENERAL_DIRECTORY, self.sync_kind, self.sync_audience)]

    def sync_body(self) -> dict[str, Any] | None:
        return None if self.removed else {"id": self.id, "slug": self.slug, **self.content}


class Choice(Synced, Base):
    """What a person wants, has or had for a goal: an option of the directory, or an idea of their own.

    `goal` and `pot` are ids of rows that features above this one keep. `amount` is planned pence for each `per`.
    """

    __tablename__ = "choice"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"per IS NULL OR per IN {PERS}", name="per"),
        CheckConstraint(f"amount IS NULL OR amount BETWEEN 0 AND {BIGGEST_AMOUNT}", name="amount"),
    )
    sync_kind = "choice"
    sync_audience = SEE_PLAN

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    goal: Mapped[str | None] = mapped_column(String(36))
    option: Mapped[str | None] = mapped_column(String(36))
    idea: Mapped[str] = mapped_column(Text, default="")
    amount: Mapped[int | None] = mapped_column(BigInteger)
    per: Mapped[str | None] = mapped_column(String(10))
    pot: Mapped[str | None] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="wanted")
    position: Mapped[int] = mapped_column(Integer, default=0)
    removed: Mapped[bool] = mapped_column(Boolean, default=False)
    private: Mapped[bool] = mapped_column(Boolean, default=False)
    written_by: Mapped[str] = mapped_column(String(36))
    written_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for choices that this actor may read."""
        seen = cls.private.is_(False) | actor.may(SEE_PRIVATE)
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience) & seen

    def sync_reader(self, open_to: str) -> str:
        """A choice is as private as the goal that it is for."""
        return SEE_PRIVATE if self.private else open_to

    def sync_body(self) -> dict[str, Any] | None:
        if self.removed:
            return None
        return {
            "id": self.id,
            "goal": self.goal,
            "option": self.option,
            "idea": self.idea,
            "amount": self.amount,
            "per": self.per,
            "pot": self.pot,
            "reason": self.reason,
            "state": self.state,
            "position": self.position,
            "written_by": self.written_by,
        }

"""What a person says of themselves, their goals and the small steps towards them, all in their own words."""

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.policy import SEE_PLAN, SEE_PRIVATE
from app.core.actor import Actor
from app.core.db import Base, Moment
from app.sync.models import Synced

SIDES = ("health", "mental_health", "personal", "social", "economic", "educational", "ethnic", "cultural")
STATES = ("active", "reached", "put_by")
STEP_STATES = ("open", "done")
# How a goal is going: nearer to it, as before, harder than before.
GOING = ("closer", "same", "harder")
# The headings of "About me" in the PRSB plan standard 2.0, then what the person is good at.
ABOUT = ("important", "people", "talking", "wellness", "please_do", "please_dont", "support", "also", "good_at")


class AboutMe(Synced, Base):
    """What a person wants known of themselves: one row for each person (`service.about_id`), byte for byte."""

    __tablename__ = "about_me"
    sync_kind = "about"
    sync_audience = SEE_PLAN

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    important: Mapped[str] = mapped_column(Text, default="")
    people: Mapped[str] = mapped_column(Text, default="")
    talking: Mapped[str] = mapped_column(Text, default="")
    wellness: Mapped[str] = mapped_column(Text, default="")
    please_do: Mapped[str] = mapped_column(Text, default="")
    please_dont: Mapped[str] = mapped_column(Text, default="")
    support: Mapped[str] = mapped_column(Text, default="")
    also: Mapped[str] = mapped_column(Text, default="")
    good_at: Mapped[str] = mapped_column(Text, default="")

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for what this actor may read."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any]:
        return {"id": self.id, **{name: getattr(self, name) for name in ABOUT}}


class Goal(Synced, Base):
    """What a person wants to be different. `words` come back byte for byte."""

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("importance IS NULL OR importance BETWEEN 1 AND 10", name="importance"),
    )
    sync_kind = "goal"
    sync_audience = SEE_PLAN

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    importance: Mapped[int | None] = mapped_column(Integer)
    side: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="active")
    closing_words: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(Integer, default=0)
    removed: Mapped[bool] = mapped_column(Boolean, default=False)
    private: Mapped[bool] = mapped_column(Boolean, default=False)
    written_by: Mapped[str] = mapped_column(String(36))
    written_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for goals that this actor may read."""
        seen = cls.private.is_(False) | actor.may(SEE_PRIVATE)
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience) & seen

    def sync_reader(self, open_to: str) -> str:
        """What belongs to a private goal is private too."""
        return SEE_PRIVATE if self.private else open_to

    def sync_body(self) -> dict[str, Any] | None:
        if self.removed:
            return None
        return {
            "id": self.id,
            "words": self.words,
            "why": self.why,
            "importance": self.importance,
            "side": self.side,
            "state": self.state,
            "closing_words": self.closing_words,
            "position": self.position,
            "private": self.private,
            "written_by": self.written_by,
        }


class Step(Synced, Base):
    """One small thing to do for a goal. `goal` is the id of a goal of the same person."""

    __tablename__ = "step"
    __table_args__ = (CheckConstraint(f"state IN {STEP_STATES}", name="state"),)
    sync_kind = "step"
    sync_audience = SEE_PLAN

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    goal: Mapped[str] = mapped_column(String(36))
    words: Mapped[str] = mapped_column(Text, default="")
    by_when: Mapped[str | None] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="open")
    position: Mapped[int] = mapped_column(Integer, default=0)
    removed: Mapped[bool] = mapped_column(Boolean, default=False)
    private: Mapped[bool] = mapped_column(Boolean, default=False)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for steps that this actor may read."""
        seen = cls.private.is_(False) | actor.may(SEE_PRIVATE)
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience) & seen

    def sync_reader(self, open_to: str) -> str:
        """A step is as private as its goal."""
        return SEE_PRIVATE if self.private else open_to

    def sync_body(self) -> dict[str, Any] | None:
        if self.removed:
            return None
        return {
            "id": self.id,
            "goal": self.goal,
            "words": self.words,
            "by_when": self.by_when,
            "state": self.state,
            "position": self.position,
        }


class CheckIn(Synced, Base):
    """How a goal was going on one day, in a word and in own words. `goal` is the id of a goal of the same person."""

    __tablename__ = "check_in"
    __table_args__ = (CheckConstraint(f"going IN {GOING}", name="going"),)
    sync_kind = "check_in"
    sync_audience = SEE_PLAN

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    goal: Mapped[str] = mapped_column(String(36))
    on: Mapped[str] = mapped_column(String(10))
    going: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    removed: Mapped[bool] = mapped_column(Boolean, default=False)
    private: Mapped[bool] = mapped_column(Boolean, default=False)
    written_by: Mapped[str] = mapped_column(String(36))

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for check-ins that this actor may read."""
        seen = cls.private.is_(False) | actor.may(SEE_PRIVATE)
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience) & seen

    def sync_reader(self, open_to: str) -> str:
        """A check-in is as private as its goal."""
        return SEE_PRIVATE if self.private else open_to

    def sync_body(self) -> dict[str, Any] | None:
        if self.removed:
            return None
        return {name: getattr(self, name) for name in ("id", "goal", "on", "going", "words", "written_by")}

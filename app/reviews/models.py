"""When reviews are due, and those that happened."""

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.policy import SEE_PLAN
from app.core.actor import Actor
from app.core.db import Base, Moment
from app.reviews.clock import MOST_FIRST_WEEKS, MOST_MONTHS
from app.sync.models import Synced


class ReviewClock(Synced, Base):
    """How often one funder looks at the plan with the person. `wants` is what the person wants to say next time.

    `next_on` is the day that was agreed, `pot` the id of a row that another feature keeps.
    """

    __tablename__ = "review_clock"
    __table_args__ = (
        CheckConstraint(f"first_weeks BETWEEN 1 AND {MOST_FIRST_WEEKS}", name="first_weeks"),
        CheckConstraint(f"every_months BETWEEN 1 AND {MOST_MONTHS}", name="every_months"),
    )
    sync_kind = "review_clock"
    sync_audience = SEE_PLAN

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    funder: Mapped[str] = mapped_column(Text)
    with_whom: Mapped[str] = mapped_column(Text, default="")
    pot: Mapped[str | None] = mapped_column(String(36))
    starts_on: Mapped[str] = mapped_column(String(10))
    first_weeks: Mapped[int] = mapped_column(Integer, default=MOST_FIRST_WEEKS)
    every_months: Mapped[int] = mapped_column(Integer, default=MOST_MONTHS)
    next_on: Mapped[str | None] = mapped_column(String(10))
    wants: Mapped[str] = mapped_column(Text, default="")
    removed: Mapped[bool] = mapped_column(Boolean, default=False)
    written_by: Mapped[str] = mapped_column(String(36))

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for clocks that this actor may read."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any] | None:
        if self.removed:
            return None
        names = ("id", "funder", "with_whom", "pot", "starts_on", "first_weeks", "every_months", "next_on", "wants")
        return {name: getattr(self, name) for name in names}


class Review(Synced, Base):
    """A review that happened. `wanted` is what the person brought to it, `said` what was decided, in own words."""

    __tablename__ = "review"
    sync_kind = "review"
    sync_audience = SEE_PLAN

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    clock_id: Mapped[str] = mapped_column(ForeignKey("review_clock.id", ondelete="CASCADE"), index=True)
    held_on: Mapped[str] = mapped_column(String(10))
    wanted: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[str] = mapped_column(Text, default="")
    removed: Mapped[bool] = mapped_column(Boolean, default=False)
    written_by: Mapped[str] = mapped_column(String(36))
    written_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for reviews that this actor may read."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any] | None:
        if self.removed:
            return None
        names = ("id", "held_on", "wanted", "said", "written_by")
        return {**{name: getattr(self, name) for name in names}, "clock": self.clock_id}

"""What the reader made of each photo of a receipt."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.policy import SEE_MONEY
from app.core.actor import Actor
from app.core.db import Base, Moment
from app.sync.models import Line, Synced, person_stream, sees

STATES = ("waiting", "read", "unreadable", "off", "dropped")


class Reading(Synced, Base):
    """What was read on one file. It is derived: it never changes what a person typed, and may be made anew."""

    __tablename__ = "reading"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("uq_reading_person_sha256", "person_id", "sha256", unique=True),
    )
    sync_kind = "reading"
    sync_audience = SEE_MONEY

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(Text)
    look: Mapped[str | None] = mapped_column(String(64))
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for readings that this actor may see."""
        return (cls.person_id == actor.person) & sees(actor, cls.sync_audience, cls.asked_by)

    def sync_lines(self) -> list[Line]:
        return [Line(person_stream(self.person_id), self.sync_kind, self.sync_audience, self.asked_by)]

    def sync_body(self) -> dict[str, Any] | None:
        if self.state == "dropped":
            return None
        names = ("id", "sha256", "state", "reason", "look", "result")
        return {name: getattr(self, name) for name in names}

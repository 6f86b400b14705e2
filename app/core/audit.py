"""An append-only log of who did what to whose plan. It keeps facts, never words."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, event
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core.clock import now
from app.core.db import Base, Id, MomentType
from app.core.ids import new_id


class AuditLine(Base):
    """One act. `person` is None for acts on the account itself."""

    __tablename__ = "audit_line"
    __table_args__ = (Index("ix_audit_line_person_at", "person_id", "at"),)

    id: Mapped[Id] = mapped_column(String(36), primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(MomentType)
    account_id: Mapped[str | None] = mapped_column(String(36), index=True)
    person_id: Mapped[str | None] = mapped_column(String(36))
    act: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def write_down(
    session: Session, act: str, *, account: str | None, person: str | None = None, **facts: str | int
) -> None:
    """Add a line. `facts` are ids, codes and counts."""
    session.add(AuditLine(at=now(session), account_id=account, person_id=person, act=act, facts=facts))


def _refuse(_mapper: object, _connection: object, _line: AuditLine) -> None:
    raise RuntimeError("a line of the audit log cannot be changed or removed")


event.listen(AuditLine, "before_update", _refuse)
event.listen(AuditLine, "before_delete", _refuse)

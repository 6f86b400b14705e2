"""What somebody agreed to, for which purpose and in which words: each answer is a line, the newest counts.

Nobody has to agree to anything to use the app. A tap that asks for a thing, such as having a receipt read, is an answer
of its own kind: so a purpose may go on until it is withdrawn, and from then on not before it is given again.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core.clock import now
from app.core.db import Base, Moment
from app.core.errors import NotFound
from app.core.ids import new_id

PUSH, MAIL, READING = "remind_push", "remind_mail", "read_receipts"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What may be agreed to. `version` goes up when the words change in what they mean."""

    code: str
    version: int
    title: str
    words: str


PURPOSES = {
    item.code: item
    for item in (
        Purpose(PUSH, 1, "Reminders on your devices", "We send them through the maker of your browser, sealed."),
        Purpose(MAIL, 1, "Reminders by mail", "We send a mail when no device showed the reminder."),
        Purpose(READING, 1, "Reading your receipts here", "This server reads your photos and fills in the form."),
    )
}


class Consent(Base):
    """One answer of one account. Lines are only added, and go with the account."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_account_id_purpose", "account_id", "purpose"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(Integer)
    given: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[Moment]


@dataclass(frozen=True, slots=True)
class Answer:
    """Where one account stands on one purpose. `at` is None where it never said anything."""

    purpose: Purpose
    allowed: bool
    at: datetime | None


def answer_consent(session: Session, account: str, purpose: str, *, given: bool) -> None:
    """Write down what this account says now. The same answer twice is one line."""
    if purpose not in PURPOSES:
        raise NotFound
    last = _last(session, account, purpose)
    if last is not None and (last.given, last.version) == (given, PURPOSES[purpose].version):
        return
    line = Consent(account_id=account, purpose=purpose, version=PURPOSES[purpose].version, given=given, at=now(session))
    session.add(line)
    session.flush()


def is_withdrawn(session: Session, account: str, purpose: str) -> bool:
    """Whether this account has said no, and not yes since."""
    last = _last(session, account, purpose)
    return last is not None and not last.given


def answers(session: Session, account: str) -> list[Answer]:
    """Where this account stands on each purpose."""
    found = []
    for code, purpose in PURPOSES.items():
        last = _last(session, account, code)
        found.append(Answer(purpose, last is None or last.given, last.at if last else None))
    return found


def _last(session: Session, account: str, purpose: str) -> Consent | None:
    wanted = select(Consent).where(Consent.account_id == account, Consent.purpose == purpose)
    lines = session.scalars(wanted.order_by(Consent.at, Consent.id)).all()
    newest = [line for line in lines if line.at == lines[-1].at] if lines else []
    # Two answers in one moment: the one that stops something counts.
    return min(newest, key=lambda line: line.given, default=None)


def _refuse(_mapper: object, _connection: object, _line: Consent) -> None:
    raise RuntimeError("an answer once given cannot be changed or removed")


event.listen(Consent, "before_update", _refuse)
event.listen(Consent, "before_delete", _refuse)

"""What is coming, what is said about it to whom, on which devices, and how each went."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.policy import SEE_PLAN
from app.core.actor import Actor
from app.core.db import Base, Moment, MomentType
from app.core.ids import new_id, new_token
from app.reminders.times import DAYS, DEFAULT_AT, DEFAULT_ZONE, QUIET_FROM, QUIET_UNTIL, Wish
from app.sync.models import Line, Synced, account_stream

REMINDER_STATES = ("due", "sent", "shown", "noticed", "read", "dropped")
DELIVERY_STATES = ("due", "sending", "sent", "gone", "refused", "expired")


class Occasion(Base):
    """Something of a person's that is coming, such as a review; `row_id` is kept by the feature named in `about`."""

    __tablename__ = "occasion"
    __table_args__ = (UniqueConstraint("about", "row_id", name="uq_occasion_about"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    about: Mapped[str] = mapped_column(String(20))
    row_id: Mapped[str] = mapped_column(String(36))
    on: Mapped[str] = mapped_column(String(10), index=True)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for what this actor may know to be coming."""
        return (cls.person_id == actor.person) & actor.may(SEE_PLAN)


class ReminderWish(Synced, Base):
    """How one account wants to be reminded. Times of day are minutes after midnight where its owner lives."""

    __tablename__ = "reminder_wish"
    __table_args__ = (
        CheckConstraint("at BETWEEN 0 AND 1439", name="at"),
        CheckConstraint("quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439", name="quiet"),
    )
    sync_kind = "reminder_wish"
    sync_audience = "self"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    on: Mapped[bool] = mapped_column(Boolean, default=True)
    days: Mapped[list[int]] = mapped_column(JSON, default=lambda: list(DAYS))
    at: Mapped[int] = mapped_column(Integer, default=DEFAULT_AT)
    quiet_from: Mapped[int] = mapped_column(Integer, default=QUIET_FROM)
    quiet_until: Mapped[int] = mapped_column(Integer, default=QUIET_UNTIL)
    zone: Mapped[str] = mapped_column(String(64), default=DEFAULT_ZONE)
    email: Mapped[bool] = mapped_column(Boolean, default=True)

    def as_wish(self) -> Wish:
        """The wish as the pure module takes it."""
        days = tuple(self.days) if self.on else ()
        return Wish(days, self.at, self.quiet_from, self.quiet_until, self.zone, self.email)

    def sync_lines(self) -> list[Line]:
        return [Line(account_stream(self.account_id), self.sync_kind, self.sync_audience)]

    def sync_body(self) -> dict[str, Any]:
        names = ("id", "on", "days", "at", "quiet_from", "quiet_until", "zone", "email")
        return {name: getattr(self, name) for name in names}


class PushSubscription(Base):
    """Where one signed-in device takes messages. One for each sign-in; the address is a secret of the device."""

    __tablename__ = "push_subscription"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    sign_in_id: Mapped[str] = mapped_column(ForeignKey("sign_in.id", ondelete="CASCADE"), unique=True)
    endpoint: Mapped[str] = mapped_column(Text)
    endpoint_hash: Mapped[str] = mapped_column(String(64), unique=True)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    renewed_at: Mapped[Moment]


class Reminder(Synced, Base):
    """One thing said to one account so many days before. It travels to phones only as a notice, when no push was seen.

    due: its time has not come; sent: on its way to devices; shown: a device confirmed it; noticed: the app and the
    mail say it instead; read: its owner has seen the notice; dropped: it is not wanted any more.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("occasion_id", "account_id", "on", "days", name="uq_reminder_occasion"),
        CheckConstraint(f"state IN {REMINDER_STATES}", name="state"),
    )
    sync_kind = "notice"
    sync_audience = "self"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    occasion_id: Mapped[str] = mapped_column(ForeignKey("occasion.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    person: Mapped[str] = mapped_column(String(36))
    about: Mapped[str] = mapped_column(String(20))
    row_id: Mapped[str] = mapped_column(String(36))
    on: Mapped[str] = mapped_column(String(10))
    days: Mapped[int] = mapped_column(Integer)
    send_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    state: Mapped[str] = mapped_column(String(10), default="due")
    mailed_at: Mapped[datetime | None] = mapped_column(MomentType)

    def sync_lines(self) -> list[Line]:
        if self.state not in {"noticed", "read"}:
            return []
        return [Line(account_stream(self.account_id), self.sync_kind, self.sync_audience)]

    def sync_body(self) -> dict[str, Any] | None:
        if self.state != "noticed":
            return None
        names = ("id", "person", "about", "on", "days")
        return {**{name: getattr(self, name) for name in names}, "row": self.row_id}


class PushDelivery(Base):
    """One message to one device. `token` is in the message: the device confirms with it that the message was shown.

    A worker that dies while it is `sending` leaves it so: it is sent again under the same topic and tag, so that
    push service and device show one. `reminder_id` is None for a message that somebody asked for as a trial.
    """

    __tablename__ = "push_delivery"
    __table_args__ = (
        UniqueConstraint("reminder_id", "subscription_id", name="uq_push_delivery_reminder"),
        CheckConstraint(f"state IN {DELIVERY_STATES}", name="state"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    reminder_id: Mapped[str | None] = mapped_column(ForeignKey("reminder.id", ondelete="CASCADE"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    subscription_id: Mapped[str] = mapped_column(String(36))
    token: Mapped[str] = mapped_column(String(43), unique=True, default=new_token)
    state: Mapped[str] = mapped_column(String(10), default="due")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[str | None] = mapped_column(String(100))
    expires_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(MomentType)
    shown_at: Mapped[datetime | None] = mapped_column(MomentType)

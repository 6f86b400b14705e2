"""Accounts, sign-ins, the people whose budgets they look after, and who may do what for whom."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, object_session

from app.accounts.policy import MANAGE, SEE_PERSON, SEE_PLAN, whole
from app.core.actor import Actor
from app.core.clock import as_text
from app.core.db import Base, Moment, MomentType
from app.core.ids import new_id
from app.sync.models import Line, Synced, account_stream, person_stream

LONGEST_NAME = 100
INVITATION_STATES = ("open", "accepted", "confirmed", "declined", "withdrawn")
COLOURS = ("spruce", "plum", "blue", "brick", "moss", "heather")


class Account(Base):
    """Somebody who signs in. `email_key` is the address as we compare it; `password_hash` may be empty."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    administrator: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[Moment]
    disabled_at: Mapped[datetime | None] = mapped_column(MomentType)


class SignIn(Base):
    """One device that is signed in. The cookie holds a token; only its hash is here.

    `proved_at`: when it was last shown who is there. `half`: a second way to prove it has to be set up first; until
    then this sign-in reaches nothing else. Where the copy on its phone has a lock, it opens nothing any more
    `idle_minutes` after its last use, until the key whose SHA-256 (hex) is `gate` comes back.
    """

    __tablename__ = "sign_in"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    device_name: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(MomentType)
    proved_at: Mapped[datetime | None] = mapped_column(MomentType)
    half: Mapped[bool] = mapped_column(Boolean, default=False)
    gate: Mapped[str | None] = mapped_column(String(64))
    idle_minutes: Mapped[int | None] = mapped_column(Integer)


class Passkey(Base):
    """A passkey of an account: the public half, and how often it was used (WebAuthn, section 6.1.1)."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(JSON)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    copied: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(MomentType)


class CodeMaker(Base):
    """The secret from which an app on a phone makes one-time codes (RFC 6238), sealed by a key of the settings.

    `confirmed_at` is None until a first code was right; `last_step` is the step of the last code taken, so that
    none works twice.
    """

    __tablename__ = "code_maker"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None] = mapped_column(MomentType)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryCode(Base):
    """A code on paper for the day the phone is gone: used once. Only its hash is kept."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(MomentType)


class Pending(Base):
    """Something begun that ends by itself: a challenge, the second step of a sign-in, a mail asked for, a sign-up.

    Found by the hash of its secret; taken once. `browser_hash`: only the browser that began it may go on.
    """

    __tablename__ = "pending"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    browser_hash: Mapped[str | None] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    ends_at: Mapped[Moment] = mapped_column(index=True)


class ResetLink(Base):
    """A link to choose a new password: used once, for a short time. Only its hash is kept."""

    __tablename__ = "reset_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    ends_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(MomentType)


class Attempt(Base):
    """How often something was tried in a window of time; shared by all processes."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    window: Mapped[int] = mapped_column(Integer, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class Person(Synced, Base):
    """The person whose budget it is."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(f"colour IN {COLOURS}", name="colour"),)
    sync_kind = "person"
    sync_audience = "see_person"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(Text)
    colour: Mapped[str] = mapped_column(String(10))
    photo: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[Moment]
    # How often something was marked private or open: phones that may not see it rebuild their copy.
    marks: Mapped[int] = mapped_column(Integer, default=0)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for people that this actor may see."""
        return (cls.id == actor.person) & actor.may(cls.sync_audience)

    def sync_lines(self) -> list[Line]:
        return [Line(person_stream(self.id), self.sync_kind, self.sync_audience)]

    def sync_body(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "colour": self.colour, "photo": self.photo}


class Relationship(Synced, Base):
    """An account acting for a person: in which role, what it may see and do, from when to when.

    `epoch` counts every change of these rights; phones rebuild their copy when it moves. `basis` is the legal one, a
    code of `policy.BASES`. Until `stands_in_until` the account may do everything.
    """

    __tablename__ = "relationship"
    __table_args__ = (Index("ix_relationship_account_person", "account_id", "person_id"),)
    sync_kind = "relationship"
    sync_audience = "self"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    account_name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None] = mapped_column(MomentType)
    epoch: Mapped[int] = mapped_column(Integer, default=1)
    basis: Mapped[str | None] = mapped_column(String(20))
    basis_words: Mapped[str] = mapped_column(String(200), default="")
    stands_in_until: Mapped[date | None] = mapped_column(Date)

    def sync_lines(self) -> list[Line]:
        return [
            Line(account_stream(self.account_id), "relationship", "self"),
            Line(person_stream(self.person_id), "member", "see_person"),
        ]

    def sync_body(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "account": self.account_id,
            "person": self.person_id,
            "name": self.account_name,
            "role": self.role,
            "scopes": sorted(whole(self.scopes)),
            "stands_in_until": self.stands_in_until.isoformat() if self.stands_in_until else None,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "ended": self.ended_at is not None,
            "asks": self._count_asks(),
        }

    def _count_asks(self) -> int:
        """How many accepted an invitation and wait to be let in: for whoever may do that, no names."""
        session = object_session(self)
        if session is None or not (MANAGE in self.scopes or self.stands_in_until):
            return 0
        waits = (Invitation.person_id == self.person_id) & (Invitation.state == "accepted")
        return session.scalar(select(func.count()).where(waits)) or 0


class Invitation(Base):
    """An offer to act for a person, by a link that works once. Only the link's hash is kept.

    open: nobody answered; accepted: `accepted_by` wants to, and the inviter has still to say that it is the right
    one; confirmed: a relationship was made of it. `afterwards` is what becomes of the inviter's own role when a plan
    is handed over: a role, or "leave".
    """

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(f"state IN {INVITATION_STATES}", name="state"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    invited_by: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    role: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    basis: Mapped[str | None] = mapped_column(String(20))
    basis_words: Mapped[str] = mapped_column(String(200), default="")
    ends_on: Mapped[date | None] = mapped_column(Date)
    afterwards: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="open")
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    accepted_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(MomentType)
    settled_at: Mapped[datetime | None] = mapped_column(MomentType)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for invitations that this actor may see and take back."""
        return (cls.person_id == actor.person) & actor.may(MANAGE)


class Remark(Synced, Base):
    """What a reviewer says about the plan, and whether they agree to it as it is. It is never changed."""

    __tablename__ = "remark"
    sync_kind = "remark"
    sync_audience = SEE_PLAN

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Text)
    agrees: Mapped[bool] = mapped_column(Boolean)
    written_by: Mapped[str] = mapped_column(String(36))
    written_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for remarks that this actor may read."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any]:
        names = ("id", "words", "agrees", "written_by")
        return {**{name: getattr(self, name) for name in names}, "written_at": as_text(self.written_at)}


class Concern(Base):
    """A worry about a person's safety. It goes past everybody who acts for them, to who looks into such things."""

    __tablename__ = "concern"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    raised_by: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(MomentType)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """Only who raised it sees it here: nobody who acts for the person learns of it."""
        return (cls.person_id == actor.person) & (cls.raised_by == actor.account) & actor.may(SEE_PERSON)


class UntakenWords(Base):
    """What somebody wrote for a plan that was closed to them before it was sent, as plain text for them to copy.

    `id` is the operation's. Nobody in the plan ever sees it; it is gone after `ends_at`, or with account or person.
    """

    __tablename__ = "untaken_words"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(LONGEST_NAME))
    words: Mapped[str] = mapped_column(Text)
    came_at: Mapped[Moment]
    ends_at: Mapped[Moment] = mapped_column(index=True)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for one's own: it is the author's, whatever they may still see of the person."""
        return cls.account_id == actor.account

"""Pots, periods, the append-only ledger and what is promised."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.policy import SEE_MONEY, SEE_POTS
from app.budgets.rules import KINDS
from app.core.actor import Actor
from app.core.db import Base, Moment
from app.core.money import BIGGEST_AMOUNT
from app.sync.models import Line, Synced, person_stream, sees

HOLDINGS = ("notional", "third_party", "direct_payment", "managed_account", "prepaid_card", "own_money")
COMMITMENT_STATES = ("planned", "committed", "met", "dropped")
SORTED_KINDS = tuple(sorted(KINDS))


class Pot(Synced, Base):
    """One funder's stream of money for one person, or the person's own."""

    __tablename__ = "pot"
    __table_args__ = (CheckConstraint(f"holding IN {HOLDINGS}", name="holding"),)
    sync_kind = "pot"
    sync_audience = SEE_POTS

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    funder: Mapped[str] = mapped_column(Text)
    holding: Mapped[str] = mapped_column(String(20))
    currency: Mapped[str] = mapped_column(String(3))
    opened_on: Mapped[str] = mapped_column(String(10))
    closed_on: Mapped[str | None] = mapped_column(String(10))

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for pots that this actor may read."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "person": self.person_id,
            "name": self.name,
            "funder": self.funder,
            "holding": self.holding,
            "currency": self.currency,
            "opened_on": self.opened_on,
            "closed_on": self.closed_on,
            "rev": self.rev,
        }


class Period(Synced, Base):
    """The span for which a funder agreed an amount or a number of visits."""

    __tablename__ = "period"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="order"),
        CheckConstraint(f"agreed IS NULL OR agreed BETWEEN 0 AND {BIGGEST_AMOUNT}", name="agreed"),
        CheckConstraint("agreed_visits IS NULL OR agreed_visits BETWEEN 0 AND 100000", name="agreed_visits"),
    )
    sync_kind = "period"
    sync_audience = SEE_MONEY

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    pot_id: Mapped[str] = mapped_column(ForeignKey("pot.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[str] = mapped_column(String(10))
    ends_on: Mapped[str] = mapped_column(String(10))
    agreed: Mapped[int | None] = mapped_column(BigInteger)
    agreed_visits: Mapped[int | None] = mapped_column(Integer)
    ended: Mapped[bool] = mapped_column(Boolean, default=False)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for periods that this actor may read."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "pot": self.pot_id,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "agreed": self.agreed,
            "agreed_visits": self.agreed_visits,
            "ended": self.ended,
            "rev": self.rev,
        }


class Entry(Synced, Base):
    """One line of the ledger. It is never edited: `superseded` only says that a reversal took it back."""

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint(f"kind IN {SORTED_KINDS}", name="kind"),
        CheckConstraint(f"amount BETWEEN 0 AND {BIGGEST_AMOUNT}", name="amount"),
        CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reverses"),
        CheckConstraint("state IN ('posted', 'reconciled')", name="state"),
        Index("uq_entry_reverses", "reverses", unique=True),
        Index("ix_entry_pot_id_on", "pot_id", "on"),
    )
    sync_kind = "entry"
    sync_audience = SEE_MONEY

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    pot_id: Mapped[str] = mapped_column(ForeignKey("pot.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int] = mapped_column(BigInteger)
    on: Mapped[str] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(Text)
    merchant: Mapped[str | None] = mapped_column(Text)
    goal: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str] = mapped_column(Text)
    reverses: Mapped[str | None] = mapped_column(ForeignKey("entry.id"))
    replaces: Mapped[str | None] = mapped_column(ForeignKey("entry.id"))
    transfer: Mapped[str | None] = mapped_column(String(36), index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(10))
    superseded: Mapped[bool] = mapped_column(Boolean, default=False)
    files: Mapped[list[str]] = mapped_column(JSON)
    posted_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for entries that this actor may read."""
        return (cls.person_id == actor.person) & sees(actor, cls.sync_audience, cls.author)

    def sync_lines(self) -> list[Line]:
        return [Line(person_stream(self.person_id), self.sync_kind, self.sync_audience, self.author)]

    def sync_body(self) -> dict[str, Any]:
        names = (
            "id", "kind", "amount", "on", "what", "merchant", "goal", "note", "reverses", "replaces", "transfer",
            "reason", "author", "state", "superseded", "files", "rev",
        )  # fmt: skip
        return {**{name: getattr(self, name) for name in names}, "pot": self.pot_id}


class Commitment(Synced, Base):
    """Money that is planned or promised, not spent."""

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint(f"state IN {COMMITMENT_STATES}", name="state"),
        CheckConstraint(f"amount BETWEEN 1 AND {BIGGEST_AMOUNT}", name="amount"),
    )
    sync_kind = "commitment"
    sync_audience = SEE_MONEY

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    pot_id: Mapped[str] = mapped_column(ForeignKey("pot.id", ondelete="CASCADE"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    what: Mapped[str] = mapped_column(Text)
    goal: Mapped[str | None] = mapped_column(String(36))
    due_on: Mapped[str | None] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for commitments that this actor may read."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any]:
        names = ("id", "amount", "what", "goal", "due_on", "state", "rev")
        return {**{name: getattr(self, name) for name in names}, "pot": self.pot_id}

"""Reading money rows of one person."""

from typing import TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.budgets import rules
from app.budgets.models import Commitment, Entry, Period, Pot
from app.core.actor import Actor
from app.core.errors import NotFound

T = TypeVar("T")


def find_pot(session: Session, actor: Actor, pot_id: str) -> Pot:
    """A pot of this person. Raises `NotFound`. By its key, because each line of a batch asks for the same few pots."""
    pot = session.get(Pot, pot_id)
    seen = pot is not None and pot.person_id == actor.person and actor.may(Pot.sync_audience)
    return _found(pot if seen else None)


def find_period(session: Session, actor: Actor, period_id: str) -> Period:
    """A period of this person's pots. Raises `NotFound`."""
    wanted = select(Period).where(Period.visible_to(actor), Period.id == period_id)
    return _found(session.scalars(wanted).one_or_none())


def find_entry(session: Session, actor: Actor, entry_id: str) -> Entry:
    """A line of this person's ledger. Raises `NotFound`."""
    wanted = select(Entry).where(Entry.visible_to(actor), Entry.id == entry_id)
    return _found(session.scalars(wanted).one_or_none())


def find_commitment(session: Session, actor: Actor, commitment_id: str) -> Commitment:
    """A promise of this person. Raises `NotFound`."""
    wanted = select(Commitment).where(Commitment.visible_to(actor), Commitment.id == commitment_id)
    return _found(session.scalars(wanted).one_or_none())


def other_side(session: Session, actor: Actor, entry: Entry) -> Entry | None:
    """The second side of a transfer, as it stands now."""
    if entry.transfer is None:
        return None
    wanted = select(Entry).where(
        Entry.visible_to(actor),
        Entry.transfer == entry.transfer,
        Entry.kind.in_(rules.TRANSFERS),
        Entry.kind != entry.kind,
        Entry.superseded.is_(False),
    )
    return session.scalars(wanted).one_or_none()


def newest_of(session: Session, actor: Actor, entry: Entry) -> Entry:
    """Follow corrections from a line to the one that stands now (or to the last one, when it was taken back)."""
    while True:
        wanted = select(Entry).where(Entry.visible_to(actor), Entry.replaces == entry.id)
        later = session.scalars(wanted).one_or_none()
        if later is None:
            return entry
        entry = later


def pot_entries(session: Session, actor: Actor, pot_id: str) -> list[rules.Entry]:
    """All lines of a pot, as the pure ledger takes them."""
    found = session.scalars(select(Entry).where(Entry.visible_to(actor), Entry.pot_id == pot_id))
    return [as_entry(entry) for entry in found]


def pot_periods(session: Session, actor: Actor, pot_id: str) -> list[rules.Period]:
    """All periods of a pot, as the pure rules take them."""
    found = session.scalars(select(Period).where(Period.visible_to(actor), Period.pot_id == pot_id))
    return [as_period(period) for period in found]


def as_pot(pot: Pot) -> rules.Pot:
    """A pot as the pure rules take it."""
    return cast(rules.Pot, pot.sync_body())


def as_period(period: Period) -> rules.Period:
    """A period as the pure rules take it."""
    return cast(rules.Period, period.sync_body())


def as_entry(entry: Entry) -> rules.Entry:
    """A line as the pure ledger takes it."""
    return cast(rules.Entry, entry.sync_body())


def _found(row: T | None) -> T:
    if row is None:
        raise NotFound
    return row

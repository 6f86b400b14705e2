"""Reading accounts, sign-ins and relationships."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Invitation, Person, Relationship, SignIn
from app.accounts.policy import EVERYTHING, LAST_ONE, MANAGE, MANAGING, whole
from app.core.clock import now
from app.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Lasts:
    """How many days a sign-in lasts without being used, and at most."""

    unused: int
    most: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As this installation has it."""
        return cls(settings.sign_in_days, settings.sign_in_most_days)


def email_key(email: str) -> str:
    """An address as we compare it."""
    return email.strip().casefold()


def token_hash(token: str) -> str:
    """What is kept of a secret: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_account(session: Session, email: str) -> Account | None:
    """The account of an address, if there is one that may sign in."""
    wanted = (Account.email_key == email_key(email)) & Account.disabled_at.is_(None)
    return session.scalars(select(Account).where(wanted)).one_or_none()


def open_relationships(session: Session, account: str) -> list[Relationship]:
    """Those in force today."""
    today = now(session).date()
    wanted = select(Relationship).where(Relationship.account_id == account, *in_force(today))
    return list(session.scalars(wanted.order_by(Relationship.starts_on, Relationship.id)))


def open_relationship(session: Session, account: str, person: str) -> Relationship | None:
    """The relationship of this account with this person that is in force today."""
    wanted = select(Relationship).where(
        Relationship.account_id == account, Relationship.person_id == person, *in_force(now(session).date())
    )
    latest = wanted.order_by(Relationship.starts_on.desc(), Relationship.id.desc()).limit(1)
    return session.scalars(latest).one_or_none()


def had_part(session: Session, account: str, person: str) -> bool:
    """Whether this account ever acted for this person."""
    wanted = select(Relationship.id).where(Relationship.account_id == account, Relationship.person_id == person)
    return session.scalars(wanted.limit(1)).first() is not None


def invitation_of_link(session: Session, token: str) -> Invitation | None:
    """The invitation of a link, whatever became of it: who holds the link is nobody yet."""
    return session.scalars(select(Invitation).where(Invitation.token_hash == token_hash(token))).one_or_none()


def is_manager(item: Relationship) -> bool:
    """Whether this relationship lets an account look after the whole plan."""
    return MANAGE in item.scopes


def scopes_of(session: Session, item: Relationship) -> frozenset[str]:
    """What this relationship lets an account see and do today: everything, while it stands in.

    The last who looks after a plan keeps it beyond the end of their time, to look and to hand it over, no more.
    """
    if item.ends_on is not None and item.ends_on < now(session).date():
        return whole(LAST_ONE)
    stands_in = item.stands_in_until is not None and now(session).date() <= item.stands_in_until
    return whole({*item.scopes, *(EVERYTHING if stands_in else ())})


@lru_cache(maxsize=2)
def in_force(today: date) -> tuple[ColumnElement[bool], ...]:
    """The filters for relationships in force on a day. Kept: who may is asked all day, and making them took longer."""
    return (
        Relationship.ended_at.is_(None),
        Relationship.starts_on <= today,
        or_(Relationship.ends_on.is_(None), Relationship.ends_on >= today, _is_last_one(today)),
    )


def _is_last_one(today: date) -> ColumnElement[bool]:
    """Somebody's time has ended and nobody else looks after the plan: nothing is orphaned."""
    other = aliased(Relationship)
    manages = other.role.in_(MANAGING)
    lasting = or_(other.ends_on.is_(None), other.ends_on >= today)
    others = exists().where(
        other.person_id == Relationship.person_id, other.ended_at.is_(None), other.starts_on <= today, manages, lasting
    )
    return Relationship.role.in_(MANAGING) & ~others


def people_of(session: Session, account: str) -> list[tuple[Person, Relationship]]:
    """The people whose plans this account may open today, with its relationship to each."""
    found = open_relationships(session, account)
    people = {
        item.id: item for item in session.scalars(select(Person).where(Person.id.in_([r.person_id for r in found])))
    }
    return [(people[item.person_id], item) for item in found]


def still_lasts(session: Session, lasts: Lasts) -> tuple[ColumnElement[bool], ...]:
    """The filters for sign-ins that nobody ended and that are not over by their time."""
    at = now(session)
    unused, most = at - timedelta(days=lasts.unused), at - timedelta(days=lasts.most)
    return SignIn.ended_at.is_(None), SignIn.last_seen_at >= unused, SignIn.created_at >= most


def open_sign_ins(session: Session, account: str, lasts: Lasts) -> list[SignIn]:
    """Where this account is signed in, the latest used first."""
    wanted = select(SignIn).where(SignIn.account_id == account, *still_lasts(session, lasts))
    return list(session.scalars(wanted.order_by(SignIn.last_seen_at.desc())))


def sign_ins_not_ended(session: Session, account: str) -> list[SignIn]:
    """Those over by their time as well: a longer time in the settings would open them again."""
    wanted = select(SignIn).where(SignIn.account_id == account, SignIn.ended_at.is_(None))
    return list(session.scalars(wanted.order_by(SignIn.last_seen_at.desc())))


def waits_for(session: Session, account: str) -> list[str]:
    """The persons in whose plan this account waits to be let in."""
    wanted = select(Invitation.person_id).where(Invitation.accepted_by == account, Invitation.state == "accepted")
    return sorted(set(session.scalars(wanted)))

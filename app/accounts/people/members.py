"""Who acts for a person now, and ending it. Nobody can leave a plan without somebody who looks after it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person, Relationship
from app.accounts.policy import MANAGE
from app.accounts.queries import in_force, is_manager, open_relationship
from app.accounts.service import end_relationship
from app.core.actor import Actor
from app.core.audit import write_down
from app.core.clock import now
from app.core.errors import NotFound, Refused

OWN_BUDGET = "It is their own budget. Nobody can take it from them."
YOUR_BUDGET = "It is your own budget. You can end what others may do, but not leave it."
ONLY_ONE = "Nobody else looks after this plan. Hand it over first, then you can leave."


def members_of(session: Session, actor: Actor) -> list[Relationship]:
    """Everybody who may act for this person today; the person first."""
    wanted = select(Relationship).where(Relationship.person_id == actor.person, *in_force(now(session).date()))
    found = session.scalars(wanted.order_by(Relationship.starts_on, Relationship.id))
    return sorted(found, key=lambda item: item.role != "holder")


def person_of(session: Session, actor: Actor) -> Person:
    """The person that this actor acts for. Raises `NotFound`."""
    found = session.scalars(select(Person).where(Person.visible_to(actor))).one_or_none()
    if found is None:
        raise NotFound
    return found


def end_member(session: Session, actor: Actor, relationship_id: str) -> Relationship:
    """End what somebody may do, or leave oneself. Raises `Refused` where nobody would be left, or it is the holder."""
    item = _member(session, actor, relationship_id)
    own = item.account_id == actor.account
    if item.role == "holder":
        raise Refused(YOUR_BUDGET if own else OWN_BUDGET, code="holder")
    if own and is_manager(item) and not _others_manage(session, actor, item):
        raise Refused(ONLY_ONE, code="only_one")
    end_relationship(session, item)
    return item


def ended_member(session: Session, actor: Actor, relationship_id: str) -> Relationship | None:
    """A part in this plan that was ended, for who manages it: the way to invite somebody again."""
    found = session.get(Relationship, relationship_id) if actor.may(MANAGE) else None
    if found is None or found.person_id != actor.person or open_relationship(session, found.account_id, actor.person):
        return None
    return found


def let_stand_in(session: Session, actor: Actor, relationship_id: str, *, until: date | None) -> None:
    """Let somebody do everything until a day, or take that back at once (None)."""
    item = _member(session, actor, relationship_id)
    if not actor.may(MANAGE) or item.account_id == actor.account:
        raise NotFound
    if until is not None and until < now(session).date():
        raise Refused("This day is over. Choose a day that is still to come.")
    item.stands_in_until = until
    item.epoch += 1
    session.flush()
    act = "control.given" if until else "control.taken_back"
    write_down(session, act, account=actor.account, person=actor.person, to=item.account_id)


def _member(session: Session, actor: Actor, relationship_id: str) -> Relationship:
    """Somebody's part in this plan, where this actor may end it: one's own, or anybody's for who manages."""
    found = next((item for item in members_of(session, actor) if item.id == relationship_id), None)
    if found is None or not (actor.may(MANAGE) or found.account_id == actor.account):
        raise NotFound
    return found


def _others_manage(session: Session, actor: Actor, leaving: Relationship) -> bool:
    return any(is_manager(item) for item in members_of(session, actor) if item.account_id != leaving.account_id)


def replace_role(session: Session, account: str, person: str) -> None:
    """An account has one part in a plan: a new one takes the place of what it had."""
    earlier = open_relationship(session, account, person)
    if earlier is not None:
        end_relationship(session, earlier)

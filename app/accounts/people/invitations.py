"""Inviting somebody to act for a person: offered by a link that works once, accepted, then confirmed by the inviter."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Invitation, Person, Relationship
from app.accounts.people.bases import Basis, check_basis, check_last_day, tell_of_end
from app.accounts.people.members import members_of, replace_role
from app.accounts.policy import EXTRAS, MANAGE, ROLES
from app.accounts.queries import in_force, invitation_of_link, open_relationship, scopes_of, token_hash
from app.accounts.service import WITH_SECOND, end_relationship, relate
from app.accounts.signing.codes import has_codes
from app.accounts.signing.mails import tell_invited
from app.accounts.signing.passkeys import count_passkeys
from app.core.actor import Actor
from app.core.audit import write_down
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_id, new_token
from app.sync.changes import touch

LASTS = timedelta(days=7)
OVER = "This invitation was used, taken back, or is too old. Ask for a new one."
USED = "This link was used already: it works once. Was it you? Then sign in to go on. If not, ask for a new one."
AFTERWARDS = ("helper", "viewer", "leave")


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody is invited to. `afterwards`: what becomes of the inviter when they hand the plan over."""

    name: str
    role: str
    extras: tuple[str, ...] = ()
    basis: str | None = None
    basis_words: str = ""
    ends_on: date | None = None
    afterwards: str | None = None


def invite(session: Session, actor: Actor, offer: Offer) -> tuple[Invitation, str]:
    """Write an invitation down; returns it with the secret of its link, which is kept nowhere."""
    if not actor.may(MANAGE):
        raise NotFound
    _check(session, actor, offer)
    token = new_token()
    made = Invitation(
        id=new_id(),
        token_hash=token_hash(token),
        person_id=actor.person,
        invited_by=actor.account,
        name=offer.name,
        role=offer.role,
        scopes=sorted({*ROLES[offer.role], *offer.extras}),
        basis=offer.basis,
        basis_words=offer.basis_words,
        ends_on=offer.ends_on,
        afterwards=offer.afterwards,
        state="open",
        made_at=now(session),
        expires_at=now(session) + LASTS,
    )
    session.add(made)
    session.flush()
    write_down(session, "invitation.made", account=actor.account, person=actor.person, role=offer.role)
    return made, token


def _check(session: Session, actor: Actor, offer: Offer) -> None:
    if offer.role not in ROLES or not set(offer.extras) <= set(EXTRAS.get(offer.role, ())):
        raise Refused("Choose what this person will do.")
    if offer.ends_on is not None:
        check_last_day(session, offer.ends_on)
    if offer.role == "representative":
        check_basis(session, Basis(offer.basis, offer.basis_words, offer.ends_on))
    if offer.role == "holder":
        holders = [item for item in members_of(session, actor) if item.role == "holder"]
        if holders or offer.afterwards not in AFTERWARDS:
            raise Refused("This plan has its holder already, or you have not said what you will do then.")


def look_at(session: Session, token: str, account: str | None) -> Invitation:
    """The invitation of a link: an open one, or one's own. Raises `NotFound` for every other, and says of a used one
    that it was used: whoever has the link knows that it was real.
    """
    found = invitation_of_link(session, token)
    if found is None or not (_is_open(session, found) or (account and found.accepted_by == account)):
        raise NotFound(USED if found is not None and found.state in {"accepted", "confirmed"} else OVER)
    return found


def _held(session: Session, item: Invitation) -> Invitation:
    """The invitation as it stands now, locked: of two who accept at once only one does."""
    session.refresh(item, with_for_update=True)
    return item


def _is_open(session: Session, item: Invitation) -> bool:
    """Open, in time, and whoever made it still looks after the plan."""
    if item.state != "open" or item.expires_at <= now(session):
        return False
    inviter = open_relationship(session, item.invited_by, item.person_id)
    return inviter is not None and MANAGE in scopes_of(session, inviter)


def accept(session: Session, token: str, account: str) -> Invitation:
    """This account wants to. From here on the link is its alone; the inviter has still to confirm."""
    item = _held(session, look_at(session, token, account))
    if item.state != "open":
        return item
    if item.invited_by == account:
        raise Refused("This is your own invitation. Send the link to the other person.", code="own")
    if item.role in WITH_SECOND and not (has_codes(session, account) or count_passkeys(session, account)):
        raise Refused("For this you need a passkey or one-time codes. Set them up in your account.", code="second")
    item.state, item.accepted_by, item.accepted_at = "accepted", account, now(session)
    session.flush()
    write_down(session, "invitation.accepted", account=account, person=item.person_id, role=item.role)
    show_who_waits(session, item.person_id)
    tell_invited(session, item.invited_by, "accepted", item.person_id)
    return item


def decline(session: Session, token: str, account: str) -> None:
    """Say no. The link ends, and whoever invited sees it."""
    item = _held(session, look_at(session, token, account))
    if item.state not in {"open", "accepted"}:
        raise NotFound(OVER)
    item.state, item.settled_at = "declined", now(session)
    session.flush()
    show_who_waits(session, item.person_id)
    write_down(session, "invitation.declined", account=account, person=item.person_id, role=item.role)


def show_who_waits(session: Session, person: str) -> None:
    """The phones of whoever looks after this plan are told how many wait to be let in."""
    wanted = select(Relationship).where(Relationship.person_id == person, *in_force(now(session).date()))
    for item in session.scalars(wanted):
        touch(session, item)


def waiting(session: Session, actor: Actor) -> list[tuple[Invitation, Account | None]]:
    """Invitations that wait for an answer or for being confirmed, with who accepted."""
    wanted = select(Invitation).where(Invitation.visible_to(actor), Invitation.state.in_(("open", "accepted")))
    found = session.scalars(wanted.order_by(Invitation.made_at))
    return [
        (item, session.get(Account, item.accepted_by) if item.accepted_by else None)
        for item in found
        if item.state == "accepted" or item.expires_at > now(session)
    ]


def find_invitation(session: Session, actor: Actor, invitation_id: str) -> Invitation:
    """One that waits, of this person. Raises `NotFound`."""
    wanted = select(Invitation).where(Invitation.visible_to(actor), Invitation.id == invitation_id).with_for_update()
    found = session.scalars(wanted).one_or_none()
    if found is None or found.state not in {"open", "accepted"}:
        raise NotFound
    return found


def withdraw(session: Session, actor: Actor, invitation_id: str) -> None:
    """Take an invitation back: its link ends."""
    item = find_invitation(session, actor, invitation_id)
    item.state, item.settled_at = "withdrawn", now(session)
    session.flush()
    show_who_waits(session, item.person_id)
    write_down(session, "invitation.withdrawn", account=actor.account, person=actor.person, role=item.role)


def confirm(session: Session, actor: Actor, invitation_id: str) -> Relationship:
    """It is the right one: from now on they may do what was offered. A plan that is handed over changes hands here."""
    item = find_invitation(session, actor, invitation_id)
    if item.state != "accepted" or item.accepted_by is None:
        raise Refused("They have not accepted yet.")
    account, person = session.get_one(Account, item.accepted_by), session.get_one(Person, item.person_id)
    replace_role(session, account.id, person.id)
    made = relate(session, account, person, role=item.role, starts_on=now(session).date(), ends_on=item.ends_on)
    made.scopes, made.basis, made.basis_words = item.scopes, item.basis, item.basis_words
    item.state, item.settled_at = "confirmed", now(session)
    session.flush()
    show_who_waits(session, item.person_id)
    tell_invited(session, account.id, "let_in", item.person_id)
    tell_of_end(session, made)
    if item.role == "holder" and item.afterwards:
        _step_back(session, item)
    return made


def _step_back(session: Session, item: Invitation) -> None:
    """Whoever handed the plan over keeps the part that they chose, or leaves."""
    before = open_relationship(session, item.invited_by, item.person_id)
    if before is None:
        return
    end_relationship(session, before)
    if item.afterwards in ROLES:
        account, person = session.get_one(Account, item.invited_by), session.get_one(Person, item.person_id)
        relate(session, account, person, role=str(item.afterwards), starts_on=now(session).date())

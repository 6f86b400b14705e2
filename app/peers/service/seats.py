"""Taking a seat in a group, giving it up, and what moderators do with seats."""

import secrets

from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_id
from app.peers.models import PeerGroup, Seat
from app.peers.policy import BIRDS, FEWEST_SEATS, FIRST_NAMES, RULES_VERSION
from app.peers.queries import (
    group_of_link,
    is_banned,
    managed_by,
    plans_in,
    posts_of_seat,
    pseudonyms_of,
    seat_held,
    seats_in,
    sharings_of_seat,
)
from app.peers.service.showing import end_sharing, take_away

LINK_OVER = "This link leads nowhere. Ask a moderator of the group for a new one."
LAST_MODERATOR = "You are the only moderator. Make somebody else a moderator first, or delete the group."


def join_by_link(session: Session, token: str, account: str, *, person: str) -> Seat:
    """Take a seat for a plan, with the rules accepted. A banned plan or account finds a link that leads nowhere."""
    group = group_of_link(session, token)
    if group is None or is_banned(session, group.id, account, person):
        raise NotFound(LINK_OVER)
    _check_plan(session, account, person)
    found = seat_held(session, group.id, account, person)
    if found is not None and found.state == "in":
        return found
    if found is not None:
        return _let_in(session, found)
    return take_seat(session, group, account, person, role="member")


def ask_to_join(session: Session, group_id: str, account: str, *, person: str) -> Seat:
    """Ask for a seat in a group that takes requests. Raises `NotFound` as for a group that is not there."""
    group = session.get(PeerGroup, group_id)
    if group is None or group.state != "ready" or not group.by_request:
        raise NotFound
    _check_plan(session, account, person)
    if is_banned(session, group.id, account, person):
        raise NotFound
    found = seat_held(session, group.id, account, person)
    return found or _new_seat(session, group, account, person, role="member", state="asked")


def _check_plan(session: Session, account: str, person: str) -> None:
    if person not in managed_by(session, account):
        raise NotFound


def answer_request(session: Session, group: PeerGroup, seat_id: str, *, let_in: bool) -> None:
    """Say yes or no to somebody who asked."""
    seat = session.get(Seat, seat_id)
    if seat is None or seat.group_id != group.id or seat.state != "asked":
        raise NotFound
    if let_in:
        _let_in(session, seat)
    else:
        seat.state = "turned_down"
        session.flush()


def take_seat(session: Session, group: PeerGroup, account: str, person: str | None, *, role: str) -> Seat:
    """A seat in force, under a new name."""
    made = _new_seat(session, group, account, person, role=role, state="in")
    count_seats(session, group)
    return made


def _let_in(session: Session, seat: Seat) -> Seat:
    seat.state, seat.since = "in", now(session)
    session.flush()
    count_seats(session, session.get_one(PeerGroup, seat.group_id))
    return seat


def _new_seat(session: Session, group: PeerGroup, account: str, person: str | None, *, role: str, state: str) -> Seat:
    made = Seat(
        id=new_id(),
        group_id=group.id,
        person_id=person,
        account_id=account,
        pseudonym=fresh_pseudonym(pseudonyms_of(session, group.id)),
        role=role,
        state=state,
        rules=RULES_VERSION,
        since=now(session),
    )
    session.add(made)
    session.flush()
    return made


def fresh_pseudonym(taken: set[str]) -> str:
    """A name that nobody in this group ever had, drawn at random: nothing of it follows from a plan or an account."""
    free = [f"{first} {bird}" for first in FIRST_NAMES for bird in BIRDS if f"{first} {bird}" not in taken]
    if not free:
        raise Refused("This group is full. Ask a moderator about a second one.")
    return secrets.choice(free)


def count_seats(session: Session, group: PeerGroup) -> None:
    """Open the group when enough plans have a seat, close it when too few are left; phones rebuild their copy."""
    enough = plans_in(session, group.id) >= FEWEST_SEATS
    if enough != group.is_open:
        group.is_open = enough
        group.openings = (group.openings or 0) + 1
        session.flush()


def leave_group(session: Session, seat: Seat) -> None:
    """Give up a seat: everything that came from it goes. The only moderator cannot, while others are there."""
    others = [one for one in seats_in(session, seat.group_id) if one.id != seat.id]
    if seat.role == "moderator" and others and not any(one.role == "moderator" for one in others):
        raise Refused(LAST_MODERATOR)
    _end(session, seat, "left")


def ban(session: Session, moderator: Seat, seat_id: str) -> None:
    """Send a member off for good: their texts go, and no plan of theirs comes back before a moderator lifts it."""
    seat = _other_seat(session, moderator, seat_id, "in")
    if seat.role == "moderator":
        raise Refused("A moderator can only be sent off after giving up that part.")
    _end(session, seat, "banned")


def lift_ban(session: Session, moderator: Seat, seat_id: str) -> None:
    """Take a ban back. They may join again, under a new name."""
    _other_seat(session, moderator, seat_id, "banned").state = "left"
    session.flush()


def set_role(session: Session, moderator: Seat, seat_id: str, *, role: str) -> None:
    """Make a member a moderator; or step back oneself, when another one stays."""
    seat = session.get(Seat, seat_id)
    if seat is None or seat.group_id != moderator.group_id or seat.state != "in":
        raise NotFound
    moderators = [one for one in seats_in(session, seat.group_id) if one.role == "moderator"]
    if role == "member" and (seat.id != moderator.id or len(moderators) < 2):
        raise Refused(LAST_MODERATOR if seat.id == moderator.id else "A moderator steps back by themselves.")
    seat.role = role
    session.flush()


def _other_seat(session: Session, moderator: Seat, seat_id: str, state: str) -> Seat:
    seat = session.get(Seat, seat_id)
    if seat is None or seat.group_id != moderator.group_id or seat.state != state or seat.id == moderator.id:
        raise NotFound
    return seat


def _end(session: Session, seat: Seat, state: str) -> None:
    empty_seat(session, seat)
    seat.state, seat.role = state, "member"
    session.flush()
    count_seats(session, session.get_one(PeerGroup, seat.group_id))


def empty_seat(session: Session, seat: Seat) -> None:
    """Everything that came from a seat goes, also what is still on its way."""
    for post in posts_of_seat(session, seat):
        take_away(session, post)
    for sharing in sharings_of_seat(session, seat):
        end_sharing(session, sharing, "ended")

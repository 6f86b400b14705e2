"""Taking a seat in a group, giving it up, and what moderators do with seats."""

import secrets

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.audit import write_down
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_id
from app.peers.models import PeerGroup, Seat
from app.peers.policy import BIRDS, FEWEST_SEATS, FIRST_NAMES, RULES_VERSION
from app.peers.queries import (
    group_of_link,
    hold_group,
    is_banned,
    managed_by,
    managers_of,
    people_in,
    posts_of_seat,
    pseudonyms_of,
    seat_held,
    seats_in,
    seats_of,
    sharings_of_seat,
)
from app.peers.service.counting import forget_counts
from app.peers.service.showing import end_sharing, take_away
from app.sync.changes import savepoint

LINK_OVER = "This link leads nowhere. Ask a moderator of the group for a new one."
LAST_MODERATOR = "You are the only moderator. Make somebody else a moderator first, or delete the group."
NO_MODERATOR = "A moderator can only be sent off after giving up that part."
THERE_ALREADY = "This plan has a seat in this group already, or has asked for one."
NOT_HERE = "This plan cannot join here."


def join_by_link(session: Session, token: str, account: str, *, person: str) -> Seat:
    """Take a seat for a plan, with the rules accepted. A banned plan or account finds a link that leads nowhere."""
    group = group_of_link(session, token)
    if group is None:
        raise NotFound(LINK_OVER)
    _check_plan(session, account, person)
    hold_group(session, group.id, person=person)
    if group_of_link(session, token) is None or is_banned(session, group.id, account, person):
        raise NotFound(LINK_OVER)
    found = seat_held(session, group.id, account, person)
    if found is not None and found.state == "in":
        return found
    if found is not None:
        return _let_in(session, found)
    made = take_seat(session, group, account, person, role="member")
    write_down(session, "group.joined", account=account, person=person)
    return made


def ask_to_join(session: Session, group_id: str, account: str, *, person: str) -> Seat:
    """Ask for a seat in a group that takes requests. Raises `NotFound` as for a group that is not there."""
    if session.get(PeerGroup, group_id) is None:
        raise NotFound
    _check_plan(session, account, person)
    group = hold_group(session, group_id, person=person)
    if group.state != "ready" or not group.by_request or is_banned(session, group.id, account, person):
        raise NotFound
    found = seat_held(session, group.id, account, person)
    if found is None:
        found = _new_seat(session, group, account, person, role="member", state="asked")
        write_down(session, "group.asked", account=account, person=person)
    return found


def _check_plan(session: Session, account: str, person: str) -> None:
    if person not in managed_by(session, account):
        raise NotFound


def answer_request(session: Session, group: PeerGroup, seat_id: str, *, let_in: bool) -> None:
    """Say yes or no to somebody who asked."""
    seat = session.get(Seat, seat_id)
    if seat is None or seat.group_id != group.id or seat.state != "asked":
        raise NotFound
    hold_group(session, group.id, seat)
    if seat.state != "asked":
        raise NotFound
    if let_in and is_banned(session, group.id, seat.account_id, seat.person_id):
        raise Refused(NOT_HERE)
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
    group = hold_group(session, seat.group_id, seat)
    if seat.state == "asked":
        seat.state, seat.since = "in", now(session)
        session.flush()
        count_seats(session, group)
        write_down(session, "group.joined", account=None, person=seat.person_id)
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
    try:
        with savepoint(session):
            session.add(made)
    except IntegrityError as twice:
        raise Refused(THERE_ALREADY) from twice
    return made


def fresh_pseudonym(taken: set[str]) -> str:
    """A name that nobody in this group ever had, drawn at random: nothing of it follows from a plan or an account."""
    free = [f"{first} {bird}" for first in FIRST_NAMES for bird in BIRDS if f"{first} {bird}" not in taken]
    if not free:
        raise Refused("This group is full. Ask a moderator about a second one.")
    return secrets.choice(free)


def count_seats(session: Session, group: PeerGroup) -> None:
    """Open the group when plans of enough different people sit in it, close it when too few; phones rebuild."""
    enough = people_in(session, group.id) >= FEWEST_SEATS
    if enough != group.is_open:
        group.is_open = enough
        group.openings = (group.openings or 0) + 1
        session.flush()


def leave_group(session: Session, seat: Seat, *, account: str | None = None) -> None:
    """Give up a seat: everything that came from it goes. The only moderator cannot, while others are there."""
    hold_group(session, seat.group_id, seat, taking=True)
    others = [one for one in seats_in(session, seat.group_id) if one.id != seat.id]
    if seat.role == "moderator" and others and not any(one.role == "moderator" for one in others):
        raise Refused(LAST_MODERATOR)
    end_seat(session, seat, "left", by=account)


def ban(session: Session, moderator: Seat, seat_id: str) -> None:
    """Send a member off for good: their texts go, and no plan of theirs comes back before a moderator lifts it.

    Every seat here of those who manage the plan ends too, also for their other plans.
    """
    seat = _other_seat(session, moderator, seat_id, "in")
    hold_group(session, moderator.group_id, moderator, seat, *_seats_beside(session, seat), taking=True)
    seat, theirs = _other_seat(session, moderator, seat_id, "in"), _seats_beside(session, seat)
    if any(one.role == "moderator" for one in (seat, *theirs)):
        raise Refused(NO_MODERATOR)
    for one in theirs:
        end_seat(session, one, "left" if one.state == "in" else "turned_down")
    end_seat(session, seat, "banned")


def _seats_beside(session: Session, seat: Seat) -> list[Seat]:
    """The other seats in its group of whoever manages this seat's plan."""
    managers = managers_of(session, seat.person_id) if seat.person_id else [seat.account_id or ""]
    found = {
        one.id: one
        for account in managers
        for one in seats_of(session, account, states=("in", "asked"))
        if one.group_id == seat.group_id and one.id != seat.id
    }
    return list(found.values())


def lift_ban(session: Session, moderator: Seat, seat_id: str) -> None:
    """Take a ban back. They may join again, under a new name."""
    _other_seat(session, moderator, seat_id, "banned").state = "left"
    session.flush()


def set_role(session: Session, moderator: Seat, seat_id: str, *, role: str) -> None:
    """Make a member a moderator; or step back oneself, when another one stays."""
    seat = session.get(Seat, seat_id)
    if seat is None or seat.group_id != moderator.group_id:
        raise NotFound
    hold_group(session, moderator.group_id, moderator, seat)
    if seat.state != "in":
        raise NotFound
    moderators = [one for one in seats_in(session, seat.group_id) if one.role == "moderator"]
    if role == "member" and (seat.id != moderator.id or len(moderators) < 2):
        raise Refused(LAST_MODERATOR if seat.id == moderator.id else "A moderator steps back by themselves.")
    if seat.role != role:
        write_down(session, "group.role", account=None, person=seat.person_id)
    seat.role = role
    session.flush()


def _other_seat(session: Session, moderator: Seat, seat_id: str, state: str) -> Seat:
    seat = session.get(Seat, seat_id)
    if seat is None or seat.group_id != moderator.group_id or seat.state != state or seat.id == moderator.id:
        raise NotFound
    return seat


def end_seat(session: Session, seat: Seat, state: str, *, by: str | None = None) -> None:
    """Take a seat out of force: what came from it goes, and the group goes on without it, or ends with the last."""
    group = hold_group(session, seat.group_id, seat, taking=True)
    if seat.state not in {"in", "asked"}:
        return
    empty_seat(session, seat)
    seat.state, seat.role = state, "member"
    session.flush()
    write_down(session, "group.banned" if state == "banned" else "group.left", account=by, person=seat.person_id)
    _go_on(session, group)


def _go_on(session: Session, group: PeerGroup) -> None:
    """Nobody left: it ends. No moderator left: the member who has been there longest is one."""
    there = seats_in(session, group.id)
    if not there:
        close_group(session, group)
        return
    if not any(one.role == "moderator" for one in there):
        there[0].role = "moderator"
        write_down(session, "group.role", account=None, person=there[0].person_id)
    session.flush()
    count_seats(session, group)


def close_group(session: Session, group: PeerGroup) -> None:
    """End a group: every text goes from it and from all phones, and whoever asked is turned down."""
    hold_group(session, group.id, *seats_in(session, group.id), taking=True)
    for one in seats_in(session, group.id):
        empty_seat(session, one)
        one.state, one.role = "left", "member"
    for one in seats_in(session, group.id, state="asked"):
        one.state = "turned_down"
    group.state, group.link_hash, group.name, group.about, group.reason = "deleted", None, "", "", ""
    group.new_name = group.new_about = group.new_state = None
    group.is_open = False
    forget_counts(session, group.id)


def empty_seat(session: Session, seat: Seat) -> None:
    """Everything that came from a seat goes, also what is still on its way."""
    for post in posts_of_seat(session, seat):
        take_away(session, post)
    for sharing in sharings_of_seat(session, seat):
        end_sharing(session, sharing, by="seat")

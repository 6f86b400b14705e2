"""Founding a group, its link, its end."""

from sqlalchemy.orm import Session

from app.accounts.queries import token_hash
from app.core.audit import write_down
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_id, new_token
from app.jobs.service import enqueue
from app.peers.models import PeerGroup, Seat
from app.peers.queries import hold_group, managed_by, seats_in
from app.peers.service.seats import close_group, take_seat

CHECK_GROUP = "peers.check_group"


def found_group(
    session: Session, account: str, *, name: str, about: str, person: str | None, by_request: bool
) -> PeerGroup:
    """A new group with its founder as moderator: for a plan, or for an organisation without one (None).

    Nothing of it shows before the worker has let its name through the door.
    """
    if person is not None and person not in managed_by(session, account):
        raise NotFound
    made = PeerGroup(
        id=new_id(),
        name=name,
        about=about,
        kind="person" if person else "organisation",
        by_request=by_request,
        made_at=now(session),
    )
    session.add(made)
    session.flush()
    take_seat(session, made, account, person, role="moderator")
    write_down(session, "group.founded", account=account, person=person)
    check_later(session, made)
    return made


def check_later(session: Session, group: PeerGroup) -> None:
    """Have the worker read the group's name and what it says of itself."""
    key = f"{CHECK_GROUP}:{group.id}:{new_id()}"
    enqueue(session, CHECK_GROUP, key=key, payload={"group": group.id}, due_at=now(session))


def rename_group(session: Session, seat: Seat, *, name: str, about: str) -> PeerGroup:
    """Another name, through the same door. Members read the old one until the new one has passed."""
    group = moderated(session, seat)
    if group.state == "ready":
        group.new_name, group.new_about, group.new_state = name, about, "checking"
    else:
        group.name, group.about, group.state = name, about, "checking"
    group.reason = ""
    session.flush()
    check_later(session, group)
    return group


def make_link(session: Session, seat: Seat) -> str:
    """The secret of a new link by which one joins; an earlier link ends."""
    group, token = moderated(session, seat), new_token()
    if group.state != "ready":
        raise Refused("The name is still being checked. Try again in a moment.")
    group.link_hash = token_hash(token)
    session.flush()
    return token


def delete_group(session: Session, seat: Seat) -> None:
    """End a group: every text goes from it and from all phones."""
    moderated(session, seat)
    hold_group(session, seat.group_id, seat, *seats_in(session, seat.group_id), taking=True)
    close_group(session, moderated(session, seat))


def moderated(session: Session, seat: Seat) -> PeerGroup:
    """The group of a moderator's seat. Raises `NotFound` for everybody else."""
    group = session.get_one(PeerGroup, seat.group_id)
    if seat.role != "moderator" or seat.state != "in" or group.state == "deleted":
        raise NotFound
    return group

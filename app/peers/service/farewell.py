"""What groups do before a plan or an account is erased: what leaving does, so that nothing of it stays with others."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.peers.models import Post, QueueItem, Seat, Sharing, group_stream
from app.peers.queries import accounts_of, managed_by, managers_of, plans_around
from app.peers.service.seats import end_seat
from app.sync.changes import lock_streams
from app.sync.models import account_stream, person_stream


def leave_as_person(session: Session, person: str) -> None:
    """Every seat of a plan is given up and goes. A report of it that still waits stays, without saying whose it was."""
    reports = select(QueueItem).where(QueueItem.person_id == person, QueueItem.decision.is_(None))
    own = set(session.scalars(select(Sharing.id).where(Sharing.person_id == person)))
    for item in session.scalars(reports):
        if item.post_id not in own:
            item.person_id = None
    for seat in _seats_held(session, Seat.person_id == person):
        _remove(session, seat)


def leave_as_account(session: Session, account: str) -> None:
    """Seats for an organisation go. A plan's seat stays with the plan, and forgets who took it.

    Where nobody else looks after the plan its seats are given up: nobody could withdraw its texts, or moderate.
    """
    alone = [plan for plan in managed_by(session, account) if managers_of(session, plan) == [account]]
    for seat in _seats_held(session, or_(Seat.account_id == account, Seat.person_id.in_(alone))):
        if seat.person_id is None:
            _remove(session, seat)
            continue
        seat.account_id = None
        if seat.person_id in alone:
            end_seat(session, seat, "left")
    session.flush()


def _seats_held(session: Session, whose: ColumnElement[bool]) -> list[Seat]:
    """These seats, with all their groups held, and then every plan that loses something."""
    seats = list(session.scalars(select(Seat).where(whose).order_by(Seat.id)))
    # erasing ends relationships: what they write in sorts before groups
    accounts = {item for seat in seats if seat.person_id for item in accounts_of(session, seat.person_id)}
    lock_streams(session, [account_stream(account) for account in accounts])
    lock_streams(session, [group_stream(seat.group_id) for seat in seats])
    plans = {*plans_around(session, [seat.id for seat in seats]), *(seat.person_id for seat in seats)}
    lock_streams(session, [person_stream(plan) for plan in plans if plan])
    return seats


def _remove(session: Session, seat: Seat) -> None:
    end_seat(session, seat, "left")
    for model in (Post, Sharing):
        for row in session.scalars(select(model).where(model.seat_id == seat.id)):
            session.delete(row)
    session.flush()
    session.delete(seat)
    session.flush()

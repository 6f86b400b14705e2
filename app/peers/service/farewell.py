"""What groups do before a plan or an account is erased: what leaving does, so that nothing of it stays with others."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.peers.models import Post, QueueItem, Seat, Sharing
from app.peers.service.seats import end_seat


def leave_as_person(session: Session, person: str) -> None:
    """Every seat of a plan is given up and goes. A report of it that still waits stays, without saying whose it was."""
    reports = select(QueueItem).where(QueueItem.person_id == person, QueueItem.decision.is_(None))
    own = set(session.scalars(select(Sharing.id).where(Sharing.person_id == person)))
    for item in session.scalars(reports):
        if item.post_id not in own:
            item.person_id = None
    for seat in session.scalars(select(Seat).where(Seat.person_id == person).order_by(Seat.id)):
        _remove(session, seat)


def leave_as_account(session: Session, account: str) -> None:
    """Seats for an organisation go. A plan's seat stays with the plan, and forgets who took it."""
    for seat in session.scalars(select(Seat).where(Seat.account_id == account).order_by(Seat.id)):
        if seat.person_id is None:
            _remove(session, seat)
        else:
            seat.account_id = None
    session.flush()


def _remove(session: Session, seat: Seat) -> None:
    end_seat(session, seat, "left")
    for model in (Post, Sharing):
        for row in session.scalars(select(model).where(model.seat_id == seat.id)):
            session.delete(row)
    session.flush()
    session.delete(seat)
    session.flush()

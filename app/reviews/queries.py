"""Reading the reviews of one person."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.errors import NotFound
from app.reviews.clock import Next, next_review
from app.reviews.models import Review, ReviewClock


def find_clock(session: Session, actor: Actor, clock_id: str) -> ReviewClock:
    """A clock of this person. Raises `NotFound`."""
    wanted = select(ReviewClock).where(ReviewClock.visible_to(actor), ReviewClock.id == clock_id)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_review(session: Session, actor: Actor, review_id: str) -> Review:
    """A review of this person. Raises `NotFound`."""
    found = session.scalars(select(Review).where(Review.visible_to(actor), Review.id == review_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def next_of(session: Session, actor: Actor, clock: ReviewClock) -> Next:
    """The next review of this clock."""
    wanted = (Review.clock_id == clock.id) & Review.removed.is_(False)
    held = session.scalars(select(Review.held_on).where(Review.visible_to(actor), wanted)).all()
    return next_review(
        starts_on=clock.starts_on,
        first_weeks=clock.first_weeks,
        every_months=clock.every_months,
        held=held,
        agreed=clock.next_on,
    )

"""Writing when reviews are due, and that they happened. Each act says anew what is coming, for reminders."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.accounts.policy import SEE_PLAN
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.reminders.service import expect, expect_no_more
from app.reviews.clock import MOST_FIRST_WEEKS, MOST_MONTHS
from app.reviews.models import Review, ReviewClock
from app.reviews.queries import find_clock, find_review, next_of
from app.sync.merge import Rules, set_field, write_fields
from app.sync.registry import Arrived, Done, Outcome

ABOUT = "review"
CLOCK_RULES = Rules(
    audience=SEE_PLAN,
    guarded=frozenset({"starts_on", "next_on", "wants", "first_weeks", "every_months"}),
    versioned=frozenset({"wants"}),
)
REVIEW_RULES = Rules(audience=SEE_PLAN, guarded=frozenset({"held_on", "said"}), versioned=frozenset({"said"}))


def write_clock(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a clock. A new id is a new one; a removed one comes back, so that no edit is lost."""
    clock = session.get(ReviewClock, op.row)
    is_new = clock is None
    if clock is None:
        clock = _new_clock(session, actor, op)
    if clock.person_id != actor.person:
        raise NotFound
    clock.removed = False
    outcome = write_fields(session, actor, clock, op.facts, op=op, rules=CLOCK_RULES, is_new=is_new)
    say_what_comes(session, actor, clock)
    return outcome


def _new_clock(session: Session, actor: Actor, op: Arrived) -> ReviewClock:
    if not op.facts.get("funder", "").strip() or "starts_on" not in op.facts:
        raise Refused("Say who reviews the plan, and when the plan started.")
    clock = ReviewClock(
        id=op.row,
        person_id=actor.person,
        funder=op.facts["funder"],
        starts_on=op.facts["starts_on"],
        with_whom="",
        first_weeks=MOST_FIRST_WEEKS,
        every_months=MOST_MONTHS,
        wants="",
        written_by=actor.account,
    )
    session.add(clock)
    session.flush()
    return clock


def remove_clock(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Take a clock away. What was held stays in the history, and a later edit brings the clock back."""
    clock = find_clock(session, actor, op.row)
    clock.removed = True
    session.flush()
    expect_no_more(session, about=ABOUT, row=clock.id)
    return Done(clock.rev)


def record_review(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """A review happened: what the person wanted to say goes with it, and the clock runs anew from its day."""
    clock = find_clock(session, actor, op.facts["clock"])
    review = session.get(Review, op.row)
    if review is not None and (review.person_id != actor.person or not review.removed):
        raise NotFound
    if op.facts["held_on"] > _tomorrow(session):
        raise Refused("This day is still to come. Set it as the day of the next review instead.")
    if review is None:
        review = Review(id=op.row, person_id=actor.person, clock_id=clock.id)
        review.written_by, review.written_at = actor.account, now(session)
        session.add(review)
    review.held_on, review.said, review.removed = op.facts["held_on"], op.facts["said"], False
    review.wanted = clock.wants
    set_field(session, actor, clock, "wants", "", rules=CLOCK_RULES)
    if clock.next_on is not None and clock.next_on <= _tomorrow(session):
        clock.next_on = None
    session.flush()
    say_what_comes(session, actor, clock)
    return Done(review.rev)


def write_review(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a review."""
    review = find_review(session, actor, op.row)
    if op.facts.get("held_on", "") > _tomorrow(session):
        raise Refused("This day is still to come. Choose the day on which it was.")
    review.removed = False
    outcome = write_fields(session, actor, review, op.facts, op=op, rules=REVIEW_RULES)
    say_what_comes(session, actor, find_clock(session, actor, review.clock_id))
    return outcome


def remove_review(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """It was noted by mistake. What the person wanted to say goes back to be said next time."""
    review = find_review(session, actor, op.row)
    clock = find_clock(session, actor, review.clock_id)
    if not review.removed and review.wanted and not clock.wants:
        set_field(session, actor, clock, "wants", review.wanted, rules=CLOCK_RULES)
    review.removed = True
    session.flush()
    say_what_comes(session, actor, clock)
    return Done(review.rev)


def say_what_comes(session: Session, actor: Actor, clock: ReviewClock) -> None:
    """Tell reminders on which day the next review of this clock is, unless the clock is taken away."""
    session.flush()
    if clock.removed:
        return
    following = next_of(session, actor, clock)
    expect(session, person=actor.person, about=ABOUT, row=clock.id, on=following.on)


def check_clock(session: Session, actor: Actor, clock: ReviewClock) -> None:
    """After a choice between two days: what is coming is said anew."""
    say_what_comes(session, actor, clock)


def _tomorrow(session: Session) -> str:
    """A phone east of us may be a day ahead."""
    return (now(session).date() + timedelta(days=1)).isoformat()

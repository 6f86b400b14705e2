"""Acts on reviews that come from phones."""

from collections.abc import Callable

from marshmallow import Schema
from sqlalchemy.orm import Session

from app.accounts.policy import WRITE_PLAN
from app.core.actor import Actor
from app.reviews import schemas, service
from app.reviews.queries import find_clock, find_review
from app.sync.merge import field_chooser
from app.sync.registry import Act, Arrived, Handler, Outcome, Registry

Service = Callable[..., Outcome]

ACTS: tuple[tuple[str, Schema, Service, str], ...] = (
    ("review_clock.write", schemas.ClockWrite(), service.write_clock, "Say who reviews the plan, and how often."),
    ("review_clock.remove", schemas.ClockRemove(), service.remove_clock, "Take a clock away; an edit brings it back."),
    ("review.record", schemas.ReviewRecord(), service.record_review, "Note that a review happened."),
    ("review.write", schemas.ReviewWrite(), service.write_review, "Write single fields of a review."),
    ("review.remove", schemas.ReviewRemove(), service.remove_review, "Take a review back that was noted by mistake."),
)


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    for name, schema, act, says in ACTS:
        registry.add(Act(name, 1, WRITE_PLAN, schema, _handler(act), says=says))
    registry.add_chooser(
        "review_clock", field_chooser(find_clock, WRITE_PLAN, service.CLOCK_RULES, service.check_clock)
    )
    registry.add_chooser("review", field_chooser(find_review, WRITE_PLAN, service.REVIEW_RULES))


def _handler(act: Service) -> Handler:
    def handle(session: Session, actor: Actor, op: Arrived) -> Outcome:
        return act(session, actor, op=op)

    return handle

"""Writing goals."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.policy import SEE_PLAN
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound
from app.plans.models import Goal
from app.sync.merge import Rules, write_fields
from app.sync.registry import Arrived, Done, Outcome

OWN_WORDS = frozenset({"words", "why", "closing_words"})
GOAL_RULES = Rules(audience=SEE_PLAN, guarded=OWN_WORDS, versioned=OWN_WORDS)


def write_goal(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a goal. A new id is a new goal; a removed goal comes back, so that no edit is lost."""
    goal = session.get(Goal, op.row)
    is_new = goal is None
    if goal is None:
        goal = Goal(id=op.row, person_id=actor.person, written_by=actor.account, written_at=now(session))
        goal.words, goal.why, goal.closing_words, goal.state, goal.position = "", "", "", "active", 0
        session.add(goal)
        session.flush()
    if goal.person_id != actor.person:
        raise NotFound
    goal.removed = False
    return write_fields(session, actor, goal, op.facts, op=op, rules=GOAL_RULES, is_new=is_new)


def remove_goal(session: Session, actor: Actor, *, goal_id: str) -> Outcome:
    """Take a goal away. Its history stays, and a later edit brings it back."""
    goal = find_goal(session, actor, goal_id)
    goal.removed = True
    session.flush()
    return Done(goal.rev)


def find_goal(session: Session, actor: Actor, goal_id: str) -> Goal:
    """A goal of this person. Raises `NotFound`."""
    goal = session.scalars(select(Goal).where(Goal.visible_to(actor), Goal.id == goal_id)).one_or_none()
    if goal is None:
        raise NotFound
    return goal

"""Acts on goals that come from phones."""

from sqlalchemy.orm import Session

from app.accounts.policy import WRITE_PLAN
from app.core.actor import Actor
from app.plans.schemas import GoalRemove, GoalWrite
from app.plans.service import GOAL_RULES, find_goal, remove_goal, write_goal
from app.sync.merge import field_chooser
from app.sync.registry import Act, Arrived, Outcome, Registry


def handle_write(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`goal.write`."""
    return write_goal(session, actor, op=op)


def handle_remove(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`goal.remove`."""
    return remove_goal(session, actor, goal_id=op.row)


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    registry.add(
        Act(
            "goal.write",
            1,
            WRITE_PLAN,
            GoalWrite(),
            handle_write,
            says="Write a goal, or single fields of one.",
        )
    )
    registry.add(
        Act(
            "goal.remove",
            1,
            WRITE_PLAN,
            GoalRemove(),
            handle_remove,
            says="Take a goal away; an edit brings it back.",
        )
    )
    registry.add_chooser("goal", field_chooser(find_goal, WRITE_PLAN, GOAL_RULES))

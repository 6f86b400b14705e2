"""Acts on a plan that come from phones."""

from sqlalchemy.orm import Session

from app.accounts.policy import WRITE_PLAN
from app.core.actor import Actor
from app.plans.schemas import (
    AboutWrite,
    CheckInRemove,
    CheckInWrite,
    GoalRemove,
    GoalWrite,
    StepRemove,
    StepWrite,
)
from app.plans.service import (
    ABOUT_RULES,
    CHECK_IN_RULES,
    GOAL_RULES,
    STEP_RULES,
    find_about,
    find_check_in,
    find_goal,
    find_step,
    remove_check_in,
    remove_goal,
    remove_step,
    write_about,
    write_check_in,
    write_goal,
    write_step,
)
from app.sync.merge import field_chooser
from app.sync.registry import Act, Arrived, Outcome, Registry


def handle_about(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`about.write`."""
    return write_about(session, actor, op=op)


def handle_write(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`goal.write`."""
    return write_goal(session, actor, op=op)


def handle_remove(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`goal.remove`."""
    return remove_goal(session, actor, goal_id=op.row)


def handle_step(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`step.write`."""
    return write_step(session, actor, op=op)


def remove_one_step(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`step.remove`."""
    return remove_step(session, actor, step_id=op.row)


def handle_check_in(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`check_in.write`."""
    return write_check_in(session, actor, op=op)


def remove_one_check_in(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`check_in.remove`."""
    return remove_check_in(session, actor, check_in_id=op.row)


ACTS = (
    Act("about.write", 1, WRITE_PLAN, AboutWrite(), handle_about, says="Write what matters about the person."),
    Act("goal.write", 1, WRITE_PLAN, GoalWrite(), handle_write, says="Write a goal, or single fields of one."),
    Act("goal.remove", 1, WRITE_PLAN, GoalRemove(), handle_remove, says="Take a goal away; an edit brings it back."),
    Act("step.write", 1, WRITE_PLAN, StepWrite(), handle_step, says="Write or tick off a small step of a goal."),
    Act("step.remove", 1, WRITE_PLAN, StepRemove(), remove_one_step, says="Take a step away; an edit brings it back."),
    Act("check_in.write", 1, WRITE_PLAN, CheckInWrite(), handle_check_in, says="Write how a goal is going."),
    Act("check_in.remove", 1, WRITE_PLAN, CheckInRemove(), remove_one_check_in, says="Take a check-in away."),
)


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    for act in ACTS:
        registry.add(act)
    registry.add_chooser("about", field_chooser(find_about, WRITE_PLAN, ABOUT_RULES))
    registry.add_chooser("goal", field_chooser(find_goal, WRITE_PLAN, GOAL_RULES))
    registry.add_chooser("check_in", field_chooser(find_check_in, WRITE_PLAN, CHECK_IN_RULES))
    registry.add_chooser("step", field_chooser(find_step, WRITE_PLAN, STEP_RULES))

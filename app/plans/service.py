"""Writing what a person says of themselves, their goals, and the steps towards them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.policy import SEE_PLAN, SEE_PRIVATE
from app.accounts.service import count_mark
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.options.models import Choice
from app.plans.models import ABOUT, AboutMe, CheckIn, Goal, Step
from app.sync.merge import Rules, change_audience, keep_version, write_fields
from app.sync.registry import Arrived, Done, Outcome

OWN_WORDS = frozenset({"words", "why", "closing_words"})
# What is versioned stands in the history, and so in "What I changed today", where it can be put back.
ABOUT_RULES = Rules(audience=SEE_PLAN, guarded=frozenset(ABOUT), versioned=frozenset(ABOUT))
GOAL_RULES = Rules(audience=SEE_PLAN, guarded=OWN_WORDS, versioned=OWN_WORDS | {"state", "side", "importance"})
STEP_RULES = Rules(
    audience=SEE_PLAN, guarded=frozenset({"words", "by_when"}), versioned=frozenset({"words", "by_when", "state"})
)
CHECK_IN_RULES = Rules(
    audience=SEE_PLAN, guarded=frozenset({"words", "going", "on"}), versioned=frozenset({"words", "going"})
)
REMOVED = "removed"
A_DAY = timedelta(days=1)  # a phone east of us may be a day ahead


def about_id(person: str) -> str:
    """The id of a person's one page, so that two phones apart make one page, not two.

    It is the person's with 8 ("custom", RFC 9562) as its version: rows of different kinds never share an id.
    """
    return f"{person[:14]}8{person[15:]}"


def write_about(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single headings of "About me". A page under any other id than the person's own is not found."""
    if op.row != about_id(actor.person):
        raise NotFound
    about = session.scalars(select(AboutMe).where(AboutMe.visible_to(actor))).one_or_none()
    is_new = about is None
    if about is None:
        about = AboutMe(id=op.row, person_id=actor.person, **dict.fromkeys(ABOUT, ""))
        session.add(about)
        session.flush()
    # an empty heading holds nothing that could be lost: who fills it first needs to have seen nothing
    filled = replace(ABOUT_RULES, guarded=frozenset(name for name in ABOUT if getattr(about, name)))
    return write_fields(session, actor, about, op.facts, op=op, rules=filled, is_new=is_new)


def find_about(session: Session, actor: Actor, about_id: str) -> AboutMe:
    """What this person says of themselves. Raises `NotFound`."""
    wanted = select(AboutMe).where(AboutMe.visible_to(actor), AboutMe.id == about_id)
    about = session.scalars(wanted).one_or_none()
    if about is None:
        raise NotFound
    return about


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
    if goal.private and not actor.may(SEE_PRIVATE):
        raise NotFound
    goal.removed = False
    if op.facts.get("private", goal.private) != goal.private:
        _mark(session, actor, goal, private=op.facts["private"])
    return write_fields(session, actor, goal, op.facts, op=op, rules=GOAL_RULES, is_new=is_new)


def _mark(session: Session, actor: Actor, goal: Goal, *, private: bool) -> None:
    """Private or open, with everything that belongs to the goal. Phones that may not see it rebuild their copy."""
    if not actor.may(SEE_PRIVATE):
        raise Refused("Only who may see what is private can mark a goal.", code="not_allowed")
    goal.private = private
    rows = [goal.id]
    belongings: tuple[Iterable[Step | CheckIn | Choice], ...] = (
        session.scalars(select(Step).where(Step.visible_to(actor), Step.goal == goal.id)),
        session.scalars(select(CheckIn).where(CheckIn.visible_to(actor), CheckIn.goal == goal.id)),
        session.scalars(select(Choice).where(Choice.visible_to(actor), Choice.goal == goal.id)),
    )
    for row in chain.from_iterable(belongings):
        row.private = private
        rows.append(row.id)
    change_audience(session, actor, rows, audience=goal.sync_reader(SEE_PLAN))
    count_mark(session, actor.person)


def _follow_goal(session: Session, actor: Actor, row: Step | CheckIn) -> None:
    """What was moved to a goal is as private as it. Phones that may not see it, or now may, rebuild their copy."""
    private = find_goal(session, actor, row.goal).private
    if row.private != private:
        row.private = private
        change_audience(session, actor, [row.id], audience=row.sync_reader(SEE_PLAN))
        count_mark(session, actor.person)


def remove_goal(session: Session, actor: Actor, *, goal_id: str) -> Outcome:
    """Take a goal away. Its history stays, and a later edit brings it back."""
    return _remove(session, actor, find_goal(session, actor, goal_id))


def find_goal(session: Session, actor: Actor, goal_id: str) -> Goal:
    """A goal of this person. Raises `NotFound`."""
    goal = session.scalars(select(Goal).where(Goal.visible_to(actor), Goal.id == goal_id)).one_or_none()
    if goal is None:
        raise NotFound
    return goal


def write_step(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a step. A new id is a new step of the goal it names; a removed step comes back."""
    step = session.get(Step, op.row)
    is_new = step is None
    if "goal" in op.facts:
        find_goal(session, actor, op.facts["goal"])
    if step is None:
        step = _new_step(session, actor, op)
    if step.person_id != actor.person:
        raise NotFound
    if step.private and not actor.may(SEE_PRIVATE):
        raise NotFound
    step.removed = False
    step.goal = op.facts.get("goal", step.goal)
    _follow_goal(session, actor, step)
    return write_fields(session, actor, step, op.facts, op=op, rules=STEP_RULES, is_new=is_new)


def _new_step(session: Session, actor: Actor, op: Arrived) -> Step:
    if "goal" not in op.facts:
        raise Refused("Say which goal this step is for.")
    step = Step(id=op.row, person_id=actor.person, goal=op.facts["goal"], words="", state="open", position=0)
    step.private = find_goal(session, actor, step.goal).private
    session.add(step)
    session.flush()
    return step


def remove_step(session: Session, actor: Actor, *, step_id: str) -> Outcome:
    """Take a step away. Its history stays, and a later edit brings it back."""
    return _remove(session, actor, find_step(session, actor, step_id))


def find_step(session: Session, actor: Actor, step_id: str) -> Step:
    """A step of this person. Raises `NotFound`."""
    step = session.scalars(select(Step).where(Step.visible_to(actor), Step.id == step_id)).one_or_none()
    if step is None:
        raise NotFound
    return step


def write_check_in(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a check-in. A new id is a new one of the goal it names; a removed one comes back."""
    check_in = session.get(CheckIn, op.row)
    is_new = check_in is None
    if op.facts.get("on", "") > (now(session).date() + A_DAY).isoformat():
        raise Refused("This day is still to come. Choose the day on which it was.")
    if "goal" in op.facts:
        find_goal(session, actor, op.facts["goal"])
    if check_in is None:
        check_in = _new_check_in(session, actor, op)
    if check_in.person_id != actor.person:
        raise NotFound
    if check_in.private and not actor.may(SEE_PRIVATE):
        raise NotFound
    check_in.removed = False
    check_in.goal = op.facts.get("goal", check_in.goal)
    _follow_goal(session, actor, check_in)
    return write_fields(session, actor, check_in, op.facts, op=op, rules=CHECK_IN_RULES, is_new=is_new)


def _new_check_in(session: Session, actor: Actor, op: Arrived) -> CheckIn:
    if not {"goal", "on", "going"} <= op.facts.keys():
        raise Refused("Say which goal it is about, on which day, and how it goes.")
    named = {name: op.facts[name] for name in ("goal", "on", "going")}
    check_in = CheckIn(id=op.row, person_id=actor.person, words="", written_by=actor.account, **named)
    check_in.private = find_goal(session, actor, check_in.goal).private
    session.add(check_in)
    session.flush()
    # else the next answer would stand in the history as the first
    keep_version(session, actor, check_in, "going", check_in.going, audience=check_in.sync_reader(SEE_PLAN))
    return check_in


def remove_check_in(session: Session, actor: Actor, *, check_in_id: str) -> Outcome:
    """Take a check-in away. Its history stays, and a later edit brings it back."""
    return _remove(session, actor, find_check_in(session, actor, check_in_id))


def find_check_in(session: Session, actor: Actor, check_in_id: str) -> CheckIn:
    """A check-in of this person. Raises `NotFound`."""
    wanted = select(CheckIn).where(CheckIn.visible_to(actor), CheckIn.id == check_in_id)
    check_in = session.scalars(wanted).one_or_none()
    if check_in is None:
        raise NotFound
    return check_in


def _remove(session: Session, actor: Actor, row: Goal | Step | CheckIn) -> Done:
    if not row.removed:
        row.removed = True
        keep_version(session, actor, row, REMOVED, "yes", audience=row.sync_reader(SEE_PLAN))
    session.flush()
    return Done(row.rev)

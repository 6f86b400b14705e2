"""Conflicts as rows: they travel, so every phone shows the same two sides and the same money."""

from typing import Any

from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_id
from app.sync.facts import Facts, one_of
from app.sync.models import Conflict
from app.sync.registry import Act, Arrived, Clash, Done, Outcome, Registry

CHOICES = ("accepted", "other", "both")


class Choose(Facts):
    """Which side stays. `both` keeps both."""

    choice = one_of(*CHOICES, required=True)


def open_conflict(
    session: Session,
    actor: Actor,
    *,
    row_kind: str,
    row: str,
    audience: str,
    accepted: dict[str, Any],
    accepted_by: str | None,
    other: dict[str, Any],
) -> Clash:
    """Write both sides down. Nothing is posted: what was accepted first counts."""
    conflict = Conflict(
        id=new_id(),
        person_id=actor.person,
        row_kind=row_kind,
        row_id=row,
        audience=audience,
        accepted=accepted,
        accepted_by=accepted_by,
        other=other,
        other_by=actor.account,
        opened_at=now(session),
    )
    session.add(conflict)
    session.flush()
    return Clash(conflict.id)


def choose_act(registry: Registry) -> Act:
    """The act `conflict.choose`, with the features' choosers."""

    def handle(session: Session, actor: Actor, op: Arrived) -> Outcome:
        return choose(session, actor, registry, conflict_id=op.row, choice=op.facts["choice"], op=op)

    return Act(
        "conflict.choose",
        version=1,
        needs="see_plan",
        schema=Choose(),
        handler=handle,
        says="Say which of two sides stays, or that both do.",
    )


def choose(
    session: Session, actor: Actor, registry: Registry, *, conflict_id: str, choice: str, op: Arrived
) -> Outcome:
    """Carry out a choice. Who chose otherwise without seeing this choice opens the question again."""
    wanted = Conflict.visible_to(actor) & (Conflict.id == conflict_id)
    conflict = session.query(Conflict).filter(wanted).one_or_none()
    if conflict is None:
        raise NotFound
    chooser = registry.choosers[conflict.row_kind]
    if conflict.choice is None:
        chooser(session, actor, conflict, choice, op.id)
        conflict.choice, conflict.chosen_by = choice, actor.account
        session.flush()
        return Done(conflict.rev)
    if conflict.choice == choice:
        return Done(conflict.rev)
    if not op.base.stale(conflict, ["choice"]):
        raise Refused("This was settled already. Change the amount or the words themselves.")
    return _ask_again(session, actor, conflict)


def _ask_again(session: Session, actor: Actor, conflict: Conflict) -> Clash:
    """The same two sides once more: what stands by now (or the first of both), and the one against it."""
    sides = (conflict.accepted, conflict.other)
    standing, opposite = sides[::-1] if conflict.choice == "other" else sides
    return open_conflict(
        session,
        actor,
        row_kind=conflict.row_kind,
        row=conflict.row_id,
        audience=conflict.audience,
        accepted=standing,
        accepted_by=conflict.chosen_by,
        other=opposite,
    )

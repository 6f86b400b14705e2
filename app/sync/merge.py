"""How a `write` act meets a row that others write too.

Different fields never collide. The same plain field: last by server order. A guarded field (money, a date, own words)
that somebody changed after the author looked is a conflict: nothing is posted, both sides are kept as a row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import Refused
from app.core.ids import new_id
from app.sync.conflicts import open_conflict
from app.sync.models import Conflict, Synced, Version
from app.sync.registry import Arrived, Chooser, Clash, Done, Outcome


@dataclass(frozen=True, slots=True)
class Rules:
    """How the fields of one kind of row merge. `versioned` fields keep every value ever written."""

    audience: str
    guarded: frozenset[str] = frozenset()
    versioned: frozenset[str] = frozenset()


def write_fields(
    session: Session,
    actor: Actor,
    row: Synced,
    facts: dict[str, Any],
    *,
    op: Arrived,
    rules: Rules,
    is_new: bool = False,
) -> Outcome:
    """Write the named fields. What may not be overwritten unseen becomes one conflict; the rest is written."""
    stale = (
        []
        if is_new
        else [
            name for name in op.base.stale(row, sorted(rules.guarded & set(facts))) if getattr(row, name) != facts[name]
        ]
    )
    clash = _clash(session, actor, row, stale, facts, op=op, rules=rules) if stale else None
    for name, value in facts.items():
        if name not in stale:
            set_field(session, actor, row, name, value, rules=rules)
    session.flush()
    return clash or Done(row.rev)


def set_field(session: Session, actor: Actor, row: Synced, name: str, value: Any, *, rules: Rules) -> None:
    """Set one field; a versioned one also goes into the history."""
    if getattr(row, name) == value:
        return
    setattr(row, name, value)
    if name in rules.versioned:
        words = "" if value is None else str(value)
        keep_version(session, actor, row, name, words, audience=row.sync_reader(rules.audience))


def keep_version(session: Session, actor: Actor, row: Synced, name: str, value: str, *, audience: str) -> None:
    """Note in the history what somebody wrote in a field; "" when they emptied it."""
    session.add(
        Version(
            id=new_id(),
            person_id=actor.person,
            row_kind=row.sync_kind,
            row_id=row.sync_id(),
            audience=audience,
            field=name,
            value=value,
            written_by=actor.account,
            written_at=now(session),
        )
    )


def change_audience(session: Session, actor: Actor, rows: Sequence[str], *, audience: str) -> None:
    """From now on the history of these rows, and the questions about them, need this scope too."""
    for version in session.scalars(select(Version).where(Version.visible_to(actor), Version.row_id.in_(rows))):
        version.audience = audience
    for conflict in session.scalars(select(Conflict).where(Conflict.visible_to(actor), Conflict.row_id.in_(rows))):
        conflict.audience = audience


def field_chooser(
    find: Callable[[Session, Actor, str], Synced],
    needs: str,
    rules: Rules,
    check: Callable[[Session, Actor, Any], None] | None = None,
) -> Chooser:
    """How a choice between two values of fields is carried out. Both: words stand one below the other.

    `check` looks at the row as it would stand, and raises `Refused`.
    """

    def chooser(session: Session, actor: Actor, conflict: Conflict, choice: str, _op_id: str) -> None:
        if not actor.may(needs):
            raise Refused("You can look at this but not settle it.", code="not_allowed")
        row = find(session, actor, conflict.row_id)
        with session.no_autoflush:
            for name, value in conflict.other.items():
                chosen = _chosen(conflict, name, value, choice, rules)
                set_field(session, actor, row, name, chosen, rules=rules)
            if check is not None:
                check(session, actor, row)

    return chooser


def _chosen(conflict: Conflict, name: str, value: Any, choice: str, rules: Rules) -> Any:
    first = conflict.accepted[name]
    if choice == "accepted":
        return first
    if choice == "other":
        return value
    if name not in rules.versioned:
        raise Refused("Only one of the two can stay. Choose one.")
    return f"{first}\n\n{value}"


def _is_own_thought(earlier: Conflict, actor: Actor, row: Synced) -> bool:
    """Whether this conflict over the same row still waits, with this author's value on its other side."""
    same = (earlier.person_id, earlier.row_kind, earlier.row_id) == (actor.person, row.sync_kind, row.sync_id())
    return same and earlier.choice is None and earlier.other_by == actor.account


def _clash(
    session: Session,
    actor: Actor,
    row: Synced,
    stale: list[str],
    facts: dict[str, Any],
    *,
    op: Arrived,
    rules: Rules,
) -> Clash:
    other = {name: facts[name] for name in stale}
    earlier = session.get(Conflict, op.base.conflict) if op.base.conflict else None
    if earlier is not None and _is_own_thought(earlier, actor, row):
        earlier.other = {**earlier.other, **other}  # a second thought about what already waits for a choice
        earlier.accepted = {**earlier.accepted, **{name: getattr(row, name) for name in stale}}
        session.flush()
        return Clash(earlier.id)
    return open_conflict(
        session,
        actor,
        row_kind=row.sync_kind,
        row=row.sync_id(),
        audience=row.sync_reader(rules.audience),
        accepted={name: getattr(row, name) for name in stale},
        accepted_by=_author_of(session, actor, row, stale),
        other=other,
    )


def _author_of(session: Session, actor: Actor, row: Synced, names: list[str]) -> str | None:
    """Who wrote what stands in these fields; None where it was several, or the history does not say."""
    found = {_last_writer(session, actor, row, name) for name in names}
    return found.pop() if len(found) == 1 else None


def _last_writer(session: Session, actor: Actor, row: Synced, name: str) -> str | None:
    value = getattr(row, name)
    stands = (Version.row_id == row.sync_id()) & (Version.field == name) & (Version.value == str(value or ""))
    wanted = select(Version.written_by).where(Version.visible_to(actor), stands).order_by(Version.written_at.desc())
    return session.scalars(wanted.limit(1)).one_or_none()

"""Writing choices, and keeping the starter directory as its files say."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, String, column, select, table
from sqlalchemy.orm import Session

from app.accounts.policy import SEE_PLAN, SEE_PRIVATE
from app.accounts.service import count_mark
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.options.models import Choice, SupportOption
from app.options.schemas import OptionShape
from app.sync.merge import Rules, change_audience, write_fields
from app.sync.registry import Arrived, Done, Outcome

# Goals are kept by a feature above this one; of them only this is read.
GOALS = table("goal", column("id", String), column("private", Boolean))
OWN_WORDS = frozenset({"idea", "reason"})
CHOICE_RULES = Rules(audience=SEE_PLAN, guarded=OWN_WORDS | {"amount"}, versioned=OWN_WORDS)
DATA = Path(__file__).parent / "data"
# The name space of the starter options: the same slug has the same id in every installation.
STARTER = uuid.UUID("6e1d6a52-3f0c-5a51-9f0e-5b8b7c2d9a10")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the starter directory changed."""

    new: int
    changed: int
    removed: int


def write_choice(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a choice. A new id is a new choice; a removed one comes back, so that no edit is lost."""
    choice = session.get(Choice, op.row)
    is_new = choice is None
    if choice is None:
        choice = _new_choice(session, actor, op)
    if choice.person_id != actor.person:
        raise NotFound
    if choice.private and not actor.may(SEE_PRIVATE):
        raise NotFound
    choice.removed = False
    _follow_goal(session, actor, choice, op.facts.get("goal", choice.goal))
    return write_fields(session, actor, choice, op.facts, op=op, rules=CHOICE_RULES, is_new=is_new)


def _follow_goal(session: Session, actor: Actor, choice: Choice, goal: str | None) -> None:
    """What was moved to a goal is as private as it. Phones that may not see it, or now may, rebuild their copy."""
    private = _is_private(session, goal)
    if choice.private != private:
        choice.private = private
        change_audience(session, actor, [choice.id], audience=choice.sync_reader(SEE_PLAN))
        count_mark(session, actor.person)


def _is_private(session: Session, goal: str | None) -> bool:
    """A choice is as private as the goal that it is for."""
    return bool(session.scalar(select(GOALS.c.private).where(GOALS.c.id == goal)))


def _new_choice(session: Session, actor: Actor, op: Arrived) -> Choice:
    if not op.facts.get("option") and not op.facts.get("idea", "").strip():
        raise Refused("Choose something, or write down your own idea.")
    choice = Choice(
        id=op.row,
        person_id=actor.person,
        private=_is_private(session, op.facts.get("goal")),
        idea="",
        reason="",
        state="wanted",
        position=0,
        written_by=actor.account,
        written_at=now(session),
    )
    session.add(choice)
    session.flush()
    return choice


def remove_choice(session: Session, actor: Actor, *, choice_id: str) -> Outcome:
    """Take a choice away. Its history stays, and a later edit brings it back."""
    choice = find_choice(session, actor, choice_id)
    choice.removed = True
    session.flush()
    return Done(choice.rev)


def find_choice(session: Session, actor: Actor, choice_id: str) -> Choice:
    """A choice of this person. Raises `NotFound`."""
    found = session.scalars(select(Choice).where(Choice.visible_to(actor), Choice.id == choice_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def option_id(slug: str) -> str:
    """The id of a starter option."""
    return str(uuid.uuid5(STARTER, slug))


def read_starter(folder: Path = DATA) -> list[dict[str, Any]]:
    """All options of the data files, in their order. Raises `ValidationError` where one has not the right shape."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    raw = [{**option, "need": file["need"]} for file in files for option in file["options"]]
    found: list[dict[str, Any]] = OptionShape(many=True).load(raw)
    return found


def load_starter(session: Session, folder: Path = DATA) -> Loaded:
    """Make the stored starter options what the files say; only what differs is written, and so travels.

    The caller commits. Options of other sources are left alone.
    """
    options = {option_id(option["slug"]): option for option in read_starter(folder)}
    stored = {row.id: row for row in session.scalars(select(SupportOption))}
    new, changed = 0, 0
    for key, option in options.items():
        row, digest = stored.get(key), _digest(option)
        if row is None:
            session.add(_row(key, option, digest))
            new += 1
        elif row.content_hash != digest or row.removed:
            row.content, row.content_hash, row.removed = _content(option), digest, False
            changed += 1
    gone = [row for key, row in stored.items() if key not in options and not row.removed and _is_starter(row)]
    for row in gone:
        row.removed = True
    session.flush()
    return Loaded(new, changed, len(gone))


def _row(key: str, option: dict[str, Any], digest: str) -> SupportOption:
    return SupportOption(id=key, slug=option["slug"], content=_content(option), content_hash=digest, removed=False)


def _is_starter(row: SupportOption) -> bool:
    return row.id == option_id(row.slug)


def _content(option: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in option.items() if name != "slug"}


def _digest(option: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(option, sort_keys=True).encode()).hexdigest()

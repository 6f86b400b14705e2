"""Posting to the ledger: record, correct, void, move. Nothing is edited away."""

import contextlib
import uuid
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy.orm import Session

from app.accounts.policy import SEE_MONEY, WRITE_MONEY
from app.budgets import rules
from app.budgets.acts import Changes, Transfer, plan_correction, plan_transfer, plan_void
from app.budgets.models import Entry
from app.budgets.queries import as_entry, as_pot, find_entry, find_pot, newest_of, other_side
from app.budgets.rules import LedgerProblem, check_entry
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.sync.conflicts import open_conflict
from app.sync.models import Conflict
from app.sync.registry import Arrived, Clash, Done, Outcome

ENTRY_FIELDS = (
    "kind", "amount", "on", "what", "merchant", "goal", "note", "reverses", "replaces", "transfer", "reason",
    "author", "state", "superseded", "files",
)  # fmt: skip
BESIDE = "beside"
LOGGED = frozenset({"spending", "paid_by_me", "service_received"})
NOT_YOURS = "You can write down what was spent, and change what you wrote yourself."
SHOWN = ("kind", "amount", "on", "what", "merchant", "goal", "note", "reason", "files")


def record_entry(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Post one new line."""
    pot = find_pot(session, actor, op.facts["pot"])
    check_own(actor, op.facts["kind"], actor.account)
    row = _new_entry(op.row, actor, op.facts)
    fault = check_entry(row, as_pot(pot))
    if fault:
        raise Refused(fault["sentence"])
    post(session, actor, [row], {pot.id})
    return Done(1)


def correct_entry(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Take a line back and post it anew. Somebody who corrected it first wins until one of the two is chosen."""
    entry = session.get(Entry, op.row)
    if entry is None:
        return _think_again(session, actor, op, op.facts["changes"], op.facts["entry"])
    entry = find_entry(session, actor, op.row)
    check_own(actor, op.facts["changes"].get("kind", entry.kind), entry.author)
    if entry.superseded:
        other = {**_shown(entry), **op.facts["changes"], "entry": op.facts["entry"]}
        return _clash(session, actor, entry, other, op)
    with as_refusal():
        planned = plan_correction(
            as_entry(entry),
            op.facts["changes"],
            op.facts,
            author=actor.account,
            other=_other(session, actor, entry),
        )
    post(session, actor, planned)
    return Done(entry.rev)


def void_entry(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Take a line back."""
    entry = session.get(Entry, op.row)
    if entry is None:
        return _think_again(session, actor, op, {}, None)
    entry = find_entry(session, actor, op.row)
    check_own(actor, entry.kind, entry.author)
    if entry.superseded:
        if _standing(session, actor, entry) is None:
            return Done(entry.rev)  # both took it back: there is nothing to choose
        return _clash(session, actor, entry, {**_shown(entry), "void": True}, op)
    with as_refusal():
        planned = plan_void(as_entry(entry), op.facts, author=actor.account, other=_other(session, actor, entry))
    post(session, actor, planned)
    return Done(entry.rev)


def check_own(actor: Actor, kind: str, author: str) -> None:
    """Who may only write down what is spent changes lines of their own, and no other kind of line."""
    if not actor.may(WRITE_MONEY) and (kind not in LOGGED or author != actor.account):
        raise Refused(NOT_YOURS, code="not_allowed")


def transfer(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Move money between two pots: the only way in which they mix."""
    source, target = (
        find_pot(session, actor, op.facts["source"]),
        find_pot(session, actor, op.facts["target"]),
    )
    ids = {"transfer": op.row, "out": op.facts["out_entry"], "in": op.facts["in_entry"]}
    facts = cast(Transfer, {name: op.facts[name] for name in ("amount", "on", "what", "note")})
    with as_refusal():
        planned = plan_transfer(as_pot(source), as_pot(target), facts, ids, author=actor.account)
    post(session, actor, planned)
    return Done(1)


def post(session: Session, actor: Actor, planned: list[rules.Entry], pots: Collection[str] = ()) -> None:
    """Add planned lines to the ledger and mark what they take back. `pots`: those already found to be this person's."""
    for row in planned:
        if row["pot"] not in pots:
            find_pot(session, actor, row["pot"])
        there = session.get(Entry, row["id"])
        if there is not None and there.person_id != actor.person:
            raise NotFound
        if there is not None:
            raise Refused("This line is in the ledger already.", code="exists")
        session.add(_as_model(session, actor, row))
        if row["reverses"] is not None:
            find_entry(session, actor, row["reverses"]).superseded = True
        session.flush()


def choose_entry(session: Session, actor: Actor, conflict: Conflict, choice: str, op_id: str) -> None:
    """Carry out the choice between two corrections of one line.

    A line that a choice put beside the first is remembered in the conflict, so that choosing apart again takes
    it back: no choice ever counts one payment twice.
    """
    if not actor.may(WRITE_MONEY):
        raise Refused("You can look at this but not settle it.", code="not_allowed")
    first = find_entry(session, actor, conflict.row_id)
    beside = _beside(session, actor, conflict)
    if choice != "both":
        wanted = conflict.accepted if choice == "accepted" else conflict.other
        posted = _make_stand(session, actor, first, beside, wanted, op_id)
    else:
        posted = None if beside else _post_beside(session, actor, first, conflict.other, op_id)
    if posted:
        conflict.other = {**conflict.other, BESIDE: posted}


@contextlib.contextmanager
def as_refusal() -> Iterator[None]:
    """A problem of the pure ledger is a refusal with its sentence."""
    try:
        yield
    except LedgerProblem as problem:
        raise Refused(str(problem)) from problem


def day_after(day: str) -> str:
    """The next calendar day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _beside(session: Session, actor: Actor, conflict: Conflict) -> Entry | None:
    """The line that an earlier choice put beside the first one, if it still counts."""
    known = conflict.accepted.get(BESIDE) or conflict.other.get(BESIDE)
    return _standing(session, actor, find_entry(session, actor, known)) if known else None


def _make_stand(
    session: Session, actor: Actor, first: Entry, beside: Entry | None, wanted: Mapping[str, Any], op_id: str
) -> str | None:
    """Let exactly one line say what is wanted, or none. Returns the id of a line that had to be posted anew."""
    standing = [line for line in (_standing(session, actor, first), beside) if line is not None]
    kept = [] if wanted.get("void") else standing[:1]
    for line in standing[len(kept) :]:
        _take_back(session, actor, line, op_id)
    if kept:
        _let_say(session, actor, kept[0], wanted, op_id)
        return None
    return _post_beside(session, actor, first, wanted, op_id)


def _take_back(session: Session, actor: Actor, line: Entry, op_id: str) -> None:
    with as_refusal():
        other = _other(session, actor, line)
        planned = plan_void(as_entry(line), _ids(op_id, line.id), author=actor.account, other=other)
    post(session, actor, planned)


def _let_say(session: Session, actor: Actor, line: Entry, wanted: Mapping[str, Any], op_id: str) -> None:
    changes = cast(Changes, {name: wanted[name] for name in SHOWN})
    if changes == _shown(line):
        return
    with as_refusal():
        other = _other(session, actor, line)
        planned = plan_correction(as_entry(line), changes, _ids(op_id, line.id), author=actor.account, other=other)
    post(session, actor, planned)


def _post_beside(session: Session, actor: Actor, first: Entry, wanted: Mapping[str, Any], op_id: str) -> str | None:
    if wanted.get("void"):
        return None
    if first.transfer is not None:
        raise Refused("This was moved between two pots. Choose one of the two, or move the money again.")
    facts = {**{name: wanted[name] for name in SHOWN}, "pot": first.pot_id}
    entry_id = _ids(op_id, first.id)["beside"]
    post(session, actor, [_new_entry(entry_id, actor, facts)])
    return entry_id


def _standing(session: Session, actor: Actor, first: Entry) -> Entry | None:
    """The line that counts now in the chain of corrections, or None when it was taken back."""
    newest = newest_of(session, actor, first)
    return None if newest.superseded else newest


def _clash(session: Session, actor: Actor, entry: Entry, other: dict[str, Any], op: Arrived) -> Clash:
    newest = newest_of(session, actor, entry)
    if not newest.superseded and not other.get("void") and _same(newest, other):
        raise Refused("Somebody made the same change before you. Nothing was counted twice.", code="same_change")
    accepted = {**_shown(newest), **({"void": True} if newest.superseded else {})}
    return open_conflict(
        session,
        actor,
        row_kind="entry",
        row=entry.id,
        audience=SEE_MONEY,
        accepted=accepted,
        accepted_by=newest.author,
        other=other,
    )


def _think_again(session: Session, actor: Actor, op: Arrived, changes: dict[str, Any], entry: str | None) -> Outcome:
    """A change of an own correction that itself waits for a choice: the waiting side changes."""
    conflict = session.get(Conflict, op.base.conflict) if op.base.conflict else None
    waiting = conflict is not None and conflict.choice is None and conflict.other_by == actor.account
    if conflict is None or not waiting or conflict.person_id != actor.person or conflict.other.get("entry") != op.row:
        raise NotFound
    extra = {"entry": entry} if entry else {"void": True}
    conflict.other = {**conflict.other, **changes, **extra}
    session.flush()
    return Clash(conflict.id)


def _same(entry: Entry, other: Mapping[str, Any]) -> bool:
    return all(getattr(entry, name) == other[name] for name in SHOWN)


def _shown(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in SHOWN}


def _other(session: Session, actor: Actor, entry: Entry) -> rules.Entry | None:
    found = other_side(session, actor, entry)
    return as_entry(found) if found else None


def _ids(op_id: str, line: str) -> dict[str, str]:
    """Ids for what a choice posts about a line, the same however often they are computed."""
    space = uuid.UUID(op_id)
    names = ("entry", "reversal", "other_entry", "other_reversal", BESIDE)
    return {name: str(uuid.uuid5(space, f"{name} {line}")) for name in names}


def _new_entry(entry_id: str, actor: Actor, facts: Mapping[str, Any]) -> rules.Entry:
    return {
        "id": entry_id,
        "pot": facts["pot"],
        "kind": facts["kind"],
        "amount": facts["amount"],
        "on": facts["on"],
        "what": facts["what"],
        "merchant": facts["merchant"],
        "goal": facts["goal"],
        "note": facts["note"],
        "reverses": None,
        "replaces": None,
        "transfer": None,
        "reason": facts["reason"],
        "author": actor.account,
        "state": "posted",
        "superseded": False,
        "files": list(facts.get("files", [])),
        "rev": 0,
    }


def _as_model(session: Session, actor: Actor, row: rules.Entry) -> Entry:
    facts: Mapping[str, Any] = row
    values = {name: facts[name] for name in ENTRY_FIELDS}
    return Entry(id=row["id"], person_id=actor.person, pot_id=row["pot"], posted_at=now(session), **values)

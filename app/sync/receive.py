"""Operations come in: looked up, allowed, loaded, carried out in a savepoint each, answered, remembered."""

from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import InhandError, NotFound
from app.core.logging import note_fault
from app.core.words import storable
from app.sync.changes import lock_streams, savepoint, write_changes
from app.sync.facts import first_sentence
from app.sync.models import Operation
from app.sync.registry import Act, Arrived, Base, Clash, Done, Outcome, Registry, Rights
from app.sync.schemas import OperationSchema

NOT_YOURS = "You can no longer change this. What you wrote is kept for you to copy."
NOT_UNDERSTOOD = "We could not understand this change. What you wrote is kept for you to copy."
SERVER_FAULT = "We could not carry this out. What you wrote is kept for you to copy. We have been told."


@dataclass(frozen=True, slots=True)
class Sender:
    """From whom a batch came."""

    account: str
    device: str


def receive(
    session: Session, rights: Rights, registry: Registry, sender: Sender, raw: list[Any]
) -> list[dict[str, Any]]:
    """Carry out a batch in order and answer each operation. The caller commits. A bad one never stops the rest."""
    fresh: list[tuple[Operation, dict[str, Any]]] = []
    _lock(session, rights, sender, raw)
    results = [_receive_one(session, rights, registry, sender, item, fresh) for item in raw]
    seqs = write_changes(session)
    for operation, result in fresh:
        if operation.stream in seqs and result["status"] in {"done", "conflict"}:
            result["seq"] = seqs[operation.stream]
        operation.result = result
        session.add(operation)
    session.flush()
    return results


def _lock(session: Session, rights: Rights, sender: Sender, raw: list[Any]) -> None:
    """One batch at a time in a stream: merging looks at a row and then writes it, on PostgreSQL beside others."""
    named = [item.get("stream") for item in raw if isinstance(item, dict)]
    lock_streams(session, (stream for stream in rights.grants(session, sender.account) if stream in named))


def _receive_one(
    session: Session,
    rights: Rights,
    registry: Registry,
    sender: Sender,
    raw: Any,
    fresh: list[tuple[Operation, dict[str, Any]]],
) -> dict[str, Any]:
    try:
        loaded = OperationSchema().load(raw)
    except ValidationError as error:
        found = raw.get("id") if isinstance(raw, dict) else None
        return refusal(found if isinstance(found, str) else "", "malformed", NOT_UNDERSTOOD, first_sentence(error))
    seen = _look_up(session, sender, loaded["id"], fresh)
    if seen is not None:
        return seen
    act = registry.acts.get(loaded["act"])
    if act is None or loaded["version"] > act.version:
        return {"id": loaded["id"], "status": "later"}
    operation = _remember(session, sender, loaded)
    result = _answer(session, rights, act, operation, loaded, fresh)
    fresh.append((operation, result))
    return result


def _look_up(
    session: Session, sender: Sender, op_id: str, fresh: list[tuple[Operation, dict[str, Any]]]
) -> dict[str, Any] | None:
    """The answer that this operation got before, in an earlier exchange or earlier in this one."""
    for operation, result in fresh:
        if operation.id == op_id:
            return result
    stored = session.get(Operation, (sender.account, op_id))
    return stored.result if stored else None


def _remember(session: Session, sender: Sender, loaded: dict[str, Any]) -> Operation:
    return Operation(
        account_id=sender.account,
        id=loaded["id"],
        device_id=sender.device,
        act=loaded["act"],
        version=loaded["version"],
        stream=loaded["stream"],
        row_id=loaded["row"],
        received_at=now(session),
    )


def _answer(
    session: Session,
    rights: Rights,
    act: Act,
    operation: Operation,
    loaded: dict[str, Any],
    fresh: list[tuple[Operation, dict[str, Any]]],
) -> dict[str, Any]:
    base = _base(session, operation, loaded["base"], fresh)
    operation.base_rev = base.rev
    try:
        with savepoint(session):
            actor = _allowed(session, rights, act, operation)
            arrived = Arrived(
                id=operation.id,
                act=act.name,
                stream=operation.stream,
                row=operation.row_id,
                facts=_load_facts(act, loaded),
                base=base,
                device=operation.device_id,
            )
            outcome = act.handler(session, actor, arrived)
    except ValidationError as error:
        return refusal(operation.id, "malformed", NOT_UNDERSTOOD, first_sentence(error))
    except InhandError as error:
        return refusal(operation.id, error.code, error.sentence)
    except (ArithmeticError, IntegrityError, LookupError, TypeError, ValueError):
        note_fault("operation_failed", act=act.name, operation=operation.id)
        return refusal(operation.id, "fault", SERVER_FAULT)
    return _accepted(operation, outcome)


def _allowed(session: Session, rights: Rights, act: Act, operation: Operation) -> Actor:
    """Checked for each operation, when it arrives. Without any right the stream does not exist."""
    actor = rights.actor(session, operation.account_id, operation.stream)
    if actor is None:
        raise NotFound(NOT_YOURS)
    if not actor.may(act.needs):
        raise InhandError(NOT_YOURS, code="not_allowed")
    return actor


def _load_facts(act: Act, loaded: dict[str, Any]) -> dict[str, Any]:
    facts = loaded["facts"]
    if not isinstance(facts, dict):
        raise ValidationError("Facts are an object.", "facts")
    for version in range(loaded["version"], act.version):
        facts = act.upcasts[version](facts)
    result: dict[str, Any] = act.schema.load(facts)
    return result


def _base(
    session: Session,
    operation: Operation,
    base: dict[str, Any] | None,
    fresh: list[tuple[Operation, dict[str, Any]]],
) -> Base:
    """What the author saw. An own unsent operation counts as the rev it made, or as its own base if it made none."""
    if base is None:
        return Base(None)
    if "op" not in base:
        return Base(base.get("rev"))
    for earlier, result in fresh:
        if earlier.id == base["op"]:
            return Base(result.get("rev", earlier.base_rev), result.get("conflict"))
    stored = session.get(Operation, (operation.account_id, base["op"]))
    if stored is None:
        return Base(None)
    return Base(stored.result.get("rev", stored.base_rev), stored.result.get("conflict"))


def _accepted(operation: Operation, outcome: Outcome) -> dict[str, Any]:
    answer: dict[str, Any] = {"id": operation.id, "stream": operation.stream, "seq": 0}
    if isinstance(outcome, Clash):
        return {**answer, "status": "conflict", "conflict": outcome.conflict}
    if isinstance(outcome, Done) and outcome.rev is not None:
        answer["rev"] = outcome.rev
    return {**answer, "status": "done"}


def refusal(op_id: str, code: str, sentence: str, detail: str | None = None) -> dict[str, Any]:
    """The answer for an operation that was not carried out."""
    answer = {"id": storable(op_id), "status": "refused", "code": code, "sentence": sentence}
    if detail:
        answer["detail"] = storable(detail)[:200]
    return answer

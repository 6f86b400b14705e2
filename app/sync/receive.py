"""Operations come in: looked up, allowed, loaded, carried out in a savepoint each, answered, remembered."""

from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import ORMExecuteState, Session

from app.core.actor import Actor
from app.core.audit import write_down
from app.core.clock import now
from app.core.db import hold_rows
from app.core.errors import InhandError, NotFound
from app.core.ids import is_id
from app.core.logging import note, note_fault
from app.core.words import storable
from app.sync.changes import lock_streams, savepoint, write_changes
from app.sync.facts import first_sentence
from app.sync.models import Operation, person_stream
from app.sync.registry import Act, Arrived, Base, Clash, Done, Earlier, Outcome, Registry, Rights
from app.sync.schemas import OperationSchema

PERSON = person_stream("")
NOT_YOURS = "You can no longer change this. What you wrote is kept for you to copy."
NOT_UNDERSTOOD = "We could not understand this change. What you wrote is kept for you to copy."
SERVER_FAULT = "We could not carry this out. What you wrote is kept for you to copy. We have been told."
OPERATION = OperationSchema()


@dataclass(frozen=True, slots=True)
class Sender:
    """From whom a batch came."""

    account: str
    device: str


class _Actors:
    """Who acts in which stream, asked once and again after anything that rights rest on was written."""

    def __init__(self, session: Session, rights: Rights, account: str) -> None:
        self._session, self._rights, self._account = session, rights, account
        self._found: dict[str, Actor | None] = {}
        event.listen(session, "after_flush", self._look)
        event.listen(session, "do_orm_execute", self._heed)

    def find(self, stream: str) -> Actor | None:
        """The sender acting in this stream now, or None when it may not."""
        if stream not in self._found:
            self._found[stream] = self._rights.actor(self._session, self._account, stream)
        return self._found[stream]

    def _look(self, session: Session, *_: object) -> None:
        written = (*session.new, *session.dirty, *session.deleted)
        if any(isinstance(row, self._rights.rest_on) for row in written):
            self._found.clear()

    def _heed(self, state: ORMExecuteState) -> None:
        if not state.is_select:
            self._found.clear()


@dataclass(frozen=True, slots=True)
class _Batch:
    """What the operations of one batch share. `seen`: what was answered before; `fresh`: what is answered now."""

    session: Session
    registry: Registry
    sender: Sender
    actors: _Actors
    seen: dict[str, Operation]
    fresh: dict[str, tuple[Operation, dict[str, Any]]]


def receive(
    session: Session, rights: Rights, registry: Registry, sender: Sender, raw: list[Any]
) -> list[dict[str, Any]]:
    """Carry out a batch in order and answer each operation. The caller commits. A bad one never stops the rest."""
    hold_rows(session)
    _lock(session, rights, registry, sender, raw)
    actors = _Actors(session, rights, sender.account)
    batch = _Batch(session, registry, sender, actors, _seen(session, sender, raw), {})
    results = [_receive_one(batch, item) for item in raw]
    seqs = write_changes(session)
    for operation, result in batch.fresh.values():
        if operation.stream in seqs and result["status"] in {"done", "conflict"}:
            result["seq"] = seqs[operation.stream]
        if result["status"] in {"done", "conflict"} and operation.stream.startswith(PERSON):
            person = operation.stream.removeprefix(PERSON)
            write_down(session, operation.act, account=sender.account, person=person)
        operation.result = result
        session.add(operation)
    session.flush()
    _note_refused(batch, raw, results)
    return results


def _note_refused(batch: _Batch, raw: list[Any], results: list[dict[str, Any]]) -> None:
    """Who was refused which act: names of ours and numbers, nothing that was sent."""
    for item, result in zip(raw, results, strict=True):
        if result["status"] == "refused":
            named = item.get("act") if isinstance(item, dict) else None
            act = batch.registry.acts.get(named) if isinstance(named, str) else None
            note("operation_refused", act=act.name if act else None, code=result["code"], account=batch.sender.account)


def _lock(session: Session, rights: Rights, registry: Registry, sender: Sender, raw: list[Any]) -> None:
    """One batch at a time in a stream: merging looks at a row and then writes it, on PostgreSQL beside others."""
    items = [item for item in raw if isinstance(item, dict)]
    granted = set(rights.grants(session, sender.account))
    own = {stream for stream in granted if any(stream == item.get("stream") for item in items)}
    rows_of: dict[Earlier, list[str]] = {}
    for item in items:
        act, row = item.get("act"), item.get("row")
        if isinstance(act, str) and act in registry.earlier and is_id(row):
            rows_of.setdefault(registry.earlier[act], []).append(str(row))
    more = [set(earlier(session, granted, rows)) for earlier, rows in rows_of.items()]
    lock_streams(session, own.union(*more))


def _seen(session: Session, sender: Sender, raw: list[Any]) -> dict[str, Operation]:
    """Those of these operations, and of those they rest on, that were answered in an earlier exchange."""
    named = [name for item in raw if isinstance(item, dict) for name in (item.get("id"), _rests_on(item))]
    wanted = sorted({str(name) for name in named if is_id(name)})
    mine = select(Operation).where(Operation.account_id == sender.account)
    found = session.scalars(mine.where(Operation.id.in_(wanted)))
    return {operation.id: operation for operation in found}


def _rests_on(item: dict[str, Any]) -> Any:
    base = item.get("base")
    return base.get("op") if isinstance(base, dict) else None


def _receive_one(batch: _Batch, raw: Any) -> dict[str, Any]:
    try:
        loaded = OPERATION.load(raw)
    except ValidationError as error:
        found = raw.get("id") if isinstance(raw, dict) else None
        return refusal(found if isinstance(found, str) else "", "malformed", NOT_UNDERSTOOD, first_sentence(error))
    answered = _look_up(batch, loaded["id"])
    if answered is not None:
        return answered
    act = batch.registry.acts.get(loaded["act"])
    if act is None or loaded["version"] > act.version:
        return {"id": loaded["id"], "status": "later"}
    operation = _remember(batch, loaded)
    result = _answer(batch, act, operation, loaded)
    batch.fresh[operation.id] = (operation, result)
    return result


def _look_up(batch: _Batch, op_id: str) -> dict[str, Any] | None:
    """The answer that this operation got before, in an earlier exchange or earlier in this one."""
    if op_id in batch.fresh:
        return batch.fresh[op_id][1]
    stored = batch.seen.get(op_id)
    return stored.result if stored else None


def _remember(batch: _Batch, loaded: dict[str, Any]) -> Operation:
    return Operation(
        account_id=batch.sender.account,
        id=loaded["id"],
        device_id=batch.sender.device,
        act=loaded["act"],
        version=loaded["version"],
        stream=loaded["stream"],
        row_id=loaded["row"],
        received_at=now(batch.session),
    )


def _answer(batch: _Batch, act: Act, operation: Operation, loaded: dict[str, Any]) -> dict[str, Any]:
    base = _base(batch, loaded["base"])
    operation.base_rev = base.rev
    try:
        with savepoint(batch.session):
            actor = _allowed(batch, act, operation)
            arrived = Arrived(
                id=operation.id,
                act=act.name,
                stream=operation.stream,
                row=operation.row_id,
                facts=_load_facts(act, loaded),
                base=base,
                device=operation.device_id,
            )
            outcome = act.handler(batch.session, actor, arrived)
    except ValidationError as error:
        return refusal(operation.id, "malformed", NOT_UNDERSTOOD, first_sentence(error))
    except InhandError as error:
        return refusal(operation.id, error.code, error.sentence)
    except (ArithmeticError, IntegrityError, LookupError, TypeError, ValueError):
        note_fault("operation_failed", act=act.name, operation=operation.id)
        return refusal(operation.id, "fault", SERVER_FAULT)
    return _accepted(operation, outcome)


def _allowed(batch: _Batch, act: Act, operation: Operation) -> Actor:
    """Checked for each operation, when it arrives. Without any right the stream does not exist."""
    actor = batch.actors.find(operation.stream)
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


def _base(batch: _Batch, base: dict[str, Any] | None) -> Base:
    """What the author saw. An own unsent operation counts as the rev it made, or as its own base if it made none."""
    if base is None:
        return Base(None)
    if "op" not in base:
        return Base(base.get("rev"))
    if base["op"] in batch.fresh:
        earlier, result = batch.fresh[base["op"]]
        return Base(result.get("rev", earlier.base_rev), result.get("conflict"))
    stored = batch.seen.get(base["op"])
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

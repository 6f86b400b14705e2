"""Acts on money that come from phones."""

from collections.abc import Callable

from marshmallow import Schema
from sqlalchemy.orm import Session

from app.accounts.policy import LOG_MONEY, WRITE_MONEY
from app.budgets import posting, schemas, service
from app.core.actor import Actor
from app.sync.merge import field_chooser
from app.sync.registry import Act, Arrived, Handler, Outcome, Registry

Service = Callable[..., Outcome]

ACTS: tuple[tuple[str, Schema, Service, str], ...] = (
    ("pot.write", schemas.PotWrite(), service.write_pot, "Write a pot, or single fields of one."),
    ("pot.transfer", schemas.PotTransfer(), posting.transfer, "Move money from one pot to another."),
    (
        "period.write",
        schemas.PeriodWrite(),
        service.write_period,
        "Write a pot's period and what was agreed for it.",
    ),
    (
        "period.end",
        schemas.PeriodEnd(),
        service.end_period,
        "End a period: give back some, carry over the rest.",
    ),
    (
        "entry.record",
        schemas.EntryRecord(),
        posting.record_entry,
        "Post a line: spending, money in, a visit.",
    ),
    ("entry.correct", schemas.EntryCorrect(), posting.correct_entry, "Take a line back and post it anew."),
    ("entry.void", schemas.EntryVoid(), posting.void_entry, "Take a line back."),
    (
        "commitment.write",
        schemas.CommitmentWrite(),
        service.write_commitment,
        "Write what is promised or planned.",
    ),
)


# What somebody may do who only writes down what is spent: with lines of their own (`posting.check_own`).
LOGGING = frozenset({"entry.record", "entry.correct", "entry.void"})


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    for name, schema, act, says in ACTS:
        needs = LOG_MONEY if name in LOGGING else WRITE_MONEY
        registry.add(Act(name, 1, needs, schema, _handler(act), says=says))
    registry.add_chooser("entry", posting.choose_entry)
    registry.add_chooser("pot", field_chooser(service.FINDERS["pot"], WRITE_MONEY, service.POT_RULES))
    registry.add_chooser(
        "period", field_chooser(service.FINDERS["period"], WRITE_MONEY, service.PERIOD_RULES, service.check_period)
    )
    registry.add_chooser(
        "commitment", field_chooser(service.FINDERS["commitment"], WRITE_MONEY, service.COMMITMENT_RULES)
    )


def _handler(act: Service) -> Handler:
    def handle(session: Session, actor: Actor, op: Arrived) -> Outcome:
        return act(session, actor, op=op)

    return handle

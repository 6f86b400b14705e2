"""Writing pots, periods and promises."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.policy import SEE_MONEY
from app.budgets.acts import plan_period_end
from app.budgets.ledger import statement
from app.budgets.models import Commitment, Period, Pot
from app.budgets.posting import as_refusal, day_after, post
from app.budgets.queries import (
    as_period,
    as_pot,
    find_commitment,
    find_period,
    find_pot,
    pot_entries,
    pot_periods,
)
from app.budgets.rules import check_periods, is_date
from app.core.actor import Actor
from app.core.errors import NotFound, Refused
from app.sync.merge import Rules, write_fields
from app.sync.models import Synced
from app.sync.registry import Arrived, Done, Outcome

POT_RULES = Rules(audience=SEE_MONEY, guarded=frozenset({"opened_on", "closed_on", "currency", "holding"}))
PERIOD_RULES = Rules(audience=SEE_MONEY, guarded=frozenset({"starts_on", "ends_on", "agreed", "agreed_visits"}))
COMMITMENT_RULES = Rules(audience=SEE_MONEY, guarded=frozenset({"amount", "due_on", "state"}))


def write_pot(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a pot; a new id is a new pot. With entries its currency and holding stay."""
    facts = op.facts
    pot = session.get(Pot, op.row)
    is_new = pot is None
    if pot is None:
        _need(facts, "name", "funder", "holding", "opened_on")
        pot = Pot(id=op.row, person_id=actor.person, currency="GBP", closed_on=None)
    elif pot.person_id != actor.person:
        raise NotFound
    elif {"currency", "holding"} & set(facts) and pot_entries(session, actor, pot.id):
        raise Refused("This pot has lines already. Its currency and the way it is held stay.")
    _check_days(facts, "opened_on", "closed_on")
    return _write(session, actor, pot, facts, op, POT_RULES, is_new)


def write_period(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a period. Periods of one pot never overlap."""
    facts = dict(op.facts)
    period = session.get(Period, op.row)
    is_new = period is None
    if period is None:
        _need(facts, "pot", "starts_on", "ends_on")
        pot = find_pot(session, actor, facts["pot"])
        period = Period(id=op.row, person_id=actor.person, pot_id=pot.id, agreed=None, agreed_visits=None, ended=False)
    elif period.person_id != actor.person or facts.get("pot", period.pot_id) != period.pot_id:
        raise NotFound
    facts.pop("pot", None)
    _check_days(facts, "starts_on", "ends_on")
    _check_overlap(session, actor, period, facts)
    return _write(session, actor, period, facts, op, PERIOD_RULES, is_new)


def end_period(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """End a period: what goes back is posted, the rest is carried over by the ledger itself, the next one begins."""
    period = find_period(session, actor, op.row)
    pot = find_pot(session, actor, period.pot_id)
    closing = statement(as_period(period), pot_entries(session, actor, pot.id))
    with as_refusal():
        planned = plan_period_end(
            as_pot(pot),
            as_period(period),
            closing,
            op.facts["give_back"],
            {"repayment": op.facts["repayment"]},
            author=actor.account,
        )
    post(session, actor, planned["entries"])
    period.ended = True
    session.flush()
    if op.facts["next"]:
        _start_next(session, actor, pot, period, op.facts["next"])
    return Done(period.rev)


def write_commitment(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single fields of a promise or a plan to spend."""
    facts = dict(op.facts)
    found = session.get(Commitment, op.row)
    is_new = found is None
    if found is None:
        _need(facts, "pot", "amount", "what")
        pot = find_pot(session, actor, facts["pot"])
        found = Commitment(id=op.row, person_id=actor.person, pot_id=pot.id, goal=None, due_on=None, state="planned")
    elif found.person_id != actor.person:
        raise NotFound
    if "pot" in facts:
        facts["pot_id"] = find_pot(session, actor, facts.pop("pot")).id
    _check_days(facts, "due_on")
    return _write(session, actor, found, facts, op, COMMITMENT_RULES, is_new)


FINDERS: dict[str, Callable[[Session, Actor, str], Synced]] = {
    "pot": find_pot,
    "period": find_period,
    "commitment": find_commitment,
}


def check_period(session: Session, actor: Actor, period: Period) -> None:
    """Refuse a period whose days are in the wrong order, or overlap another's."""
    _check_overlap(session, actor, period, {})


def _write(
    session: Session,
    actor: Actor,
    row: Pot | Period | Commitment,
    facts: dict[str, Any],
    op: Arrived,
    rules: Rules,
    is_new: bool,
) -> Outcome:
    if is_new:
        for name, value in facts.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        return Done(row.rev)
    return write_fields(session, actor, row, facts, op=op, rules=rules)


def _start_next(session: Session, actor: Actor, pot: Pot, period: Period, facts: dict[str, Any]) -> None:
    following = Period(
        id=facts["id"],
        person_id=actor.person,
        pot_id=pot.id,
        starts_on=day_after(period.ends_on),
        ends_on=facts["ends_on"],
        agreed=facts["agreed"],
        agreed_visits=facts["agreed_visits"],
        ended=False,
    )
    _check_overlap(session, actor, following, {"starts_on": following.starts_on, "ends_on": following.ends_on})
    session.add(following)
    session.flush()


def _check_overlap(session: Session, actor: Actor, period: Period, facts: dict[str, Any]) -> None:
    others = [one for one in pot_periods(session, actor, period.pot_id) if one["id"] != period.id]
    mine = as_period(period)
    mine["starts_on"] = facts.get("starts_on", mine["starts_on"])
    mine["ends_on"] = facts.get("ends_on", mine["ends_on"])
    faults = check_periods([*others, mine])
    if faults:
        raise Refused(faults[0]["sentence"])


def _need(facts: dict[str, Any], *names: str) -> None:
    missing = [name for name in names if name not in facts]
    if missing:
        raise Refused(f"Something is missing here: {missing[0].replace('_', ' ')}.")


def _check_days(facts: dict[str, Any], *names: str) -> None:
    for name in names:
        if facts.get(name) is not None and not is_date(facts[name]):
            raise Refused("Check the date. It must be a real day from 2000 to 2099.")

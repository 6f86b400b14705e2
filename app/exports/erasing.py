"""Erasing a person or an account from every table. Only facts of a funder's money and numbers stay.

Rows are deleted table by table, so that a table of a new feature is erased without being named here: what has a
`person_id` goes. Rows that travel to phones of others go by the session, so that those phones are told.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Pending, Person, Relationship
from app.accounts.people.invitations import show_who_waits
from app.accounts.queries import waits_for
from app.budgets.models import Entry, Pot
from app.core.audit import write_down
from app.core.clock import now
from app.core.db import Base, table_of
from app.core.ids import new_id
from app.exports.models import Erasure, HeldLine
from app.jobs.models import Job
from app.jobs.service import enqueue
from app.reminders.models import Reminder
from app.sync.changes import write_changes
from app.sync.models import Change, Operation, Stream, Synced, account_stream, person_stream

# They hold numbers alone: what happened can be said later, and to whom lines are held.
Leave = Callable[[Session, str], None]
"""What a feature does before a person's or an account's rows go, told by its id: it may undo more than its rows."""
STAYS = frozenset({"audit_line", "erasure"})
OWN_MONEY = "own_money"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
TAX_YEAR_ENDS = (4, 5)


def erase_person(session: Session, erasure: Erasure, *, years: int, leave: Leave) -> None:
    """Erase everything of a person. Files and the engine's own leftovers are the worker's to follow."""
    person = str(erasure.person_id)
    held = hold_money(session, erasure, years=years)
    ids = _ids_of(session, person)
    leave(session, person)
    for row in [
        *session.scalars(select(Relationship).where(Relationship.person_id == person)),
        *session.scalars(select(Reminder).where(Reminder.person == person)),
        *_rows_abroad(session, "person_id", person),
    ]:
        session.delete(row)
    write_changes(session)
    _delete_jobs(session, {person, *ids})
    for table in reversed(Base.metadata.sorted_tables):
        if "person_id" in table.c and table.name not in STAYS:
            session.execute(delete(table).where(table.c.person_id == person))
    session.execute(delete(table_of(Person)).where(Person.id == person))
    _delete_stream(session, person_stream(person))
    write_down(session, "person.erased", account=erasure.asked_by, person=person, held=held)
    _settle(session, erasure)


def erase_account(session: Session, erasure: Erasure, *, leave: Leave) -> None:
    """Erase an account: how it signs in, its devices, reminders and what it agreed to. Its lines stay a number's."""
    account = session.get_one(Account, erasure.account_id)
    email = account.email
    waited_for = waits_for(session, account.id)
    leave(session, account.id)
    for row in [
        *session.scalars(select(Relationship).where(Relationship.account_id == account.id)),
        *session.scalars(select(Reminder).where(Reminder.account_id == account.id)),
        *_rows_abroad(session, "account_id", account.id),
    ]:
        session.delete(row)
    write_changes(session)
    _delete_begun(session, account.id, email)
    session.execute(delete(table_of(Operation)).where(Operation.account_id == account.id))
    session.execute(delete(table_of(Account)).where(Account.id == account.id))
    session.expire_all()
    for person in waited_for:
        show_who_waits(session, person)
    _delete_stream(session, account_stream(account_id := str(erasure.account_id)))
    write_down(session, "account.erased", account=account_id)
    _settle(session, erasure)


def _rows_abroad(session: Session, column: str, whose: str) -> Iterator[Synced]:
    """Rows that others read too, of whichever feature: they are deleted one by one, so that those phones are told."""
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if issubclass(model, Synced) and model.sync_abroad and column in mapper.columns:
            yield from session.scalars(select(model).where(getattr(model, column) == whose))


def new_reference() -> str:
    """Eight letters and digits to say on the phone; none is taken for another."""
    number = int(new_id().replace("-", ""), 16)
    letters = ""
    for _ in range(8):
        number, at = divmod(number, len(LETTERS))
        letters += LETTERS[at]
    return letters


def hold_money(session: Session, erasure: Erasure, *, years: int) -> int:
    """Keep the facts of every line of a funder's money for as long as it may ask; how many they are."""
    pots = list(session.scalars(select(Pot).where(Pot.person_id == erasure.person_id).order_by(Pot.opened_on, Pot.id)))
    ends = set()
    count = 0
    for number, pot in enumerate(pots, 1):
        if pot.holding == OWN_MONEY:
            continue
        for line in session.scalars(select(Entry).where(Entry.pot_id == pot.id)):
            until = held_until(line.on, years=years)
            session.add(_held(erasure.reference, number, pot, line, until))
            ends.add(until)
            count += 1
    for until in sorted(ends):
        _end_hold_later(session, erasure.reference, until)
    return count


def held_until(on: str, *, years: int) -> str:
    """The last day on which a line may be asked for: so many years after the end of its tax year (5 April)."""
    day = date.fromisoformat(on)
    end = date(day.year, *TAX_YEAR_ENDS)
    year = day.year if day <= end else day.year + 1
    return date(year + years, *TAX_YEAR_ENDS).isoformat()


def _held(reference: str, number: int, pot: Pot, line: Entry, until: str) -> HeldLine:
    return HeldLine(
        reference=reference,
        pot=number,
        holding=pot.holding,
        currency=pot.currency,
        kind=line.kind,
        amount=line.amount,
        on=line.on,
        until=until,
    )


def _end_hold_later(session: Session, reference: str, until: str) -> None:
    wait = date.fromisoformat(until) - now(session).date()
    facts = {"reference": reference, "until": until}
    enqueue(session, "hold.end", key=f"hold.end:{reference}:{until}", payload=facts, due_at=now(session) + wait)


def _ids_of(session: Session, person: str) -> set[str]:
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        if "person_id" in table.c and "id" in table.c and table.name not in STAYS:
            found.update(session.scalars(select(table.c.id).where(table.c.person_id == person)))
    found.update(session.scalars(select(Reminder.id).where(Reminder.person == person)))
    return found


def _delete_jobs(session: Session, ids: set[str]) -> None:
    """Work that is about something erased."""
    about = [job.id for job in session.execute(select(Job.id, Job.payload)) if ids & _texts(job.payload.values())]
    for start in range(0, len(about), 500):
        session.execute(delete(table_of(Job)).where(Job.id.in_(about[start : start + 500])))


def _texts(values: Iterable[object]) -> set[str]:
    return {value for value in values if isinstance(value, str)}


def _delete_begun(session: Session, account: str, email: str) -> None:
    """What was begun for this account or its address, such as a sign-up that was never finished."""
    for row in session.scalars(select(Pending)):
        if row.account_id == account or email in _texts(row.facts.values()):
            session.delete(row)
    session.flush()


def _delete_stream(session: Session, stream: str) -> None:
    session.execute(delete(table_of(Change)).where(Change.stream == stream))
    session.execute(delete(table_of(Operation)).where(Operation.stream == stream))
    session.execute(delete(table_of(Stream)).where(Stream.id == stream))


def _settle(session: Session, erasure: Erasure) -> None:
    erasure.state, erasure.settled_at = "done", now(session)
    session.flush()


def waiting_erasure(session: Session, *, person: str | None = None, account: str | None = None) -> Erasure | None:
    """The erasing of a person or an account that has not happened yet."""
    whose = Erasure.person_id == person if person else Erasure.account_id == account
    return session.scalars(select(Erasure).where(whose, Erasure.state == "waiting")).one_or_none()


def leftovers(session: Session, person: str) -> list[str]:
    """The tables in which something of an erased person is still there; an empty list when all is well."""
    found = [
        table.name
        for table in Base.metadata.sorted_tables
        if "person_id" in table.c
        and table.name not in STAYS
        and session.execute(select(table).where(table.c.person_id == person).limit(1)).first()
    ]
    stream = person_stream(person)
    lines = session.execute(
        select(Change.stream).where(or_(Change.stream == stream, Change.row_id == person)).limit(1)
    ).first()
    return [*found, *(["change"] if lines else [])]

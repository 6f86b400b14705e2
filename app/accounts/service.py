"""Signing up and in, and looking after people."""

import hmac
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.models import COLOURS, LONGEST_NAME, Account, Person, Relationship, Remark, ResetLink, SignIn
from app.accounts.policy import ROLES
from app.accounts.queries import (
    Lasts,
    email_key,
    find_account,
    open_relationships,
    people_of,
    sign_ins_not_ended,
    token_hash,
)
from app.core.actor import Actor
from app.core.audit import write_down
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_id, new_token
from app.core.words import unstorable

RESET_LASTS = timedelta(hours=2)
EMAIL_TAKEN = "There is an account with this email. Sign in instead."
SEEN_EVERY = timedelta(minutes=5)
# Where a sign-in closes by itself its use is noted this many times as often.
IDLE_PARTS = 6
# How long after showing who is there the ways to sign in may be changed.
PROVED_LASTS = timedelta(minutes=15)
# Roles that look into plans of many people.
WITH_SECOND = frozenset({"reviewer"})


def create_account(
    session: Session,
    *,
    email: str,
    name: str,
    password_hash: str,
    administrator: bool = False,
    account_id: str | None = None,
) -> Account:
    """A new account, with an empty `password_hash` when it has no password. Raises `Refused` for a taken address."""
    if find_account(session, email) is not None:
        raise Refused(EMAIL_TAKEN, code="email_taken")
    account = Account(
        id=account_id or new_id(),
        email=email.strip(),
        email_key=email_key(email),
        name=_clean_name(name),
        password_hash=password_hash,
        administrator=administrator,
        created_at=now(session),
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:  # closed for good, or made by somebody else a moment ago
        raise Refused(EMAIL_TAKEN, code="email_taken") from error
    write_down(session, "account.created", account=account.id)
    return account


def add_person(
    session: Session,
    account: Account,
    *,
    name: str,
    role: str,
    person_id: str | None = None,
    colour: str | None = None,
) -> Person:
    """A new person, looked after by this account. The first free colour is theirs unless one is named."""
    person = Person(
        id=person_id or new_id(),
        name=_clean_name(name),
        colour=colour or _free_colour(session, account.id),
        created_at=now(session),
    )
    session.add(person)
    session.flush()
    relate(session, account, person, role=role, starts_on=now(session).date())
    write_down(session, "person.added", account=account.id, person=person.id)
    return person


def relate(
    session: Session,
    account: Account,
    person: Person,
    *,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
) -> Relationship:
    """Let an account act for a person."""
    relationship = Relationship(
        id=new_id(),
        account_id=account.id,
        person_id=person.id,
        account_name=account.name,
        role=role,
        scopes=sorted(ROLES[role]),
        starts_on=starts_on,
        ends_on=ends_on,
        epoch=1,
    )
    session.add(relationship)
    session.flush()
    write_down(session, "relationship.started", account=account.id, person=person.id, role=role)
    return relationship


def end_relationship(session: Session, relationship: Relationship) -> None:
    """From the next request on this account may do nothing for that person; its phones wipe their copy."""
    relationship.ended_at = now(session)
    relationship.epoch += 1
    session.flush()
    write_down(session, "relationship.ended", account=relationship.account_id, person=relationship.person_id)


def change_scopes(session: Session, relationship: Relationship, scopes: list[str]) -> None:
    """Change what an account may see and do; its phones rebuild their copy."""
    relationship.scopes = sorted(scopes)
    relationship.epoch += 1
    session.flush()


def count_mark(session: Session, person_id: str) -> None:
    """Something was marked private or open: phones that may not see what is private rebuild their copy."""
    session.get_one(Person, person_id).marks += 1


def write_person(session: Session, actor: Actor, *, facts: dict[str, str | None]) -> Person:
    """Change the person's own name, colour or photo, field by field."""
    wanted = select(Person).where(Person.visible_to(actor))
    person = session.scalars(wanted).one_or_none()
    if person is None:
        raise NotFound
    for name, value in facts.items():
        setattr(person, name, _clean_name(value or "") if name == "name" else value)
    session.flush()
    return person


def write_remark(session: Session, actor: Actor, *, remark_id: str, facts: dict[str, Any]) -> Remark:
    """Say something about the plan. It stands: nobody changes it afterwards. Raises `Refused` for nothing said."""
    if session.get(Remark, remark_id) is not None:
        raise NotFound
    if not facts["words"].strip() and not facts["agrees"]:
        raise Refused("Write something, or say that you agree.")
    remark = Remark(
        id=remark_id,
        person_id=actor.person,
        written_by=actor.account,
        written_at=now(session),
        words=facts["words"],
        agrees=facts["agrees"],
    )
    session.add(remark)
    session.flush()
    return remark


def start_sign_in(session: Session, account: Account, *, device_name: str, half: bool = False) -> str:
    """A new sign-in on one device; returns the token for its cookie. `half`: see the model."""
    token = new_token()
    at = now(session)
    session.add(
        SignIn(
            token_hash=token_hash(token),
            account_id=account.id,
            device_name=device_name[:100],
            created_at=at,
            last_seen_at=at,
            proved_at=at,
            half=half,
        )
    )
    write_down(session, "sign_in.started", account=account.id)
    return token


def find_sign_in(session: Session, token: str, lasts: Lasts) -> tuple[SignIn, Account] | None:
    """The sign-in of a cookie, unless it ended, lasted its time, or its account may not sign in."""
    found = session.scalars(select(SignIn).where(SignIn.token_hash == token_hash(token))).one_or_none()
    if found is None or found.ended_at is not None or is_over(found, now(session), lasts):
        return None
    account = session.get(Account, found.account_id)
    if account is None or account.disabled_at is not None:
        return None
    return found, account


def is_over(sign_in: SignIn, at: datetime, lasts: Lasts) -> bool:
    """Whether a sign-in was not used for too long, or has lasted for as long as any may."""
    unused = sign_in.last_seen_at < at - timedelta(days=lasts.unused)
    return unused or sign_in.created_at < at - timedelta(days=lasts.most)


def note_seen(session: Session, sign_in_id: str) -> None:
    """Remember that this sign-in was used."""
    found = session.get(SignIn, sign_in_id)
    if found is not None:
        found.last_seen_at = now(session)


def is_due_to_be_noted(sign_in: SignIn, at: datetime) -> bool:
    """Whether its use was noted long enough ago: a write for every request would be waste."""
    idle = _idle_time(sign_in)
    return at - sign_in.last_seen_at > (SEEN_EVERY if idle is None else min(SEEN_EVERY, idle / IDLE_PARTS))


def is_idle(sign_in: SignIn, at: datetime) -> bool:
    """Whether it was left alone for as long as the copy on its phone stays open."""
    idle = _idle_time(sign_in)
    return idle is not None and at - sign_in.last_seen_at > idle


def _idle_time(sign_in: SignIn) -> timedelta | None:
    return None if sign_in.idle_minutes is None else timedelta(minutes=sign_in.idle_minutes)


def open_sign_in(session: Session, sign_in_id: str, *, gate: str, idle_minutes: int | None) -> None:
    """The copy on its phone is open, so this is too; `gate` as in the model. Raises `Refused` for another key.

    While it is open another key may take its place: then the copy has a new lock.
    """
    found = session.get_one(SignIn, sign_in_id)
    at = now(session)
    if is_idle(found, at) and not hmac.compare_digest(found.gate or "", gate):
        raise Refused("This is not the key of this sign-in. Sign in again.", code="gate")
    found.last_seen_at = at
    if idle_minutes is not None:
        found.gate, found.idle_minutes = gate, idle_minutes


def forget_gate(session: Session, sign_in_id: str) -> None:
    """The copy on its phone has no lock: nothing closes this any more but signing out."""
    found = session.get_one(SignIn, sign_in_id)
    found.gate = found.idle_minutes = None


def end_sign_in(session: Session, account: str, sign_in_id: str) -> None:
    """Sign out one device of this account."""
    found = session.get(SignIn, sign_in_id)
    if found is None or found.account_id != account:
        raise NotFound
    if found.ended_at is None:
        found.ended_at = now(session)
        write_down(session, "sign_in.ended", account=account)


def end_sign_ins(session: Session, account: str, *, but: str | None = None) -> int:
    """Sign out every device of this account, or every other one; how many those were."""
    ended = [item for item in sign_ins_not_ended(session, account) if item.id != but]
    for sign_in in ended:
        sign_in.ended_at = now(session)
    if ended:
        write_down(session, "sign_ins.ended", account=account, count=len(ended))
    return len(ended)


def note_proved(session: Session, sign_in_id: str) -> None:
    """Whoever holds this device has just shown again who is there."""
    session.get_one(SignIn, sign_in_id).proved_at = now(session)


def is_proved(sign_in: SignIn, at: datetime) -> bool:
    """Whether that was shown a short while ago."""
    return sign_in.proved_at is not None and at - sign_in.proved_at <= PROVED_LASTS


def make_whole(session: Session, account: str) -> None:
    """A second way to prove it is there: half sign-ins of this account become whole."""
    for sign_in in sign_ins_not_ended(session, account):
        sign_in.half = False


def needs_second(session: Session, account: Account) -> bool:
    """Whether a password alone is too little: for administrators, and for who reviews the plans of others."""
    return account.administrator or any(item.role in WITH_SECOND for item in open_relationships(session, account.id))


def change_password(session: Session, account: str, *, password_hash: str, sign_in: str) -> None:
    """Set a password; every other device is signed out, and links to choose one end."""
    session.get_one(Account, account).password_hash = password_hash
    session.execute(delete(ResetLink).where(ResetLink.account_id == account))
    end_sign_ins(session, account, but=sign_in)
    write_down(session, "password.changed", account=account)


def make_reset_link(session: Session, account: Account) -> str:
    """A token to choose a new password once, within two hours. Links made before end."""
    session.execute(delete(ResetLink).where(ResetLink.account_id == account.id))
    token = new_token()
    session.add(ResetLink(token_hash=token_hash(token), account_id=account.id, ends_at=now(session) + RESET_LASTS))
    write_down(session, "reset_link.made", account=account.id)
    return token


def is_reset_open(session: Session, token: str) -> bool:
    """Whether a reset link may still be used."""
    return _open_reset(session, token) is not None


def reset_password(session: Session, *, token: str, password_hash: str) -> str:
    """Set a new password with a link; every device is signed out. Returns the account."""
    link = _open_reset(session, token)
    account = session.get(Account, link.account_id) if link else None
    if link is None or account is None:
        raise Refused("This link has been used or is too old. Ask for a new one.", code="link_ended")
    link.used_at = now(session)
    account.password_hash = password_hash
    end_sign_ins(session, account.id)
    write_down(session, "password.reset", account=account.id)
    return account.id


def _open_reset(session: Session, token: str) -> ResetLink | None:
    link = session.get(ResetLink, token_hash(token))
    if link is None or link.used_at is not None or link.ends_at < now(session):
        return None
    return link


def _clean_name(name: str) -> str:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Refused(f"A name has 1 to {LONGEST_NAME} characters.")
    sentence = unstorable(name)
    if sentence:
        raise Refused(sentence)
    return name


def _free_colour(session: Session, account: str) -> str:
    taken = [person.colour for person, _ in people_of(session, account)]
    free = [colour for colour in COLOURS if colour not in taken]
    return free[0] if free else COLOURS[len(open_relationships(session, account)) % len(COLOURS)]

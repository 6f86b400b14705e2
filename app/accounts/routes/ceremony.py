"""The two things a passkey is asked for: to be made, and to be used. Nothing slow happens while we may write."""

from app.accounts.models import Account
from app.accounts.routes.base import browser, site
from app.accounts.signing.passkeys import (
    NOT_TAKEN,
    Made,
    check_made,
    check_used,
    find_used,
    note_used,
    take_challenge,
)
from app.accounts.signing.pending import Begun
from app.core.errors import Refused
from app.core.web import services


def use_passkey(credential: str, *, only: str | None = None) -> Account:
    """The account whose passkey this is. The challenge is used up. `only`: it has to be this account's."""
    challenge, begun = _answered("use", credential)
    with services().database.reading() as session:
        passkey = find_used(session, credential)
        account = session.get_one(Account, passkey.account_id)
        session.expunge_all()
    if only is not None and (begun.account != only or account.id != only):
        raise Refused(NOT_TAKEN, code="passkey")
    count = check_used(site(), credential, challenge, passkey)
    with services().database.writing() as session:
        note_used(session, passkey.id, before=passkey.sign_count, count=count)
        session.commit()
    return account


def make_passkey(credential: str, *, handle: str) -> Made:
    """The passkey that a device made for the account of this id. The challenge is used up."""
    challenge, begun = _answered("make", credential)
    if begun.facts.get("handle") != handle:
        raise Refused(NOT_TAKEN, code="passkey")
    return check_made(site(), credential, challenge)


def _answered(kind: str, credential: str) -> tuple[str, Begun]:
    with services().database.writing() as session:
        found = take_challenge(session, kind, credential, browser=browser())
        session.commit()
    return found

"""Making an account: what somebody wrote is kept a day, until the address is confirmed or a passkey is made."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.service import add_person, create_account
from app.accounts.signing.pending import DAY, Begun, begin
from app.core.ids import new_token


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody wrote to make an account. `account` is the id that it will have; a password may come later."""

    account: str
    email: str
    name: str
    own: bool
    person_name: str
    password_hash: str = ""

    def facts(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def newcomer_of(begun: Begun) -> Newcomer:
    """Who began this."""
    kept = {name: begun.facts[name] for name in Newcomer.__dataclass_fields__}
    return Newcomer(**kept)


def begin_joining(session: Session, newcomer: Newcomer) -> str:
    """Keep what was written; returns the secret of the link with which it is finished."""
    secret = new_token()
    begin(session, "sign_up", secret, facts=newcomer.facts(), lasts=DAY)
    return secret


def join(session: Session, newcomer: Newcomer, *, password_hash: str) -> Account:
    """Make the account and its first person, if there is one. Raises `Refused` when the address was taken meanwhile."""
    account = create_account(
        session,
        email=newcomer.email,
        name=newcomer.name,
        password_hash=password_hash,
        account_id=newcomer.account,
    )
    name, role = (newcomer.name, "holder") if newcomer.own else (newcomer.person_name, "representative")
    if name:  # who was invited looks after nobody yet
        add_person(session, account, name=name, role=role)
    return account

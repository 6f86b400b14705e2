"""Mails about signing in. Asking for one is the same work for every address; only the worker looks whose it is."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Pending
from app.accounts.queries import find_account
from app.accounts.service import make_reset_link
from app.accounts.signing.joining import Newcomer, begin_joining, newcomer_of
from app.accounts.signing.pending import DAY, Begun, begin
from app.core.clock import now
from app.core.ids import new_token
from app.jobs.service import enqueue

JOB = "account.mail"

CONFIRM = """Hello,

finish making your account with this link. It works once, for 24 hours:

{link}

If you did not ask for this, you need to do nothing. No account is made then.
"""
KNOWN = """Hello,

somebody, perhaps you, wanted to make an account with this email. You have one already.

Sign in: {sign_in}
A new password: {forgotten}

If it was not you, you need to do nothing. Nothing has changed.
"""
RESET = """Hello,

choose a new password with this link. It works once, for 2 hours:

{link}

Every phone and computer is signed out then. If you did not ask for this, you need to do nothing.
"""
TOLD = """Hello,

{what}

Was it you? Then all is well. If not, choose a new password now and look where you are signed in:

{forgotten}
{account}
"""
INVITED = {
    "accepted": """Hello,

somebody accepted your invitation. They can begin when you say that it is the right person:

{link}
""",
    "let_in": """Hello,

you accepted an invitation, and now you are let in. The plan opens here:

{link}
""",
}
CHANGES = {  # nosec B105 # sentences
    "password": "Your password was changed, and every other device was signed out.",
    "passkey_added": "A passkey was added to your account.",
    "passkey_removed": "A passkey was removed from your account.",
    "codes_on": "From now on we ask for a one-time code after your password.",
    "codes_off": "We no longer ask for a one-time code after your password.",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, ready to go."""

    to: str
    subject: str
    text: str


def ask_for_reset(session: Session, email: str) -> None:
    """Write down that somebody forgot their password."""
    _ask(session, {"about": "forgotten", "email": email})


def ask_to_join(session: Session, newcomer: Newcomer) -> None:
    """Write down that somebody wants an account: the mail says how to go on, or that there is one."""
    _ask(session, {"about": "sign_up", **newcomer.facts()})


def tell_change(session: Session, account: str, what: str) -> None:
    """Write down that the owner of an account is to be told of a change. `what`: a name in `CHANGES`."""
    _ask(session, {"about": "change", "what": what}, account)


def tell_invited(session: Session, account: str, what: str, person: str) -> None:
    """Write down that somebody is to be told how an invitation goes on. `what`: a name in `INVITED`."""
    _ask(session, {"about": "invitation", "what": what, "person": person}, account)


def write_letter(session: Session, base_url: str, key_hash: str) -> Letter | None:
    """The mail that was asked for, with a fresh link, or None when there is nobody to write to."""
    found = session.get(Pending, key_hash)
    if found is None or found.ends_at <= now(session):
        return None
    begun = Begun(found.account_id, found.facts)
    writers = {
        "forgotten": _reset_letter,
        "sign_up": _join_letter,
        "change": _change_letter,
        "invitation": _invited_letter,
    }
    return writers[str(begun.facts["about"])](session, base_url, begun)


def _ask(session: Session, facts: dict[str, Any], account: str | None = None) -> None:
    key = begin(session, "mail", new_token(), account=account, facts=facts, lasts=DAY)
    enqueue(session, JOB, key=f"mail:{key}", payload={"pending": key})


def _reset_letter(session: Session, base_url: str, begun: Begun) -> Letter | None:
    account = find_account(session, str(begun.facts["email"]))
    if account is None:
        return None
    link = f"{base_url}/new-password/{make_reset_link(session, account)}"
    return Letter(account.email, "A new password for Inhand", RESET.format(link=link))


def _join_letter(session: Session, base_url: str, begun: Begun) -> Letter | None:
    newcomer = newcomer_of(begun)
    known = session.scalars(select(Account).where(Account.email_key == newcomer.email.strip().casefold())).first()
    if known is not None and known.disabled_at is not None:
        return None
    if known is not None:
        text = KNOWN.format(sign_in=f"{base_url}/sign-in", forgotten=f"{base_url}/forgotten")
        return Letter(known.email, "You have an account with Inhand", text)
    link = f"{base_url}/sign-up/{begin_joining(session, newcomer)}"
    return Letter(newcomer.email, "Finish making your account", CONFIRM.format(link=link))


def _change_letter(session: Session, base_url: str, begun: Begun) -> Letter | None:
    account = session.get(Account, begun.account or "")
    if account is None:
        return None
    what = CHANGES[str(begun.facts["what"])]
    text = TOLD.format(what=what, forgotten=f"{base_url}/forgotten", account=f"{base_url}/account")
    return Letter(account.email, "Your Inhand account was changed", text)


def _invited_letter(session: Session, base_url: str, begun: Begun) -> Letter | None:
    account, what = session.get(Account, begun.account or ""), str(begun.facts["what"])
    if account is None:
        return None
    path = f"/people/{begun.facts['person']}" if what == "accepted" else f"/app/{begun.facts['person']}/home"
    return Letter(account.email, "An invitation in Inhand", INVITED[what].format(link=f"{base_url}{path}"))

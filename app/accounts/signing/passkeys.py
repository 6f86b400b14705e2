"""Passkeys (WebAuthn level 2): discoverable, with the person verified by the device, for one site only."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.accounts.models import LONGEST_NAME, Account, Passkey
from app.accounts.signing.pending import Begun, begin, take
from app.core.audit import write_down
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_id, new_token

LONGEST_CREDENTIAL = 20_000
MOST_PASSKEYS = 20
NOT_TAKEN = "This passkey did not work here. Try again, or sign in another way."
LAST_WAY = "This is your only way in. Add another passkey or a password first."
# What a broken or hostile answer of a browser makes the reader raise.
UNREADABLE = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)


@dataclass(frozen=True, slots=True)
class Site:
    """The one site that passkeys are for: its origin and the name they are bound to."""

    origin: str
    rp_id: str


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey that a device has just made, checked."""

    credential_id: str
    public_key: str
    sign_count: int
    transports: list[str]
    copied: bool


def site_of(base_url: str) -> Site:
    """The site by the address in the settings, never by what a request says."""
    parts = urlsplit(base_url)
    return Site(f"{parts.scheme}://{parts.netloc}", parts.hostname or "localhost")


def options_to_make(
    session: Session, site: Site, *, handle: str, email: str, name: str, browser: str, account: str | None = None
) -> str:
    """What a browser needs to make a passkey, as JSON; the challenge is kept. `handle`: the account's id, or to be."""
    challenge = new_token()
    known = list_passkeys(session, account) if account else []
    options = generate_registration_options(
        rp_id=site.rp_id,
        rp_name="Inhand",
        user_id=handle.encode(),
        user_name=email,
        user_display_name=name,
        challenge=challenge.encode(),
        exclude_credentials=[_described(item) for item in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    begin(session, "make", challenge, account=account, browser=browser, facts={"handle": handle})
    return options_to_json(options)


def options_to_use(session: Session, site: Site, *, browser: str, account: str | None = None) -> str:
    """What a browser needs to use a passkey, as JSON. With `account` only its own are asked for."""
    challenge = new_token()
    known = list_passkeys(session, account) if account else []
    options = generate_authentication_options(
        rp_id=site.rp_id,
        challenge=challenge.encode(),
        allow_credentials=[_described(item) for item in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    begin(session, "use", challenge, account=account, browser=browser)
    return options_to_json(options)


def take_challenge(session: Session, kind: str, credential: str, *, browser: str) -> tuple[str, Begun]:
    """The challenge that a browser answers, if we gave it to this browser and it was not answered yet.

    Taken before the answer is checked: a wrong answer uses it up as well. The caller commits.
    """
    challenge = _challenge_of(credential)
    begun = take(session, kind, challenge, browser=browser)
    if begun is None:
        raise Refused(NOT_TAKEN, code="challenge")
    return challenge, begun


def check_made(site: Site, credential: str, challenge: str) -> Made:
    """Read and check a passkey just made. Raises `Refused`."""
    try:
        found = verify_registration_response(
            credential=credential,
            expected_challenge=challenge.encode(),
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except UNREADABLE as error:
        raise Refused(NOT_TAKEN, code="passkey") from error
    return Made(
        bytes_to_base64url(found.credential_id),
        bytes_to_base64url(found.credential_public_key),
        found.sign_count,
        _transports(credential),
        found.credential_backed_up,
    )


def check_used(site: Site, credential: str, challenge: str, passkey: Passkey) -> int:
    """Check the signature of a passkey; its new count. Raises `Refused`, also when the count shows a copy."""
    try:
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge.encode(),
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except UNREADABLE as error:
        raise Refused(NOT_TAKEN, code="passkey") from error
    return found.new_sign_count


def find_used(session: Session, credential: str) -> Passkey:
    """The passkey that an answer names, of an account that may sign in. Raises `Refused`."""
    sent = _read(credential)
    found = session.scalars(select(Passkey).where(Passkey.credential_id == str(sent.get("id"))[:1400])).one_or_none()
    account = session.get(Account, found.account_id) if found else None
    if found is None or account is None or account.disabled_at is not None:
        raise Refused(NOT_TAKEN, code="passkey")
    answer = sent.get("response")
    handle = answer.get("userHandle") if isinstance(answer, dict) else None
    if handle is not None and handle != bytes_to_base64url(account.id.encode()):
        raise Refused(NOT_TAKEN, code="passkey")
    return found


def keep_passkey(session: Session, account: str, made: Made, *, name: str) -> Passkey:
    """Add a passkey to an account."""
    known = list_passkeys(session, account)
    if len(known) >= MOST_PASSKEYS:
        raise Refused(f"You have {MOST_PASSKEYS} passkeys. Remove one that you no longer use first.")
    taken = select(Passkey.id).where(Passkey.credential_id == made.credential_id)
    if session.scalars(taken).first() is not None:
        raise Refused(NOT_TAKEN, code="passkey")
    at = now(session)
    passkey = Passkey(
        id=new_id(),
        account_id=account,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=made.transports,
        name=_free_name(name, [item.name for item in known]),
        copied=made.copied,
        created_at=at,
        used_at=None,
    )
    session.add(passkey)
    write_down(session, "passkey.added", account=account)
    return passkey


def note_used(session: Session, passkey_id: str, *, before: int, count: int) -> None:
    """Remember the use. Raises `Refused` when the same answer was used a moment ago by somebody else."""
    wanted = select(Passkey).where(Passkey.id == passkey_id).with_for_update()
    passkey = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if passkey is None or passkey.sign_count != before:
        raise Refused(NOT_TAKEN, code="passkey")
    passkey.sign_count, passkey.used_at = count, now(session)


def list_passkeys(session: Session, account: str) -> list[Passkey]:
    """The passkeys of an account, the oldest first."""
    wanted = select(Passkey).where(Passkey.account_id == account)
    return list(session.scalars(wanted.order_by(Passkey.created_at, Passkey.id)))


def count_passkeys(session: Session, account: str) -> int:
    """How many passkeys an account has."""
    wanted = select(func.count()).select_from(Passkey).where(Passkey.account_id == account)
    return session.scalars(wanted).one()


def rename_passkey(session: Session, account: str, passkey_id: str, *, name: str) -> None:
    """Give a passkey another name."""
    _own(session, account, passkey_id).name = name.strip()[:LONGEST_NAME]


def remove_passkey(session: Session, account: str, passkey_id: str) -> None:
    """Take a passkey away; never the last way in."""
    passkey = _own(session, account, passkey_id)
    owner = session.get_one(Account, account, with_for_update=True)
    if not owner.password_hash and count_passkeys(session, account) == 1:
        raise Refused(LAST_WAY, code="last_way")
    session.delete(passkey)
    write_down(session, "passkey.removed", account=account)


def _own(session: Session, account: str, passkey_id: str) -> Passkey:
    found = session.get(Passkey, passkey_id)
    if found is None or found.account_id != account:
        raise NotFound
    return found


def _described(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        id=base64url_to_bytes(passkey.credential_id),
        transports=[AuthenticatorTransport(item) for item in passkey.transports],
    )


def _read(credential: str) -> dict[str, Any]:
    if len(credential) > LONGEST_CREDENTIAL:
        _refuse()
    try:
        found = json.loads(credential)
    except (ValueError, RecursionError):
        _refuse()
    return found if isinstance(found, dict) else {}


def _challenge_of(credential: str) -> str:
    """The challenge inside what the browser signed."""
    try:
        signed = json.loads(base64url_to_bytes(_read(credential)["response"]["clientDataJSON"]))
        return base64url_to_bytes(signed["challenge"]).decode("ascii")
    except UNREADABLE:
        _refuse()


def _refuse() -> NoReturn:
    raise Refused(NOT_TAKEN, code="passkey")


def _transports(credential: str) -> list[str]:
    answer = _read(credential).get("response")
    named = answer.get("transports") if isinstance(answer, dict) else None
    known = {item.value for item in AuthenticatorTransport}
    return [item for item in named if isinstance(item, str) and item in known] if isinstance(named, list) else []


def _free_name(wanted: str, taken: list[str]) -> str:
    base = wanted.strip()[: LONGEST_NAME - 4] or "Passkey"
    names = [base, *(f"{base} {number}" for number in range(2, MOST_PASSKEYS + 2))]
    return next(name for name in names if name not in taken)

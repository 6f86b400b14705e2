"""Who is signed in, for Flask-Login: the cookie holds a token, the sign-in itself is a row that can be ended."""

import hashlib
import hmac
from dataclasses import dataclass

from flask import request
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.accounts.models import Account
from app.accounts.queries import Lasts
from app.accounts.service import (
    end_sign_in,
    find_sign_in,
    forget_gate,
    is_due_to_be_noted,
    is_idle,
    is_proved,
    note_seen,
    open_sign_in,
    start_sign_in,
)
from app.core.errors import NotFound, Refused, Unavailable
from app.core.logging import note_fault
from app.core.web import renew_cookie, services

LONGEST_TOKEN = 100
# In the cookie while the copy on the phone is locked: a hash of the key that opens both again.
GATE = "gate"
WHILE_LOCKED = frozenset({"accounts.unlock_session", "accounts.end_session"})
# What a sign-in reaches that still lacks a second way to prove who is there: the pages to set one up.
HALF_MAY = frozenset(
    f"accounts.{name}"
    for name in (
        "second_page",
        "passkeys_page",
        "passkey_made",
        "add_passkey_challenge",
        "codes_page",
        "confirm_first_code",
        "end_session",
    )
)

# The first mark that is found counts.
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android phone"),
    ("Windows", "Windows computer"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux computer"),
)
PROGRAMS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The signed-in account during one request."""

    account_id: str
    sign_in_id: str
    name: str
    email: str
    administrator: bool
    token: str
    proved: bool

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.token


def load_signed_in(token: str) -> SignedIn | None:
    """The sign-in of a cookie, read anew for every request, so that ending it works at once."""
    if len(token) > LONGEST_TOKEN or (GATE in cookie and request.endpoint not in WHILE_LOCKED):
        return None
    parts = services()
    with parts.database.reading() as session:
        found = find_sign_in(session, token, _lasts())
        if found is None:
            return None
        sign_in, account = found
        at = parts.database.clock()
        idle = is_idle(sign_in, at)
        if (sign_in.half and request.endpoint not in HALF_MAY) or (idle and request.endpoint not in WHILE_LOCKED):
            return None
        due = not idle and is_due_to_be_noted(sign_in, at)
        whose = (account.id, sign_in.id, account.name, account.email, account.administrator)
        user = SignedIn(*whose, token, is_proved(sign_in, at))
    if due:
        _note_seen(user.sign_in_id)
    return user


def _lasts() -> Lasts:
    return Lasts.of(services().settings)


def _note_seen(sign_in_id: str) -> None:
    """Remember the use. A full disk is no reason to keep somebody from reading."""
    try:
        with services().database.writing() as session:
            note_seen(session, sign_in_id)
            session.commit()
    except Unavailable:
        note_fault("use_not_noted", sign_in=sign_in_id)


def sign_in(account: Account, *, half: bool = False) -> None:
    """Start a sign-in on this device, under a fresh cookie. `half`: it reaches only the pages of `HALF_MAY`."""
    parts = services()
    with parts.database.writing() as session:
        token = start_sign_in(session, account, device_name=device_name(), half=half)
        session.commit()
    cookie.clear()
    user = load_signed_in(token)
    if user is not None:
        login_user(user)
    else:  # half: nothing but its own pages will know it
        cookie["_user_id"], cookie["_fresh"] = token, True
    cookie.permanent = True
    renew_cookie()


def sign_out() -> None:
    """End this device's sign-in, on the server first."""
    if current_user.is_authenticated:
        end_device(current_user.sign_in_id)
    logout_user()
    cookie.clear()


def lock_session(digest: str) -> None:
    """From now on this browser's sign-in opens nothing, until the key of this hash (SHA-256, hex) comes back."""
    cookie[GATE] = digest


def unlock_session(key: bytes, idle_minutes: int | None) -> None:
    """The copy on the phone is open again. Raises `Refused` for a key that is not the right one.

    `idle_minutes`: so long after its last use this sign-in closes by itself; None leaves that as it is.
    """
    if not current_user.is_authenticated:
        raise NotFound
    wanted, told = cookie.get(GATE), hashlib.sha256(key).hexdigest()
    if wanted is not None and not hmac.compare_digest(str(wanted), told):
        raise Refused("This is not the key of this sign-in. Sign in again.", code="gate")
    with services().database.writing() as session:
        open_sign_in(session, current_user.sign_in_id, gate=told, idle_minutes=idle_minutes)
        session.commit()
    cookie.pop(GATE, None)


def end_lock(key: bytes) -> None:
    """The copy on the phone has no lock any more. Raises `Refused` for a key that is not the right one."""
    unlock_session(key, None)
    with services().database.writing() as session:
        forget_gate(session, current_user.sign_in_id)
        session.commit()


def is_closed() -> bool:
    """Whether this browser's sign-in is there, but closed until the copy on its phone is opened."""
    token = str(cookie.get("_user_id", ""))[:LONGEST_TOKEN]
    parts = services()
    with parts.database.reading() as session:
        found = find_sign_in(session, token, _lasts())
        return found is not None and (GATE in cookie or is_idle(found[0], parts.database.clock()))


def end_device(sign_in_id: str) -> None:
    """Sign out one device of the signed-in account. Raises `NotFound` for somebody else's."""
    if not current_user.is_authenticated:
        raise NotFound
    with services().database.writing() as session:
        end_sign_in(session, current_user.account_id, sign_in_id)
        session.commit()


def device_name() -> str:
    """A rough name of the device, from what its browser says."""
    agent = request.headers.get("User-Agent", "")
    device = next((name for mark, name in DEVICES if mark in agent), "A device")
    program = next((name for mark, name in PROGRAMS if mark in agent), "")
    return f"{device}, {program}" if program else device


def set_up(manager: LoginManager) -> None:
    """Tell Flask-Login how to find out who is signed in."""
    manager.user_loader(load_signed_in)

"""Passwords: long rather than odd, kept as argon2id hashes. Hash before a write transaction begins."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.errors import Refused
from app.core.words import unstorable

SHORTEST = 10
LONGEST = 200
COMMON = frozenset(
    [
        "password12",
        "password123",
        "1234567890",
        "qwertyuiop",
        "0123456789",
        "iloveyou12",
        "letmein123",
        "passw0rd123",
        "abcdefghij",
    ]
)

# The product's own words (docs/operations.md, Accounts): the first that somebody tries.
OWN_WORDS = ("inhand", "in hand")

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Checked when there is no such account, so that both cases take the same time."""
    return _hasher.hash("nobody has this password")


def check_password(password: str) -> None:
    """Refuse a password that is too short, too long or among the commonest."""
    if unstorable(password):
        raise Refused("This password has a character that cannot be kept.")
    if len(password) < SHORTEST:
        raise Refused(f"Use {SHORTEST} characters or more. Three words you can remember work well.")
    if len(password) > LONGEST:
        raise Refused(f"Use at most {LONGEST} characters.")
    if password.casefold() in COMMON or len(set(password)) < 4:
        raise Refused("Many people use this password. Pick three words of your own.")
    if len(_without_own_words(password)) < SHORTEST:
        raise Refused("The name of this app is easy to guess. Pick three words of your own.")


def _without_own_words(password: str) -> str:
    left = password.casefold()
    for word in OWN_WORDS:
        left = left.replace(word, "")
    return left


def hash_password(password: str) -> str:
    """The argon2id hash of a checked password. Takes a while on purpose."""
    check_password(password)
    return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. With no account, or no password, it takes as long and is wrong."""
    try:
        return _hasher.verify(password_hash or _nobody(), password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False

"""Passwords: long rather than odd, kept as argon2id hashes. Hash before a write transaction begins.

Which are too common is decided by rule, not by a list of stolen ones: one or two common words with figures and signs
about them, the same again and again, keys or letters in a row, figures alone. How far that goes: docs/asvs.csv, V6.2.4.
"""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.errors import Refused
from app.core.words import unstorable

SHORTEST = 10
LONGEST = 200
WORDS_FILE = Path(__file__).with_name("data") / "common-words.txt"
FEWEST_LETTERS = 4
NO_LETTER = r"[\W\d_]"
ROWS = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "zaq", "xsw", "cde", "vfr", "bgt", "nhy",
)  # fmt: skip
IN_PLACE_OF_LETTERS = (str.maketrans("0134578@$!+", "oieastbasit"), str.maketrans("0134578@$!+", "oleastbaslt"))
# The product's own words (docs/operations.md, Accounts): the first that somebody tries.
OWN_WORDS = ("inhand", "in hand")

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Checked when there is no such account, so that both cases take the same time."""
    return _hasher.hash("nobody has this password")


def check_password(password: str) -> None:
    """Refuse a password that is too short, too long or made as the commonest are."""
    if unstorable(password):
        raise Refused("This password has a character that cannot be kept.")
    if len(password) < SHORTEST:
        raise Refused(f"Use {SHORTEST} characters or more. Three words you can remember work well.")
    if len(password) > LONGEST:
        raise Refused(f"Use at most {LONGEST} characters.")
    if is_common(password):
        raise Refused("This is easy to guess: many people make theirs like it. Pick three words of your own.")
    if len(_without_own_words(password)) < SHORTEST:
        raise Refused("The name of this app is easy to guess. Pick three words of your own.")


def is_common(password: str) -> bool:
    """Whether a password is made as the commonest ones are."""
    text = password.casefold()
    return len(set(text)) < FEWEST_LETTERS or any(_is_common_form(form) for form in _forms(text))


def _forms(text: str) -> set[str]:
    """What may be meant: figures in the place of letters or not, what stands around it or not, and backwards."""
    trimmed = re.sub(rf"^{NO_LETTER}+|{NO_LETTER}+$", "", text)
    meant = {text, trimmed, *(form.translate(table) for form in (text, trimmed) for table in IN_PLACE_OF_LETTERS)}
    return meant | {form[::-1] for form in meant}


def _is_common_form(form: str) -> bool:
    """Two common words at most or a few letters, again and again, whatever stands between; or keys in a row."""
    once = _once(form)
    said = {part for part in re.split(rf"{NO_LETTER}+", form) if part}
    one = len(said) <= 1 and all(_are_words(part) or len(_once(part)) < FEWEST_LETTERS for part in said)
    return (
        one or _are_words(re.sub(NO_LETTER, "", once)) or len(once) <= FEWEST_LETTERS < len(form) or _is_in_a_row(form)
    )


def _are_words(letters: str) -> bool:
    """One common word, or two in a row."""
    words = _common_words()
    pairs = ((letters[:at], letters[at:]) for at in range(1, len(letters)))
    return _is_word(letters) or any(first in words and second in words for first, second in pairs)


def _is_word(text: str) -> bool:
    """A common word; also one more letter than that, such as a plural."""
    return text in _common_words() or text[:-1] in _common_words()


def _once(text: str) -> str:
    """The shortest part that a text is made of by saying it again and again."""
    for length in range(1, len(text) // 2 + 1):
        if text == (text[:length] * len(text))[: len(text)] and len(text) % length == 0:
            return text[:length]
    return text


def _is_in_a_row(text: str) -> bool:
    """Neighbours all the way, such as "qwertyuiop", or every other one, such as "1q2w3e4r5t"."""
    whole, *halves = [all(pair in _neighbours() for pair in pairwise(way)) for way in (text, text[::2], text[1::2])]
    return len(text) >= FEWEST_LETTERS and (whole or all(halves))


@cache
def _neighbours() -> frozenset[tuple[str, str]]:
    pairs = [pair for row in ROWS for pair in pairwise(row)]
    return frozenset([*pairs, *((right, left) for left, right in pairs)])


@cache
def _common_words() -> frozenset[str]:
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


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

"""A text stripped of tricks: no zero-width characters, one form for look-alikes, tokens with their offsets.

The skeleton of a word puts all characters that look alike into one class ("1", "l", "I" and "i" are one), so two
words with the same skeleton look the same to a reader.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from app.peers.anonymise.lists import read_data

TOKEN = re.compile(r"(?:[^\W_]|[@$|€+©¢§†]|[!¡](?=[!¡]*[^\W_])|(?<=[-_.*/])!(?=[-_.*/]))+")
LONE_SIGN = re.compile(r"(?<![^\W_])([^\W_][\s\-_.*/]+)!(?=[\s\-_.*/]+[^\W_](?![^\W_]))")
DIGIT_LOOKS = {"o": "0", "i": "1", "l": "1", "|": "1", "!": "1", "z": "2", "s": "5", "$": "5", "b": "8", "g": "9",
               "q": "9", "e": "3", "€": "3", "a": "4", "@": "4", "t": "7", "+": "7"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    shown: str
    """Lower case, plain, as a reader sees it; symbols kept."""
    skeleton: str


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """Each look-alike and the letter whose class it is in."""
    found: dict[str, str] = {}
    for line in read_data("lookalikes.txt").splitlines():
        if line and not line.startswith("#"):
            letter, _, looks = line.partition(": ")
            found.update({look: letter for look in looks.split()} | {letter: letter})
    return found


@lru_cache(maxsize=1)
def twins() -> dict[str, str]:
    """Foreign letters that look like one of ours, as that letter; digits and signs stay."""
    return {look: letter for look, letter in classes().items() if not look.isascii()}


def shown_characters(text: str) -> list[tuple[str, int]]:
    """What a reader sees, character by character, with the offset in the text it came from."""
    seen: list[tuple[str, int]] = []
    for at, raw in enumerate(text):
        for character in unicodedata.normalize("NFKD", raw):
            if unicodedata.category(character) not in {"Mn", "Me", "Cf", "Cc"} or character in "\n\t\r":
                low = character.lower()[:1]
                seen.append((twins().get(character) or twins().get(low, low), at))
    return seen


@lru_cache(maxsize=8192)
def skeleton_of(shown: str) -> str:
    """The classes of a word's characters."""
    return "".join(classes().get(c, c) for c in shown)


def melted(skeleton: str) -> str:
    """Pairs of letters that look like one: "rn" and "vv"."""
    return skeleton.replace("rn", "m").replace("vv", "w")


def tokens_of(seen: list[tuple[str, int]]) -> list[Token]:
    """Runs of letters and digits; a sign belongs to one when it touches letters as a letter would."""
    text = LONE_SIGN.sub(r"\1i", "".join(c for c, _ in seen))
    found = []
    for match in TOKEN.finditer(text):
        shown = match.group()
        found.append(Token(seen[match.start()][1], seen[match.end() - 1][1] + 1, shown, skeleton_of(shown)))
    return found

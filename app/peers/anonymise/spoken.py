"""Digits that are said in words, however the words are cut up: "oh seven", "d o u b l e nine", "th-ree"."""

import re
from collections.abc import Sequence

from app.peers.anonymise.lists import commonness
from app.peers.anonymise.skeleton import Token, skeleton_of

DIGIT_WORDS = {
    word: digits
    for digits, words in {
        "0": "zero oh o nought naught nil nowt zilch", "1": "one", "2": "two", "3": "three", "4": "four",
        "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine niner", "10": "ten", "11": "eleven",
        "12": "twelve", "13": "thirteen", "14": "fourteen", "15": "fifteen", "16": "sixteen", "17": "seventeen",
        "18": "eighteen", "19": "nineteen", "20": "twenty", "30": "thirty", "40": "forty", "50": "fifty",
        "60": "sixty", "70": "seventy", "80": "eighty", "90": "ninety", "00": "hundred", "000": "thousand",
    }.items()
    for word in words.split()
}  # fmt: skip
DIGIT_SKELETONS = {skeleton_of(word): digits for word, digits in DIGIT_WORDS.items() if len(word) > 1}
REPEATS = {skeleton_of(word): times for word, times in {"double": 2, "treble": 3, "triple": 3}.items()}
SPOKEN = re.compile("|".join(sorted([*DIGIT_SKELETONS, *REPEATS], key=len, reverse=True)))
LETTERED = 4
"""So many single characters in a row are a word spelled out, not words."""


def spoken_tokens(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with every word for a digit as its digits, also "double four", "on e" and "s i x"."""
    return doubled(with_digits(rejoined(unspelled(tokens))))


def unspelled(tokens: Sequence[Token]) -> list[Token]:
    """Runs of single characters as one token, cut where words for digits begin and end."""
    out: list[Token] = []
    run: list[Token] = []
    for token in [*tokens, None]:
        if token and len(token.shown) == 1:
            run.append(token)
            continue
        out += cut_run(run) if len(run) >= LETTERED else run
        run = []
        if token:
            out.append(token)
    return out


def cut_run(run: Sequence[Token]) -> list[Token]:
    skeleton = "".join(t.skeleton[:1] or "-" for t in run)
    if not SPOKEN.search(skeleton):
        return list(run)
    out: list[Token] = []
    at = 0
    for match in SPOKEN.finditer(skeleton):
        out += run[at : match.start()]
        word = run[match.start() : match.end()]
        out.append(Token(word[0].start, word[-1].end, "".join(t.shown for t in word), match.group()))
        at = match.end()
    return [*out, *run[at:]]


def rejoined(tokens: Sequence[Token]) -> list[Token]:
    """Two or three pieces, not all of them words, that make one word for a digit."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        size = next((n for n in (4, 3, 2) if makes_digit(tokens[i : i + n], n)), 1)
        piece = tokens[i : i + size]
        shown, skeleton = ("".join(part) for part in zip(*((t.shown, t.skeleton) for t in piece), strict=True))
        out.append(Token(piece[0].start, piece[-1].end, shown, skeleton))
        i += size
    return out


def makes_digit(piece: Sequence[Token], size: int) -> bool:
    if len(piece) < size or all(t.shown in commonness() and len(t.shown) > 1 for t in piece):
        return False
    joined = "".join(t.skeleton for t in piece)
    return joined in DIGIT_SKELETONS or joined in REPEATS


def with_digits(tokens: Sequence[Token]) -> list[Token]:
    return [said(token, DIGIT_SKELETONS.get(token.skeleton, "")) for token in tokens]


def said(token: Token, digits: str) -> Token:
    return Token(token.start, token.end, digits, skeleton_of(digits)) if digits else token


def doubled(tokens: Sequence[Token]) -> list[Token]:
    """ "double four" as 44."""
    out: list[Token] = []
    for token in tokens:
        times = REPEATS.get(out[-1].skeleton, 0) if out else 0
        if times and token.shown.isdigit():
            before = out.pop()
            digits = token.shown[0] * times + token.shown[1:]
            token = Token(before.start, token.end, digits, skeleton_of(digits))
        out.append(token)
    return out

"""Generates disguises of things that must not leave: spacing, look-alikes, leetspeak, words for digits, line breaks,
zero-width characters, typos, and two of them at once. Seeded, so that a failing one can be looked at."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.peers.anonymise.known import Known, KnownItem, is_everyday

NAMES = ("Gurpreet", "Oluwaseun", "Siân", "Wioletta", "Declan O'Rourke", "Fatuma Warsame", "Kelly-Anne",
         "Zbigniew Wrona", "Thivya", "Nkechi Eze", "Mei-Ling Cheung", "Angharad", "Tariq Mahmood", "Bronagh",
         "Ionela Popescu",
         "Yusuf")  # fmt: skip
PLACES = (
    "Castle Lane Surgery",
    "Ponds Forge",
    "18 Harcourt Buildings",
    "Norrington Care",
    "Thornley Park Leisure Centre",
)
PHONES = ("07700 900184", "01632 960417", "+44 7700 900562", "020 7946 0417", "07700900731")
NUMBERS = ("999 590 8301", "66374958", "08-99-99 66374958", "4024 0071 1234 5678", "QQ 12 34 56 C")
MAILS = ("gurpreet.sohal61@example.com", "wz.kaczmarek@gmail.com", "happy.chair@example.org", "o.rourke@example.co.uk")
POSTCODES = ("M15 6AB", "SW1A 1AA", "TS18 4QT", "EX9 9QT", "G3 8HN", "LS11 5DF", "BT48 7PS")
FRAMES = ("Thanks {}.", "We went with {} and it was good.", "{}", "Ask {}, any day.", "it was {} who helped", "Try {}!")
WORDS = (
    ["zero", "oh", "nought"],
    ["one"],
    ["two"],
    ["three"],
    ["four"],
    ["five"],
    ["six"],
    ["seven"],
    ["eight"],
    ["nine"],
)
LEET = {"a": "4@", "e": "3€", "i": "1!|", "l": "1|", "o": "0", "s": "5$", "t": "7+", "b": "8", "g": "9"}
DIGIT_LEET = {"0": "Oo", "1": "lI|", "2": "Z", "5": "S", "8": "B", "9": "g"}
TWINS = {"a": "аα", "c": "с", "e": "еε", "i": "іι", "j": "ј", "k": "к", "m": "м", "n": "п", "o": "оο", "p": "рρ",
         "s": "ѕ",
         "t": "τ", "u": "υ", "w": "ԝ", "x": "х", "y": "у", "h": "һ"}  # fmt: skip
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"
GAPS = (" ", ".", "-", "_", "*", "/", " - ", ". ", "\n", " \u200b")


@dataclass(frozen=True)
class Evasion:
    """A finished text that hides `secret` behind `tricks`."""

    text: str
    secret: str
    tricks: str


def account() -> Known:
    """What the account of the generated evasions knows."""
    return Known(
        tuple(KnownItem(n) for n in NAMES) + tuple(KnownItem(p, "PLACE" if p[0].isdigit() else "ORG") for p in PLACES)
    )


def evasions(count: int, seed: int) -> Iterator[Evasion]:
    rng = random.Random(seed)
    while count:
        secret = rng.choice(rng.choice((NAMES, NAMES, PLACES, PHONES, NUMBERS, MAILS, POSTCODES)))
        worded = any(c.isdigit() or c == "@" for c in secret)
        fitting = sorted(TRICKS.keys() - ({"in words"} if not worded else set() if secret in PLACES else {"typo"}))
        tricks = rng.sample(fitting, rng.choice((1, 1, 2)))
        hidden = secret
        for trick in tricks:
            hidden = TRICKS[trick](hidden, rng)
        if hidden != secret and not is_harmless(hidden):
            count -= 1
            yield Evasion(rng.choice(FRAMES).format(hidden), secret, "+".join(tricks))


def is_harmless(hidden: str) -> bool:
    """A disguise that says ordinary words only tells nobody anything: "Kate" turned into "late"."""
    words = hidden.lower().split()
    return all(w.isalpha() and is_everyday(w) and len(w) > 1 for w in words)


def spaced(secret: str, rng: random.Random) -> str:
    gap = rng.choice(GAPS)
    return gap.join(secret.replace(" ", ""))


def one_gap(secret: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(secret))
    return secret[:at] + rng.choice(GAPS) + secret[at:]


def broken(secret: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(secret))
    return secret[:at] + rng.choice(("\n", "\r\n", "-\n")) + secret[at:]


def leet(secret: str, rng: random.Random) -> str:
    digits = {**LEET, **DIGIT_LEET}
    return "".join(rng.choice(digits[c.lower()]) if c.lower() in digits and rng.random() < 0.6 else c for c in secret)


def twinned(secret: str, rng: random.Random) -> str:
    return "".join(rng.choice(TWINS[c.lower()]) if c.lower() in TWINS and rng.random() < 0.6 else c for c in secret)


def wide(secret: str, rng: random.Random) -> str:
    shift = rng.choice((0xFEE0, 0))
    bold = {c: chr(0x1D400 + i) for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}
    return "".join(chr(ord(c) + shift) if shift and "!" <= c <= "~" else bold.get(c, c) for c in secret)


def zero_width(secret: str, rng: random.Random) -> str:
    return "".join(c + (rng.choice(ZERO_WIDTH) if rng.random() < 0.5 else "") for c in secret)


def marked(secret: str, rng: random.Random) -> str:
    return "".join(
        c + (rng.choice("\u0301\u0323\u0336\u0308") if c.isalnum() and rng.random() < 0.5 else "") for c in secret
    )


def in_words(secret: str, rng: random.Random) -> str:
    out, i = [], 0
    while i < len(secret):
        c = secret[i]
        if c.isdigit():
            twice = secret[i : i + 2] == c * 2 and rng.random() < 0.5
            out.append((" double " if twice else " ") + rng.choice(WORDS[int(c)]) + " ")
            i += 2 if twice else 1
            continue
        out.append({"@": " at ", ".": " dot "}.get(c, c) if "@" in secret else c)
        i += 1
    return " ".join("".join(out).split())


def shouted(secret: str, rng: random.Random) -> str:
    return "".join(c.upper() if rng.random() < 0.5 else c.lower() for c in secret)


def typo(secret: str, rng: random.Random) -> str:
    letters = [i for i, c in enumerate(secret) if c.isalpha()]
    if len(letters) < 5:
        return secret
    at = rng.choice(letters[1:-1])
    kind = rng.randrange(4)
    if kind == 0:
        return secret[:at] + secret[at + 1 :]
    if kind == 1:
        return secret[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + secret[at:]
    if kind == 2 and secret[at + 1 : at + 2].isalpha():
        return secret[:at] + secret[at + 1] + secret[at] + secret[at + 2 :]
    return secret[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + secret[at + 1 :]


TRICKS: dict[str, Callable[[str, random.Random], str]] = {
    "spaced": spaced, "one gap": one_gap, "broken": broken, "leet": leet, "twins": twinned, "wide": wide,
    "zero width": zero_width, "marks": marked, "in words": in_words, "shouted": shouted, "typo": typo,
}  # fmt: skip

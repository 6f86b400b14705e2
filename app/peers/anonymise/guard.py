"""The second guard: a strict look at a finished text before it leaves. It knows nothing of the first pass and of its
model, only of forms and of what the account knows, and it is not fooled by spacing, look-alikes or words for digits.
What fails is refused: `check` returns the reasons.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.peers.anonymise.known import Known, Part, names_here, one_apart
from app.peers.anonymise.lists import commonness
from app.peers.anonymise.skeleton import DIGIT_LOOKS, Token, melted, shown_characters, skeleton_of, tokens_of
from app.peers.anonymise.spoken import spoken_tokens
from app.peers.anonymise.text import View

FILLERS = {"then", "and", "dash", "hyphen", "space", "dot", "point", "plus", "slash"}
LONGEST_RUN = 5
"""Digits in a row that a finished text may hold: amounts and times are shorter, telephones and numbers longer."""
MONEY = re.compile(
    r"[£$]\s?\d[\d,]*(?:\.\d\d)?|\b\d{1,3}(?:,\d{3})+\b|(?<!\d[ .-])\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b(?![ .-]?\d)"
)
TAIL = re.compile(r"(?<=[^\W\d_]['\u2019])[a-z]+", re.I)
"""What an apostrophe cuts off a word of plain English: the s of "there's"."""
MEASURED = re.compile(r"\d+(?:mg|ml|kg|am|pm|km|th|m|g|k|p|s|w|kcal|mcg)")
AREAS = frozenset(
    [
        "ab",
        "al",
        "b",
        "ba",
        "bb",
        "bd",
        "bh",
        "bl",
        "bn",
        "br",
        "bs",
        "bt",
        "ca",
        "cb",
        "cf",
        "ch",
        "cm",
        "co",
        "cr",
        "ct",
        "cv",
        "cw",
        "da",
        "dd",
        "de",
        "dg",
        "dh",
        "dl",
        "dn",
        "dt",
        "dy",
        "e",
        "ec",
        "eh",
        "en",
        "ex",
        "fk",
        "fy",
        "g",
        "gl",
        "gu",
        "gy",
        "ha",
        "hd",
        "hg",
        "hp",
        "hr",
        "hs",
        "hu",
        "hx",
        "ig",
        "im",
        "ip",
        "iv",
        "je",
        "ka",
        "kt",
        "kw",
        "ky",
        "l",
        "la",
        "ld",
        "le",
        "ll",
        "ln",
        "ls",
        "lu",
        "m",
        "me",
        "mk",
        "ml",
        "n",
        "ne",
        "ng",
        "nn",
        "np",
        "nr",
        "nw",
        "ol",
        "ox",
        "pa",
        "pe",
        "ph",
        "pl",
        "po",
        "pr",
        "rg",
        "rh",
        "rm",
        "s",
        "sa",
        "se",
        "sg",
        "sk",
        "sl",
        "sm",
        "sn",
        "so",
        "sp",
        "sr",
        "ss",
        "st",
        "sw",
        "sy",
        "ta",
        "td",
        "tf",
        "tn",
        "tq",
        "tr",
        "ts",
        "tw",
        "ub",
        "w",
        "wa",
        "wc",
        "wd",
        "wf",
        "wn",
        "wr",
        "ws",
        "wv",
        "yo",
        "ze",
    ]
)
WORDS = re.compile(r"[^\W\d_]+")
OUTWARD = ("A9", "A99", "AA9", "AA99", "A9A", "AA9A")
ENDINGS = [
    "com",
    "couk",
    "org",
    "orguk",
    "net",
    "info",
    "gov",
    "govuk",
    "acuk",
    "nhsuk",
    "uk",
    "io",
    "me",
    "tv",
    "biz",
    "eu",
    "ie",
    "wales",
    "scot",
    "cymru",
    "example",
    "test",
]
MAILERS = [
    "gmail",
    "hotmail",
    "outlook",
    "yahoo",
    "icloud",
    "btinternet",
    "aol",
    "googlemail",
    "protonmail",
    "live",
    "sky",
    "talktalk",
    "example",
]
SIGNS = re.compile(r"@|https?\s*:|:\s*//|\bwww\b|(?<![a-z])\.\s?(?:com|co\.uk|org|net|uk|info|gov)\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a text may not leave: `text[start:end]` still tells who somebody is."""

    start: int
    end: int
    kind: str
    reason: str


def check(text: str, known: Known) -> list[Finding]:
    """Every contact, identifier, full postcode or known identity still in `text`; empty when it may leave."""
    seen = shown_characters(text)
    tokens = tokens_of(seen)
    said = spoken_tokens(tokens)
    plain = [t for t in said if not any(t.start in r for r in amounts(text))]
    found = [*links(seen, tokens), *links(seen, said), *numbers(text, plain), *codes(said), *postcodes(text, plain)]
    found += [*identities(text, tokens, known), *identities(text, said, known)]
    return sorted(set(found), key=lambda f: (f.start, f.end))


def amounts(text: str) -> list[range]:
    """Where money and times of day stand: their digits belong to nobody."""
    return [range(m.start(), m.end()) for m in MONEY.finditer(text)]


def links(seen: Sequence[tuple[str, int]], tokens: Sequence[Token]) -> Iterator[Finding]:
    """Mail addresses, links and handles, also in words ("x at y dot com") and spaced letter by letter."""
    shown = "".join(c for c, _ in seen)
    for match in SIGNS.finditer(shown):
        yield Finding(seen[match.start()][1], seen[match.end() - 1][1] + 1, "CONTACT", "a way to reach somebody")
    endings = {skeleton_of("dot" + e) for e in ENDINGS} | {skeleton_of("at" + m) for m in MAILERS}
    hosts = {skeleton_of(m + e) for m in MAILERS for e in ("com", "couk", "net", "org")}
    undotted = [t for t in tokens if t.shown not in {"dot", "at"}]
    for run, looked in ((tokens, endings), (undotted, hosts)):
        for i, j, joined in runs(run, 16, 16):
            if joined in looked:
                yield Finding(run[i].start, run[j].end, "CONTACT", "a way to reach somebody")


def runs(tokens: Sequence[Token], longest: int, most: int) -> Iterator[tuple[int, int, str]]:
    """Each run of neighbouring tokens with its skeletons joined, up to a length and a number of tokens."""
    for i in range(len(tokens)):
        joined = ""
        for j in range(i, min(len(tokens), i + most)):
            joined += tokens[j].skeleton
            if len(joined) > longest:
                break
            yield i, j, joined


def numbers(text: str, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Digits in a row, spoken or written, longer than an amount: telephones, NHS numbers, accounts."""
    run, first, last = 0, 0, 0
    for token in [*tokens, Token(len(text), len(text), "", "")]:
        digits = digits_of(token, run > 0)
        if digits:
            first, last, run = first if run else token.start, token.end, run + len(digits)
        elif not (run and token.shown in FILLERS):
            if run > LONGEST_RUN:
                yield Finding(first, last, "ID", "a number that belongs to somebody")
            run = 0


def digits_of(token: Token, running: bool) -> str:
    """The digits a token stands for: "077O0", or a lone "o" inside a number; "" for other words."""
    as_digits = "".join(DIGIT_LOOKS.get(c, c) for c in token.shown)
    if not as_digits.isdigit():
        return ""
    if any(c.isdigit() for c in token.shown):
        return as_digits
    lone = len(token.shown) == 1 and token.shown not in {"a", "i", "s", "t"}
    return as_digits if running and (lone or token.shown not in commonness()) else ""


def codes(tokens: Sequence[Token]) -> Iterator[Finding]:
    """References and National Insurance numbers: letters and three or more digits in one token or a spaced run."""
    for token in tokens:
        digits = sum(c.isdigit() for c in token.shown)
        if digits >= 3 and any(c.isalpha() for c in token.shown) and not MEASURED.fullmatch(token.shown):
            yield Finding(token.start, token.end, "ID", "a reference")
    for i, j, _ in spans_of(tokens, 9, 9):
        if is_insurance("".join(t.shown for t in tokens[i : j + 1])):
            yield Finding(tokens[i].start, tokens[j].end, "ID", "a National Insurance number")


def spans_of(tokens: Sequence[Token], longest: int, most: int) -> Iterator[tuple[int, int, int]]:
    for i in range(len(tokens)):
        size = 0
        for j in range(i, min(len(tokens), i + most)):
            size += len(tokens[j].shown)
            if size > longest:
                break
            yield i, j, size


def is_insurance(said: str) -> bool:
    middle = "".join(DIGIT_LOOKS.get(c, c) for c in said[2:8])
    return (
        len(said) == 9
        and said[:2].isalpha()
        and said[8] in "abcd"
        and middle.isdigit()
        and any(c.isdigit() for c in said)
    )


def postcodes(text: str, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Full postcodes, spaced, spoken or with look-alikes; "there's 28 in" is none, it begins with a word's end."""
    tails = {m.start() for m in TAIL.finditer(text)}
    for i, j, size in spans_of(tokens, 7, 7):
        start, end = tokens[i].start, tokens[j].end
        if size < 5 or (start in tails and all(is_plain(t.shown) for t in tokens[i + 1 : j + 1])):
            continue
        if is_postcode("".join(t.shown for t in tokens[i : j + 1]), tokens[i : j + 1], text[start:end]):
            yield Finding(start, end, "PLACE", "a full postcode")


def is_postcode(said: str, run: Sequence[Token], raw: str) -> bool:
    """Whether the run reads as a postcode; the fewer signs of one, the fewer look-alikes are allowed for."""
    most = most_lookalikes(said, run, raw)
    found = (lookalikes(said, shape + "9AA") for shape in OUTWARD if len(shape) + 3 == len(said))
    return any(count is not None and count <= most for count in found)


def most_lookalikes(said: str, run: Sequence[Token], raw: str) -> int:
    if all(is_plain(t.shown) for t in run):
        return 0
    upper = sum(c.isupper() for c in raw)
    if "," in raw and any(word.islower() and len(word) > 3 and is_plain(word) for word in WORDS.findall(raw)):
        return 1
    if not any(c.isdigit() for c in said):
        return 7 if upper * 2 >= sum(c.isalpha() for c in raw) and len(run) > 1 else -1
    return 7 if upper else 1


def is_plain(shown: str) -> bool:
    """An English word or digits as anybody writes them; a lone letter is neither."""
    return shown.isdigit() or shown in {"a", "i"} or (len(shown) > 1 and shown in commonness())


def lookalikes(said: str, shape: str) -> int | None:
    """How many characters must be read as their look-alikes for `said` to have this shape; None when none will do."""
    letters, digits = as_letters(said), "".join(DIGIT_LOOKS.get(c, c) for c in said)
    read = "".join(letters[i] if sort == "A" else digits[i] for i, sort in enumerate(shape))
    if not all(c.isalpha() if sort == "A" else c.isdigit() for c, sort in zip(read, shape, strict=True)):
        return None
    area = read[: shape.index("9")]
    if not {area, area.replace("i", "l")} & AREAS or set(read[-2:]) & set("ckmv"):
        return None
    return sum(a != b for a, b in zip(read, said, strict=True))


def as_letters(said: str) -> str:
    back = {
        "0": "o",
        "1": "i",
        "5": "s",
        "2": "z",
        "8": "b",
        "9": "g",
        "3": "e",
        "4": "a",
        "7": "t",
        "!": "i",
        "|": "i",
        "$": "s",
        "@": "a",
        "€": "e",
        "+": "t",
    }
    return "".join(back.get(c, c) for c in said)


def identities(text: str, tokens: Sequence[Token], known: Known) -> Iterator[Finding]:
    """What the account knows, with one letter wrong, in any spacing or disguise."""
    view = View(text)
    for part in known.parts:
        wanted = skeleton_of("".join(part.words))
        for i, j, joined in runs(tokens, len(wanted) + 2, len(wanted) + 2) if wanted else ():
            if same_identity(wanted, joined, tokens[i : j + 1], part, view):
                yield Finding(tokens[i].start, tokens[j].end, part.item.kind, "known to your account")


def same_identity(wanted: str, joined: str, run: Sequence[Token], part: Part, view: View) -> bool:
    """Whether a run of tokens says the part; an everyday word only where it is used as a name."""
    everyday = all(commonness().get(t.shown, 99) <= 35 and (len(t.shown) > 1 or t.shown in {"a", "i"}) for t in run)
    forms = {joined, joined[:-1] if joined.endswith("s") else joined}
    if wanted in forms or melted(wanted) in map(melted, forms):
        if not everyday or len(part.words) > 1:
            return not everyday or len(run) == len(part.words)
        return len(run) == 1 and names_here(view, run[0].start, run[0].end)
    if len(run) == len(part.words) > 1:
        everyday = False
    near = len(wanted) >= 4 and any(one_apart(wanted, f) or one_apart(melted(wanted), melted(f)) for f in forms)
    word = "".join(t.shown for t in run) in commonness()
    return near and not everyday and not word and (len(run) == 1 or len(wanted) >= 5)

"""A text as the rules see it: plain characters at the same offsets, words, sentences and its habit with capitals."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

WORD = re.compile(r"[^\W\d_][\u0300-\u036f]*(?:['-]?[^\W\d_][\u0300-\u036f]*)*")
POSSESSIVE = re.compile(r"'[sS]?$")
SENTENCE_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)|\n+")
CLAUSE_BREAK = re.compile(r"[.!?;:…]+(?=\s|$)|\n+| [-–] |[()]")
ABBREVIATION = re.compile(r"\b(?:dr|mr|mrs|ms|st|rev|prof|no|tel|approx|e\.g|i\.e|mt|sr|fr)$", re.I)
LONE_I = re.compile(r"(?<![\w.'-])(?:i|im|ive)(?![\w.-])")
SWAPS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-",
     "\u00a0": " ", "\u202f": " ", "\u2009": " ", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
     "ı": "i", "ħ": "h", "\t": " "}
)  # fmt: skip


@lru_cache(maxsize=4096)
def plain_character(character: str) -> str:
    """One character for one: accents, wide forms and typographic marks go, case stays."""
    swapped = character.translate(SWAPS)
    first = unicodedata.normalize("NFKD", swapped)[:1]
    return first if first and not unicodedata.combining(first) else swapped


def plain_text(text: str) -> str:
    """`text` in plain characters; same length, so that offsets hold."""
    return "".join(map(plain_character, text))


def lower_text(text: str) -> str:
    """Lower case of the same length ("İ" would grow to two)."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str
    low: str
    """Lower case, without accents: the form of every list."""
    opens: bool
    """Stands first in its sentence, where a capital says nothing."""
    tail: str = ""
    """What stood glued behind it: "'s" of a possessive."""

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


class View:
    """One text, looked at once by all rules. Offsets are those of `raw`."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.plain = plain_text(raw)
        self.low = lower_text(self.plain)

    @cached_property
    def starts(self) -> list[int]:
        """Offsets at which a sentence begins."""
        found = [0]
        for match in SENTENCE_END.finditer(self.plain):
            if not (match.group().startswith(".") and ABBREVIATION.search(self.plain[: match.start()])):
                found.append(match.end())
        return found

    @cached_property
    def words(self) -> list[Word]:
        out: list[Word] = []
        starts = iter([*self.starts, len(self.plain) + 1])
        border = next(starts)
        for match in WORD.finditer(self.plain):
            opens = match.start() >= border
            while match.start() >= border:
                border = next(starts)
            out.append(make_word(match.start(), match.group(), opens))
        return out

    @cached_property
    def cased(self) -> bool:
        """Whether capitals mean something here: neither all lower case nor all capitals."""
        letters = [c for c in self.plain if c.isalpha()]
        upper = sum(c.isupper() for c in letters)
        inner = [w for w in self.words if w.capital and w.text not in {"I", "I'm", "I've", "I'd", "I'll"}]
        return bool(inner) and upper < 0.6 * max(1, len(letters))

    @cached_property
    def begun(self) -> bool:
        """Whether every sentence and "I" has its capital, as a phone's keyboard gives them."""
        firsts = [w for w in self.words if w.opens]
        return bool(firsts) and all(w.capital for w in firsts) and not LONE_I.search(self.plain)

    @cached_property
    def careful(self) -> bool:
        """Whether a word without a capital is no name here: capitals help, and sentences and "I" have theirs."""
        if not self.cased or LONE_I.search(self.plain):
            return False
        firsts = [w for w in self.words if w.opens]
        return 2 * sum(w.capital for w in firsts) >= len(firsts)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """Where each clause begins and ends, without the white space and marks at its ends; empty ones left out."""
        breaks = list(CLAUSE_BREAK.finditer(self.plain))
        starts, ends = [0, *(m.end() for m in breaks)], [*(m.start() for m in breaks), len(self.plain)]
        found = [self.trim(start, end) for start, end in zip(starts, ends, strict=True)]
        return [(start, end) for start, end in found if start < end]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around [start, end), without the white space at its ends."""
        left, right = 0, len(self.plain)
        for match in CLAUSE_BREAK.finditer(self.plain):
            if match.end() <= start:
                left = match.end()
            elif match.start() >= end:
                right = match.start()
                break
        return self.trim(left, right)

    def trim_space(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.plain[start].isspace():
            start += 1
        while end > start and self.plain[end - 1].isspace():
            end -= 1
        return start, end

    def trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and not self.plain[start].isalnum():
            start += 1
        while end > start and not self.plain[end - 1].isalnum():
            end -= 1
        return start, end


def make_word(start: int, text: str, opens: bool) -> Word:
    owned = POSSESSIVE.search(text)
    body = text[: owned.start()] if owned and owned.start() else text
    low = "".join(c for c in lower_text(body) if not unicodedata.combining(c))
    return Word(start, start + len(body), body, low, opens, text[len(body) :])

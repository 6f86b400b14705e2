"""What the account knows of this person: names, nicknames, providers, schools, surgeries, addresses, phones.

They are matched before any rule, with one letter wrong, missing, added or swapped with its neighbour. A known name
that is also a common word ("Hope", "Will") may stay where the text uses the word.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.peers.anonymise.lists import commonness, word_groups
from app.peers.anonymise.spans import KINDS, Span
from app.peers.anonymise.text import View, lower_text, plain_text

REASON = "known to your account"
WORDISH = re.compile(r"[^\W_]+")
DIGITS = re.compile(r"\d")
SHORTEST_TYPO = 4
"""Names shorter than this must be spelled exactly, or every "dad" would be a "Dan"."""


@dataclass(frozen=True, slots=True)
class KnownItem:
    """One thing the account knows. `role` is the word to say instead, such as "my daughter"."""

    text: str
    kind: str = "PERSON"
    role: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the account knows of one person."""

    items: tuple[KnownItem, ...] = ()

    @property
    def parts(self) -> tuple["Part", ...]:
        return tuple(part for item in self.items for part in parts_of(item))


@dataclass(frozen=True, slots=True)
class Part:
    """One matchable run of words of a known item; digits alone for phones and numbers."""

    words: tuple[str, ...]
    digits: str
    item: KnownItem


def parts_of(item: KnownItem) -> Iterator[Part]:
    """The whole item, each line of an address, each name of a person on its own, and the digits of a number."""
    if item.kind == "PLACE" and "," in item.text:
        for line in item.text.split(","):
            yield from parts_of(replace(item, text=line))
        return
    words = tuple(WORDISH.findall(lower_text(plain_text(item.text))))
    digits = "".join(DIGITS.findall(plain_text(item.text)))
    if len(digits) >= 5 and len(digits) * 2 > sum(map(len, words)):
        yield Part((), digits, item)
    elif words:
        yield Part(words, "", item)
        yield from smaller_parts(item, words)


def smaller_parts(item: KnownItem, words: tuple[str, ...]) -> Iterator[Part]:
    """A street without its number; each name of a person."""
    named = tuple(w for w in words if not w.isdigit())
    if item.kind == "PLACE" and 1 < len(named) < len(words):
        yield Part(named, "", item)
    if item.kind == "PERSON" and len(words) > 1:
        yield from (Part((w,), "", item) for w in words if len(w) > 2 and w not in {"the", "and"})


def read_known(lines: Iterable[str]) -> Known:
    """A file of one known thing a line: plain text, or JSON {"text", "kind", "role"}. Raises ValueError."""
    return Known(tuple(known_item(line.strip()) for line in lines if line.strip()))


def known_item(line: str) -> KnownItem:
    if not line.startswith("{"):
        return KnownItem(line, kind_by_form(line))
    found: Any = json.loads(line)
    text, kind = found.get("text"), found.get("kind") or kind_by_form(str(found.get("text")))
    if not isinstance(text, str) or not text.strip() or kind not in KINDS:
        raise ValueError(f"A known thing needs a text, and a kind out of {', '.join(KINDS)}: {line}")
    return KnownItem(text, kind, str(found.get("role") or ""))


def kind_by_form(text: str) -> str:
    digits = len(DIGITS.findall(text))
    if "@" in text or "://" in text or digits >= 9:
        return "CONTACT"
    return "PLACE" if digits else "PERSON"


def known_spans(view: View, known: Known) -> list[Span]:
    """Where the text says something the account knows; a common word only where it is a name."""
    return [span for span, named in known_places(view, known) if named]


def kept_places(text: str, known: Known) -> list[Span]:
    """Where a known name stays because it is an ordinary word there ("I hope so"): to be shown to the person."""
    return [span for span, named in known_places(View(text), known) if not named]


def known_places(view: View, known: Known) -> Iterator[tuple[Span, bool]]:
    """Every place of every known thing, and whether it is one there."""
    tokens = list(WORDISH.finditer(view.low))
    words = [t.group() for t in tokens]
    for part in known.parts:
        if part.digits:
            yield from ((span, True) for span in digit_spans(view, part))
            continue
        for i in range(len(words)):
            size = matched(part.words, words, i)
            if size:
                start, end = tokens[i].start(), tokens[i + size - 1].end()
                named = size > 1 or not is_everyday(words[i]) or names_here(view, start, end)
                yield Span(start, end, part.item.kind, REASON, part.item.role), named


def is_everyday(word: str) -> bool:
    """Whether a word is so common that a known name of that spelling may also be just the word."""
    return commonness().get(word, 99) <= 35


def names_here(view: View, start: int, end: int) -> bool:
    """Whether an everyday word stands for a person at this place: by its capital, and by the words beside it."""
    groups = word_groups("known_beside.txt")
    before = re.search(r"([\w']+) $", view.low[:start])
    after = re.match(r"(?:'s)? ([\w']+)", view.low[end:])
    word = view.low[start:end]
    if view.low[end : end + 2] == "'s" or (before and before[1] in groups["person"]):
        return True
    capital = view.cased and view.plain[start].isupper()
    if capital and re.search(r"[\w,]['\")]* $", view.plain[:start]):
        return True
    if after and (after[1] in groups["not-after"] or (word + " " + after[1]) in groups["phrases"]):
        return False
    return capital or (not (before and before[1] in groups["not-before"]) and not view.cased)


def matched(part: tuple[str, ...], words: list[str], at: int) -> int:
    """How many words from `at` say the part, with one typo in all; 0 when they do not."""
    size = len(part)
    joined = "".join(part)
    for count in (size, size + 1, size - 1):
        if 0 < count <= len(words) - at and alike(joined, "".join(words[at : at + count])):
            return 0 if is_other_word(part, words[at : at + count]) else count
    return 0


def is_other_word(part: tuple[str, ...], said: list[str]) -> bool:
    """Whether what looks like a typo of a name is simply another everyday word: "late" for Kate, "as if" for Asif."""
    if len(said) == len(part) > 1:
        return False
    if len(said) == 1:
        return said[0] not in {"".join(part), "".join(part) + "s"} and is_everyday(said[0])
    return all(is_everyday(word) and (len(word) > 1 or word in {"a", "i"}) for word in said)


def alike(known: str, said: str) -> bool:
    """The same but for one letter; a lost or added possessive s also counts as the one."""
    if known == said or (said.endswith("s") and said[:-1] == known):
        return True
    if len(known) < SHORTEST_TYPO or abs(len(known) - len(said)) > 1:
        return False
    return one_apart(known, said) or (said.endswith("s") and one_apart(known, said[:-1]))


def one_apart(first: str, second: str) -> bool:
    """One letter wrong, missing, added, or two neighbours swapped."""
    if len(first) > len(second):
        first, second = second, first
    i = 0
    while i < len(first) and first[i] == second[i]:
        i += 1
    if len(first) < len(second):
        return len(second) - len(first) == 1 and first[i:] == second[i + 1 :]
    rest = first[i + 1 :] == second[i + 1 :]
    return rest or (first[i : i + 2] == second[i : i + 2][::-1] and first[i + 2 :] == second[i + 2 :])


def digit_spans(view: View, part: Part) -> Iterator[Span]:
    """A known number, however it is grouped, with one digit wrong."""
    places = [m.start() for m in DIGITS.finditer(view.plain)]
    said = "".join(view.plain[p] for p in places)
    size = len(part.digits)
    for i in range(len(places) - size + 1):
        if one_apart(part.digits, said[i : i + size]) and places[i + size - 1] - places[i] < size * 3:
            yield Span(places[i], places[i + size - 1] + 1, part.item.kind, REASON, part.item.role)

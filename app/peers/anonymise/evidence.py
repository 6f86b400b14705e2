"""Plain words that the sentence itself says to be names: "Happy is her name", "bill pays the gas", "Rose my carer".

Tried on every text, also where nothing else was found, so each form needs proof of its own and not only a list.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from app.peers.anonymise.lists import Names, word_groups
from app.peers.anonymise.naming import Scored, cues, level_of, subject_place
from app.peers.anonymise.naming_spans import REASONS
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View
from app.peers.anonymise.widening import is_small

WORD = r"(?P<x>[a-z][a-z'-]+)"
OWN = r"(?:the|my|our|his|her|their|mi|me)"
EDGE = r"(?=\s*(?:[.,;:!?)\n]|$)|\s+(?:and|an|n|but|who|which|because|cos)\b)"
WHEN = (
    r"(?:on |every |most |does )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun|week)days?|weekends?|weeknights|nights|"
    r"mornings|evenings|afternoons|teatimes?|bedtimes?)"
)
MODAL = r"(?:ca(?:n't|nt|n)|wo(?:n't|nt)|(?:could|would|should|did)(?:n't|nt)?|will|may|might)"


NAMED = (
    r"(?:(?:real|actual|full|proper|first|last|middle|given|birth|married|maiden|english|pet|nick|sur|fore) ?)*name\b"
)
CALLED = r"(?:call(?:s|ed)? (?:me|him|her|us|them)|answers? to|goes by|nicknamed|surname (?:is|was))"
TITLE = r"(?:mr|mrs|ms|mx|prof|cllr|councillor|revd)"
STATE = r"(?:is|was|has|wants|loves|goes|gets|says|said|does|'s)"
WHY = r"(?:cause|because|cos|coz|cus|for short|after)"


@lru_cache(maxsize=1)
def forms() -> tuple[tuple[re.Pattern[str], Callable[["Evidence", Scored], bool]], ...]:
    """Each form with what its word must be; group x is the word."""
    people = either(cues()["kin"] | cues()["role"] | cues()["pet"])
    acts, bare, toward = (either(evidence_words()[group]) for group in ("acts", "bare", "toward"))
    said = r"(?: is|'s| was|,| called| named|:)"
    table: tuple[tuple[str, Callable[[Evidence, Scored], bool]], ...] = (
        (rf"{WORD} (?:is|was|wis) (?:actually |really )?(?:my|his|her|their|our|its) {NAMED}", Evidence.is_word),
        (rf"call(?:s|ed)? (?:me|him|her|it) {WORD} {WHY}\b", Evidence.is_word),
        (rf"{CALLED} ['\"]?{WORD}", Evidence.is_marked),
        (rf"(?:answers? to|goes by|nicknamed|known as) ['\"]?{WORD}{EDGE}", Evidence.is_said_low),
        (rf"{TITLE}\.? {WORD}", Evidence.is_word),
        (rf"{WORD} \((?:aged? )?[1-9]\d?\b", Evidence.is_given),
        (rf"(?:{OWN}|another|new|main) (?:[a-z]+ )?{people}{said} {WORD}{EDGE}", Evidence.is_marked),
        (rf"{OWN} {either(cues()['pet'])}{said} {WORD}{EDGE}", Evidence.is_listed),
        (rf"{WORD},? (?:the|my|our|his|her|their) {people}\b", Evidence.is_no_verb),
        (rf"{WORD} {acts}\b(?! (?:off|itself|up on)\b)", Evidence.may_open),
        (rf"{WORD} {MODAL} (?:not |never |only |always |still )?{bare}\b", Evidence.may_open),
        (rf"{WORD} {WHEN}\b", Evidence.is_no_season),
        (rf"{toward} {WORD}", Evidence.is_listed),
        (rf"(?:wee|lil|big|auld|young) {WORD} {STATE}\b", Evidence.is_listed),
    )
    return tuple((re.compile(rf"\b{pattern}"), test) for pattern, test in table)


def either(words: Iterable[str]) -> str:
    return rf"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


@lru_cache(maxsize=1)
def evidence_words() -> dict[str, frozenset[str]]:
    return word_groups("evidence.txt")


def evident_names(view: View, scored: Sequence[Scored], names: Names) -> Iterator[Span]:
    """Words that a form above makes a name, whatever a dictionary says of them."""
    evidence = Evidence(view, scored, names)
    for pattern, test in forms():
        for match in pattern.finditer(view.low):
            item = evidence.at.get(match.start("x"))
            if item and item.word.end <= match.end("x") and test(evidence, item):
                yield Span(item.word.start, item.word.end, "PERSON", REASONS["PERSON"])


class Evidence:
    """One text; each method asks whether a word may be the name that a form has room for."""

    def __init__(self, view: View, scored: Sequence[Scored], names: Names) -> None:
        self.view, self.given = view, names.given
        self.at = {item.word.start: item for item in scored}
        self.places = {item.word.start: place for place, item in enumerate(scored)}

    def is_word(self, item: Scored) -> bool:
        """Any word but a small one: the form says that it is a name."""
        low = item.word.low
        return (low in self.given or not is_small(low)) and low not in evidence_words()["never"]

    def is_said_low(self, item: Scored) -> bool:
        """Any word but a small one, in a text whose capitals say nothing."""
        return not self.view.careful and self.is_word(item)

    def is_given(self, item: Scored) -> bool:
        """A listed word, also one that is a benefit or a month elsewhere: "pip (9)"."""
        return item.word.low in self.given and not self.is_grammar(item.word.low)

    def is_listed(self, item: Scored) -> bool:
        """A word that the lists have as a name; with a capital where capitals help."""
        low = item.word.low
        if low not in self.given or self.is_grammar(low) or (item.allowed and not item.word.capital):
            return False
        return item.word.capital or not self.view.careful

    def is_marked(self, item: Scored) -> bool:
        """A word with a capital of its own, or a listed one that is hardly a word."""
        low = item.word.low
        if item.allowed or is_small(low) or low in evidence_words()["never"]:
            return False
        if self.view.cased and item.word.capital and not item.word.opens:
            return True
        return self.is_listed(item) and level_of(low) not in {10, 20}

    def may_open(self, item: Scored) -> bool:
        """A listed word where a sentence or clause begins."""
        return self.is_listed(item) and subject_place(self.view, self.places[item.word.start])

    def is_no_verb(self, item: Scored) -> bool:
        """The same, for words that are no verb either: "Hope my sister comes" names nobody."""
        return self.may_open(item) and item.word.low not in evidence_words()["verbs"]

    def is_no_season(self, item: Scored) -> bool:
        return self.may_open(item) and item.word.low not in evidence_words()["seasons"]

    def is_grammar(self, low: str) -> bool:
        """A small word; "will" and "may" are judged by their form."""
        small = is_small(low) and low not in {"will", "may"}
        return small or low in evidence_words()["never"]

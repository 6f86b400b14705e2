"""What one find says about the words around it. Tried only on a text that already tells something, so that a text
with nothing to hide stays as it is."""

import re
from collections.abc import Iterator, Sequence

from app.peers.anonymise.lists import Names
from app.peers.anonymise.naming import Scored, cues, level_of, subject_place
from app.peers.anonymise.naming_spans import REASONS
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View
from app.peers.anonymise.widening import is_small

CALLED = re.compile(
    r"\b(?:call(?:s|ed|in|ing)? (?:me|him|her|it|us|them)|known as|gan(?:s|es) by|go(?:es)? by|answers to"
    r"|nick-?names?(?:d| is| was|'s)?"
    r"|names? (?:is|was)|name'?s|same as|short for|stands for|spelt|pronounced) [\"'(]?$"
)
JOINED = re.compile(r"(?:,|,? (?:and|or|an|n|nor|plus)|\s?[&+/])\s$")
WITH_ME = re.compile(r"\b(?:me|him|her|us|them|you|i|myself|he|she) (?:and|an|n|or|&) $")
CHAIN = re.compile(r"\b(?:me|myself|him|her|us)(?:,? (?:and|an|n|&) |, )(?:[a-z']+(?:,? (?:and|an|n|&) |, )){1,3}$")
"""In front of the last of several friends: "me an gaz an "."""
WITH_ANYONE = re.compile(r"(?:, ?| and | an | n | or | & )$")
JOINT = re.compile(r"(?:,|,? (?:and|or|an|n|nor|plus)|\s?[&+/])\s")
NEXT_WORD = re.compile(r" (?P<word>[a-z']+)")
BEING = frozenset(["is", "was", "has", "had"])
THIRD_PERSON = re.compile("[^s]s$")
BESIDE = re.compile(
    r",? (?:(?:is|was|'s|thats|that's|who's|whos|hes|shes) )?(?:the|my|our|his|her|their|me|mi) (?P<word>[a-z]+)"
)
WHEN = re.compile(
    r" (?:on |every )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun|week|every)days?"
    r"|weekends?|nights|mornings|evenings|afternoons)\b"
)
BYNAME_LOW = re.compile(r" the (?P<x>[a-z]{3,})(?=[.,;!?)]|\s*$)")
BYNAME = re.compile(r"(?: the| y| o'? the) (?P<x>[A-Z][a-z]+)\b|,? [\"'(](?P<y>[A-Z][\w' -]{1,20}?)[\"')]")
CORRECTED = re.compile(
    r",? (?:no|sorry|no wait|no not|i mean|or is it|not)[ ,]+"
    r"(?:it'?s |that'?s |it is |not )?(?P<x>[a-z']+(?: [a-z']+)?)"
)
"""Behind a misheard name, in dictation: "Peter bread no Peter Bread lee"."""
INITIALS = re.compile(
    r"(?:^|(?<=[.;:,] )|(?<=\n)|(?<=\bby )|(?<=\bwith ))(?P<x>[A-Z]{2,3}"
    r"(?= (?:to|will|has|had|visited|rang|called|attended|aware|and I)\b|[.;,]|'s [a-z])"
    r"|[B-HJ-Z]\.?(?='s [a-zA-Z]| (?:and I|said|says|has|had|was|is|came|comes|does|did)\b))"
)


def company_spans(view: View, scored: Sequence[Scored], found: Sequence[Span], names: Names) -> list[Span]:
    """Further names that the finds of a text point to; empty where nothing was found."""
    if not found:
        return []
    company = Company(view, scored, found, names)
    more = [item.word for at, item in enumerate(scored) if company.names(at)]
    extra = [Span(word.start, word.end, "PERSON", REASONS["PERSON"]) for word in more]
    return [*extra, *bynames(view, company.people), *corrected(view, company.people)]


class Company:
    """One text with its finds, asked of each other word whether they make it a name."""

    def __init__(self, view: View, scored: Sequence[Scored], found: Sequence[Span], names: Names) -> None:
        self.view, self.scored, self.given = view, scored, names.given
        self.surnames = names.surnames
        self.people = [span for span in found if span.kind == "PERSON"]
        self.taken = {place for span in found for place in range(span.start, span.end)}
        inside = {place for span in self.people for place in range(span.start, span.end)}
        self.said = {s.word.low for s in scored if s.word.start in inside and len(s.word.low) > 2}
        self.starts, self.ends = {s.start for s in self.people}, {s.end for s in self.people}

    def names(self, at: int) -> bool:
        """Whether the word at this place of the text is a name here."""
        item = self.scored[at]
        if item.word.start in self.taken or (item.allowed and not self.is_named_anyway(at)):
            return False
        if self.is_named(at) or self.is_chained(at):
            return True
        return self.may_name(item) and (self.is_echo(at) or self.is_pointed_at(at))

    def is_named_anyway(self, at: int) -> bool:
        """A name that is also a month or a check of plugs, with a capital and a verb: "May may come", "Pat drives"."""
        return self.view.cased and self.scored[at].word.capital and self.acts(at)

    def may_name(self, item: Scored) -> bool:
        """Whether a word could be a name here: by its capital, by a list, or because no dictionary has it."""
        low, capital = item.word.low, item.word.capital
        if (is_small(low) or item.allowed) and low not in self.given:
            return False
        if self.view.careful and not capital:
            return low in self.given and not level_of(low)
        return (self.view.cased and capital) or low in self.given or level_of(low) not in {10, 20}

    def is_named(self, at: int) -> bool:
        """Whether "call me" stands in front of it, or it is said to be a pet: "me and blossom the cat"."""
        word = self.scored[at].word
        if is_small(word.low):
            return False
        if CALLED.search(self.before(at)):
            return word.capital or not self.view.careful
        return self.word_behind(at) in cues()["pet"] and bool(WITH_ANYONE.search(self.before(at)))

    def is_echo(self, at: int) -> bool:
        """The same name once more, also with a lost apostrophe: "Pats not insured", "dees a star"."""
        low = self.scored[at].word.low
        if low not in self.said and not (low.endswith("s") and low[:-1] in self.said & self.given):
            return False
        return not (level_of(low) and self.follows(at, cues()["word"]))

    def is_pointed_at(self, at: int) -> bool:
        """Whether "me and", "… my husband", a verb or another name beside it makes the word a name."""
        if self.word_behind(at) in cues()["kin"] | cues()["role"]:
            return True
        return bool(WITH_ME.search(self.before(at))) or self.is_joined(at) or self.acts(at)

    def is_chained(self, at: int) -> bool:
        """Whether it ends a row of friends in a text without capitals: "me an gaz an tank"."""
        word = self.scored[at].word
        low = self.view.low[max(0, word.start - 48) : word.start]
        return not self.view.careful and not is_small(word.low) and bool(CHAIN.search(low)) and self.is_joined(at)

    def is_joined(self, at: int) -> bool:
        """Whether only "and", "or" or a comma stands between the word and a name."""
        word, low = self.scored[at].word, self.view.low
        joint = JOINED.search(low, max(0, word.start - 6), word.start)
        if joint and joint.start() in self.ends:
            return True
        after = JOINT.match(low, word.end)
        return bool(after and after.end() in self.starts)

    def acts(self, at: int) -> bool:
        """A name that is also a word, with a verb or its days behind it: "bill pays the gas", "ash weekdays"."""
        word = self.scored[at].word
        surname = word.capital and self.view.careful and word.low in self.surnames and level_of(word.low) != 10
        listed = surname or word.low in self.given
        if not listed or self.follows(at, cues()["word"] | cues()["verb"]):
            return False
        if WHEN.match(self.view.low, word.end) or self.is_left_over(word.low):
            return True
        then = NEXT_WORD.match(self.view.low, word.end)
        if then is None:
            return False
        return self.is_verb(then["word"]) or (then["word"] in BEING and self.is_subject(at))

    def is_subject(self, at: int) -> bool:
        """Whether a clause begins with the word in a text without capitals: "i like rusty but sky is alright"."""
        everyday = level_of(self.scored[at].word.low) == 10
        return not self.view.careful and not everyday and subject_place(self.view, at)

    def is_left_over(self, low: str) -> bool:
        """Where capitals say nothing, a name's word that nothing makes a word: "ask rich or sandy"."""
        return not self.view.careful and not is_small(low)

    def is_verb(self, low: str) -> bool:
        if low in cues()["action"] or low in {"may", "can", "will", "should", "might"}:
            return True
        return not self.view.careful and bool(THIRD_PERSON.search(low)) and level_of(low[:-1]) in {10, 20}

    def before(self, at: int) -> str:
        start = self.scored[at].word.start
        return self.view.low[max(0, start - 28) : start]

    def word_behind(self, at: int) -> str:
        match = BESIDE.match(self.view.low, self.scored[at].word.end)
        return match["word"] if match else ""

    def follows(self, at: int, words: frozenset[str]) -> bool:
        return at > 0 and self.scored[at - 1].word.low in words


def bynames(view: View, people: Sequence[Span]) -> Iterator[Span]:
    """ "Gwyn the Milk", 'Abdirahman "Dheere"': what stands behind a name as part of it."""
    for span in people:
        match = BYNAME.match(view.plain, span.end) or (not view.careful and BYNAME_LOW.match(view.low, span.end))
        if match and match["x"] not in cues()["kin"] | cues()["role"]:
            yield Span(span.start, match.end(), "PERSON", span.reason, span.role)


def corrected(view: View, people: Sequence[Span]) -> Iterator[Span]:
    """What somebody who dictates says instead of a misheard name, up to the next small word."""
    for span in people if not view.careful else ():
        match = CORRECTED.match(view.low, span.end)
        words = match["x"].split(" ") if match else []
        if match and not is_small(words[0]) and level_of(words[0]) != 10:
            end = match.end("x") if not is_small(words[-1]) else match.start("x") + len(words[0])
            yield Span(match.start("x"), end, "PERSON", REASONS["PERSON"])


def initials(view: View, scored: Sequence[Scored]) -> Iterator[Span]:
    """ "BM to chase equipment": two or three letters that do something."""
    known = {
        item.word.start
        for item in scored
        if item.allowed or level_of(item.word.low) in {10, 20, 35} or is_small(item.word.low)
    }
    for match in INITIALS.finditer(view.plain) if view.cased else ():
        if len(match["x"].rstrip(".")) == 1 or match.start("x") not in known:
            yield Span(match.start("x"), match.end("x"), "PERSON", REASONS["PERSON"])

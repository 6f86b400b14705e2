"""ID by announcement: what follows "case number" or stands before "is my badge number", however short it is and however
its pieces are tied ("c-3", "P.4471.90", "AB : 44 / 7"). The rules of `patterns.txt` know identifiers by their form;
here the word before, or behind, says that it is one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from app.peers.anonymise.lists import commonness, word_groups
from app.peers.anonymise.patterns import definitions
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View

REASON = "a reference"
LETTERS = re.compile(r"(?<![\w'])[A-Za-z]{1,5}[ /-]$")
"""What may stand in front of a number as its first part: "ASC 77-4410"."""
LAST_LETTER = re.compile(r" [A-Z](?=\s*(?:[.,;:!?)\n]|$))")
MARKS = r"[\s:=;,.()\[\]\"'>#*~_-]"
FURTHEST = 60
"""Characters that may lie between the word and what it announces, all of them small words and marks."""
LONGEST = 40
"""Characters of an identifier that stands before what announces it."""
EVERYDAY = 35
"""Up to this level of the word list, letters beside digits are a word and no part of an identifier."""
UNIT = r"(?:am|pm|st|nd|rd|th|hrs?|h|mins?|miles?|mg|ml|mcg|kg|g|cm|mm|m|ft|in|lbs?|p|quid|k|gb|mb|mph|v|w|x|s|%)"
FORM = r"(?:p45|p60|b12|d3|a4|a5|4g|5g|ds1500|esa50|pip2|aa1|ssp1|bf1|covid19)"
"""What everybody writes with letters beside digits: doses, sizes, forms."""


@lru_cache(maxsize=1)
def grammar() -> dict[str, re.Pattern[str]]:
    """The patterns, built once: what announces, what lies between, what an identifier is made of."""
    groups = word_groups("announced.txt")
    parts = definitions("patterns.txt")
    sure, nouns, between = (either(groups[name]) for name in ("sure", "nouns", "between"))
    cue = rf"(?:(?:(?P<kind>[a-z&'-]+)\s+)?(?P<noun>{nouns})|(?P<sure>{sure}))"
    aside = r"\b(?:in|on|at|with|for|from) (?:(?:the|my|our|her|his|their|a) )?[a-z]{3,}(?![a-z0-9'])"
    said = rf"(?:{parts['said']}|{parts['nato']}|star|hash)\b"
    piece = rf"(?:[a-z]{{0,8}}\d[a-z0-9]*|{said}|[b-hj-z](?![a-z'])|[ai](?=[\s.-]+[a-z0-9](?![a-z'])))"
    tight = r"[/.+·_*#|:,-](?=[a-z0-9])"
    tie = rf"(?:{tight}[a-z0-9]+|\s?[/+-]\s?{piece}|\s{{1,3}}{piece}|\s[ai](?=\s*(?:[.,;:)!?\n]|$)))"
    run = rf"[#*(\"]?(?:[a-z]{{1,6}}(?:{tight}|\s?[/+:-]\s?|\s)){{0,2}}{piece}(?:{tie}|,\s?\d(?!\d))*[#*]?"
    return {
        "cue": re.compile(rf"(?<![\w'])(?:{cue})(?![a-z0-9])"),
        "between": re.compile(
            rf"(?:,[^,.;:\d\n]{{3,40}},|{aside}|{MARKS}|(?:{between})(?![a-z0-9'])|a(?=\s[a-z]{{2}})){{0,{FURTHEST}}}"
        ),
        "spoken": re.compile(rf"(?<![a-z]){said}"),
        "plain": re.compile(rf"\d+\s?{UNIT}|\d{{1,2}}[.:]\d\d(?:{UNIT})?|\d{{1,3}}[./-]\d{{1,2}}|{FORM}"),
        "run": re.compile(rf"(?<![a-z0-9£]){run}(?![a-z0-9])"),
        "counted": re.compile(rf"\s*(?:{parts['measure']}|{parts['amount']}|{parts['month']})|[.:,]\d|\s?[%/]"),
        "secret": re.compile(
            rf"\b(?:{either(groups['secrets'])})\b(?:{MARKS}|(?:is|was|it's|its)\b){{1,9}}(?P<x>[^\s,;:.!?()\"]{{4,}})"
        ),
        "link": re.compile(
            r"\)?,?\s*(?:is|was|that's|thats|that is|that was|as|being|=|-)\s+(?:my|the|our|her|his|their)\s+"
        ),
    }


def either(words: frozenset[str]) -> str:
    """One pattern for all, the longest first; a space in a phrase is any white space."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(word.replace(" ", r"\s*") for word in longest)


def announced_spans(view: View) -> list[Span]:
    """Identifiers that a word announces, in front of them or behind."""
    return [*told_before(view), *told_behind(view), *secret_words(view)]


def with_letters(view: View, span: Span) -> Span:
    """An identifier with the letters in front of it, capitals of their own or none that the word list has, and with the
    single letter behind it that ends a clause."""
    if span.kind != "ID":
        return span
    last = LAST_LETTER.match(view.plain, span.end) if view.cased and view.plain[span.end - 1].isdigit() else None
    span = replace(span, end=last.end()) if last else span
    letters = LETTERS.search(view.plain, max(0, span.start - 7), span.start)
    if not letters or not view.plain[span.start].isdigit():
        return span
    groups, said = word_groups("announced.txt"), letters.group()[:-1]
    low, own = said.lower(), view.cased and said.isupper() and len(said) > 1
    if (is_word(low) and not own) or low in groups["sure"] | groups["nouns"] | groups["between"]:
        return span
    return replace(span, start=letters.start())


def told_before(view: View) -> Iterator[Span]:
    for cue in grammar()["cue"].finditer(view.low):
        if announces(cue):
            for at in places_behind(view, cue.end()):
                run = grammar()["run"].match(view.low, at)
                if run and is_identifier(view, *run.span(), least_of(cue)):
                    yield Span(*view.trim(*run.span()), "ID", REASON)
                    break


def places_behind(view: View, at: int) -> Iterator[int]:
    """Where an identifier may begin behind a cue: after any part of the small words and marks that follow, the whole of
    them first."""
    between = grammar()["between"].match(view.low, at, at + FURTHEST)
    end = between.end() if between else at
    yield from (place for place in range(end, at, -1) if not view.low[place - 1].isalnum())


def told_behind(view: View) -> Iterator[Span]:
    """ "4471 is my badge number" """
    for link in grammar()["link"].finditer(view.low):
        cue = grammar()["cue"].match(view.low, link.end())
        if cue and announces(cue):
            yield from (Span(*view.trim(*found), "ID", REASON) for found in runs_before(view, link.start(), cue))


def secret_words(view: View) -> Iterator[Span]:
    """ "memorable word gingerbiscuit", "login pegleg": a word that the word list does not have in its everyday part."""
    for match in grammar()["secret"].finditer(view.low):
        if commonness().get(match["x"], 99) > EVERYDAY:
            yield Span(*match.span("x"), "ID", "a code")


def runs_before(view: View, end: int, cue: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The longest identifier that ends at `end`."""
    for start in range(max(0, end - LONGEST), end):
        run = grammar()["run"].fullmatch(view.low, start, end)
        if run and is_identifier(view, *run.span(), least_of(cue)):
            yield run.span()
            return


def announces(cue: re.Match[str]) -> bool:
    """Whether the word says that an identifier comes: "case number", but not "bus number" or "dress code"."""
    groups = word_groups("announced.txt")
    if cue["sure"] or not cue["kind"]:
        return bool(cue["sure"] or cue["noun"] in groups["short"])
    return cue["kind"] not in groups["codes" if cue["noun"] in groups["short"] else "others"]


def least_of(cue: re.Match[str]) -> int:
    """How many digits alone are an identifier: "ref 41", but "customer 41" may be an age."""
    return 2 if cue["noun"] or cue["sure"] in word_groups("announced.txt")["short"] else 3


def is_identifier(view: View, start: int, end: int, least: int) -> bool:
    """Whether a run can be one: it holds `least` digits, or one beside letters, and counts or measures nothing."""
    run = view.low[start:end].strip('#*("')
    digits, letters = sum(c.isdigit() for c in run), sum(c.isalpha() for c in run)
    spoken = len(grammar()["spoken"].findall(run))
    enough = digits >= least or bool(digits and letters) or digits + spoken > 2
    leading = re.match(r"(?:[a-z]{2,6}\s+)*", run)
    if not enough or grammar()["plain"].fullmatch(run) or (leading and any(map(is_word, leading.group().split()))):
        return False
    return not grammar()["counted"].match(view.low, end)


def is_word(word: str) -> bool:
    return commonness().get(word, 99) <= EVERYDAY and not grammar()["spoken"].fullmatch(word)

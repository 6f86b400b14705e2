"""From scored words to spans: people's and places' names, and the names of local organisations."""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.peers.anonymise.lists import phrases
from app.peers.anonymise.naming import Scored, cues, level_of, touching, weights
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View

REASONS = {"PERSON": "a person's name", "PLACE": "a place", "ORG": "a local organisation"}
LONGEST_ORG = 5


def name_spans(view: View, scored: Sequence[Scored]) -> list[Span]:
    """Runs of words whose score says name, one span each."""
    threshold = float(weights()["threshold"])
    spans: list[Span] = []
    i = 0
    while i < len(scored):
        if scored[i].score < threshold:
            i += 1
            continue
        j = i
        while j + 1 < len(scored) and scored[j + 1].score >= threshold and touching(view, scored, j + 1, j):
            j += 1
        spans.append(run_span(view, scored, i, j))
        i = j + 1
    return spans


def run_span(view: View, scored: Sequence[Scored], i: int, j: int) -> Span:
    start, end = scored[i].word.start, scored[j].word.end
    if i and is_initial(view, scored, i):
        start = scored[i - 1].word.start
    kinds = [s.kind for s in scored[i : j + 1]]
    kind = "PLACE" if kinds.count("PLACE") * 2 > len(kinds) else "PERSON"
    return Span(start, end, kind, REASONS[kind], role_before(view, scored, i))


def is_initial(view: View, scored: Sequence[Scored], i: int) -> bool:
    before = scored[i - 1].word
    gap = view.plain[before.end : scored[i].word.start]
    return len(before.text) == 1 and before.low not in {"i", "a"} and gap in {" ", ". "}


def role_before(view: View, scored: Sequence[Scored], i: int) -> str:
    """The kin or role word in front: "daughter" in "my daughter Aisha"."""
    if not i or scored[i].word.opens:
        return ""
    before = scored[i - 1].word.low
    return before if any(before in cues()[g] for g in ("title", "kin", "role")) else ""


@lru_cache(maxsize=1)
def org_pattern() -> re.Pattern[str]:
    nouns = sorted(phrases("org_nouns.txt"), key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, nouns))})(?![\w-])")


def org_spans(view: View, scored: Sequence[Scored]) -> list[Span]:
    """Names that end in a noun of an organisation: "Castle Lane Surgery", "st aidans special school"."""
    spans = []
    for match in org_pattern().finditer(view.low):
        before = [s for s in scored if s.word.end <= match.start()]
        start = org_start(view, before, match)
        if start is not None:
            spans.append(Span(start, match.end(), "ORG", REASONS["ORG"]))
    return spans


def org_start(view: View, before: Sequence[Scored], noun: re.Match[str]) -> int | None:
    """Where the name in front of the noun begins; None when nothing names it."""
    start: int | None = None
    edge = noun.start()
    capital = view.cased and view.plain[noun.start()].isupper()
    for item in reversed(before[-LONGEST_ORG:]):
        gap = view.plain[item.word.end : edge]
        if gap not in {" ", "-", "'s ", "s' ", ". ", " & ", "' "} or item.word.opens and item.word.low == "the":
            break
        if names_org(view, item, capital):
            start = item.word.start
        elif item.word.low not in phrases("org_inside.txt"):
            break
        edge = item.word.start
    return start


def names_org(view: View, item: Scored, capital: bool) -> bool:
    """Whether this word, left of the noun, is part of the proper name."""
    if item.allowed and not (capital and item.word.capital and level_of(item.word.low) not in {10}):
        return False
    if item.word.low in phrases("org_plain.txt"):
        return capital and item.word.capital and not item.word.opens
    if view.cased:
        return item.word.capital and not item.word.opens or item.score >= 1.0 or item.word.capital and capital
    return item.score >= -1.8


def capital_spans(view: View, scored: Sequence[Scored]) -> list[Span]:
    """Two or more capitals in a row inside a sentence name something, whatever it is."""
    if not view.cased:
        return []
    spans: list[Span] = []
    run: list[Scored] = []
    for item in [*scored, None]:
        if item and run and adjacent(view, run[-1], item) and is_proper(item):
            run.append(item)
            continue
        if len(run) > 1 and not all(r.allowed for r in run):
            spans.append(Span(run[0].word.start, run[-1].word.end, "ORG", "a name in capitals"))
        run = [item] if item and is_proper(item) and not item.word.opens else []
    return spans


def is_proper(item: Scored) -> bool:
    return item.word.capital and len(item.word.text) > 1 and not item.word.text.isupper()


def adjacent(view: View, left: Scored, right: Scored) -> bool:
    return view.plain[left.word.end : right.word.start] in {" ", "-", "'s ", " & ", " of ", " the ", " and "}

"""RARE: conditions, events and roles that few people share. The phrase is covered generously: a clause too much
costs a sentence, a clause too little costs somebody their privacy."""

import re
from functools import lru_cache

from app.peers.anonymise.lists import phrases
from app.peers.anonymise.patterns import Rule, matches
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View

CONDITION = "a rare condition"
LEAD = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "his",
        "her",
        "our",
        "their",
        "your",
        "has",
        "have",
        "had",
        "having",
        "got",
        "with",
        "from",
        "of",
        "is",
        "was",
        "its",
        "it's",
        "and",
        "or",
        "but",
        "to",
        "in",
        "on",
        "by",
        "i",
        "he",
        "she",
        "they",
        "we",
        "called",
        "by",
        "this",
        "that",
        "for",
        "as",
        "mild",
        "severe",
        "rare",
        "form",
        "type",
        "kind",
        "also",
        "some",
        "named",
        "is",
        "he's",
        "she's",
        "i've",
        "got's",
        "i'm",
        "diagnosed",
        "who",
        "who's",
        "because",
        "since",
        "born",
        "where",
        "when",
        "so",
        "which",
        "like",
        "suspected",
        "mean",
        "think",
        "having",
        "got",
        "inherited",
        "got",
        "s",
        "very",
        "really",
        "years",
        "about",
        "not",
        "no",
        "into",
        "caused",
        "same",
        "like",
        "due",
        "plus",
        "mum",
        "dad",
        "son",
        "daughter's",
    ]
)


@lru_cache(maxsize=1)
def condition_pattern() -> re.Pattern[str]:
    names = sorted(phrases("rare_conditions.txt"), key=len, reverse=True)
    body = "|".join(re.escape(n).replace(r"\ ", r"[\s-]+").replace("'", "'?") for n in names)
    tail = r"(?:'s)?"
    tail += r"(?:[\s-]+(?:syndrome|disease|disorder|type\s+(?:\d|i+v?|one|two|a|b)\b"
    tail += r"|deletion|duplication|gene|mutation))*"
    return re.compile(rf"(?<![\w'])(?:{body}){tail}(?!\w)")


def rare_spans(view: View) -> list[Span]:
    found = [Span(m.start(), m.end(), "RARE", CONDITION) for m in condition_pattern().finditer(view.low)]
    for rule, span in matches(view, "rare.txt"):
        found += grown(view, rule, span)
    return found


def grown(view: View, rule: Rule, span: Span) -> list[Span]:
    """The span of one rule in its full extent; nothing when it names a common condition."""
    if rule.extent == "clause":
        start, end = view.clause(span.start, span.end)
        return [Span(min(start, span.start), max(end, span.end), "RARE", rule.reason, "clause")]
    if rule.reason != CONDITION:
        return [span]
    start = without_lead(view.low, span)
    named = view.low[start : span.end].replace("-", " ")
    if is_common(named):
        return []
    return [Span(start, span.end, "RARE", CONDITION)]


def without_lead(low: str, span: Span) -> int:
    """Where the condition itself begins: "he has got cold agglutinin disease" is three words."""
    start = span.start
    for match in re.finditer(r"[a-z'-]+[\s]+", low[span.start : span.end]):
        if match.group().strip() in LEAD or match.group().strip().endswith(("n't", "ing")):
            start = span.start + match.end()
    return start


def is_common(named: str) -> bool:
    """Whether a phrase is, or ends in, a condition that many people share."""
    words = named.split()
    known = phrases("common_conditions.txt")
    return any(" ".join(words[i:]) in known for i in range(len(words) - 1)) or named in known or len(words) == 0

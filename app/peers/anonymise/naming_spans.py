"""From scored words to spans: people's and places' names, and the names of local organisations."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.peers.anonymise.lists import near_places, phrases, place_shape
from app.peers.anonymise.naming import Scored, cues, level_of, touching
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View
from app.peers.anonymise.widening import is_small

JOINTS = frozenset(
    [" ", "-", "'s ", "s' ", " of ", " of the ", " for the ", " on ", " upon ", " y ", " yr ", " de ", " de la "]
)
REASONS = {"PERSON": "a person's name", "PLACE": "a place", "ORG": "a local organisation"}
LONGEST_ORG = 5
PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "da",
        "di",
        "del",
        "dela",
        "della",
        "der",
        "den",
        "dos",
        "la",
        "le",
        "el",
        "al",
        "ul",
        "ap",
        "ab",
        "bin",
        "binti",
        "ibn",
        "bint",
        "ni",
        "nic",
        "mac",
        "o",
        "an",
        "y",
        "abu",
        "st",
    ]
)
EPITHETS = frozenset(["little", "big", "old", "wee", "young", "our", "king", "queen", "lord", "lady", "saint", "st"])
"""Titles that also begin the name of a place or a pub."""


ORG_TAIL = re.compile(
    r"'s(?= |$)|(?: (?:of|for|in|at|&|and)(?: the)?(?= [A-Z]))?(?: [A-Z][\w'-]*)+(?: \d+[A-Z]?)?|(?: \d+[A-Z]?)\b"
)
ORG_FIRST = re.compile(
    r"\b(?:ysgol|capel|eglwys|canolfan|clwb|meddygfa|ysbyty|neuadd|tafarn|cafe|caf\u00e9|hotel|restaurant|club|team|ward|"
    r"(?:the )?(?:university|college|school|church|parish|friends|sisters|brothers|borough|council|diocese|bank|bishop|"
    r"convent|house|chapel|city|royal borough|county|hospital|hospice|trust|society|order|our lady|lady|sacred heart|"
    r"house) of(?: the| our| st)?|our lady(?: of)?|st|saint|sgoil|scoil|gofal|cymdeithas|masjid|jamia|baps|shree|"
    r"beth|bnos|bais|yeshiva|iglesia|templo) (?P<name>(?!(?:the|a|my|our|and|is|was|in|at|on|to|for)\b)[a-z][a-z'-]+)"
)


def name_spans(view: View, scored: Sequence[Scored], threshold: float) -> list[Span]:
    """Runs of words whose score says name, one span each."""
    spans: list[Span] = []
    i = 0
    while i < len(scored):
        if scored[i].score < threshold:
            i += 1
            continue
        j = i
        while (step := next_in_run(view, scored, j, threshold)) > 0:
            j += step
        spans.append(run_span(view, scored, *widened(view, scored, i, j)))
        i = j + 1
    return spans


def next_in_run(view: View, scored: Sequence[Scored], j: int, threshold: float) -> int:
    """How many words further the name goes on: 1, 2 over a "van" or "ap", 0 when it ends."""
    for step in (1, 2):
        if j + step >= len(scored) or not touching(view, scored, j + step, j + step - 1):
            return 0
        if scored[j + step].score >= threshold:
            return step
        if scored[j + step].word.low not in PARTICLES:
            return 0
    return 0


def widened(view: View, scored: Sequence[Scored], i: int, j: int) -> tuple[int, int]:
    """A place with its side words: "Great Pelham", "thamesmead estate"."""
    if scored[i].kind != "PLACE" and scored[j].kind != "PLACE":
        return i, j
    before, after = phrases("place_before.txt"), phrases("place_after.txt")
    if i and scored[i - 1].word.low in before and sided(view, scored[i - 1], scored[i]):
        i -= 1
    if j + 1 < len(scored) and scored[j + 1].word.low in after and sided(view, scored[j], scored[j + 1]):
        j += 1
    return i, j


def sided(view: View, left: Scored, right: Scored) -> bool:
    capitals = not view.cased or (left.word.capital and right.word.capital)
    return capitals and view.plain[left.word.end : right.word.start] in {" ", "-"}


def run_span(view: View, scored: Sequence[Scored], i: int, j: int) -> Span:
    start, end = scored[i].word.start, with_tail(view, scored, j)
    while i and is_initial(view, scored, i):
        i -= 1
        start = scored[i].word.start
    kinds = [s.kind for s in scored[i : j + 1]]
    kind = "PLACE" if kinds.count("PLACE") * 2 > len(kinds) or is_sided(scored[i : j + 1]) else "PERSON"
    return Span(start, end, kind, REASONS[kind], role_before(view, scored, i))


def is_sided(run: Sequence[Scored]) -> bool:
    """Whether the run is a side word and a name that ends as places do: "Nether Poppleham"."""
    return (
        len(run) == 2
        and run[0].word.low in phrases("place_before.txt")
        and not run[0].cue
        and bool(place_shape().search(run[1].word.low))
    )


def with_tail(view: View, scored: Sequence[Scored], j: int) -> int:
    """The end of a run: with a lone initial behind ("Lil' T"), or the s of "St Petroc's" and "at Tilly's."."""
    word = scored[j].word
    last = re.match(r"(?:'? ([A-Z])|' ([a-z]))(?![\w'])", view.plain[word.end :])
    if last and last.group() not in {" I", " i"} and not word.tail:
        return word.end + last.end()
    closes = re.match(r"'[sS](?=\s*(?:[.,;:!?)]|$))", view.plain[word.end :])
    saint = j and scored[j - 1].word.low in {"st", "saint"}
    return word.end + len(word.tail) if word.tail and (closes or saint) else word.end


def is_initial(view: View, scored: Sequence[Scored], i: int) -> bool:
    before = scored[i - 1].word
    gap = view.plain[before.end : scored[i].word.start]
    titled = (i > 1 and scored[i - 2].word.low in cues()["title"]) or gap.startswith(".")
    if len(before.text) != 1 or " ".join(gap.split()) not in {"", "."}:
        return False
    return before.low not in {"i", "a"} or (titled and before.capital)


def role_before(view: View, scored: Sequence[Scored], i: int) -> str:
    """The kin or role word in front: "daughter" in "my daughter Aisha"."""
    if not i or scored[i].word.opens:
        return ""
    before = scored[i - 1].word.low
    return before if any(before in cues()[g] for g in ("title", "kin", "role")) else ""


def place_phrases(view: View, scored: Sequence[Scored]) -> list[Span]:
    """Places of several words that the gazetteer has: "market rasen", "stoke-on-trent"."""
    spans = []
    near = near_places()
    for i in range(len(scored)):
        for size in (4, 3, 2):
            if i + size <= len(scored) and is_place_phrase(view, scored[i : i + size], near):
                spans.append(Span(scored[i].word.start, scored[i + size - 1].word.end, "PLACE", REASONS["PLACE"]))
                break
    return spans


def is_place_phrase(view: View, run: Sequence[Scored], near: frozenset[str]) -> bool:
    said = view.low[run[0].word.start : run[-1].word.end]
    if said not in near and said.replace("-", " ") not in near:
        return False
    if not view.cased and run[0].cue == "place":
        return True
    return all(r.word.capital for r in (run[0], run[-1])) or any(level_of(r.word.low) not in {10, 20} for r in run)


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
            spans.append(Span(start, org_end(view, match.end()), "ORG", REASONS["ORG"]))
    return [*spans, *prefixed_orgs(view, scored)]


def org_end(view: View, end: int) -> int:
    """The end with what goes on behind the noun: "Church of the Holy Name", "surgery's", "Ward 4B"."""
    tail = ORG_TAIL.match(view.plain, end) if view.cased else None
    return tail.end() if tail else end


def prefixed_orgs(view: View, scored: Sequence[Scored]) -> Iterator[Span]:
    """Names whose noun comes first: "Ysgol Pen-y-garth", "university of Wessex", "our lady of lourdes"."""
    for match in ORG_FIRST.finditer(view.low):
        last = view.plain[match.start("name") : match.end()]
        named = [s for s in scored if match.start("name") <= s.word.start < match.end() and not s.allowed]
        if named and (last[:1].isupper() or (not view.cased and level_of(named[0].word.low) != 10)):
            yield Span(match.start(), org_end(view, match.end()), "ORG", REASONS["ORG"])


def org_start(view: View, before: Sequence[Scored], noun: re.Match[str]) -> int | None:
    """Where the name in front of the noun begins; None when nothing names it."""
    start: int | None = None
    edge = noun.start()
    capital = view.cased and view.plain[noun.start()].isupper()
    for item in reversed(before[-LONGEST_ORG:]):
        gap = view.low[item.word.end : edge]
        if gap not in {" ", "-", "'s ", "s' ", ". ", " & ", "' "} or (gap == ". " and len(item.word.text) > 2):
            break
        if names_org(view, item, capital, start is not None) or (
            start is None and edge == noun.start() and is_strong(view, noun, item)
        ):
            start = item.word.start
        elif not may_stand_inside(view, item, capital, start is None) and not joins_strong(view, noun, item):
            break
        edge = item.word.start
    return with_the(view, start)


def is_strong(view: View, noun: re.Match[str], item: Scored) -> bool:
    """In a text without capitals, nearly any word before "surgery" or "mosque" is its name."""
    strong = noun.group() in phrases("org_strong.txt")
    return strong and not view.cased and not item.allowed and item.word.low not in phrases("org_plain.txt")


def joins_strong(view: View, noun: re.Match[str], item: Scored) -> bool:
    """ "and" or an adjective before such a noun: "herefordshire and worcestershire icb"."""
    joint = item.word.low == "and" or item.word.low in phrases("org_adjectives.txt")
    return joint and not view.cased and noun.group() in phrases("org_strong.txt")


def may_stand_inside(view: View, item: Scored, capital: bool, first: bool) -> bool:
    """Small words between the capitals of a name, or one plain noun: "Bathgate tyre depot", "glenaan home support"."""
    low = item.word.low
    if low in phrases("org_inside.txt"):
        return capital
    modifies = low not in phrases("org_plain.txt") or not is_small(low)
    return first and not capital and modifies and not (view.cased and item.allowed)


def with_the(view: View, start: int | None) -> int | None:
    """The article belongs to many such names ("The Haven Clinic"); a capital or not, it is covered."""
    if (
        start is not None
        and view.low[max(0, start - 4) : start] == "the "
        and (start < 5 or view.low[start - 5] in " (\n")
    ):
        return start - 4
    return start


def names_org(view: View, item: Scored, capital: bool, named: bool) -> bool:
    """Whether this word, left of the noun, is part of the proper name."""
    plain = item.word.low in phrases("org_plain.txt")
    if not view.cased and named:
        return not plain or item.word.low in phrases("org_adjectives.txt")
    if capital and item.word.capital and item.word.low in phrases("place_after.txt"):
        return True
    if item.allowed and not (capital and item.word.capital and level_of(item.word.low) not in {10}):
        return False
    if plain:
        return capital and item.word.capital and not item.word.opens
    if view.cased:
        return (item.word.capital and not item.word.opens) or item.score >= 1.0 or (item.word.capital and capital)
    return item.score >= -1.8 or level_of(item.word.low) > 10


def capital_spans(view: View, scored: Sequence[Scored]) -> list[Span]:
    """Two or more capitals in a row inside a sentence name something, whatever it is."""
    if not view.cased:
        return []
    spans: list[Span] = []
    run: list[Scored] = []
    for item in scored:
        if is_proper(item) and (not run or adjacent(view, run[-1], item)):
            run.append(item)
            continue
        spans += capital_run(run)
        run = [item] if is_proper(item) else []
    return [*spans, *capital_run(run)]


def capital_run(run: Sequence[Scored]) -> list[Span]:
    """The run as a span, without a sentence's first word when that is a plain one, and without titles."""
    while run and ((run[0].word.opens and run[0].score < 0) or run[0].word.low in cues()["title"] - EPITHETS):
        run = run[1:]
    if len(run) < 2 or all(r.allowed for r in run):
        return []
    kinds = [r.kind for r in run if r.score >= 1.0]
    kind = "ORG" if not kinds or len(set(kinds)) > 1 else kinds[0]
    return [Span(run[0].word.start, run[-1].word.end, kind, REASONS[kind])]


def is_proper(item: Scored) -> bool:
    word = item.word
    return word.capital and len(word.text) > 1 and not (word.text.isupper() and (item.allowed or level_of(word.low)))


def adjacent(view: View, left: Scored, right: Scored) -> bool:
    gap = view.plain[left.word.end : right.word.start]
    if gap == " & " and view.low[: left.word.start].endswith((" of ", " at ", " from ", " with ")):
        return True
    if gap in {" and ", " & "}:
        return not any(s.kind == "PERSON" and s.score >= 2.0 for s in (left, right))
    return gap in JOINTS

"""Writes a text anew with its finds said in general words, the same words for the same find throughout an example."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View
from app.peers.anonymise.wording import (
    age_phrase,
    contact_phrase,
    org_phrase,
    place_group,
    rare_phrase,
    season_of,
    wording,
)

DETERMINER = re.compile(
    r"\b(?:the|a|an|my|our|his|her|their|your|this|that|its|one|some|each|every|[a-z]+'s)\s+$", re.I
)
ARTICLE = re.compile(r"^(?:an?|the)\s+")
KINSHIP = re.compile(r"\b(my|our)\s+(?:[a-z-]+\s+)?$", re.I)
LONE_BRACKETS = re.compile(r"\s*\($")
CALLED = re.compile(r"\s*,?\s*\b(?:is |are |was )?(?:called|named|nicknamed|name of)\s+$", re.I)
OWN_NAME = re.compile(r"\bname(?:'s| is|s|:)\s*$", re.I)
WHEN = re.compile(r"\b(?P<how>in|on|since|from|until|till|by|before|after|for|at|of)\s+(?:the\s+)?$", re.I)
YEAR_OLD = re.compile(r"\s*-?\s*(?:years?|yrs?|y|months?|weeks?)?\s*-?\s*/?(?:old|o)\b(?:'s)?", re.I)
STATES = re.compile(r"(?:\bis|\bwas|\bare|\bit's|[:=])\s*$", re.I)
EPITHETS = frozenset(
    [
        "our",
        "big",
        "little",
        "old",
        "wee",
        "young",
        "lil",
        "king",
        "queen",
        "saint",
        "pan",
        "pani",
        "baba",
        "abi",
        "abla",
    ]
)
"""Words before a name that cannot stand without it."""
TITLE = re.compile(r"\b([a-z]+)\.?\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` becomes `said`. May reach beyond the span where English asks for it."""

    start: int
    end: int
    said: str


@dataclass(slots=True)
class StandIns:
    """The memory of one example: what each find is called. Use one for all texts of an example."""

    said: dict[tuple[str, str], str] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    def of(self, group: str, key: str, opens: bool = False) -> str:
        """The stand-in for a find, the same for the same key; a new key takes the group's next words."""
        if (group, key) not in self.said:
            row = wording()[group + "_opens" if opens and group + "_opens" in wording() else group]
            place = self.used.get(group, 0)
            self.used[group] = place + 1
            self.said[group, key] = row[min(place, len(row) - 1)]
        return self.said[group, key]


def rewrite(text: str, spans: Sequence[Span], memory: StandIns) -> str:
    """`text` with every span said in general words. `spans` are in order and do not overlap."""
    if not spans:
        return text
    view = View(text)
    learn_roles(view, spans, memory)
    out: list[str] = []
    at = 0
    for span in spans:
        edit = SAY[span.kind](view, span, memory)
        start, end = max(edit.start, at), max(edit.end, span.end)
        out.append(text[at:start])
        out.append(fitted(view, start, end, edit.said, "".join(out)))
        at = end
    return smooth("".join([*out, text[at:]]))


def fitted(view: View, start: int, end: int, said: str, before: str) -> str:
    """The words with a capital at a sentence's start, all capitals in a text of capitals, and no double space."""
    if not said:
        return ""
    letters = [c for c in view.plain if c.isalpha()]
    if sum(c.isupper() for c in letters) > 0.6 * len(letters):
        return said.upper()
    opens = not before.strip() or bool(re.search(r"[.!?\n]['\")]*\s*$", before))
    was_capital = view.plain[start:end].lstrip(" ('\"")[:1].isupper()
    return said[0].upper() + said[1:] if opens and (was_capital or view.cased) else said


def smooth(text: str) -> str:
    text = re.sub(r"\(\s*\)", "", text)
    text = re.sub(r"(?<=\S) {2,}(?=\S)", " ", text)
    return re.sub(r" +([,.;!?])(?=\s|$)", r"\1", text).strip(" ") if text.strip() else text


def key_of(view: View, span: Span) -> str:
    """Names are one person when their first word is the same: "Mei-Ling Cheung" and "Mei"."""
    words = re.findall(r"[^\W\d_]+", view.low[span.start : span.end])
    return words[0] if words and span.kind == "PERSON" else " ".join(words) or view.low[span.start : span.end]


def learn_roles(view: View, spans: Sequence[Span], memory: StandIns) -> None:
    """ "my daughter Aisha" anywhere makes every Aisha of the example "my daughter"."""
    for span in spans:
        before = view.plain[: span.start]
        owner = re.search(rf"\b(my|our)\s+((?:[a-z-]+\s+)?{re.escape(span.role)})\s*[,(]?\s*$", before, re.I)
        if span.kind == "PERSON" and span.role and owner:
            memory.said.setdefault(("person", key_of(view, span)), f"{owner[1].lower()} {owner[2].lower()}")


def say_person(view: View, span: Span, memory: StandIns) -> Edit:
    before, after = view.plain[: span.start], view.plain[span.end :]
    known = ("person", key_of(view, span)) in memory.said
    title = TITLE.search(before)
    if title and title[1].lower() in wording()["titles"] and not DETERMINER.search(before[: title.start()]):
        said = memory.said.setdefault(("person", key_of(view, span)), wording()["titles"][title[1].lower()])
        return Edit(title.start(), span.end, said)
    if span.role in EPITHETS:
        return with_epithet(view, span, memory)
    if span.role:
        return without_name(view, span)
    if LONE_BRACKETS.search(before) and after.startswith(")") and not known:
        start = LONE_BRACKETS.search(before)
        return Edit(start.start() if start else span.start, span.end + 1, "")
    called = CALLED.search(before)
    if called and before[: called.start()].strip():
        return Edit(called.start(), span.end, "")
    if OWN_NAME.search(before):
        return Edit(span.start, span.end, "private")
    opens = not before.strip() or before.rstrip()[-1:] in ".!?\n"
    return Edit(span.start, span.end, memory.of("person", key_of(view, span), opens))


def with_epithet(view: View, span: Span, memory: StandIns) -> Edit:
    """ "our Bilal" becomes "our relative"; "big Lee" loses the "big", which says as much as the name."""
    if span.role == "our":
        return Edit(span.start, span.end, "relative")
    start = view.low.rfind(span.role, 0, span.start)
    opens = not view.plain[:start].strip() or view.plain[:start].rstrip()[-1:] in ".!?\n"
    return Edit(start, span.end, memory.of("person", key_of(view, span), opens))


def without_name(view: View, span: Span) -> Edit:
    """ "my daughter Aisha is" says enough without the name; so does "auntie Sukhi"."""
    start = span.start
    while start > 0 and view.plain[start - 1] in " ,(":
        start -= 1
    end = (
        span.end + 1 if view.plain[start : span.start].endswith("(") and view.plain[span.end :][:1] == ")" else span.end
    )
    if view.plain[end : end + 1] == "," and "," in view.plain[start : span.start]:
        end += 1
    return Edit(start, end, "")


def say_place(view: View, span: Span, memory: StandIns) -> Edit:
    low = view.low[span.start : span.end]
    said = memory.of(place_group(span, low), key_of(view, span))
    return after_determiner(view, span, said)


def say_org(view: View, span: Span, memory: StandIns) -> Edit:
    low = view.low[span.start : span.end]
    said = memory.said.get(("org", low))
    if said is None:
        said = org_phrase(low)
        memory.said["org", low] = ARTICLE.sub("the ", said)
    return after_determiner(view, span, said)


def after_determiner(view: View, span: Span, said: str) -> Edit:
    """Without its own article where one stands before: "the Lucky Star takeaway" becomes "the place to eat"."""
    if DETERMINER.search(view.plain[: span.start]):
        said = ARTICLE.sub("", said)
    return Edit(span.start, span.end, said)


def say_date(view: View, span: Span, memory: StandIns) -> Edit:
    if span.reason == "an exact age":
        return say_age(view, span)
    low, before = view.low[span.start : span.end], view.plain[: span.start]
    when = WHEN.search(before)
    how = when["how"].lower() if when else ""
    start = when.start() if when and how in {"in", "on", "at", "since", "of"} else span.start
    season = season_of(low)
    if season:
        return Edit(
            start,
            span.end,
            {"since": f"since one {season}", "of": f"of one {season}"}.get(how, f"in {season}")
            if how in {"", "in", "on", "at", "since", "of"}
            else season,
        )
    years = {"in": "some years ago", "since": "for some years", "of": "of some years ago", "on": "some time ago"}
    return Edit(start, span.end, years.get(how, "some years ago"))


def say_age(view: View, span: Span) -> Edit:
    said = age_phrase(view.low[span.start : span.end])
    old = YEAR_OLD.match(view.plain, span.end)
    if not old:
        return Edit(span.start, span.end, said)
    if DETERMINER.search(view.plain[: span.start]):
        young = said.startswith("under")
        noun = re.match(
            r"\s+(?:son|daughter|boy|girl|lad|man|woman|brother|sister|twins?|mum|dad|nephew|niece)\b",
            view.plain[old.end() :],
        )
        return Edit(span.start, old.end(), "" if noun else "child" if young else "relative")
    return Edit(span.start, old.end(), said)


def say_contact(view: View, span: Span, memory: StandIns) -> Edit:
    return after_determiner(view, span, contact_phrase(span))


def say_id(view: View, span: Span, memory: StandIns) -> Edit:
    said = "kept private" if STATES.search(view.plain[: span.start]) else "(kept private)"
    return Edit(span.start, span.end, said)


def say_rare(view: View, span: Span, memory: StandIns) -> Edit:
    return (
        after_determiner(view, span, rare_phrase(span))
        if span.role != "clause"
        else Edit(span.start, span.end, rare_phrase(span))
    )


SAY: dict[str, Callable[[View, Span, StandIns], Edit]] = {
    "PERSON": say_person,
    "PLACE": say_place,
    "ORG": say_org,
    "DATE": say_date,
    "CONTACT": say_contact,
    "ID": say_id,
    "RARE": say_rare,
}

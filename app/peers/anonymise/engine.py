"""The anonymiser: one text in, the spans that give somebody away out. Pure: no database, no network, no clock."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.peers.anonymise.addresses import with_lines
from app.peers.anonymise.announced import announced_spans, with_letters
from app.peers.anonymise.company import company_spans, initials
from app.peers.anonymise.evidence import evident_names
from app.peers.anonymise.hearing import heard, surely_named
from app.peers.anonymise.known import Known, known_spans
from app.peers.anonymise.lists import Names
from app.peers.anonymise.model import Detector, load_model
from app.peers.anonymise.naming import Namer, Scored, cues, is_misspelt, level_of, weights
from app.peers.anonymise.naming_spans import capital_spans, name_spans, org_spans, place_phrases
from app.peers.anonymise.patterns import pattern_spans
from app.peers.anonymise.plainly import plain_points
from app.peers.anonymise.spans import Span, merged
from app.peers.anonymise.telling import kept_rare, scores_of, told_spans
from app.peers.anonymise.text import View
from app.peers.anonymise.widening import is_small, widened_without_capitals

NOTHING = Known()
SURELY = 3.0
"""So many points off a word's score as a name, and no form of `evidence.py` makes it one."""
TENS = "(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
UNITS = "(?:one|two|three|four|five|six|seven|eight|nine)"
TEENS = "(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
AGE = rf"(?:[1-9]\d?|1[01]\d|(?:{TENS}[ -]?)?{UNITS}|{TEENS}|{TENS})"
AGE_BESIDE = re.compile(
    r"(?:'s|s)?(?:\s*\([^)]{0,60}\))?,?\s+"
    rf"(?:is |was |just |now |only |turned |turns |aged? |nearly |about |\()*(?P<x>{AGE})"
    r"(?=\s*(?:[.;:)!?\n]|,(?!\s*(?:two|three|four|\d))|$"
    r"|(?:and|n|&|now|is|has|who|but|so|man|eh|on|next|this|years|yrs?|y/?o)\b))"
    rf"(?![.,:]\d)(?:,? (?:and|n|&) (?P<y>{AGE})(?=\s*(?:[.,;:)!?\n]|$)))?"
)
"""Behind a person's name: its age, and the age of the person named before it ("Kian and Jay, 7 and 8")."""


AGE_IN_COMPANY = re.compile(
    rf"\b(?:him|her|me|he|she|them|then|maybe|or|and|to|by|at|between|nearly|now) (?P<x>{AGE})"
    r"(?=\s*(?:[.,;!?)]|$)|\s+(?:and|when|now|who|so|but|or)\b)(?![.,:/]\d)"
)
"""In a sentence that tells one age: "diagnosed aged 39, retired by 42", "me 56, him 58"."""


class Anonymiser:
    """Finds what gives a person away. `detector` is the local model; build one `Anonymiser` and keep it."""

    def __init__(self, detector: Detector, names: Names | None = None) -> None:
        self.detector = detector
        self.namer = Namer(names or Names())

    def spans(self, text: str, known: Known = NOTHING) -> list[Span]:
        """What gives somebody away in `text`, in order and without overlaps; `known` is what the account knows."""
        view = View(text)
        reading = self.detector.reading(view.plain)
        plain = plain_points(view)
        named = self.namer.scored(view, reading.guesses, plain)
        scored = heard(named, reading.states, plain, self.namer.names)
        telling = scores_of(view, reading.states)
        found = [
            *pattern_spans(view),
            *announced_spans(view),
            *kept_rare(view, telling),
            *told_spans(telling),
            *org_spans(view, scored),
        ]
        found += [*place_phrases(view, scored), *capital_spans(view, scored), *known_spans(view, known)]
        found += [span for span in evident_names(view, scored, self.namer.names) if plain.get(span.start, 0.0) < SURELY]
        found += initials(view, scored)
        alone = name_spans(view, scored, threshold(view))
        found += alone if found or surely_named(scored, alone, threshold(view)) else []
        if found:
            found += name_spans(view, in_company(view, scored), threshold(view))
            found += company_spans(view, scored, merged(found), self.namer.names)
        return tidy(view, widened_without_capitals(view, scored, found))


def threshold(view: View) -> float:
    """The score from which a word is a name; less where no capitals help."""
    return float(weights()["threshold"] - (0.0 if view.cased else weights()["without_capitals"]))


def in_company(view: View, scored: Sequence[Scored]) -> list[Scored]:
    """A text that already tells one thing tells more than one as a rule: its doubtful words gain, most where no
    dictionary has them.

    Verbs, titles and small words do not, nor dictionary words without a capital where capitals say something.
    """
    everyday, least, most = (float(points) for points in weights()["in_company"])
    gains = [gain_of(s.word.low, everyday, least, most) if is_doubtful(view, s) else 0.0 for s in scored]
    return [replace(s, score=s.score + gain) for s, gain in zip(scored, gains, strict=True)]


def gain_of(low: str, everyday: float, least: float, most: float) -> float:
    """`everyday` for the words that all texts hold, `most` for those that no dictionary has."""
    level = level_of(low)
    return most if not level else everyday if level == 10 else least


def is_doubtful(view: View, item: Scored) -> bool:
    low, capital = item.word.low, view.cased and item.word.capital
    if is_small(low) or low in cues()["title"]:
        return False
    return not view.careful or capital or not (level_of(low) or is_misspelt(low))


def tidy(view: View, found: Sequence[Span]) -> list[Span]:
    """One list in order: ages beside names added, the lines of an address joined."""
    out: list[Span] = []
    found = [with_letters(view, span) for span in found]
    aged = [*found, *ages_beside(view, found), *ages_in_company(view, found)]
    for span in reversed(merged(with_lines(view, merged(aged)))):
        if out and is_one_address(view, span, out[-1]):
            out[-1] = replace(out[-1], start=span.start, kind="PLACE", reason="an address")
        else:
            out.append(span)
    return out[::-1]


def is_one_address(view: View, left: Span, right: Span) -> bool:
    """Whether a place or organisation goes on in the place right behind it."""
    gap = view.plain[left.end : right.start]
    return left.kind in {"PLACE", "ORG"} and right.kind == "PLACE" and gap in {", ", ",", " ", ",\n", "\n"}


def ages_beside(view: View, found: Sequence[Span]) -> list[Span]:
    """ "Kian 11 and Tyler-Jay 7": a small number right behind a person's name is an age."""
    ages = []
    for span in found:
        match = AGE_BESIDE.match(view.low, span.end) if span.kind == "PERSON" else None
        for group in ("x", "y") if match else ():
            if match and match[group]:
                ages.append(Span(match.start(group), match.end(group), "DATE", "an exact age"))
    return ages


def ages_in_company(view: View, found: Sequence[Span]) -> list[Span]:
    """Further numbers of a clause that tells an exact age; they may be hours, which costs little."""
    ages = []
    for start, end in {view.clause(s.start, s.end) for s in found if s.reason == "an exact age"}:
        for match in AGE_IN_COMPANY.finditer(view.low, start, end):
            ages.append(Span(*match.span("x"), "DATE", "an exact age"))
    return ages


@lru_cache(maxsize=1)
def ready() -> Anonymiser:
    """The engine with its model, built once in a process. Raises `DetectorMissing` when the extra is absent."""
    return Anonymiser(load_model())

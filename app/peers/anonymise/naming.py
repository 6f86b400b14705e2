"""Which words are names: one score per word out of the model, the lists, the capitals and the words around it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from app.peers.anonymise.lists import Names, commonness, phrases, place_shape, read_data, word_groups
from app.peers.anonymise.model import Guess
from app.peers.anonymise.text import View, Word

NAME_CUES = ("named", "title", "kin", "role", "called")
BEHIND_THE = re.compile(r"\b(?:up|down|off|round) the $")
"""In front of a district: "up the Creggan", "down the gurnos"."""

PRONOUNS = frozenset(["i", "we", "they", "you", "u"])
PLACE_AND_ARTICLE = re.compile(r"\b(?:in|on|at|near|to|from|over|round|up|down|by|past|outside|across|along) the $")


@dataclass(frozen=True, slots=True)
class Scored:
    """A word with its score, the kind it looks like, and the cue before it."""

    word: Word
    score: float
    kind: str
    cue: str
    allowed: bool = False


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(read_data("weights.json"))
    return loaded


def cues() -> dict[str, frozenset[str]]:
    return word_groups("cues.txt")


class WordGuesses:
    """The model's opinion per word: the greatest over the word's tokens."""

    def __init__(self, guesses: Sequence[Guess], length: int) -> None:
        self.best: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)] * length
        for guess in guesses:
            for i in range(guess.start, guess.end):
                self.best[i] = max(self.best[i], (guess.score, guess.name, guess.place))

    def of(self, word: Word) -> tuple[float, float, float]:
        return max(self.best[word.start : word.end], default=(0.0, 0.0, 0.0))


def forms(low: str) -> tuple[str, ...]:
    """The spellings under which a word is looked up: itself, without a lost possessive, its halves."""
    bare = low.replace("'", "")
    out = [low] if low == bare else [low, bare]
    if low.endswith("s") and len(low) > 4:
        out.append(low[:-1])
    return (*out, *(half for half in low.split("-") if "-" in low and len(half) > 2))


class Namer:
    """Scores the words of one text after another; holds the lists."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.allowed = phrases("allowed.txt")

    def scored(self, view: View, guesses: Sequence[Guess], less: Mapping[int, float]) -> list[Scored]:
        """Each word with its score; `less` is what the forms of plain words take away, by where a word starts."""
        opinions = WordGuesses(guesses, len(view.raw))
        allowed = self.allowed_words(view)
        words = view.words
        first = [self.score(view, i, opinions.of(word), word.start in allowed) for i, word in enumerate(words)]
        judged = [replace(item, score=item.score - less.get(item.word.start, 0.0)) for item in first]
        return [beside(judged, i, view) for i in range(len(judged))]

    def allowed_words(self, view: View) -> set[int]:
        """Starts of the words that are part of an allowed name ("Marks and Spencer")."""
        found: set[int] = set()
        words = view.words
        for i in range(len(words)):
            for size in range(1, min(6, len(words) - i) + 1):
                text = view.low[words[i].start : words[i + size - 1].end]
                if text in self.allowed:
                    found.update(w.start for w in words[i : i + size])
        return found

    def score(self, view: View, at: int, opinion: tuple[float, float, float], allowed: bool) -> Scored:
        word, points = view.words[at], weights()
        level = level_of(word.low)
        cue = cue_before(view, at)
        person, place = self.listed(word.low, level)
        total = model_points(opinion[0]) + person + place
        if not person + place and not cue and not behind_article(view, word):
            total += denied_points(view, word, opinion[0])
        if not level and not person and opinion[0] < 0.6 and is_misspelt(word.low):
            total += points["misspelt"]
        total += points["common"][str(level)] if level else points["unknown_word"]
        total += capital_points(view, word, level)
        if level and not word.capital and view.begun and cue not in {"named", "place"} and not self.is_name(word.low):
            total += points["plain_inside"]
        if cue == "named" and level and view.cased and not word.capital:
            cue = "called"
        total += points.get(cue, 0.0) if level != 10 or cue == "named" else points.get(cue, 0.0) / 2
        total += self.after_points(view, at, level)
        total += self.place_points(view, word, cue, level)
        total += points["behind_pronoun"] if level and at and behind_pronoun(view, at) else 0.0
        total += points["allowed"] if allowed else 0.0
        return Scored(word, total, kind_of(opinion, person, place, cue), cue, allowed)

    def is_name(self, low: str) -> bool:
        return low in self.names.given or low in self.names.surnames

    def place_points(self, view: View, word: Word, cue: str, level: int) -> float:
        """What "in", "from" or "near" add: to a word no list has, and to a place that is also a word ("in Bath")."""
        points = weights()
        if not level and BEHIND_THE.search(view.low[: word.start]) and not is_misspelt(word.low):
            return float(points["behind_the"])
        if cue != "place" and not behind_article(view, word):
            return 0.0
        if word.capital and view.cased and level >= 35 and word.low not in self.names.near:
            return float(points["place_capital"])
        if not level:
            return float(points["unknown_place"]) if len(word.low) > 4 and not is_misspelt(word.low) else 0.0
        if word.low not in self.names.near:
            return 0.0
        if view.cased:
            return float(points["near_capital"]) if word.capital else 0.0
        return float(points["near_word"]) if level >= 35 else 0.0

    def after_points(self, view: View, at: int, level: int) -> float:
        """What stands behind: "X's", "X is", "X drives". A common word that is also a name needs an act."""
        word, points = view.words[at], weights()
        given = word.low in self.names.given
        if word.tail:
            total = points["possessive"] if level != 10 or given else 0.0
            return float(total + points["given_possessive"] if given and (word.capital or not view.cased) else total)
        if given and level and followed_by(view, at, "action") and subject_place(view, at):
            return float(points["given_action"] + points["after"])
        if level in {10, 20} or (given and level) or not followed_by(view, at, "after"):
            return 0.0
        return float(points["after"] + (0.0 if level else points["unknown_after"]))

    def listed(self, low: str, level: int) -> tuple[float, float]:
        """Points as a person's name and as a place's, from the lists."""
        points = weights()
        looks = forms(low) if not level else (low,)
        person = points["given"] if any(f in self.names.given for f in looks) else 0.0
        if not (person and level in {10, 20}):
            person += points["surname"] if any(f in self.names.surnames for f in looks) else 0.0
        place = points["near"] if low in self.names.near else points["far"] if low in self.names.far else 0.0
        if not level and not place and len(low) > 5 and place_shape().search(low):
            place = points["place_shape"]
        return (person, 0.0) if person >= place else (person, place)


@lru_cache(maxsize=4096)
def is_misspelt(low: str) -> bool:
    """Whether the word is an everyday word with one letter lost, doubled or swapped: "batery", "freind"."""
    if len(low) < 4:
        return False
    levels = commonness()
    swaps = (low[:i] + low[i + 1] + low[i] + low[i + 2 :] for i in range(len(low) - 1))
    losses = (low[:i] + low[i + 1 :] for i in range(len(low)))
    gains = (low[:i] + c + low[i:] for i in range(len(low) + 1) for c in "abcdefghijklmnopqrstuvwxyz")
    return any(levels.get(form, 99) <= 35 for tries in (swaps, losses, gains) for form in tries)


def level_of(low: str) -> int:
    """How common an English word is: 10 everyday to 60 rare, 0 when it is none."""
    levels = commonness()
    level = levels.get(low, 0) or levels.get(low.replace("'", "").replace("-", ""), 0)
    if not level and low.endswith("'s"):
        level = levels.get(low[:-2], 0)
    halves = low.split("-")
    if not level and len(halves) > 1:
        level = max(levels.get(half, 0) for half in halves) if all(half in levels for half in halves) else 0
    return level


def subject_place(view: View, at: int) -> bool:
    """Whether a name could be the subject here: a sentence or clause begins, not "our hope does"."""
    if at == 0 or view.words[at].opens:
        return True
    gap = view.plain[view.words[at - 1].end : view.words[at].start].strip()
    return bool(gap) or view.words[at - 1].low in {"and", "but", "so", "because", "cos", "then", "when", "if", "that"}


def model_points(share: float) -> float:
    return next((float(p) for floor, p in weights()["model"] if share >= floor), 0.0)


def denied_points(view: View, word: Word, share: float) -> float:
    """What a word that no list has loses when the model sees no name in it either, or when it is all capitals."""
    points = weights()
    lost = next((float(p) for ceiling, p in points["denied"] if share < ceiling), 0.0)
    letters = view.cased and len(word.text) > 1 and word.text.isupper()
    return lost + (float(points["letters"]) if letters else 0.0)


def capital_points(view: View, word: Word, level: int) -> float:
    if not (view.cased and word.capital):
        return 0.0
    return float(weights()["capital_opening" if word.opens else "capital_inside"])


def cue_before(view: View, at: int) -> str:
    """The strongest cue directly before the word, or one more word away: "my daughter X", "PA Y", "called Z"."""
    if at == 0 or view.words[at].opens:
        return ""
    gap = view.plain[view.words[at - 1].end : view.words[at].start]
    if gap.strip(" .,:('\"-") not in {"", "'s", "s"}:
        return ""
    before = view.words[at - 1].low
    return next((group for group in (*NAME_CUES, "place") if before in cues()[group]), "")


def behind_pronoun(view: View, at: int) -> bool:
    """Whether a word without a capital stands right behind "i" or "we", as a verb does: "i mark the days"."""
    before, word = view.words[at - 1], view.words[at]
    gap = view.plain[before.end : word.start]
    return before.low in PRONOUNS and gap == " " and not before.tail and not (view.cased and word.capital)


def behind_article(view: View, word: Word) -> bool:
    """Whether a word with a capital stands behind "in the", "near the": "the ducks on the Serpentine"."""
    return word.capital and bool(PLACE_AND_ARTICLE.search(view.low[max(0, word.start - 16) : word.start]))


def followed_by(view: View, at: int, group: str) -> bool:
    """Whether the next word, with only a space between, is one of a group of cues."""
    if at + 1 >= len(view.words) or view.words[at].tail:
        return False
    gap = view.plain[view.words[at].end : view.words[at + 1].start]
    return gap == " " and view.words[at + 1].low in cues()[group]


def kind_of(opinion: tuple[float, float, float], person: float, place: float, cue: str) -> str:
    """PERSON or PLACE: the lists and the cue decide, then the model."""
    lean = person - place + (opinion[1] - opinion[2]) * 2
    lean += {"title": 2.0, "kin": 2.0, "role": 1.5, "called": 0.5, "place": -1.0}.get(cue, 0.0)
    return "PERSON" if lean >= 0 else "PLACE"


def beside(scored: Sequence[Scored], at: int, view: View) -> Scored:
    """A word beside a sure name gains: "Denise okafor", "P Ramanathan"."""
    here, points = scored[at], weights()
    near = [scored[j] for j in (at - 1, at + 1) if 0 <= j < len(scored) and touching(view, scored, at, j)]
    sure = sum(n.score >= points["threshold"] for n in near)
    if here.allowed or not sure or (level_of(here.word.low) == 10 and (sure < 2 or here.score < 0)):
        return here
    return Scored(here.word, here.score + points["beside_name"] * sure, here.kind, here.cue)


def touching(view: View, scored: Sequence[Scored], at: int, other: int) -> bool:
    first, second = sorted((at, other))
    gap = re.sub(r"\s+", " ", view.plain[scored[first].word.end : scored[second].word.start])
    return gap in {" ", "-", ". "} and not (gap == ". " and scored[first].word.end - scored[first].word.start > 2)

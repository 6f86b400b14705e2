"""Identifiers that a word announces are covered however short and however tied; counts, doses and times are not."""

import random

import pytest

from app.peers.anonymise.announced import announced_spans, with_letters
from app.peers.anonymise.patterns import pattern_spans
from app.peers.anonymise.plainly import plain_points
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View

CUES = (
    "NHS number",
    "hospital no",
    "patient ID",
    "our ref",
    "reference",
    "case number",
    "claim no",
    "council tax reference",
    "EHCP number",
    "blue badge",
    "membership no",
    "driving licence",
    "NI number",
    "cvv",
    "PIN",
    "door code",
    "gate code",
    "username",
    "order number",
    "meter number",
    "H&C number",
    "crime ref",
    "DBS certificate",
    "staff number",
    "booking ref",
    "padlock",
    "share code",
    "voucher code",
    "passcode",
)
SHAPES = (
    "4471",
    "447",
    "ab4471",
    "AB 4471",
    "P.4471.90",
    "44.719.02",
    "AB-44/71",
    "44 / 719 / b",
    "4 4 7 1 9",
    "4,4,7,1",
    "four four seven one",
    "double four seven one nine",
    "c3",
    "c-3",
    "7b",
    "q q 4 4 7 1 9 0 c",
    "AB:4471",
    "BLUE-44-TREE",
    "44719 02267 118",
    "alpha bravo four seven",
    "A B 4 7",
    "E 447",
    "44+71",
    "44·71·90",
    "a.44.71",
)
FRAMES = (
    "my {cue} is {shape}",
    "{cue}: {shape}",
    "{cue} {shape}",
    "({cue} {shape})",
    "{cue}\n{shape}\nthanks",
    "{shape} is my {cue}",
    "{shape}, that's the {cue}",
    "her {cue}'s {shape}, I think",
    "{cue}... {shape}",
    "quote {shape} as the {cue}",
    "the {cue} they gave me was {shape} and nobody asked again",
    "{cue} on the letter says {shape}",
    "{cue} ends {shape}",
)


def told(text: str) -> set[str]:
    return {text[s.start : s.end] for s in announced_spans(View(text))}


def left(text: str, start: int, end: int) -> str:
    """What of `text[start:end]` no rule of forms or announcements covers, marks left out."""
    view = View(text)
    covered = {i for s in (*pattern_spans(view), *announced_spans(view)) for i in range(s.start, s.end)}
    return "".join(text[i] for i in range(start, end) if text[i].isalnum() and i not in covered)


def test_every_shape_is_covered_behind_every_announcement() -> None:
    rng = random.Random(7)
    kept = {}
    for _ in range(600):
        shape = rng.choice(SHAPES)
        text = rng.choice(FRAMES).format(cue=rng.choice(CUES), shape=shape)
        text, shape = (text.lower(), shape.lower()) if rng.random() < 0.4 else (text, shape)
        at = text.index(shape)
        if rest := left(text, at, at + len(shape)):
            kept[text] = rest
    assert kept == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my reference, which nobody ever wants, QX 81", "QX 81"),
        ("my number in the study is 014", "014"),
        ("memorable word gingerbiscuit for the bank", "gingerbiscuit"),
        ("the ref'll be aa-9", "aa-9"),
        ("E 447 is my badge number", "E 447"),
    ],
)
def test_small_words_may_lie_between(text: str, found: str) -> None:
    assert told(text) == {found}


@pytest.mark.parametrize(
    ("text", "start", "end", "whole"),
    [
        ("the council reference ASC 77-4410 is mine", 26, 33, "ASC 77-4410"),
        ("our reference lbxw 77-4410 is mine", 19, 26, "lbxw 77-4410"),
        ("the fine was NE 4071 8832 A.", 16, 25, "NE 4071 8832 A"),
        ("Ring the desk 77-4410 is mine", 14, 21, "77-4410"),
        ("My ref 77-4410 is mine", 7, 14, "77-4410"),
        ("the fine was 4071 8832 A friend paid", 13, 22, "4071 8832"),
    ],
)
def test_letters_around_a_number_belong_to_it(text: str, start: int, end: int, whole: str) -> None:
    found = with_letters(View(text), Span(start, end, "ID", ""))
    assert text[found.start : found.end] == whole


def test_letters_in_front_of_another_find_stay() -> None:
    assert with_letters(View("ASC 77 of us"), Span(4, 6, "DATE", "")) == Span(4, 6, "DATE", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("safe opens with 19 left 42 right 7 then pull", "19 left 42 right 7"),
        ("her ipad is 1 9 5 2 to open", "1 9 5 2"),
        ("the box by the door wants 1 then 4 then 9", "1 then 4 then 9"),
        ("its echo november 44 on the form", "echo november 44"),
        ("J for Juliet, B for Bravo, 31 77 20, D for Delta", "J for Juliet, B for Bravo, 31 77 20, D for Delta"),
        ("paye is 120 / GE 40071, took me", "120 / GE 40071"),
        ("keypad at the hall is 1987x dont tell", "1987x"),
        ("log 412 of the 9th", "412"),
    ],
)
def test_codes_are_covered_by_their_form(text: str, found: str) -> None:
    at = text.index(found)
    assert left(text, at, at + len(found)) == ""


@pytest.mark.parametrize(
    "text", ["a 2000w kettle", "the 1980s were good", "a circle of 1500mm", "one for me, two for you"]
)
def test_figures_that_measure_are_no_codes(text: str) -> None:
    assert [span for span in pattern_spans(View(text)) if span.kind == "ID"] == []


@pytest.mark.parametrize(
    "text",
    [
        "the bus number is 36",
        "page number 9b",
        "what is the dress code 2b or not",
        "the case is 12 people long",
        "customer is 82",
        "the alarm is 7.30",
        "the door is 80cm wide",
        "ref 2 weeks ago",
        "order number two and number three",
        "the login page never loads",
        "password this, password that",
        "the code says 24 hours",
        "a card and £40",
        "member 10 years",
        "Bank changed. New one is late.",
        "Bank changed. New one is 20-99-41 70915528.",
    ],
)
def test_what_counts_measures_or_names_a_bus_stays(text: str) -> None:
    assert told(text) == set()


def test_a_word_against_a_digit_is_a_unit_and_no_name() -> None:
    text = "The worktop is 92cm and the reading hba1c 64."
    assert {text[at:][:2] for at in plain_points(View(text))} >= {"cm", "hb"}


@pytest.mark.parametrize(
    ("text", "begun"),
    [("She swims. I watch.", True), ("she swims. I watch.", False), ("She swims and i watch.", False), ("...", False)],
)
def test_a_text_is_begun_when_sentences_and_i_have_their_capital(text: str, begun: bool) -> None:
    assert View(text).begun is begun

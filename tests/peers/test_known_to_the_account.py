"""What the account knows is found first: with one letter wrong, and common words place by place."""

import random

import pytest

from app.peers.anonymise.known import Known, KnownItem, is_everyday, kept_places, known_spans, read_known
from app.peers.anonymise.text import View
from tests.peers.anonymiser.balance import communities
from tests.peers.anonymiser.evasions import NAMES, PLACES, typo

FRAMES = ("We asked {} again.", "{} came at nine.", "i told {} no", "Thanks ({}).", "with {}'s help")


def found(text: str, *items: KnownItem) -> list[str]:
    return [text[s.start : s.end] for s in known_spans(View(text), Known(items))]


def test_every_known_name_is_found_with_a_letter_wrong() -> None:
    rng = random.Random(7)
    everyone = [*NAMES, *PLACES, *(n for names in communities().values() for n in names)]
    missed = []
    for name in everyone:
        for frame in FRAMES:
            said = typo(name, rng)
            if not is_everyday(said.lower()) and not found(frame.format(said), KnownItem(name, "ORG")):
                missed.append((name, frame.format(said)))
    assert missed == []


@pytest.mark.parametrize("said", ["07700 900184", "07700-900-184", "0770 0900 184", "07700 900148", "07700 900 194"])
def test_a_known_number_is_found_in_any_grouping_and_with_a_digit_wrong(said: str) -> None:
    assert found(f"ring {said} after six", KnownItem("07700 900184", "CONTACT")) == [said]


def test_each_line_of_a_known_address_counts() -> None:
    address = KnownItem("18 Harcourt Buildings, Oldshaw, M15 6AB", "PLACE")
    assert found("moved from harcourt buildings to Olshaw", address) == ["harcourt buildings", "Olshaw"]


def test_a_typo_that_is_another_word_is_no_name() -> None:
    assert found("it was late and we were as if asleep", KnownItem("Kate"), KnownItem("Asif")) == []


def test_a_common_word_stays_where_it_is_one_and_is_shown() -> None:
    known = Known((KnownItem("Hope"), KnownItem("May")))
    text = "I hope Hope may come in May with Hope's dad."
    assert sorted(s.start for s in known_spans(View(text), known)) == [7, 24, 33]
    assert sorted(s.start for s in kept_places(text, known)) == [2, 12]


def test_a_role_of_the_list_is_what_is_said_instead() -> None:
    lines = ['{"text": "Aisha", "kind": "PERSON", "role": "my daughter"}']
    known = read_known(lines)
    (span,) = known_spans(View("Aisha sings."), known)
    assert span.role == "my daughter"


@pytest.mark.parametrize("line", ['{"text": ""}', '{"kind": "PERSON"}', '{"text": "A", "kind": "DOG"}', "{broken"])
def test_a_line_that_makes_no_sense_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_known([line])

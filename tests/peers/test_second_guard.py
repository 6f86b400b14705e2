"""The second guard: nothing of an account, no contact and no identifier passes, however it is disguised."""

import json
from pathlib import Path

import pytest

from app.peers.anonymise.guard import check
from app.peers.anonymise.known import Known, KnownItem
from tests.peers.anonymiser.evasions import account, evasions
from tests.peers.anonymiser.marked import cases

NOTHING = Known()
HOPE = Known((KnownItem("Hope"), KnownItem("Will Grange")))


def kinds(text: str, known: Known = NOTHING) -> set[str]:
    return {finding.kind for finding in check(text, known)}


def test_none_of_two_thousand_evasions_passes() -> None:
    assert [e for e in evasions(2000, seed=20) if not check(e.text, account())] == []


def test_texts_that_give_nobody_away_pass() -> None:
    clean = [case.text for case in cases() if not case.spans]
    for file in sorted((Path(__file__).parent / "corpus").glob("tune-*.jsonl")):
        lines = map(json.loads, file.read_text(encoding="utf8").splitlines())
        clean += [line["text"] for line in lines if not line["spans"]]
    assert {text for text in clean if check(text, account())} == set()


@pytest.mark.parametrize(
    "text",
    ["ring 07700 900184", "ring oh seven seven double oh nine oh oh one eight four",
     "0\u200b7\u200b7\u200b0\u200b0900184",
     "O77OO 9OO I84", "nine nine nine five nine zero eight three oh one", "0\n7\n7\n0\n0\n9\n0\n0\n1\n8\n4"],
)  # fmt: skip
def test_a_telephone_in_disguise_is_refused(text: str) -> None:
    assert kinds(text) & {"ID", "CONTACT"}


@pytest.mark.parametrize(
    "text", ["a.b@example.com", "a dot b at example dot com", "a b @ e x a m p l e . c o m", "www.x.org"]
)
def test_a_mail_address_or_link_in_disguise_is_refused(text: str) -> None:
    assert "CONTACT" in kinds(text)


@pytest.mark.parametrize("text", ["there's 28 in a packet", "the PIP one, A4, both sides", "it's 12 in and I'm glad"])
def test_plain_words_beside_numbers_are_no_postcode(text: str) -> None:
    assert check(text, NOTHING) == []


@pytest.mark.parametrize("text", ["M15 6AB", "m1 5 6 a b", "M one five six AB", "MI5 6A8", "Ｍ15 6АВ"])
def test_a_full_postcode_in_disguise_is_refused(text: str) -> None:
    assert "PLACE" in kinds(text)


@pytest.mark.parametrize(
    "text", ["Wioletta", "w i o l e t t a", "W10l3tt4", "Wіolеttа", "Wioleta", "Wiloetta", "WIO\nLETTA"]
)
def test_a_known_name_in_disguise_is_refused(text: str) -> None:
    assert "PERSON" in kinds(f"Thanks to {text} again", Known((KnownItem("Wioletta"),)))


@pytest.mark.parametrize("text", ["I hope so.", "We lost hope twice.", "Will you come?", "It will be fine."])
def test_a_known_name_may_stay_where_it_is_a_word(text: str) -> None:
    assert check(text, HOPE) == []


@pytest.mark.parametrize("text", ["Thanks to Hope we went.", "my carer hope came", "Ask Will.", "H0pe came", "H o p e"])
def test_the_same_name_is_refused_where_it_is_a_person(text: str) -> None:
    assert "PERSON" in kinds(text, HOPE)


@pytest.mark.parametrize(
    "text", ["It costs £1,250 a year.", "From 9.30 to 11.45 on weekdays.", "10,000 steps", "24 hours, 7 days"]
)
def test_money_and_times_pass(text: str) -> None:
    assert check(text, NOTHING) == []


def test_a_finding_says_where() -> None:
    text = "Well: ring \u200b07700 900184 now"
    (found,) = [f for f in check(text, NOTHING) if f.kind == "ID"]
    assert text[found.start : found.end] == "07700 900184"

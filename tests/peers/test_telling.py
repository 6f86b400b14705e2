"""Rare things that no rule foresees are found by meaning; words that are also names stay where they are words."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from app.peers.anonymise import model, telling
from app.peers.anonymise.engine import Anonymiser, ready
from app.peers.anonymise.plainly import plain_points
from app.peers.anonymise.rare import rare_spans
from app.peers.anonymise.telling import LONGEST, Judge, judge, scores_of, stretches, told_spans
from app.peers.anonymise.text import View
from tests.peers.anonymiser import teach_names
from tests.peers.anonymiser.teach import SETS


@cache
def engine() -> Anonymiser:
    return ready()


def covered(text: str, kind: str = "RARE") -> list[str]:
    return [text[s.start : s.end] for s in engine().spans(text) if s.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "I was knocked off my stilts by the mayor at the opening of the pier.",
        "My father was the man who taught the seals to sing for the opera.",
        "A meteorite came through the roof of our caravan.",
        "the bus went into the river and i was on the back seat",
    ],
)
def test_a_thing_that_no_rule_foresees_is_covered(text: str) -> None:
    assert covered(text)


@pytest.mark.parametrize(
    "text",
    [
        "I like toast in the morning and a walk after.",
        "We put the rail by the bath and it took ten minutes.",
        "She comes on Mondays and we do the shopping.",
        "The first one was late and the last one was rude.",
    ],
)
def test_an_ordinary_day_stays_whole(text: str) -> None:
    assert engine().spans(text) == []


def judged_by(monkeypatch: pytest.MonkeyPatch, **changed: float) -> None:
    said = judge()
    parts = {"bias": said.bias, "tells": said.tells, "plain": said.plain} | changed
    other = Judge(said.mean, said.most, said.least, **parts)
    monkeypatch.setattr(telling, "judge", lambda: other)


def test_what_a_rule_finds_in_a_plain_clause_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Last one talked over me to my husband."
    assert [span.role for span in rare_spans(View(text))] == ["clause"]
    assert covered(text) == []
    judged_by(monkeypatch, plain=-99.0)
    assert covered(text) != []


@pytest.mark.parametrize("text", ["He has Batten disease.", "They say it is one in two million."])
def test_what_is_surely_rare_stays_rare_whatever_the_judge_says(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    judged_by(monkeypatch, plain=99.0)
    assert covered(text)


def test_a_clause_is_covered_from_the_border_on() -> None:
    scores = {(0, 9): judge().tells, (10, 19): judge().tells - 0.01}
    assert [(s.start, s.end) for s in told_spans(scores)] == [(0, 9)]


def test_a_clause_without_an_end_is_judged_in_stretches_that_leave_out_no_word() -> None:
    text = " ".join(["we had tea and toast then"] * 20)
    view = View(text)
    parts = list(stretches(view))
    assert len(parts) > 1
    assert all(len(text[a:b].split()) == LONGEST for a, b in parts)
    assert {i for a, b in parts for i in range(a, b) if text[i] != " "} == {i for i, c in enumerate(text) if c != " "}


def test_a_rare_thing_inside_a_text_without_marks_is_covered() -> None:
    text = (
        "we do the shop on monday and then we have a rest and a cup of tea and on tuesday it is the club and the bus "
        "i was the first man to be shot out of a cannon at the circus and my legs never mended so i need a "
        "hand with the bath and the shopping and the pills and then it is bed"
    )
    assert any("cannon" in part for part in covered(text))


def test_the_model_shows_its_states_beside_its_answer() -> None:
    reading = engine().detector.reading("Aisha likes trains.")
    assert len(reading.guesses) == len(reading.states)
    assert (
        {len(state.numbers) for state in reading.states}
        == {len(judge().mean)}
        == {len(judge().most)}
        == {len(judge().least)}
    )


def test_states_of_windows_lie_where_their_words_are() -> None:
    text = "We like the garden and the kettle. " * 40 + "Then it rained."
    starts = {state.start for state in engine().detector.reading(text).states}
    assert text.index("rained") in starts
    assert all(0 <= start < len(text) for start in starts)


def test_a_field_of_a_protocol_buffer_says_its_number_and_length() -> None:
    assert model.field_of(1, b"ab") == b"\x0a\x02ab"


def test_the_judge_weighs_the_mean_the_greatest_and_the_least_of_its_tokens() -> None:
    arrays: Any = pytest.importorskip("numpy")
    weighs = Judge(mean=[1.0, 0.0], most=[0.0, 1.0], least=[0.0, 10.0], bias=0.5, tells=0, plain=0)
    assert weighs.score([arrays.array([1.0, 4.0]), arrays.array([3.0, 2.0])]) == pytest.approx(2.0 + 4.0 + 20.0 + 0.5)


def test_a_text_without_words_has_no_scores() -> None:
    view = View("... !")
    assert scores_of(view, engine().detector.reading(view.plain).states) == {}


def test_what_is_kept_back_teaches_nothing() -> None:
    taught = [*SETS.values(), *teach_names.SETS.values()]
    assert not any("check" in files or "blind" in files for files in taught)


WORDS = [
    "Olive oil and a sharp knife, that is lunch.",
    "Rob a bank, they said, and laughed.",
    "Grace and patience got us through.",
    "Bill came to £30 and they sent it twice.",
    "Ivy on the wall and a chair under it.",
    "Dawn is my best time.",
    "A robin does the rounds each morning.",
    "We had shepherd's pie and watched Bargain Hunt.",
]


@pytest.mark.parametrize("text", WORDS)
def test_a_word_that_is_also_a_name_stays_where_it_is_a_word(text: str) -> None:
    assert covered(text, "PERSON") == []


@pytest.mark.parametrize("text", [t for t in WORDS if not t.startswith("We")])
def test_it_is_the_form_that_lets_it_stay(text: str) -> None:
    assert plain_points(View(text))


@pytest.mark.parametrize(
    "text",
    [
        "Olive brings soup.",
        "Ask Rob about the ramp.",
        "Ivy next door has my key.",
        "Dawn rang twice.",
        "Grace and Amir.",
    ],
)
def test_the_same_word_as_a_name_is_covered(text: str) -> None:
    assert covered(text, "PERSON")


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_rare_things_are_found_however_they_are_written(change: Callable[[str], str]) -> None:
    assert covered(change("A meteorite came through the roof of our caravan."))

"""What the model makes of a word where it stands says whether it is a name; one alone in a text needs more proof."""

from functools import cache
from typing import Any

import pytest

from app.peers.anonymise import hearing
from app.peers.anonymise.engine import Anonymiser, ready, threshold
from app.peers.anonymise.hearing import Hearing, first_states, heard, surely_named
from app.peers.anonymise.model import State
from app.peers.anonymise.naming import Scored
from app.peers.anonymise.naming_spans import name_spans
from app.peers.anonymise.plainly import plain_points
from app.peers.anonymise.spans import Span
from app.peers.anonymise.text import View


@cache
def engine() -> Anonymiser:
    return ready()


def points_of(text: str, word: str) -> tuple[float, float]:
    """The points of the first `word` of a text before and after the judge."""
    view = View(text)
    reading = engine().detector.reading(view.plain)
    before = engine().namer.scored(view, reading.guesses, plain_points(view))
    at = next(i for i, item in enumerate(before) if item.word.low == word)
    return before[at].score, heard(before, reading.states, (), engine().namer.names)[at].score


def judged_by(monkeypatch: pytest.MonkeyPatch, **changed: float) -> None:
    said = hearing.hearing()
    parts = {"bias": said.bias, "share": said.share, "most": said.most, "alone": said.alone} | changed
    monkeypatch.setattr(hearing, "hearing", lambda: Hearing(said.weights, **parts))


@pytest.mark.parametrize(
    ("named", "plain", "word"),
    [
        ("I told clay about the ramp and he laughed.", "I like clay because it is squishy.", "clay"),
        ("ask robin to bring the chair", "there is a robin on the fence", "robin"),
    ],
)
def test_a_word_gains_more_as_a_name_than_as_a_word(named: str, plain: str, word: str) -> None:
    gains = [after - before for before, after in (points_of(named, word), points_of(plain, word))]
    assert gains[0] > gains[1]


def test_no_word_gains_or_loses_more_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Aisha likes trains."
    judged_by(monkeypatch, bias=1000.0)
    before, after = points_of(text, "aisha")
    assert after - before == pytest.approx(hearing.hearing().most)
    judged_by(monkeypatch, bias=-1000.0)
    before, after = points_of(text, "aisha")
    assert before - after == pytest.approx(hearing.hearing().most)


def test_the_judge_can_take_a_name_away_and_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The kettle is warm and so am I."
    assert engine().spans(text) == []
    judged_by(monkeypatch, bias=1000.0, most=99.0)
    assert engine().spans(text) != []
    judged_by(monkeypatch, bias=-1000.0, most=99.0)
    assert engine().spans("We saw Aisha there.") == []


def test_a_word_that_its_form_says_to_be_plain_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, bias=1000.0)
    view = View("Grace and patience got us through Whitsun.")
    reading = engine().detector.reading(view.plain)
    plain = plain_points(view)
    before = engine().namer.scored(view, reading.guesses, plain)
    after = heard(before, reading.states, plain, engine().namer.names)
    assert view.words[0].start in plain
    assert after[0].score == before[0].score
    assert after[-1].score > before[-1].score


def test_an_everyday_word_is_no_name_by_its_sound_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The kettle is warm and so am I."
    judged_by(monkeypatch, bias=1000.0)
    assert points_of(text, "the")[0] == points_of(text, "the")[1]
    judged_by(monkeypatch, bias=-1000.0)
    assert points_of(text, "the")[0] > points_of(text, "the")[1]


def test_an_everyday_word_that_is_also_a_name_may_gain(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, bias=1000.0)
    before, after = points_of("will does tuesdays", "will")
    assert after > before


def named_alone(view: View, score: float) -> bool:
    """Whether the first word of a text, with so many points, is sure enough to be all that the text tells."""
    scored = [Scored(word, -9.0 if at else score, "PERSON", "") for at, word in enumerate(view.words)]
    return surely_named(scored, name_spans(view, scored, threshold(view)), threshold(view))


def test_a_name_that_is_all_a_text_tells_is_surer_than_others() -> None:
    view = View("Clay likes trains.")
    border = threshold(view) + hearing.hearing().alone
    assert named_alone(view, border)
    assert not named_alone(view, border - 0.01)


def test_a_doubtful_name_counts_beside_another_find(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, alone=99.0)
    assert engine().spans("We saw Aisha there.") == []
    assert len(engine().spans("We saw Aisha there, ring 07700 900318.")) == 2


def test_a_text_without_names_has_none_that_is_sure() -> None:
    assert not surely_named([], [], 0.0)
    assert not surely_named([], [Span(0, 3, "PERSON", "")], 0.0)


def test_of_two_readings_of_a_place_the_first_counts() -> None:
    first: Any = object()
    assert first_states([State(0, first), State(4, object()), State(0, object())])[0] is first


def test_the_judge_weighs_as_many_numbers_as_the_model_shows() -> None:
    states = engine().detector.reading("Aisha likes trains.").states
    assert {len(state.numbers) for state in states} == {len(hearing.hearing().weights)}

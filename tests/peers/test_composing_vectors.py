"""How a finished text is made of a checked one: the phone shows it by the same vectors (tests/js/sharing.test.mjs)."""

import json
from pathlib import Path

import pytest

from app.peers.composing import checked_again, compose, with_faint

TEXTS = json.loads((Path(__file__).parents[1] / "vectors/composing.json").read_text(encoding="utf-8"))["texts"]


@pytest.mark.parametrize("text", TEXTS, ids=[one["name"] for one in TEXTS])
def test_a_finished_text_is_as_worked_out_by_hand(text):
    assert compose(text["parts"], text["hidden"], text["revealed"]) == text["final"]


def test_words_that_few_texts_hold_are_named_and_plain_ones_are_not():
    (found,) = with_faint([{"t": "Jolanta didn't bring the zamboni, she can't swim."}])
    assert found["f"] == ["jolanta", "zamboni"]


def test_a_find_and_a_plain_run_name_none():
    runs = [{"t": "She swims."}, {"t": "Jolanta", "k": "PERSON"}]
    assert with_faint(runs) == runs


def test_a_known_name_that_is_also_a_word_is_named():
    (found,) = with_faint([{"t": "There is hope."}], {"hope"})
    assert found["f"] == ["hope"]


def test_a_finished_text_is_checked_again_without_finds():
    assert checked_again({"goal": "She swims."}) == {"goal": [{"t": "She swims."}]}

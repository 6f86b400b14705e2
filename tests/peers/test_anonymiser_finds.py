"""What the anonymiser finds: our own cases, one by one, and the development texts as a floor."""

from functools import cache
from itertools import pairwise

import pytest

from app.peers.anonymise.engine import Anonymiser, ready
from tests.peers.anonymiser.marked import Marked, cases


@cache
def engine() -> Anonymiser:
    return ready()


def left_open(case: Marked) -> list[str]:
    """The marked stretches of which a character stays."""
    covered = {i for span in engine().spans(case.text) for i in range(span.start, span.end)}
    solid = [[i for i in range(a, b) if not case.text[i].isspace()] for a, b in case.spans]
    return [case.text[s[0] : s[-1] + 1] for s in solid if not covered.issuperset(s)]


@pytest.mark.parametrize("case", [c for c in cases() if c.spans], ids=lambda c: c.text[:40])
def test_what_gives_somebody_away_is_covered(case: Marked) -> None:
    assert left_open(case) == []


@pytest.mark.parametrize("case", [c for c in cases() if not c.spans], ids=lambda c: c.text[:40])
def test_a_text_that_gives_nobody_away_stays_whole(case: Marked) -> None:
    assert engine().spans(case.text) == []


def test_spans_are_in_order_and_do_not_overlap() -> None:
    for case in cases():
        spans = engine().spans(case.text)
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_offsets_hold_with_accents_in_two_characters_and_emoji() -> None:
    text = "🙂👍🏽 Ask Zoe\u0308 or Sia\u0302n, they know."
    assert [text[s.start : s.end] for s in engine().spans(text)] == ["Zoe\u0308", "Sia\u0302n"]


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "£", "İ", "\u200b", "a" * 3000, "x " * 2000])
def test_odd_texts_do_no_harm(text: str) -> None:
    assert all(0 <= s.start < s.end <= len(text) for s in engine().spans(text))


def test_a_name_across_the_windows_of_the_model_is_found() -> None:
    text = "We like the garden and the kettle. " * 14 + "Then Oluwaseun Adebayo came. " + "We had tea. " * 40
    assert "Oluwaseun Adebayo" in [text[s.start : s.end] for s in engine().spans(text)]

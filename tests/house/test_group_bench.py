"""The bench of groups tells when one opens slowly or scrolls in jerks, and when it measured nothing."""

from tests.bench.groups import EXAMPLES, MOST_OPEN_MS, Measured, misses


def measured(*, examples: int = EXAMPLES, opened: float = MOST_OPEN_MS, frames: int = 600, late: int = 30) -> Measured:
    return Measured(examples, opened, [opened], frames, late, 40.0)


def test_a_group_that_opens_in_time_and_scrolls_well_is_fine() -> None:
    assert misses(measured()) == []


def test_slow_opening_late_frames_and_a_scroll_that_never_was_are_found() -> None:
    assert misses(measured(opened=301)) == ["The group opened in 301 ms; 300 at most."]
    assert misses(measured(late=31)) == ["5.2% of the frames came late; 5% at most."]
    assert misses(measured(examples=49)) == ["49 examples stood there, not 50."]
    assert misses(measured(frames=0, late=0)) == ["Nothing scrolled."]

"""The bench of taps runs, and says which of them a slow phone answers late."""

import pytest

from tests.bench.taps import TAPS, Measured, measure, misses

pytestmark = pytest.mark.browser


def test_every_common_tap_is_measured_until_its_answer_is_there() -> None:
    found = measure(times=1, entries=0)
    assert [one.name for one in found] == [tap.name for tap in TAPS]
    assert all(one.there > 0 and one.median > 0 for one in found)


def test_a_tap_that_is_answered_late_is_said() -> None:
    found = [Measured("quick", 16, 200, 300), Measured("slow", 16, 208, 300)]
    assert misses(found) == ["slow: 208 ms to the next paint; 200 at most."]

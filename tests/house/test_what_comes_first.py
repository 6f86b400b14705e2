"""The bench of the first opening tells what could have waited, and when there are too many requests or bytes."""

from app.core.assets import Assets
from app.core.assets_build import build
from tests.bench.first_load import MOST_BYTES, MOST_REQUESTS, NAMED, Load, misses, strangers


def load(*more: str, requests: int = MOST_REQUESTS, size: int = MOST_BYTES) -> Load:
    build()
    assets = Assets()
    needed = [*NAMED, *assets.start_urls(), *assets.step_urls("first")]
    return Load(requests, size, 1_000.0, dict.fromkeys([*needed, *more], 1))


def test_what_the_first_sight_needs_is_no_stranger() -> None:
    assert misses(load()) == []


def test_icons_and_other_tabs_that_come_early_are_found() -> None:
    sheet, tab = Assets().url("built/icons.svg"), Assets().url("js/plans/plan.js")
    assert strangers(load(sheet, tab)) == ["static/built/icons.svg", "static/js/plans/plan.js"]
    assert misses(load(sheet)) == ["static/built/icons.svg can wait until the money stands there."]


def test_one_request_or_byte_too_many_is_found() -> None:
    assert len(misses(load(requests=MOST_REQUESTS + 1, size=MOST_BYTES + 1))) == 2

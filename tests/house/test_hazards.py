"""The hazard log: for every hazard a control is taken out, and a test that the log names notices."""

import re
from pathlib import Path

import pytest

from tests.house.planted import (
    IN_PYTHON,
    NOTHING_OUT,
    NOTICED,
    ON_THE_PHONE,
    PLANTS,
    Plant,
    planned,
    try_on_the_phone,
    try_python,
    without,
)

LOG = Path(__file__).resolve().parents[2] / "docs/clinical-safety.md"


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """What the tests said, each without its control."""
    return try_python(planned())


@pytest.mark.parametrize("plant", IN_PYTHON, ids=lambda one: f"{one.hazard} {one.name}")
def test_a_control_that_is_taken_out_is_noticed(plant: Plant, said: dict[str, str]) -> None:
    assert said[plant.test] == NOTICED


@pytest.mark.parametrize("plant", ON_THE_PHONE, ids=lambda one: f"{one.hazard} {one.name}")
def test_a_control_of_the_phone_that_is_taken_out_is_noticed(plant: Plant, tmp_path: Path) -> None:
    assert try_on_the_phone(plant, tmp_path) == NOTICED


def test_taking_nothing_out_is_not_noticed(said: dict[str, str], tmp_path: Path) -> None:
    assert said[NOTHING_OUT.test] == "passed"
    [first, *_] = ON_THE_PHONE
    assert try_on_the_phone(Plant("", first.test, first.function, first.old, first.old), tmp_path) == "passed"


def test_words_that_are_not_in_the_control_are_found() -> None:
    lost = Plant("H5", "", "app.core.money:parse_amount", "if amount == 5:", "")
    with pytest.raises(AssertionError, match="parse_amount"), without(lost):
        pass


def hazards(text: str) -> dict[str, str]:
    """Each hazard and what is said of it."""
    parts = re.split(r"^## (H\d+)\. ", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def unplanted(text: str) -> set[str]:
    """Hazards of whose named tests none is proven by a plant."""
    proven = {(one.hazard, one.name) for one in PLANTS}
    return {
        hazard
        for hazard, said in hazards(text).items()
        if not any(whose == hazard and name in " ".join(said.split()) for whose, name in proven)
    }


def test_every_hazard_has_a_named_test_that_notices_when_its_control_is_gone() -> None:
    text = LOG.read_text(encoding="utf-8")
    assert len(hazards(text)) >= 9
    assert unplanted(text) == set()
    assert unplanted(text + "\n## H99. A new one\nSomething.\n") == {"H99"}


def test_every_plant_stands_under_its_hazard_in_the_log() -> None:
    said = {hazard: " ".join(words.split()) for hazard, words in hazards(LOG.read_text(encoding="utf-8")).items()}
    assert [one.name for one in PLANTS if one.name not in said[one.hazard]] == []

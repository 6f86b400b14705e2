"""The starter directory is whole, plain and honest."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from marshmallow import ValidationError

from app.options.models import NEEDS, WAYS
from app.options.schemas import SIDES, OptionShape
from app.options.service import DATA, option_id, read_starter

ICONS = Path(__file__).resolve().parents[2] / "app/static/icons/icons.txt"
SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+")
CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
# The only short forms: a name that everyone in the UK knows, and a body that is explained beside every source.
KNOWN_SHORT = {"NHS", "NICE", "UK"}


@pytest.fixture(scope="module")
def options() -> list[dict[str, Any]]:
    """All starter options."""
    return read_starter()


def texts(option: dict[str, Any]) -> list[str]:
    """Every text of an option that stands on a screen."""
    ways = [way["words"] for way in option["ways"]]
    source = option["evidence"]["source"] or ""
    return [
        option["what"],
        option["who"],
        option["risks"],
        option["agree"] or "",
        option["evidence"]["words"],
        source,
        *ways,
    ]


def test_there_are_at_least_84_kinds_of_support(options: list[dict[str, Any]]) -> None:
    assert len(options) >= 84


def test_no_slug_name_or_text_stands_there_twice(options: list[dict[str, Any]]) -> None:
    for field in ("slug", "name", "what", "who"):
        assert [value for value, count in Counter(one[field] for one in options).items() if count > 1] == []


def test_ids_come_from_slugs_and_differ(options: list[dict[str, Any]]) -> None:
    assert option_id("choir") == option_id("choir")
    assert len({option_id(one["slug"]) for one in options}) == len(options)


def test_every_sentence_has_at_most_twenty_words(options: list[dict[str, Any]]) -> None:
    sentences = [s for one in options for text in texts(one) for s in SENTENCE_ENDS.split(text)]
    assert [s for s in sentences if len(s.split()) > 20] == []


def test_nothing_is_said_in_capitals_that_nobody_explains(options: list[dict[str, Any]]) -> None:
    found = {short for one in options for text in [one["name"], *texts(one)] for short in CAPITALS.findall(text)}
    assert found <= KNOWN_SHORT


def test_texts_end_as_sentences_do(options: list[dict[str, Any]]) -> None:
    for one in options:
        ends = [one["what"], one["who"], one["risks"], one["evidence"]["words"], *(way["words"] for way in one["ways"])]
        assert [text for text in ends if not text.endswith(".")] == []


def test_every_icon_is_in_the_sheet(options: list[dict[str, Any]]) -> None:
    lines = ICONS.read_text(encoding="utf-8").splitlines()
    drawn = {line.split()[0] for line in lines if line and not line.startswith("#") and "regular" in line.split()}
    assert {one["icon"] for one in options} <= drawn


def test_money_is_whole_pence_and_says_how_it_is_known(options: list[dict[str, Any]]) -> None:
    for cost in (one["cost"] for one in options):
        assert type(cost["low"]) is int
        assert type(cost["high"]) is int
        assert cost["basis"] == "our estimate, not checked against price lists"


def test_ways_stand_in_the_order_of_the_screen_each_once(options: list[dict[str, Any]]) -> None:
    for one in options:
        kinds = [WAYS.index(way["kind"]) for way in one["ways"]]
        assert kinds == sorted(set(kinds)), one["slug"]


def test_the_directory_covers_every_need_and_every_side_of_life(options: list[dict[str, Any]]) -> None:
    assert {one["need"] for one in options} == set(NEEDS)
    sides = Counter(side for one in options for side in one["sides"])
    assert all(sides[side] >= 4 for side in SIDES), sides


def test_much_of_it_is_free_or_can_be_had_at_home(options: list[dict[str, Any]]) -> None:
    assert sum(one["cost"]["low"] == 0 for one in options) >= 40
    assert sum(one["at_home"] for one in options) >= 40


@pytest.mark.parametrize("file", sorted(DATA.glob("*.json")), ids=lambda path: path.stem)
def test_the_files_hold_nothing_but_a_need_and_its_options(file: Path) -> None:
    assert set(json.loads(file.read_text(encoding="utf-8"))) == {"need", "options"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sides", ["spiritual"]),
        ("ways", []),
        ("price", 3),
        ("cost", {"low": 1.5, "high": 2, "per": "hour", "as_of": "2026-11", "basis": "a guess"}),
        ("cost", {"low": 3, "high": 2, "per": "hour", "as_of": "2026-11", "basis": "a guess"}),
        ("cost", {"low": 1, "high": 2, "per": "hour", "as_of": "2026-13", "basis": "a guess"}),
        ("evidence", {"level": 3, "words": "Studied well.", "source": None}),
        ("evidence", {"level": 4, "words": "Magic.", "source": "A friend"}),
    ],
)
def test_an_option_of_another_shape_is_refused(options: list[dict[str, Any]], field: str, value: object) -> None:
    OptionShape().load(options[0])
    with pytest.raises(ValidationError):
        OptionShape().load({**options[0], field: value})

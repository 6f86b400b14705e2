"""What the phone says of groups without signal is what the server holds to."""

import re

import pytest

from app.peers import words
from app.peers.policy import FEWEST_SEATS, RULES

PHONE = "app/static/js/peers"


def test_the_phone_has_the_rules_of_the_server_word_for_word(project):
    source = (project / PHONE / "rules.js").read_text(encoding="utf-8")
    assert tuple(re.findall(r'^  "(.*)",$', source, re.MULTILINE)) == RULES


def test_the_phone_names_as_many_people_as_open_a_group(project):
    source = (project / PHONE / "words.js").read_text(encoding="utf-8")
    assert re.findall(r"FEWEST = (\d+);", source) == [str(FEWEST_SEATS)]


PAIR = re.compile(r'\["(\w+)", "([^"]+)"\]')
LISTS = {"OUTCOMES": words.OUTCOME_WORDS, "BANDS": words.BAND_WORDS}


@pytest.mark.parametrize("name", LISTS)
def test_a_code_is_called_the_same_on_the_phone_and_for_a_second_reader(project, name):
    source = (project / PHONE / "words.js").read_text(encoding="utf-8")
    listed = source.partition(f"export const {name} = [")[2].partition("];")[0]
    assert dict(PAIR.findall(listed)) == LISTS[name]


def test_an_attribute_is_called_the_same_on_the_phone_and_for_a_second_reader(project):
    source = (project / PHONE / "words.js").read_text(encoding="utf-8").partition("ATTRIBUTES = {")[2]
    _, *named = re.split(r"^  (\w+): \[", source, flags=re.MULTILINE)
    listed = {name: dict(PAIR.findall(part)) for name, part in zip(named[::2], named[1::2], strict=True)}
    assert {**listed, "money": words.BAND_WORDS} == words.ATTRIBUTE_WORDS


def test_a_side_of_life_and_a_part_are_called_the_same_on_both(project):
    sides = (project / "app/static/js/plans/sides.js").read_text(encoding="utf-8")
    assert dict(re.findall(r'code: "(\w+)", words: "([^"]+)"', sides)) == words.SIDE_WORDS
    parts = (project / PHONE / "words.js").read_text(encoding="utf-8").partition("PART_WORDS = {")[2].partition("};")[0]
    assert dict(re.findall(r'^  (\w+): "([^"]+)",$', parts, re.M)) == words.PART_WORDS

"""What the phone says of groups without signal is what the server holds to."""

import re

from app.peers.policy import FEWEST_SEATS, RULES

PHONE = "app/static/js/peers"


def test_the_phone_has_the_rules_of_the_server_word_for_word(project):
    source = (project / PHONE / "rules.js").read_text(encoding="utf-8")
    assert tuple(re.findall(r'^  "(.*)",$', source, re.MULTILINE)) == RULES


def test_the_phone_names_as_many_people_as_open_a_group(project):
    source = (project / PHONE / "held.js").read_text(encoding="utf-8")
    assert re.findall(r"FEWEST = (\d+);", source) == [str(FEWEST_SEATS)]

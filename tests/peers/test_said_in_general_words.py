"""The rewritten text reads as English and says the same of the same find throughout an example."""

import pytest

from app.peers.anonymise.engine import ready
from app.peers.anonymise.standins import StandIns, rewrite


def said(text: str, memory: StandIns | None = None) -> str:
    return rewrite(text, ready().spans(text), memory or StandIns())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("My daughter Aisha is 14.", "My daughter is under 20."),
        ("Her PA Kelly-Anne drives.", "Her PA drives."),
        ("We see Dr Abernethy on Mondays.", "We see a doctor on Mondays."),
        ("Callum swims.", "This person swims."),
        ("We go to Thornley Park Leisure Centre.", "We go to a leisure centre."),
        ("We live in Mexborough.", "We live in a town near us."),
        ("He was born on 14th February 1999.", "He was born in winter."),
        ("We moved in 2006.", "We moved some years ago."),
        ("Ring me on 07700 900184.", "Ring me on a private number."),
        ("I have Stiff Person Syndrome.", "I have a rare condition."),
        ("CALL KAREN.", "CALL SOMEONE WE KNOW."),
        ("A lady called Bożena helps.", "A lady helps."),
        ("My name is Zoë.", "My name is private."),
        ("It costs £12 at Tesco.", "It costs £12 at Tesco."),
    ],
)
def test_a_find_is_said_in_words_that_fit(before: str, after: str) -> None:
    assert said(before) == after


def test_the_same_person_is_the_same_words_in_every_text_of_an_example() -> None:
    memory = StandIns()
    assert said("My daughter Aisha sings.", memory) == "My daughter sings."
    assert said("We asked Aisha again.", memory) == "We asked my daughter again."


def test_two_people_are_two() -> None:
    assert said("Yusuf cooks and Wojciech cleans.") == "This person cooks and another person cleans."


def test_nothing_found_is_nothing_changed() -> None:
    text = "  Two carers,\r\n\r\nfour visits \u200b every day.  "
    assert rewrite(text, [], StandIns()) == text

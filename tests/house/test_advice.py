"""The app's own words give no advice about health or about what to buy (hazard H8)."""

import pytest
from advice import advice_in, from_directory, treatment_in
from said import Text, from_phone, from_python, from_templates


@pytest.fixture(scope="module")
def own() -> list[Text]:
    """Every text of the app itself: its pages, what the server tells, the phone's screens."""
    return [*from_templates(), *from_python(), *from_phone()]


def test_no_text_of_the_app_advises(own: list[Text]) -> None:
    assert len(own) > 1000
    assert [wrong for text in own for wrong in advice_in(text)] == []


def test_a_text_of_the_app_that_names_treatment_says_whom_to_ask(own: list[Text]) -> None:
    assert [wrong for text in own for wrong in treatment_in(text)] == []


def test_the_directory_names_support_and_advises_nothing() -> None:
    texts = list(from_directory())
    assert len(texts) > 500
    assert [wrong for text in texts for wrong in advice_in(text)] == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("We recommend a walk each day.", "We recommend"),
        ("This is the best choice for you.", "best choice for you"),
        ("Swimming is good for your health.", "good for your health"),
        ("You should stop at once.", "You should stop"),
        ("It will make you better.", "will make you better"),
        ("A chair that is worth the money.", "worth the money"),
        ("Buy this one.", "Buy this"),
        ("Spend what is left on a treat.", "Spend what is left on"),
        ("Take medicines for longer than you think.", "Take medicines"),
        ("People use it in place of tablets.", "in place of tablets"),
        ("Use fewer of your pills.", "fewer of your pills"),
        ("Do not stop your tablets.", "stop your tablets"),
    ],
)
def test_a_text_that_advises_is_found(text: str, part: str) -> None:
    assert [f"“{part}”" in wrong for wrong in advice_in(Text("here", text))] == [True]


def test_treatment_without_whom_to_ask_is_found() -> None:
    assert len(list(treatment_in(Text("here", "Write down your tablets and dose.")))) == 1
    assert list(treatment_in(Text("here", "About treatment ask your doctor."))) == []
    assert list(treatment_in(Text("here", "This is no advice about treatment."))) == []


def test_what_names_support_or_says_what_a_funder_allows_is_left_alone() -> None:
    for text in (
        "Help with medicines",
        "Carers can give medicines when the plan says so.",
        "Do not stop your tablets before you asked your doctor.",
        "The council's list says no alcohol.",
        "You can spend what is left until 31 March.",
        "You should get 24 visits a year.",
    ):
        assert list(advice_in(Text("here", text))) == []

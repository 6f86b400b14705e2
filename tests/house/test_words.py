"""Every text is plain: sentences of up to twenty words, no unexplained acronym, no word that the house never says."""

from pathlib import Path

import pytest
from said import Text, from_phone, from_python, from_templates, sentences_in, wrong_with

TWENTY = " ".join(["word"] * 20) + "."


def all_wrong(texts: list[Text]) -> list[str]:
    return sorted({wrong for text in texts for wrong in wrong_with(text)})


def test_every_text_of_the_servers_pages_is_plain() -> None:
    texts = list(from_templates())
    assert len(texts) > 150
    assert all_wrong(texts) == []


def test_every_sentence_that_the_server_tells_is_plain() -> None:
    texts = list(from_python())
    assert len(texts) > 60
    assert all_wrong(texts) == []


def test_every_text_of_the_phone_is_plain() -> None:
    texts = from_phone()
    assert len(texts) > 500
    assert all_wrong(texts) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"Fine. {TWENTY[:-1]} more.", "21 words"),
        ("The user is here.", "“user”"),
        ("Invalid amount.", "“Invalid”"),
        ("It worked!", "“!”"),
        ("Ask your CCG.", "CCG is not explained"),
    ],
)
def test_what_is_not_plain_is_found(text: str, part: str) -> None:
    assert [part in wrong for wrong in wrong_with(Text("here", text))] == [True]


def test_what_is_plain_is_left_alone() -> None:
    for text in (
        TWENTY,
        "Ask the NHS.",
        "£1,234.50 is left until 31 March.",
        "We use \x01 words here. You reuse them.",
    ):
        assert list(wrong_with(Text("here", text))) == []


def test_texts_are_found_where_the_phones_code_hides_them(tmp_path: Path) -> None:
    code = """
      const a = html`<p class="Some class">You have ${sum} <b>left</b> now.</p>
        <${Field} label="How much?" name="No name" />`;
      const b = "Nothing waits here."; const c = `${name} is ready, and ${more}.`;
      throw new TypeError("For developers alone."); import("./Not a text.js");
      const d = "card card--rows";
    """
    path = tmp_path / "a.js"
    path.write_text(code)
    found = {one.text for one in from_phone([path])}
    assert found == {"How much?", "You have \x01 left now.", "Nothing waits here.", "\x01 is ready, and \x01."}


def test_sentences_are_found_in_python_and_docstrings_are_none() -> None:
    code = '"""A docstring here."""\nraise Refused(f"Only {most} may stay.")\nx = "a code"\ny = "Not a sentence"\n'
    assert [one.text for one in sentences_in("a.py", code)] == ["Only \x01 may stay."]

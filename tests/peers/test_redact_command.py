"""The command `peers redact`: lines in, lines out, without a database."""

import json
from typing import Any

from click.testing import CliRunner

from app.peers.commands import peers


def redact(lines: str, *options: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(peers, ["redact", "-", *options], input=lines)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_spans_are_offsets_of_python_characters() -> None:
    text = "🙂 My daughter Aisha rang."
    (answer,) = redact(json.dumps({"id": "a", "text": text}))
    assert [[text[s:e], kind] for s, e, kind in answer["spans"]] == [["Aisha", "PERSON"]]
    assert answer["text"] == "🙂 My daughter rang."


def test_the_order_of_the_lines_is_kept() -> None:
    lines = "".join(json.dumps({"id": i, "text": "Nothing to hide."}) + "\n" for i in range(5))
    assert [answer["id"] for answer in redact(lines)] == [0, 1, 2, 3, 4]


def test_a_line_that_cannot_be_read_does_not_stop_the_others() -> None:
    lines = '{"id": 1, "text": "Fine."}\nnot json\n[3]\n{"id": 4}\n{"id": 5, "text": "Fine."}\n'
    answers = redact(lines)
    assert ["error" in answer for answer in answers] == [False, True, True, True, False]
    assert answers[3]["id"] == 4


def test_a_file_of_known_things_is_matched_with_a_typo(tmp_path: Any) -> None:
    known = tmp_path / "known.txt"
    known.write_text('Hortensius\n{"text": "Windmill Patch", "kind": "PLACE"}\n', encoding="utf8")
    (answer,) = redact('{"id": 1, "text": "we met hortenisus by windmil patch"}', "--known", str(known))
    assert [kind for *_, kind in answer["spans"]] == ["PERSON", "PLACE"]


def test_a_wrong_known_file_is_refused_with_a_sentence(tmp_path: Any) -> None:
    known = tmp_path / "known.jsonl"
    known.write_text('{"text": "", "kind": "PERSON"}\n', encoding="utf8")
    result = CliRunner().invoke(peers, ["redact", "-", "--known", str(known)], input="")
    assert result.exit_code == 1
    assert "A known thing needs a text" in result.output

"""No field of a form takes more letters than the server does: what was typed would be refused later."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from marshmallow import Schema, fields, validate

from app.accounts.schemas import RemarkWrite
from app.budgets.schemas import EntryChanges, EntryRecord, PotTransfer, PotWrite
from app.options.schemas import ChoiceWrite
from app.peers.schemas import IdeaWrite, SharingWrite
from app.plans.schemas import AboutWrite, CheckInWrite, GoalWrite, StepWrite
from app.reviews.schemas import ClockWrite, ReviewRecord, ReviewWrite

WITHOUT = ("type=", "mode=")
"""Days, amounts and PINs have rules of their own."""

# The fields of the phone's forms, by module and name, and what each becomes at the server.
SENT_AS: dict[tuple[str, str], list[tuple[type[Schema], str]]] = {
    ("budgets/entry-edit.js", "merchant"): [(EntryChanges, "merchant")],
    ("budgets/entry-edit.js", "note"): [(EntryChanges, "note")],
    ("budgets/entry-edit.js", "reason"): [(EntryChanges, "reason")],
    ("budgets/entry-edit.js", "what"): [(EntryChanges, "what")],
    ("budgets/money-in.js", "what"): [(EntryRecord, "what")],
    ("budgets/pot-write.js", "funder"): [(PotWrite, "funder"), (PotWrite, "name")],
    ("budgets/pot-write.js", "name"): [(PotWrite, "name")],
    ("budgets/transfer.js", "what"): [(PotTransfer, "what")],
    ("budgets/visit.js", "note"): [(EntryRecord, "note")],
    ("budgets/visit.js", "reason"): [(EntryRecord, "reason")],
    ("options/choice-write.js", "idea"): [(ChoiceWrite, "idea")],
    ("options/choice-write.js", "reason"): [(ChoiceWrite, "reason")],
    ("peers/idea.js", "words"): [(IdeaWrite, "words")],
    ("peers/share-words.js", "words"): [(SharingWrite, "words")],
    ("peers/share.js", "id"): [(SharingWrite, name) for name in ("goal", "tried", "worked", "worked_not")],
    ("people/remark.js", "words"): [(RemarkWrite, "words")],
    ("plans/about-write.js", "words"): [(AboutWrite, name) for name in AboutWrite().fields],
    ("plans/check-in.js", "words"): [(CheckInWrite, "words")],
    ("plans/goal-write.js", "why"): [(GoalWrite, "why")],
    ("plans/goal-write.js", "words"): [(GoalWrite, "words")],
    ("plans/goal.js", "closing"): [(GoalWrite, "closing_words")],
    ("plans/step.js", "words"): [(StepWrite, "words")],
    ("plans/steps.js", "new-step"): [(StepWrite, "words")],
    ("receipts/receipt-fields.js", "what"): [(EntryRecord, "what"), (EntryRecord, "merchant")],
    ("reviews/held.js", "said"): [(ReviewRecord, "said"), (ReviewWrite, "said")],
    ("reviews/prepare.js", "wants"): [(ClockWrite, "wants")],
    ("reviews/review-write.js", "funder"): [(ClockWrite, "funder")],
    ("reviews/review-write.js", "with_whom"): [(ClockWrite, "with_whom")],
}  # fmt: skip


def fields_of_forms(project: Path) -> Iterator[tuple[str, str, str]]:
    """Module, name and attributes of each field of a form that takes a text."""
    modules = project / "app/static/js"
    for module in sorted(modules.rglob("*.js")):
        for tag in module.read_text(encoding="utf-8").split("<${TextField} ")[1:]:
            attributes = tag.split("/>", 1)[0]
            if not any(one in attributes for one in WITHOUT):
                yield str(module.relative_to(modules)), attributes.split("=", 1)[1].split()[0].strip('"${}'), attributes


def most_in_form(project: Path, name: str, attributes: str) -> int:
    source = (project / "app/static/js/parts/bounds.js").read_text(encoding="utf-8")
    if own := re.search(r"\bmost=\$\{([\d_]+)\}", attributes):
        return int(own[1])
    if re.search(r"\brows=|\bown\s+value=", attributes):
        return int(re.findall(r"const WORDS = ([\d_]+);", source)[0])
    lines = re.findall(r"const LINES = {(.*?)}", source)[0]
    return {line: int(most) for line, most in re.findall(r"(\w+): (\d+)", lines)}[name]


def most_at_the_server(field: fields.Field[str]) -> int:
    return min(check.max for check in field.validators if isinstance(check, validate.Length) and check.max is not None)


def test_every_text_field_is_one_whose_bound_is_compared(project: Path) -> None:
    assert {(module, name) for module, name, _ in fields_of_forms(project)} == set(SENT_AS)


@pytest.mark.parametrize("place", sorted(SENT_AS), ids=lambda place: "-".join(place))
def test_a_field_takes_no_more_than_the_server(project: Path, place: tuple[str, str]) -> None:
    found = [rest for module, name, rest in fields_of_forms(project) if (module, name) == place]
    most = max(most_in_form(project, place[1], rest) for rest in found)
    assert most <= min(most_at_the_server(schema().fields[name]) for schema, name in SENT_AS[place])

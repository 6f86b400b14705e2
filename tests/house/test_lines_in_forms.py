"""No line of a form takes more letters than the server does: what was typed would be refused later."""

import re
from pathlib import Path

import pytest
from marshmallow import Schema, fields, validate

from app.budgets.schemas import EntryChanges, EntryRecord, PotWrite
from app.reviews.schemas import ClockWrite

LINES: list[tuple[type[Schema], str]] = [
    (PotWrite, "name"), (PotWrite, "funder"), (EntryRecord, "what"), (EntryRecord, "merchant"), (EntryChanges, "what"),
    (EntryChanges, "merchant"), (ClockWrite, "funder"), (ClockWrite, "with_whom"),
]  # fmt: skip


def most_in_forms(project: Path) -> dict[str, int]:
    source = (project / "app/static/js/parts/fields.js").read_text(encoding="utf-8")
    table = re.search(r"const LONGEST = {(.*?)}", source)
    assert table is not None
    return {name: int(most) for name, most in re.findall(r"(\w+): (\d+)", table.group(1))}


def most_at_the_server(field: fields.Field[str]) -> int:
    return min(check.max for check in field.validators if isinstance(check, validate.Length) and check.max is not None)


@pytest.mark.parametrize(("schema", "name"), LINES)
def test_a_line_takes_no_more_than_the_server(project: Path, schema: type[Schema], name: str) -> None:
    assert most_in_forms(project)[name] <= most_at_the_server(schema().fields[name])

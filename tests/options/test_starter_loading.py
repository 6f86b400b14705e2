"""The stored directory follows its files: loading is repeatable, and phones get only what differs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.core.web import Services
from app.options.models import SupportOption
from app.options.service import DATA, Loaded, load_starter, option_id, read_starter
from tests.fixtures_app import Household, both_engines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two options in a folder of their own."""
    found = json.loads((DATA / "people.json").read_text(encoding="utf-8"))
    found["options"] = found["options"][:2]
    (tmp_path / "data").mkdir()
    write(tmp_path / "data", found)
    return tmp_path / "data"


def write(folder: Path, content: dict[str, Any]) -> None:
    (folder / "people.json").write_text(json.dumps(content), encoding="utf-8")


def change(folder: Path, act: Callable[[list[dict[str, Any]]], object]) -> None:
    content = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    act(content["options"])
    write(folder, content)


def load(parts: Services, folder: Path) -> Loaded:
    with parts.database.writing() as session:
        loaded = load_starter(session, folder)
        session.commit()
    return loaded


def directory(household: Household) -> dict[str, Any]:
    """The rows of the directory that her phone does not have yet."""
    return {row["id"]: row["body"] for item in everything(household) for row in item["rows"] if row["kind"] == "option"}


def everything(household: Household) -> list[dict[str, Any]]:
    answers = [household.hers.exchange()]
    while answers[-1]["more"]:
        answers.append(household.hers.exchange())
    return [item for answer in answers for item in answer["changes"]]


@both_engines
def test_loading_twice_changes_nothing_the_second_time(parts: Services, folder: Path) -> None:
    assert load(parts, folder) == Loaded(new=2, changed=0, removed=0)
    assert load(parts, folder) == Loaded(new=0, changed=0, removed=0)


def test_every_option_reaches_the_phone_of_every_account(parts: Services, household: Household) -> None:
    load(parts, DATA)
    found = directory(household)
    assert set(found) == {option_id(one["slug"]) for one in read_starter()}


def test_only_what_changed_travels_again(parts: Services, folder: Path, household: Household) -> None:
    load(parts, folder)
    directory(household)
    change(folder, lambda options: options[0].update(what="Somebody rings you. It is free."))
    assert load(parts, folder) == Loaded(new=0, changed=1, removed=0)
    assert [body["what"] for body in directory(household).values()] == ["Somebody rings you. It is free."]


def test_what_leaves_the_files_leaves_the_phone_and_may_come_back(
    parts: Services, folder: Path, household: Household
) -> None:
    before = (folder / "people.json").read_text(encoding="utf-8")
    load(parts, folder)
    directory(household)
    change(folder, lambda options: options.pop())
    assert load(parts, folder).removed == 1
    assert list(directory(household).values()) == [None]
    (folder / "people.json").write_text(before, encoding="utf-8")
    assert load(parts, folder).changed == 1
    assert None not in directory(household).values()


def test_options_from_elsewhere_are_left_alone(parts: Services, folder: Path) -> None:
    with parts.database.writing() as session:
        session.add(SupportOption(id=option_id("other"), slug="a-feed", content={}, content_hash="", removed=False))
        session.commit()
    load(parts, folder)
    with parts.database.reading() as session:
        assert session.scalars(select(SupportOption).where(SupportOption.slug == "a-feed")).one().removed is False


def test_nobody_can_write_into_the_directory(parts: Services, folder: Path, household: Household) -> None:
    load(parts, folder)
    row = option_id(read_starter(folder)[0]["slug"])
    act = {"id": row, "act": "choice.write", "version": 1, "stream": "directory:general", "row": row, "facts": {}}
    [result] = household.hers.results({**act, "base": None, "at": ""})
    assert result["code"] == "not_found"

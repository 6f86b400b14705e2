"""Migrations: one head, up and down and up again with people's data on both engines, and nothing left out."""

from collections import Counter

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from app.accounts.models import Person
from app.core import schema
from app.core.db import Base
from app.core.ids import new_id
from app.core.settings import Settings
from app.core.web import Services
from app.demo.load import load_demo
from app.demo.priya import priya
from app.factory import make_registry
from app.models import ALL
from app.sync.models import Change, Conflict
from tests.fixtures_app import both_engines

TELLING = {"change", "stream", "version"}
FIRST_KINDS = ("person", "member", "goal", "pot", "entry")


def revisions():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    return ScriptDirectory.from_config(config)


def sizes(parts):
    with parts.database.reading() as session:
        return {table.name: len(session.execute(select(table)).all()) for table in Base.metadata.sorted_tables}


def sent(parts):
    """How many rows of each kind the phones get."""
    with parts.database.reading() as session:
        return Counter(session.scalars(select(Change.kind)))


@pytest.fixture
def with_demo(parts):
    settings = Settings(database_url=parts.settings.database_url, storage_url="memory:", demo=True)
    demo = Services(settings, parts.database, parts.storage)
    load_demo(demo, make_registry(), if_empty=False, tellers=(priya,))
    return demo


def test_there_is_one_head():
    assert len(revisions().get_heads()) == 1
    assert ALL


@both_engines
def test_the_models_and_the_database_agree(parts):
    assert schema.differences(parts.database) == []
    assert schema.current(parts.database) == schema.head()


@both_engines
def test_each_step_goes_down_and_up_again_over_data(with_demo):
    before, sent_before = sizes(with_demo), sent(with_demo)
    assert before["entry"] > 10
    gone = set()
    for script in revisions().walk_revisions():
        if script.down_revision:
            schema.migrate_down(with_demo.database, str(script.down_revision))
            gone |= before.keys() - set(inspect(with_demo.database.engine).get_table_names())
            schema.migrate(with_demo.database)
    after = sizes(with_demo)
    # then what a step brought went with it, and nothing else: what tells of rows is counted by their kind
    assert {name: after[name] for name in gone} == dict.fromkeys(gone, 0)
    kept = before.keys() - gone - TELLING
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert {kind: sent_before[kind] for kind in FIRST_KINDS} == {kind: sent(with_demo)[kind] for kind in FIRST_KINDS}
    assert all(sent_before[kind] for kind in FIRST_KINDS)
    assert schema.differences(with_demo.database) == []


@both_engines
def test_questions_about_check_ins_go_with_their_table(with_demo):
    with with_demo.database.writing() as session:
        person = session.scalars(select(Person.id)).first()
        facts = {"person_id": person, "audience": "see_plan", "accepted": {}, "other": {}, "other_by": new_id()}
        at = with_demo.database.clock()
        for kind in ("check_in", "goal"):
            session.add(Conflict(id=new_id(), row_kind=kind, row_id=new_id(), opened_at=at, **facts))
        session.commit()
    schema.migrate_down(with_demo.database, "0009")
    schema.migrate(with_demo.database)
    with with_demo.database.reading() as session:
        left = session.scalars(select(Conflict)).all()
        told = session.scalars(select(Change.row_id).where(Change.kind == "conflict")).all()
    assert [one.row_kind for one in left] == ["goal"]
    assert told == [left[0].id]


@both_engines
def test_the_whole_way_down_leaves_nothing_and_up_again_everything(with_demo):
    schema.migrate_down(with_demo.database, "base")
    assert schema.current(with_demo.database) is None
    schema.migrate(with_demo.database)
    assert schema.differences(with_demo.database) == []
    found = {name: count for name, count in sizes(with_demo).items() if count}
    assert found["installation"] == 1
    assert "entry" not in found


@both_engines
def test_a_table_that_differs_is_found(parts):
    with parts.database.writing() as session:
        session.execute(text("ALTER TABLE goal ADD COLUMN planted INTEGER"))
        session.commit()
    assert "planted" in schema.differences(parts.database)[0]

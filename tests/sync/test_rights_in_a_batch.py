"""Rights are asked for once in a batch, and again as soon as something in it changes what they rest on."""

from typing import Any

import pytest
from marshmallow import Schema
from sqlalchemy import update

from app.accounts.access import RelationshipRights
from app.accounts.models import Relationship
from app.accounts.service import end_relationship
from app.core.ids import new_id
from app.factory import make_registry
from app.sync.receive import Sender, receive
from app.sync.registry import Act, Done
from tests.fixtures_app import op


def by_row(session, link):
    end_relationship(session, session.get_one(Relationship, link))


def by_statement(session, link):
    ended = session.get_one(Relationship, link).starts_on
    session.execute(update(Relationship).where(Relationship.id == link).values(ends_on=ended.replace(year=2000)))


def goal(household):
    return op("goal.write", household.person, new_id(), {"importance": 1})


def leave_with(household, parts, leave) -> list[dict[str, Any]]:
    """The answers to a goal, an act that ends the sender's relationship, and another goal."""

    def handle(session, actor, arrived):
        leave(session, household.link)
        return Done()

    registry = make_registry()
    registry.add(Act("test.leave", 1, "see_person", Schema(), handle, says="Leave."))
    ops = [goal(household), op("test.leave", household.person, new_id(), {}), goal(household)]
    with parts.database.writing() as session:
        answers = receive(session, RelationshipRights(), registry, Sender(household.tom, new_id()), ops)
        session.commit()
    return answers


@pytest.mark.parametrize("leave", [by_row, by_statement])
def test_who_leaves_in_the_middle_of_a_batch_may_nothing_after_it(household, parts, leave):
    answers = leave_with(household, parts, leave)
    assert [answer["status"] for answer in answers] == ["done", "done", "refused"]
    assert answers[2]["code"] == "not_found"


def test_rights_that_rest_on_nothing_would_outlive_the_relationship(household, parts, monkeypatch):
    monkeypatch.setattr(RelationshipRights, "rest_on", ())
    answers = leave_with(household, parts, by_row)
    assert answers[2]["status"] == "done"


def test_a_batch_asks_for_its_rights_once(household, parts, monkeypatch):
    asked = []
    ask = RelationshipRights.actor
    monkeypatch.setattr(RelationshipRights, "actor", lambda *given: asked.append(given[-1]) or ask(*given))
    household.hers.results(*(goal(household) for _ in range(5)))
    assert len(asked) == 1

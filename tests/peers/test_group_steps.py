"""The step that brought groups goes down with everything that it sent, and up again."""

from sqlalchemy import text

from app.core import schema
from app.core.clock import now
from app.core.ids import new_id
from app.jobs.service import enqueue
from app.sync.models import Conflict
from tests.fixtures_app import both_engines
from tests.peers.scene import with_group

LEFT = {
    "change": "kind IN ('group', 'seat', 'own_seat', 'post', 'sharing', 'borrowed', 'conflict')",
    "stream": "id LIKE 'group:%'",
    "conflict": "row_kind = 'sharing'",
    "job": "kind LIKE 'peers.%'",
}


def left(parts):
    with parts.database.reading() as session:
        counted = {name: text(f"SELECT count(*) FROM {name} WHERE {where}") for name, where in LEFT.items()}
        return {name: session.execute(query).scalar_one() > 0 for name, query in counted.items()}


@both_engines
def test_nothing_of_groups_is_left_below_their_step(parts, make_account, make_person):
    account = make_account("ann@example.com", name="Ann")
    person = make_person(account, name="Ann", role="holder")
    with_group(parts, account, person)
    with parts.database.writing() as session:
        enqueue(session, "peers.batch", key="b", payload={}, due_at=now(session))
        facts = {"row_kind": "sharing", "row_id": "r", "audience": "manage", "accepted": {}, "other": {}}
        session.add(Conflict(id=new_id(), person_id=person, other_by=account, opened_at=now(session), **facts))
        session.commit()
    assert left(parts) == dict.fromkeys(LEFT, True)
    schema.migrate_down(parts.database, "0011")
    assert left(parts) == dict.fromkeys(LEFT, False)
    schema.migrate(parts.database)
    assert schema.differences(parts.database) == []

"""Loads the invented people through the same door as a phone: operations, carried out by the sync engine."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.access import RelationshipRights
from app.accounts.passwords import hash_password
from app.accounts.queries import find_account
from app.accounts.service import add_person, create_account
from app.core.clock import now
from app.core.errors import Refused
from app.core.web import Services
from app.demo.stories import Story, two_people
from app.sync.models import person_stream
from app.sync.receive import Sender, receive
from app.sync.registry import Registry

PASSWORD = "three plain words"  # noqa: S105 - printed in the README, refused in production
REFERENCES = ("pot", "goal")


def load_demo(parts: Services, registry: Registry, *, if_empty: bool) -> list[str]:
    """Load the people that are not there yet; returns their emails. Refused in production."""
    if parts.settings.production:
        raise Refused("The demo is never loaded in production.")
    password_hash = hash_password(PASSWORD)
    loaded = []
    with parts.database.writing() as session:
        for story in two_people(now(session).date()):
            if find_account(session, story.email) is None:
                _load(session, registry, story, password_hash)
                loaded.append(story.email)
            elif not if_empty:
                raise Refused(f"{story.email} is there already.")
        session.commit()
    return loaded


def _load(session: Session, registry: Registry, story: Story, password_hash: str) -> None:
    account = create_account(session, email=story.email, name=story.name, password_hash=password_hash)
    person = add_person(session, account, name=story.person, role=story.role, colour=story.colour)
    space = uuid.UUID(person.id)
    operations = [
        {
            "id": str(uuid.uuid5(space, f"op {key} {act}")),
            "act": act,
            "version": 1,
            "stream": person_stream(person.id),
            "row": str(uuid.uuid5(space, key)),
            "facts": _with_ids(space, facts),
            "base": None,
        }
        for act, key, facts in story.acts
    ]
    sender = Sender(account.id, str(uuid.uuid5(space, "device")))
    results = receive(session, RelationshipRights(), registry, sender, operations)
    wrong = [result for result in results if result["status"] != "done"]
    if wrong:
        raise Refused(f"The demo could not be loaded: {wrong[0]}")


def _with_ids(space: uuid.UUID, facts: dict[str, Any]) -> dict[str, Any]:
    ids = {name: str(uuid.uuid5(space, facts[name])) for name in REFERENCES if facts.get(name)}
    return {**facts, **ids}

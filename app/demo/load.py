"""Loads the invented people through the same door as a phone: operations carried out by the sync engine, and the
photos that they announce sent up in one piece."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.access import RelationshipRights, actor_for
from app.accounts.models import Account
from app.accounts.passwords import hash_password
from app.accounts.queries import find_account, open_relationship
from app.accounts.service import add_person, create_account, relate
from app.core.clock import now
from app.core.errors import Refused
from app.core.web import Services
from app.demo.receipts import Receipt, draw_receipt
from app.demo.snapshots import photograph
from app.demo.stories import TELLERS, Teller, tell_all
from app.demo.telling import ABOUT, Ref, SignIn, Story, Told
from app.plans.service import about_id
from app.sync.files import Uploads
from app.sync.models import person_stream
from app.sync.receive import Sender, receive
from app.sync.registry import Registry

PASSWORD = "three plain words"  # noqa: S105 - printed in the README, refused in production  # nosec B105


SEEN_ALL = 1_000_000
"""A rev above all others: who writes in a story has always seen what was there."""
Album = dict[Receipt, bytes]
"""Photos by the receipt that they show."""


def load_demo(
    parts: Services,
    registry: Registry,
    *,
    if_empty: bool,
    photos: bool = False,
    tellers: Sequence[Teller] = TELLERS,
) -> list[str]:
    """Load the people that are not there yet, with `photos` of their receipts; returns who may sign in, by email.

    Refused in production.
    """
    if parts.settings.production:
        raise Refused("The demo is never loaded in production.")
    missing = _missing(parts, tellers, if_empty=if_empty)
    album = _album(missing) if photos else {}
    people = _load_all(parts, registry, missing, album)
    for story, person in zip(missing, people, strict=True):
        _send_photos(parts, story, person, album)
    return list(dict.fromkeys(one.email for story in missing for one in story.sign_ins))


def _missing(parts: Services, tellers: Sequence[Teller], *, if_empty: bool) -> list[Story]:
    """The stories that nobody can sign in to yet."""
    with parts.database.reading() as session:
        told = tell_all(now(session).date(), tellers)
        missing = [story for story in told if find_account(session, story.sign_ins[0].email) is None]
    if len(missing) < len(told) and not if_empty:
        raise Refused("Invented people are there already.")
    return missing


def _album(stories: list[Story]) -> Album:
    """Every photo of these stories, drawn before the database is asked to write anything."""
    papers = [told.receipt for story in stories for told in story.told if told.receipt]
    return {paper: _photo_of(paper) for paper in papers}


def _photo_of(paper: Receipt) -> bytes:
    luck = Random(repr(paper))  # noqa: S311 - the same paper is always photographed alike  # nosec B311
    return photograph(draw_receipt(paper, luck), luck)


def _load_all(parts: Services, registry: Registry, stories: list[Story], album: Album) -> list[str]:
    """All of them or none; returns the ids of the people."""
    password_hash = hash_password(PASSWORD) if stories else ""
    with parts.database.writing() as session:
        people = [_load(session, registry, story, album, password_hash) for story in stories]
        session.commit()
    return people


def _load(session: Session, registry: Registry, story: Story, album: Album, password_hash: str) -> str:
    accounts = {one.email: _account(session, one, password_hash) for one in story.sign_ins}
    person = _person(session, story, accounts)
    numbered = list(enumerate(story.told))
    for by, lines in groupby(numbered, key=lambda line: line[1].by):
        sender = Sender(accounts[by].id, str(uuid.uuid5(uuid.UUID(person), f"phone of {by}")))
        operations = [one for number, told in lines for one in _operations(person, number, told, album)]
        results = receive(session, RelationshipRights(), registry, sender, operations)
        for operation, result in zip(operations, results, strict=True):
            if result["status"] != "done":
                raise Refused(f"The demo could not be loaded: {operation['act']}, {result}")
    return person


def _account(session: Session, sign_in: SignIn, password_hash: str) -> Account:
    found = find_account(session, sign_in.email)
    return found or create_account(session, email=sign_in.email, name=sign_in.name, password_hash=password_hash)


def _person(session: Session, story: Story, accounts: dict[str, Account]) -> str:
    """The person, and who may act for them since when; returns the id."""
    first, *others = story.sign_ins
    account = accounts[first.email]
    person = add_person(session, account, name=story.person, role=first.role, colour=story.colour)
    relationship = open_relationship(session, account.id, person.id)
    if relationship is not None:
        relationship.starts_on = story.year.ago(first.since)
        relationship.basis, relationship.ends_on = first.basis, first.until
    for one in others:
        made = relate(session, accounts[one.email], person, role=one.role, starts_on=story.year.ago(one.since))
        made.basis, made.ends_on = one.basis, one.until
    session.flush()
    return person.id


def _operations(person: str, number: int, told: Told, album: Album) -> Iterator[dict[str, Any]]:
    """The act, after the announcement of its photo where it has one."""
    facts = _travelling(person, told.facts)
    photo = album.get(told.receipt) if told.receipt else None
    if photo is not None:
        sha256 = hashlib.sha256(photo).hexdigest()
        announced = {"sha256": sha256, "size": len(photo), "type": "image/jpeg", "name": "Receipt 1"}
        yield _operation(person, f"photo {number}", "file.announce", f"file {sha256}", announced)
        facts["files"] = [sha256]
    yield _operation(person, f"told {number}", told.act, told.key, facts)


def _operation(person: str, name: str, act: str, key: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": _id(person, name),
        "act": act,
        "version": 1,
        "stream": person_stream(person),
        "row": _id(person, key),
        "facts": facts,
        "base": {"rev": SEEN_ALL},
    }


def _id(person: str, key: str) -> str:
    return about_id(person) if key == ABOUT else str(uuid.uuid5(uuid.UUID(person), key))


def _travelling(person: str, value: Any) -> Any:
    """Keys become ids and days text, however deep they stand."""
    if isinstance(value, Ref):
        return _id(person, value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _travelling(person, one) for name, one in value.items()}
    return value


def _send_photos(parts: Services, story: Story, person: str, album: Album) -> None:
    """Send the photos as the phones would have, each by whoever wrote the line."""
    uploads = Uploads(parts.database, parts.storage)
    with parts.database.reading() as session:
        accounts = {one.email: find_account(session, one.email) for one in story.sign_ins}
        actors = {email: actor_for(session, found.id, person) for email, found in accounts.items() if found}
    for told in story.told:
        actor = actors.get(told.by)
        if told.receipt in album and actor is not None:
            photo = album[told.receipt]
            uploads.take_piece(actor, hashlib.sha256(photo).hexdigest(), offset=0, size=len(photo), data=photo)

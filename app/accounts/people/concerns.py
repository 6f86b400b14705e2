"""A worry about somebody's safety: whom to ask, and a message past everybody who acts for the person."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Concern
from app.accounts.people.members import person_of
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.words import unstorable
from app.jobs.service import enqueue

CONCERN_JOB = "account.concern"
LONGEST = 2000
DEFAULT = Path(__file__).parent.parent / "data" / "safeguarding.json"


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """Whom to ask here: `contacts` are (name, when, number); `email` is where messages go, "" for nowhere."""

    says: tuple[str, ...]
    contacts: tuple[tuple[str, str, str], ...]
    email: str


def safeguarding_of(path: str) -> Safeguarding:
    """The local wording and numbers, from the file of the setting, or those for all of England."""
    found: dict[str, Any] = json.loads(Path(path or DEFAULT).read_text(encoding="utf-8"))
    contacts = tuple((str(one["name"]), str(one["when"]), str(one["number"])) for one in found["contacts"])
    return Safeguarding(tuple(map(str, found["says"])), contacts, str(found.get("email", "")))


def raise_concern(session: Session, actor: Actor, *, words: str, email: str) -> Concern:
    """Keep a worry, and have it sent where there is an address. Nothing of it is in the person's log of acts."""
    person = person_of(session, actor)
    sentence = unstorable(words)
    if sentence or len(words) > LONGEST:
        raise Refused(sentence or f"Use at most {LONGEST} characters.")
    made = Concern(
        id=new_id(), person_id=person.id, raised_by=actor.account, words=words, raised_at=now(session), sent_at=None
    )
    session.add(made)
    session.flush()
    if email:
        enqueue(session, CONCERN_JOB, key=f"{CONCERN_JOB}:{made.id}", payload={"concern": made.id})
    return made

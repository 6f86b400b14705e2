"""Turning a relationship into rights: the answers that the sync engine asks for."""

from sqlalchemy.orm import Session

from app.accounts.models import Person, Relationship
from app.accounts.policy import GENERAL_DIRECTORY, SEE_DIRECTORY, SEE_PRIVATE, whole
from app.accounts.queries import open_relationship, open_relationships, scopes_of
from app.core.actor import SEE_OWN, Actor
from app.core.ids import is_id
from app.sync.models import account_stream, person_stream
from app.sync.registry import Grant

OWN_SCOPES = frozenset({"self"})


class RelationshipRights:
    """Rights come from the relationships in force today, read anew for every request and whenever one was written."""

    rest_on: tuple[type, ...] = (Relationship,)

    def grants(self, session: Session, account: str) -> dict[str, Grant]:
        """The account's own stream, one for each person that it may see, and the directory."""
        found = {
            account_stream(account): Grant("own", OWN_SCOPES),
            GENERAL_DIRECTORY: Grant("1", frozenset({SEE_DIRECTORY})),
        }
        for item in open_relationships(session, account):
            scopes = scopes_of(session, item)
            author = account if SEE_OWN in scopes else None
            found[person_stream(item.person_id)] = Grant(_epoch(session, item, scopes), scopes, author)
        return found

    def actor(self, session: Session, account: str, stream: str) -> Actor | None:
        """The account acting in a person's stream, or in its own."""
        kind, _, name = stream.partition(":")
        if kind == "account" and name == account:
            return Actor(account=account, person="", scopes=OWN_SCOPES, role="self")
        if kind != "person" or not is_id(name):
            return None
        return actor_for(session, account, name)


def actor_for(session: Session, account: str, person: str) -> Actor | None:
    """The account acting for this person now, or None."""
    item = open_relationship(session, account, person)
    if item is None:
        return None
    return Actor(account=account, person=person, scopes=scopes_of(session, item), role=item.role)


def _epoch(session: Session, item: Relationship, scopes: frozenset[str]) -> str:
    """Moves whenever this account may see more or less: its rights changed, it stands in, or a mark was set."""
    parts = [item.id[:8], str(item.epoch)]
    if scopes != whole(item.scopes):
        parts.append("stands_in")
    if SEE_PRIVATE not in scopes:
        parts.append(str(session.get_one(Person, item.person_id).marks))
    return ".".join(parts)

"""Turning a relationship into rights: the answers that the sync engine asks for."""

from sqlalchemy.orm import Session

from app.accounts.policy import GENERAL_DIRECTORY, SEE_DIRECTORY
from app.accounts.queries import open_relationship, open_relationships
from app.core.actor import Actor
from app.core.ids import is_id
from app.sync.models import account_stream, person_stream
from app.sync.registry import Grant

OWN_SCOPES = frozenset({"self"})


class RelationshipRights:
    """Rights come from the relationships in force today, read anew for every request and every operation."""

    def grants(self, session: Session, account: str) -> dict[str, Grant]:
        """The account's own stream, one for each person that it may see, and the directory."""
        found = {
            account_stream(account): Grant("own", OWN_SCOPES),
            GENERAL_DIRECTORY: Grant("1", frozenset({SEE_DIRECTORY})),
        }
        for item in open_relationships(session, account):
            epoch = f"{item.id[:8]}.{item.epoch}"
            found[person_stream(item.person_id)] = Grant(epoch, frozenset(item.scopes))
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
    return Actor(account=account, person=person, scopes=frozenset(item.scopes), role=item.role)

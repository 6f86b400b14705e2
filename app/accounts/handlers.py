"""Acts on people that come from phones."""

from sqlalchemy.orm import Session

from app.accounts.policy import MANAGE
from app.accounts.schemas import PersonWrite
from app.accounts.service import write_person
from app.core.actor import Actor
from app.core.errors import NotFound
from app.sync.registry import Act, Arrived, Done, Outcome, Registry


def handle_write(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`person.write`."""
    if op.row != actor.person:
        raise NotFound
    return Done(write_person(session, actor, facts=op.facts).rev)


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    registry.add(
        Act(
            "person.write",
            version=1,
            needs=MANAGE,
            schema=PersonWrite(),
            handler=handle_write,
            says="Change the name, colour or photo of the person.",
        )
    )

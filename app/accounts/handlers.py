"""Acts on people that come from phones."""

from sqlalchemy.orm import Session

from app.accounts.policy import MANAGE, REMARK
from app.accounts.schemas import PersonWrite, RemarkWrite
from app.accounts.service import write_person, write_remark
from app.core.actor import Actor
from app.core.errors import NotFound
from app.sync.registry import Act, Arrived, Done, Outcome, Registry


def handle_write(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`person.write`."""
    if op.row != actor.person:
        raise NotFound
    return Done(write_person(session, actor, facts=op.facts).rev)


def handle_remark(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`remark.write`."""
    return Done(write_remark(session, actor, remark_id=op.row, facts=op.facts).rev)


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
    registry.add(
        Act("remark.write", 1, REMARK, RemarkWrite(), handle_remark, says="Comment on the plan, and agree to it.")
    )

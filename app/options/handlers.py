"""Acts on choices that come from phones."""

from sqlalchemy.orm import Session

from app.accounts.policy import WRITE_PLAN
from app.core.actor import Actor
from app.options.schemas import ChoiceRemove, ChoiceWrite
from app.options.service import CHOICE_RULES, find_choice, remove_choice, write_choice
from app.sync.merge import field_chooser
from app.sync.registry import Act, Arrived, Outcome, Registry


def handle_write(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`choice.write`."""
    return write_choice(session, actor, op=op)


def handle_remove(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`choice.remove`."""
    return remove_choice(session, actor, choice_id=op.row)


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    registry.add(
        Act(
            "choice.write",
            1,
            WRITE_PLAN,
            ChoiceWrite(),
            handle_write,
            says="Choose support for a goal, or write an idea of one's own.",
        )
    )
    registry.add(
        Act(
            "choice.remove",
            1,
            WRITE_PLAN,
            ChoiceRemove(),
            handle_remove,
            says="Take a choice away; an edit brings it back.",
        )
    )
    registry.add_chooser("choice", field_chooser(find_choice, WRITE_PLAN, CHOICE_RULES))

"""Acts on reminders that come from phones, in the account's own stream."""

from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.reminders.schemas import NoticeRead, WishWrite
from app.reminders.service import read_notice, write_wish
from app.sync.registry import Act, Arrived, Outcome, Registry

SELF = "self"


def handle_write(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`reminder_wish.write`."""
    return write_wish(session, actor, op=op)


def handle_read(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`notice.read`."""
    return read_notice(session, actor, op=op)


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    registry.add(
        Act("reminder_wish.write", 1, SELF, WishWrite(), handle_write, says="Say when and how one is reminded.")
    )
    registry.add(Act("notice.read", 1, SELF, NoticeRead(), handle_read, says="Say that one has seen a notice."))

"""Acts on readings that come from phones."""

from sqlalchemy.orm import Session

from app.accounts.policy import LOG_MONEY
from app.core.actor import Actor
from app.receipts.schemas import ReceiptDrop, ReceiptRead
from app.receipts.service import ask_to_read, drop_receipt
from app.sync.registry import Act, Arrived, Outcome, Registry


def handle_read(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`receipt.read`."""
    return ask_to_read(session, actor, reading_id=op.row, sha256=op.facts["sha256"])


def handle_drop(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`receipt.drop`."""
    return drop_receipt(session, actor, reading_id=op.row)


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    registry.add(
        Act(
            "receipt.read",
            1,
            LOG_MONEY,
            ReceiptRead(),
            handle_read,
            says="Ask for a photo to be read, or read again.",
        )
    )
    registry.add(
        Act("receipt.drop", 1, LOG_MONEY, ReceiptDrop(), handle_drop, says="Put away a photo that no line uses.")
    )

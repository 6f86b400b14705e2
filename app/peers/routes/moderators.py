"""What only moderators see on a group's page."""

from sqlalchemy.orm import Session

from app.peers.models import PeerGroup
from app.peers.queries import is_on_its_way, queue_of, seats_in, text_to_judge


def moderators_part(session: Session, group: PeerGroup) -> dict[str, object]:
    """The queue with its log, who asks, who sits here: pseudonyms, and the finished texts that members read."""
    queue, there = queue_of(session, group.id, settled=False), seats_in(session, group.id)
    return {
        "alone": len(there) > 1 and sum(one.role == "moderator" for one in there) == 1,
        "queue": [(item, text_to_judge(session, item), is_on_its_way(session, item)) for item in queue],
        "log": queue_of(session, group.id, settled=True),
        "asking": seats_in(session, group.id, state="asked"),
        "there": there,
        "banned": seats_in(session, group.id, state="banned"),
    }

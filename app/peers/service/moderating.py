"""Reports, the moderators' queue and its log."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.peers.models import Post, QueueItem, Seat, Sharing
from app.peers.policy import HIDES_AT_ONCE, MOST_REPORTS
from app.peers.queries import hold_group, is_on_its_way, other_report_hides, own_seat, shown_post
from app.peers.service.groups import moderated
from app.peers.service.showing import end_sharing, hide, take_away

NOT_YET = "This text does not show yet. You can decide when members read it."


def report(session: Session, actor: Actor, *, report_id: str, group: str, post: str, reason: str) -> QueueItem:
    """Tell the moderators of a post. "I recognise someone" hides it for everybody at once."""
    own_seat(session, actor, group)
    hold_group(session, group, person=actor.person)
    found = shown_post(session, group, post)
    if session.get(QueueItem, report_id) is not None:
        raise NotFound
    waiting = select(func.count()).select_from(QueueItem).where(QueueItem.visible_to(actor))
    if session.execute(waiting.where(QueueItem.decision.is_(None))).scalar_one() >= MOST_REPORTS:
        raise Refused("Many of your reports still wait. A moderator looks at them first.")
    made = QueueItem(
        id=report_id,
        person_id=actor.person,
        group_id=group,
        post_id=post,
        reason=reason,
        raised_at=now(session),
    )
    session.add(made)
    session.flush()
    if reason in HIDES_AT_ONCE:
        hide(session, found)
    return made


def settle(session: Session, moderator: Seat, item_id: str, *, decision: str) -> None:
    """Decide: "removed" takes the text from everywhere, "kept" lets it stand. Either way it stays in the log.

    Raises `Refused` while the text is on its way: nobody decides on words that no moderator has seen.
    """
    item = session.get(QueueItem, item_id)
    if item is None or item.group_id != moderator.group_id:
        raise NotFound
    about = session.get(Post, item.post_id)
    hold_group(session, moderator.group_id, moderator, *([about] if about else []), taking=True)
    moderated(session, moderator)
    session.refresh(item)
    if item.decision is not None:
        raise NotFound
    post, sharing = session.get(Post, item.post_id), session.get(Sharing, item.post_id)
    if is_on_its_way(session, item):
        raise Refused(NOT_YET)
    item.decision, item.settled_by, item.settled_at = decision, moderator.pseudonym, now(session)
    if decision == "removed":
        if post is not None and post.state != "gone":
            take_away(session, post)
        if sharing is not None:
            end_sharing(session, sharing, by="moderator", why=item.reason)
    session.flush()
    if post is not None and post.state == "hidden" and not other_report_hides(session, post.id):
        post.state = "shown"
        session.flush()

"""What a plan takes from a group: borrowed ideas as drafts, "this helped us too", members it reads no more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.peers.models import Borrowed, Mark, Post, Seat
from app.peers.queries import hold_group, own_seat, shown_post, voices_of
from app.peers.service.counting import count_later

OPTION = "option"
OWN_EXAMPLE = "This one comes from a plan that you look after. Others say whether it helped them."


def borrow(session: Session, actor: Actor, *, idea_id: str, group: str, post: str, part: str) -> Borrowed:
    """Copy one part of an example into the plan, as a draft. One that was withdrawn meanwhile leaves an empty draft."""
    own_seat(session, actor, group)
    hold_group(session, group, person=actor.person)  # a withdrawal finds every draft, or the draft finds it withdrawn
    if session.get(Borrowed, idea_id) is not None:
        raise NotFound
    found = session.get(Post, post, populate_existing=True)
    there = found is not None and found.group_id == group and found.state == "shown"
    option = found.codes.get("option") if found is not None and there else None
    words = found.texts.get(part, "") if found is not None and there else ""
    made = Borrowed(
        id=idea_id,
        person_id=actor.person,
        group_id=group,
        post_id=post,
        part=part,
        words=words,
        option=option if part == OPTION else None,
        lost=not there,
        written_at=now(session),
    )
    session.add(made)
    session.flush()
    return made


def rewrite_idea(session: Session, actor: Actor, *, idea_id: str, words: str) -> Borrowed:
    """Say a borrowed idea in own words: from then on it is the plan's own, and names no example.

    One that was put away comes back: words are never lost.
    """
    idea = find_idea(session, actor, idea_id)
    if words.split() != idea.words.split():
        idea.words, idea.rewritten, idea.lost, idea.post_id, idea.group_id = words, True, False, None, None
        idea.removed = False
        session.flush()
    return idea


def remove_idea(session: Session, actor: Actor, *, idea_id: str) -> Borrowed:
    """Put a borrowed idea away."""
    idea = find_idea(session, actor, idea_id)
    idea.removed, idea.words = True, ""
    session.flush()
    return idea


def find_idea(session: Session, actor: Actor, idea_id: str) -> Borrowed:
    """A borrowed idea of this actor's plan. Raises `NotFound`."""
    found = session.scalars(select(Borrowed).where(Borrowed.visible_to(actor), Borrowed.id == idea_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def mark(session: Session, actor: Actor, *, mark_id: str, group: str, kind: str, about: str, on: bool) -> Mark:
    """Say that a post helped, or that a member shall not be read; or take it back. Counts follow, see `counting`."""
    own_seat(session, actor, group)
    if kind == "helped":
        _check_other(session, actor, shown_post(session, group, about))
        count_later(session, group)
    else:
        _other_member(session, actor, group, about)
    wanted = select(Mark).where(Mark.visible_to(actor), Mark.kind == kind, Mark.about_id == about)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        if session.get(Mark, mark_id) is not None:
            raise NotFound
        found = Mark(id=mark_id, person_id=actor.person, group_id=group, kind=kind, about_id=about, on=on)
        session.add(found)
    found.on = on
    session.flush()
    return found


def _check_other(session: Session, actor: Actor, post: Post) -> None:
    voices = voices_of(session, {actor.person, post.person_id})
    if voices[actor.person] == voices[post.person_id]:
        raise Refused(OWN_EXAMPLE)


def _other_member(session: Session, actor: Actor, group: str, seat_id: str) -> None:
    seat = session.get(Seat, seat_id)
    if seat is None or seat.group_id != group or seat.person_id == actor.person:
        raise NotFound

"""The one door: a text is written, checked by the worker, reviewed by the person, read by a second one, held, shown."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Relationship
from app.accounts.people.members import members_of
from app.accounts.queries import token_hash
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_token
from app.jobs.service import enqueue
from app.peers.anonymise.guard import check
from app.peers.composing import Segment, checked_again, compose, is_rare
from app.peers.models import Post, QueueItem, Seat, Sharing
from app.peers.policy import ABOUT, HOLD, MOST_SHARINGS, PARTS, READER_LASTS
from app.peers.queries import (
    find_sharing,
    hold_group,
    is_option,
    known_of,
    own_seat,
    sharing_of_link,
    shown_post,
    under_way,
)
from app.peers.service.showing import OVER, PLAN, end_sharing, make_post, take_away

CHECK, READY = "peers.check", "peers.ready"
ABOUT_OF = {"example": None, "question": "example", "answer": "question"}
WRITERS = "Only the one who wrote this text can let it go on. You can stop it."
NOT_YET = "This text is still being checked. Nobody in the group can read it."
TAKEN_BACK = "This text was stopped before your answer came. Nobody in the group can read it."
WENT_ON = "This text went on before your answer came. Read it again, and take it back if it tells too much."
NAMED = "Hide the name first. Then go through the questions again."
READER_OVER = "This link was used, taken back, or is too old. Ask for a new one."


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the person decided on the review screen. `answers` by question; `revealed` names finds as "part:number".

    `second`: they want a second reader, also where none is asked for.
    """

    hidden: list[str]
    revealed: list[str]
    answers: dict[str, str]
    agreement: str | None = None
    second: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to say in a group. `texts` by part; `codes` are those of an example."""

    group: str
    about: str
    texts: dict[str, str]
    on: str | None = None
    codes: dict[str, Any] = field(default_factory=dict)


def write_sharing(session: Session, actor: Actor, *, sharing_id: str, draft: Draft) -> Sharing:
    """Hand a text to the door. Nothing of it shows before it was checked, confirmed and held."""
    seat = own_seat(session, actor, draft.group)
    _check_draft(session, actor, draft)
    if session.get(Sharing, sharing_id) is not None:
        raise NotFound
    made = Sharing(
        id=sharing_id,
        person_id=actor.person,
        group_id=draft.group,
        seat_id=seat.id,
        about=draft.about,
        on_post=draft.on,
        state="checking",
        codes=draft.codes,
        written=draft.texts,
        checked={},
        final={},
        written_by=actor.account,
        written_at=now(session),
    )
    session.add(made)
    session.flush()
    enqueue(session, CHECK, key=f"{CHECK}:{sharing_id}", payload={"sharing": sharing_id}, due_at=now(session))
    return made


def _check_draft(session: Session, actor: Actor, draft: Draft) -> None:
    if draft.about not in ABOUT or set(draft.texts) - set(PARTS[draft.about]):
        raise Refused("This part does not belong here.")
    if not any(text.strip() for text in draft.texts.values()):
        raise Refused("Write a few words first.")
    if under_way(session, actor, draft.group) >= MOST_SHARINGS:
        raise Refused("Many of your texts are on their way here. Finish or stop one first.")
    option = draft.codes.get("option")
    if option is not None and not is_option(session, option):
        raise Refused("This option is not in the directory any more. Choose another one, or none.")
    wanted = ABOUT_OF[draft.about]
    if (draft.on is None) != (wanted is None):
        raise Refused("Say what this is about.")
    if draft.on is not None and shown_post(session, draft.group, draft.on).about != wanted:
        raise NotFound


def keep_checked(session: Session, sharing: Sharing, parts: dict[str, list[Segment]], *, harm: bool) -> None:
    """The worker has been over it: the person may look at what peers would read."""
    sharing.checked, sharing.harm, sharing.rare = dict(parts), harm, is_rare(parts)
    sharing.state = "review"
    session.flush()


def confirm(session: Session, actor: Actor, *, sharing_id: str, confirmed: Confirmed) -> Sharing:
    """The person has read it. The server makes the text from what it checked, and its second guard reads it."""
    sharing = find_sharing(session, actor, sharing_id)
    if sharing.state != "review":
        raise _too_late(sharing)
    if sharing.written_by != actor.account:
        raise Refused(WRITERS, code="not_allowed")  # else a holder's yes or a second reader could be passed by
    if confirmed.answers["named"] != "no":
        raise Refused(NAMED)
    sharing.final = compose(sharing.checked, confirmed.hidden, confirmed.revealed)
    guard(session, sharing)
    sharing.agreement = _agreement(session, actor, confirmed)
    sharing.written, sharing.checked = {}, {}
    if sharing.harm:
        tell_moderators(session, sharing)
    doubtful = sharing.rare or confirmed.second or any(answer != "no" for answer in confirmed.answers.values())
    if doubtful:
        sharing.state = "reading"
        session.flush()
    else:
        _agree_or_hold(session, sharing)
    return sharing


def guard(session: Session, sharing: Sharing) -> None:
    """Refuse a finished text that still tells who somebody is: each part, and all parts read as one."""
    known = known_of(session, sharing.person_id)
    for text in (*sharing.final.values(), "\n".join(sharing.final.values())):
        found = check(text, known)
        if found:
            words = text[found[0].start : found[0].end]
            raise Refused(f"“{words}” still tells who somebody is. Hide it, then confirm again.", code="guard")


def _agreement(session: Session, actor: Actor, confirmed: Confirmed) -> str | None:
    """Where somebody shares for a person without an account here, they say what the person wants."""
    if actor.role == "holder" or _holder(session, actor) is not None:
        return None
    if confirmed.agreement is None:
        raise Refused("Say whether the person agrees, or why they cannot.")
    return confirmed.agreement


def _holder(session: Session, actor: Actor) -> Relationship | None:
    return next((item for item in members_of(session, actor) if item.role == "holder"), None)


def _agree_or_hold(session: Session, sharing: Sharing) -> None:
    """A holder with an account says yes to what another shares for them; then the hold begins."""
    writer = Actor(sharing.written_by, sharing.person_id, frozenset(), "")
    holder = _holder(session, writer)
    if holder is not None and holder.account_id != sharing.written_by:
        sharing.state = "agreeing"
        session.flush()
    else:
        _hold(session, sharing)


def _hold(session: Session, sharing: Sharing) -> None:
    sharing.state, sharing.shows_at = "held", now(session) + HOLD
    session.flush()
    payload = {"sharing": sharing.id}
    enqueue(session, READY, key=f"{READY}:{sharing.id}", payload=payload, due_at=sharing.shows_at)


def agree(session: Session, actor: Actor, *, sharing_id: str) -> Sharing:
    """The holder says yes to what somebody else shares of their plan."""
    sharing = find_sharing(session, actor, sharing_id)
    if actor.role != "holder":
        raise Refused("Only the person whose plan it is can agree.", code="not_allowed")
    if sharing.state != "agreeing":
        raise _too_late(sharing)
    _hold(session, sharing)
    return sharing


def _too_late(sharing: Sharing) -> Refused:
    words = NOT_YET if sharing.state in {"checking", "waiting"} else TAKEN_BACK if sharing.state in OVER else WENT_ON
    return Refused(words, code="same_change")


def stop(session: Session, actor: Actor, *, sharing_id: str) -> Sharing:
    """Stop a text on its way, or withdraw one that shows: it is gone at once, and from phones at their next contact."""
    sharing = find_sharing(session, actor, sharing_id)
    hold_group(session, sharing.group_id, sharing, taking=True)
    post = session.get(Post, sharing.id, populate_existing=True)
    if post is not None and post.state != "gone":
        take_away(session, post)
    if sharing.state != "ended":
        end_sharing(session, sharing, by=PLAN)
    return sharing


def let_show(session: Session, sharing: Sharing) -> None:
    """The hold is over. It shows if its plan still has its seat, what it is about is there, and the guard agrees."""
    seat = session.get_one(Seat, sharing.seat_id)
    group = hold_group(session, sharing.group_id, seat, sharing)
    if sharing.state != "held":
        return
    about = session.get(Post, sharing.on_post, populate_existing=True) if sharing.on_post else None
    gone = sharing.on_post is not None and (about is None or about.state == "gone")
    if seat.state != "in" or group.state == "deleted" or gone:
        end_sharing(session, sharing, by="example" if gone else "seat")
        return
    try:
        guard(session, sharing)
    except Refused:
        end_sharing(session, sharing, by="check")
        return
    if "option" in sharing.codes and not is_option(session, sharing.codes["option"]):
        sharing.codes = {name: value for name, value in sharing.codes.items() if name != "option"}
    make_post(session, sharing)
    if sharing.harm:
        tell_moderators(session, sharing)


def tell_moderators(session: Session, sharing: Sharing) -> None:
    """A text that may say that somebody is not safe goes to the queue, once."""
    if session.get(QueueItem, sharing.id) is not None:
        return
    item = QueueItem(
        id=sharing.id,
        person_id=sharing.person_id,
        group_id=sharing.group_id,
        post_id=sharing.id,
        reason="harm",
        raised_at=now(session),
    )
    session.add(item)
    session.flush()


def text_for_reader(session: Session, actor: Actor, *, sharing_id: str) -> Sharing:
    """A finished text that waits for its second reader. Raises `NotFound`."""
    found = find_sharing(session, actor, sharing_id)
    if found.state != "reading":
        raise NotFound
    return found


def reader_link(session: Session, actor: Actor, *, sharing_id: str) -> str:
    """The secret of a link for a second reader; an earlier one ends."""
    sharing, token = text_for_reader(session, actor, sharing_id=sharing_id), new_token()
    sharing.reader_hash, sharing.reader_until = token_hash(token), now(session) + READER_LASTS
    session.flush()
    return token


def read_second(session: Session, token: str, account: str) -> Sharing:
    """The finished text for its second reader. Whoever wrote it is none. Raises the same `NotFound` for every other."""
    found = sharing_of_link(session, token)
    over = found is None or found.state != "reading" or (found.reader_until or now(session)) <= now(session)
    if found is None or over or found.written_by == account:
        raise NotFound(READER_OVER)
    return found


def answer_second(session: Session, token: str, account: str, *, fine: bool) -> None:
    """The second reader says that it may go, or that somebody could be recognised: then it is back at the review.

    It is rare from then on, so that somebody reads it once more.
    """
    found = read_second(session, token, account)
    hold_group(session, found.group_id, found)
    sharing = read_second(session, token, account)
    sharing.reader_hash = None
    if fine:
        _agree_or_hold(session, sharing)
    else:
        sharing.checked, sharing.final, sharing.rare = dict(checked_again(sharing.final)), {}, True
        sharing.state = "review"
        session.flush()

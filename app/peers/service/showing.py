"""What comes to stand in a group, in batches, and how it goes again."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.ids import new_id
from app.jobs.service import enqueue
from app.peers.combinations import LATEST, Combination, Offer, due, release, standing
from app.peers.models import PeerGroup, Post, Seat, Sharing
from app.peers.queries import borrowed_from, hold_group, posts_on, shown_posts, voices_of, waiting_posts
from app.peers.service.counting import note_answers, take_answers
from app.peers.voice import COUNTED_ONLY
from app.sync.changes import lock_streams
from app.sync.models import person_stream

BATCH = "peers.batch"
# The database's clock starts jobs, ours says how long somebody has waited: they may be this far apart.
SKEW = timedelta(minutes=1)
OVER = ("stopped", "ended")
PLAN = "plan"
"""Who stopped a text, where it was whoever looks after its plan."""
NOT_SHOWN = frozenset({"attributes", *COUNTED_ONLY})


def make_post(session: Session, sharing: Sharing) -> Post:
    """What was held is ready. An example waits for its batch; questions and answers show now."""
    attributes = sharing.codes.get("attributes", {})
    made = Post(
        id=sharing.id,
        group_id=sharing.group_id,
        seat_id=sharing.seat_id,
        person_id=sharing.person_id,
        about=sharing.about,
        on_post=sharing.on_post,
        state="ready",
        texts=sharing.final,
        codes={name: value for name, value in sharing.codes.items() if name not in NOT_SHOWN},
        attributes=attributes,
        ready_at=now(session),
    )
    session.add(made)
    if sharing.about == "example":
        sharing.state = "ready"
        batch_later(session, sharing)
    else:
        _show(session, made)
        sharing.state = "shown"
    session.flush()
    return made


def batch_later(session: Session, sharing: Sharing) -> None:
    """Look for a batch when this one has waited for a day; an earlier one may take it along."""
    payload = {"group": sharing.group_id}
    enqueue(session, BATCH, key=f"{BATCH}:{sharing.id}:late", payload=payload, due_at=now(session) + LATEST + SKEW)


def release_batch(session: Session, group: PeerGroup) -> int:
    """Let what waits appear, when a batch is due; how many examples that were. Attributes are decided here, once."""
    hold_group(session, group.id)
    waiting = waiting_posts(session, group.id)
    lock_streams(session, [person_stream(post.person_id) for post in waiting])
    voices = voices_of(session, {post.person_id for post in waiting})
    offers = [_offer(post, voices, told=_told(session, post)) for post in waiting]
    if not due(offers, now(session)):
        return 0
    said, batch = release(offers), new_id()
    # phones get them one after the other: in the order of their holds they would tell whose came first
    secrets.SystemRandom().shuffle(waiting)
    for post in waiting:
        _release(session, post, batch, said[post.id])
    return len(waiting)


def _release(session: Session, post: Post, batch: str, said: Combination) -> None:
    _show(session, post)
    post.batch, post.said = batch, dict(said)
    if said:
        session.get_one(Seat, post.seat_id).said = post.said
    session.flush()
    sharing = session.get(Sharing, post.id)
    if sharing is not None:
        sharing.state = "shown"
        note_answers(session, post, sharing.codes)


def _show(session: Session, post: Post) -> None:
    post.state, post.shown_on = "shown", now(session).date().isoformat()


def _told(session: Session, post: Post) -> Combination:
    """What earlier examples under this name told, also where they are gone: somebody may remember it."""
    return tuple(sorted(session.get_one(Seat, post.seat_id).said.items()))


def _offer(post: Post, voices: Mapping[str, str], *, told: Combination = ()) -> Offer:
    """An author is who speaks for a plan; it stands under the name of its seat. Every code on it is sensitive."""
    sensitive = {name: str(value) for name, value in post.codes.items()}
    return Offer(post.id, voices[post.person_id], post.ready_at, post.attributes, sensitive, told, post.seat_id)


def take_away(session: Session, post: Post) -> None:
    """Nothing of a post is left: its text, what hangs on it, and drafts that still hold its words."""
    for hanging in posts_on(session, post):
        take_away(session, hanging)
        _end_its_sharing(session, hanging)
    take_answers(session, post)
    post.state, post.texts, post.codes, post.attributes, post.said = "gone", {}, {}, {}, {}
    for draft in borrowed_from(session, post.id):
        draft.words, draft.lost = "", True
    session.flush()
    if post.batch is not None:
        _stand_again(session, shown_posts(session, post.group_id, batch=post.batch))


def hide(session: Session, post: Post) -> None:
    """Out of sight at once, until a moderator has looked. Its attributes do not come back."""
    post.state, post.said = "hidden", {}
    session.flush()
    if post.batch is not None:
        _stand_again(session, shown_posts(session, post.group_id, batch=post.batch))


def _stand_again(session: Session, there: Sequence[Post]) -> None:
    """A combination goes where too few of its batch are left. Nothing comes back and nothing is added."""
    shown: dict[str, Combination] = {post.id: tuple(sorted(post.said.items())) for post in there}
    voices = voices_of(session, {post.person_id for post in there})
    left = standing([_offer(post, voices) for post in there], shown)
    for post in there:
        if dict(left[post.id]) != post.said:
            post.said = dict(left[post.id])
    session.flush()


def _end_its_sharing(session: Session, post: Post) -> None:
    sharing = session.get(Sharing, post.id)
    if sharing is not None:
        end_sharing(session, sharing, by="example")


def end_sharing(session: Session, sharing: Sharing, *, by: str, why: str | None = None) -> None:
    """Stopped by its plan, or ended by another (`policy.ENDED_BY`), whom its author is told: no word of it is kept.

    What ended before stays as it was told. `why`: the reason of the report on which a moderator decided, never whose.
    """
    if by == PLAN:
        sharing.state, sharing.ending = "stopped", None
    elif sharing.state not in OVER:
        told = {"by": by, "on": now(session).date().isoformat()}
        sharing.state, sharing.ending = "ended", {**told, "why": why} if why else told
    sharing.written, sharing.checked, sharing.final = {}, {}, {}
    sharing.reader_hash, sharing.shows_at = None, None
    session.flush()

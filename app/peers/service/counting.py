"""The counts of a group: how many an example helped, and what all examples together say. Once a day, in batches."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.core.clock import now
from app.jobs.service import enqueue
from app.peers.models import Answer, Mark, Post, Tally
from app.peers.policy import FEWEST_CHANGES, helped_band
from app.peers.queries import answers_by, answers_in, helped_marks, shown_posts, tallies_of, voices_of
from app.peers.voice import COUNTED_ONLY, QUESTIONS, answers_of, enough, moved

COUNT = "peers.count"


def count_later(session: Session, group: str) -> None:
    """Count when the day is over: what is counted together came on one day, whatever its hour. At most a day late."""
    tomorrow = now(session).astimezone(UTC).date() + timedelta(days=1)
    due = datetime.combine(tomorrow, time(0), UTC)
    enqueue(session, COUNT, key=f"{COUNT}:{group}:{tomorrow}", payload={"group": group}, due_at=due)


def count_helped(session: Session, group: str) -> None:
    """Bring the band of a post up to date, where enough different people changed their mind about it since then."""
    marks, posts = helped_marks(session, group), shown_posts(session, group)
    around = {mark.person_id for found in marks.values() for mark in found}
    voices = voices_of(session, around.union(post.person_id for post in posts))
    for post in posts:
        _count_post(post, marks.get(post.id, []), voices)
    session.flush()


def _count_post(post: Post, marks: list[Mark], voices: Mapping[str, str]) -> None:
    own = voices[post.person_id]
    others = [mark for mark in marks if voices[mark.person_id] != own]
    changed = {voices[mark.person_id] for mark in others if mark.on != mark.counted}
    if len(changed) < FEWEST_CHANGES:
        return
    for mark in others:
        mark.counted = mark.on
    band = helped_band(len({voices[mark.person_id] for mark in others if mark.on}))
    if post.helped != band:
        post.helped = band


def note_answers(session: Session, post: Post, codes: dict[str, str]) -> None:
    """What an example that shows now answers. `codes` are its sharing's: some of them are only counted."""
    told = {name: codes[name] for name in COUNTED_ONLY if name in codes}
    for question, answer in answers_of(post.codes, told).items():
        place = {"group_id": post.group_id, "person_id": post.person_id, "since": now(session)}
        session.add(Answer(post_id=post.id, question=question, answer=answer, counted=False, **place))
    count_later(session, post.group_id)


def take_answers(session: Session, post: Post) -> None:
    """The answers of an example that goes. Those that were counted leave the counts with enough others."""
    for answer in answers_by(session, post):
        if answer.counted:
            tally = _tally(session, post.group_id, answer.question)
            tally.leaving = moved(tally.leaving, [answer.answer], 1)
            count_later(session, post.group_id)
        session.delete(answer)
    session.flush()


def count_voice(session: Session, group: str) -> None:
    """Bring the counts of all questions up to date, as far as enough people answered or went."""
    shown = {post.id for post in shown_posts(session, group)}
    answers = answers_in(session, group)
    voices = voices_of(session, {answer.person_id for answer in answers})
    for question in QUESTIONS:
        fresh = _first_answers([answer for answer in answers if answer.question == question], shown, voices)
        tally = _tally(session, group, question)
        if enough([answer.answer for answer in fresh]):
            tally.counts = moved(tally.counts, [answer.answer for answer in fresh], 1)
            tally.counted_on = now(session).date().isoformat()
            for answer in fresh:
                answer.counted = True
        gone = list(Counter(tally.leaving).elements())
        if enough(gone):
            tally.counts, tally.leaving = moved(tally.counts, gone, -1), {}
            tally.counted_on = now(session).date().isoformat()
    session.flush()


def _first_answers(answers: list[Answer], shown: set[str], voices: Mapping[str, str]) -> list[Answer]:
    """The first answer of each person who has none in the count, where its example shows."""
    told = {voices[answer.person_id] for answer in answers if answer.counted}
    found: list[Answer] = []
    for answer in answers:
        if not answer.counted and answer.post_id in shown and voices[answer.person_id] not in told:
            told.add(voices[answer.person_id])
            found.append(answer)
    return found


def forget_counts(session: Session, group: str) -> None:
    """A group that ended says nothing any more."""
    for tally in tallies_of(session, group).values():
        session.delete(tally)
    session.flush()


def _tally(session: Session, group: str, question: str) -> Tally:
    found = session.get(Tally, (group, question))
    if found is None:
        found = Tally(group_id=group, question=question, counts={}, leaving={})
        session.add(found)
        session.flush()
    return found

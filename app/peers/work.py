"""What the worker does for groups: lets texts through the door, ends holds, releases batches, counts."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.db import Database
from app.core.ids import new_id
from app.jobs.service import Claim, enqueue
from app.peers.anonymise.engine import Anonymiser, ready
from app.peers.anonymise.guard import check as guard_check
from app.peers.anonymise.known import Known, kept_places
from app.peers.anonymise.model import DetectorMissing
from app.peers.anonymise.standins import StandIns, rewrite
from app.peers.composing import Segment, segments_of, with_faint
from app.peers.harm import speaks_of_harm
from app.peers.models import PeerGroup, Sharing
from app.peers.policy import TRY_AGAIN
from app.peers.queries import hold_group, known_of, known_to_moderators
from app.peers.service.counting import COUNT, count_helped, count_voice
from app.peers.service.groups import CHECK_GROUP
from app.peers.service.seats import count_seats
from app.peers.service.sharing import CHECK, READY, keep_checked, let_show
from app.peers.service.showing import BATCH, release_batch

TO_CHECK = frozenset({"checking", "waiting"})


class PeerJobs:
    """The handlers for the worker. `engine` builds the anonymiser, or raises `DetectorMissing`."""

    def __init__(self, database: Database, engine: Callable[[], Anonymiser] = ready) -> None:
        self.database = database
        self.engine = engine

    def handlers(self) -> dict[str, Callable[[Claim], None]]:
        """Every kind of job of this feature."""
        return {
            CHECK: self.check,
            CHECK_GROUP: self.check_group,
            READY: self.ready,
            BATCH: self.batch,
            COUNT: self.count,
        }

    def check(self, held: Claim) -> None:
        """Say a text in general words. Without the detector it waits, and nothing is shared half-checked."""
        with self.database.reading() as session:
            sharing = session.get(Sharing, held.payload["sharing"])
            if sharing is None or sharing.state not in TO_CHECK:
                return
            texts, known = dict(sharing.written), known_of(session, sharing.person_id)
        found = self._checked(texts, known)
        harm = any(speaks_of_harm(text) for text in texts.values())
        with self.database.writing() as session:
            again = session.get(Sharing, held.payload["sharing"])
            if again is not None:
                hold_group(session, again.group_id, again)
            if again is None or again.state not in TO_CHECK:
                return
            if found is None:
                again.state, again.harm = "waiting", harm
                _try_again(session, CHECK, held.payload)
            else:
                keep_checked(session, again, found, harm=harm)
            session.commit()

    def _checked(self, texts: Mapping[str, str], known: Known) -> dict[str, list[Segment]] | None:
        try:
            return checked(self.engine(), texts, known)
        except DetectorMissing:
            return None

    def check_group(self, held: Claim) -> None:
        """A group's name and what it says of itself: what tells of somebody is refused, with the words that do."""
        with self.database.reading() as session:
            group = session.get(PeerGroup, held.payload["group"])
            texts = texts_to_check(group)
            if texts is None:
                return
            known = known_to_moderators(session, held.payload["group"])
        found = self._checked(texts, known)
        with self.database.writing() as session:
            again = session.get(PeerGroup, held.payload["group"])
            if again is None or texts_to_check(again) != texts:
                return
            if found is None:
                _say_how_it_went(again, "waiting")
                _try_again(session, CHECK_GROUP, held.payload)
            else:
                telling = again.reason = telling_words(texts, found, known)
                _say_how_it_went(again, "refused" if telling else "ready")
            session.commit()

    def ready(self, held: Claim) -> None:
        """A hold is over."""
        with self.database.writing() as session:
            sharing = session.get(Sharing, held.payload["sharing"])
            if sharing is not None and sharing.state == "held":
                let_show(session, sharing)
                session.commit()

    def batch(self, held: Claim) -> None:
        """Let the examples of a group appear, if their batch is due."""
        with self.database.writing() as session:
            group = session.get(PeerGroup, held.payload["group"])
            if group is not None and group.state == "ready" and release_batch(session, group):
                session.commit()

    def count(self, held: Claim) -> None:
        """Bring the counts of a group up to date, and whether enough different people are in it."""
        with self.database.writing() as session:
            group = session.get(PeerGroup, held.payload["group"])
            if group is not None and group.state == "ready":
                hold_group(session, group.id)
                count_seats(session, group)
                count_helped(session, group.id)
                count_voice(session, group.id)
                session.commit()


def checked(engine: Anonymiser, texts: Mapping[str, str], known: Known) -> dict[str, list[Segment]]:
    """Every part said in general words, with one memory, so that the same find is called the same throughout."""
    memory, found = StandIns(), {}
    for name, text in texts.items():
        spans = engine.spans(text, known)
        kept = {text[one.start : one.end].lower() for one in kept_places(text, known)}
        found[name] = with_faint(segments_of(text, rewrite(text, spans, memory), spans), kept)
    return found


def texts_to_check(group: PeerGroup | None) -> dict[str, str] | None:
    """The name of a new group, or the next name of one that has one; None where nothing waits."""
    if group is not None and group.state in TO_CHECK:
        return {"name": group.name, "about": group.about}
    if group is not None and group.state == "ready" and group.new_state in TO_CHECK:
        return {"name": group.new_name or "", "about": group.new_about or ""}
    return None


def _say_how_it_went(group: PeerGroup, state: str) -> None:
    if group.new_state is None:
        group.state = state
    elif state == "ready":
        group.name, group.about = group.new_name or "", group.new_about or ""
        group.new_name = group.new_about = group.new_state = None
    else:
        group.new_state = state


def telling_words(texts: Mapping[str, str], found: Mapping[str, list[Segment]], known: Known) -> str:
    """The words of a group's name that may tell of somebody, for its founder; "" where there are none."""
    said = [segment.get("was", "a number") for segments in found.values() for segment in segments if "k" in segment]
    said += [text[one.start : one.end] for text in texts.values() for one in guard_check(text, known)]
    return ", ".join(sorted({one.strip() for one in said if one.strip()}))


def _try_again(session: Session, kind: str, payload: dict[str, object]) -> None:
    enqueue(session, kind, key=f"{kind}:{new_id()}", payload=payload, due_at=now(session) + TRY_AGAIN)

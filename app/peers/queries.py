"""Reading seats, posts and what a plan knows of itself. What pages and phones ask goes by a seat or an actor."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Person, Relationship
from app.accounts.policy import MANAGE, whole
from app.accounts.queries import in_force, open_relationships, scopes_of, token_hash
from app.budgets.models import Entry, Pot
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound
from app.options.models import SupportOption
from app.peers.anonymise.known import Known, KnownItem
from app.peers.models import (
    Answer,
    Borrowed,
    Mark,
    PeerGroup,
    Post,
    QueueItem,
    Seat,
    Sharing,
    Tally,
    group_stream,
)
from app.peers.policy import HIDES_AT_ONCE, UNDER_WAY
from app.sync.changes import lock_streams
from app.sync.models import person_stream

MOST_KNOWN = 400


def managed_by(session: Session, account: str) -> list[str]:
    """The plans that this account looks after today."""
    found = open_relationships(session, account)
    return [item.person_id for item in found if MANAGE in scopes_of(session, item)]


def managers_of(session: Session, person: str) -> list[str]:
    """The accounts that look after a plan today."""
    wanted = select(Relationship).where(Relationship.person_id == person, *in_force(now(session).date()))
    return [item.account_id for item in session.scalars(wanted) if MANAGE in scopes_of(session, item)]


def accounts_of(session: Session, person: str) -> list[str]:
    """Every account that has or had a part in a plan."""
    return list(session.scalars(select(Relationship.account_id).where(Relationship.person_id == person).distinct()))


def voices_of(session: Session, plans: Iterable[str]) -> dict[str, str]:
    """Who speaks for each of these plans, as the id of one of them.

    Plans that one account looks after have one voice, also by way of a third plan: whoever invents five plans is one.
    """
    voice = {plan: plan for plan in plans}
    first: dict[str, str] = {}
    wanted = select(Relationship).where(Relationship.person_id.in_(sorted(voice)), *in_force(now(session).date()))
    for item in session.scalars(wanted.order_by(Relationship.person_id, Relationship.id)):
        if MANAGE in scopes_of(session, item):
            joined, into = voice[item.person_id], voice[first.setdefault(item.account_id, item.person_id)]
            voice = {plan: into if one == joined else one for plan, one in voice.items()}
    return voice


def hold_group(
    session: Session, group_id: str, *rows: Seat | Sharing | Post, person: str | None = None, taking: bool = False
) -> PeerGroup:
    """A group, with nobody else writing in it until the commit; it and `rows` are read again after the wait.

    Groups are held before plans, here and where acts of phones come in: whoever takes the two in another order may
    wait for ever. `taking`: what came from `rows` goes, so the plans that lose something by it are held too.
    """
    lock_streams(session, [group_stream(group_id)])
    whose = {
        person,
        *(row.person_id for row in rows),
        *(plans_around(session, [row.id for row in rows]) if taking else ()),
    }
    lock_streams(session, [person_stream(one) for one in whose if one])
    session.flush()
    found = session.get_one(PeerGroup, group_id)
    for row in (found, *rows):
        session.refresh(row)
    return found


def groups_of(session: Session, texts: list[str]) -> list[str]:
    """The groups to which these texts are on their way, or where they stand."""
    return list(session.scalars(select(Sharing.group_id).where(Sharing.id.in_(texts)).distinct()))


def plans_around(session: Session, ids: list[str]) -> set[str]:
    """The plans that lose something when these seats or texts go: what hangs on them, and drafts with their words.

    Also whose part it may be to moderate afterwards: the first who stays, in the group of each seat.
    """
    there = Post.state != "gone"
    found = set(session.scalars(select(Post.id).where(or_(Post.id.in_(ids), Post.seat_id.in_(ids)), there)))
    plans, level = set(), found
    while level:
        hanging = session.execute(select(Post.id, Post.person_id).where(Post.on_post.in_(level), there)).all()
        plans |= {one.person_id for one in hanging}
        level = {one.id for one in hanging} - found
        found |= level
    drafts = select(Borrowed.person_id).where(Borrowed.post_id.in_(found), Borrowed.rewritten.is_(False))
    return plans | set(session.scalars(drafts)) | _next_in_line(session, ids)


def _next_in_line(session: Session, leaving: list[str]) -> set[str]:
    found = set()
    for group in session.scalars(select(Seat.group_id).where(Seat.id.in_(leaving)).distinct()):
        staying = [seat.person_id for seat in seats_in(session, group) if seat.id not in leaving]
        found |= {plan for plan in staying[:1] if plan}
    return found


def is_option(session: Session, option: str) -> bool:
    """Whether the public directory has this option."""
    return option_name(session, option) is not None


def option_name(session: Session, option: str | None) -> str | None:
    """What an option is called in the public directory; None where it has none of this id any more."""
    found = session.get(SupportOption, option) if option else None
    return None if found is None or found.removed else str(found.content.get("name", ""))


def seats_of(session: Session, account: str, *, states: Iterable[str] = ("in",)) -> list[Seat]:
    """The seats of an account: those of the plans it looks after, and those it has for an organisation."""
    whose = or_(
        Seat.person_id.in_(managed_by(session, account)), Seat.person_id.is_(None) & (Seat.account_id == account)
    )
    wanted = select(Seat).where(whose, Seat.state.in_(tuple(states))).order_by(Seat.since, Seat.id)
    return list(session.scalars(wanted))


def seat_in(session: Session, account: str, group: str) -> Seat:
    """The account's seat in a group, a moderator's first. Raises `NotFound`."""
    found = [seat for seat in seats_of(session, account) if seat.group_id == group]
    if not found:
        raise NotFound
    return min(found, key=lambda seat: seat.role != "moderator")


def own_seat(session: Session, actor: Actor, group: str) -> Seat:
    """The seat of this actor's plan in a group that is there. Raises `NotFound`."""
    wanted = select(Seat).where(Seat.visible_to(actor), Seat.group_id == group, Seat.state == "in")
    found = session.scalars(wanted).one_or_none()
    if found is None or session.get_one(PeerGroup, group).state == "deleted":
        raise NotFound
    return found


def group_of_link(session: Session, token: str) -> PeerGroup | None:
    """The group that a link leads to, where it still does."""
    wanted = select(PeerGroup).where(PeerGroup.link_hash == token_hash(token), PeerGroup.state == "ready")
    return session.scalars(wanted).one_or_none()


def groups_to_ask(session: Session, account: str) -> list[PeerGroup]:
    """Groups that take requests and in which this account has no seat."""
    there = {seat.group_id for seat in seats_of(session, account, states=("in", "asked", "banned"))}
    wanted = select(PeerGroup).where(PeerGroup.state == "ready", PeerGroup.by_request).order_by(PeerGroup.name)
    return [group for group in session.scalars(wanted) if group.id not in there]


def seats_in(session: Session, group: str, *, state: str = "in") -> list[Seat]:
    """Every seat of a group in this state, the oldest first."""
    wanted = select(Seat).where(Seat.group_id == group, Seat.state == state)
    return list(session.scalars(wanted.order_by(Seat.since, Seat.id)))


def plans_in(session: Session, group: str) -> int:
    """How many plans have a seat."""
    return len(_plans(session, group))


def people_in(session: Session, group: str) -> int:
    """How many different people speak for these plans."""
    return len(set(voices_of(session, _plans(session, group)).values()))


def _plans(session: Session, group: str) -> list[str]:
    seats = select(Seat.person_id).where(Seat.group_id == group, Seat.state == "in", Seat.person_id.is_not(None))
    return [plan for plan in session.scalars(seats.distinct()) if plan]


def is_banned(session: Session, group: str, account: str | None, person: str | None) -> bool:
    """Whether the plan, the account, or whoever looked after a banned plan was sent off here.

    Only those count who managed that plan: who once reviewed it had no part in what it shared.
    """
    sent_off = select(Seat).where(Seat.group_id == group, Seat.state == "banned")
    for seat in session.scalars(sent_off):
        if (account and seat.account_id == account) or (person and seat.person_id == person):
            return True
        looked_after = select(Relationship).where(
            Relationship.person_id == seat.person_id, Relationship.account_id == account
        )
        if any(MANAGE in whole(item.scopes) for item in session.scalars(looked_after)):
            return True
    return False


def seat_held(session: Session, group: str, account: str, person: str | None) -> Seat | None:
    """The seat that a plan, or a moderator without one, has or has asked for."""
    whose: ColumnElement[bool] = (
        Seat.person_id == person if person else Seat.person_id.is_(None) & (Seat.account_id == account)
    )
    wanted = select(Seat).where(Seat.group_id == group, whose, Seat.state.in_(("in", "asked")))
    return session.scalars(wanted.limit(1)).first()


def find_sharing(session: Session, actor: Actor, sharing_id: str) -> Sharing:
    """A text of this actor's plan. Raises `NotFound`."""
    wanted = select(Sharing).where(Sharing.visible_to(actor), Sharing.id == sharing_id)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def sharing_of_link(session: Session, token: str) -> Sharing | None:
    """The text that a second reader's link leads to, whatever became of it."""
    return session.scalars(select(Sharing).where(Sharing.reader_hash == token_hash(token))).one_or_none()


def other_report_hides(session: Session, post: str) -> bool:
    """Whether a report that waits hides this post."""
    wanted = select(QueueItem.id).where(
        QueueItem.post_id == post, QueueItem.decision.is_(None), QueueItem.reason.in_(HIDES_AT_ONCE)
    )
    return session.scalars(wanted.limit(1)).first() is not None


def pseudonyms_of(session: Session, group: str) -> set[str]:
    """Every name that somebody ever had in a group."""
    return set(session.scalars(select(Seat.pseudonym).where(Seat.group_id == group)))


def under_way(session: Session, actor: Actor, group: str) -> int:
    """How many texts of this plan are on their way to a group."""
    mine = select(func.count()).select_from(Sharing).where(Sharing.visible_to(actor), Sharing.group_id == group)
    return session.execute(mine.where(Sharing.state.in_(UNDER_WAY))).scalar_one()


def shown_post(session: Session, group: str, post: str) -> Post:
    """What members of a group read under this id. Raises `NotFound`; the caller has a seat there."""
    found = session.get(Post, post)
    if found is None or found.group_id != group or found.state != "shown":
        raise NotFound
    return found


def posts_of_seat(session: Session, seat: Seat) -> list[Post]:
    """Everything that came from a seat and is not gone."""
    return list(session.scalars(select(Post).where(Post.seat_id == seat.id, Post.state != "gone")))


def sharings_of_seat(session: Session, seat: Seat) -> list[Sharing]:
    """Every text of a seat that is on its way or there."""
    over = ("stopped", "ended")
    return list(session.scalars(select(Sharing).where(Sharing.seat_id == seat.id, Sharing.state.not_in(over))))


def posts_on(session: Session, post: Post) -> list[Post]:
    """What hangs on a post: questions, and their answers."""
    return list(session.scalars(select(Post).where(Post.on_post == post.id, Post.state != "gone")))


def borrowed_from(session: Session, post: str) -> list[Borrowed]:
    """Drafts that still hold the words of a post."""
    wanted = select(Borrowed).where(Borrowed.post_id == post, Borrowed.rewritten.is_(False))
    return list(session.scalars(wanted))


def waiting_posts(session: Session, group: str) -> list[Post]:
    """Examples whose hold is over and that wait for their batch."""
    wanted = select(Post).where(Post.group_id == group, Post.state == "ready", Post.about == "example")
    return list(session.scalars(wanted.order_by(Post.ready_at, Post.id)))


def shown_posts(session: Session, group: str, *, batch: str | None = None) -> list[Post]:
    """What shows in a group, or in one of its batches."""
    wanted = select(Post).where(Post.group_id == group, Post.state == "shown")
    return list(session.scalars(wanted if batch is None else wanted.where(Post.batch == batch)))


def helped_marks(session: Session, group: str) -> dict[str, list[Mark]]:
    """What plans said of each post: that it helped them too, or that it does not any more."""
    found: dict[str, list[Mark]] = {}
    for mark in session.scalars(select(Mark).where(Mark.group_id == group, Mark.kind == "helped")):
        found.setdefault(mark.about_id, []).append(mark)
    return found


def answers_in(session: Session, group: str) -> list[Answer]:
    """Every answer to the questions of `voice` in a group, the oldest first."""
    wanted = select(Answer).where(Answer.group_id == group)
    return list(session.scalars(wanted.order_by(Answer.since, Answer.post_id)))


def answers_by(session: Session, post: Post) -> list[Answer]:
    """What one example answers."""
    return list(session.scalars(select(Answer).where(Answer.post_id == post.id)))


def tallies_of(session: Session, group: str) -> dict[str, Tally]:
    """The counts of a group by question, as they stand."""
    return {one.question: one for one in session.scalars(select(Tally).where(Tally.group_id == group))}


def queue_of(session: Session, group: str, *, settled: bool) -> list[QueueItem]:
    """What waits for the moderators, or their log; the newest first."""
    state = QueueItem.decision.is_not(None) if settled else QueueItem.decision.is_(None)
    wanted = select(QueueItem).where(QueueItem.group_id == group, state)
    return list(session.scalars(wanted.order_by(QueueItem.raised_at.desc(), QueueItem.id).limit(200)))


def text_to_judge(session: Session, item: QueueItem) -> Post | None:
    """The post of a report, where members read it or did until it was hidden. A text on its way is nobody's to read."""
    found = session.get(Post, item.post_id)
    return found if found is not None and found.state in {"shown", "hidden"} else None


def is_on_its_way(session: Session, item: QueueItem) -> bool:
    """Whether the text of a report is still held, or waits for its batch."""
    found = session.get(Sharing, item.post_id)
    return found is not None and found.state in (*UNDER_WAY, "ready")


@dataclass(frozen=True, slots=True)
class _Source:
    text: str | None
    kind: str
    role: str = ""


def known_of(session: Session, person: str) -> Known:
    """What this installation knows of a plan: names, addresses of mail, funders, where money went."""
    found = [*_people_around(session, person), *_places_of_money(session, person)]
    seen = {(item.text.strip(), item.kind): item for item in found if item.text and len(item.text.strip()) > 1}
    return Known(tuple(KnownItem(text, kind, item.role) for (text, kind), item in list(seen.items())[:MOST_KNOWN]))


def known_to_moderators(session: Session, group: str) -> Known:
    """What this installation knows of the plans that name a group: their words go through the door as all do."""
    plans = [seat.person_id for seat in seats_in(session, group) if seat.role == "moderator" and seat.person_id]
    items = {item: None for person in plans for item in known_of(session, person).items}
    return Known(tuple(items)[:MOST_KNOWN])


def _people_around(session: Session, person: str) -> list[_Source]:
    whose = session.get_one(Person, person)
    found = [_Source(whose.name, "PERSON")]
    links = select(Relationship).where(Relationship.person_id == person)
    for link in session.scalars(links):
        account = session.get(Account, link.account_id)
        found.append(_Source(link.account_name, "PERSON"))
        if account is not None:
            found += [_Source(account.name, "PERSON"), _Source(account.email, "CONTACT")]
    return found


def _places_of_money(session: Session, person: str) -> list[_Source]:
    pots = select(Pot).where(Pot.person_id == person)
    merchants = select(Entry.merchant).where(Entry.person_id == person, Entry.merchant.is_not(None)).distinct()
    funders = [_Source(pot.funder, "ORG") for pot in session.scalars(pots)]
    return funders + [_Source(name, "ORG") for name in session.scalars(merchants.limit(MOST_KNOWN))]

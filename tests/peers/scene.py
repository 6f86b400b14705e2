"""A group around a plan, written down directly: for tests that walk every act and every route."""

from app.accounts.service import add_person, create_account
from app.core.clock import now
from app.core.ids import new_id
from app.peers.models import Borrowed, PeerGroup, Post, QueueItem, Seat, Sharing

NAMES = (
    "group", "own_seat", "other_seat", "post", "sharing", "agreeing", "idea", "second_read", "queue",
)  # fmt: skip


def with_group(parts, account, person, ids=None, *, role="member"):
    """A group with this plan's seat, another plan with a post, and texts on their way; ids by name."""
    made = {**{name: new_id() for name in NAMES}, **(ids or {})}
    with parts.database.writing() as session:
        other = create_account(session, email=f"{made['other_seat']}@example.com", name="Other", password_hash="none")
        theirs = add_person(session, other, name="Other", role="holder")
        at = now(session)
        group = PeerGroup(id=made["group"], name="Meeting", about="", kind="person", state="ready", made_at=at)
        group.is_open, group.by_request = True, True
        session.add(group)
        session.flush()
        seat = {"group_id": made["group"], "state": "in", "rules": 1, "since": at}
        session.add(Seat(id=made["own_seat"], person_id=person, account_id=account, pseudonym="A", role=role, **seat))
        session.add(Seat(id=made["other_seat"], person_id=theirs.id, account_id=other.id, pseudonym="B", **seat))
        session.flush()
        session.add_all(texts(made, account, person, theirs.id, at))
        session.commit()
    return made


def texts(made, account, person, theirs, at):
    """A post of the other plan; of this one a text to confirm, one to agree to, one for a second reader, an idea."""
    place = {"group_id": made["group"]}
    common = {**place, "seat_id": made["own_seat"], "person_id": person, "written_by": account, "written_at": at}
    common |= {"about": "example", "codes": {}, "rare": False, "harm": False}
    idea = {"person_id": person, **place, "post_id": made["post"], "part": "goal", "words": "Walk", "written_at": at}
    post = {**place, "seat_id": made["other_seat"], "person_id": theirs, "about": "example", "codes": {}}
    report = {**place, "person_id": theirs, "post_id": made["post"], "reason": "unkind", "raised_at": at}
    return [
        QueueItem(id=made["queue"], **report),
        Post(id=made["post"], state="shown", texts={"goal": "Walk"}, ready_at=at, **post),
        Sharing(id=made["sharing"], state="review", checked={"goal": [{"t": "Walk"}]}, **common),
        Sharing(id=made["agreeing"], state="agreeing", final={"goal": "Walk"}, **common),
        Sharing(id=made["second_read"], state="reading", final={"goal": "Walk"}, **common),
        Borrowed(id=made["idea"], **idea),
    ]

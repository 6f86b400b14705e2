"""A peer group to look at: some of the invented people sit in it; twelve plans wrote its thirty examples.

One of the twelve is an invented person's, nobody can sign in as the others. What they wrote stands there as if it had
come by the door: finished words, with the days on which they showed; seats, the release and the counts go through the
services.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.policy import MANAGE
from app.accounts.service import add_person, create_account
from app.core.actor import Actor
from app.core.clock import now
from app.core.ids import new_id
from app.core.web import Services
from app.options.service import option_id
from app.peers.models import PeerGroup, Post, Seat, Sharing
from app.peers.policy import EXAMPLE_PARTS
from app.peers.queries import managers_of, voices_of
from app.peers.service.counting import count_helped
from app.peers.service.groups import make_link
from app.peers.service.ideas import borrow, mark
from app.peers.service.seats import join_by_link, take_seat
from app.peers.service.showing import release_batch

NOBODY_SIGNS_IN = ""
FILE = Path(__file__).with_name("data") / "group.json"
Said = dict[str, Any]
"""One text of the file: `by` is the number of its author, `days` how many days ago it showed."""


def load_group(parts: Services) -> bool:
    """Load the group where it is not there yet and its members are; whether it was loaded."""
    told = read_group()
    with parts.database.writing() as session:
        there = session.scalars(select(PeerGroup.id).where(PeerGroup.name == told["name"])).first()
        people = {person.name: person.id for person in session.scalars(select(Person))}
        if there or not set(told["members"]) <= set(people):
            return False
        _load(session, told, {name: people[name] for name in told["members"]})
        session.commit()
    return True


def read_group() -> dict[str, Any]:
    """The file: the group, and its examples with questions and answers."""
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def _load(session: Session, told: dict[str, Any], members: dict[str, str]) -> None:
    seats, authors = _take_seats(session, told, members)
    group = session.get_one(PeerGroup, authors[0].group_id)
    written = [(one, _stand(session, group, authors, one, None, "example")) for one in told["examples"]]
    release_batch(session, group)
    for one, post in written:
        _date(session, post, one)
        _talk(session, group, authors, one, post)
        _help(session, seats, one["helped"], post)
    count_helped(session, group.id)
    _borrow(session, told, members, {one["option"]: post for one, post in written})


def _take_seats(session: Session, told: dict[str, Any], members: dict[str, str]) -> tuple[list[Seat], list[Seat]]:
    """Found the group and let everybody join; all seats, and those of the authors by their numbers."""
    about = {"name": told["name"], "about": told["about"], "kind": "person"}
    group = PeerGroup(id=new_id(), **about, state="ready", made_at=now(session))
    session.add(group)
    session.flush()
    first = members[told["moderator"]]
    founder = take_seat(session, group, managers_of(session, first)[0], first, role="moderator")
    token = make_link(session, founder)
    here = {
        name: join_by_link(session, token, managers_of(session, one)[0], person=one) for name, one in members.items()
    }
    own = {number: here[name] for name, number in told["writes_as"].items()}
    count = 1 + max(one["by"] for one in told["examples"])
    authors = [own.get(number) or _author(session, token, number) for number in range(count)]
    return [*authors, *(seat for seat in here.values() if seat not in authors)], authors


def _author(session: Session, token: str, number: int) -> Seat:
    """Somebody who cannot sign in, with a plan of their own and a seat."""
    name = f"Group member {number + 1}"
    email = f"member-{number + 1}@example.com"
    account = create_account(session, email=email, name=name, password_hash=NOBODY_SIGNS_IN)
    person = add_person(session, account, name=name, role="holder")
    return join_by_link(session, token, account.id, person=person.id)


def _stand(session: Session, group: PeerGroup, authors: list[Seat], said: Said, on: Post | None, about: str) -> Post:
    """A text that has passed the door. An example waits for its batch, what hangs on one shows."""
    seat = authors[said["by"]]
    place: Said = {"id": new_id(), "group_id": group.id, "seat_id": seat.id, "person_id": seat.person_id}
    place |= {"about": about, "on_post": on.id if on else None, "codes": _codes(said) if about == "example" else {}}
    at = now(session) - timedelta(days=said["days"])
    texts = said.get("texts") or {"words": said["words"]}
    state = "ready" if about == "example" else "shown"
    sharing = Sharing(**place, state=state, final=texts, written_by=seat.account_id, written_at=at)
    post = Post(**place, state=state, texts=texts, ready_at=at)
    session.add_all([sharing, post])
    session.flush()
    if state == "shown":
        _date(session, post, said)
    return post


def _codes(said: Said) -> dict[str, str]:
    return {**{name: said[name] for name in ("side", "outcome", "band")}, "option": option_id(said["option"])}


def _date(session: Session, post: Post, said: Said) -> None:
    post.shown_on = (now(session) - timedelta(days=said["days"])).date().isoformat()
    session.flush()


def _talk(session: Session, group: PeerGroup, authors: list[Seat], example: Said, post: Post) -> None:
    """The questions under an example, and their answers."""
    for asked in example.get("talk", ()):
        question = _stand(session, group, authors, asked, post, "question")
        for told in asked["answers"]:
            _stand(session, group, authors, told, question, "answer")


def _help(session: Session, seats: list[Seat], count: int, post: Post) -> None:
    """So many others say that it helped them too."""
    for seat in list(_others(session, seats, post))[:count]:
        actor = Actor(seat.account_id or "", seat.person_id or "", frozenset({MANAGE}), "")
        mark(session, actor, mark_id=new_id(), group=post.group_id, kind="helped", about=post.id, on=True)


def _borrow(session: Session, told: dict[str, Any], members: dict[str, str], posts: dict[str, Post]) -> None:
    """What members have as drafts in their plans; `posts` by the option that each names."""
    for one in told["borrowed"]:
        person, post = members[one["who"]], posts[one["example"]]
        actor = Actor(managers_of(session, person)[0], person, frozenset({MANAGE}), "")
        borrow(session, actor, idea_id=new_id(), group=post.group_id, post=post.id, part=one["part"])


def _others(session: Session, seats: list[Seat], post: Post) -> list[Seat]:
    """A seat of everybody who has no part in this plan: one each, however many plans they look after."""
    plans = {seat.person_id: seat for seat in seats if seat.person_id}
    voices = voices_of(session, plans)
    one_each = {voices[plan]: seat for plan, seat in plans.items()}
    return [seat for voice, seat in one_each.items() if voice != voices[post.person_id]]


def texts_of(told: dict[str, Any]) -> Iterator[str]:
    """Every text of the file that a group reads."""
    for example in told["examples"]:
        yield from (example["texts"][part] for part in EXAMPLE_PARTS if part in example["texts"])
        for asked in example.get("talk", ()):
            yield asked["words"]
            yield from (answer["words"] for answer in asked["answers"])

"""The demo's group: thirty examples by twelve authors, read by the invented people, none of whom is told in it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Person
from app.demo.grace import grace, ruth
from app.demo.group import load_group, read_group, texts_of
from app.demo.leroy import leroy
from app.demo.load import load_demo
from app.demo.sofia import sofia
from app.factory import make_registry
from app.options.service import option_id, read_starter
from app.peers.anonymise.guard import check
from app.peers.anonymise.known import Known
from app.peers.models import Borrowed, PeerGroup, Post, Seat, Sharing
from app.peers.policy import BANDS, EXAMPLE_PARTS, OUTCOMES
from app.plans.models import SIDES

TELLERS = (leroy, sofia, grace, ruth)


@pytest.fixture
def loaded(parts):
    """The people and their group."""
    load_demo(parts, make_registry(), if_empty=True, tellers=TELLERS)
    assert load_group(parts)
    return parts


def posts(session, about):
    return list(session.scalars(select(Post).where(Post.about == about)))


def test_thirty_examples_by_twelve_authors_show_with_questions_and_answers(loaded):
    with loaded.database.reading() as session:
        examples = posts(session, "example")
        assert (len(examples), len({one.seat_id for one in examples})) == (30, 12)
        assert {one.state for one in session.scalars(select(Post))} == {"shown"}
        assert (len(posts(session, "question")), len(posts(session, "answer"))) == (9, 6)
        assert sorted({one.helped for one in examples}) == [0, 5, 10]


def test_the_people_of_the_demo_have_seats_and_one_moderates(loaded):
    with loaded.database.reading() as session:
        seats = {session.get_one(Person, seat.person_id).name: seat.role for seat in session.scalars(select(Seat))}
        assert {name: seats[name] for name in ("Leroy", "Sofia", "Grace", "Ruth")} == {
            "Leroy": "member", "Sofia": "moderator", "Grace": "member", "Ruth": "member",
        }  # fmt: skip
        assert session.scalars(select(PeerGroup)).one().is_open
        assert session.scalars(select(Sharing.person_id).where(Sharing.state != "shown")).all() == []


def test_somebody_has_drafts_in_the_plan_one_of_words_and_one_of_support(loaded):
    with loaded.database.reading() as session:
        drafts = session.scalars(select(Borrowed)).all()
        assert sorted(bool(one.words) for one in drafts) == [False, True]
        names = {bool(one.words): session.get_one(Person, one.person_id).name for one in drafts}
        assert names == {True: "Leroy", False: "Grace"}


def test_nobody_signs_in_as_an_author(loaded):
    with loaded.database.reading() as session:
        hashes = session.scalars(select(Account.password_hash).where(Account.name.like("Group member%"))).all()
    assert set(hashes) == {""}
    assert len(hashes) == 11


def test_a_group_that_is_there_or_whose_members_are_not_is_not_loaded(parts):
    assert not load_group(parts)
    load_demo(parts, make_registry(), if_empty=True, tellers=TELLERS)
    assert [load_group(parts), load_group(parts)] == [True, False]


@pytest.mark.parametrize("day", [(2028, 2, 29, 9), (2026, 12, 31, 23), (2026, 3, 29, 0)], ids=str)
def test_it_is_there_on_any_day_and_nothing_shows_in_the_future(parts, clock, day):
    clock.moment = datetime(*day, tzinfo=UTC)
    load_demo(parts, make_registry(), if_empty=True, tellers=TELLERS)
    assert load_group(parts)
    with parts.database.reading() as session:
        days = [one.shown_on for one in session.scalars(select(Post))]
    assert max(days) < clock.moment.date().isoformat()


def test_each_text_passes_the_second_guard_and_each_code_is_known():
    told = read_group()
    assert [found for text in texts_of(told) for found in check(text, Known(()))] == []
    assert len(list(texts_of(told))) == 30 * len(EXAMPLE_PARTS) + 15
    for one in told["examples"]:
        assert one["side"] in SIDES
        assert one["outcome"] in OUTCOMES
        assert one["band"] in BANDS


def test_each_option_that_is_named_is_in_the_directory():
    there = {option_id(option["slug"]) for option in read_starter()}
    assert [one["option"] for one in read_group()["examples"] if option_id(one["option"]) not in there] == []


def test_no_question_is_older_than_its_example_and_no_answer_older_than_its_question():
    for one in read_group()["examples"]:
        for asked in one.get("talk", ()):
            assert one["days"] > asked["days"]
            assert all(asked["days"] > told["days"] for told in asked["answers"])

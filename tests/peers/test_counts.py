"""Counts of a group: in bands, at the end of a day, and only when enough different people changed something."""

import random
from collections import Counter

import pytest

from app.core.errors import NotFound
from app.core.ids import new_id
from app.peers import voice
from app.peers.models import Answer, PeerGroup, Post, Tally
from app.peers.queries import tallies_of
from app.peers.service import counting, groups, seats
from app.peers.service.counting import count_voice, note_answers, take_answers
from tests.peers.conftest import Plan

OWN = "This one comes from a plan that you look after. Others say whether it helped them."


@pytest.fixture
def crowd(ring, make_plan):
    """The group with seven more plans, and an example of the second plan."""
    more = [make_plan(number) for number in range(10, 17)]
    for plan in more:
        ring.join(plan)
    return ring, [*ring.plans[2:], *more], ring.shown(ring.plans[1])


def mark(ring, plan, post, *, on=True):
    facts = {"group": ring.group, "kind": "helped", "about": post, "on": on}
    return ring.act(plan, "mark.write", new_id(), facts)


def helped(ring, post):
    return ring.posts(ring.plans[2])[post]["helped"]


def next_day(ring):
    ring.clock.go_on(days=1)
    ring.work()


def test_four_who_were_helped_are_not_told_and_five_are_at_the_end_of_the_day(crowd):
    ring, others, post = crowd
    for plan in others[:4]:
        mark(ring, plan, post)
    next_day(ring)
    assert helped(ring, post) == 0
    mark(ring, others[4], post)
    ring.clock.moment = ring.clock.moment.replace(hour=23, minute=59)
    ring.work()
    assert helped(ring, post) == 0
    ring.clock.go_on(minutes=1)
    ring.work()
    assert helped(ring, post) == 5


def test_a_count_goes_down_when_five_changed_their_mind(crowd):
    ring, others, post = crowd
    for plan in others[:6]:
        mark(ring, plan, post)
    next_day(ring)
    for number, plan in enumerate(others[:5]):
        assert helped(ring, post) == 5, number
        mark(ring, plan, post, on=False)
        next_day(ring)
    assert helped(ring, post) == 0


def test_a_count_that_moves_with_one_mark_is_found(crowd, monkeypatch):
    """Planted: one change is enough."""
    monkeypatch.setattr(counting, "FEWEST_CHANGES", 1)
    with pytest.raises(AssertionError):
        test_a_count_goes_down_when_five_changed_their_mind(crowd)


def test_a_mark_that_is_taken_back_before_it_was_counted_is_no_change(crowd):
    ring, others, post = crowd
    for plan in others[:4]:
        mark(ring, plan, post)
    mark(ring, others[4], post)
    mark(ring, others[4], post, on=False)
    next_day(ring)
    assert helped(ring, post) == 0


def test_nobody_says_of_their_own_example_that_it_helped(crowd, make_person):
    ring, _, post = crowd
    author = ring.plans[1]
    other = Plan(author.account, make_person(author.account, name="Sam", role="representative"), author.phone)
    ring.join(other)
    for plan in (author, other):
        result = mark(ring, plan, post)
        assert (result["status"], result["sentence"]) == ("refused", OWN)


def test_marks_by_several_plans_of_one_account_are_one(crowd, make_person):
    ring, others, post = crowd
    helper = others[0]
    plans = [
        Plan(helper.account, make_person(helper.account, name=f"S{n}", role="holder"), helper.phone) for n in range(4)
    ]
    for plan in (*plans, *others[:4]):
        if plan in plans:
            ring.join(plan)
        assert mark(ring, plan, post)["status"] == "done"
    next_day(ring)
    assert helped(ring, post) == 0


# What a group says with one voice


@pytest.fixture
def talk(ring, make_plan, parts):
    """Answers of as many plans as a test wants, without their texts; returns what adds one and what counts."""
    plans = [make_plan(number) for number in range(100, 126)]

    def answer(number, **codes):
        with parts.database.writing() as session:
            place = {"group_id": ring.group, "seat_id": ring.row_of_seat, "person_id": plans[number].person}
            told = {name: codes.pop(name) for name in voice.COUNTED_ONLY if name in codes}
            post = Post(id=new_id(), about="example", state="shown", texts={}, codes=codes, **place)
            post.ready_at, post.shown_on = parts.database.clock(), "2026-11-22"
            session.add(post)
            session.flush()
            note_answers(session, post, told)
            session.commit()
            return post.id

    ring.row_of_seat = ring.seat(ring.plans[0])
    return answer


def count(ring):
    with ring.parts.database.writing() as session:
        count_voice(session, ring.group)
        session.commit()
        return {name: voice.said(tally.counts) for name, tally in tallies_of(session, ring.group).items()}


def take(ring, post):
    with ring.parts.database.writing() as session:
        found = session.get_one(Post, post)
        take_answers(session, found)
        found.state = "gone"
        session.commit()


def test_an_answer_is_told_when_eleven_gave_it_and_eleven_another_one(ring, talk):
    for number in range(11):
        talk(number, refused_why="cost")
    assert count(ring)["refused"] == {}, "all the same: it would be true of each of them"
    for number in range(11, 21):
        talk(number, refused_why="no_reason")
    assert count(ring)["refused"] == {}
    talk(21, refused_why="no_reason")
    for number in range(21, 26):
        talk(number, waited="over_year")
    assert not any(count(ring).values())


def test_counts_move_in_batches_of_eleven_who_do_not_all_say_the_same(ring, talk):
    for number in range(22):
        talk(number, refused_why="cost" if number % 2 else "no_reason")
    assert count(ring)["refused"] == {"cost": 11, "no_reason": 11}
    posts = [talk(number, refused_why="cost") for number in range(22, 26)]
    count(ring)
    with ring.parts.database.reading() as session:
        assert session.get_one(Tally, (ring.group, "refused")).counts == {"cost": 11, "no_reason": 11}
        assert [session.get_one(Answer, (post, "refused")).counted for post in posts] == [False] * 4


def test_what_was_taken_back_leaves_the_counts_with_enough_others(ring, talk):
    posts = [talk(number, refused_why="cost" if number % 2 else "no_reason") for number in range(24)]
    assert count(ring)["refused"] == {"cost": 11, "no_reason": 11}
    for post in posts[:10]:
        take(ring, post)
        assert count(ring)["refused"] == {"cost": 11, "no_reason": 11}
    take(ring, posts[10])
    assert count(ring)["refused"] == {}
    with ring.parts.database.reading() as session:
        tally = session.get_one(Tally, (ring.group, "refused"))
        assert (tally.counts, tally.leaving) == ({"cost": 7, "no_reason": 6}, {})


def test_each_person_counts_once_for_a_question_with_what_they_said_first(ring, talk):
    for number in range(22):
        talk(number, refused_why="cost" if number % 2 else "no_reason")
        ring.clock.go_on(seconds=1)
        talk(number, refused_why="other")
    count(ring)
    with ring.parts.database.reading() as session:
        assert session.get_one(Tally, (ring.group, "refused")).counts == {"cost": 11, "no_reason": 11}


def test_where_life_got_better_counts_only_what_got_better():
    assert voice.answers_of({"outcome": "worse", "side": "social"}, {}) == {"went": "worse"}
    told = voice.answers_of({"outcome": "better", "side": "social"}, {"refused_why": "cost", "waited": "over_year"})
    assert told == {"went": "better", "better": "social", "refused": "cost", "waited": "over_year"}


def batches(noise):
    """Answers of many people in batches, as they may be counted; the counts after each."""
    tally = {}
    for _ in range(8):
        given = [noise.choice("abc") for _ in range(noise.randrange(1, 30))]
        before = dict(tally)
        if voice.enough(given):
            tally = voice.moved(tally, given, 1)
        yield before, given, tally


@pytest.mark.parametrize("seed", range(50))
def test_who_looks_before_and_after_does_not_learn_an_answer(seed):
    """Somebody in a batch may have said something else: another one of it did, and nothing would differ."""
    for before, given, after in batches(random.Random(seed)):
        shown = voice.said(after)
        assert len(shown) != 1
        assert all(after[answer] >= least >= 11 for answer, least in shown.items())
        if after != before:
            assert len(given) >= 11
            assert len(Counter(given)) >= 2


def test_what_is_only_counted_never_stands_on_an_example(ring):
    row = ring.shown(ring.plans[1], refused_why="cost", waited="over_year", outcome="refused", side="social")
    assert ring.posts(ring.plans[2])[row]["codes"] == {"outcome": "refused", "side": "social"}
    assert ring.sharing(ring.plans[1], row)["codes"]["refused_why"] == "cost"
    with ring.parts.database.reading() as session:
        told = {one.question: one.answer for one in session.query(Answer).filter(Answer.post_id == row)}
    assert told == {"went": "refused", "refused": "cost", "waited": "over_year"}


def test_no_phone_hears_when_an_answer_was_counted(ring, talk):
    row = ring.shown(ring.plans[1], refused_why="cost")
    for number in range(22):
        talk(number, refused_why="cost" if number % 2 else "no_reason")
    reader = ring.plans[2].phone
    reader.catch_up()
    count(ring)
    assert ring.row(Answer, (row, "refused")).counted is True
    assert reader.catch_up() == []


def test_a_deleted_group_and_an_erased_example_leave_no_counts(ring):
    row = ring.shown(ring.plans[1], refused_why="cost")
    ring.act(ring.plans[1], "sharing.stop", row, {})
    assert ring.row(Answer, (row, "refused")) is None
    count(ring)
    ring.do(ring.plans[0], groups.delete_group)
    with ring.parts.database.reading() as session:
        assert tallies_of(session, ring.group) == {}
        assert session.get_one(PeerGroup, ring.group).state == "deleted"


def test_the_page_for_a_funder_says_what_it_can_and_what_it_cannot(ring, talk):
    client = ring.plans[0].phone.client
    empty = client.get(f"/groups/{ring.group}/voice").get_data(as_text=True)
    assert (empty.count("We cannot show this yet"), "What this page cannot show" in empty) == (4, True)
    for number in range(22):
        talk(number, refused_why="cost" if number % 2 else "no_reason", waited="over_year")
    count(ring)
    told = client.get(f"/groups/{ring.group}/voice").get_data(as_text=True)
    assert (told.count("At least 11 people"), "It costs too much" in told, "More than a year" in told) == (
        2,
        True,
        False,
    )
    assert "Last counted on 23 November 2026" in told or "Last counted on 21 November 2026" in told


def test_only_a_moderator_opens_the_page_for_a_funder(ring, make_plan):
    for plan, status in ((ring.plans[0], 200), (ring.plans[1], 404), (make_plan(60), 404)):
        answer = plan.phone.client.get(f"/groups/{ring.group}/voice")
        assert answer.status_code == status
        assert "noindex" in answer.headers["X-Robots-Tag"]
    ring.do(ring.plans[0], groups.delete_group)
    assert ring.plans[0].phone.client.get(f"/groups/{ring.group}/voice").status_code == 404
    with pytest.raises(NotFound):
        ring.do(ring.plans[0], seats.leave_group)

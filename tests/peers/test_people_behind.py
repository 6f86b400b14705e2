"""People count, not plans: whoever looks after five plans is one, when a group opens and when a batch is released."""

import pytest
from sqlalchemy import select

from app.peers.models import PeerGroup, Post
from app.peers.queries import managed_by, voices_of
from app.peers.service import seats
from tests.fixtures_app import send_form
from tests.peers.conftest import Plan


def voice(ring, *plans):
    with ring.parts.database.reading() as session:
        return voices_of(session, [plan.person for plan in plans])


def test_plans_of_one_account_have_one_voice_also_by_way_of_a_third(ring, make_person, make_relationship):
    first, second, third, alone = ring.plans[:4]
    make_relationship(first.account, second.person, role="representative")
    make_relationship(third.account, second.person, role="representative")
    found = voice(ring, first, second, third, alone)
    assert len({found[plan.person] for plan in (first, second, third)}) == 1
    assert found[alone.person] != found[first.person]


def test_who_only_looks_at_two_plans_joins_them_to_nothing(ring, make_relationship):
    for plan in ring.plans[1:3]:
        make_relationship(ring.plans[0].account, plan.person, role="viewer")
    assert len(set(voice(ring, *ring.plans).values())) == 5


def test_one_person_with_five_invented_plans_opens_no_group(ring, make_person):
    founder = ring.plans[0]
    for plan in ring.plans[1:]:
        ring.do(plan, seats.leave_group)
    for number in range(5):
        invented = make_person(founder.account, name=f"Invented {number}", role="representative")
        ring.join(Plan(founder.account, invented, founder.phone))
    assert ring.row(PeerGroup, ring.group).is_open is False
    told = founder.phone.client.get(f"/groups/{ring.group}").get_data(as_text=True)
    assert "Nothing shows before 5 people are here. Plans that one person looks after count once." in told


def test_a_closed_group_tells_the_same_whether_two_of_its_names_are_one_hand_or_not(ring, make_relationship):
    ring.do(ring.plans[4], seats.leave_group)
    apart = closed_words(ring)
    make_relationship(ring.plans[1].account, ring.plans[2].person, role="representative")
    assert closed_words(ring) == apart
    assert "At least 1 more is needed." in apart


def closed_words(ring) -> str:
    """What the page of a closed group says of how many are there."""
    told = ring.plans[0].phone.client.get(f"/groups/{ring.group}").get_data(as_text=True)
    return next(line for line in told.splitlines() if "Nothing shows before" in line)


def test_a_group_closes_by_the_next_day_when_two_of_its_five_become_one(ring, make_relationship):
    row = ring.shown(ring.plans[1])
    make_relationship(ring.plans[1].account, ring.plans[2].person, role="representative")
    ring.act(ring.plans[3], "mark.write", row, {"group": ring.group, "kind": "helped", "about": row, "on": True})
    ring.clock.go_on(days=1)
    ring.work()
    assert ring.row(PeerGroup, ring.group).is_open is False


def share_alike(ring, plans, age, sides=("social", "health")):
    return [ring.held(plan, age=age, side=sides[number % 2]) for number, plan in enumerate(plans)]


def released(ring):
    ring.clock.go_on(hours=24)
    ring.work()
    ring.clock.go_on(hours=24, minutes=1)
    ring.work()
    with ring.parts.database.reading() as session:
        return {post.id: post.said for post in session.scalars(select(Post))}


@pytest.fixture
def ten(ring, make_plan):
    """Five more plans in the group."""
    more = [make_plan(number) for number in range(10, 15)]
    for plan in more:
        ring.join(plan)
    return more


def test_what_five_people_share_shows_on_the_phones_of_members(ring, ten):
    old, young = share_alike(ring, ring.plans, "older"), share_alike(ring, ten, "child")
    said = released(ring)
    assert {*(said[row]["age"] for row in old)} == {"older"}
    posts = ring.posts(ring.plans[2])
    assert [posts[row]["said"] for row in young] == [{"age": "child"}] * 5
    assert [body for body in posts.values() if "attributes" in body or "age" in body["codes"]] == []


def test_plans_that_one_account_looks_after_share_nothing_as_five(ring, ten, make_relationship):
    """Four of the five older ones are looked after by one account: the fifth would be picked out."""
    for plan in ring.plans[1:4]:
        make_relationship(ring.plans[0].account, plan.person, role="representative")
    share_alike(ring, ring.plans, "older")
    share_alike(ring, ten, "child")
    assert set(map(str, released(ring).values())) == {"{}"}


def test_five_whose_examples_all_went_the_same_way_say_nothing(ring, ten):
    for plan in ring.plans:
        ring.held(plan, age="older", side="social")
    share_alike(ring, ten, "child")
    assert set(map(str, released(ring).values())) == {"{}"}


def test_a_batch_comes_in_another_order_than_it_was_confirmed(ring, ten, monkeypatch):
    shuffled = []
    monkeypatch.setattr("app.peers.service.showing.secrets.SystemRandom", lambda: Reverse(shuffled))
    rows = [ring.held(plan) for plan in ring.plans]
    reader = ring.plans[2].phone
    reader.catch_up()
    released(ring)
    came = [row["id"] for row in reader.catch_up() if row["kind"] == "post"]
    assert (len(shuffled), came == list(reversed(shuffled[0])), set(came)) == (1, True, set(rows))


class Reverse:
    """A shuffle that a test can follow."""

    def __init__(self, seen):
        self.seen = seen

    def shuffle(self, posts):
        self.seen.append([post.id for post in posts])
        posts.reverse()


def test_ten_people_may_be_added_in_a_day(ring):
    client = ring.plans[0].phone.client
    added = [send_form(client, "/people/new", name=f"Sam {n}", basis="chosen").status_code for n in range(10)]
    answer = send_form(client, "/people/new", name="One more", basis="chosen")
    assert (set(added), answer.status_code) == ({303}, 429)
    told = answer.get_data(as_text=True)
    assert ("You can add 10 people a day. Add the next one tomorrow." in told, "One more" in told) == (True, True)
    ring.clock.go_on(days=1)
    assert send_form(client, "/people/new", name="One more", basis="chosen").status_code == 303
    with ring.parts.database.reading() as session:
        assert len(managed_by(session, ring.plans[0].account)) == 12


def test_what_was_refused_does_not_count_as_added(ring):
    client = ring.plans[0].phone.client
    refused = [send_form(client, "/people/new", name="Sam", basis="parent").status_code for _ in range(12)]
    assert set(refused) == {422}
    assert send_form(client, "/people/new", name="Sam", basis="chosen").status_code == 303


def test_a_moderator_alone_is_reminded_to_find_a_second_one(ring):
    client, place = ring.plans[0].phone.client, f"/groups/{ring.group}"
    assert "You are the only moderator" in client.get(place).get_data(as_text=True)
    ring.do(ring.plans[0], seats.set_role, ring.seat(ring.plans[1]), role="moderator")
    assert "You are the only moderator" not in client.get(place).get_data(as_text=True)

"""Plans in a group: founded, joined, left, sent off, opened by enough of them, each under a name of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.core.audit import AuditLine
from app.core.errors import NotFound, Refused
from app.peers.models import PeerGroup, Seat
from app.peers.policy import BIRDS, FIRST_NAMES
from app.peers.queries import seat_in
from app.peers.service import groups, seats
from tests.fixtures_app import both_engines
from tests.peers.conftest import seats_of_group


def found(ring, plan, **facts):
    with ring.parts.database.writing() as session:
        given = {"name": "Quiet days", "about": "", "person": plan.person, "by_request": False}
        made = groups.found_group(session, plan.account, **{**given, **facts})
        session.commit()
        return made.id


@both_engines
def test_a_group_shows_nothing_before_five_plans_sit_in_it(ring, make_plan):
    row = ring.shown(ring.plans[1])
    assert list(ring.posts(ring.plans[2])) == [row]
    ring.do(ring.plans[4], seats.leave_group)
    assert ring.posts(ring.plans[2]) == {}
    assert ring.plans[2].phone.rows("group")[ring.group]["is_open"] is False
    ring.join(make_plan(6))
    assert list(ring.posts(ring.plans[2])) == [row]


def test_a_phone_that_is_there_already_rebuilds_when_the_group_opens_or_closes(ring):
    phone = ring.plans[1].phone
    phone.catch_up()
    ring.do(ring.plans[4], seats.leave_group)
    (stream,) = [one for one in phone.exchange()["changes"] if one["stream"] == f"group:{ring.group}"]
    assert stream["reset"]


def test_two_who_look_after_one_plan_are_one_voice(ring, make_account, make_relationship, phone):
    helper = make_account("rep@example.com", name="Rep")
    make_relationship(helper, ring.plans[1].person, role="representative")
    ring.do(ring.plans[4], seats.leave_group)
    with ring.parts.database.writing() as session:
        again = seats.join_by_link(session, ring.token, helper, person=ring.plans[1].person).id
        session.commit()
    assert again == ring.seat(ring.plans[1])
    assert ring.row(PeerGroup, ring.group).is_open is False


def test_nothing_that_members_read_leads_to_an_account_or_a_plan(ring):
    ring.shown(ring.plans[1])
    lines = [row for row in ring.plans[2].phone.catch_up() if row["kind"] in {"group", "seat", "post"}]
    told = str(lines)
    secrets = [one for plan in (ring.plans[1], ring.plans[3]) for one in (plan.account, plan.person, "Holder")]
    assert len(lines) >= 7
    assert [secret for secret in secrets if secret in told] == []


def test_a_plan_has_another_name_in_each_group_and_at_each_return(ring):
    plan = ring.plans[1]
    first = ring.row(Seat, ring.seat(plan)).pseudonym
    ring.do(plan, seats.leave_group)
    again = ring.row(Seat, ring.join(plan)).pseudonym
    assert again != first
    assert len(set(ring.pseudonyms())) == 5


def test_names_are_drawn_until_none_is_left():
    everything = {f"{first} {bird}" for first in FIRST_NAMES for bird in BIRDS}
    assert seats.fresh_pseudonym(everything - {"Amber heron"}) == "Amber heron"
    with pytest.raises(Refused, match="full"):
        seats.fresh_pseudonym(everything)


def test_a_name_that_tells_of_somebody_is_refused_with_its_words(ring):
    group = found(ring, ring.plans[1], name="Friends of Jolanta Kowalska")
    ring.work()
    row = ring.row(PeerGroup, group)
    assert row.state == "refused"
    assert "Jolanta" in row.reason
    with ring.parts.database.writing() as session:
        groups.rename_group(session, seat_in(session, ring.plans[1].account, group), name="Friends", about="")
        session.commit()
    ring.work()
    assert ring.row(PeerGroup, group).state == "ready"


def test_another_name_shows_to_nobody_before_it_passed(ring):
    for name, state in (("Friends of Jolanta Kowalska", "refused"), ("Friends", None)):
        ring.do(ring.plans[0], groups.rename_group, name=name, about="New")
        assert ring.row(PeerGroup, ring.group).new_state == "checking"
        assert ring.plans[1].phone.rows("group")[ring.group]["name"] == "Out and about"
        ring.work()
        assert ring.row(PeerGroup, ring.group).new_state == state
    row = ring.row(PeerGroup, ring.group)
    assert (row.name, row.about, row.reason, row.new_name) == ("Friends", "New", "", None)
    assert ring.plans[1].phone.rows("group")[ring.group]["name"] == "Friends"


def test_a_group_with_a_telephone_number_in_its_words_is_refused(ring):
    group = found(ring, ring.plans[1], about="Ring 07700 900318")
    ring.work()
    assert ring.row(PeerGroup, group).state == "refused"


def test_nobody_founds_a_group_for_a_plan_of_somebody_else(ring):
    with pytest.raises(NotFound):
        found(ring, ring.plans[1], person=ring.plans[2].person)


def test_an_organisation_founds_a_group_and_reads_without_a_plan(ring, make_account, phone):
    worker = make_account("charity@example.com", name="Worker")
    with ring.parts.database.writing() as session:
        made = groups.found_group(session, worker, name="Carers meet", about="", person=None, by_request=True).id
        session.commit()
    ring.work()
    rows = phone(worker).rows("group")
    assert rows[made]["kind"] == "organisation"
    assert ring.row(PeerGroup, made).is_open is False


def test_an_old_link_and_a_link_of_a_deleted_group_lead_nowhere(ring, make_plan):
    old, plan = ring.token, make_plan(7)
    ring.token = ring.do(ring.plans[0], groups.make_link)
    for token in (old, "x" * 43):
        with pytest.raises(NotFound), ring.parts.database.writing() as session:
            seats.join_by_link(session, token, plan.account, person=plan.person)
    ring.do(ring.plans[0], groups.delete_group)
    with pytest.raises(NotFound):
        ring.join(plan)


def test_a_deleted_group_leaves_nothing_on_phones(ring):
    ring.shown(ring.plans[1])
    phone = ring.plans[2].phone
    phone.catch_up()
    ring.do(ring.plans[0], groups.delete_group)
    assert phone.exchange()["gone"] == [f"group:{ring.group}"]
    assert ring.row(PeerGroup, ring.group).name == ""


def test_the_only_moderator_stays_until_there_is_another(ring):
    with pytest.raises(Refused, match="only moderator"):
        ring.do(ring.plans[0], seats.leave_group)
    with pytest.raises(Refused, match="only moderator"):
        ring.do(ring.plans[0], seats.set_role, ring.seat(ring.plans[0]), role="member")
    ring.do(ring.plans[0], seats.set_role, ring.seat(ring.plans[1]), role="moderator")
    ring.do(ring.plans[0], seats.set_role, ring.seat(ring.plans[0]), role="member")
    ring.do(ring.plans[0], seats.leave_group)
    assert len(ring.pseudonyms()) == 4


def test_a_moderator_is_made_a_member_by_nobody_else(ring):
    ring.do(ring.plans[0], seats.set_role, ring.seat(ring.plans[1]), role="moderator")
    with pytest.raises(Refused):
        ring.do(ring.plans[0], seats.set_role, ring.seat(ring.plans[1]), role="member")
    with pytest.raises(Refused):
        ring.do(ring.plans[0], seats.ban, ring.seat(ring.plans[1]))


def test_who_is_sent_off_comes_back_by_no_link_no_request_and_no_other_plan(ring, make_person):
    plan = ring.plans[4]
    ring.shown(plan)
    banned = ring.seat(plan)
    ring.do(ring.plans[0], seats.ban, banned)
    other = make_person(plan.account, name="Sam", role="representative")
    for person in (plan.person, other):
        with pytest.raises(NotFound), ring.parts.database.writing() as session:
            seats.join_by_link(session, ring.token, plan.account, person=person)
        with pytest.raises(NotFound), ring.parts.database.writing() as session:
            seats.ask_to_join(session, ring.group, plan.account, person=person)
    assert plan.phone.exchange()["gone"] == [f"group:{ring.group}"]
    ring.do(ring.plans[0], seats.lift_ban, banned)
    assert ring.row(Seat, ring.join(plan)).state == "in"


def test_whoever_looked_after_a_banned_plan_does_not_come_in_with_another(
    ring, make_account, make_relationship, make_person
):
    plan = ring.plans[4]
    helper = make_account("rep@example.com", name="Rep")
    make_relationship(helper, plan.person, role="representative")
    ring.do(ring.plans[0], seats.ban, ring.seat(plan))
    own = make_person(helper, name="Own", role="holder")
    with pytest.raises(NotFound), ring.parts.database.writing() as session:
        seats.join_by_link(session, ring.token, helper, person=own)


def test_every_seat_of_who_manages_a_banned_plan_ends(ring, make_person):
    plan = ring.plans[4]
    other = make_person(plan.account, name="Sam", role="representative")
    with ring.parts.database.writing() as session:
        beside = seats.join_by_link(session, ring.token, plan.account, person=other).id
        session.commit()
    banned = next(one.id for one in seats_of_group(ring.parts, ring.group) if one.person_id == plan.person)
    ring.do(ring.plans[0], seats.ban, banned)
    assert (ring.row(Seat, banned).state, ring.row(Seat, beside).state) == ("banned", "left")


def test_who_manages_a_moderators_plan_too_is_not_sent_off(ring, make_relationship):
    make_relationship(ring.plans[0].account, ring.plans[4].person, role="representative")
    with pytest.raises(Refused, match="moderator"):
        ring.do(ring.plans[0], seats.ban, ring.seat(ring.plans[4]))


def test_who_once_reviewed_a_banned_plan_is_not_banned(ring, make_account, make_relationship, make_person):
    plan = ring.plans[4]
    worker = make_account("co@example.com", name="Co")
    make_relationship(worker, plan.person, role="reviewer")
    ring.do(ring.plans[0], seats.ban, ring.seat(plan))
    own = make_person(worker, name="Own", role="holder")
    with ring.parts.database.writing() as session:
        assert seats.join_by_link(session, ring.token, worker, person=own).state == "in"
        session.commit()


def test_who_asked_before_the_ban_is_not_let_in_after_it(ring, make_account, make_relationship, make_person):
    plan, helper = ring.plans[4], make_account("rep@example.com", name="Rep")
    own = make_person(helper, name="Own", role="holder")
    with ring.parts.database.writing() as session:
        asked = seats.ask_to_join(session, ring.group, helper, person=own).id
        session.commit()
    ring.do(ring.plans[0], seats.ban, ring.seat(plan))
    make_relationship(helper, plan.person, role="representative")
    with pytest.raises(Refused, match="cannot join"):
        answer(ring, asked, let_in=True)
    assert ring.row(Seat, asked).state == "asked"


@both_engines
def test_a_plan_has_one_seat_also_when_the_look_before_missed_it(ring, monkeypatch):
    monkeypatch.setattr(seats, "seat_held", lambda *_: None)
    with pytest.raises(Refused, match="already"):
        ring.join(ring.plans[1])
    assert ring.row(Seat, ring.seat(ring.plans[1])).state == "in"


@both_engines
def test_two_who_join_with_one_plan_at_once_get_one_seat(ring, make_plan):
    plan, ready = make_plan(50), threading.Barrier(2)

    def join(_):
        with ring.parts.database.reading() as session:
            session.get_one(PeerGroup, ring.group)
            ready.wait(10)
        return ring.join(plan)

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(join, range(2))
    assert first == second
    assert [one.id for one in seats_of_group(ring.parts, ring.group) if one.person_id == plan.person] == [first]


def test_seats_are_in_the_log_of_their_person_without_the_group(ring):
    ring.do(ring.plans[0], seats.set_role, ring.seat(ring.plans[1]), role="moderator")
    ring.do(ring.plans[0], seats.ban, ring.seat(ring.plans[2]))
    ring.do(ring.plans[3], seats.leave_group)
    with ring.parts.database.reading() as session:
        lines = session.scalars(
            select(AuditLine).where(AuditLine.act.like("group.%")).order_by(AuditLine.at, AuditLine.id)
        )
        acts = {plan.person: set() for plan in ring.plans}
        for line in lines:
            acts[line.person_id].add(line.act)
            assert ring.group not in str(line.facts)
    assert [acts[plan.person] for plan in ring.plans[:4]] == [
        {"group.founded"}, {"group.joined", "group.role"}, {"group.joined", "group.banned"},
        {"group.joined", "group.left"},
    ]  # fmt: skip


def test_who_asks_is_let_in_or_turned_down_and_reads_nothing_before(ring, make_plan):
    asking, other = make_plan(8), make_plan(9)
    for plan in (asking, other):
        with ring.parts.database.writing() as session:
            seats.ask_to_join(session, ring.group, plan.account, person=plan.person)
            session.commit()
    assert asking.phone.rows("group") == {}
    waiting = {seat.person_id: seat.id for seat in seats_of_group(ring.parts, ring.group) if seat.state == "asked"}
    answer(ring, waiting[asking.person], let_in=True)
    answer(ring, waiting[other.person], let_in=False)
    assert ring.group in asking.phone.rows("group")
    assert other.phone.rows("group") == {}


def answer(ring, seat, *, let_in):
    with ring.parts.database.writing() as session:
        seats.answer_request(session, session.get_one(PeerGroup, ring.group), seat, let_in=let_in)
        session.commit()


def test_what_came_from_a_seat_goes_with_it(ring):
    row = ring.shown(ring.plans[4])
    held = ring.held(ring.plans[4], {"goal": "Another thing."})
    ring.do(ring.plans[4], seats.leave_group)
    assert ring.posts(ring.plans[1]) == {}
    ended = [ring.sharing(ring.plans[4], one) for one in (row, held)]
    assert [(one["state"], one["final"]) for one in ended] == [("ended", {}), ("ended", {})]
    assert [one["ending"]["by"] for one in ended] == ["seat", "seat"]

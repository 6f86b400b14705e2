"""What is taken back is gone: from the server, from phones at their next contact, from drafts, from counts."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Person
from app.core.clock import now
from app.core.ids import new_id
from app.exports.erasing import erase_account, erase_person
from app.exports.models import Erasure
from app.options.models import SupportOption
from app.peers.models import Borrowed, PeerGroup, Post, QueueItem, Seat, Sharing
from app.peers.queries import seats_in
from app.peers.service import groups, seats
from app.peers.service.farewell import leave_as_account, leave_as_person
from app.peers.service.moderating import settle
from app.sync.models import Change
from tests.fixtures_app import both_engines
from tests.peers.conftest import SAFE

OPTION = "7b1f4c52-9a9e-4c0c-8f70-0d1a2b3c4d5e"


def borrow(ring, plan, post, part="tried"):
    row = new_id()
    result = ring.act(plan, "idea.borrow", row, {"group": ring.group, "post": post, "part": part})
    assert result["status"] == "done", result
    return row


def ideas(ring, plan):
    return plan.phone.rows("borrowed")


def texts_in_the_log(ring, words):
    with ring.parts.database.reading() as session:
        return [row.kind for row in session.query(Change) if words in str(row.body)]


@pytest.fixture
def directory(parts):
    """The public directory with one option."""
    with parts.database.writing() as session:
        session.add(SupportOption(id=OPTION, slug="walks", content={}, content_hash="", removed=False))
        session.commit()


@both_engines
@pytest.mark.usefixtures("directory")
def test_a_withdrawn_example_is_gone_from_server_phones_and_drafts(ring):
    row = ring.shown(ring.plans[1], SAFE, option=OPTION)
    unwritten, rewritten = borrow(ring, ring.plans[2], row), borrow(ring, ring.plans[3], row)
    option = borrow(ring, ring.plans[2], row, "option")
    ring.act(ring.plans[3], "idea.write", rewritten, {"words": "A friend for two hours."})
    reader = ring.plans[4].phone
    reader.catch_up()
    assert ring.act(ring.plans[1], "sharing.stop", row, {})["status"] == "done"
    (gone,) = [one for item in reader.exchange()["changes"] for one in item["rows"] if one["id"] == row]
    assert gone["body"] is None
    assert (ring.row(Post, row).texts, texts_in_the_log(ring, SAFE["tried"])) == ({}, [])
    lost = ideas(ring, ring.plans[2])
    assert (lost[unwritten]["words"], lost[unwritten]["lost"]) == ("", True)
    assert (lost[option]["option"], ideas(ring, ring.plans[3])[rewritten]["words"]) == (
        OPTION,
        "A friend for two hours.",
    )


def test_a_text_on_its_way_is_stopped_at_any_time(ring):
    for row in (ring.write(ring.plans[1]), ring.held(ring.plans[1])):
        ring.act(ring.plans[1], "sharing.stop", row, {})
        assert ring.sharing(ring.plans[1], row)["state"] == "stopped"
    ring.clock.go_on(hours=49)
    ring.work()
    assert ring.posts(ring.plans[2]) == {}


def test_what_hangs_on_an_example_goes_with_it(ring):
    example = ring.shown(ring.plans[1])
    asked = ring.shown(ring.plans[2], {"words": "Was it far?"}, about="question", on=example)
    waiting = ring.held(ring.plans[3], {"words": "And dear?"}, about="question", on=example)
    ring.act(ring.plans[1], "sharing.stop", example, {})
    assert ring.posts(ring.plans[4]) == {}
    assert ring.sharing(ring.plans[2], asked)["state"] == "ended"
    assert ring.sharing(ring.plans[2], asked)["ending"]["by"] == "example"
    ring.clock.go_on(hours=24)
    ring.work()
    assert ring.sharing(ring.plans[3], waiting)["ending"]["by"] == "example"


def test_an_idea_names_its_example_until_it_is_said_in_own_words(ring):
    example = ring.shown(ring.plans[1])
    row = borrow(ring, ring.plans[2], example)
    assert ideas(ring, ring.plans[2])[row]["post"] == example
    ring.act(ring.plans[2], "idea.write", row, {"words": f"  {SAFE['tried']} "})
    assert ideas(ring, ring.plans[2])[row]["post"] == example
    ring.act(ring.plans[2], "idea.write", row, {"words": "Mine."})
    assert (ideas(ring, ring.plans[2])[row]["post"], ideas(ring, ring.plans[2])[row]["rewritten"]) == (None, True)
    ring.act(ring.plans[2], "idea.remove", row, {})
    assert ring.row(Borrowed, row).words == ""


def test_an_idea_in_own_words_that_was_put_away_comes_back_when_it_is_written_again(ring):
    row = borrow(ring, ring.plans[2], ring.shown(ring.plans[1]))
    for act, facts in (("write", {"words": "Mine."}), ("remove", {}), ("write", {"words": "Mine."})):
        assert ring.act(ring.plans[2], f"idea.{act}", row, facts)["status"] == "done"
    assert ideas(ring, ring.plans[2])[row]["words"] == "Mine."


def test_an_idea_borrowed_without_signal_from_what_is_withdrawn_comes_back_empty(ring):
    example = ring.shown(ring.plans[1])
    ring.act(ring.plans[1], "sharing.stop", example, {})
    row = borrow(ring, ring.plans[2], example)
    assert (ideas(ring, ring.plans[2])[row]["words"], ideas(ring, ring.plans[2])[row]["lost"]) == ("", True)


def test_who_recognises_someone_hides_it_for_all_at_once(ring):
    example = ring.shown(ring.plans[1])
    item = new_id()
    facts = {"group": ring.group, "post": example, "reason": "recognise"}
    assert ring.act(ring.plans[2], "post.report", item, facts)["status"] == "done"
    assert ring.posts(ring.plans[3]) == {}
    ring.do(ring.plans[0], settle, item, decision="kept")
    assert list(ring.posts(ring.plans[3])) == [example]


def test_another_report_leaves_it_there_until_a_moderator_removes_it(ring):
    example = ring.shown(ring.plans[1])
    item = new_id()
    ring.act(ring.plans[2], "post.report", item, {"group": ring.group, "post": example, "reason": "unkind"})
    assert list(ring.posts(ring.plans[3])) == [example]
    ring.do(ring.plans[0], settle, item, decision="removed")
    told = ring.sharing(ring.plans[1], example)
    assert (ring.posts(ring.plans[3]), told["state"]) == ({}, "ended")
    today = ring.parts.database.clock().date().isoformat()
    assert told["ending"] == {"by": "moderator", "on": today, "why": "unkind"}  # and neither who told nor who decided
    assert ring.row(QueueItem, item).settled_by in ring.pseudonyms()


def test_it_stays_hidden_while_somebody_else_recognises_it_too(ring):
    example = ring.shown(ring.plans[1])
    first, second = new_id(), new_id()
    ring.act(ring.plans[2], "post.report", first, {"group": ring.group, "post": example, "reason": "recognise"})
    with ring.parts.database.writing() as session:
        facts = {"post_id": example, "reason": "recognise", "raised_at": now(session)}
        session.add(QueueItem(id=second, person_id=ring.plans[3].person, group_id=ring.group, **facts))
        session.commit()
    ring.do(ring.plans[0], settle, first, decision="kept")
    assert ring.posts(ring.plans[3]) == {}


def test_twenty_reports_that_wait_are_enough(ring):
    example = ring.shown(ring.plans[1])
    facts = {"group": ring.group, "post": example, "reason": "other"}
    codes = [ring.act(ring.plans[2], "post.report", new_id(), facts)["status"] for _ in range(21)]
    assert codes == ["done"] * 20 + ["refused"]


def test_a_member_is_blocked_by_the_plan_alone(ring):
    row, seat = new_id(), ring.seat(ring.plans[1])
    facts = {"group": ring.group, "kind": "blocked", "about": seat, "on": True}
    assert ring.act(ring.plans[2], "mark.write", row, facts)["status"] == "done"
    assert ring.plans[2].phone.rows("mark")[row]["about"] == seat
    assert ring.plans[1].phone.rows("mark") == {}
    own = {**facts, "about": ring.seat(ring.plans[2])}
    assert ring.act(ring.plans[2], "mark.write", new_id(), own)["code"] == "not_found"


def erase(ring, act, **whose):
    with ring.parts.database.writing() as session:
        at = now(session)
        made = Erasure(
            id=new_id(), reference=new_id()[:12], asked_by=new_id(), asked_at=at, due_at=at, state="waiting", **whose
        )
        session.add(made)
        session.flush()
        if act is erase_person:
            act(session, made, years=7, leave=leave_as_person)
        else:
            act(session, made, leave=leave_as_account)
        session.commit()


def test_an_erased_person_leaves_no_text_and_no_seat_on_the_phones_of_others(ring, make_plan):
    ring.join(make_plan(6))
    row, seat = ring.shown(ring.plans[1]), ring.seat(ring.plans[1])
    reader = ring.plans[2].phone
    reader.catch_up()
    erase(ring, erase_person, person_id=ring.plans[1].person)
    gone = {one["id"]: one["body"] for item in reader.exchange()["changes"] for one in item["rows"]}
    assert (gone[row], gone[seat]) == (None, None)
    assert texts_in_the_log(ring, SAFE["tried"]) == []
    assert ring.row(Person, ring.plans[1].person) is None


@both_engines
def test_an_erased_account_leaves_the_seat_and_the_texts_to_a_plan_that_somebody_else_looks_after(
    ring, make_account, make_relationship
):
    row, seat = ring.shown(ring.plans[1]), ring.seat(ring.plans[1])
    make_relationship(make_account("rep@example.com", name="Rep"), ring.plans[1].person, role="representative")
    erase(ring, erase_account, account_id=ring.plans[1].account)
    kept = ring.row(Seat, seat)
    assert (kept.state, kept.account_id, ring.row(Account, ring.plans[1].account)) == ("in", None, None)
    assert list(ring.posts(ring.plans[2])) == [row]


def test_a_plan_that_nobody_looks_after_any_more_gives_up_its_seat(ring, make_plan):
    ring.join(make_plan(6))
    row, seat = ring.shown(ring.plans[0]), ring.seat(ring.plans[0])
    with ring.parts.database.reading() as session:
        longest = next(one.id for one in seats_in(session, ring.group) if one.role == "member")
    erase(ring, erase_account, account_id=ring.plans[0].account)
    assert (ring.row(Seat, seat).state, ring.row(Seat, longest).role) == ("left", "moderator")
    assert (ring.row(Post, row).state, ring.posts(ring.plans[2])) == ("gone", {})
    assert ring.row(PeerGroup, ring.group).is_open is True


def test_an_organisations_seat_goes_with_its_account_and_the_group_with_the_last(ring, make_account):
    worker = make_account("charity@example.com", name="Worker")
    with ring.parts.database.writing() as session:
        group = groups.found_group(session, worker, name="Carers", about="", person=None, by_request=True).id
        session.commit()
    erase(ring, erase_account, account_id=worker)
    with ring.parts.database.reading() as session:
        assert session.scalars(select(Seat).where(Seat.group_id == group)).all() == []
        assert session.get(PeerGroup, group).state == "deleted"


def test_a_person_is_erased_as_one_leaves(ring):
    row = ring.shown(ring.plans[1])
    idea = borrow(ring, ring.plans[2], row)
    erase(ring, erase_person, person_id=ring.plans[1].person)
    assert (ideas(ring, ring.plans[2])[idea]["words"], ideas(ring, ring.plans[2])[idea]["lost"]) == ("", True)
    assert ring.row(PeerGroup, ring.group).is_open is False
    assert (ring.row(Post, row), ring.row(Sharing, row)) == (None, None)


def test_a_group_whose_moderator_is_erased_has_another(ring):
    with ring.parts.database.reading() as session:
        longest = next(one.id for one in seats_in(session, ring.group) if one.role == "member")
    erase(ring, erase_person, person_id=ring.plans[0].person)
    with ring.parts.database.reading() as session:
        assert [one.id for one in seats_in(session, ring.group) if one.role == "moderator"] == [longest]


def test_a_group_ends_with_its_last_member(ring):
    for plan in reversed(ring.plans):
        ring.do(plan, seats.leave_group)
    ended = ring.row(PeerGroup, ring.group)
    assert (ended.state, ended.name, ended.link_hash, ended.is_open) == ("deleted", "", None, False)


def test_what_an_erased_reporter_had_hidden_still_waits_for_a_moderator(ring):
    row, item = ring.shown(ring.plans[1]), new_id()
    ring.act(ring.plans[2], "post.report", item, {"group": ring.group, "post": row, "reason": "recognise"})
    erase(ring, erase_person, person_id=ring.plans[2].person)
    assert (ring.row(QueueItem, item).person_id, ring.row(Post, row).state) == (None, "hidden")
    ring.do(ring.plans[0], settle, item, decision="kept")
    assert ring.row(Post, row).state == "shown"


def lines_of(ring, row):
    with ring.parts.database.reading() as session:
        return [
            one.stream for one in session.scalars(select(Change).where(Change.row_id == row, Change.kind == "post"))
        ]


def test_a_post_that_waits_for_its_batch_is_on_no_phone_also_when_it_is_stopped(ring):
    row = ring.held(ring.plans[1])
    ring.clock.go_on(hours=24)
    ring.work()
    assert (ring.row(Post, row).state, lines_of(ring, row)) == ("ready", [])
    ring.act(ring.plans[1], "sharing.stop", row, {})
    assert (ring.row(Post, row).state, lines_of(ring, row)) == ("gone", [])


def test_who_only_asked_left_no_line_for_members(ring, make_plan):
    plan = make_plan(40)
    with ring.parts.database.writing() as session:
        seat = seats.ask_to_join(session, ring.group, plan.account, person=plan.person).id
        session.commit()
    with ring.parts.database.writing() as session:
        seats.answer_request(session, session.get_one(PeerGroup, ring.group), seat, let_in=False)
        session.commit()
    with ring.parts.database.reading() as session:
        assert session.scalars(select(Change).where(Change.row_id == seat)).all() == []

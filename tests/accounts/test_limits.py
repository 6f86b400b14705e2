"""What roles with limits read and change: their own lines, nothing private, nothing once it has ended."""

import pytest

from app.accounts.access import actor_for
from app.accounts.models import Relationship
from app.accounts.people.members import let_stand_in
from app.core.ids import new_id
from tests.fixtures_app import both_engines, op
from tests.sync.acts import correct, spend, with_pot

GOING = {"on": "2026-11-20", "going": "harder"}


@pytest.fixture
def join(household, make_account, make_relationship, phone):
    """A phone of somebody with a role for Maria, and their relationship."""

    def make(role):
        account = make_account(f"{role}@example.com", name=role)
        link = make_relationship(account, household.person, role=role)
        return phone(account), link

    return make


def status(phone, *ops):
    return [result.get("code", result["status"]) for result in phone.results(*ops)]


@both_engines
def test_a_helper_reads_what_they_wrote_down_and_no_other_money(household, join):
    pot, hers, own = with_pot(household), new_id(), new_id()
    household.hers.results(spend(household, pot, 700, row=hers))
    helper, _ = join("helper")
    assert status(helper, spend(household, pot, 500, row=own)) == ["done"]
    assert set(helper.rows("entry")) == {own}
    assert set(helper.rows("pot")) == {pot}
    assert helper.rows("period") == {}
    assert set(household.hers.rows("entry")) == {hers, own}


def test_a_helper_mends_their_own_line_and_nobody_elses(household, join):
    pot, hers, own = with_pot(household), new_id(), new_id()
    household.hers.results(spend(household, pot, 700, row=hers))
    helper, _ = join("helper")
    helper.results(spend(household, pot, 500, row=own))
    mended = correct(household, own, 600, base={"rev": 1})
    assert status(helper, mended, correct(household, hers, 900, base={"rev": 1})) == ["done", "not_found"]


def test_who_sees_all_the_money_but_only_writes_down_changes_no_line_of_others(
    household, join, change_relationship, parts
):
    pot, hers = with_pot(household), new_id()
    household.hers.results(spend(household, pot, 700, row=hers))
    helper, link = join("helper")
    change_relationship(link, widen)
    assert status(helper, correct(household, hers, 900, base={"rev": 1})) == ["not_allowed"]


def widen(session, link):
    link.scopes = [*link.scopes, "see_money"]


def test_a_helper_writes_down_spending_and_no_money_in(household, join):
    pot = with_pot(household)
    helper, _ = join("helper")
    made = spend(household, pot, 500, row=new_id())
    assert status(helper, {**made, "facts": {**made["facts"], "kind": "instalment"}}) == ["not_allowed"]


@both_engines
def test_a_private_goal_leaves_the_phones_of_those_with_limits(household, join):
    goal, step, choice, person = new_id(), new_id(), new_id(), household.person
    household.hers.results(
        op("goal.write", person, goal, {"words": "Leave him"}),
        op("step.write", person, step, {"goal": goal, "words": "Ring"}),
        op("choice.write", person, choice, {"goal": goal, "idea": "Refuge"}),
        op("check_in.write", person, new_id(), {"goal": goal, "words": "Packed", **GOING}),
    )
    viewer, _ = join("viewer")
    assert goal in viewer.rows("goal")
    viewer.exchange()
    household.hers.results(op("goal.write", person, goal, {"private": True}, base={"rev": 1}))
    stream = f"person:{person}"
    news = {item["stream"]: item for item in viewer.exchange()["changes"]}
    assert news[stream]["reset"]
    seen = str([viewer.rows(kind) for kind in ("goal", "step", "choice", "check_in", "version", "conflict")])
    assert [words for words in ("Leave him", "Ring", "Refuge", "Packed") if words in seen] == []
    assert goal in household.his.rows("goal")


def test_what_is_added_to_a_private_goal_is_private_at_once(household, join):
    goal, person = new_id(), household.person
    viewer, _ = join("viewer")
    household.hers.results(
        op("goal.write", person, goal, {"words": "Leave him", "private": True}),
        op("step.write", person, new_id(), {"goal": goal, "words": "Ring"}),
        op("choice.write", person, new_id(), {"goal": goal, "idea": "Refuge"}),
        op("check_in.write", person, new_id(), {"goal": goal, "words": "Packed", **GOING}),
    )
    assert [viewer.rows(kind) for kind in ("goal", "step", "choice", "check_in", "version")] == [{}] * 5


def test_a_goal_that_is_opened_again_comes_back(household, join):
    goal, person = new_id(), household.person
    viewer, _ = join("viewer")
    household.hers.results(op("goal.write", person, goal, {"words": "Swim", "private": True}))
    household.hers.results(op("goal.write", person, goal, {"private": False}, base={"rev": 2}))
    assert viewer.rows("goal")[goal]["words"] == "Swim"


def goal_of(household):
    return op("goal.write", household.person, new_id(), {"words": "Swim"})


def test_who_stands_in_may_do_everything_until_the_day_and_not_after(household, join, clock, parts):
    nominee, link = join("nominee")
    assert status(nominee, goal_of(household)) == ["not_allowed"]
    with parts.database.writing() as session:
        maria = actor_for(session, household.maria, household.person)
        let_stand_in(session, maria, link, until=clock.moment.date())
        session.commit()
    assert status(nominee, goal_of(household)) == ["done"]
    clock.go_on(days=1)
    assert status(nominee, goal_of(household)) == ["not_allowed"]


def test_the_last_who_looks_after_a_plan_keeps_it_to_hand_it_over(make_account, make_person, phone, parts, clock):
    ana = make_account("ana@example.com", name="Ana")
    sam = make_person(ana, name="Sam", role="representative")
    with parts.database.writing() as session:
        session.query(Relationship).filter(Relationship.person_id == sam).one().ends_on = clock.moment.date()
        session.commit()
    clock.go_on(days=1)
    device = phone(ana)
    assert sam in device.rows("person")
    assert status(device, op("goal.write", sam, new_id(), {"words": "Mine"})) == ["not_allowed"]
    assert device.client.get(f"/people/{sam}/invitations/new").status_code == 200


def test_a_reviewer_comments_and_agrees_and_cannot_take_it_back(household, join):
    reviewer, _ = join("reviewer")
    remark, said = new_id(), {"words": "Well thought out.", "agrees": True}
    assert status(reviewer, op("remark.write", household.person, remark, said)) == ["done"]
    assert status(reviewer, op("remark.write", household.person, remark, said | {"words": "No"})) == ["not_found"]
    assert household.hers.rows("remark")[remark]["words"] == "Well thought out."


def test_nothing_said_and_nothing_agreed_is_no_comment(household, join):
    reviewer, _ = join("reviewer")
    empty = op("remark.write", household.person, new_id(), {"words": " ", "agrees": False})
    assert status(reviewer, empty) == ["refused"]

"""What was written for a plan that was closed meanwhile: it stays with its author as text, for seven days."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update

from app.accounts.models import Account, Person, Relationship, UntakenWords
from app.accounts.people.untaken import MOST, UNTAKEN_JOB
from app.accounts.service import end_relationship
from app.accounts.work import AccountJobs
from app.core.ids import new_id
from app.jobs.models import Job
from app.jobs.worker import Worker
from tests.fixtures_app import OWN, both_engines, form_token

PLACE = "/account/not-taken"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def closed(household, parts):
    """Tom was sent off a moment ago."""
    with parts.database.writing() as session:
        end_relationship(session, session.get_one(Relationship, household.link))
        session.commit()
    return household


def hand_in(household, **changes):
    """What the server says when Tom's phone hands in one thing."""
    item = {"id": new_id(), "person": household.person, "title": "A goal", "words": "Swim again", **changes}
    body = {"account": household.tom, "items": [item]}
    return household.his.client.post(PLACE, json=body, headers=OWN)


def rows(parts):
    with parts.database.reading() as session:
        return [(row.account_id, row.words) for row in session.query(UntakenWords)]


@both_engines
def test_the_words_of_somebody_who_was_sent_off_stay_in_their_own_account(closed, parts):
    same = new_id()
    assert [hand_in(closed, id=same).get_json()["kept"] for _ in range(2)] == [[same], [same]]
    assert rows(parts) == [(closed.tom, "Swim again")]
    assert "Swim again" in closed.his.client.get(PLACE).get_data(as_text=True)
    assert "Swim again" in closed.his.client.get(f"{PLACE}.txt").get_data(as_text=True)
    assert "Swim again" not in closed.hers.client.get(PLACE).get_data(as_text=True)


def test_words_of_a_plan_that_is_still_open_or_never_was_stay_on_the_phone(household, make_person, parts):
    other = make_person(household.maria, name="Jean", role="holder")
    assert hand_in(household).get_json()["kept"] == []
    assert hand_in(household, person=other).get_json()["kept"] == []
    assert rows(parts) == []


@pytest.mark.parametrize(
    "changes", [{"words": "x" * 20_001}, {"words": "\x00"}, {"id": "1"}, {"title": ""}, {"person": None}, {"more": "x"}]
)
def test_what_has_no_right_form_is_refused_with_a_sentence(closed, changes, parts):
    [refused] = hand_in(closed, **changes).get_json()["refused"]
    assert (refused["item"], bool(refused["sentence"])) == (0, True)
    assert rows(parts) == []


@pytest.mark.parametrize("bad", [{"words": "x" * 20_001}, None, "words", []])
def test_one_bad_thing_keeps_no_other_out(closed, parts, bad):
    item = {"id": new_id(), "person": closed.person, "title": "A goal", "words": "Swim again"}
    items = [{**item, **bad} if isinstance(bad, dict) else bad, item]
    told = closed.his.client.post(PLACE, json={"account": closed.tom, "items": items}, headers=OWN).get_json()
    assert (told["kept"], [one["item"] for one in told["refused"]]) == ([item["id"]], [0])
    assert rows(parts) == [(closed.tom, "Swim again")]


@pytest.mark.parametrize("items", [[], None, "x", [{}] * 51])
def test_what_is_no_list_of_things_is_refused_whole(closed, items):
    answer = closed.his.client.post(PLACE, json={"account": closed.tom, "items": items}, headers=OWN)
    assert (answer.status_code, bool(answer.get_json()["sentence"])) == (400, True)


def test_nobody_hands_in_for_another_account_or_from_another_site(closed):
    item = {"id": new_id(), "person": closed.person, "title": "A goal", "words": "x"}
    body = {"account": closed.maria, "items": [item]}
    assert closed.his.client.post(PLACE, json=body, headers=OWN).status_code == 400
    assert closed.his.client.post(PLACE, json={**body, "account": closed.tom}).status_code == 403


def test_there_is_an_end_to_what_is_kept_and_handing_in_twice_takes_no_second_place(closed, parts):
    same = new_id()
    hand_in(closed, id=same)
    with parts.database.writing() as session:
        one = session.query(UntakenWords).one()
        facts = {"account_id": closed.tom, "person_id": closed.person, "title": "A goal", "words": "x"}
        facts |= {"came_at": one.came_at, "ends_at": one.ends_at}
        session.add_all(UntakenWords(id=new_id(), **facts) for _ in range(MOST - 1))
        session.commit()
    assert hand_in(closed, id=same).get_json()["kept"] == [same]
    answer = hand_in(closed)
    assert (answer.status_code, "at most 500" in answer.get_json()["sentence"]) == (422, True)


@both_engines
def test_after_seven_days_nothing_is_shown_and_the_job_takes_it(closed, parts, clock):
    hand_in(closed)
    clock.go_on(days=7, minutes=1)
    assert "Swim again" not in closed.his.client.get(PLACE).get_data(as_text=True)
    clock.go_on(hours=1)
    with parts.database.writing() as session:
        session.execute(update(Job).where(Job.kind == UNTAKEN_JOB).values(due_at=LONG_AGO))
        session.commit()
    worker = Worker(parts.database, {UNTAKEN_JOB: AccountJobs(parts.database, parts.settings).untaken})
    while worker.run_once():
        pass
    assert rows(parts) == []


def test_its_author_throws_it_away_and_nobody_else_can(closed, parts):
    kept = hand_in(closed).get_json()["kept"][0]
    assert thrown(closed.hers.client, kept).status_code == 404
    assert len(rows(parts)) == 1
    assert thrown(closed.his.client, kept).status_code == 303
    assert rows(parts) == []


def thrown(client, kept):
    """Press the button on the page."""
    token = form_token(client.get("/people/new"))
    return client.post(f"{PLACE}/{kept}/end", data={"csrf_token": token})


@both_engines
@pytest.mark.parametrize("whose", [Account, Person])
def test_words_go_with_the_account_and_with_the_person(closed, parts, whose):
    hand_in(closed)
    with parts.database.writing() as session:
        session.execute(delete(whose).where(whose.id == (closed.tom if whose is Account else closed.person)))
        session.commit()
    assert rows(parts) == []

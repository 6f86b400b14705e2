"""Who can do what: seen by all, ended by the person, left by oneself; what was done; and worries about safety."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Concern, Relationship
from app.accounts.people.bases import ENDING_JOB, tell_of_end
from app.accounts.people.concerns import CONCERN_JOB, safeguarding_of
from app.accounts.work import AccountJobs
from app.commands import grows_only, mail_stays
from app.core.audit import AuditLine, write_down
from app.core.db import guards_missing, permit_changes
from app.core.ids import new_id
from app.core.settings import Settings
from app.core.web import Services
from app.jobs.worker import Worker
from tests.fixtures_app import both_engines, form_token, op, send_form


@pytest.fixture
def place(household):
    return f"/people/{household.person}"


def post(client, page, path, **fields):
    return client.post(path, data={**fields, "csrf_token": form_token(client.get(page))})


def holder_of(parts, person):
    with parts.database.reading() as session:
        wanted = select(Relationship).where(Relationship.person_id == person, Relationship.ended_at.is_(None))
        return {item.account_name: item.role for item in session.scalars(wanted)}


def test_the_page_says_in_plain_words_who_can_do_what(household, place):
    page = household.hers.client.get(place).get_data(as_text=True)
    assert "Tom" in page
    assert "Looks after the whole plan" in page
    assert "Change the money" in page


def test_the_person_ends_what_somebody_may_do_and_the_phone_is_empty_at_the_next_contact(household, place, parts):
    household.his.exchange()
    answer = post(household.hers.client, place, f"{place}/members/{household.link}/end")
    assert answer.status_code == 303
    refused = household.his.exchange(op("goal.write", household.person, new_id(), {"words": "Late"}))
    assert refused["results"][0]["sentence"].startswith("You can no longer change this. What you wrote is kept")
    assert refused["gone"] == [f"person:{household.person}"]
    assert household.his.client.get(place).status_code == 404


def test_somebody_leaves(household, place, parts):
    answer = post(household.his.client, place, f"{place}/members/{household.link}/end")
    assert answer.location == "/account"
    assert holder_of(parts, household.person) == {"Maria": "holder"}


def test_nobody_takes_a_budget_from_the_person_whose_it_is(household, place, parts):
    with parts.database.reading() as session:
        own = session.query(Relationship).filter(Relationship.account_name == "Maria").one().id
    told = [
        post(phone.client, place, f"{place}/members/{own}/end").get_data(as_text=True)
        for phone in (household.his, household.hers)
    ]
    assert "Nobody can take it from them" in told[0]
    assert "It is your own budget" in told[1]


def test_the_only_one_who_looks_after_a_plan_cannot_just_leave(make_account, make_person, sign_in, parts):
    ana = make_account("ana@example.com", name="Ana")
    sam, client = make_person(ana, name="Sam", role="representative"), sign_in(ana)
    path = re.search(r'action="([^"]+/end)"', client.get(f"/people/{sam}").get_data(as_text=True))[1]
    answer = post(client, f"/people/{sam}", path)
    assert answer.status_code == 422
    assert "Hand it over first" in answer.get_data(as_text=True)


@both_engines
def test_a_parent_hands_over_to_the_grown_child_and_stays_to_look(make_account, make_person, sign_in, parts):
    ana, child = make_account("ana@example.com", name="Ana"), make_account("sam@example.com", name="Sam")
    sam, parent, grown = make_person(ana, name="Sam", role="representative"), sign_in(ana), sign_in(child)
    offer = {"name": "Sam", "role": "holder", "afterwards": "viewer"}
    page = send_form(parent, f"/people/{sam}/invitations/new", **offer).get_data(as_text=True)
    send_form(grown, re.search(r"(/invitations/[\w-]{43})", page)[1], answer="accept")
    confirm = re.search(r'action="([^"]+/confirm)"', parent.get(f"/people/{sam}").get_data(as_text=True))[1]
    post(parent, f"/people/{sam}", confirm)
    assert holder_of(parts, sam) == {"Ana": "viewer", "Sam": "holder"}
    assert parent.get(f"/people/{sam}/invitations/new").status_code == 404


def test_control_is_handed_over_for_a_time_and_taken_back_at_once(household, place, make_account, make_relationship):
    link = make_relationship(make_account("nina@example.com", name="Nina"), household.person, role="nominee")
    path = f"{place}/members/{link}/control"
    client = household.hers.client
    post(client, place, path, until="2026-12-24")
    assert "Does everything until 24 December 2026" in client.get(place).get_data(as_text=True)
    post(client, place, path, until="")
    assert "Does everything" not in client.get(place).get_data(as_text=True)
    assert "This day is over" in post(client, place, path, until="2020-01-01").get_data(as_text=True)


def test_a_parent_hears_of_the_end_three_months_ahead(household, parts, clock, tmp_path):
    with parts.database.writing() as session:
        item = session.get_one(Relationship, household.link)
        item.ends_on = date(2026, 11, 30)
        tell_of_end(session, item)
        session.commit()
    worker, folder = jobs(parts, tmp_path)
    worker.run_once()
    assert "30 November 2026" in mail_in(folder)


def jobs(parts, tmp_path, **changes):
    """A worker for the mails of accounts, and where they go."""
    folder = tmp_path / "mail"
    settings = Settings(**{**vars(parts.settings), "mail_url": f"folder:{folder}", **changes})
    made = AccountJobs(parts.database, settings)
    return Worker(parts.database, {ENDING_JOB: made.ending, CONCERN_JOB: made.concern}), folder


def mail_in(folder):
    return "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.eml"))


# -- what was done ------------------------------------------------------------------------------------------


def test_what_was_done_says_who_what_and_when_and_no_words(household, place):
    household.his.results(op("goal.write", household.person, new_id(), {"words": "Leave him"}))
    page = household.hers.client.get(f"{place}/activity").get_data(as_text=True)
    assert re.search(r"<b>Tom</b>\s+wrote a goal", page)
    assert "Leave him" not in page


@both_engines
@pytest.mark.parametrize("act", ["UPDATE audit_line SET act = 'x'", "DELETE FROM audit_line"])
def test_the_database_itself_refuses_to_prune_what_was_done(household, parts, act):
    with pytest.raises(DatabaseError, match="only grows"), parts.database.writing() as session:
        session.execute(text(act))
    with parts.database.reading() as session:
        assert session.scalars(select(AuditLine.act)).first()


# -- worries ------------------------------------------------------------------------------------------------


def test_a_concern_says_before_it_is_raised_who_reads_it(household, place, parts, tmp_path):
    told = household.his.client.get(f"{place}/concern").get_data(as_text=True)
    assert "for whoever runs Inhand here. Nobody reads it at once." in told
    assert "Nobody who acts for" not in told.split("Who reads it?")[1].split("</div>")[0]


def test_a_concern_takes_one_button_and_nobody_in_the_plan_hears_of_it(household, place, parts):
    assert f'href="{place}/concern"' in household.his.client.get(place).get_data(as_text=True)
    told = send_form(household.his.client, f"{place}/concern", words="").get_data(as_text=True)
    assert "Your concern is written down" in told
    shown = [household.hers.client.get(f"{place}{rest}").get_data(as_text=True) for rest in ("", "/activity")]
    assert not any("wrote down" in page and "concern is" in page for page in shown)
    with parts.database.reading() as session:
        assert session.scalars(select(Concern.raised_by)).all() == [household.tom]
        assert "concern" not in str(session.scalars(select(AuditLine.act)).all())


def test_a_concern_goes_to_who_looks_into_such_things_here(household, place, parts, tmp_path, app):
    local = tmp_path / "local.json"
    local.write_text(json.dumps({"says": ["Ring us."], "contacts": [], "email": "safe@example.com"}))
    parts_here = Services(
        Settings(**{**vars(parts.settings), "safeguarding": str(local)}), parts.database, parts.storage
    )
    app.extensions["inhand"] = parts_here
    assert "Ring us." in household.his.client.get(f"{place}/concern").get_data(as_text=True)
    send_form(household.his.client, f"{place}/concern", words="Money goes missing")
    worker, folder = jobs(parts, tmp_path, safeguarding=str(local))
    worker.run_once()
    assert "Money goes missing" in mail_in(folder)
    assert "safe@example.com" in mail_in(folder)


def test_the_numbers_of_this_country_are_there_without_a_setting():
    assert "999" in {number for _, _, number in safeguarding_of("").contacts}


def test_what_was_done_goes_back_to_the_first_line_page_by_page(household, place, parts):
    with parts.database.writing() as session:
        for number in range(250):
            write_down(session, "goal.write", account=household.maria, person=household.person, number=number)
        session.commit()
    client = household.hers.client
    pages = [client.get(f"{place}/activity?page={number}").get_data(as_text=True) for number in (1, 2, 3, 4)]
    assert [page.count("<li class") for page in pages] == [100, 100, 252 - 200 + 1, 0]
    assert ["Older things" in page for page in pages] == [True, True, False, False]


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "²", ""])
def test_a_page_that_is_none_is_the_first(household, place, number):
    assert household.hers.client.get(f"{place}/activity?page={number}").status_code == 200


@both_engines
def test_the_doctor_finds_that_the_log_can_be_changed(household, parts):
    with parts.database.reading() as session:
        assert guards_missing(session, "audit_line") == []
    with parts.database.writing() as session:
        permit_changes(session.connection(), "audit_line")
        session.commit()
    with parts.database.reading() as session:
        missing = guards_missing(session, "audit_line")
        assert missing
        assert [found.code for found in grows_only(session)] == ["log-open"] * len(missing)


def test_the_doctor_says_that_mail_goes_nowhere():
    real = Settings(production=True, mail_url="folder:var/mail")
    assert [found.code for found in mail_stays(real)] == ["mail-folder"]
    assert mail_stays(replace(real, mail_url="smtp://a:b@mail.example:587")) == mail_stays(Settings()) == []

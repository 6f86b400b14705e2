"""Inviting somebody: a link that works once, accepted, confirmed by who invited, ended by either."""

import re

import pytest

from app.accounts.models import Account, Relationship
from app.accounts.service import end_relationship
from app.accounts.signing.passkeys import Made, keep_passkey
from app.sync.models import Change
from tests.fixtures_app import both_engines, form_token, send_form

LINK = re.compile(r">http://localhost(/invitations/[^<]+)<")
ANAS_END = r'action="([^"]+/members/[^"]+/end)"(?:(?!</form>)[\s\S])*End this now<span[^>]*>: Ana<'
HELPER = {"name": "Ana", "role": "helper"}


@pytest.fixture
def ana(make_account, sign_in):
    """Ana's browser; she looks after nobody yet."""
    return sign_in(make_account("ana@example.com", name="Ana"))


@pytest.fixture
def place(household):
    """Where Maria sees who can do what."""
    return f"/people/{household.person}"


@pytest.fixture
def invite(household, place):
    """Maria invites; the path of the link."""

    def make(**facts):
        page = send_form(household.hers.client, f"{place}/invitations/new", **(HELPER | facts))
        assert page.status_code == 200, page.get_data(as_text=True)
        return LINK.search(page.get_data(as_text=True))[1]

    return make


def answer(client, link, what="accept"):
    return send_form(client, link, answer=what)


def confirm(client, place):
    """Maria says that it is the right person; the page afterwards."""
    return press(client, place, r'action="([^"]+/confirm)"')


def press(client, place, action, **fields):
    """Press the first button of this kind on a page."""
    page = client.get(place)
    path = re.search(action, page.get_data(as_text=True))[1]
    token = form_token(page)
    return client.post(path, data={**fields, "csrf_token": token}, follow_redirects=True)


def roles(parts, account_name):
    with parts.database.reading() as session:
        found = session.query(Relationship).filter(Relationship.account_name == account_name)
        return [item.role for item in found if item.ended_at is None]


@both_engines
def test_somebody_is_in_when_both_sides_said_yes(household, ana, invite, place, parts):
    link = invite()
    told = ana.get(link).get_data(as_text=True)
    assert "Maria invites you" in told
    assert "Write down what is spent" in told
    assert "You have accepted" in ana.get(answer(ana, link).location).get_data(as_text=True)
    assert roles(parts, "Ana") == []
    assert "Ana" in confirm(household.hers.client, place).get_data(as_text=True)
    assert roles(parts, "Ana") == ["helper"]


def test_a_link_belongs_to_who_accepts_it(household, ana, invite, make_account, sign_in):
    link, other = invite(), sign_in(make_account("bo@example.com", name="Bo"))
    answer(ana, link)
    assert ana.get(link).status_code == 200
    assert [one.get(link).status_code for one in (other, household.his.client)] == [404, 404]


def test_a_used_link_says_that_it_was_used_and_to_its_user_what_came_of_it(household, ana, invite, place, app):
    link = invite()
    answer(ana, link)
    assert "This link was used already" in app.test_client().get(link).get_data(as_text=True)
    confirm(household.hers.client, place)
    assert "You used this link on" in ana.get(link).get_data(as_text=True)
    press(household.hers.client, place, ANAS_END)
    told = ana.get(link).get_data(as_text=True)
    assert re.search("Your part for [A-Z][a-z]+ has ended since", told)
    assert "You are in" not in told


def asks_of(parts, account_name):
    """How many wait, as the phones of this person were told last."""
    with parts.database.reading() as session:
        part = session.query(Relationship).filter(Relationship.account_name == account_name).one()
        rows = session.query(Change).filter(Change.row_id == part.id, Change.kind == "relationship")
        return [row.body["asks"] for row in rows]


def test_who_may_let_somebody_in_hears_of_it_on_the_phone_until_it_is_settled(household, ana, invite, place, parts):
    link = invite()
    assert asks_of(parts, "Maria") == [0]
    answer(ana, link)
    assert asks_of(parts, "Maria") == [1]
    confirm(household.hers.client, place)
    assert asks_of(parts, "Maria") == [0]
    assert asks_of(parts, "Ana") == [0]


@pytest.mark.parametrize("ends", ["decline", "take back"])
def test_an_invitation_that_ends_unsettled_waits_for_nobody(household, ana, invite, place, parts, ends):
    link = invite()
    answer(ana, link)
    if ends == "decline":
        answer(ana, link, "decline")
    else:
        press(household.hers.client, place, r'action="([^"]+/invitations/[^"]+/end)"')
    assert asks_of(parts, "Maria") == [0]


def test_both_hear_by_mail_how_an_invitation_goes_on(household, ana, invite, place, post):
    answer(ana, invite())
    [(to, words)] = post()
    assert (to, f"http://localhost{place}" in words) == ("maria@example.com", True)
    confirm(household.hers.client, place)
    told = [words for to, words in post() if to == "ana@example.com"]
    assert f"http://localhost/app/{household.person}/home" in told[0]


def test_who_was_sent_off_by_mistake_is_invited_again_with_two_taps(household, ana, invite, place):
    answer(ana, invite())
    confirm(household.hers.client, place)
    after = press(household.hers.client, place, ANAS_END).get_data(as_text=True)
    assert "Ana is out." in after
    form = household.hers.client.get(re.search(r'href="([^"]+again=[^"]+)"', after)[1]).get_data(as_text=True)
    assert 'value="Ana"' in form
    assert re.search(r'checked[^>]+value="helper"', form)


def test_a_part_in_another_plan_or_one_still_in_force_fills_no_form(
    household, place, make_account, make_person, make_relationship, change_relationship
):
    bo = make_account("bo@example.com", name="Bo")
    elsewhere = make_relationship(bo, make_person(bo, name="Lee", role="holder"), role="viewer")
    ended = make_relationship(bo, household.person, role="viewer")
    for part in (elsewhere, ended):
        change_relationship(part, end_relationship)
    client = household.hers.client
    pages = {
        part: client.get(f"{place}/invitations/new?again={part}").text for part in (ended, elsewhere, household.link)
    }
    assert {part: 'value="Bo"' in page or 'value="Tom"' in page for part, page in pages.items()} == {
        ended: True, elsewhere: False, household.link: False,
    }  # fmt: skip


def test_who_is_invited_is_not_asked_whose_budget_it_is(app, invite):
    asked = app.test_client().get(f"/sign-up?next={invite()}").get_data(as_text=True)
    assert "Whose budget is it?" not in asked
    assert 'name="whose" value="invited"' in asked
    assert "Whose budget is it?" in app.test_client().get("/sign-up").get_data(as_text=True)


def test_a_link_that_was_never_made_and_one_that_is_over_look_the_same(ana, invite, clock, app):
    link = invite()
    clock.go_on(days=8)
    pages = [app.test_client().get(one) for one in (link, "/invitations/" + "x" * 43)]
    assert {(page.status_code, page.get_data()) for page in pages} == {(404, pages[0].get_data())}


def test_only_a_hash_of_the_link_is_kept(invite, parts):
    token = invite().rsplit("/", 1)[1]
    with parts.database.reading() as session:
        kept = [str(row) for row in session.connection().exec_driver_sql("SELECT * FROM invitation")]
    assert kept
    assert token not in kept[0]


def test_an_invitation_ends_with_the_rights_of_who_made_it(household, ana, invite, change_relationship, place, parts):
    page = send_form(household.his.client, f"{place}/invitations/new", **HELPER)
    link = LINK.search(page.get_data(as_text=True))[1]
    member = re.search(rf'action="({place}/members/{household.link}/end)"', household.hers.client.get(place).text)[1]
    household.hers.client.post(member, data={"csrf_token": form_token(household.hers.client.get(place))})
    assert ana.get(link).status_code == 404


def test_somebody_says_no_and_the_link_ends(household, ana, invite, place):
    link = invite()
    answer(ana, link, "decline")
    assert ana.get(link).status_code == 404
    assert "Invitations" not in household.hers.client.get(place).get_data(as_text=True)


def test_who_invited_takes_it_back(household, ana, invite, place):
    link = invite()
    press(household.hers.client, place, r'action="([^"]+/invitations/[^"]+/end)"')
    assert ana.get(link).status_code == 404


def test_ones_own_link_is_for_somebody_else(household, invite):
    assert "your own invitation" in answer(household.hers.client, invite()).get_data(as_text=True)


def test_a_reviewer_needs_a_second_way_to_sign_in(ana, invite, parts):
    link = invite(role="reviewer")
    assert "passkey or one-time codes" in answer(ana, link).get_data(as_text=True)
    with parts.database.writing() as session:
        account = session.query(Account).filter(Account.name == "Ana").one().id
        keep_passkey(session, account, Made("AAAA", "AAAA", 0, [], False), name="Phone")
        session.commit()
    assert answer(ana, link).status_code == 303


def test_what_does_not_go_with_a_role_is_left_out(household, ana, invite, place, parts):
    answer(ana, invite(extras="write_plan"))
    confirm(household.hers.client, place)
    with parts.database.reading() as session:
        found = session.query(Relationship).filter(Relationship.account_name == "Ana").one()
    assert "write_plan" not in found.scopes


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"role": "representative"}, "Say what allows them to act"),
        ({"role": "representative", "basis": "parent"}, "Say the last day of a parent"),
        ({"ends_on": "2020-01-01"}, "This day is over"),
        ({"role": "holder", "afterwards": "leave"}, "has its holder already"),
        ({"role": ""}, "Choose what they will do"),
    ],
)
def test_what_is_missing_is_said(household, place, facts, sentence):
    page = send_form(household.hers.client, f"{place}/invitations/new", **(HELPER | facts))
    assert page.status_code == 422
    assert sentence in page.get_data(as_text=True)


def test_links_cannot_be_tried_in_great_number(app):
    browser = app.test_client()
    tried = [browser.get("/invitations/" + "y" * 43).status_code for _ in range(61)]
    assert set(tried[:60]) == {404}
    assert tried[60] == 429


def test_a_new_account_of_an_invited_person_has_no_plan_of_its_own(app, invite):
    link, browser = invite(), app.test_client()
    facts = {"name": "Ana", "email": "new@example.com", "whose": "invited", "password": "three plain words"}
    answered = send_form(browser, f"/sign-up?next={link}", **facts, way="password")
    assert answered.location == link
    assert "You are signed in as Ana" in browser.get(link).get_data(as_text=True)


def test_a_link_to_elsewhere_is_not_followed_after_signing_up(app):
    facts = {"name": "Ana", "email": "new@example.com", "whose": "me", "password": "three plain words"}
    answered = send_form(app.test_client(), "/sign-up?next=https://example.com/invitations/x", **facts, way="password")
    assert answered.location == "/app/"

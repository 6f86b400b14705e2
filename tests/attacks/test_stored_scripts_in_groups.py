"""A script in every text around peer groups, as if the anonymiser had let it pass: on each page it stays words.

Names and rules of groups, pseudonyms, posts, texts on their way, reports, the queue and its log.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.queries import token_hash
from app.core.clock import now
from app.core.ids import new_id
from app.peers.models import Borrowed, PeerGroup, Post, QueueItem, Seat, Sharing
from tests.attacks.test_stored_scripts import Found
from tests.attacks.texts import form_texts, script
from tests.peers.scene import with_group

pytestmark = pytest.mark.browser
TOKEN = "t" * 43
NAME, ABOUT, OLD, NEW_NAME, NEW_ABOUT, MINE, THEIRS, POSTED, ASKING, READING, ON_WAY, SETTLED, BANNED, IDEA = range(14)
# Texts of forms: what becomes of each is tried here; an act or a decision is one of a few codes.
TRIED = {"NameForm.name", "NameForm.about", "FoundForm.name", "FoundForm.about"}
CODES = {"SeatForm.act", "DecisionForm.decision"}


@pytest.fixture
def group(household, parts, make_person):
    """Maria moderates a group in which every text is a script; ids by name."""
    ids = with_group(parts, household.maria, household.person, role="moderator")
    others = [make_person(household.tom, name=name, role="representative") for name in ("Sam", "Kim")]
    with parts.database.writing() as session:
        at = now(session)
        found = session.get_one(PeerGroup, ids["group"])
        found.name, found.about, found.reason = script(NAME, 400), script(ABOUT, 400), script(OLD, 400)
        found.new_name, found.new_about, found.new_state = script(NEW_NAME, 80), script(NEW_ABOUT, 400), "refused"
        found.link_hash = token_hash(TOKEN)
        session.get_one(Seat, ids["own_seat"]).pseudonym = script(MINE, 80)
        session.get_one(Seat, ids["other_seat"]).pseudonym = script(THEIRS, 80)
        session.get_one(Post, ids["post"]).texts = {"goal": script(POSTED, 400)}
        session.get_one(Borrowed, ids["idea"]).words = script(IDEA, 400)
        session.get_one(Sharing, ids["sharing"]).checked = {"goal": [{"t": script(ON_WAY, 400)}]}
        second = session.get_one(Sharing, ids["second_read"])
        second.final, second.reader_hash = {"goal": script(READING, 400)}, token_hash(TOKEN)
        second.reader_until = at + timedelta(days=1)
        seat = {"group_id": ids["group"], "rules": 1, "since": at, "account_id": household.tom}
        session.add(Seat(id=new_id(), pseudonym=script(ASKING, 80), state="asked", person_id=others[0], **seat))
        session.add(Seat(id=new_id(), pseudonym=script(BANNED, 80), state="banned", person_id=others[1], **seat))
        settled = {"decision": "removed", "settled_by": script(SETTLED, 80), "settled_at": at, "raised_at": at}
        session.add(QueueItem(id=new_id(), group_id=ids["group"], post_id=ids["post"], reason="unkind", **settled))
        session.commit()
    return ids


@pytest.fixture
def stranger(make_account, make_person, phone):
    """Somebody with a plan who may ask to join."""
    account = make_account("ana@example.com", name="Ana")
    make_person(account, name="Ana", role="holder")
    return phone(account).client


def look(found, page, url, *paths):
    for path in paths:
        page.goto(url + path)
        assert page.locator("h1").count() == 1, path
        found.look(page, path)


def change(parts, ids, **values):
    with parts.database.writing() as session:
        for name, value in values.items():
            setattr(session.get_one(PeerGroup, ids["group"]), name, value)
        session.commit()


def look_at_pages(found, url, open_browser, household, stranger, parts, group):
    """As who moderates, as the plan that shares, as a stranger with a link, and as a second reader."""
    page, other = open_browser(url, household.hers.client), open_browser(url, stranger)
    own = (f"/groups/{group['group']}", f"/people/{household.person}/sharing/{group['second_read']}/reader")
    look(found, page, url, "/groups", *own)
    change(parts, group, new_state="checking")
    look(found, page, url, f"/groups/{group['group']}")
    look(
        found, other, url, "/groups", f"/groups/{group['group']}/ask", f"/groups/join/{TOKEN}", f"/sharing/read/{TOKEN}"
    )
    change(parts, group, state="refused", new_state=None)
    look(found, page, url, "/groups", f"/groups/{group['group']}")


def test_no_text_around_a_group_becomes_a_script_on_a_page(app, parts, household, group, stranger, serve, open_browser):
    url, found = serve(app), Found()
    look_at_pages(found, url, open_browser, household, stranger, parts, group)
    assert found.wrong == []
    assert set(range(14)) - found.seen == {ON_WAY, IDEA}  # those show on the phone alone


def test_what_a_form_gives_back_stays_words(app, household, group, serve, open_browser):
    url, found = serve(app), Found()
    page = open_browser(url, household.hers.client)
    page.goto(f"{url}/groups/new")
    page.locator("[name=name]").fill(script(1, 400))
    page.locator("[name=about]").fill(script(2, 400))
    page.evaluate("document.querySelectorAll('[maxlength]').forEach((one) => one.removeAttribute('maxlength'))")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    found.look(page, "given back")
    assert (found.wrong, found.seen >= {1, 2}) == ([], True)


def test_a_page_of_a_group_that_escapes_nothing_is_found(app, household, group, serve, open_browser):
    app.jinja_env.autoescape = False
    url, found = serve(app), Found()
    page = open_browser(url, household.hers.client)
    page.goto(f"{url}/groups/{group['group']}")
    page.wait_for_function("() => hits.length")
    found.look(page, "group")
    assert {one.split(":")[1] for one in found.wrong} >= {" made", " ran"}


def test_every_text_of_a_form_around_groups_is_tried():
    assert form_texts(("app.peers.forms",)) == TRIED | CODES


def test_every_text_of_a_row_around_groups_is_planted(parts, household, group):
    """A new column for words shows here."""
    planted, strange = 0, set()
    with parts.database.reading() as session:
        for model in (PeerGroup, Seat, Post, Sharing, QueueItem, Borrowed):
            rows = [str(vars(row)) for row in session.scalars(select(model))]
            planted += sum("mark" in row for row in rows)
            strange |= set() if any("mark" in row for row in rows) else {model.__name__}
    assert (planted >= 10, strange) == (True, set())

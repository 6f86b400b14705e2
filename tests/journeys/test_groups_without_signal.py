"""A peer group in a lift: searched, borrowed from, reported without signal; what is withdrawn leaves the phone."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.core.settings import Settings
from app.factory import make_services
from app.peers.models import Post
from app.peers.queries import hold_group
from app.peers.service.showing import take_away
from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site, wait_until

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
DOG, GYM = "Keep my dog. If she goes, so do I.", "Lose the weight that the tablets brought."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as found:
        yield found


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        yield found


def signed_in(phone: Phone, site: Site) -> Page:
    """Somebody in the group, with everything on the phone and the app's own files kept."""
    phone.sign_in(site.url, "leroy@example.com", PASSWORD)
    phone.page.locator(".sync", has_text="All sent").wait_for()
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return phone.page


def card(page: Page, goal: str) -> Locator:
    """An example in the list of its group."""
    return page.locator("article.card", has_text=goal)


def open_example(page: Page, goal: str) -> None:
    """From the plan's own tabs to an example."""
    page.locator(".tabs").get_by_role("link", name="More").click()
    page.get_by_role("link", name="Groups").click()
    page.get_by_role("link", name="What works for us").click()
    page.locator("input[type=search]").fill(goal)
    card(page, goal).get_by_role("link", name="Read it all").click()
    page.get_by_role("heading", name="An example").wait_for()


def borrow(page: Page, goal: str) -> None:
    """What its writer wanted, as a draft."""
    page.get_by_role("link", name="Borrow this idea").click()
    page.get_by_label(goal).check()
    page.get_by_role("button", name="Put it in my plan").click()
    page.get_by_role("heading", name="A borrowed idea").wait_for()


def post_of(site: Site, goal: str) -> tuple[str, str]:
    """The id of an example, and its state."""
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        found = database.execute("SELECT id, state FROM group_post WHERE texts LIKE ?", (f"%{goal}%",)).fetchone()
    return str(found[0]), str(found[1])


def withdraw(site: Site, post: str) -> None:
    """Its writer takes it back, as `sharing.stop` does."""
    parts = make_services(Settings(database_url=site.environment["INHAND_DATABASE_URL"], storage_url="memory:"))
    with parts.database.writing() as session:
        found = session.get_one(Post, post)
        hold_group(session, found.group_id, person=found.person_id)
        take_away(session, found)
        session.commit()
    parts.database.dispose()


def test_what_is_read_borrowed_and_hidden_without_signal_reaches_the_server(phone: Phone, site: Site) -> None:
    # given somebody in a group whose phone has no signal, and is started anew
    page = signed_in(phone, site)
    site.line.cut = True
    page.reload()
    # when they find an example and borrow from it
    open_example(page, DOG)
    expect(page.get_by_text("What worked for one family is no advice.")).to_be_visible()
    borrow(page, DOG)
    expect(page.locator(".said .words")).to_have_text(DOG)
    expect(page.get_by_text(re.compile("Borrowed from .* in What works for us"))).to_be_visible()
    # and recognise somebody in another one
    open_example(page, GYM)
    page.get_by_role("link", name="I recognise someone").click()
    page.get_by_role("button", name="Hide it now").click()
    # then it is gone from this phone at once
    expect(page.locator(".undo")).to_contain_text("Hidden.")
    expect(page.get_by_text("Nothing here fits.").or_(page.locator("article.card").first)).to_be_visible()
    expect(card(page, GYM)).to_have_count(0)
    # and when there is signal, for everybody
    site.line.cut = False
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until("it is hidden for all", lambda: post_of(site, GYM)[1] == "hidden")


def test_a_draft_in_borrowed_words_is_emptied_when_its_example_is_withdrawn(phone: Phone, site: Site) -> None:
    # given a draft in somebody else's words
    page = signed_in(phone, site)
    open_example(page, DOG)
    borrow(page, DOG)
    page.locator(".tabs").get_by_role("link", name="Plan").click()
    expect(page.locator(".words", has_text=DOG)).to_be_visible()
    page.locator(".kept--phone").first.wait_for(state="detached")
    # when the writer takes the example back, and the phone hears of it
    withdraw(site, post_of(site, DOG)[0])
    page.evaluate("dispatchEvent(new Event('online'))")
    # then the words are gone from the plan and from the group
    expect(page.get_by_text("The example was taken back.")).to_be_visible()
    expect(page.get_by_text(DOG)).to_have_count(0)
    page.locator(".tabs").get_by_role("link", name="More").click()
    page.get_by_role("link", name="Groups").click()
    page.get_by_role("link", name="What works for us").click()
    page.locator("input[type=search]").fill("my dog")
    expect(card(page, DOG)).to_have_count(0)

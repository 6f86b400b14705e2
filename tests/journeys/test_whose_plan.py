"""Nothing is written into the wrong person's plan: each screen says whose it is, and a form stays with its person."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from tests.journeys.browser import CHROMIUM, FLAGS, PHONE
from tests.journeys.site import Site, open_site, wait_until
from tests.journeys.test_axe import SCREENS, address_of, go, sign_in

pytestmark = pytest.mark.browser
WORDS = "Begun before the other tab was opened"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site"), photos=True) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def context(chromium: Playwright) -> Iterator[BrowserContext]:
    browser = chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
    made = browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")
    made.set_default_timeout(60_000)
    yield made
    browser.close()


def nameless(page: Page, site: Site, person: str, name: str) -> list[str]:
    """The screens whose band does not say this name."""
    found = []
    for screen in SCREENS:
        go(page, person, address_of(site, person, screen))
        if name not in page.locator(".band").first.inner_text():
            found.append(screen)
    return found


def test_every_screen_says_whose_plan_it_is(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    person = sign_in(page, site, "leroy@example.com")
    assert nameless(page, site, person, "Leroy") == []


def test_a_screen_without_a_name_is_found(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    person = sign_in(page, site, "leroy@example.com")
    assert nameless(page, site, person, "Grace") == SCREENS


def test_the_plan_and_a_goal_say_as_of_when(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    person = sign_in(page, site, "leroy@example.com")
    for screen in ("plan", address_of(site, person, "goal")):
        go(page, person, screen)
        expect(page.get_by_text(re.compile(r"^As of \d\d:\d\d today\.$"))).to_be_visible()
    go(page, person, "goal-new")
    page.context.set_offline(True)
    page.get_by_label("Say it your way").fill("Learn to whistle")
    page.get_by_role("button", name="Save this goal").click()
    go(page, person, "plan")
    expect(page.get_by_text(re.compile(r"^As of .*, with 1 thing not sent yet\.$"))).to_be_visible()


def test_a_form_left_open_writes_into_the_plan_that_it_shows(context: BrowserContext, site: Site) -> None:
    # given a carer of two, with a goal half written for one of them
    one = context.new_page()
    grace = sign_in(one, site, "daniel@example.com")
    go(one, grace, "goal-new")
    expect(one.locator(".chip-person")).to_contain_text("For Grace")
    one.get_by_label("Say it your way").fill(WORDS)
    # when another tab opens the other's plan, and the form is saved afterwards
    other = context.new_page()
    other.goto(f"{site.url}/app/{people_of(site)['Ruth']}/home")
    expect(other.locator(".chip-person").first).to_contain_text("Ruth")
    expect(one.locator(".chip-person")).to_contain_text("For Grace")
    one.get_by_role("button", name="Save this goal").click()
    expect(one.get_by_text("The goal is written down.")).to_be_visible()
    # then it is in the plan that the form named, and in no other
    wait_until("the server has it", lambda: whose_goal(site) == ["Grace"])


def people_of(site: Site) -> dict[str, str]:
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        return {name: person for name, person in database.execute("SELECT name, id FROM person")}


def whose_goal(site: Site) -> list[str]:
    question = "SELECT person.name FROM goal JOIN person ON person.id = goal.person_id WHERE goal.words = ?"
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        return [row[0] for row in database.execute(question, [WORDS])]

"""A later version is deployed while the app is open, unsent things wait, and its copy has to be migrated."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone, phones
from tests.journeys.modules import act
from tests.journeys.site import PASSWORD, wait_until
from tests.journeys.versions import DeployedSite

pytestmark = pytest.mark.browser
UNSENT = ["Unsent one", "Unsent two", "Unsent three"]
HALF = "Half a sentence about the ca"
UPDATE = "navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => true)"
STORE = """async () => {
  const { account } = JSON.parse(localStorage.getItem("inhand.who"));
  const open = indexedDB.open(`inhand-${account}`);
  const db = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
  const found = { version: db.version, tables: [...db.objectStoreNames].filter((name) => name.startsWith("later")) };
  db.close();
  return found;
}"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[DeployedSite]:
    site = DeployedSite(tmp_path)
    yield site
    site.close()


@pytest.fixture
def phone(site: DeployedSite, tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        found.sign_in(site.url, "leroy@example.com", PASSWORD)
        expect(found.page.locator(".hero b")).to_be_visible()
        found.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        found.page.reload()
        expect(found.page.locator(".hero b")).to_be_visible()
        yield found


def test_a_half_filled_form_and_unsent_things_outlive_a_new_version(site: DeployedSite, phone: Phone) -> None:
    # given a form half filled, and three things that could not be sent
    page, person = phone.page, person_of(phone.page)
    hold_back(page)
    write_unsent(page, person)
    page.goto(f"{site.url}/app/{person}/goal-new")
    page.get_by_label("Say it your way").fill(HALF)
    page.evaluate("globalThis.neverLoadedAgain = true")
    # when the next version is deployed and the browser finds it
    site.deploy(1)
    page.evaluate(UPDATE)
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => new Promise((done) => {"
                  "const look = () => (found.waiting ? done(true) : setTimeout(look, 50)); look(); }))")  # fmt: skip
    # then nothing was loaded again, and the form can be finished
    assert page.evaluate("globalThis.neverLoadedAgain") is True
    assert page.get_by_label("Say it your way").input_value() == HALF
    page.get_by_label("Say it your way").fill(f"{HALF}fé")
    page.get_by_role("button", name="Save this goal").click()
    expect(page.get_by_text("The goal is written down.")).to_be_visible()
    # and the tap brings the new version, with everything
    take_the_new_version(page, site, person, 1)
    assert page.evaluate(STORE) == {"version": 2, "tables": ["later-1"]}
    send_everything(page, site, person)
    assert_sent_once(site, [*UNSENT, f"{HALF}fé"])


def test_a_phone_silent_for_two_versions_brings_its_copy_along_although_it_is_killed_in_the_middle(
    site: DeployedSite, phone: Phone
) -> None:
    # given a phone that was put away with unsent things, two versions ago
    page, person = phone.page, person_of(phone.page)
    hold_back(page)
    write_unsent(page, person)
    before = page.locator(".hero b").inner_text()
    phone.close()
    site.deploy(2, slow=1_500)
    # when it is killed while it brings its copy along
    phone.restart()
    hold_back(phone.page)
    phone.page.goto(f"{site.url}/app/{person}/home")
    with phone.page.expect_console_message(lambda message: message.text == "step 1"):
        take_over(phone.page)
    phone.kill()
    # then the next start ends it, and nothing is lost or sent twice
    phone.restart()
    phone.page.goto(f"{site.url}/app/{person}/home")
    expect(phone.page.locator(".hero b")).to_have_text(before)
    expect_version(phone.page, site, person, 2)
    assert phone.page.evaluate(STORE) == {"version": 3, "tables": ["later-1", "later-2"]}
    send_everything(phone.page, site, person)
    assert_sent_once(site, UNSENT)


def hold_back(page: Page) -> None:
    """No operation reaches the server, while the app's files do."""
    page.route("**/sync", lambda route: route.abort())


def write_unsent(page: Page, person: str) -> None:
    """Three goals in the outbox."""
    goals = [{"act": "goal.write", "stream": f"person:{person}", "facts": {"words": words}} for words in UNSENT]
    act(page, goals)
    expect(page.locator(".sync")).to_contain_text("3")


def take_over(page: Page) -> None:
    """Tap "Take the new version" once it is offered; the page loads anew."""
    page.get_by_role("button", name="Take the new version").click(no_wait_after=True)


def take_the_new_version(page: Page, site: DeployedSite, person: str, later: int) -> None:
    with page.expect_event("load"):  # a navigation inside the app is none
        take_over(page)
    expect_version(page, site, person, later)


def expect_version(page: Page, site: DeployedSite, person: str, later: int) -> None:
    page.goto(f"{site.url}/app/{person}/more")
    expect(page.get_by_role("heading", name=f"More of version {later}")).to_be_visible()


def send_everything(page: Page, site: DeployedSite, person: str) -> None:
    page.unroute("**/sync")
    page.goto(f"{site.url}/app/{person}/sync")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    wait_until("the goals are there", lambda: UNSENT[0] in goals_of(site))


def assert_sent_once(site: DeployedSite, words: list[str]) -> None:
    found = goals_of(site)
    assert {one: found.count(one) for one in words} == dict.fromkeys(words, 1)
    with sqlite3.connect(site.folder / "inhand.db") as database:
        results = [json.loads(row[0]) for row in database.execute("SELECT result FROM operation")]
    assert {result["status"] for result in results} == {"done"}


def goals_of(site: DeployedSite) -> list[str]:
    with sqlite3.connect(site.folder / "inhand.db") as database:
        return [row[0] for row in database.execute("SELECT words FROM goal")]


def person_of(page: Page) -> str:
    """The id of the person whose plan is open."""
    page.wait_for_url("**/app/*/home")
    return page.url.split("/app/")[1].split("/")[0]

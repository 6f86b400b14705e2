"""A reminder in Chromium: asked for after a tap that explains it, brought by the worker, shown, confirmed, renewed.

Chromium's own push service cannot be reached here: the subscription's address is our push service's, and what arrives
there is handed to the service worker by the browser's own debugging door.
"""

import json
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import PATIENCE_MS, Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site, wait_until
from tests.reminders.push_service import Browser, PushService, push_service

pytestmark = pytest.mark.browser
WORKER_IS_READY = "async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)"
MOST_FRAMES = 600
# What the worker has the browser show next, once the browser has taken it. Asking the registration for its
# notifications is no way: a browser without a desktop forgets them at times when the machine is busy.
NOTE_SHOWN = """() => {
  const kept = self.registration;
  self.testShown = new Promise((resolve) => {
    kept.showNotification = async (title, facts) => {
      delete kept.showNotification;
      await kept.showNotification(title, facts);
      resolve([title, facts.body, facts.tag]);
    };
  });
}"""
# A subscription of the browser's, but at our own push service.
SUBSCRIBE = """(device) => {
  const plain = (text) => atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = (text) => Uint8Array.from(plain(text), (one) => one.charCodeAt(0));
  const kept = () => localStorage.getItem("test.key");
  const made = (key) => ({
    options: { applicationServerKey: bytes(key).buffer },
    toJSON: () => device,
    unsubscribe: async () => (localStorage.removeItem("test.key"), true),
  });
  PushManager.prototype.getSubscription = async () => (kept() ? made(kept()) : null);
  PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => {
    const text = btoa(String.fromCharCode(...key)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    localStorage.setItem("test.key", text);
    return made(text);
  };
}"""


def test_a_reminder_is_asked_for_shown_and_confirmed(tmp_path: Path) -> None:
    with push_service() as push, open_site(tmp_path) as site, phones(tmp_path) as (phone,):
        # given a phone whose messages come to our push service
        browser = Browser()
        start(site, phone, push, browser)
        page = phone.page
        person = page.url.split("/app/")[1].split("/")[0]
        # when somebody says when the review is, and taps what explains the reminders
        review(site, page, person)
        page.goto(f"{site.url}/app/{person}/reminders")
        expect(page.get_by_text("The message never shows a name or money.")).to_be_visible(timeout=PATIENCE_MS)
        assert rows(site, "SELECT count(*) FROM push_subscription") == [(0,)]
        page.get_by_role("button", name="Remind me here").click()
        expect(page.get_by_text("Reminders come here")).to_be_visible(timeout=PATIENCE_MS)
        # then the worker brings a message within ten seconds, and the phone shows and confirms it
        page.get_by_role("button", name="Send a test").click()
        wait_until("the message is at the push service", lambda: len(push.came) == 1)
        told = browser.read(push.came[0].body)
        notice = ["Inhand", "Something is coming up.", told["tag"]]
        assert deliver(phone, page, site, json.dumps(told)) == notice
        wait_until("it is confirmed", lambda: rows(site, "SELECT count(shown_at) FROM push_delivery") == [(1,)])
        # and the same message again is the same notification
        assert deliver(phone, page, site, json.dumps(told)) == notice
        check_a_lost_subscription_is_renewed(site, page)


def check_a_lost_subscription_is_renewed(site: Site, page: Page) -> None:
    """The server and the browser forgot it; the next start makes it anew."""
    change(site, "DELETE FROM push_subscription")
    page.evaluate("localStorage.removeItem('test.key')")
    page.reload()
    wait_until("it is there again", lambda: rows(site, "SELECT count(*) FROM push_subscription") == [(1,)])


def start(site: Site, phone: Phone, push: PushService, browser: Browser) -> None:
    """The site knows the push service of the test; the phone is signed in, and its worker is ready."""
    site.kill()
    site.environment["INHAND_PUSH_TEST_SERVICE"] = push.url
    site.start()
    device = browser.device(f"{push.url}/201/phone")
    phone.context.add_init_script(f"({SUBSCRIBE})({json.dumps(device)})")
    phone.context.grant_permissions(["notifications"], origin=site.url)
    phone.sign_in(site.url, "leroy@example.com", PASSWORD)
    phone.page.wait_for_url("**/app/*/home")
    phone.page.wait_for_function(WORKER_IS_READY)


def review(site: Site, page: Page, person: str) -> None:
    """Say that a review is in 40 days."""
    page.goto(f"{site.url}/app/{person}/review-new")
    page.get_by_label("Who reviews it?").fill("Leeds City Council")
    day = page.evaluate("new Date(Date.now() + 40 * 864e5).toISOString().slice(0, 10)")
    page.get_by_label("Is there a day for it?").fill(day)
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_role("heading", name="Reviews")).to_be_visible(timeout=PATIENCE_MS)
    planned = "SELECT count(*) FROM reminder WHERE state = 'due' AND \"on\" = ?"
    wait_until("three reminders are planned", lambda: rows(site, planned, day) == [(3,)])


def deliver(phone: Phone, page: Page, site: Site, text: str) -> list[str]:
    """Hand a message to the service worker, as the browser's push service would: what it then had the browser show."""
    door = phone.context.new_cdp_session(page)
    found: list[str] = []
    door.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(ids_of(event)))
    door.send("ServiceWorker.enable")
    wait_for_id(page, found)
    worker = phone.context.service_workers[-1]
    worker.evaluate(NOTE_SHOWN)
    before = page.evaluate("() => performance.now()")
    door.send("ServiceWorker.deliverPushMessage", {"origin": site.url, "registrationId": found[0], "data": text})
    notice: list[str] = worker.evaluate("() => self.testShown")
    assert page.evaluate("() => performance.now()") - before < 10_000
    door.detach()
    return notice


def wait_for_id(page: Page, found: list[str]) -> None:
    """The debugging door tells of the worker a moment later."""
    for _ in range(MOST_FRAMES):
        if found:
            return
        page.evaluate("() => new Promise((resolve) => requestAnimationFrame(resolve))")
    raise AssertionError("the browser told of no service worker")


def ids_of(event: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["registrationId"] for one in event["registrations"]]


def rows(site: Site, question: str, *facts: str) -> list[tuple[int, ...]]:
    """What the database says."""
    with sqlite3.connect(site.folder / "inhand.db", timeout=30) as database:
        found = database.execute(question, facts).fetchall()
    database.close()
    return found


def change(site: Site, statement: str) -> None:
    """Change the database behind the app's back."""
    with sqlite3.connect(site.folder / "inhand.db", timeout=30) as database:
        database.execute(statement)
    database.close()

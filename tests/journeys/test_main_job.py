"""The main job, by one who has only read the README: from the first page to a reminder, and the same without signal.

Each tap counts, and each choice of a file or a day, and the browser's own question; typing does not.
"""

import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.journeys.browser import PATIENCE_MS, Phone, phones
from tests.journeys.due import make_one_due, noon_zone
from tests.journeys.site import PASSWORD, Site, open_site, wait_until
from tests.journeys.test_push_chromium import SUBSCRIBE, deliver, rows
from tests.reminders.push_service import Browser, PushService, push_service

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)
MOST_TAPS = 25
# The worker stands and answers for this page: what the app needs is on the phone.
IN_CHARGE = "() => Boolean(navigator.serviceWorker.controller)"
GOAL = "Swim with my sister on Tuesdays"
SHOP = "Riverside Leisure"
EMAIL = "jean@example.com"


@dataclass
class Hand:
    """What a thumb does on a phone, and how often."""

    page: Page
    taps: list[str] = field(default_factory=list)

    def tap(self, role: str, name: str) -> None:
        """One tap on what is there under this name; nobody may have to know an address."""
        self.page.get_by_role(role, name=name).first.click()
        self.taps.append(name)

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)

    def choose_day(self, label: str, day: str) -> None:
        self.page.get_by_label(label).fill(day)
        self.taps.append(f"{label} {day}")

    def choose_photo(self, picture: Path) -> None:
        """A tap that opens the gallery, and one on the picture."""
        with self.page.expect_file_chooser() as opened:
            self.page.get_by_text("Choose photos or a PDF").click()
        self.taps.append("Choose photos or a PDF")
        opened.value.set_files(picture)
        self.taps.append(picture.name)


@pytest.fixture
def push():
    with push_service() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path, push: PushService):
    with open_site(tmp_path) as made:
        made.kill()
        made.environment["INHAND_PUSH_TEST_SERVICE"] = push.url
        made.start()
        yield made


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    """The phones are where it is noon: no quiet hour delays a reminder. The site stays in its own zone."""
    monkeypatch.setenv("TZ", noon_zone(datetime.now(UTC)))


@pytest.mark.usefixtures("noon")
def test_from_the_first_page_to_a_reminder_in_25_taps(site: Site, push: PushService, tmp_path: Path) -> None:
    with phones(tmp_path) as (phone,):
        # given somebody new
        browser = answer_at(phone, site, push)
        hand = Hand(phone.page)
        sign_up(hand, site)
        # when they go where each screen leads them
        plan_and_spend(hand, receipt(tmp_path))
        say_review(hand)
        ask_for_reminders(hand)
        expect(hand.page.get_by_text("Reminders come here")).to_be_visible()
        # then a reminder that is due is shown, and it took few taps
        check_reminded(site, phone, push, browser)
        print(f"{len(hand.taps)} taps: {', '.join(hand.taps)}")
        assert len(hand.taps) <= MOST_TAPS


@pytest.mark.usefixtures("noon")
def test_the_same_without_signal_then_on_a_second_phone(site: Site, push: PushService, tmp_path: Path) -> None:
    with phones(tmp_path, 2) as (phone, second):
        # given somebody who has just signed up, and whose phone has everything
        browser = answer_at(phone, site, push)
        hand = Hand(phone.page)
        sign_up(hand, site)
        phone.page.wait_for_function(IN_CHARGE)
        expect(phone.page.locator(".sync")).to_contain_text("All sent")
        # when the network is cut and the server dead, all the rest is done
        phone.context.set_offline(True)
        site.line.cut = True
        site.kill()
        plan_and_spend(hand, receipt(tmp_path))
        say_review(hand)
        ask_for_reminders(hand)
        expect(hand.page.get_by_text("Reminders start here once there is signal")).to_be_visible()
        assert len(hand.taps) <= MOST_TAPS
        # and they come back
        site.start()
        site.line.cut = False
        phone.context.set_offline(False)
        hand.tap("link", "More")
        hand.tap("link", "Home")
        expect(phone.page.locator(".sync")).to_contain_text("All sent")
        # then a second phone shows all of it, and the first is reminded
        check_second(second, site)
        wait_until("the phone takes messages", lambda: rows(site, "SELECT count(*) FROM push_subscription") == [(1,)])
        check_reminded(site, phone, push, browser)


def answer_at(phone: Phone, site: Site, push: PushService) -> Browser:
    """Messages for this phone come to our push service; the browser's question is answered with yes."""
    browser = Browser()
    phone.context.add_init_script(f"({SUBSCRIBE})({json.dumps(browser.device(f'{push.url}/201/phone'))})")
    phone.context.grant_permissions(["notifications"], origin=site.url)
    return browser


def receipt(folder: Path) -> Path:
    """A photo in the gallery."""
    picture = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(picture).text((40, 40), "RIVERSIDE LEISURE\nSWIM 14.85", fill="black")
    made = io.BytesIO()
    picture.save(made, "JPEG")
    (folder / "receipt.jpg").write_bytes(made.getvalue())
    return folder / "receipt.jpg"


def sign_up(hand: Hand, site: Site) -> None:
    hand.page.goto(site.url)
    hand.tap("link", "Make an account")
    hand.write("Your name", "Jean")
    hand.write("Your email", EMAIL)
    hand.tap("radio", "Mine")
    hand.write("A password", PASSWORD)
    hand.tap("button", "Make an account")
    hand.page.wait_for_url("**/app/*/home")


def plan_and_spend(hand: Hand, picture: Path) -> None:
    """A goal, an option for it, a pot, a receipt."""
    hand.tap("link", "Write the first goal")
    hand.write("Say it your way", GOAL)
    hand.tap("button", "Save this goal")
    hand.tap("link", "Find something that helps")
    hand.page.locator("a.option").first.click()
    hand.taps.append("the first idea")
    hand.tap("link", "Choose this")
    hand.tap("button", "Save this choice")
    expect(hand.page.locator(".undo")).to_be_visible()
    hand.tap("link", "Home")
    hand.tap("link", "Add the first pot")
    hand.write("Who pays?", "Leeds City Council")
    hand.write("How much was agreed?", "3,600")
    hand.tap("radio", "Yes, all of it")
    hand.tap("button", "Save this pot")
    hand.tap("link", "Add a receipt")
    hand.choose_photo(picture)
    hand.write("How much?", "14.85")
    hand.write("Where, or what for?", SHOP)
    hand.tap("button", "Save £14.85")
    expect(hand.page.get_by_text("£14.85 is written down.")).to_be_visible()


def say_review(hand: Hand) -> None:
    """Who reviews is known from the pot; only the day is asked."""
    hand.tap("link", "When is the next review?")
    expect(hand.page.get_by_label("Who reviews it?")).to_have_value("Leeds City Council")
    hand.choose_day("Is there a day for it?", f"{(datetime.now(UTC) + timedelta(days=40)).date()}")
    hand.tap("button", "Save the review")


def ask_for_reminders(hand: Hand) -> None:
    hand.tap("link", "Reminders")
    hand.tap("button", "Remind me here")
    hand.taps.append("Allow, in the browser's own question")


def check_reminded(site: Site, phone: Phone, push: PushService, browser: Browser) -> None:
    """The worker brings what is due; the phone shows it and says so."""
    wait_until("three are planned", lambda: rows(site, PLANNED, EMAIL) == [(3,)])
    make_one_due(site)
    wait_until("the message is at the push service", lambda: len(push.came) == 1)
    told = browser.read(push.came[0].body)
    notice = deliver(phone, phone.page, site, json.dumps(told))
    assert notice == ["Inhand", "Something is coming up.", told["tag"]]
    wait_until("it is confirmed", lambda: rows(site, "SELECT count(shown_at) FROM push_delivery") == [(1,)])


PLANNED = """SELECT count(*) FROM reminder JOIN account ON account.id = reminder.account_id
    JOIN reminder_wish ON reminder_wish.account_id = account.id WHERE state = 'due' AND account.email = ?"""


def check_second(phone: Phone, site: Site) -> None:
    """Another phone of the same person: goal, option, pot, receipt with its photo, and review."""
    phone.sign_in(site.url, EMAIL, PASSWORD)
    page = phone.page
    expect(page.locator(".hero")).to_contain_text("£3,585.15 left")
    expect(page.get_by_text("Leeds City Council").first).to_be_visible()
    page.get_by_role("link", name="Get ready for the review").click()
    expect(page.get_by_role("heading", name="Leeds City Council")).to_be_visible()
    page.get_by_role("link", name="Home", exact=True).click()
    page.get_by_role("link", name=GOAL).click()
    expect(page.locator(".chosen")).to_have_count(1)
    page.get_by_role("link", name="Money", exact=True).click()
    page.get_by_role("link", name=SHOP).first.click()
    expect(page.get_by_role("img", name="Photo").first).to_be_visible()

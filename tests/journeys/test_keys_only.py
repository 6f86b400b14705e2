"""All that somebody does from day to day by keys alone. Locators only read: they say where the focus is."""

import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.journeys.browser import CHROMIUM, FLAGS, PHONE
from tests.journeys.site import PASSWORD, Site, open_site

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
MOST_TABS = 90
# The focus is on this, it can be seen, and nothing lies over it (WCAG 2.2, 2.4.11): no bar that sticks hides it.
HOLDS_FOCUS = "one => one === document.activeElement && one.matches(':focus-visible')"
IS_COVERED = """one => {
  const { left, top, width, height } = one.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
  const named = there && [...(one.labels ?? [])].some((label) => label.contains(there) || there.contains(one));
  return !there || !(one.contains(there) || there.contains(one) || named);
}"""


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def page(site: Site) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        context = browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(60_000)
        yield context.new_page()
        browser.close()


def reach(page: Page, wanted: Locator) -> None:
    """Go on by Tab until this has the focus. It can then be seen."""
    wanted.first.wait_for()
    for _ in range(MOST_TABS):
        if wanted.first.evaluate(HOLDS_FOCUS):
            assert not wanted.first.evaluate(IS_COVERED), f"something covers {wanted}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Reach a thing and press a key on it."""
    reach(page, wanted)
    page.keyboard.press(key)


def write(page: Page, wanted: Locator, words: str) -> None:
    """Reach a field and type into it."""
    reach(page, wanted)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def link(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("link", name=name)


def tab(page: Page, name: str) -> Locator:
    return page.locator(".tabs").get_by_role("link", name=name)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def sign_in(page: Page, site: Site, email: str = "leroy@example.com") -> None:
    """By keys, until Home is there."""
    write_password(page, site, email)
    page.wait_for_selector(".tabs")
    page.wait_for_url("**/home")


def write_password(page: Page, site: Site, email: str) -> None:
    page.goto(f"{site.url}/sign-in")
    write(page, page.get_by_label("Your email"), email)
    write(page, page.get_by_label("Your password"), PASSWORD)
    page.keyboard.press("Enter")


def test_a_goal_a_pot_a_receipt_and_an_option_by_keys_alone(page: Page, site: Site) -> None:
    # given somebody who signs in by keys
    sign_in(page, site)
    # when they write a goal, its first step, and tick the step off
    press(page, tab(page, "Plan"))
    press(page, link(page, "Write a goal"))
    write(page, page.get_by_label("Say it your way"), "Paint the boat with Marcus")
    press(page, button(page, "People and places"))
    press(page, button(page, "Save this goal"))
    expect(page.get_by_text("The goal is written down.")).to_be_visible()
    write(page, page.get_by_label("Add a small step"), "Buy blue paint")
    page.keyboard.press("Enter")
    press(page, page.get_by_label("Buy blue paint"), "Space")
    expect(page.get_by_text("One step is done.")).to_be_visible()
    # and find something that helps with it, with a cost
    press(page, link(page, "Find something that helps"))
    write(page, page.locator("input[type=search]"), "art")
    press(page, page.locator("a.option"))
    press(page, link(page, "Choose this"))
    press(page, button(page, "Save this choice"))
    expect(page.locator(".undo")).to_be_visible()
    # and add a pot
    press(page, tab(page, "Money"))
    press(page, link(page, "New pot"))
    press(page, page.get_by_label("The money comes to me"), "Space")
    write(page, page.get_by_label("Who pays?"), "Leeds Fund")
    write(page, page.get_by_label("A short name"), "Boat")
    press(page, button(page, "Save this pot"))
    expect(page.get_by_text("Boat is here now.")).to_be_visible()
    # and write down a receipt
    press(page, page.locator(".dock").get_by_role("link", name="Add a receipt"))
    write(page, page.get_by_label("How much?"), "4.10")
    press(page, page.locator(".dock").get_by_role("button"))
    expect(page.get_by_text("£4.10 is written down.")).to_be_visible()
    # then it can be taken back by a key as well
    press(page, button(page, "Undo"))
    expect(page.locator(".undo")).to_be_hidden()


def test_the_order_of_goals_changes_by_keys_and_the_focus_goes_along(page: Page, site: Site) -> None:
    sign_in(page, site)
    press(page, tab(page, "Plan"))
    press(page, link(page, "Change the order of goals"))
    page.locator("li.place").first.wait_for()
    first, second = page.locator("li.place .words").all_inner_texts()[:2]
    press(page, page.locator("li.place").nth(1).get_by_role("button", name="Move up"))
    expect(page.locator("li.place .words").first).to_have_text(second)
    expect(page.locator("li.place").first.get_by_role("button", name="Move down")).to_be_focused()
    press(page, button(page, "Undo"))
    expect(page.locator("li.place .words").first).to_have_text(first)


def test_a_review_is_prepared_by_keys(page: Page, site: Site) -> None:
    sign_in(page, site)
    press(page, tab(page, "More"))
    press(page, link(page, "Reviews"))
    press(page, link(page, "Get ready"))
    write(page, page.get_by_label("Say it your way"), "More time in the boat house")
    press(page, button(page, "Save what I want to say"))
    expect(page.get_by_text("Written down.")).to_be_visible()
    press(page, button(page, "Undo"))
    expect(page.get_by_label("Say it your way")).not_to_have_value("More time in the boat house")


def test_the_reminders_are_changed_by_keys(page: Page, site: Site) -> None:
    sign_in(page, site)
    press(page, tab(page, "More"))
    press(page, link(page, "Reminders"))
    press(page, button(page, "2 weeks before"), "Space")
    reach(page, page.get_by_label("Remind me at"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Remind me at")).to_have_value("600")
    press(page, button(page, "Save the reminders"))
    expect(page.get_by_text("That is how we will remind you.")).to_be_visible()
    press(page, button(page, "Undo"))
    expect(page.get_by_label("Remind me at")).to_have_value("570")


def test_money_is_searched_by_keys(page: Page, site: Site) -> None:
    sign_in(page, site)
    press(page, tab(page, "Money"))
    lines = page.locator('main a[href*="/entry/"]')
    lines.first.wait_for()
    title = lines.last.locator(".row__title").first.inner_text()
    write(page, page.get_by_label("Search"), "zzzz")
    expect(page.get_by_text("Nothing fits.")).to_be_visible()
    write(page, page.get_by_label("Search"), title)
    expect(lines.first).to_contain_text(title)
    press(page, lines.first)
    page.wait_for_url("**/entry/*")


def test_the_jumps_over_a_long_list_lead_where_they_say(page: Page, site: Site) -> None:
    # given a small phone with text of twice the size: the tabs stand under the list
    page.set_viewport_size({"width": 320, "height": 640})
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; })"
    )
    sign_in(page, site)
    press(page, tab(page, "Money"))
    expect(page.locator('main a[href*="/entry/"]').first).to_be_visible()
    expect(page.locator("h1")).to_be_focused()
    for _ in range(4):
        if not link(page, "Menu").evaluate(HOLDS_FOCUS):
            page.keyboard.press("Shift+Tab")
    # when they jump to the menu, then it is in sight, and the next key is on it
    page.keyboard.press("Enter")
    expect(page.locator(".tabs")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(tab(page, "Home")).to_be_focused()


def test_what_waits_is_reached_by_keys(page: Page, site: Site) -> None:
    sign_in(page, site, "daniel@example.com")
    press(page, link(page, re.compile("thing waits|things wait|Nothing waits")))
    page.wait_for_url("**/inbox")
    waits = page.locator(".waits a.row").first
    address = waits.get_attribute("href")
    press(page, waits)
    page.wait_for_url(f"**{address}")
    expect(page.locator("h1")).to_be_focused()


def test_an_example_is_found_borrowed_and_said_in_own_words_by_keys(page: Page, site: Site) -> None:
    # given somebody who reads in their group
    sign_in(page, site)
    press(page, tab(page, "More"))
    press(page, link(page, "Groups"))
    press(page, link(page, "What works for us"))
    # when they find an example, say that it helped, and take that back
    write(page, page.locator("input[type=search]"), "my dog")
    press(page, page.locator("article.card", has_text="Keep my dog").get_by_role("link", name="Read it all"))
    press(page, button(page, "This helped me too"))
    expect(button(page, "This helped me too")).to_have_attribute("aria-pressed", "true")
    press(page, button(page, "Undo"))
    expect(button(page, "This helped me too")).to_have_attribute("aria-pressed", "false")
    # and borrow it, and say it in their own words
    press(page, link(page, "Borrow this idea"))
    reach(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Keep my dog. If she goes, so do I.")).to_be_checked()
    press(page, button(page, "Put it in my plan"))
    press(page, link(page, "Say it my way"))
    write(page, page.get_by_label("How would you say it?"), "Walk Marcus's dog on Sundays")
    press(page, button(page, "Save my words"))
    # then a goal starts with their words
    press(page, link(page, "Make it a goal"))
    expect(page.get_by_label("Say it your way")).to_have_value("Walk Marcus's dog on Sundays")


def test_a_one_time_code_and_a_recovery_code_by_keys(page: Page, site: Site) -> None:
    # given somebody who sets codes up by keys
    sign_in(page, site)
    page.goto(f"{site.url}/account")
    press(page, link(page, "One-time codes"))
    press(page, page.locator("summary"))
    secret = page.locator(".secret").inner_text().replace(" ", "")
    write(page, page.get_by_label("code"), pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    recovery = page.locator(".recovery li").first.inner_text()
    # when they sign in anew, then the code is asked for and taken
    page.context.clear_cookies()
    write_password(page, site, "leroy@example.com")
    expect(page.get_by_role("heading", name="Your one-time code")).to_be_visible()
    write(page, page.get_by_label("Your code"), recovery)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")


def test_something_that_is_covered_is_found(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/help")
    page.evaluate("""() => {
      const bar = document.body.appendChild(document.createElement("div"));
      Object.assign(bar.style, { position: "fixed", inset: "0", background: "white" });
    }""")
    with pytest.raises(AssertionError, match="something covers"):
        reach(page, page.get_by_role("link", name="Who is Inhand for?"))

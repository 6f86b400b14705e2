"""Home and Money in a real browser: few taps, one inbox, last week again, photos from near. Locators only read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site"), photos=True) as found:
        yield found


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        yield found


def open_home(phone: Phone, site: Site, name: str) -> Page:
    phone.sign_in(site.url, f"{name}@example.com", PASSWORD)
    phone.page.goto(f"{site.url}/app/")
    expect(phone.page.locator(".hero b")).to_be_visible()
    phone.page.wait_for_url("**/home")
    return phone.page


def in_sight(page: Page, locator: str) -> bool:
    """Whether all of it can be seen without scrolling, above the dock and the tabs."""
    box, bottom = page.locator(locator).first.bounding_box(), page.locator(".bottom").bounding_box()
    assert box is not None
    assert bottom is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= bottom["y"]


def test_home_answers_without_scrolling_and_spending_takes_three_taps(phone: Phone, site: Site) -> None:
    page = open_home(phone, site, "leroy")
    assert all(in_sight(page, what) for what in (".hero", ".asof", ".row--pot", "#next-head"))
    left = page.locator(".hero b").inner_text()
    page.get_by_role("link", name="Add a receipt").click()  # tap 1
    page.get_by_label("How much?").fill("4.10")
    page.locator(".dock .nhsuk-button").click()  # tap 2
    expect(page.locator(".undo")).to_contain_text("£4.10 is written down.")
    expect(page.locator(".hero b")).not_to_have_text(left)


def test_one_tap_says_that_a_visit_happened_and_one_more_takes_it_back(phone: Phone, site: Site) -> None:
    page = open_home(phone, site, "daniel")
    before = page.locator(".hero b").inner_text()
    had = int(before.split()[0])
    page.get_by_role("button", name="The visit happened").dblclick()  # a finger that slipped writes once
    expect(page.locator(".hero b")).to_contain_text(f"{had + 1} of")
    page.wait_for_function("(then) => Date.now() - then > 400", arg=page.evaluate("Date.now()"))
    expect(page.locator(".hero b")).to_contain_text(f"{had + 1} of")
    page.get_by_role("button", name="The visit happened").click()
    expect(page.locator(".undo")).to_contain_text("It is number 2 for today.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".hero b")).to_contain_text(f"{had + 1} of")
    page.get_by_role("button", name="It did not happen").click()
    expect(page.locator(".undo")).to_contain_text("It did not happen. That is written down.")


def test_one_inbox_over_two_people_opens_the_right_plan(phone: Phone, site: Site) -> None:
    page = open_home(phone, site, "daniel")
    expect(page.locator(".chip-person")).to_contain_text("Grace")
    page.get_by_role("link", name=re.compile(r"things? waits?")).click()
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()
    expect(page.get_by_role("heading", name="Grace")).to_be_visible()
    page.get_by_role("link", name=re.compile("Council owes £22.49")).click()
    expect(page.locator(".chip-person")).to_contain_text("For Ruth")
    expect(page.get_by_label("The pot pays me back")).to_be_checked()


def test_last_week_is_written_down_again_in_three_taps_and_undone_in_one(phone: Phone, site: Site) -> None:
    page = open_home(phone, site, "leroy")
    left = page.locator(".hero b").inner_text()
    page.get_by_role("link", name="Money", exact=True).click()  # tap 1
    page.get_by_role("link", name="Same as last week").click()  # tap 2
    page.get_by_role("button", name=re.compile("^Write .* again")).click()  # tap 3
    expect(page.locator(".undo")).to_contain_text("written down again.")
    expect(page.get_by_text("in all.")).not_to_contain_text(left)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("in all.")).to_contain_text(left)


def test_what_was_taken_back_and_what_was_corrected_can_be_found(phone: Phone, site: Site) -> None:
    page = open_home(phone, site, "leroy")
    page.get_by_role("link", name="Money", exact=True).click()
    page.get_by_label("Show").select_option(label="Taken back")
    expect(page.locator(".row--taken").filter(has_text="Kirkgate Market")).to_be_visible()
    page.get_by_label("Show").select_option(label="Corrected")
    expect(page.locator(".row").filter(has_text="Keep Cool")).to_contain_text("corrected")
    expect(page.get_by_role("status").filter(has_text="line")).to_contain_text("1 line")
    page.get_by_label("Search").fill("no such thing")
    expect(page.get_by_text("Nothing fits.")).to_be_visible()


def test_a_photo_is_looked_at_closely_by_keys_alone(phone: Phone, site: Site) -> None:
    page = open_home(phone, site, "leroy")
    page.get_by_role("link", name="Money", exact=True).click()
    page.get_by_role("link", name="Photos").click()
    page.locator("a.shot").first.focus()
    page.keyboard.press("Enter")
    picture = page.locator(".zoom__picture")
    expect(picture).to_be_visible()
    page.get_by_role("button", name="Larger").focus()
    page.keyboard.press("Enter")
    expect(picture).to_have_css("scale", "1.5")
    page.locator(".zoom").focus()
    page.keyboard.press("ArrowDown")
    expect(picture).to_have_css("translate", "0px -80px")
    page.get_by_role("button", name="Whole photo").focus()
    page.keyboard.press("Enter")
    expect(picture).to_have_css("scale", "1")


def test_two_taps_on_a_photo_bring_it_near(phone: Phone, site: Site) -> None:
    page = open_home(phone, site, "leroy")
    page.goto(page.url.replace("/home", "/photos"))
    page.locator("a.shot").first.click()
    page.locator(".zoom__picture").dblclick()
    expect(page.locator(".zoom__picture")).to_have_css("scale", "3")


def test_a_computer_is_not_called_a_phone_on_home(phone: Phone, site: Site) -> None:
    page = open_home(phone, site, "priya")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("link", name="Add a receipt").click()
    page.get_by_label("How much?").fill("3.20")
    site.line.cut = True
    try:
        page.locator(".dock .nhsuk-button").click()
        expect(page.get_by_text("Saved on this computer")).to_be_visible()
        expect(page.get_by_text("this phone")).to_have_count(0)
    finally:
        site.line.cut = False

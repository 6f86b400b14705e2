"""Who opens the app and taps at once: the first sight of Home shows the money, and no tap in it is lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.bench.filled import sign_in_fast
from tests.journeys.browser import phones
from tests.journeys.site import Site, open_site

pytestmark = pytest.mark.browser
WHOLE = re.compile(r"/whole\.js(\?|$)")

WATCH = """() => {
  window.titles = new Set();
  const look = () => window.titles.add(document.querySelector("h1")?.textContent);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@dataclass
class FirstSight:
    """Home before the rest of the app has come; it comes when it is let go."""

    page: Page
    held: list[Route] = field(default_factory=list)

    def let_go(self) -> None:
        for route in self.held:
            route.continue_()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def sight(tmp_path: Path, site: Site) -> Iterator[FirstSight]:
    with phones(tmp_path) as (phone,):
        address = sign_in_fast(phone, site)
        found = FirstSight(phone.page)
        phone.context.route(WHOLE, lambda route: found.held.append(route))
        with phone.page.expect_request(WHOLE):
            phone.page.goto(address)
        expect(phone.page.locator(".hero")).to_contain_text("left to spend")
        expect(phone.page.get_by_role("heading", name="What is next")).to_have_count(0)
        phone.page.evaluate("window.sameLoad = true")
        phone.page.evaluate(WATCH)
        yield found


def test_a_tap_on_whose_plan_it_is_in_the_first_sight_opens_it(sight: FirstSight) -> None:
    page = sight.page
    page.locator(".chip-person").click()
    expect(page.locator(".chip-person")).to_have_attribute("data-tapped", "")
    sight.let_go()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Whose plan?")).to_be_visible()


def test_a_tap_on_a_tab_in_the_first_sight_leads_there_without_a_new_start(sight: FirstSight) -> None:
    page = sight.page
    page.locator(".tabs").get_by_role("link", name="Money").click()
    sight.let_go()
    page.wait_for_url("**/money")
    expect(page.get_by_role("heading", name="Money", level=1)).to_be_visible()
    assert page.evaluate("window.sameLoad") is True


def test_a_finger_that_is_down_while_the_rest_comes_still_taps(sight: FirstSight) -> None:
    page = sight.page
    box = page.locator(".chip-person").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    with page.expect_response(WHOLE):
        sight.let_go()
    page.mouse.up()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Whose plan?")).to_be_visible()


def test_the_money_stays_until_the_whole_home_takes_its_place(sight: FirstSight) -> None:
    page = sight.page
    sight.let_go()
    expect(page.get_by_role("heading", name="What is next")).to_be_visible()
    titles = page.evaluate("[...window.titles]")
    assert titles
    assert all(str(title).startswith("You have £") for title in titles), titles

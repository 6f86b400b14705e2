"""Two phones at one text for a group: one answers, the other was quicker. Each is told; both end the same."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.core.ids import new_id
from app.peers.queries import seat_in
from tests.journeys.browser import CHROMIUM, FLAGS
from tests.journeys.group_scene import NAME, Scene, account_of, text_in, with_group, writing
from tests.journeys.site import Site, open_site, wait_until
from tests.journeys.test_keys_only import button, press
from tests.journeys.test_peer_groups import ANA, SOFIA, choose, go, phone

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
QUESTIONS = ("Is somebody still named", "Would a neighbour know", "Was it in the news")
CHECKED = {"goal": [{"t": "To swim with Kezia on most days."}]}
STOPPED = "It was stopped before you answered."
QUICKER = "Another phone was quicker."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture(scope="module")
def scene(site: Site) -> Scene:
    return with_group(site)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        yield found
        found.close()


@pytest.fixture
def text(scene: Scene) -> str:
    """A text that the mother wrote for her daughter's plan, checked: a name was missed."""
    made = new_id()
    with writing(scene.site) as session:
        account = account_of(session, ANA)
        found = text_in("review", made, seat_in(session, account, scene.group), account)
        found.checked, found.rare, found.harm = CHECKED, False, False
        session.add(found)
        session.commit()
    return made


def hide_and_answer(page: Page, *, hide: bool = True) -> None:
    """The name is hidden, the three questions are answered."""
    expect(page.get_by_role("heading", name="Look at it before it goes")).to_be_visible()
    if hide:
        press(page, button(page, "Kezia. Hide it everywhere"))
    for question in QUESTIONS:
        choose(page, question, "No")


def say_yes(page: Page) -> None:
    press(page, button(page, f"Share this with {NAME}"))


def meet(page: Page) -> None:
    """The phone has signal again, and asks."""
    page.context.set_offline(False)
    with page.expect_response("**/sync"):
        page.evaluate("dispatchEvent(new Event('online'))")


def tag(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def settled(page: Page) -> None:
    """What was told is put away: nothing is left over on this phone."""
    press(page, button(page, "I have seen this"))
    expect(button(page, "I have seen this")).to_have_count(0)
    expect(page.get_by_text("not taken")).to_have_count(0)


def test_the_holder_takes_back_what_the_writer_confirms_without_signal(
    browser: Browser, scene: Scene, text: str
) -> None:
    sofia = scene.plans[ANA]
    with phone(browser, scene.site, ANA) as mother, phone(browser, scene.site, SOFIA) as daughter:
        for page in (mother, daughter):
            go(page, scene.site, sofia, f"sharing/{text}")
        # given the daughter reads whose turn it is, and has no questions to answer
        expect(daughter.get_by_text(re.compile("Now .* looks at it. Nobody can read it yet."))).to_be_visible()
        expect(daughter.get_by_role("radio")).to_have_count(0)
        # when the mother says yes without signal, and the daughter takes it back meanwhile
        mother.context.set_offline(True)
        hide_and_answer(mother)
        say_yes(mother)
        tag(mother, "Waits for signal")
        press(daughter, button(daughter, "Do not share it"))
        tag(daughter, "Taken back")
        scene.wait_for(text, "stopped")
        meet(mother)
        # then the mother is told, and both phones and the server say the same
        expect(mother.get_by_text(STOPPED)).to_be_visible()
        tag(mother, "Taken back")
        settled(mother)
        assert scene.state(text) == "stopped"
        assert scene.ask("SELECT checked || final || written FROM sharing WHERE id = ?", text) == "{}{}{}"


def test_a_review_that_is_open_while_the_text_is_taken_back_is_not_left_without_a_word(
    browser: Browser, scene: Scene, text: str
) -> None:
    sofia = scene.plans[ANA]
    with phone(browser, scene.site, ANA) as mother, phone(browser, scene.site, SOFIA) as daughter:
        for page in (mother, daughter):
            go(page, scene.site, sofia, f"sharing/{text}")
        hide_and_answer(mother)
        press(daughter, button(daughter, "Do not share it"))
        scene.wait_for(text, "stopped")
        meet(mother)
        expect(mother.get_by_text(STOPPED)).to_be_visible()
        tag(mother, "Taken back")
        settled(mother)


def test_a_name_hidden_on_the_slower_of_two_phones_is_told_not_lost(browser: Browser, scene: Scene, text: str) -> None:
    sofia = scene.plans[ANA]
    with phone(browser, scene.site, ANA) as slow, phone(browser, scene.site, ANA) as quick:
        for page in (slow, quick):
            go(page, scene.site, sofia, f"sharing/{text}")
        # given a yes without signal that hides the name, and another phone's that does not
        slow.context.set_offline(True)
        hide_and_answer(slow)
        say_yes(slow)
        hide_and_answer(quick, hide=False)
        say_yes(quick)
        scene.wait_for(text, "agreeing")
        meet(slow)
        # then the slower one says so, with the name that still stands there
        expect(slow.get_by_text(QUICKER)).to_be_visible()
        expect(slow.get_by_text("You wanted to hide “Kezia”. It still stands there.")).to_be_visible()
        # and takes it back: both end the same
        press(slow, button(slow, "Do not share it"))
        scene.wait_for(text, "stopped")
        meet(quick)
        for page in (slow, quick):
            tag(page, "Taken back")


def test_a_yes_of_the_holder_that_comes_after_the_writer_took_it_back_shows_nothing(
    browser: Browser, scene: Scene, text: str
) -> None:
    sofia = scene.plans[ANA]
    with phone(browser, scene.site, ANA) as mother, phone(browser, scene.site, SOFIA) as daughter:
        go(mother, scene.site, sofia, f"sharing/{text}")
        hide_and_answer(mother)
        say_yes(mother)
        scene.wait_for(text, "agreeing")
        go(daughter, scene.site, sofia, f"sharing/{text}")
        expect(daughter.get_by_text("To swim with (hidden) on most days.")).to_be_visible()
        # when the yes waits for signal while the mother takes it back
        daughter.context.set_offline(True)
        press(daughter, button(daughter, "Yes, it may be shown"))
        tag(daughter, "Waits for signal")
        press(mother, button(mother, "Do not share it"))
        scene.wait_for(text, "stopped")
        meet(daughter)
        # then both read that it is taken back, and no hold has begun
        expect(daughter.get_by_text(STOPPED)).to_be_visible()
        for page in (mother, daughter):
            tag(page, "Taken back")
        wait_until("nothing is held", lambda: scene.ask("SELECT shows_at FROM sharing WHERE id = ?", text) == "None")

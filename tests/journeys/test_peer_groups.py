"""A mother shares her daughter's plan with a group: by keys alone, with axe on every screen of the way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.peers.models import Sharing
from tests.journeys.axe import LONG, SHORT, WATCH_SHIFTS, Findings
from tests.journeys.browser import CHROMIUM, FLAGS, PHONE
from tests.journeys.group_scene import NAME, Scene, put_texts, with_group, writing
from tests.journeys.site import Site, open_site, wait_until
from tests.journeys.test_keys_only import button, link, press, reach, sign_in, write

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
ANA, SOFIA, LEROY, PRIYA, GRACE = (
    f"{name}@example.com" for name in ("ana", "sofia", "leroy", "priya", "grace")
)  # fmt: skip
TOWN = "I want to go into town with my mates on a Saturday without my mum stood there."
TRIED = "A helper who stays two shops behind, with a whistle for trouble."
WORKED = "She laughs all the way home and tells everybody about it."
OWN = "Somebody young, who keeps away until he waves."
TWICE_HIDDEN = '{"goal": "We swim.", "tried": "(hidden) (hidden) to ask."}'
# What moved up to here came from somebody else's act, told by the server.
ARRIVED = "window.since = performance.now()"
SHOWN = "SELECT id FROM goal WHERE person_id = ? AND words LIKE 'I want to go into town%'"


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
def found(request: pytest.FixtureRequest) -> Findings:
    return Findings(LONG if request.config.getoption("--long") else SHORT)


@contextmanager
def phone(browser: Browser, site: Site, email: str) -> Iterator[Page]:
    """Somebody's phone, signed in, with all of it there, the app itself too."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    sign_in(page, site, email)
    page.locator(".sync", has_text="All sent").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    yield page
    context.close()


def go(page: Page, site: Site, person: str, screen: str) -> None:
    page.goto(f"{site.url}/app/{person}/{screen}")
    page.locator("h1").wait_for()


def choose(page: Page, question: str, answer: str) -> None:
    """Answer a question by keys: the first answer by Space, others by the arrow."""
    group = page.get_by_role("group", name=question)
    radios = group.get_by_role("radio")
    reach(page, radios.first)
    page.keyboard.press("Space")
    for _ in range(radios.count()):
        if group.get_by_role("radio", name=answer, exact=True).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no answer {answer}")


def text_of(page: Page) -> str:
    """The id of the text whose screen is open."""
    page.wait_for_url("**/sharing/*")
    return page.url.rsplit("/", 1)[1]


def write_it(page: Page, scene: Scene, found: Findings) -> str:
    """From the goal to the door; the id of the text."""
    person = scene.plans[ANA]
    go(page, scene.site, person, f"goal/{scene.ask(SHOWN, person)}")
    press(page, link(page, "Share it with a group"))
    expect(page.get_by_label("What did Sofia want?")).to_have_value(TOWN)
    several = page.get_by_role("group", name="For which group?")
    if several.count():
        choose(page, "For which group?", NAME)
    write(page, page.get_by_label("What was tried?"), TRIED)
    write(page, page.get_by_label("What worked?"), WORKED)
    found.look(page, "share an example")
    press(page, button(page, "Have it checked"))
    return text_of(page)


def review_it(page: Page, scene: Scene, found: Findings, text: str) -> None:
    """What the check missed is hidden by one tap; a doubt asks for a second reader."""
    page.reload()
    expect(page.get_by_role("heading", name="Look at it before it goes")).to_be_visible()
    found.look(page, "review")
    press(page, button(page, "Kezia. Hide it everywhere"))
    expect(page.get_by_text("“Kezia” is hidden everywhere.")).to_be_visible()
    expect(page.locator(".review-words", has_text="Kezia")).to_have_count(0)
    press(page, button(page, "Share this with"))
    expect(page.locator(".nhsuk-error-summary li")).to_have_count(3)
    found.look(page, "review, to answer")
    choose(page, "Is somebody still named", "No")
    choose(page, "Would a neighbour know", "I am not sure")
    choose(page, "Was it in the news", "No")
    found.look(page, "review, answered")
    press(page, button(page, "Go on to a second reader"))
    scene.wait_for(text, "reading")


def ask_reader(page: Page, found: Findings) -> str:
    """The link for a second reader."""
    expect(page.get_by_role("heading", name="Why a second reader?")).to_be_visible()
    page.evaluate(ARRIVED)
    found.look(page, "needs a second reader")
    press(page, link(page, "Choose a second reader"))
    found.look(page, "ask a second reader")
    press(page, button(page, "Make a link for them"))
    return page.get_by_label("The link").input_value()


def read_it(page: Page, found: Findings, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Would you recognise somebody?")).to_be_visible()
    expect(page.get_by_text("(hidden)")).to_be_visible()
    expect(page.get_by_text("Kezia")).to_have_count(0)
    found.look(page, "second reader")
    press(page, button(page, "I could not tell who it is"))
    expect(page.get_by_role("heading", name="We passed it on")).to_be_visible()
    found.look(page, "second reader, said")


def test_a_mother_shares_her_daughters_plan_and_takes_it_back(browser: Browser, scene: Scene, found: Findings) -> None:
    site, sofia = scene.site, scene.plans[ANA]
    with phone(browser, site, ANA) as mother:
        # given a text of which the check missed a name
        text = write_it(mother, scene, found)
        scene.wait_for(text, "review")
        scene.miss(text, "everybody", "Kezia")
        # when the mother hides it, and is not sure of one thing
        review_it(mother, scene, found, text)
        address = ask_reader(mother, found)
        # and a second reader could not tell who it is
        with phone(browser, site, GRACE) as reader:
            read_it(reader, found, address)
        # then her daughter has to say yes herself
        go(mother, site, sofia, f"sharing/{text}")
        expect(mother.get_by_text("Sofia has to say yes first, on their own phone.")).to_be_visible()
        mother.evaluate(ARRIVED)
        found.look(mother, "waits for a yes")
        with phone(browser, site, SOFIA) as daughter:
            go(daughter, site, sofia, f"sharing/{text}")
            found.look(daughter, "say yes")
            press(daughter, button(daughter, "Yes, it may be shown"))
            expect(daughter.get_by_text(re.compile("It is held until tomorrow at .* in 24 hours"))).to_be_visible()
        mother.reload()
        expect(mother.get_by_role("button", name="Take it back")).to_be_visible()
        mother.evaluate(ARRIVED)
        found.look(mother, "held for a day")
        # and after a day and its batch it shows
        scene.end_hold(text)
        borrow_and_withdraw(browser, scene, found, mother, text)
    assert found.wrong == []


def borrow(page: Page, scene: Scene, person: str, text: str) -> None:
    """An idea of the example goes into another plan, without signal."""
    go(page, scene.site, person, f"example/{text}")
    expect(page.get_by_text(TRIED)).to_be_visible()
    page.context.set_offline(True)
    press(page, link(page, "Borrow this idea"))
    reach(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    while not page.get_by_role("radio", name=re.compile("What they tried")).is_checked():
        page.keyboard.press("ArrowDown")
    press(page, button(page, "Put it in my plan"))
    expect(page.get_by_text(TRIED)).to_be_visible()
    page.context.set_offline(False)


def sent(page: Page) -> None:
    """All that waited has gone, and what is new has come."""
    page.reload()
    page.locator("h1").wait_for()
    page.evaluate("dispatchEvent(new Event('online'))")


def borrow_and_withdraw(browser: Browser, scene: Scene, found: Findings, mother: Page, text: str) -> None:
    """Borrowed by two without signal, said in own words by one; then the mother takes it back."""
    site = scene.site
    with phone(browser, site, LEROY) as one, phone(browser, site, PRIYA) as other:
        for page, email in ((one, LEROY), (other, PRIYA)):
            borrow(page, scene, scene.plans[email], text)
        press(one, link(one, "Say it my way"))
        write(one, one.get_by_label("How would you say it?"), OWN)
        press(one, button(one, "Save my words"))
        expect(one.get_by_text(OWN)).to_be_visible()
        sent(one)
        sent(other)
        drafts = "SELECT count(*) FROM borrowed_idea WHERE post_id = ? OR words = ?"
        wait_for_both(scene, drafts, text)
        # when it is taken back by one tap
        mother.reload()
        expect(mother.get_by_text("People in the group can read it.")).to_be_visible()
        mother.evaluate(ARRIVED)
        found.look(mother, "shown")
        press(mother, button(mother, "Take it back"))
        expect(mother.get_by_text("It is gone from the group.")).to_be_visible()
        mother.evaluate(ARRIVED)
        found.look(mother, "taken back")
        scene.wait_for(text, "stopped")
        assert scene.ask("SELECT texts FROM group_post WHERE id = ?", text) == "{}"
        # then the draft that was said in own words stays, the other is empty
        sent(one)
        sent(other)
        expect(one.get_by_text(OWN)).to_be_visible()
        expect(other.get_by_text("The example was taken back.")).to_be_visible()
        expect(other.get_by_text(TRIED)).to_have_count(0)
        other.evaluate(ARRIVED)
        found.look(other, "a draft without words")
        go(other, site, scene.plans[PRIYA], f"example/{text}")
        expect(other.get_by_role("heading", name="This example is not here")).to_be_visible()


def wait_for_both(scene: Scene, query: str, text: str) -> None:
    wait_until("both drafts are sent", lambda: scene.ask(query, text, OWN) == "2")


def dialog(page: Page, name: str) -> None:
    """Open a find by keys."""
    press(page, button(page, name))
    page.get_by_role("dialog").wait_for()


def test_showing_what_was_changed_takes_a_reading_a_tick_and_a_tap(browser: Browser, scene: Scene) -> None:
    person, text = scene.plans[PRIYA], put_texts(scene, PRIYA)["review"]
    with phone(browser, scene.site, PRIYA) as page:
        go(page, scene.site, person, f"sharing/{text}")
        for question in ("Is somebody still named", "Would a neighbour know", "Was it in the news"):
            choose(page, question, "No")
        # what is sealed has no way to be shown
        dialog(page, "a private number, put in by us. See why")
        expect(page.get_by_text("can never be shown")).to_be_visible()
        expect(button(page, "Show what I wrote")).to_have_count(0)
        press(page, button(page, "Close"))
        # another find asks to be read first
        dialog(page, "someone we know, put in by us. See why")
        press(page, button(page, "Show what I wrote"))
        expect(page.get_by_text("Tick the box first, if it is true.")).to_be_visible()
        press(page, page.get_by_label("I have read why."), "Space")
        press(page, button(page, "Show what I wrote"))
        expect(page.locator(".review-words", has_text="swim with Ama Mensah.")).to_be_visible()
        # and the questions are asked anew
        expect(page.get_by_role("radio", checked=True)).to_have_count(0)
        # leaving the screen and coming back loses nothing
        press(page, link(page, "Close"))
        press(page, page.locator(f'a[href$="sharing/{text}"]'))
        expect(page.locator(".review-words", has_text="swim with Ama Mensah.")).to_be_visible()


def test_what_the_second_guard_finds_is_told_with_its_place_and_hidden_by_one_tap(
    browser: Browser, scene: Scene
) -> None:
    person, text = scene.plans[LEROY], put_texts(scene, LEROY)["review"]
    with writing(scene.site) as session:
        found = session.get_one(Sharing, text)
        found.checked, found.rare = {"goal": [{"t": "We swim."}], "tried": [{"t": "Ring 07700 900318 to ask."}]}, False
        session.commit()
    with phone(browser, scene.site, LEROY) as page:
        go(page, scene.site, person, f"sharing/{text}")
        press(page, button(page, "Ring. Hide it everywhere"))
        for question in ("Is somebody still named", "Would a neighbour know", "Was it in the news"):
            choose(page, question, "No")
        press(page, button(page, f"Share this with {NAME}"))
        # then it says what was found and where, and what was hidden before is still hidden
        expect(page.get_by_text("“07700 900318” still tells who somebody is.")).to_be_visible()
        expect(page.get_by_text("It stands under “What they tried”.")).to_be_visible()
        expect(page.locator(".review-words", has_text="(hidden)")).to_have_count(1)
        press(page, page.get_by_role("alert").get_by_role("button", name="Hide it everywhere"))
        for question in ("Is somebody still named", "Would a neighbour know", "Was it in the news"):
            choose(page, question, "No")
        press(page, button(page, f"Share this with {NAME}"))
        scene.wait_for(text, "held")
        assert scene.ask("SELECT final FROM sharing WHERE id = ?", text) == TWICE_HIDDEN


def test_a_text_written_without_signal_waits_and_says_so(browser: Browser, scene: Scene) -> None:
    person = scene.plans[PRIYA]
    with phone(browser, scene.site, PRIYA) as page:
        go(page, scene.site, person, f"share-example?group={scene.group}")
        page.context.set_offline(True)
        press(page, button(page, "Have it checked"))
        expect(page.get_by_text("Write a few words.")).to_have_count(2)
        write(page, page.get_by_label("What did you want?"), "To swim with a friend.")
        press(page, button(page, "Have it checked"))
        expect(page.get_by_text("Waits for signal")).to_be_visible()
        expect(page.get_by_text("To swim with a friend.")).to_be_visible()
        text = text_of(page)
        page.context.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.get_by_role("heading", name="Look at it before it goes")).to_be_visible()
        assert scene.state(text) == "review"
        # taken back at once, and Undo hands it to the door anew
        press(page, button(page, "Do not share it"))
        expect(page.get_by_text("It is taken back.")).to_be_visible()
        press(page, button(page, "Undo"))
        expect(page.get_by_role("heading", name="Look at it before it goes")).to_be_visible()
        assert text_of(page) != text

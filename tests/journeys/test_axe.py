"""Every screen, state and page: no finding of axe with every rule on, targets large enough, and nothing that jumps."""

import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from app.accounts.passwords import hash_password
from app.accounts.service import add_person, create_account
from tests.house.access import ACCESS
from tests.journeys.axe import LONG, SHORT, WATCH_SHIFTS, Findings
from tests.journeys.browser import CHROMIUM, FLAGS, PHONE
from tests.journeys.group_scene import found_small, put_texts, with_group, writing
from tests.journeys.site import PASSWORD, PROJECT, Site, open_site
from tests.journeys.things import EXAMPLE, GO, OWN_EXAMPLE, QUESTION, address_of, first, go
from tests.screen_states import tell_conflicts
from tests.screens import APP

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
NAMED = re.compile(r'^  "?([a-z-]+)"?: \(\) => import\(', re.MULTILINE)
SCREENS = sorted({*NAMED.findall((PROJECT / "app/static/js/app.js").read_text(encoding="utf-8")), *APP, "home"})
# Saved with nothing written, these say what is to be mended.
WITH_ERRORS = ("goal-new", "spend", "pot-new", "review-new", "idea-new", "money-in", "lock")
# The app itself, and what answers with something else than a page.
NO_PAGES = ("/static", "/app", "/reminders", "/reader", "/healthz", "/session")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site"), photos=True) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def context(chromium: Playwright, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser of its own; a test may ask for it without a service worker."""
    browser = chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
    more = getattr(request, "param", {})
    made = browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce", **more)
    made.set_default_timeout(60_000)
    made.add_init_script(WATCH_SHIFTS)
    yield made
    browser.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Findings:
    return Findings(LONG if request.config.getoption("--long") else SHORT)


def sign_in(page: Page, site: Site, email: str) -> str:
    """Until everything is here; the person's id."""
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Your email").fill(email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/app/*/home")
    page.locator(".sync", has_text="All sent").wait_for()
    return page.url.split("/app/")[1].split("/")[0]


@pytest.mark.parametrize("half", [0, 1])
def test_every_screen_of_the_app_is_free_of_findings(page: Page, site: Site, found: Findings, half: int) -> None:
    person = sign_in(page, site, "leroy@example.com")
    for screen in SCREENS[half::2]:
        go(page, person, address_of(site, person, screen))
        found.look(page, screen)
    assert found.looked == SCREENS[half::2]
    assert found.wrong == []


def test_dialogs_errors_and_no_signal_are_free_of_findings(page: Page, site: Site, found: Findings) -> None:
    person = sign_in(page, site, "leroy@example.com")
    for screen in WITH_ERRORS:
        go(page, person, screen)
        page.locator(".dock button").or_(page.locator("form[aria-labelledby=pin-head] button")).click()
        page.locator(".nhsuk-error-summary").wait_for()
        found.look(page, f"{screen}, to mend")
    look_at_dialogs(page, site, found, person)
    look_without_signal(page, site, found, person)
    page.evaluate(GO, "/app/00000000-0000-4000-8000-000000000000/home")
    page.get_by_role("heading", name="You do not look after this plan").wait_for()
    found.look(page, "another plan")
    assert found.wrong == []


def look_at_dialogs(page: Page, site: Site, found: Findings, person: str) -> None:
    """Whose plan, what was reached, a filter, an undo, what is not there."""
    go(page, person, "home")
    page.locator(".chip-person").click()
    page.get_by_role("dialog").wait_for()
    found.look(page, "whose plan")
    go(page, person, address_of(site, person, "goal"))
    page.get_by_role("button", name="We got there").click()
    page.get_by_role("dialog").wait_for()
    found.look(page, "we got there")
    go(page, person, "options")
    page.get_by_role("button", name="More filters").click()
    found.look(page, "filters")
    page.locator("input[type=search]").press_sequentially("zzzz")
    page.get_by_text("Nothing here fits.").wait_for()
    page.evaluate("since = performance.now()")  # a shorter list came from typing
    found.look(page, "nothing fits")
    go(page, person, "goal/00000000-0000-4000-8000-000000000000")
    found.look(page, "a goal that is not there")


def look_without_signal(page: Page, site: Site, found: Findings, person: str) -> None:
    """A receipt that waits, and the list of what waits."""
    go(page, person, "sync")
    go(page, person, "spend")
    site.line.cut = True
    page.get_by_label("How much?").fill("14.85")
    page.get_by_label("Where, or what for?").fill("Riverside Leisure")
    page.locator(".dock button").click()
    page.locator(".undo").wait_for()
    page.locator(".sync", has_text="No signal").wait_for()
    page.evaluate("since = performance.now()")  # what came up to here came from saving
    found.look(page, "home without signal")
    go(page, person, "sync")
    page.get_by_text("Waits on this phone").wait_for()
    found.look(page, "what waits")
    site.line.cut = False


@pytest.mark.parametrize(
    ("email", "screens"),
    [
        ("ana@example.com", ("home", "plan", "money", "reviews")),
        ("daniel@example.com", ("home", "inbox", "money", "visit", "reminders", "shared", "add-receipt")),
        ("priya@example.com", ("home", "money")),
    ],
)
def test_other_plans_are_free_of_findings(
    page: Page, context: BrowserContext, site: Site, found: Findings, email: str, screens: tuple[str, ...]
) -> None:
    context.grant_permissions(["notifications"], origin=site.url)
    person = sign_in(page, site, email)
    for screen in screens:
        go(page, person, screen)
        found.look(page, f"{screen} of {email}")
    assert found.wrong == []


def test_a_text_for_a_group_is_free_of_findings_in_every_state(page: Page, site: Site, found: Findings) -> None:
    scene = with_group(site)
    texts = put_texts(scene, "grace@example.com")
    person = sign_in(page, site, "grace@example.com")
    for screen in ("sharings", f"share-example?group={scene.group}", "inbox"):
        go(page, person, screen)
        found.look(page, screen)
    for state, text in texts.items():
        go(page, person, f"sharing/{text}")
        found.look(page, f"a text, {state}")
    go(page, person, f"sharing/{texts['review']}")
    for name in ("put in by us. See why", "a private number"):
        page.get_by_role("button", name=name).first.click()
        page.get_by_role("dialog").wait_for()
        found.look(page, f"why it was changed: {name}")
        page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Kezia. Hide it everywhere").click()
    page.locator(".undo").wait_for()
    page.locator(".dock button").click()
    page.locator(".nhsuk-error-summary").wait_for()
    found.look(page, "review, to answer")
    assert found.wrong == []


def test_states_of_groups_are_free_of_findings(page: Page, site: Site, found: Findings) -> None:
    small = found_small(site, "ana@example.com")
    person = sign_in(page, site, "ana@example.com")
    go(page, person, f"group/{small}")
    page.get_by_text("Not enough people yet").wait_for()
    found.look(page, "a group of too few")
    go(page, person, address_of(site, person, "group"))
    page.get_by_role("button", name="Sides of life").click()
    found.look(page, "a group, sides of life")
    page.locator("input[type=search]").press_sequentially("zzzz")
    page.get_by_text("Nothing here fits.").wait_for()
    page.evaluate("since = performance.now()")  # a shorter list came from typing
    found.look(page, "a group, nothing fits")
    go(page, person, f"example/{first(site, OWN_EXAMPLE, person)}")
    found.look(page, "an own example")
    example = first(site, EXAMPLE, person)
    look_at_borrowing(page, found, person, example)
    go(page, person, f"report/{example}")
    page.locator(".dock button").click()
    page.locator(".nhsuk-error-summary").wait_for()
    page.get_by_label("Somebody may not be safe").check()
    found.look(page, "a report, to mend")
    go(page, person, f"example/{example}")
    page.get_by_role("button", name="Read nothing more by").click()
    page.wait_for_url("**/group/*")
    go(page, person, address_of(site, person, "group-rules"))
    found.look(page, "the rules, somebody is not read")
    go(page, person, f"report/{first(site, EXAMPLE, person, 2).split('/')[1]}?why=recognise")
    found.look(page, "I recognise someone")
    assert found.wrong == []


def look_at_borrowing(page: Page, found: Findings, person: str, example: str) -> None:
    """Nothing chosen, a draft of borrowed words, and the same in own words."""
    go(page, person, f"borrow/{example}")
    page.locator(".dock button").click()
    page.locator(".nhsuk-error-summary").wait_for()
    found.look(page, "borrow, to mend")
    page.get_by_role("radio").last.check()
    page.locator(".dock button").click()
    page.wait_for_url("**/idea/*")
    found.look(page, "a draft")
    page.get_by_role("link", name="Say it my way").click()
    page.get_by_label("How would you say it?").fill("In my own words")
    page.locator(".dock button").click()
    page.get_by_role("link", name="Make it a goal").wait_for()
    found.look(page, "an idea in own words")
    go(page, person, "plan")
    page.get_by_role("heading", name="Borrowed ideas").wait_for()
    found.look(page, "a plan with a borrowed idea")


def test_questions_between_two_people_are_free_of_findings(page: Page, site: Site, found: Findings) -> None:
    assert page.context.browser is not None
    with page.context.browser.new_context(viewport=PHONE, locale="en-GB") as others:
        person = sign_in(page, site, "ana@example.com")
        other = others.new_page()
        sign_in(other, site, "sofia@example.com")
        tell_conflicts(page, other, site, person)
    page.goto(f"{site.url}/app/{person}/home")
    page.get_by_text("Two people changed 3 things").wait_for()
    for kind in ("goal", "about", "entry"):
        go(page, person, f"conflict/{first(site, QUESTION.format(kind=kind), person)}")
        found.look(page, f"a question about {kind}")
    assert found.wrong == []


def test_a_phone_that_is_locked_is_free_of_findings(page: Page, site: Site, found: Findings) -> None:
    person = sign_in(page, site, "priya@example.com")
    go(page, person, "lock")
    page.locator("#pin").fill("482915")
    page.locator("#again").fill("482915")
    page.get_by_role("button", name="Lock with this PIN").click()
    page.get_by_role("heading", name="is locked").wait_for()
    found.look(page, "locked")
    page.locator("#pin").fill("482915")
    page.locator("#pin").press("Enter")
    page.wait_for_url("**/app/*/home")
    assert found.wrong == []


def test_a_photo_made_large_and_an_invitation_are_free_of_findings(page: Page, site: Site, found: Findings) -> None:
    person = sign_in(page, site, "leroy@example.com")
    go(page, person, address_of(site, person, "photo"))
    for _ in range(2):
        page.get_by_role("button", name="Larger").click()
    found.look(page, "a photo made large")
    page.goto(f"{site.url}/people/{person}/invitations/new")
    page.get_by_label("Their name").fill("Sam")
    page.get_by_label("Look, and change nothing").check()
    page.get_by_role("button", name="Make the link").click()
    page.locator("svg.qr").wait_for()
    found.look(page, "an invitation as it is made")
    link = page.get_by_label("The link").input_value()
    page.context.clear_cookies()
    open_page(page, site, found, link.removeprefix(site.url))
    assert found.wrong == []


def test_an_empty_plan_is_free_of_findings(page: Page, site: Site, found: Findings) -> None:
    page.goto(f"{site.url}/sign-up")
    page.get_by_label("What is your name?").or_(page.get_by_label("Your name")).fill("Jean")
    page.get_by_label("Your email").fill("jean@example.com")
    page.get_by_label("password").first.fill(PASSWORD)
    page.get_by_role("radio").first.check()
    page.get_by_role("button").last.click()
    page.wait_for_url("**/app/*/home")
    page.locator(".sync", has_text="All sent").wait_for()
    person = page.url.split("/app/")[1].split("/")[0]
    empty = "home plan about money spend repeat photos visit inbox sync reviews groups"
    for screen in empty.split():
        go(page, person, screen)
        found.look(page, f"{screen}, empty")
    assert found.wrong == []


@pytest.mark.parametrize("context", [{"service_workers": "block"}], indirect=True)
def test_a_screen_that_does_not_come_is_no_dead_end(page: Page, site: Site, found: Findings) -> None:
    person = sign_in(page, site, "priya@example.com")
    page.route("**/plans/today.js*", lambda route: route.abort())
    go(page, person, "today")
    page.get_by_role("heading", name="This part has not come yet").wait_for()
    found.look(page, "not come")
    page.get_by_role("link", name="Home").click()
    page.get_by_role("heading", name="What is next").wait_for()
    go(page, person, "today")
    page.unroute("**/plans/today.js*")
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("heading", name="What I changed today").wait_for()
    assert found.wrong == []


def pages(*, signed_in: bool) -> list[str]:
    """The addresses of all pages that need nothing more to be opened."""
    ours = {one.path: one.cells for one in ACCESS.values() if one.method == "GET" and "{" not in one.path}
    kept = [path for path in ours if not path.startswith(NO_PAGES) and "." not in path]
    return sorted(
        path for path in kept if (ours[path]["anonymous"] == 200) != signed_in and ours[path]["holder"] == 200
    )


def open_page(page: Page, site: Site, found: Findings, path: str) -> None:
    page.goto(site.url + path)
    found.look(page, path)


def test_pages_before_signing_in_are_free_of_findings(page: Page, site: Site, found: Findings) -> None:
    for path in pages(signed_in=False):
        open_page(page, site, found, path)
    for path in ("/sign-up", "/sign-in", "/forgotten"):
        page.goto(site.url + path)
        page.locator("form[novalidate] button").last.click()
        page.locator(".nhsuk-error-summary").wait_for()
        found.look(page, f"{path}, to mend")
    link = site.command("admin", "reset-link", "priya@example.com").strip().splitlines()[-1]
    for path in (link.removeprefix(site.url), "/new-password/wrong", "/sign-up/wrong", "/account", "/nowhere"):
        open_page(page, site, found, path)
    assert found.wrong == []


def test_pages_of_an_account_are_free_of_findings(page: Page, site: Site, found: Findings) -> None:
    with writing(site) as session:  # its own account: later it asks for one-time codes
        nia = create_account(session, email="nia@example.com", name="Nia", password_hash=hash_password(PASSWORD))
        add_person(session, nia, name="Nia", role="holder")
        session.commit()
    sign_in(page, site, "nia@example.com")
    for path in (*pages(signed_in=True), "/nowhere"):
        open_page(page, site, found, path)
    page.goto(f"{site.url}/account/codes")
    secret = page.locator(".secret").text_content() or ""
    page.get_by_text("No camera?").click()
    found.look(page, "/account/codes, without a camera")
    page.get_by_label("code").fill(pyotp.TOTP(secret.replace(" ", "")).now())
    page.get_by_role("button", name="Use codes from now on").click()
    page.locator(".recovery").wait_for()
    found.look(page, "recovery codes")
    open_page(page, site, found, "/account/codes")
    page.context.clear_cookies()
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Your email").fill("nia@example.com")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your one-time code").wait_for()
    found.look(page, "/sign-in/code")
    assert found.wrong == []


# A picture without words, a tiny button, something too wide, and a jump of half a screen.
PLANTED = """async () => {
  const main = document.querySelector("main");
  main.innerHTML = '<img src="/static/mark.svg">' + main.innerHTML + '<button type="button">.</button><div>wide</div>';
  Object.assign(main.querySelector("button").style, { all: "unset", display: "block", width: "20px", height: "20px" });
  main.lastElementChild.style.width = "900px";
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  main.querySelector("img").style.marginBlockEnd = "500px";
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
}"""


def test_what_is_wrong_is_found(page: Page, site: Site, found: Findings) -> None:
    page.goto(f"{site.url}/help")
    page.evaluate(PLANTED)
    found.look(page, "planted")
    text = "\n".join(found.wrong)
    assert "image-alt" in text
    assert "is 20 x 20" in text
    assert "planted: jumped by" in text
    assert "pixels wider than the window" in text

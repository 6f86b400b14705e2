"""The pages that the server draws, in a real browser: axe finds nothing, nothing goes sideways, no script is needed."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from tests.journeys.browser import CHROMIUM, FLAGS

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    *("/", "/sign-in", "/sign-up", "/help", "/nowhere", "/account", "/people/new"),
    *("/forgotten", "/forgotten/sent", "/sign-up/sent", "/account/passkeys", "/account/password", "/account/codes"),
    *("/account/proof", "/account/second"),
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def site(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def sign_up(page, site):
    """Make an account with the keyboard and the labels alone."""
    page.goto(f"{site}/sign-up")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("Your email").fill("ana@example.com")
    page.get_by_label("A password").fill("three plain words")
    page.get_by_label("Someone I look after").check()
    page.get_by_label("Their name").fill("Sofia")
    page.get_by_role("button", name="Make an account").click()
    page.goto(f"{site}/account")


def findings(page, site, path):
    """What axe finds, and how far the page goes sideways."""
    page.goto(f"{site}{path}")
    page.add_script_tag(path=str(AXE))
    violations = page.evaluate("axe.run().then((found) => found.violations.map((one) => one.id))")
    return violations, page.evaluate(SIDEWAYS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everybody_on_a_narrow_phone(site, chromium, scheme):
    narrow = {"width": 320, "height": 640}
    page = chromium.new_context(viewport=narrow, color_scheme=scheme, bypass_csp=True).new_page()
    sign_up(page, site)
    found = {path: findings(page, site, path) for path in PAGES}
    assert found == dict.fromkeys(PAGES, ([], 0))


def test_the_pages_work_without_any_script(site, chromium):
    page = chromium.new_context(java_script_enabled=False).new_page()
    sign_up(page, site)
    assert page.get_by_role("link", name="Sofia").is_visible()
    page.goto(f"{site}/app/")
    assert "Your plan needs JavaScript" in page.content()


def test_the_name_of_another_is_asked_only_for_another(site, chromium):
    page = chromium.new_context().new_page()
    page.goto(f"{site}/sign-up")
    assert not page.get_by_label("Their name").is_visible()
    page.get_by_label("Someone I look after").check()
    assert page.get_by_label("Their name").is_visible()


def test_what_has_to_be_mended_gets_the_focus_and_leads_to_the_field(site, chromium):
    page = chromium.new_context().new_page()
    page.goto(f"{site}/sign-up")
    page.get_by_role("button", name="Make an account").click()
    assert page.title().startswith("To mend:")
    assert page.evaluate("document.activeElement.id") == "to-mend"
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "name"

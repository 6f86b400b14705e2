"""Passkeys in a real browser with a virtual device: made, used, on a second device too; by keys, pasting and axe."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from app.core.settings import Settings
from app.core.web import Services
from app.factory import create_app
from tests.journeys.browser import CHROMIUM, FLAGS
from tests.journeys.site import free_port

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def place(parts):
    """The address of a running app whose settings name that address: passkeys are bound to it."""
    port = free_port()
    settings = Settings(**{**vars(parts.settings), "base_url": f"http://localhost:{port}"})
    app = create_app(parts=Services(settings, parts.database, parts.storage))
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield settings.base_url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def new_device(chromium, **how):
    """A page of a fresh browser on a device with a lock of its own."""
    context = chromium.new_context(viewport=NARROW, reduced_motion="reduce", **how)
    context.set_default_timeout(60_000)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def opened(page):
    """The app is open and stands where it leads, and somebody is signed in."""
    page.wait_for_url("**/app/**")
    page.locator("main h1:visible").first.wait_for()
    return page.evaluate("fetch('/session').then((answer) => answer.json()).then((found) => found.email)")


def sign_in_with_passkey(page, place):
    page.context.clear_cookies()
    page.goto(f"{place}/sign-in")
    page.get_by_role("button", name="Use your passkey").click()
    return opened(page)


def paste(page, label, text):
    """Put a text into a field as a password manager's owner does: by pasting."""
    page.get_by_label(label, exact=True).focus()
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")
    assert page.get_by_label(label, exact=True).input_value() == text


def test_a_passkey_opens_the_account_on_one_device_and_then_on_a_second(place, chromium):
    first = new_device(chromium)
    first.goto(f"{place}/sign-up")
    first.get_by_label("Your name").fill("Ana")
    first.get_by_label("Your email").fill("ana@example.com")
    first.get_by_label("Mine").check()
    assert not first.get_by_label("A password").is_visible()
    first.get_by_role("button", name="Use a passkey").click()
    assert opened(first) == "ana@example.com"
    assert sign_in_with_passkey(first, place) == "ana@example.com"
    first.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first.goto(f"{place}/account/password")
    paste(first, "A new password", "three plain words")
    first.get_by_role("button", name="Keep this password").click()
    first.wait_for_url("**/account")
    second = new_device(chromium)
    second.context.grant_permissions(["clipboard-read", "clipboard-write"])
    second.goto(f"{place}/sign-in")
    paste(second, "Your email", "ana@example.com")
    paste(second, "Your password", "three plain words")
    second.get_by_role("button", name="Sign in", exact=True).click()
    opened(second)
    second.goto(f"{place}/account/passkeys")
    second.get_by_role("button", name="Make a passkey").click()
    second.get_by_text("Last used").or_(second.get_by_text("Added")).nth(1).wait_for()
    assert sign_in_with_passkey(second, place) == "ana@example.com"


def test_the_pages_with_passkeys_are_for_everybody_and_need_no_mouse(place, chromium):
    page = new_device(chromium, bypass_csp=True)
    for path in ("/sign-up", "/sign-in"):
        page.goto(f"{place}{path}")
        page.locator("[data-passkey]").first.wait_for()
        page.add_script_tag(path=str(AXE))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("axe.run().then((found) => found.violations.map((one) => one.id))") == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    by_keys(page, place)


def by_keys(page, place):
    """Make an account without touching anything but keys."""
    page.goto(f"{place}/sign-up")
    page.locator("[data-passkey]").wait_for()
    press_until(page, "name")
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.type("ana@example.com")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Use a passkey"
    page.keyboard.press("Enter")
    assert opened(page) == "ana@example.com"


def press_until(page, name):
    """Go on by Tab until the field of this id has the focus."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == name:
            return
    raise AssertionError(f"Tab never reached {name}")


def test_a_device_that_stops_is_told_in_words_and_the_password_stays(place, chromium):
    page = chromium.new_context().new_page()
    page.goto(f"{place}/sign-in")
    page.route("**/sign-in/passkey/challenge", lambda route: route.abort())
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_text("We could not reach Inhand.").wait_for()
    assert page.get_by_label("Your password").is_visible()

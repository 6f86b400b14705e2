"""The copy on the phone is locked by a passkey or a PIN, closes after a while, and drains nothing until it is open."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import WATCH_SHIFTS, Findings
from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site

pytestmark = pytest.mark.browser
PIN = "480913"
DEVICE: dict[str, Any] = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# What the device says of somebody whose finger it does not know.
UNKNOWN_HERE = """() => {
  navigator.credentials.get = async () => { throw new DOMException("planted", "NotAllowedError"); };
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def phone(site: Site, tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        yield found
    site.line.cut = False


def give_device(phone: Phone, *, prf: bool) -> None:
    """A lock of its own for this phone, that makes secret bytes for a passkey, or does not."""
    line = phone.context.new_cdp_session(phone.page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "hasPrf": prf}})


def sign_in(phone: Phone, site: Site) -> str:
    """Leroy signs in; the id of the person."""
    phone.page.clock.install()
    phone.sign_in(site.url, "leroy@example.com", PASSWORD)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return phone.page.url.split("/app/")[1].split("/")[0]


def make_passkey(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/account/passkeys")
    with page.expect_event("framenavigated"):  # the heading alone stands there already for a second passkey
        page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Add one more")).to_be_visible()


def lock_screen(page: Page) -> None:
    expect(page.get_by_role("heading", name="This phone is locked")).to_be_visible()


def leave_alone(page: Page, minutes: int) -> None:
    """Nobody touches the phone for so long."""
    page.clock.fast_forward(f"{minutes:02d}:00")
    lock_screen(page)


def test_a_passkey_locks_the_copy_and_opens_it_after_a_while_without_a_touch(site: Site, phone: Phone) -> None:
    # given a passkey that can lock, and a lock by it
    person, page = sign_in(phone, site), phone.page
    give_device(phone, prf=True)
    make_passkey(page, site)
    page.goto(f"{site.url}/app/{person}/lock")
    page.get_by_role("button", name="Lock with your passkey").click()
    lock_screen(page)
    page.get_by_role("button", name="Open with your passkey").click()
    expect(page.locator(".hero b")).to_be_visible()
    # when a goal is half written and nobody touches the phone for six minutes
    page.goto(f"{site.url}/app/{person}/goal-new")
    lock_screen(page)
    page.get_by_role("button", name="Open with your passkey").click()
    page.get_by_label("Say it your way").fill("Swim on my own again")
    with page.expect_response("**/session/lock") as locking:
        leave_alone(page, 6)
    assert locking.value.ok
    # then neither the copy nor a page of the account is open
    assert page.request.get(f"{site.url}/account").status == 401
    assert "Swim" not in page.content()
    # and the passkey opens both, with what was typed
    with page.expect_response("**/session/unlock") as unlocking:
        page.get_by_role("button", name="Open with your passkey").click()
    assert unlocking.value.ok
    expect(page.get_by_label("Say it your way")).to_have_value("Swim on my own again")
    page.get_by_role("button", name="Save this goal").click()
    expect(page.get_by_text("The goal is written down.")).to_be_visible()
    assert page.request.get(f"{site.url}/account").status == 200


def test_a_locked_phone_drains_nothing_until_the_pin_is_right(site: Site, phone: Phone) -> None:
    # given a copy under a PIN, and something that waits without signal
    person, page = sign_in(phone, site), phone.page
    page.goto(f"{site.url}/app/{person}/lock")
    page.get_by_label("A PIN of 6 or more").fill(PIN)
    page.get_by_label("The same again").fill(PIN)
    page.get_by_role("button", name="Lock with this PIN").click()
    open_with(page, PIN)
    expect(page.locator(".hero b")).to_be_visible()
    page.goto(f"{site.url}/app/{person}/goal-new")
    open_with(page, PIN)
    phone.context.set_offline(True)
    page.get_by_label("Say it your way").fill("Write to my sister")
    page.get_by_role("button", name="Save this goal").click()
    expect(page.get_by_text("The goal is written down.")).to_be_visible()
    leave_alone(page, 6)
    # when there is signal again, then nothing is sent while it is locked
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/sync") else None)
    phone.context.set_offline(False)
    with page.expect_response("**/session/lock"):
        page.reload()
    lock_screen(page)
    page.evaluate("dispatchEvent(new Event('online'))")
    open_with(page, "000000")
    expect(page.get_by_text("This PIN is not right.").first).to_be_visible()
    assert sent == []
    # and the right PIN sends it
    with page.expect_response(lambda answer: answer.url.endswith("/sync") and answer.ok):
        open_with(page, PIN)


def test_a_passkey_that_cannot_lock_says_so_and_the_pin_is_there(site: Site, phone: Phone) -> None:
    person, page = sign_in(phone, site), phone.page
    give_device(phone, prf=False)
    make_passkey(page, site)
    page.goto(f"{site.url}/app/{person}/lock")
    page.get_by_role("button", name="Lock with your passkey").click()
    expect(page.get_by_text("This passkey or this browser cannot lock the copy.", exact=False)).to_be_visible()
    expect(page.get_by_label("A PIN of 6 or more")).to_be_visible()
    expect(page.get_by_text("There is no lock now.")).to_be_visible()


def test_a_lock_that_cannot_be_set_says_so_and_can_be_tried_again(site: Site, phone: Phone) -> None:
    person, page = sign_in(phone, site), phone.page
    page.goto(f"{site.url}/app/{person}/lock")
    page.get_by_label("A PIN of 6 or more").fill(PIN)
    page.get_by_label("The same again").fill(PIN)
    page.evaluate(
        "() => void (IDBObjectStore.prototype.put = () => { throw new DOMException('planted', 'UnknownError'); })"
    )
    page.get_by_role("button", name="Lock with this PIN").click()
    expect(page.get_by_text("This did not work. The lock is as it was. Try again.").first).to_be_visible()
    expect(page.get_by_role("button", name="Lock with this PIN")).to_be_enabled()


def test_a_changed_pin_opens_the_sign_in_too(site: Site, phone: Phone) -> None:
    person, page = sign_in(phone, site), phone.page
    set_pin(page, site, person)
    page.goto(f"{site.url}/app/{person}/lock")
    open_with(page, PIN)
    # whoever finds it open, and does not know the PIN, changes nothing
    show_pin(page, "000000")
    expect(page.get_by_text("This PIN is not right.").first).to_be_visible()
    expect(page.get_by_role("button", name="Lock with your passkey")).to_have_count(0)
    expect(page.get_by_label("A new PIN of 6 or more")).to_have_count(0)
    show_pin(page, PIN)
    expect(page.locator("p:focus")).to_contain_text("It is you.")
    page.get_by_label("A new PIN of 6 or more").fill("777111")
    page.get_by_label("The same again").fill("777111")
    page.get_by_role("button", name="Change the PIN").click()
    with page.expect_response("**/session/unlock") as unlocking:
        open_with(page, "777111")
    assert unlocking.value.ok
    expect(page.locator(".hero b")).to_be_visible()
    assert page.request.get(f"{site.url}/account").status == 200


def test_a_page_of_the_server_and_back_asks_for_no_pin_and_a_new_start_does(site: Site, phone: Phone) -> None:
    person, page = sign_in(phone, site), phone.page
    set_pin(page, site, person)
    page.goto(f"{site.url}/app/{person}/more")
    with page.expect_response("**/session/unlock"):
        open_with(page, PIN)
    with page.expect_request("**/session/pass"):
        page.get_by_role("link", name="Who can do what").click()
    page.get_by_role("link", name="Back to the plan").click()
    expect(page.locator(".tabs")).to_be_visible()
    page.reload()
    lock_screen(page)


def test_a_tab_that_was_closed_and_is_opened_again_asks_for_the_pin(site: Site, phone: Phone) -> None:
    """The browser brings back all that lay in a tab; within the time of the lock too."""
    person, page = sign_in(phone, site), phone.page
    set_pin(page, site, person)
    page.goto(f"{site.url}/app/{person}/more")
    with page.expect_response("**/session/unlock"):
        open_with(page, PIN)
    with page.expect_request("**/session/pass"):
        page.get_by_role("link", name="Who can do what").click()
    page.get_by_role("link", name="Back to the plan").wait_for()
    address = page.url
    page.goto("about:blank")
    page.clock.fast_forward("01:00")
    page.goto(address)
    assert page.evaluate("sessionStorage.getItem('inhand.pass')") is None
    page.get_by_role("link", name="Back to the plan").click()
    lock_screen(page)


def test_a_lock_by_a_passkey_is_changed_and_taken_away_by_its_owner_alone(site: Site, phone: Phone) -> None:
    # given a copy that a passkey locks, open, in the hand of somebody whom the device does not know
    person, page = sign_in(phone, site), phone.page
    give_device(phone, prf=True)
    make_passkey(page, site)
    page.goto(f"{site.url}/app/{person}/lock")
    page.get_by_role("button", name="Lock with your passkey").click()
    page.get_by_role("button", name="Open with your passkey").click()
    expect(page.locator(".hero b")).to_be_visible()
    page.goto(f"{site.url}/app/{person}/lock")
    page.get_by_role("button", name="Open with your passkey").click()
    show = page.get_by_role("button", name="Show it with your passkey")
    expect(show).to_be_visible()
    for other in ("Use another passkey", "Lock with this PIN", "Take the lock away"):
        expect(page.get_by_role("button", name=other)).to_have_count(0)
    # then that person changes nothing
    page.evaluate(UNKNOWN_HERE)
    show.click()
    expect(page.get_by_text("That was stopped, or took too long.", exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="Lock with this PIN")).to_have_count(0)
    # and the owner puts a PIN in its place
    page.evaluate("() => void delete navigator.credentials.get")
    show.click()
    page.get_by_label("A PIN of 6 or more").fill(PIN)
    page.get_by_label("The same again").fill(PIN)
    page.get_by_role("button", name="Lock with this PIN").click()
    with page.expect_response("**/session/unlock") as unlocking:
        open_with(page, PIN)
    assert unlocking.value.ok
    expect(page.locator(".hero b")).to_be_visible()


def test_showing_that_it_is_you_is_free_of_findings(site: Site, phone: Phone) -> None:
    phone.context.add_init_script(WATCH_SHIFTS)
    phone.sign_in(site.url, "leroy@example.com", PASSWORD)
    page, found = phone.page, Findings()
    person = page.url.split("/app/")[1].split("/")[0]
    set_pin(page, site, person)
    page.goto(f"{site.url}/app/{person}/lock")
    open_with(page, PIN)
    page.get_by_label("Your PIN now").wait_for()
    found.look(page, "the PIN is asked for")
    show_pin(page, "000000")
    expect(page.get_by_text("This PIN is not right.").first).to_be_visible()
    page.evaluate("since = performance.now()")  # what a person's own tap moves, a second later, has not jumped
    found.look(page, "it is wrong")
    show_pin(page, PIN)
    page.get_by_text("Without a lock").click()
    page.evaluate("since = performance.now()")
    found.look(page, "another lock, or none")
    assert (found.wrong, len(found.looked)) == ([], 3)


def test_the_pin_is_taken_away_with_the_pin(site: Site, phone: Phone) -> None:
    person, page = sign_in(phone, site), phone.page
    set_pin(page, site, person)
    page.goto(f"{site.url}/app/{person}/lock")
    with page.expect_response("**/session/unlock"):
        open_with(page, PIN)
    expect(page.get_by_text("Without a lock")).to_have_count(0)
    show_pin(page, PIN)
    page.get_by_text("Without a lock").click()
    site.line.cut = True
    page.get_by_role("button", name="Take the lock away").click()
    expect(page.get_by_text("This needs signal. The lock is as it was.", exact=False).first).to_be_visible()
    site.line.cut = False
    with page.expect_response("**/session/lock/end"):
        page.get_by_role("button", name="Take the lock away").click()
    expect(page.locator(".hero b")).to_be_visible()
    page.reload()
    expect(page.locator(".hero b")).to_be_visible()
    page.clock.fast_forward("30:00")
    assert page.request.get(f"{site.url}/account").status == 200


def set_pin(page: Page, site: Site, person: str) -> None:
    """A copy under a PIN, open again."""
    page.goto(f"{site.url}/app/{person}/lock")
    page.get_by_label("A PIN of 6 or more").fill(PIN)
    page.get_by_label("The same again").fill(PIN)
    page.get_by_role("button", name="Lock with this PIN").click()
    with page.expect_response("**/session/unlock"):
        open_with(page, PIN)
    expect(page.locator(".hero b")).to_be_visible()


def test_who_cannot_open_it_signs_in_anew_and_gets_no_copy_without(site: Site, phone: Phone) -> None:
    person, page = sign_in(phone, site), phone.page
    page.goto(f"{site.url}/app/{person}/lock")
    page.get_by_label("A PIN of 6 or more").fill(PIN)
    page.get_by_label("The same again").fill(PIN)
    page.get_by_role("button", name="Lock with this PIN").click()
    lock_screen(page)
    page.get_by_text("I cannot use my PIN").click()
    site.line.cut = True
    page.get_by_role("button", name="Delete this copy and sign in").click()
    expect(page.get_by_text("This needs signal.", exact=False)).to_be_visible()
    site.line.cut = False
    page.get_by_role("button", name="Delete this copy and sign in").click()
    page.wait_for_url("**/sign-in**")
    assert page.request.get(f"{site.url}/account").status == 401


def show_pin(page: Page, pin: str) -> None:
    """On the screen of the lock: show that it is you."""
    page.get_by_label("Your PIN now").fill(pin)
    page.get_by_role("button", name="Show it with this PIN").click()


def open_with(page: Page, pin: str) -> None:
    page.get_by_label("Your PIN for this phone").fill(pin)
    page.get_by_role("button", name="Open", exact=True).click()

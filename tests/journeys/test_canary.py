"""After sign-out nothing that somebody wrote can be read in the browser's files, wherever a lock is claimed."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone, phones
from tests.journeys.modules import act, send
from tests.journeys.profile import unpack_snappy, words_found
from tests.journeys.site import PASSWORD, Site, open_site
from tests.journeys.test_lock import give_device, lock_screen, make_passkey

pytestmark = pytest.mark.browser
WORDS = 50
PIN = {"kind": "pin", "pin": "480913"}
# Its bytes are the device's: whoever opens the copy asks the device for them.
PASSKEY = {"kind": "passkey"}
TYPED = 2
OPENED = "**/session/unlock"  # the sign-in closes with the copy, and opens a moment after it
PDF = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
# What an app without a seal would leave: the same words as plain values, deleted again.
UNSEALED = """async (words) => {
  const open = indexedDB.open("unsealed", 1);
  await new Promise((resolve) => {
    open.onupgradeneeded = () => open.result.createObjectStore("rows");
    open.onsuccess = resolve;
  });
  const tx = open.result.transaction("rows", "readwrite");
  words.forEach((word, at) => tx.objectStore("rows").put({ words: `I planted ${word} here` }, at));
  await new Promise((resolve) => (tx.oncomplete = resolve));
  open.result.close();
  await new Promise((resolve) => (indexedDB.deleteDatabase("unsealed").onsuccess = resolve));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def phone(site: Site, tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        found.sign_in(site.url, "leroy@example.com", PASSWORD)
        expect(found.page.locator(".hero b")).to_be_visible()
        found.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        found.page.reload()
        expect(found.page.locator(".hero b")).to_be_visible()
        yield found
    site.line.cut = False


@pytest.mark.parametrize("signal", ["online", "offline"])
@pytest.mark.parametrize("secret", [PIN, PASSKEY], ids=["pin", "passkey"])
def test_a_lock_leaves_none_of_50_planted_words_after_sign_out(
    site: Site, phone: Phone, secret: dict[str, Any], signal: str
) -> None:
    words = planted(f"{secret['kind']} {signal}")
    person = person_of(phone.page)
    type_goals(phone.page, site, person, words[:TYPED])
    lock_the_phone(phone, site, person, secret)
    act(phone.page, requests(person, words[TYPED : WORDS // 2]), secret)
    assert send(phone.page, secret) == {"waiting": 0, "phase": "idle"}
    if signal == "offline":
        cut(site, phone)
    act(phone.page, requests(person, words[WORDS // 2 :]), secret)
    sign_out(phone.page, person)
    phone.close()
    assert words_found(phone.profile, words) == {}


def test_without_a_lock_the_app_claims_none_and_the_copy_is_still_not_plain(site: Site, phone: Phone) -> None:
    words = planted("none")
    person = person_of(phone.page)
    phone.page.goto(f"{site.url}/app/{person}/lock")
    expect(phone.page.get_by_text("There is no lock now.")).to_be_visible()
    act(phone.page, requests(person, words))
    phone.page.goto(f"{site.url}/app/{person}/home")
    sign_out(phone.page, person)
    phone.close()
    assert words_found(phone.profile, words) == {}


def test_the_search_finds_what_an_unsealed_store_left_although_it_was_deleted(phone: Phone) -> None:
    words = planted("unsealed")
    phone.page.evaluate(UNSEALED, words)
    phone.close()
    assert sorted(words_found(phone.profile, words)) == sorted(words)


def test_the_search_reads_packed_blocks() -> None:
    assert unpack_snappy(bytes([9, 2 << 2]) + b"abc" + bytes([5 << 2 | 2, 3, 0])) == b"abcabcabc"


def planted(seed: str) -> list[str]:
    """50 words that nobody else writes."""
    luck = random.Random(seed)
    return ["kanari" + "".join(luck.choice("bdfghjklmnprstvz") for _ in range(14)) for _ in range(WORDS)]


def requests(person: str, words: list[str]) -> list[dict[str, Any]]:
    """Goals, notes, names of shops and of a file that hold the words."""
    stream = f"person:{person}"
    pot = f"00000000-0000-4000-8000-{random.Random(words[0]).randrange(10**12):012d}"
    facts = {"name": "Own", "funder": "Me", "holding": "own_money", "opened_on": "2026-04-01"}
    found: list[dict[str, Any]] = [{"act": "pot.write", "stream": stream, "row": pot, "facts": facts}]
    for at, word in enumerate(words):
        if at % 3 == 0:
            found.append(
                {"act": "goal.write", "stream": stream, "facts": {"words": f"I want {word} back", "importance": 5}}
            )
            continue
        line = {"pot": pot, "kind": "spending", "amount": 100 + at, "on": "2026-05-02", "what": "Lunch"}
        field = "note" if at % 3 == 1 else "merchant"
        found.append({"act": "entry.record", "stream": stream, "facts": {**line, field: f"{word} and more"}})
    name = {"bytes": PDF + words[-1], "type": "application/pdf", "name": f"{words[-1]}.pdf"}
    found[-1]["files"] = [name]
    return found


def type_goals(page: Page, site: Site, person: str, words: list[str]) -> None:
    """Through the screen, so that what the browser itself remembers of forms is looked at too."""
    for word in words:
        page.goto(f"{site.url}/app/{person}/goal-new")
        page.get_by_label("Say it your way").fill(f"I want {word} back")
        page.get_by_role("button", name="Save this goal").click()
        expect(page.get_by_text("The goal is written down.")).to_be_visible()


def lock_the_phone(phone: Phone, site: Site, person: str, secret: dict[str, Any]) -> None:
    """Through the screens, and opened again: by a PIN, or by a passkey that this phone has just made."""
    page = phone.page
    if secret["kind"] == "passkey":
        give_device(phone, prf=True)
        make_passkey(page, site)
    page.goto(f"{site.url}/app/{person}/lock")
    expect(page.get_by_text("There is no lock now.")).to_be_visible()  # Home alone would stand before the app runs
    if secret["kind"] == "passkey":
        page.get_by_role("button", name="Lock with your passkey").click()
        lock_screen(page)
        with page.expect_response(OPENED):
            page.get_by_role("button", name="Open with your passkey").click()
        return expect(page.locator(".hero b")).to_be_visible()
    page.get_by_label("A PIN of 6 or more").fill(secret["pin"])
    page.get_by_label("The same again").fill(secret["pin"])
    page.get_by_role("button", name="Lock with this PIN").click()
    page.get_by_label("Your PIN for this phone").fill(secret["pin"])
    with page.expect_response(OPENED):
        page.get_by_role("button", name="Open").click()
    return expect(page.locator(".hero b")).to_be_visible()


def cut(site: Site, phone: Phone) -> None:
    site.line.cut = True
    phone.context.set_offline(True)


def sign_out(page: Page, person: str) -> None:
    """Through the app's own screen; what waits is lost, and it says so."""
    page.evaluate("path => history.pushState(null, '', path)", f"/app/{person}/sign-out")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    page.wait_for_selector("h1:has-text('Sign out on this phone')")
    page.get_by_role("button", name="Sign out").last.click()
    page.wait_for_url(lambda url: "/app/" not in url)
    page.wait_for_load_state()


def person_of(page: Page) -> str:
    """The id of the person whose plan is open."""
    page.wait_for_url("**/app/*/home")
    return page.url.split("/app/")[1].split("/")[0]

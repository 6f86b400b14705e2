"""The phone reads a photo where there is no signal; its owner writes something else; the server reads it once more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site, wait_until
from tests.journeys.test_receipt_read import READ_MS, choose, go, pounds, receipt, rows

pytestmark = pytest.mark.browser
TYPED = {"amount": 1234, "on": "2025-03-05", "what": "My own shop"}
ENTRY = "SELECT * FROM entry WHERE amount = ? AND files <> '[]'"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as found:
        yield found


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        yield found


def test_what_a_person_writes_stands_after_the_phone_and_then_the_server_have_read_the_photo(
    site: Site, phone: Phone, tmp_path: Path
) -> None:
    # given a phone that was asked to read by itself
    phone.sign_in(site.url, "leroy@example.com", PASSWORD)
    page = phone.page
    person = page.url.split("/app/")[1].split("/")[0]
    fetch_reader(page, site, person)
    # and no signal, and nobody who answers
    site.line.cut = True
    phone.context.set_offline(True)
    # when a photo comes from the gallery, then the phone reads it, and each field says how sure that is
    slip, photo = receipt(tmp_path, 2)
    choose(page, site, person, photo)
    expect(page.get_by_label("How much?")).to_have_value(pounds(slip.total), timeout=READ_MS)
    expect(page.get_by_label("When?")).to_have_value(slip.day.isoformat())
    expect(page.get_by_text("Read clearly").or_(page.get_by_text("Please check")).first).to_be_visible()
    # and when its owner writes something else, then that is saved on the phone
    correct(page)
    # when there is signal again, then it is sent as it was written
    phone.context.set_offline(False)
    site.line.cut = False
    entry = sent(site, page)
    assert written(entry) == TYPED
    # and the server reads the same photo by itself
    read = "SELECT * FROM reading WHERE state = 'read'"
    wait_until("the server has read it", lambda: rows(site, read), seconds=READ_MS / 1000)
    # then it says beside the line what it read, and what was written stands, here and there
    go(page, site, person, f"entry/{entry['id']}")
    expect(page.get_by_text("What you wrote stands.")).to_be_visible(timeout=READ_MS)
    expect(page.get_by_text(f"We read £{pounds(slip.total)}.")).to_be_visible()
    expect(page.locator(".facts__sum")).to_have_text(f"£{pounds(TYPED['amount'])}")
    assert [written(row) for row in rows(site, "SELECT * FROM entry WHERE files = ?", entry["files"])] == [TYPED]


def fetch_reader(page: Page, site: Site, person: str) -> None:
    """The reader is on this phone, and so is the app."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    go(page, site, person, "reading")
    page.get_by_role("button", name="Read receipts on this phone").click()
    expect(page.get_by_text("This phone reads receipts, also without signal.")).to_be_visible(timeout=READ_MS)


def correct(page: Page) -> None:
    """Another amount, another day and another name than those that were read."""
    page.get_by_label("How much?").fill(pounds(TYPED["amount"]))
    page.get_by_label("Where, or what for?").fill(TYPED["what"])
    page.get_by_label("When?").fill(TYPED["on"])
    page.get_by_role("button", name=f"Save £{pounds(TYPED['amount'])}").click()
    expect(page.get_by_text(f"£{pounds(TYPED['amount'])} is written down.")).to_be_visible()


def sent(site: Site, page: Page) -> dict[str, Any]:
    """The line of the ledger once it arrived."""

    def arrived() -> list[dict[str, Any]]:
        page.evaluate("dispatchEvent(new Event('online'))")
        return rows(site, ENTRY, TYPED["amount"])

    wait_until("the line is on the server", arrived)
    return rows(site, ENTRY, TYPED["amount"])[0]


def written(entry: dict[str, Any]) -> dict[str, Any]:
    """What the person wrote, of a line of the ledger."""
    return {name: entry[name] for name in TYPED}

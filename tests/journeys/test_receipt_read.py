"""A photo from the gallery fills the form; what a person writes instead stands, whatever is read then or later."""

import json
import random
import sqlite3
from pathlib import Path
from typing import Any

import cv2
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import phones
from tests.journeys.site import PASSWORD, Site, open_site, wait_until
from tests.receipts.own.layouts import make_slip
from tests.receipts.own.make import Slip
from tests.receipts.own.photograph import draw_slip, photograph

pytestmark = pytest.mark.browser
READ_MS = 150_000
TYPED = 1234


@pytest.fixture
def site(tmp_path: Path):
    with open_site(tmp_path) as found:
        yield found


def test_a_photo_fills_the_form_and_what_a_person_writes_stands_after_it_is_read_again(
    site: Site, tmp_path: Path
) -> None:
    with phones(tmp_path) as (phone,):
        phone.sign_in(site.url, "leroy@example.com", PASSWORD)
        page = phone.page
        person = page.url.split("/app/")[1].split("/")[0]
        # given a photo from the gallery
        slip, photo = receipt(tmp_path, 2)
        choose(page, site, person, photo)
        # when it has been read, then the form is filled, and each field says how sure that is
        expect(page.get_by_label("How much?")).to_have_value(pounds(slip.total), timeout=READ_MS)
        expect(page.get_by_label("When?")).to_have_value(slip.day.isoformat())
        expect(page.get_by_text("Read clearly").or_(page.get_by_text("Please check")).first).to_be_visible()
        # and a number tapped on the photo goes into the form
        page.get_by_role("button", name="Choose a number on the photo").click()
        page.get_by_role("group", name="All numbers on the photo").get_by_role("button").first.click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        # when the person writes something else and saves
        page.get_by_label("How much?").fill(pounds(TYPED))
        expect(page.get_by_role("button", name=f"Use {pounds(slip.total)}")).to_be_visible()
        save(page)
        entry = wait_for_entry(site)
        assert (entry["amount"], entry["on"], len(json.loads(entry["files"]))) == (TYPED, slip.day.isoformat(), 1)
        # and the server reads it again
        read_anew(site)
        go(page, site, person, f"entry/{entry['id']}")
        expect(page.get_by_text("The photo may say something else.")).to_be_visible(timeout=READ_MS)
        expect(page.get_by_text(f"We read £{pounds(slip.total)}.")).to_be_visible()
        # then what the person wrote stands
        assert [row["amount"] for row in rows(site, "SELECT * FROM entry WHERE id = ?", entry["id"])] == [TYPED]
        expect(page.locator(".facts__sum")).to_have_text(f"£{pounds(TYPED)}")
        # and the same photo once more is asked about, not counted twice
        choose(page, site, person, photo)
        expect(page.get_by_label("How much?")).to_have_value(pounds(slip.total))
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog")).to_contain_text("Is this written down already?")
        page.get_by_role("button", name="Yes, do not save it twice").click()
        expect(page.locator(".facts__sum")).to_have_text(f"£{pounds(TYPED)}")
        assert len(rows(site, "SELECT * FROM entry WHERE files LIKE ?", f"%{photo_name(site)}%")) == 1


def receipt(folder: Path, seed: int) -> tuple[Slip, Path]:
    """A receipt of our own, photographed by simulation."""
    slip = make_slip(seed)
    path = folder / f"receipt-{seed}.jpg"
    assert cv2.imwrite(str(path), photograph(draw_slip(slip), random.Random(seed), 0.3, 0))
    return slip, path


def choose(page: Page, site: Site, person: str, photo: Path) -> None:
    go(page, site, person, "spend")
    page.locator("#gallery").set_input_files(photo)
    expect(page.locator(".photos__picture")).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name=f"Save £{pounds(TYPED)}").click()
    expect(page.get_by_text(f"£{pounds(TYPED)} is written down.")).to_be_visible()


def go(page: Page, site: Site, person: str, screen: str) -> None:
    page.goto(f"{site.url}/app/{person}/{screen}")
    page.wait_for_selector("h1")


def pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"


def rows(site: Site, query: str, *values: Any) -> list[dict[str, Any]]:
    with sqlite3.connect(site.folder / "inhand.db", timeout=30) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query, values)]


def wait_for_entry(site: Site) -> dict[str, Any]:
    """The line of the ledger, once it was synchronised."""
    found: list[dict[str, Any]] = []
    query = "SELECT * FROM entry WHERE amount = ? AND files <> '[]'"
    wait_until("the line is on the server", lambda: found.extend(rows(site, query, TYPED)) or found)
    return found[0]


def photo_name(site: Site) -> str:
    return str(rows(site, "SELECT sha256 FROM reading")[0]["sha256"])


def read_anew(site: Site) -> None:
    """As if the reading had been lost: the worker makes it once more."""
    with sqlite3.connect(site.folder / "inhand.db", timeout=30) as database:
        database.execute("UPDATE reading SET state = 'waiting', result = NULL")
        database.execute("UPDATE job SET state = 'due', attempts = 0, lease_token = NULL WHERE kind = 'receipt.read'")
    database.close()
    wait_until(
        "it was read again", lambda: rows(site, "SELECT * FROM reading WHERE state = 'read'"), seconds=READ_MS / 1000
    )

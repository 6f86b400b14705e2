"""A photo that another app shares: it waits sealed without signal, asks whose it is, and lands in the form."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
# As a phone's sheet for sharing sends it: a form that no page of ours made.
SHARE = """(bytes) => {
  const how = { method: "post", action: "/app/share", enctype: "multipart/form-data" };
  const form = Object.assign(document.createElement("form"), how);
  const field = Object.assign(document.createElement("input"), { type: "file", name: "photos" });
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(bytes)], "IMG_1.jpg", { type: "image/jpeg" }));
  field.files = held.files;
  form.append(field);
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as found:
        yield found


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        yield found


def share_a_photo(page: Page) -> None:
    data = io.BytesIO()
    Image.new("RGB", (60, 90), "#f0ead6").save(data, "JPEG")
    with page.expect_event("load"):
        page.evaluate(SHARE, list(data.getvalue()))


def keep_the_app(page: Page) -> None:
    """The service worker is there and the letterbox has its lock."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("async () => Boolean(await (await caches.open('letterbox')).match('/letterbox/door'))")


def test_a_photo_shared_without_signal_asks_whose_it_is_and_lands_in_the_form(phone: Phone, site: Site) -> None:
    # given somebody who looks after two people
    phone.sign_in(site.url, "ana@example.com", PASSWORD)
    page = phone.page
    page.goto(f"{site.url}/people/new")
    page.get_by_label("Their name").fill("Jean")
    page.get_by_label("Chosen by the person").check()
    page.get_by_role("button", name="Add this person").click()
    page.wait_for_selector(".tabs")
    keep_the_app(page)
    # when a photo is shared where there is no signal
    site.line.cut = True
    share_a_photo(page)
    # then it asks whose it is
    expect(page.get_by_role("heading", name="Whose receipt is it?")).to_be_visible()
    expect(page.get_by_text("One photo waits on this phone.")).to_be_visible()
    # and it lands in the form of that person, and is saved on the phone
    page.locator("#main").get_by_role("link", name="Sofia").click()
    expect(page.locator(".photos__picture")).to_be_visible()
    page.get_by_label("How much?").fill("3.20")
    page.locator(".dock").get_by_role("button").click()
    expect(page.get_by_text("£3.20 is written down.")).to_be_visible()


def test_with_one_person_it_goes_straight_to_the_form_and_signed_out_it_says_so(phone: Phone, site: Site) -> None:
    phone.sign_in(site.url, "leroy@example.com", PASSWORD)
    page = phone.page
    keep_the_app(page)
    share_a_photo(page)
    expect(page.locator(".photos__picture")).to_be_visible()
    # nothing is shared any more: the screen says where the photo still is
    page.goto(f"{site.url}/app/shared")
    expect(page.get_by_role("heading", name="No photo came")).to_be_visible()
    # the lock out of the door, as after signing out
    page.evaluate("caches.delete('letterbox')")
    share_a_photo(page)
    expect(page.get_by_role("heading", name="Sign in first")).to_be_visible()
    expect(page.get_by_text("The photo was not kept.")).to_be_visible()

"""A plan that was taken along comes back through the page: sent in pieces, looked at, brought in, and open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site

pytestmark = pytest.mark.browser
# Borrowed drafts stand among the goals, and stay with their group.
GOALS = "article:has(a[href*='/goal/']) .words"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Site]]:
    """The installation that somebody leaves, and the one to which they move."""
    with (
        open_site(tmp_path_factory.mktemp("old"), photos=True) as old,
        open_site(tmp_path_factory.mktemp("new"), people=False) as new,
    ):
        yield old, new


def test_somebody_moves_with_their_plan_from_one_installation_to_another(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    old, new = sites
    with phones(tmp_path) as (phone,):
        # given everything of Leroy's in a file
        goals = goals_of(phone, old)
        file = take_along(phone.page, old, tmp_path)
        # when he makes an account elsewhere and sends it there
        sign_up(phone.page, new)
        phone.page.goto(f"{new.url}/account/data")
        phone.page.get_by_role("link", name="Bring in a plan").click()
        phone.page.get_by_label("Your file").set_input_files(file)
        phone.page.get_by_role("button", name="Send this file").click()
        # then he sees first what is in it
        look_again_until(phone.page, "What comes in")
        expect(phone.page.get_by_text("This is the plan of Leroy")).to_be_visible()
        phone.page.get_by_label("It is mine").check()
        phone.page.get_by_role("button", name="Bring this plan in").click()
        look_again_until(phone.page, "is in.")
        # and it stands in the app as it was
        phone.page.get_by_role("link", name="Open your plans").click()
        phone.page.get_by_role("link", name="Plan", exact=True).click()
        expect(phone.page.locator(GOALS).first).to_have_text(goals[0])
        assert phone.page.locator(GOALS).all_inner_texts() == goals


def goals_of(phone: Phone, site: Site) -> list[str]:
    phone.sign_in(site.url, "leroy@example.com", PASSWORD)
    phone.page.locator(".sync", has_text="All sent").wait_for()
    phone.page.get_by_role("link", name="Plan", exact=True).click()
    expect(phone.page.locator(GOALS).first).to_be_visible()
    return phone.page.locator(GOALS).all_inner_texts()


def take_along(page: Page, site: Site, folder: Path) -> Path:
    page.goto(f"{site.url}/account/data")
    page.get_by_role("link", name="Take everything with me").first.click()
    page.get_by_role("button", name="Make the file").click()
    look_again_until(page, "You can get it until")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Get it").click()
    file = folder / "inhand.zip"
    coming.value.save_as(file)
    return file


def sign_up(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-up")
    page.get_by_label("Your name").fill("Leroy")
    page.get_by_label("Your email").fill("leroy@example.com")
    page.get_by_label("Mine", exact=True).check()
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    page.wait_for_url("**/app/**")


def look_again_until(page: Page, words: str) -> None:
    """The page says so itself, or asks to be looked at again."""
    wanted = page.get_by_text(words).first
    again = page.get_by_role("link", name="Look again")
    expect(wanted.or_(again).first).to_be_visible()
    while not wanted.is_visible():
        again.click()
        expect(wanted.or_(again).first).to_be_visible()


@pytest.mark.parametrize("name", ["holiday.zip", "photo.jpg", "empty.zip"])
def test_what_is_no_archive_gets_a_sentence(sites: tuple[Site, Site], tmp_path: Path, name: str) -> None:
    _, new = sites
    file = tmp_path / name
    file.write_bytes(b"" if name.startswith("empty") else b"this is no archive")
    with phones(tmp_path) as (phone,):
        page = phone.page
        sign_up_as(page, new, name)
        page.goto(f"{new.url}/account/data/arrivals")
        page.get_by_label("Your file").set_input_files(file)
        page.get_by_role("button", name="Send this file").click()
        if name.startswith("empty"):
            expect(page.get_by_text("Choose your file first.")).to_be_visible()
            expect(page.get_by_label("Your file")).to_be_focused()
        else:
            look_again_until(page, "This is not an archive of Inhand.")


def sign_up_as(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/sign-up")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("Your email").fill(f"{name.partition('.')[0]}@example.com")
    page.get_by_label("Mine", exact=True).check()
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    page.wait_for_url("**/app/**")

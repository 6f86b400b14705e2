"""Somebody is invited by a link, writes a receipt down without signal, and is sent off before it was sent."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site

pytestmark = pytest.mark.browser
HELPER = "Write down what is spent"


def test_what_a_helper_wrote_is_kept_for_them_when_they_were_sent_off_meanwhile(tmp_path: Path) -> None:
    with open_site(tmp_path) as site, phones(tmp_path, 2) as (leroys, priyas):
        # given Leroy invites by a link, Priya accepts in her browser, and he says that it is her
        leroys.sign_in(site.url, "leroy@example.com", PASSWORD)
        leroys.page.wait_for_url("**/app/*/home")
        person = leroys.page.url.split("/app/")[1].split("/")[0]
        link = invite(leroys.page, site, person)
        accept(priyas.page, link)
        let_in(leroys.page, site, person)
        open_plan(priyas, link)
        assert money_words(priyas.page) == []
        # a form that is not part of what she does says so, whatever address led there
        priyas.page.goto(f"{site.url}/app/{person}/goal-new")
        expect(priyas.page.get_by_text("Nothing was saved or sent.")).to_be_visible()
        priyas.page.goto(f"{site.url}/app/{person}/home")
        expect(priyas.page.get_by_text("You write down what is spent for Leroy.")).to_be_visible()
        # when she writes a receipt down without signal, and Leroy ends it before she has signal again
        priyas.context.set_offline(True)
        spend(priyas.page, person)
        leroys.page.get_by_role("button", name="End this now").click()
        expect(leroys.page.get_by_text("Priya Nair is out.")).to_be_visible()
        expect(leroys.page.get_by_role("link", name="Let Priya Nair back in")).to_be_visible()
        priyas.context.set_offline(False)
        priyas.page.evaluate("dispatchEvent(new Event('online'))")
        # then her copy of the plan is gone, and her words with it
        expect(priyas.page.get_by_role("heading", name="You do not look after this plan")).to_be_visible()
        there = priyas.page.get_by_role("link", name="Copy it there")
        expect(there).to_be_visible()
        expect(priyas.page.get_by_text("Taxi to the pool")).to_have_count(0)
        assert "Leroy" not in priyas.page.locator("main").inner_text()
        # and they are in her own account, to be copied for seven days
        there.click()
        expect(priyas.page.get_by_text("Taxi to the pool")).to_be_visible()
        expect(priyas.page.get_by_text("It stays here until")).to_be_visible()


def invite(page: Page, site: Site, person: str) -> str:
    """The link that Leroy gets."""
    page.goto(f"{site.url}/people/{person}/invitations/new")
    page.get_by_label("Their name").fill("Priya")
    page.get_by_label(HELPER).check()
    page.get_by_role("button", name="Make the link").click()
    expect(page.locator("svg.qr")).to_be_visible()
    return page.get_by_label("The link").input_value()


def accept(page: Page, link: str) -> None:
    """Sign in on the way, and accept."""
    page.goto(link)
    expect(page.get_by_text(HELPER)).to_be_visible()
    page.get_by_role("link", name="Sign in to answer").click()
    page.get_by_label("Your email").fill("priya@example.com")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="You have accepted")).to_be_visible()


def let_in(page: Page, site: Site, person: str) -> None:
    page.goto(f"{site.url}/people/{person}")
    page.get_by_role("button", name="Yes, let them in").click()
    expect(page.get_by_role("heading", name="Priya Nair")).to_be_visible()


def open_plan(phone: Phone, link: str) -> None:
    """From the link into the app, which is then kept on the phone."""
    phone.page.goto(link)
    phone.page.get_by_role("link", name="Open the plan of Leroy").click()
    expect(phone.page.get_by_text("You write down what is spent for Leroy.")).to_be_visible()
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.reload()
    expect(phone.page.get_by_text("You write down what is spent for Leroy.")).to_be_visible()


def money_words(page: Page) -> list[str]:
    """Sums on Home."""
    return [words for words in page.locator("main, .band").all_inner_texts() if "£" in words]


def spend(page: Page, person: str) -> None:
    page.get_by_role("link", name="Add a receipt").first.click()
    page.get_by_label("How much?").fill("12.00")
    page.get_by_label("Where, or what for?").fill("Taxi to the pool")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is written down.")).to_be_visible()


def test_the_phone_in_the_persons_hand_shows_the_plan_and_opens_nothing_else(tmp_path: Path) -> None:
    with open_site(tmp_path) as site, phones(tmp_path, 1) as (phone,):
        # given Ana hands her phone to Sofia, whose plan it is
        phone.sign_in(site.url, "ana@example.com", PASSWORD)
        phone.page.wait_for_url("**/app/*/home")
        person = phone.page.url.split("/app/")[1].split("/")[0]
        phone.page.goto(f"{site.url}/app/{person}/show")
        with phone.page.expect_response("**/session/end"):
            phone.page.get_by_role("button", name="Show", exact=False).last.click()
        # then money and goals are shown, and neither screens nor pages open anything else
        back = phone.page.get_by_role("link", name="Give the phone back")
        for path in (f"/app/{person}/spend", f"/app/{person}/more", "/app/"):
            phone.page.goto(f"{site.url}{path}")
            expect(back).to_be_visible()
            ways = [link.get_attribute("href") for link in phone.page.get_by_role("link").all()]
            assert ways == ["#main", "/sign-in?next=/app/"]
        assert phone.page.request.get(f"{site.url}/people/{person}").status == 401
        # and signing in again opens the rest
        back.click()
        phone.page.get_by_label("Your email").fill("ana@example.com")
        phone.page.get_by_label("Your password").fill(PASSWORD)
        phone.page.get_by_role("button", name="Sign in").click()
        expect(phone.page.locator(".tabs")).to_be_visible()

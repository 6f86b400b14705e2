"""Two phones correct the same amount without signal: one conflict and one sum everywhere, also when chosen apart."""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone, phones
from tests.journeys.modules import act
from tests.journeys.site import PASSWORD, Site, open_site, wait_until

pytestmark = pytest.mark.browser
ENTRY = "00000000-0000-4000-8000-000000000010"
TEN, TWELVE, NINE = 1_000, 1_200, 900


def test_two_corrections_of_one_amount_are_one_conflict_and_one_sum_on_every_device(tmp_path: Path) -> None:
    with open_site(tmp_path) as site, phones(tmp_path, 2) as (one, other):
        # given £10 that both phones know
        person = sign_in(one, site)
        before = left(one.page)
        facts = {"pot": pot_of(site, person), "kind": "spending", "amount": TEN, "on": "2026-11-21", "what": "Cafe"}
        act(one.page, [{"act": "entry.record", "stream": f"person:{person}", "row": ENTRY, "facts": facts}])
        exchange(one, site, person)
        sign_in(other, site)
        assert left(one.page) == left(other.page) == before - TEN
        # when both correct it without signal
        for phone, amount in ((one, TWELVE), (other, NINE)):
            phone.context.set_offline(True)
            correct(phone.page, person, amount)
            assert left(phone.page) == before - amount
        for phone in (one, other, one):
            phone.context.set_offline(False)
            exchange(phone, site, person)
        # then the first counts, and both show the same question
        questions = [conflict_on(phone.page) for phone in (one, other)]
        assert questions[0] == questions[1]
        assert left(one.page) == left(other.page) == before - TWELVE == server_left(site, person, before)
        # and when they choose apart, there is still one truth
        for phone, choice in ((one, "accepted"), (other, "other")):
            phone.context.set_offline(True)
            choose(phone.page, person, questions[0], choice)
        for phone in (one, other, one, other):
            phone.context.set_offline(False)
            exchange(phone, site, person)
        assert left(one.page) == left(other.page) == server_left(site, person, before)
        assert conflicts_on(one.page) == conflicts_on(other.page)


def sign_in(phone: Phone, site: Site) -> str:
    phone.sign_in(site.url, "leroy@example.com", PASSWORD)
    expect(phone.page.locator(".hero b")).to_be_visible()
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.reload()
    expect(phone.page.locator(".hero b")).to_be_visible()
    phone.page.wait_for_url("**/app/*/home")
    return phone.page.url.split("/app/")[1].split("/")[0]


def exchange(phone: Phone, site: Site, person: str) -> None:
    """Meet the server, as when the app is looked at again; an answer of it has been taken in."""
    go(phone.page, person, "home")
    with phone.page.expect_response("**/sync"):
        phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.locator(".sync")).to_contain_text("All sent")
    phone.page.wait_for_timeout(300)  # what the answer brought is drawn


def correct(page: Page, person: str, amount: int) -> None:
    """Through the screen."""
    go(page, person, f"entry-edit/{ENTRY}")
    page.get_by_label("How much?").fill(f"{amount // 100}.00")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("It is corrected.")).to_be_visible()
    go(page, person, "home")


def choose(page: Page, person: str, question: str, choice: str) -> None:
    go(page, person, f"conflict/{question}")
    page.locator(f"#choice-{('accepted', 'other').index(choice)}").check(force=True)
    page.get_by_role("button", name="Keep what I chose").click()
    expect(page.get_by_text("It is settled.")).to_be_visible()


def go(page: Page, person: str, screen: str) -> None:
    """Inside the app, without loading it again."""
    page.evaluate("path => history.pushState(null, '', path)", f"/app/{person}/{screen}")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    page.wait_for_selector("h1")


def conflict_on(page: Page) -> str:
    """The one question that Home asks."""
    (found,) = conflicts_on(page)
    return found


def conflicts_on(page: Page) -> list[str]:
    expect(page.locator(".hero b")).to_be_visible()
    links = page.locator("a[href*='/conflict/']").all()
    return sorted(str(link.get_attribute("href")).rsplit("/", 1)[1] for link in links)


def left(page: Page) -> int:
    """The pence that Home says."""
    expect(page.locator(".hero b")).to_be_visible()
    return int("".join(char for char in page.locator(".hero b").inner_text() if char.isdigit()))


def server_left(site: Site, person: str, before: int) -> int:
    """What the server's ledger leaves after the café: lines that nobody took back."""
    with sqlite3.connect(site.folder / "inhand.db") as database:
        (spent,) = database.execute(
            "SELECT coalesce(sum(amount), 0) FROM entry"
            " WHERE what = 'Cafe' AND kind = 'spending' AND NOT superseded AND person_id = ?",
            [person],
        ).fetchone()
        return before - int(spent)


def pot_of(site: Site, person: str) -> str:
    wait_until("the plan is there", lambda: (site.folder / "inhand.db").exists())
    with sqlite3.connect(site.folder / "inhand.db") as database:
        (found,) = database.execute("SELECT min(id) FROM pot WHERE person_id = ?", [person]).fetchone()
        return str(found)

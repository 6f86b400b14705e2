"""Questions that only a person can answer: the same payment twice, and two people who wrote apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import phones
from tests.journeys.modules import act, send
from tests.journeys.site import PASSWORD, Site, open_site
from tests.screen_states import ask, tell_conflicts

pytestmark = pytest.mark.browser
POT = "SELECT pot_id FROM entry WHERE person_id = ? AND kind = 'spending' ORDER BY id"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as found:
        yield found


def test_both_are_right_is_asked_once_and_can_be_undone(site: Site, tmp_path: Path) -> None:
    with phones(tmp_path) as (phone,):
        # given the same payment twice, and a photo that says nothing else
        person = sign_in(phone.page, site, "leroy@example.com")
        lines = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"]
        facts = {"pot": ask(site, POT, person), "kind": "spending", "amount": 620, "on": "2026-11-20"}
        named = {**facts, "what": "Corner shop", "merchant": "Corner shop"}
        act(phone.page, [entry(person, line, named) for line in lines])
        go(phone.page, site, person, f"entry/{lines[0]}")
        expect(phone.page.get_by_text("This may be counted twice.")).to_be_visible()
        # when the person says that both are right, then nobody asks again, on neither line
        phone.page.get_by_role("button", name="Both are right").click()
        expect(phone.page.get_by_text("This may be counted twice.")).to_have_count(0)
        phone.page.get_by_role("button", name="Undo").click()
        expect(phone.page.get_by_text("This may be counted twice.")).to_be_visible()
        phone.page.get_by_role("button", name="Both are right").click()
        expect(phone.page.get_by_text("We do not ask again.")).to_be_visible()
        assert send(phone.page)["waiting"] == 0
        go(phone.page, site, person, f"entry/{lines[1]}")
        expect(phone.page.get_by_text("This may be counted twice.")).to_have_count(0)
        expect(phone.page.locator(".facts__sum")).to_have_text("£6.20")


def test_words_about_a_person_written_apart_stand_side_by_side(site: Site, tmp_path: Path) -> None:
    with phones(tmp_path, 2) as (one, other):
        # given a mother and a daughter who wrote the same words apart
        person = sign_in(one.page, site, "ana@example.com")
        sign_in(other.page, site, "sofia@example.com")
        tell_conflicts(one.page, other.page, site, person)
        # when the daughter opens the question
        query = "SELECT id FROM conflict WHERE person_id = ? AND row_kind = 'about'"
        go(other.page, site, person, f"conflict/{ask(site, query, person)}")
        # then both texts stand there whole, under the heading that they belong to
        expect(other.page.locator("h1")).to_have_text("Two people changed the same words")
        sides = other.page.locator(".choose2 .words")
        expect(sides).to_have_text(["I want to go into town on my own. Wait for me.", "Town with Jess. Wait for me."])
        expect(other.page.get_by_text("How to talk with me")).to_have_count(2)
        # and the one she chooses stays
        other.page.get_by_role("radio").nth(1).check()
        other.page.get_by_role("button", name="Keep what I chose").click()
        expect(other.page.get_by_text("It is settled.")).to_be_visible()
        assert send(other.page)["waiting"] == 0
        assert ask(site, "SELECT talking FROM about_me WHERE person_id = ?", person) == "Town with Jess. Wait for me."


def entry(person: str, row: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"act": "entry.record", "stream": f"person:{person}", "row": row, "facts": facts}


def sign_in(page: Page, site: Site, email: str) -> str:
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Your email").fill(email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".tabs")
    page.wait_for_url("**/app/*/home")
    expect(page.locator(".hero b")).to_be_visible()
    return page.url.split("/app/")[1].split("/")[0]


def go(page: Page, site: Site, person: str, screen: str) -> None:
    page.goto(f"{site.url}/app/{person}/{screen}")
    page.wait_for_selector("h1")

"""Two tabs of one phone: one of them synchronises, both show the same."""

import json
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.browser import phones
from tests.journeys.modules import act
from tests.journeys.site import PASSWORD, open_site, wait_until

pytestmark = pytest.mark.browser
WORDS = ["From the first tab", "From the second tab"]


def test_what_one_tab_saves_the_other_shows_and_each_is_sent_once(tmp_path: Path) -> None:
    with open_site(tmp_path) as site, phones(tmp_path) as (phone,):
        # given two tabs of the same plan
        phone.sign_in(site.url, "leroy@example.com", PASSWORD)
        first = phone.page
        first.wait_for_url("**/app/*/home")
        person = first.url.split("/app/")[1].split("/")[0]
        first.evaluate("navigator.serviceWorker.ready.then(() => true)")
        second = phone.context.new_page()
        sent: list[str] = []
        for tab in (first, second):
            tab.goto(f"{site.url}/app/{person}/home")
            tab.on("request", lambda request: sent.extend(operations_in(request)))
            expect(tab.get_by_role("heading", name="Lately")).to_be_visible()
        # when there is no signal, and both save something
        phone.context.set_offline(True)
        spend(first, person, site.folder, WORDS[0])
        spend(second, person, site.folder, WORDS[1])
        # then both show both
        for tab in (first, second):
            expect(tab.get_by_text(WORDS[0])).to_be_visible()
            expect(tab.get_by_text(WORDS[1])).to_be_visible()
        assert left(first) == left(second)
        # and with signal again each operation is sent by one tab, once, and both tabs say so
        sent.clear()
        phone.context.set_offline(False)
        for tab in (first, second):
            tab.evaluate("dispatchEvent(new Event('online'))")
        for tab in (first, second):
            expect(tab.locator(".sync")).to_contain_text("All sent")
        wait_until("the server has both", lambda: lines_of(site.folder) == sorted(WORDS))
        assert sorted(sent) == sorted(set(sent))
        assert len(sent) == len(WORDS)
        assert left(first) == left(second)


def operations_in(request: Request) -> list[str]:
    """The ids of the operations that a request carries."""
    return (
        [op["id"] for op in json.loads(request.post_data or "{}").get("ops", [])]
        if request.url.endswith("/sync")
        else []
    )


def spend(page: Page, person: str, folder: Path, what: str) -> None:
    """£1 from the first pot of the plan."""
    facts = {"pot": pot_of(folder, person), "kind": "spending", "amount": 100, "on": "2026-11-21", "what": what}
    act(page, [{"act": "entry.record", "stream": f"person:{person}", "facts": facts}])


def pot_of(folder: Path, person: str) -> str:
    with sqlite3.connect(folder / "inhand.db") as database:
        (found,) = database.execute("SELECT min(id) FROM pot WHERE person_id = ?", [person]).fetchone()
        return str(found)


def lines_of(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "inhand.db") as database:
        return sorted(row[0] for row in database.execute("SELECT what FROM entry WHERE what LIKE 'From the % tab'"))


def left(page: Page) -> str:
    return page.locator(".hero b").inner_text()

"""A form is open when another device writes: only what the person changed goes on, and nothing goes unseen."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from app.core.ids import new_id
from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site, wait_until
from tests.journeys.things import address_of, go

pytestmark = pytest.mark.browser
MINE, OTHER = "Written on this phone", "Written on another phone"
MET = "It was changed elsewhere too, and that is kept."
SEEN_ALL = {"rev": 1_000_000}
ASK = "() => { window.asking = setInterval(() => dispatchEvent(new Event('online')), 100); }"
STOP = "() => clearInterval(window.asking)"


@dataclass(frozen=True)
class Form:
    """A form, what another device writes in its row meanwhile, and what is typed into a field that they left alone."""

    act: str
    other: dict[str, Any]
    label: str
    typed: str
    button: str
    table: str
    row: dict[str, Any]  # what stands in the end


FORMS = {
    "goal-edit": Form("goal.write", {"why": OTHER}, "Say it your way", MINE, "Save this goal", "goal",
                      {"words": MINE, "why": OTHER}),
    "step": Form("step.write", {"by_when": "2027-03-04"}, "What will you do?", MINE, "Save this step", "step",
                 {"words": MINE, "by_when": "2027-03-04"}),
    "check-in": Form("check_in.write", {"words": OTHER}, "On which day?", "2026-01-05", "Save this note",
                     "check_in", {"on": "2026-01-05", "words": OTHER}),
    "choice-edit": Form("choice.write", {"reason": OTHER}, "What do you plan to pay?", "12.34", "Save the change",
                        "choice", {"amount": 1234, "reason": OTHER}),
    "review-edit": Form("review_clock.write", {"with_whom": OTHER}, "Who reviews it?", MINE, "Save the review",
                        "review_clock", {"funder": MINE, "with_whom": OTHER}),
    "review-said": Form("review.write", {"held_on": "2026-01-02"}, "What was decided?", MINE, "Save the review",
                        "review", {"said": MINE, "held_on": "2026-01-02"}),
    "pot-edit": Form("pot.write", {"funder": OTHER}, "A short name", MINE, "Save this pot", "pot",
                     {"name": MINE, "funder": OTHER}),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def phone(tmp_path: Path, site: Site) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        found.sign_in(site.url, "leroy@example.com", PASSWORD)
        yield found


def person_of(page: Page) -> str:
    return page.url.split("/app/")[1].split("/")[0]


def open_form(page: Page, site: Site, screen: str) -> tuple[str, str]:
    """Open the form; the person and the id of its row."""
    person = person_of(page)
    address = address_of(site, person, screen)
    go(page, person, address)
    return person, address.rpartition("/")[2]


def elsewhere(page: Page, site: Site, act: str, person: str, row: str, facts: dict[str, Any]) -> None:
    """Another device of the account writes, and this phone hears of it."""
    account = page.evaluate("JSON.parse(localStorage.getItem('inhand.who')).account")
    stream = f"person:{person}"
    op = {"id": new_id(), "act": act, "version": 1, "stream": stream, "row": row, "facts": facts, "base": SEEN_ALL}
    body = {"account": account, "device": new_id(), "schema": 1, "ops": [op], "cursors": {}}
    answer = page.request.post(f"{site.url}/sync", data=body, headers={"X-Inhand-Sync": "1", "Origin": site.url})
    result = answer.json()["results"][0]
    assert result["status"] == "done", result
    with page.expect_request(lambda request: knows(request, stream, result["seq"])):
        page.evaluate(ASK)
    page.evaluate(STOP)


def knows(request: Request, stream: str, seq: int) -> bool:
    """Whether the phone that asks has taken in this change."""
    if not request.url.endswith("/sync"):
        return False
    cursors = json.loads(request.post_data or "{}").get("cursors", {})
    return bool(cursors.get(stream, {}).get("seq", 0) >= seq)


def stands(site: Site, table: str, row: str, fields: list[str]) -> dict[str, Any]:
    """What the server has in these fields."""
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        wanted = ", ".join(f'"{field}"' for field in fields)
        found = database.execute(f'SELECT {wanted} FROM "{table}" WHERE id = ?', [row]).fetchone()
    return dict(zip(fields, found, strict=True))


def questions(site: Site, row: str) -> int:
    """How many choices wait over this row."""
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        wanted = "SELECT count(*) FROM conflict WHERE row_id = ? AND choice IS NULL"
        return int(database.execute(wanted, [row]).fetchone()[0])


@pytest.mark.parametrize("screen", FORMS)
def test_what_another_device_wrote_meanwhile_is_not_taken_back(phone: Phone, site: Site, screen: str) -> None:
    # given a form that is open, when another device changes a field that the person leaves alone
    page, form = phone.page, FORMS[screen]
    person, row = open_form(page, site, screen)
    expect(page.get_by_label(form.label)).to_be_visible()
    before = questions(site, row)
    elsewhere(page, site, form.act, person, row, form.other)
    page.get_by_label(form.label).fill(form.typed)
    page.get_by_role("button", name=form.button).click()
    # then both stand, nobody is asked anything, and the person hears of it
    expect(page.get_by_text(MET)).to_be_visible()
    wait_until("both stand", lambda: stands(site, form.table, row, list(form.row)) == form.row)
    assert questions(site, row) == before


def test_words_that_both_changed_are_a_question_and_neither_is_lost(phone: Phone, site: Site) -> None:
    page = phone.page
    person, row = open_form(page, site, "goal-edit")
    before = questions(site, row)
    elsewhere(page, site, "goal.write", person, row, {"words": "Theirs"})
    page.get_by_label("Say it your way").fill("Mine")
    page.get_by_role("button", name="Save this goal").click()
    expect(page.get_by_text("Two people changed one thing")).to_be_visible()
    assert stands(site, "goal", row, ["words"]) == {"words": "Theirs"}
    assert questions(site, row) == before + 1


def test_who_goes_on_in_what_they_began_has_not_seen_what_came_since(phone: Phone, site: Site) -> None:
    page = phone.page
    person, row = open_form(page, site, "step")
    page.get_by_label("What will you do?").fill("Mine, begun before")
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_text("What you began is kept.")).to_be_visible()
    before = questions(site, row)
    elsewhere(page, site, "step.write", person, row, {"words": "Theirs, written since"})
    page.locator(".undo").get_by_role("button", name="Go on").click()
    expect(page.get_by_label("What will you do?")).to_have_value("Mine, begun before")
    page.get_by_role("button", name="Save this step").click()
    wait_until("the question is there", lambda: questions(site, row) == before + 1)
    assert stands(site, "step", row, ["words"]) == {"words": "Theirs, written since"}


def correct(page: Page, site: Site, changes: dict[str, Any]) -> tuple[str, str]:
    """Another device corrects the line whose form is open; the line and what stands for it then."""
    person, first = open_form(page, site, "entry-edit")
    expect(page.get_by_label("A note, in your words")).to_be_visible()
    row, theirs = stands_for(site, first), new_id()
    elsewhere(page, site, "entry.correct", person, row, {"changes": changes, "entry": theirs, "reversal": new_id()})
    return row, theirs


def stands_for(site: Site, line: str) -> str:
    """The line that stands for this one after what was corrected."""
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        while later := database.execute("SELECT id FROM entry WHERE replaces = ?", [line]).fetchone():
            (line,) = later
    return line


def newest(site: Site, line: str) -> dict[str, Any]:
    """What it says."""
    return stands(site, "entry", stands_for(site, line), ["amount", "note"])


def test_an_amount_that_was_corrected_meanwhile_is_not_taken_back_by_a_note(phone: Phone, site: Site) -> None:
    page = phone.page
    _, theirs = correct(page, site, {"amount": 4321})
    page.get_by_label("A note, in your words").fill(MINE)
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text(MET)).to_be_visible()
    wait_until("both stand", lambda: newest(site, theirs) == {"amount": 4321, "note": MINE})
    expect(page.get_by_text("£43.21").first).to_be_visible()


def test_two_amounts_for_one_line_are_a_question_and_the_first_counts(phone: Phone, site: Site) -> None:
    page = phone.page
    row, theirs = correct(page, site, {"amount": 5432})
    page.get_by_label("How much?").fill("65.43")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("Somebody changed this too. Both are kept, to choose from.")).to_be_visible()
    expect(page.get_by_text("Two amounts for one receipt.")).to_be_visible()
    assert newest(site, theirs)["amount"] == 5432
    assert questions(site, row) == 1


def test_an_amount_that_was_begun_has_not_seen_what_was_corrected_since(phone: Phone, site: Site) -> None:
    # given an amount that was typed and left, when another device corrects the line to another one
    page = phone.page
    person, first_line = open_form(page, site, "entry-edit")
    row, theirs = stands_for(site, first_line), new_id()
    page.get_by_label("How much?").fill("76.54")
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_text("What you began is kept.")).to_be_visible()
    before = questions(site, row)
    facts = {"changes": {"amount": 3210}, "entry": theirs, "reversal": new_id()}
    elsewhere(page, site, "entry.correct", person, row, facts)
    page.locator(".undo").get_by_role("button", name="Go on").click()
    expect(page.get_by_label("How much?")).to_have_value("76.54")
    page.get_by_role("button", name="Save the correction").click()
    # then it is a question, and the amount that was there first counts
    expect(page.get_by_text("Somebody changed this too. Both are kept, to choose from.")).to_be_visible()
    wait_until("the question is there", lambda: questions(site, row) == before + 1)
    assert newest(site, theirs)["amount"] == 3210


def test_an_agreed_sum_that_was_begun_has_not_seen_what_was_agreed_since(phone: Phone, site: Site) -> None:
    page = phone.page
    person, pot = open_form(page, site, "pot-edit")
    period = period_of(site, pot)
    page.get_by_label("How much was agreed?").fill("7654")
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_text("What you began is kept.")).to_be_visible()
    before = questions(site, period)
    elsewhere(page, site, "period.write", person, period, {"agreed": 432_100})
    page.locator(".undo").get_by_role("button", name="Go on").click()
    expect(page.get_by_label("How much was agreed?")).to_have_value("7654")
    page.get_by_role("button", name="Save this pot").click()
    wait_until("the question is there", lambda: questions(site, period) == before + 1)
    assert stands(site, "period", period, ["agreed"]) == {"agreed": 432_100}


def period_of(site: Site, pot: str) -> str:
    """The newest period of a pot that has not ended."""
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        wanted = "SELECT id FROM period WHERE pot_id = ? AND NOT ended ORDER BY starts_on DESC"
        return str(database.execute(wanted, [pot]).fetchone()[0])


def test_what_one_wants_to_say_does_not_move_under_the_hands_and_takes_nothing_back(phone: Phone, site: Site) -> None:
    # given words that are being typed, when another device writes there too
    page = phone.page
    person, row = open_form(page, site, "prepare")
    words = page.get_by_label("Say it your way")
    words.fill("Mine, being typed")
    before = questions(site, row)
    elsewhere(page, site, "review_clock.write", person, row, {"wants": "Theirs, meanwhile"})
    expect(words).to_have_value("Mine, being typed")
    page.get_by_role("button", name="Save what I want to say").click()
    # then it is a question, and theirs stands
    wait_until("the question is there", lambda: questions(site, row) == before + 1)
    assert stands(site, "review_clock", row, ["wants"]) == {"wants": "Theirs, meanwhile"}


def test_what_came_shows_where_nobody_types_and_what_was_saved_is_begun_no_more(phone: Phone, site: Site) -> None:
    page = phone.page
    person, row = open_form(page, site, "prepare")
    words = page.get_by_label("Say it your way")
    elsewhere(page, site, "review_clock.write", person, row, {"wants": "Theirs"})
    expect(words).to_have_value("Theirs")
    words.fill("Mine")
    page.get_by_role("button", name="Save what I want to say").click()
    expect(page.get_by_text("This is not saved yet.")).to_have_count(0)
    wait_until("mine stands", lambda: stands(site, "review_clock", row, ["wants"]) == {"wants": "Mine"})
    # when it is changed elsewhere, nobody is told that they had not saved
    elsewhere(page, site, "review_clock.write", person, row, {"wants": "Theirs again"})
    expect(words).to_have_value("Theirs again")
    expect(page.get_by_text("You had started to write.")).to_have_count(0)
    # and what is typed after saving is kept on the way out
    words.fill("More of mine")
    page.get_by_role("link", name="Reviews").click()
    expect(page.get_by_text("What you began is kept.")).to_be_visible()


def test_a_pot_that_is_not_here_is_no_new_one(phone: Phone) -> None:
    page = phone.page
    person = person_of(page)
    go(page, person, f"pot-edit/{new_id()}")
    expect(page.get_by_role("button", name="Save this pot")).to_have_count(0)
    expect(page.get_by_text("This pot")).to_be_visible()

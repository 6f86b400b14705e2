"""The address of each screen, with the first thing of its kind that the site's database has; and going there."""

import sqlite3
from contextlib import closing

from playwright.sync_api import Page

from tests.journeys.site import Site

GO = """to => {
  if (location.pathname !== to) document.querySelector("h1")?.setAttribute("data-before", "");
  window.since = performance.now();
  history.pushState(null, "", to);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
STEP = "SELECT id FROM step WHERE person_id = :person AND NOT removed ORDER BY id"
CHECK_IN = "SELECT id FROM check_in WHERE person_id = :person AND NOT removed ORDER BY id"
CHOICE = "SELECT id FROM choice WHERE person_id = :person AND NOT removed AND goal IS NOT NULL ORDER BY id"
OPTION = "SELECT id FROM support_option WHERE NOT removed ORDER BY id"
ENTRY = "SELECT id FROM entry WHERE person_id = :person AND kind = 'spending' AND reverses IS NULL ORDER BY id"
POT = "SELECT id FROM pot WHERE person_id = :person ORDER BY id"
CLOCK = "SELECT id FROM review_clock WHERE person_id = :person AND NOT removed ORDER BY id"
REVIEW = "SELECT id FROM review WHERE person_id = :person AND NOT removed ORDER BY id"
PHOTO = """SELECT id || '/1' FROM entry WHERE person_id = :person AND files != '[]' AND id NOT IN
    (SELECT reverses FROM entry WHERE reverses IS NOT NULL) ORDER BY id"""
QUESTION = "SELECT id FROM conflict WHERE person_id = :person AND choice IS NULL AND row_kind = '{kind}'"
GOAL = "SELECT goal FROM step WHERE person_id = :person AND NOT removed ORDER BY id"
SEAT = """SELECT group_id FROM group_seat WHERE person_id = :person AND state = 'in'
    ORDER BY (SELECT count(*) FROM group_post WHERE group_post.group_id = group_seat.group_id) DESC"""
EXAMPLE = """SELECT id FROM group_post WHERE state = 'shown' AND about = 'example' AND person_id != :person
    AND id IN (SELECT on_post FROM group_post WHERE about = 'question') ORDER BY shown_on, id"""
OWN_EXAMPLE = """SELECT id FROM group_post WHERE state = 'shown' AND about = 'example' AND person_id = :person
    ORDER BY id"""
IDEA = "SELECT id FROM borrowed_idea WHERE person_id = :person AND NOT removed AND words != '' ORDER BY id"
# Of what a screen is, where it is about one thing.
OF = {
    "goal": GOAL, "goal-edit": GOAL, "step": STEP, "check-in": CHECK_IN, "choice": CHOICE, "choice-edit": CHOICE,
    "option": OPTION, "choose": OPTION, "entry": ENTRY, "entry-edit": ENTRY, "pot": POT, "pot-edit": POT,
    "review-edit": CLOCK, "review-held": CLOCK, "prepare": CLOCK, "review-said": REVIEW, "photo": PHOTO,
    "group": SEAT, "group-rules": SEAT, "group-questions": SEAT, "example": EXAMPLE, "borrow": EXAMPLE,
    "report": EXAMPLE, "idea": IDEA, "idea-write": IDEA,
}  # fmt: skip


def first(site: Site, question: str, person: str, count: int = 1) -> str:
    """The first ids that the database finds, as they stand in an address."""
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        rows = database.execute(question, {"person": person} if ":person" in question else {}).fetchmany(count)
    assert len(rows) == count, question
    return "/".join(row[0] for row in rows)


def address_of(site: Site, person: str, screen: str) -> str:
    """A screen with what it is about."""
    if screen == "compare":
        return f"compare/{first(site, OPTION, person, 2)}"
    if screen == "earlier":
        return f"earlier/goal/{first(site, GOAL, person)}/words"
    return f"{screen}/{first(site, OF[screen], person)}" if screen in OF else screen


def go(page: Page, person: str, screen: str) -> None:
    """To a screen inside the app, without a load; what jumped before is forgotten."""
    page.evaluate(GO, f"/app/{person}/{screen}")
    page.wait_for_function("() => document.querySelector('h1:not([data-before])')")

"""States that a screen only shows once something was done: a photo read, a question open, no signal, an error."""

import contextlib
import random
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import cv2
import pyotp
from playwright.sync_api import Page

from tests.journeys.modules import act, send
from tests.journeys.site import PASSWORD, Site, wait_until
from tests.receipts.own.layouts import make_slip
from tests.receipts.own.photograph import draw_slip, photograph

SEEDS = (2, 5)
SHOP = "Corner shop"
GOAL = "SELECT id FROM goal WHERE person_id = ? AND NOT removed ORDER BY position, id"
ABOUT = "SELECT id FROM about_me WHERE person_id = ?"
ENTRY = """SELECT id FROM entry WHERE person_id = ? AND kind = 'spending' AND id NOT IN
    (SELECT reverses FROM entry WHERE reverses IS NOT NULL) ORDER BY "on" DESC, id"""
POT = "SELECT pot_id FROM entry WHERE id = ?"
TALLEST = 6_000


@dataclass(frozen=True)
class Told:
    """What was done before the first picture: photos that wait to be looked at, a line that stands there twice.

    `texts`: one for a group in each state, ids by state.
    """

    photos: tuple[Path, ...]
    read: tuple[str, ...]
    twice: str
    texts: dict[str, str]


@dataclass(frozen=True)
class Camera:
    """Takes pictures of one page. `start` is how their names begin, `text` the size of the text in per cent."""

    page: Page
    site: Site
    start: Path
    text: int = 100

    def take(self, name: str, *, offline: bool = False) -> None:
        """The whole page, in a window as tall as it: what sticks to the end of a window stands at its end.

        What rises over a page is taken in the window that a person has.
        """
        self.page.locator("h1").first.wait_for()
        if self.text != 100:
            self.page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", f"{self.text}%")
        if not offline:
            self.page.wait_for_load_state("networkidle")
        window = self.page.viewport_size or {"width": 390, "height": 844}
        height: int = self.page.evaluate("document.querySelector('dialog[open]') ? 0 : document.body.scrollHeight")
        tall = min(TALLEST, max(window["height"], height))
        self.page.set_viewport_size({"width": window["width"], "height": tall})
        self.page.screenshot(path=f"{self.start}-{name}.png")
        self.page.set_viewport_size(window)

    def go(self, person: str, screen: str) -> None:
        """Open a screen of the app."""
        self.page.goto(f"{self.site.url}/app/{person}/{screen}")
        self.page.locator("h1").wait_for()


def ask(site: Site, query: str, *values: str) -> str:
    """The first answer of the site's database; a query takes as many of the values as it asks for."""
    with contextlib.closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        (found,) = database.execute(query, values[: query.count("?")]).fetchone()
    return str(found)


def tell_receipts(page: Page, site: Site, person: str, place: Path, texts: dict[str, str]) -> Told:
    """Two photos that were read and not written down; a payment that stands there twice."""
    pot = ask(site, POT, ask(site, ENTRY, person))
    on = ask(site, "SELECT max(\"on\") FROM entry WHERE person_id = ? AND kind = 'spending'", person)
    facts = {"pot": pot, "kind": "spending", "amount": 1_485, "on": on, "what": SHOP, "merchant": SHOP}
    act(page, [{"act": "entry.record", "stream": f"person:{person}", "facts": facts} for _ in range(2)])
    send(page)
    photos = tuple(_photo(place, seed) for seed in SEEDS)
    page.goto(f"{site.url}/app/{person}/spend")
    page.locator("#gallery").set_input_files(list(photos))
    count = "SELECT count(*) FROM reading WHERE person_id = ? AND state = 'read'"
    wait_until("the photos are read", lambda: ask(site, count, person) == str(len(photos)), seconds=180)
    read = tuple(ask(site, f"SELECT sha256 FROM reading ORDER BY id LIMIT 1 OFFSET {at}") for at in range(len(photos)))
    return Told(
        photos, read, ask(site, "SELECT id FROM entry WHERE person_id = ? AND merchant = ?", person, SHOP), texts
    )


def _photo(place: Path, seed: int) -> Path:
    """A receipt of our own, photographed by simulation."""
    path = place / f"receipt-{seed}.jpg"
    cv2.imwrite(str(path), photograph(draw_slip(make_slip(seed)), random.Random(seed), 0.3, 0))
    return path


def tell_conflicts(one: Page, other: Page, site: Site, person: str) -> None:
    """Two people write the same goal, page and payment without seeing each other."""
    stream = f"person:{person}"
    goal, about, entry = (ask(site, query, person) for query in (GOAL, ABOUT, ENTRY))
    for page, words, amount in ((one, "I want to go into town on my own.", 1_200), (other, "Town with Jess.", 900)):
        page.context.set_offline(True)
        correction = {"changes": {"amount": amount}, "entry": _new_id(page), "reversal": _new_id(page)}
        act(page, [
            {"act": "goal.write", "stream": stream, "row": goal, "facts": {"words": words}},
            {"act": "about.write", "stream": stream, "row": about, "facts": {"talking": f"{words} Wait for me."}},
            {"act": "entry.correct", "stream": stream, "row": entry, "facts": correction},
        ])  # fmt: skip
    for page in (one, other):
        page.context.set_offline(False)
        send(page)


def _new_id(page: Page) -> str:
    found: str = page.evaluate("crypto.randomUUID()")
    return found


def take_states(camera: Camera, person: str, told: Told) -> None:
    """What is seen on the way through a form, with a photo, after a mistake and without signal."""
    for take in (_take_reading, _take_several, _take_forms, _take_risers, _take_texts):
        take(camera, person, told)
    _take_print(camera, person)
    _take_offline(camera, person)


def _take_reading(camera: Camera, person: str, told: Told) -> None:
    page = camera.page
    for at, sha256 in enumerate(told.read):
        camera.go(person, f"spend/{sha256}")
        page.get_by_text(re.compile("Read clearly|Please check")).first.wait_for()
        camera.take(f"state-read-{at + 1}")
    page.get_by_role("button", name="Choose a number on the photo").click()
    page.locator(".look__number").first.wait_for()
    camera.take("state-read-photo")


def _take_several(camera: Camera, person: str, told: Told) -> None:
    page = camera.page
    camera.go(person, "spend")
    camera.take("state-photos-wait")
    page.locator("#gallery").set_input_files(list(told.photos))
    page.get_by_role("radio", name="2 receipts").check()
    page.get_by_text(re.compile("Read clearly|Please check")).first.wait_for()
    camera.take("state-several")


def _take_forms(camera: Camera, person: str, told: Told) -> None:
    page = camera.page
    camera.go(person, "spend")
    page.get_by_label("How much?").fill("30")
    page.get_by_role("button", name="Split it over pots or goals").click()
    page.get_by_label("Part 1: how much?").fill("12.50")
    camera.take("state-split")
    camera.go(person, f"entry/{told.twice}")
    page.get_by_text("This may be counted twice").wait_for()
    camera.take("state-twice")
    for screen, words in (("goal-new", "Save this goal"), ("pot-new", "Save this pot"), ("transfer", "Move")):
        camera.go(person, screen)
        page.locator(".dock").get_by_role("button", name=words).click()
        page.locator(".nhsuk-error-summary").wait_for()
        camera.take(f"error-{screen}")


def _take_risers(camera: Camera, person: str, told: Told) -> None:
    page = camera.page
    on = ask(camera.site, 'SELECT "on" FROM entry WHERE id = ?', told.twice)
    camera.go(person, "spend")
    page.get_by_label("How much?").fill("14.85")
    page.get_by_label("Where, or what for?").fill(SHOP)
    page.get_by_label("When?").fill(on)
    page.get_by_role("button", name="Save £14.85").click()
    page.get_by_role("dialog").wait_for()
    camera.take("riser-double")
    camera.go(person, "home")
    page.locator(".chip-person").click()
    page.get_by_role("dialog").wait_for()
    camera.take("riser-whose")
    camera.go(person, f"goal/{ask(camera.site, GOAL, person)}")
    page.get_by_role("button", name="We got there").click()
    page.get_by_role("dialog").wait_for()
    camera.take("riser-got-there")


def _take_texts(camera: Camera, person: str, told: Told) -> None:
    page = camera.page
    for state, text in told.texts.items():
        camera.go(person, f"sharing/{text}")
        camera.take(f"state-text-{state}")
    camera.go(person, f"sharing/{told.texts['review']}")
    page.get_by_role("button", name="put in by us. See why").first.click()
    page.get_by_role("dialog").wait_for()
    camera.take("riser-why-changed")
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Kezia. Hide it everywhere").click()
    page.locator(".dock button").click()
    page.locator(".nhsuk-error-summary").wait_for()
    camera.take("error-review")


def _take_print(camera: Camera, person: str) -> None:
    clock = ask(camera.site, "SELECT id FROM review_clock WHERE person_id = ? AND NOT removed ORDER BY next_on", person)
    camera.go(person, f"prepare/{clock}")
    camera.page.emulate_media(media="print")
    camera.take("print-prepare")
    camera.page.emulate_media(media="screen")


def _take_offline(camera: Camera, person: str) -> None:
    page = camera.page
    camera.go(person, "spend")
    page.get_by_role("button", name="Save").click()
    camera.take("error-spend")
    camera.site.line.cut = True
    own = 10 + sum(map(ord, camera.start.name)) % 90  # pence: no look's payment is another's double
    page.get_by_label("How much?").fill(f"6.{own}")
    page.get_by_label("Where, or what for?").fill("Riverside Leisure")
    page.get_by_role("button", name="Save").click()
    page.locator(".undo").wait_for()
    camera.take("offline-home", offline=True)
    page.locator(".sync").click()
    page.get_by_text("Waits on this phone").or_(page.get_by_text("Waits on this computer")).wait_for()
    camera.take("offline-sync", offline=True)
    camera.site.line.cut = False


def take_conflicts(camera: Camera, person: str) -> None:
    """The questions that wait for an answer."""
    query = "SELECT id FROM conflict WHERE person_id = ? AND choice IS NULL AND row_kind = ?"
    for kind in ("goal", "about", "entry"):
        camera.go(person, f"conflict/{ask(camera.site, query, person, kind)}")
        camera.take(f"conflict-{kind}")


def take_links(camera: Camera, person: str) -> None:
    """What stands behind a link: an invitation, as it is made and as it is opened, and a new password."""
    page = camera.page
    page.goto(f"{camera.site.url}/people/{person}/invitations/new")
    page.get_by_label("Their name").fill("Sam")
    page.get_by_label("Look, and change nothing").check()
    page.get_by_role("button", name="Make the link").click()
    page.locator("svg.qr").wait_for()
    camera.take("page-invitation-made")
    link = page.get_by_label("The link").input_value()
    page.context.clear_cookies()
    page.goto(link)
    camera.take("page-invitation-opened")
    page.goto(camera.site.command("admin", "reset-link", "priya@example.com").strip().splitlines()[-1])
    camera.take("page-new-password-link")


def take_codes(camera: Camera, email: str) -> None:
    """Signing in with one-time codes: set up, the recovery codes, how it stands, and the page that asks for one."""
    page = camera.page
    page.goto(f"{camera.site.url}/account/codes")
    if page.get_by_label("Your password").count():
        camera.take("page-account-proof")
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    camera.take("page-account-codes")
    secret = re.sub(r"\s", "", page.locator(".secret").text_content() or "")
    page.locator("input[name=code]").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Use codes from now on").click()
    camera.take("page-account-recovery-codes")
    page.goto(f"{camera.site.url}/account/codes")
    camera.take("page-account-codes-on")
    page.context.clear_cookies()
    page.goto(f"{camera.site.url}/sign-in")
    page.get_by_label("Your email").fill(email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your one-time code").wait_for()
    camera.take("page-sign-in-code")

"""Photographs every screen: phone and wide, light and dark, large text; full, empty, without signal, with an error.

`bin/screens [DIR] [LOOK...]`.

Each picture is one PNG; `contact.png` shows them all.
"""

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.browser import CHROMIUM, FLAGS
from tests.journeys.site import PASSWORD, Site, open_site

APP = (
    "home", "plan", "about", "about-write/important", "goal", "goal-new", "goal-edit", "step", "order", "today",
    "options", "option", "choice", "choice-edit", "idea-new", "shared", "add-receipt", "money", "repeat", "photos",
    "spend", "entry", "entry-edit", "money-in", "transfer", "visit", "inbox", "pot", "pot-new", "pot-edit", "more",
    "reviews", "review-new", "reminders", "reading", "sync", "lock", "sign-out",
)  # fmt: skip
PAGES = ("/", "/sign-up", "/sign-in", "/help", "/styleguide")
# Who else is looked at besides the fullest plan: two voices, no money at all, paid back, nothing written yet.
OTHERS = {
    "other": ("ana@example.com", ("home", "plan", "money", "pot")),
    "visits": ("daniel@example.com", ("home", "inbox", "money", "pot", "visit")),
    "owed": ("priya@example.com", ("home", "money")),
    "empty": ("", ("home", "plan", "options", "money", "spend", "repeat", "photos", "visit", "inbox", "sync")),
}
SIGNED_IN_PAGES = ("/account", "/account/passkeys", "/account/password", "/account/codes", "/people/new", "/nowhere")
FIRST_OF = {
    "goal": "goal",
    "goal-edit": "goal",
    "entry": "entry",
    "entry-edit": "entry",
    "pot": "pot",
    "pot-edit": "pot",
    "option": "option",
    "step": "step",
    "choice": "choice",
    "choice-edit": "choice",
    "photo": "photo",
}
# Where a list links to things of a kind; else it is under Money.
LISTS = {"goal": "plan", "pot": "home", "option": "options", "photo": "photos"}
OF_A_GOAL = ("step", "choice")
WIDTH = 260


@dataclass(frozen=True)
class Look:
    """How a screen is looked at."""

    name: str
    width: int = 390
    height: int = 844
    dark: bool = False
    text: int = 100


LOOKS = (Look("phone"), Look("dark", dark=True), Look("wide", 1280, 800), Look("text200", 320, 800, text=200))


def main(argv: list[str]) -> int:
    """Take all pictures into a folder."""
    folder = Path(argv[0]) if argv else Path("var/screens")
    wanted = set(argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        open_site(Path(place), photos=True) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        for look in LOOKS:
            if not wanted or look.name in wanted:
                _take_look(browser, site, folder, look)
        browser.close()
    _contact(folder)
    print(f"{len(list(folder.glob('*.png'))) - 1} pictures in {folder}, all together in contact.png.")
    return 0


def _take_look(browser: Browser, site: Site, folder: Path, look: Look) -> None:
    with _window(browser, look) as page:
        _take_pages(page, site, folder, look)
        person = sign_in(page, site, "leroy@example.com")
        for screen in (*APP, "photo"):
            _take_app(page, site, folder, look, person, screen, "full")
        for path in SIGNED_IN_PAGES:
            page.goto(site.url + path)
            _take(page, folder, look, f"page-{path.strip('/').replace('/', '-')}")
        _take_offline(page, site, folder, look, person)
    for name, (email, screens) in OTHERS.items():
        with _window(browser, look) as page:
            person = sign_in(page, site, email) if email else _make_account(page, site, look)
            for screen in screens:
                _take_app(page, site, folder, look, person, screen, name)


@contextlib.contextmanager
def _window(browser: Browser, look: Look) -> Iterator[Page]:
    """A window of somebody who has never been here."""
    size = {"width": look.width, "height": look.height}
    scheme = "dark" if look.dark else "light"
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def _make_account(page: Page, site: Site, look: Look) -> str:
    """Somebody new, who has written nothing yet; the person's id."""
    page.goto(f"{site.url}/sign-up")
    page.get_by_label("Your name").fill("Jean")
    page.get_by_label("Your email").fill(f"jean-{look.name}@example.com")
    page.get_by_label("password").first.fill(PASSWORD)
    page.get_by_role("radio").first.check()
    page.get_by_role("button").last.click()
    page.wait_for_selector(".tabs")
    page.wait_for_url("**/home")
    return page.url.split("/app/")[1].split("/")[0]


def _take_pages(page: Page, site: Site, folder: Path, look: Look) -> None:
    for path in PAGES:
        page.goto(site.url + path)
        _take(page, folder, look, f"page-{path.strip('/') or 'landing'}")


def sign_in(page: Page, site: Site, email: str) -> str:
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Your email").fill(email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".tabs")
    page.goto(f"{site.url}/app/")
    page.wait_for_selector(".hero")
    page.locator(".sync", has_text="All sent").wait_for()  # everything has come: lists have their order
    return page.url.split("/app/")[1].split("/")[0]


def _take_app(page: Page, site: Site, folder: Path, look: Look, person: str, screen: str, name: str) -> None:
    page.goto(address_of(page, site, person, screen))
    page.wait_for_selector("h1")
    _take(page, folder, look, f"{name}-{screen.replace('/', '-')}")


def address_of(page: Page, site: Site, person: str, screen: str) -> str:
    """The address of a screen; where it is about one thing, of the first thing of its kind that a list links to."""
    address = f"{site.url}/app/{person}/{screen}"
    return f"{address}/{_first(page, site, person, FIRST_OF[screen])}" if screen in FIRST_OF else address


def _first(page: Page, site: Site, person: str, kind: str) -> str:
    """The id of the first thing of a kind that a list links to."""
    of_a_goal = kind in OF_A_GOAL
    place = f"goal/{_first(page, site, person, 'goal')}" if of_a_goal else LISTS.get(kind, "money")
    page.goto(f"{site.url}/app/{person}/{place}")
    link = page.locator(f'a[href*="/{kind}/"]').first
    link.wait_for()
    return (link.get_attribute("href") or "").split(f"/{kind}/", 1)[1]


def _take_offline(page: Page, site: Site, folder: Path, look: Look, person: str) -> None:
    page.goto(f"{site.url}/app/{person}/spend")
    page.wait_for_selector("h1")
    page.get_by_role("button", name="Save").click()
    _take(page, folder, look, "error-spend")
    site.line.cut = True
    page.get_by_label("How much?").fill("14.85")
    page.get_by_label("Where, or what for?").fill("Riverside Leisure")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector(".undo")
    _take(page, folder, look, "offline-home")
    page.locator(".sync").click()
    page.get_by_text("Waits on this phone").wait_for()
    _take(page, folder, look, "offline-sync")
    site.line.cut = False


def _take(page: Page, folder: Path, look: Look, name: str) -> None:
    if look.text != 100:
        page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", f"{look.text}%")
    if not name.startswith("offline"):
        page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{look.name}-{name}.png", full_page=True)


def _contact(folder: Path) -> None:
    """One sheet of all pictures, each cut at two screens' height."""
    tiles = list(_tiles(folder))
    across = 8
    rows = [tiles[at : at + across] for at in range(0, len(tiles), across)]
    height = sum(max(tile.height for tile in row) + 12 for row in rows)
    sheet = Image.new("RGB", (across * (WIDTH + 12), max(1, height)), "#888888")
    top = 0
    for row in rows:
        for at, tile in enumerate(row):
            sheet.paste(tile, (at * (WIDTH + 12), top))
        top += max(tile.height for tile in row) + 12
    sheet.save(folder / "contact.png")


def _tiles(folder: Path) -> Iterator[Image.Image]:
    for path in sorted(folder.glob("*.png")):
        if path.name != "contact.png":
            picture = Image.open(path).convert("RGB")
            picture = picture.crop((0, 0, picture.width, min(picture.height, picture.width * 3)))
            scaled = picture.resize((WIDTH, max(1, picture.height * WIDTH // picture.width)))
            tile = Image.new("RGB", (WIDTH, scaled.height + 16), "white")
            ImageDraw.Draw(tile).text((4, 2), path.stem, fill="black")
            tile.paste(scaled, (0, 16))
            yield tile


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

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
from tests.journeys.group_scene import put_texts, with_group
from tests.journeys.site import PASSWORD, Site, open_site
from tests.screen_states import (
    Camera,
    Told,
    ask,
    take_codes,
    take_conflicts,
    take_links,
    take_states,
    tell_conflicts,
    tell_receipts,
)

APP = (
    "home", "plan", "about", "about-write/important", "goal", "goal-new", "goal-edit", "step", "check-in", "order",
    "today", "earlier", "options", "option", "compare", "choose", "choice", "choice-edit", "idea-new", "shared",
    "add-receipt", "money", "repeat", "photos", "spend", "entry", "entry-edit", "money-in", "transfer", "visit",
    "inbox", "pot", "pot-new", "pot-edit", "more", "reviews", "review-new", "prepare", "review-held", "review-edit",
    "reminders", "reading", "sync", "lock", "sign-out", "sharings", "share-example", "groups", "group", "group-rules",
    "group-questions", "example", "borrow", "report", "idea", "idea-write",
)  # fmt: skip
PAGES = (
    "/", "/sign-up", "/sign-up/sent", "/sign-in", "/forgotten", "/forgotten/sent", "/new-password/old", "/help",
    "/styleguide", "/privacy",
)  # fmt: skip
# Who else is looked at besides the fullest plan: two voices, no money at all, paid back, nothing written yet.
OTHERS = {
    "other": ("ana@example.com", ("home", "plan", "money", "pot", "groups", "group", "own-example")),
    "visits": ("daniel@example.com", ("home", "inbox", "money", "pot", "visit")),
    "owed": ("priya@example.com", ("home", "money")),
    "empty": (
        "",
        ("home", "plan", "options", "money", "spend", "repeat", "photos", "visit", "inbox", "sync", "groups"),
    ),
}
SIGNED_IN_PAGES = (
    "/account", "/account/data", "/account/data/arrivals", "/account/passkeys", "/account/password",
    "/account/second", "/people/new", "/people/{person}",
    "/people/{person}/activity", "/people/{person}/concern", "/people/{person}/invitations/new", "/nowhere",
)  # fmt: skip
# What the server draws for a moderator of a group.
MODERATOR_PAGES = ("/groups", "/groups/new", "/groups/{group}", "/groups/{group}/voice")
# The thing of each kind that has the most to show. `?` is the person.
FULLEST = {
    "goal": "SELECT goal FROM step WHERE person_id = ? AND NOT removed GROUP BY goal ORDER BY count(*) DESC, goal",
    "step": "SELECT id FROM step WHERE person_id = ? AND NOT removed ORDER BY position, id",
    "check-in": "SELECT id FROM check_in WHERE person_id = ? AND NOT removed ORDER BY length(words) DESC, id",
    "choice": "SELECT id FROM choice WHERE person_id = ? AND NOT removed ORDER BY length(reason) DESC, id",
    "entry": """SELECT id FROM entry WHERE person_id = ? AND kind = 'spending' AND id NOT IN
        (SELECT reverses FROM entry WHERE reverses IS NOT NULL) ORDER BY files = '[]', "on" DESC, id""",
    "pot": "SELECT id FROM pot WHERE person_id = ? ORDER BY holding = 'own_money', opened_on, id",
    "option": "SELECT id FROM support_option WHERE NOT removed ORDER BY slug",
    "prepare": "SELECT id FROM review_clock WHERE person_id = ? AND NOT removed ORDER BY next_on, id",
    "group": """SELECT group_id FROM group_seat WHERE person_id = ? AND state = 'in'
        ORDER BY (SELECT count(*) FROM group_post WHERE group_post.group_id = group_seat.group_id) DESC""",
    "example": """SELECT id FROM group_post WHERE person_id != ? AND about = 'example' AND state = 'shown' ORDER BY
        (SELECT count(*) FROM group_post AS said WHERE said.on_post = group_post.id) DESC, helped DESC, id""",
    "own-example": "SELECT id FROM group_post WHERE person_id = ? AND about = 'example' ORDER BY helped DESC, id",
    "idea": "SELECT id FROM borrowed_idea WHERE person_id = ? AND NOT removed ORDER BY length(words) DESC, id",
}
SECOND = f"{FULLEST['option']} LIMIT 1 OFFSET 1"
REWRITTEN = """SELECT row_kind || '/' || row_id || '/' || field FROM version
    WHERE person_id = ? AND row_kind IN ('goal', 'about') AND field != 'state'
    GROUP BY row_kind, row_id, field ORDER BY count(*) DESC, length(value) DESC"""
ABOUT_ONE = {
    "goal": "goal", "goal-edit": "goal", "step": "step", "check-in": "check-in", "choice": "choice",
    "choice-edit": "choice", "choose": "option", "option": "option", "entry": "entry", "entry-edit": "entry",
    "photo": "entry", "pot": "pot", "pot-edit": "pot", "prepare": "prepare", "review-held": "prepare",
    "review-edit": "prepare", "group": "group", "group-rules": "group", "group-questions": "group",
    "example": "example", "borrow": "example", "report": "example", "idea": "idea", "idea-write": "idea",
}  # fmt: skip
WIDTH = 260


@dataclass(frozen=True)
class Look:
    """How a screen is looked at."""

    name: str
    width: int = 390
    height: int = 844
    dark: bool = False
    text: int = 100


LOOKS = (
    Look("phone"), Look("dark", dark=True), Look("wide", 1280, 800), Look("narrow", 320, 640),
    Look("text200", 320, 800, text=200),
)  # fmt: skip


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
        told = _tell(browser, site, Path(place))
        for look in LOOKS:
            if not wanted or look.name in wanted:
                _take_look(browser, site, folder, look, told)
        browser.close()
    _contact(folder)
    print(f"{len(list(folder.glob('*.png'))) - 1} pictures in {folder}, all together in contact.png.")
    return 0


def _tell(browser: Browser, site: Site, place: Path) -> Told:
    """What has to have happened before some screens can be seen."""
    with _window(browser, LOOKS[0]) as one, _window(browser, LOOKS[0]) as other:
        person = sign_in(one, site, "ana@example.com")
        sign_in(other, site, "sofia@example.com")
        tell_conflicts(one, other, site, person)
    texts = put_texts(with_group(site), "leroy@example.com")
    with _window(browser, LOOKS[0]) as page:
        return tell_receipts(page, site, sign_in(page, site, "leroy@example.com"), place, texts)


def _take_look(browser: Browser, site: Site, folder: Path, look: Look, told: Told) -> None:
    with _window(browser, look) as page:
        camera = Camera(page, site, folder / look.name, look.text)
        for path in PAGES:
            page.goto(site.url + path)
            camera.take(f"page-{path.strip('/').replace('/', '-') or 'landing'}")
        person = sign_in(page, site, "leroy@example.com")
        for screen in (*APP, "photo"):
            _take_app(camera, person, screen, "full")
        take_states(camera, person, told)
        for path in SIGNED_IN_PAGES:
            page.goto(site.url + path.format(person=person))
            camera.take(f"page-{path.strip('/').replace('/', '-').replace('{person}', 'one')}")
        take_links(camera, person)
    for name, (email, screens) in OTHERS.items():
        with _window(browser, look) as page:
            camera = Camera(page, site, folder / look.name, look.text)
            person = sign_in(page, site, email) if email else _make_account(page, site, look)
            for screen in screens:
                _take_app(camera, person, screen, name)
            if name == "other":
                take_conflicts(camera, person)
                _take_moderating(camera, person)
            if name == "empty":
                take_codes(camera, _email_of(look))


def _take_moderating(camera: Camera, person: str) -> None:
    group = ask(camera.site, FULLEST["group"], person)
    for path in MODERATOR_PAGES:
        camera.page.goto(camera.site.url + path.format(group=group))
        camera.take(f"page-{path.strip('/').replace('/', '-').replace('{group}', 'one')}")


@contextlib.contextmanager
def _window(browser: Browser, look: Look) -> Iterator[Page]:
    """A window of somebody who has never been here."""
    size = {"width": look.width, "height": look.height}
    scheme = "dark" if look.dark else "light"
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def _email_of(look: Look) -> str:
    """Each look signs somebody else up."""
    return f"jean-{look.name}@example.com"


def _make_account(page: Page, site: Site, look: Look) -> str:
    """Somebody new, who has written nothing yet; the person's id."""
    page.goto(f"{site.url}/sign-up")
    page.get_by_label("Your name").fill("Jean")
    page.get_by_label("Your email").fill(_email_of(look))
    page.get_by_label("password").first.fill(PASSWORD)
    page.get_by_role("radio").first.check()
    page.get_by_role("button").last.click()
    page.wait_for_selector(".tabs")
    page.wait_for_url("**/home")
    return page.url.split("/app/")[1].split("/")[0]


def sign_in(page: Page, site: Site, email: str) -> str:
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Your email").fill(email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".tabs")
    page.goto(f"{site.url}/app/")
    page.wait_for_selector(".hero")
    page.wait_for_url("**/app/*/home")
    page.locator(".sync", has_text="All sent").wait_for()  # everything has come: lists have their order
    return page.url.split("/app/")[1].split("/")[0]


def _take_app(camera: Camera, person: str, screen: str, name: str) -> None:
    camera.page.goto(address_of(camera.page, camera.site, person, screen))
    camera.take(f"{name}-{screen.replace('/', '-')}")


def address_of(_page: Page, site: Site, person: str, screen: str) -> str:
    """The address of a screen; where it is about one thing, of the one that has the most to show."""
    address = f"{site.url}/app/{person}/{screen}"
    if screen == "compare":
        return f"{address}/{ask(site, FULLEST['option'], person)}/{ask(site, SECOND, person)}"
    if screen == "earlier":
        return f"{address}/{ask(site, REWRITTEN, person)}"
    if screen == "own-example":
        return f"{site.url}/app/{person}/example/{ask(site, FULLEST[screen], person)}"
    if screen not in ABOUT_ONE:
        return address
    one = ask(site, FULLEST[ABOUT_ONE[screen]], person)
    return f"{address}/{one}/1" if screen == "photo" else f"{address}/{one}"


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

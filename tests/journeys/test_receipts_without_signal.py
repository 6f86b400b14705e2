"""A goal and 20 receipts without signal; the server dies, the browser dies, then the line is bad."""

import hashlib
import io
import json
import random
import sqlite3
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from app.core.settings import Settings
from app.factory import make_services
from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site, wait_until

pytestmark = pytest.mark.browser
RECEIPTS = 20
GOAL = "Get to the cafe\u0301 on my own 🙂 \u202eagain\u202c   "
AMOUNTS = [1 + 37 * at for at in range(RECEIPTS)]


@pytest.fixture
def site(tmp_path: Path):
    with open_site(tmp_path) as found:
        yield found


def test_a_goal_and_20_receipts_survive_no_signal_a_killed_server_a_killed_browser_and_a_bad_line(
    site: Site, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with phones(tmp_path) as (phone,):
        # given a phone that has met the server once
        phone.sign_in(site.url, "leroy@example.com", PASSWORD)
        person = phone.page.url.split("/app/")[1].split("/")[0]
        wait_until_kept(phone.page)
        before = money_left(phone.page)
        # when there is no signal and the server is dead
        site.line.cut = True
        site.kill()
        phone.context.set_offline(True)
        write_goal(phone.page, site, person)
        for at, photo in enumerate(photos(request, tmp_path)):
            add_receipt(phone.page, site, person, photo, AMOUNTS[at])
            assert money_left(phone.page) == before - sum(AMOUNTS[: at + 1])
        # and the browser is killed, and opens again without signal
        phone.kill()
        phone.restart()
        phone.context.set_offline(True)
        phone.page.goto(f"{site.url}/app/{person}/home")
        expect(phone.page.locator(".hero b")).to_be_visible()
        assert money_left(phone.page) == before - sum(AMOUNTS)
        # and the server comes back behind a line that loses every third answer
        site.line.drop_share, site.line.cut = 0.3, False
        site.start()
        phone.context.set_offline(False)
        # (the browser writes its cookies down every half minute: one that is killed may have forgotten the sign-in)
        phone.sign_in(site.url, "leroy@example.com", PASSWORD)
        send_everything(phone, site, person)
        # then everything is there exactly once
        assert site.line.dropped > 0
        assert_all_arrived(site, person)
        assert money_left_at(phone.page, site, person) == before - sum(AMOUNTS)


def assert_all_arrived(site: Site, person: str) -> None:
    with sqlite3.connect(site.folder / "inhand.db") as database:
        entries = database.execute(
            "SELECT amount, files FROM entry WHERE what = 'Cafe' AND person_id = ?", [person]
        ).fetchall()
        words = [row[0] for row in database.execute("SELECT words FROM goal WHERE person_id = ?", [person])]
    assert sorted(amount for amount, _ in entries) == AMOUNTS
    shas = {sha for _, files in entries for sha in json.loads(files)}
    assert len(shas) == RECEIPTS
    storage = make_services(Settings.from_environment(site.environment)).storage
    stored = {key.split("/")[-1]: storage.get(key) for key in storage.keys(f"original/{person}/")}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in stored.items()} == {sha: sha for sha in shas}
    assert words.count(GOAL) == 1


def write_goal(page: Page, site: Site, person: str) -> None:
    go(page, site, person, "goal-new")
    page.get_by_label("Say it your way").fill(GOAL)
    page.get_by_role("button", name="Save this goal").click()
    expect(page.get_by_text("The goal is written down.")).to_be_visible()


def add_receipt(page: Page, site: Site, person: str, photo: Path, amount: int) -> None:
    go(page, site, person, "spend")
    page.locator("#gallery").set_input_files(photo)
    expect(page.locator(".photos__picture")).to_be_visible()
    page.get_by_label("How much?").fill(f"{amount // 100}.{amount % 100:02d}")
    page.get_by_label("Where, or what for?").fill("Cafe")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".hero b")).to_be_visible()


def go(page: Page, site: Site, person: str, screen: str) -> None:
    page.goto(f"{site.url}/app/{person}/{screen}")
    page.wait_for_selector("h1")


def money_left(page: Page) -> int:
    """The pence that Home says."""
    text = page.locator(".hero b").inner_text()
    return int("".join(char for char in text if char.isdigit()))


def money_left_at(page: Page, site: Site, person: str) -> int:
    go(page, site, person, "home")
    expect(page.locator(".hero b")).to_be_visible()
    return money_left(page)


def wait_until_kept(page: Page) -> None:
    """The app itself is on the phone, so that it opens without signal."""
    expect(page.locator(".hero b")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator(".hero b")).to_be_visible()


def send_everything(phone: Phone, site: Site, person: str) -> None:
    """Tap "Send now" as an impatient person does, until nothing waits."""
    go(phone.page, site, person, "sync")
    folder = site.folder / "files" / "original" / person

    def all_there() -> bool:
        phone.page.evaluate("(document.querySelector('.dock button')?.click(), dispatchEvent(new Event('online')))")
        phone.page.wait_for_timeout(200)
        sent = phone.page.get_by_text("Nothing waits").count() > 0
        return sent and folder.is_dir() and len(list(folder.iterdir())) == RECEIPTS

    wait_until("everything is sent", all_there, seconds=180)


def photos(request: pytest.FixtureRequest, folder: Path) -> list[Path]:
    """Real receipts where they are beside the project, else pictures of our own."""
    real = sorted((Path(request.config.rootpath).parent / "shared" / "data" / "receipts").glob("*.jpg"))[:RECEIPTS]
    return real if len(real) == RECEIPTS else [_own_photo(folder / f"own-{at}.jpg", at) for at in range(RECEIPTS)]


def _own_photo(path: Path, seed: int) -> Path:
    noise = random.Random(seed)
    picture = Image.new("RGB", (900, 1600), (240, 238, 230))
    draw = ImageDraw.Draw(picture)
    for row in range(40):
        draw.text(
            (60, 30 + 38 * row),
            f"Item {noise.randrange(1000)}   {noise.randrange(1, 2000) / 100:.2f}",
            fill=(20, 20, 20),
        )
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=90)
    path.write_bytes(data.getvalue())
    return path

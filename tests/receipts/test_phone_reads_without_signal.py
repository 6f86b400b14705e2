"""A real browser fetches the reader once, then reads a photo by itself with nobody there to ask."""

import base64
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.journeys.browser import CHROMIUM, FLAGS
from tests.receipts.own.layouts import make_slip
from tests.receipts.own.phone_site import FETCH, READ, REMOVE, STATE, ask, serve_app
from tests.receipts.own.photograph import draw_slip, photograph

SEED = 2
UK = {"day_first": True, "country": "GB"}
KEEP_APP = "() => navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => true)"
pytestmark = pytest.mark.browser


@pytest.fixture
def page() -> Iterator[Page]:
    """A tab of a fresh browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        tab = browser.new_page()
        tab.set_default_timeout(60_000)
        yield tab
        browser.close()


def photo(turn: int) -> str:
    """A made-up receipt, photographed by simulation and turned, as base64."""
    good, data = cv2.imencode(".jpg", photograph(draw_slip(make_slip(SEED)), random.Random(turn), 0.5, turn))
    assert good
    return base64.b64encode(data.tobytes()).decode()


def values(told: dict[str, Any]) -> tuple[str, str]:
    """Date and total of what the phone answered."""
    return told["reading"]["date"]["value"], told["reading"]["total"]["value"]


def test_a_phone_without_a_server_reads_a_photo_that_lies_on_its_side(page: Page, tmp_path: Path) -> None:
    slip = make_slip(SEED)
    right = (slip.day.isoformat(), f"{slip.total // 100}.{slip.total % 100:02d}")
    with serve_app(tmp_path) as address:
        page.goto(f"{address}/help")
        assert page.evaluate(KEEP_APP)
        assert ask(page, READ, photo(0), UK)["reading"] is None  # nobody asked for it yet
        assert ask(page, FETCH) == {"kind": "ready"}
    page.goto(f"{address}/app/")
    assert ask(page, STATE)["kind"] == "ready"
    told = ask(page, READ, photo(1), UK)
    assert values(told) == right
    assert told["reading"]["turns"] == [3]
    assert ask(page, READ, base64.b64encode(b"no photo").decode(), UK)["reading"] is None
    ask(page, REMOVE)
    assert ask(page, STATE)["kind"] == "none"

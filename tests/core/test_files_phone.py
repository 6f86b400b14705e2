"""The phone's own shrinking in a real Chromium: what leaves the phone is upright and has nothing but pixels."""

import base64
import functools
import hashlib
import http.server
import io
import shutil
import threading
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from app.core.files.sniff import Kind, sniff
from tests.core import make_images as given
from tests.core.test_files_pictures import UPRIGHT, four_corners, segments

pytestmark = pytest.mark.browser
MODULES = Path(__file__).parents[2] / "app" / "static" / "js" / "core"
PREPARE = """async (text) => {
  const { preparePhoto, browserTools } = await import("/photo.js");
  const file = new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]);
  const ready = await preparePhoto(file, browserTools(window)).catch((error) => ({ refused: error.message }));
  const letters = Array.from(ready.bytes ?? [], (byte) => String.fromCharCode(byte));
  return { ...ready, bytes: btoa(letters.join("")) };
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the modules as they are, and an empty page."""

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=MODULES))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def prepare(address):
    """Run `preparePhoto` of the served module over bytes; answers what would be queued."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}/")
        yield functools.partial(asked_of, page)
        browser.close()


def asked_of(page, data):
    ready = page.evaluate(PREPARE, base64.b64encode(data).decode())
    return ready | {"bytes": base64.b64decode(ready["bytes"])}


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_leaves_the_phone_upright_and_bare(prepare, orientation):
    turned = given.corners()
    if given.TURNED_BY[orientation] is not None:
        turned = turned.transpose(given.TURNED_BY[orientation])
    ready = prepare(given.private_jpeg(turned, orientation))
    data = ready["bytes"]
    assert (ready["type"], ready["shrunk"], four_corners(data)) == ("image/jpeg", True, UPRIGHT)
    assert ready["sha256"] == hashlib.sha256(data).hexdigest()
    assert b"CANARY" not in data
    assert segments(data) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD}


@pytest.mark.parametrize("make", [given.private_png, given.private_webp])
def test_png_and_webp_become_bare_jpegs(prepare, make):
    data = prepare(make())["bytes"]
    assert (sniff(data), four_corners(data), b"CANARY" in data) == (Kind.JPEG, UPRIGHT, False)


def test_a_full_size_photo_is_legible_and_typically_under_400_kb(prepare):
    ready = prepare(given.encode(given.receipt(), "JPEG", quality=90))
    assert (ready["width"], ready["height"]) == (1500, 2000)
    assert Image.open(io.BytesIO(ready["bytes"])).size == (1500, 2000)
    assert len(ready["bytes"]) <= 400_000


@pytest.mark.parametrize("make", [given.private_heic, given.pdf])
def test_what_this_browser_cannot_decode_goes_up_as_it_is(prepare, make):
    original = make()
    ready = prepare(original)
    assert (ready["bytes"], ready["shrunk"]) == (original, False)


def test_a_cut_photo_is_refused_with_the_true_reason(prepare):
    assert "damaged or cut short" in prepare(b"\xff\xd8\xff\xe0 nothing more")["refused"]

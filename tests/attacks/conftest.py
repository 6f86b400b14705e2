"""An app that listens, and a browser to look at it with."""

import threading

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from tests.journeys.browser import CHROMIUM, FLAGS, PHONE

# What a planted script calls when it runs.
NOTE_HITS = "window.hits = []; window.hit = (number) => hits.push(String(number));"


@pytest.fixture
def serve():
    """Let an app listen; its address. It ends with the test."""
    running = []

    def start(app):
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def open_browser():
    """A page of a fresh browser that this client's cookie is in. The policy is off: it must not hide a hole."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def start(url, client=None, *, bypass_csp=True):
            context = browser.new_context(viewport=PHONE, bypass_csp=bypass_csp, service_workers="block")
            context.set_default_timeout(60_000)
            context.add_init_script(NOTE_HITS)
            if client is not None:
                cookie = client.get_cookie("inhand")
                context.add_cookies([{"name": "inhand", "value": cookie.value, "url": url, "httpOnly": True}])
            return context.new_page()

        yield start
        browser.close()

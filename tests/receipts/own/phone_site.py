"""The app for a real browser in which nobody is signed in: enough to fetch the phone's reader and to read with it."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

from app.core.schema import migrate
from app.core.settings import Settings
from app.factory import create_app, make_services

READER = "/static/js/receipts/ocr/phone-reader.js"
FETCH = "async reader => (await import(reader)).fetchPhoneReader()"
STATE = "async reader => (await import(reader)).phoneReaderState()"
REMOVE = "async reader => (await import(reader)).removePhoneReader()"
READ = """async ([reader, photo, hints]) => {
  const bytes = Uint8Array.from(atob(photo), letter => letter.charCodeAt(0));
  const { readOnPhone } = await import(reader);
  const began = performance.now();
  const reading = await readOnPhone(new Blob([bytes]), hints);
  return { reading, seconds: (performance.now() - began) / 1000 };
}"""


class Quiet(WSGIRequestHandler):
    """Says nothing of each request, and keeps no line open: once the server is gone, nobody answers."""

    def log_request(self, *_args: Any) -> None:
        """Nothing."""


@contextlib.contextmanager
def serve_app(folder: Path, port: int = 0) -> Iterator[str]:
    """The address of the app on a fresh database, as long as the context is open."""
    settings = Settings(
        database_url=f"sqlite:///{folder}/inhand.db", storage_url="memory:", base_url="http://localhost"
    )
    parts = make_services(settings)
    migrate(parts.database)
    server = make_server("127.0.0.1", port, create_app(parts=parts), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        parts.database.dispose()


def ask(page: Page, script: str, *more: object) -> Any:
    """Run one of the scripts above in a page."""
    return page.evaluate(script, [READER, *more] if more else READER)

"""A push service for a real Firefox, on this machine: it speaks to the browser as Mozilla's does (autopush).

The browser holds a WebSocket: hello, register, notification, ack, unregister. A sender posts to the address that a
registration got; a message to an address that nobody holds any more is answered with 410.
"""

import base64
import contextlib
import json
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from tests.journeys.websocket import WebSocket, accept_key

PATH = "/wpush/"
Said = dict[str, Any]


class Autopush(ThreadingHTTPServer):
    """`channels`: who is registered now; `answered`: each message that was posted, as (address, status)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.browser_id = uuid.uuid4().hex
        self.hellos = 0
        self.channels: set[str] = set()
        self.answered: list[tuple[str, int]] = []
        self.acknowledged: list[str] = []
        self.bodies: list[bytes] = []
        self.browser: WebSocket | None = None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def forget_browser(self) -> None:
        """All is lost here: the browser gets another name at its next hello, and none of its addresses holds."""
        self.browser_id = uuid.uuid4().hex
        self.channels.clear()

    def close(self) -> None:
        """End it, whoever is connected."""
        if self.browser is not None:
            self.browser.close()
        self.shutdown()
        self.server_close()

    def hear(self, said: Said) -> Said | None:
        """What is answered to a browser."""
        kind = said.get("messageType", "ping")
        known: dict[str, Any] = {
            "hello": self._hello,
            "register": self._register,
            "unregister": self._unregister,
            "ack": self._ack,
            "ping": lambda _said: {},
        }
        answer: Said | None = known[kind](said) if kind in known else None
        return answer

    def bring(self, channel: str, body: bytes) -> int:
        """Take a message for the browser; the status that its sender gets."""
        self.bodies.append(body)
        if channel not in self.channels or self.browser is None:
            return 410
        data = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
        told = {"channelID": channel, "version": uuid.uuid4().hex, "data": data, "headers": {"encoding": "aes128gcm"}}
        self.browser.send(json.dumps({"messageType": "notification", **told}))
        return 201

    def _hello(self, _said: Said) -> Said:
        self.hellos += 1
        return {"messageType": "hello", "uaid": self.browser_id, "status": 200, "use_webpush": True, "broadcasts": {}}

    def _register(self, said: Said) -> Said:
        channel = said["channelID"]
        self.channels.add(channel)
        address = f"{self.url}{PATH}{channel}"
        return {"messageType": "register", "channelID": channel, "status": 200, "pushEndpoint": address}

    def _unregister(self, said: Said) -> Said:
        self.channels.discard(said["channelID"])
        return {"messageType": "unregister", "channelID": said["channelID"], "status": 200}

    def _ack(self, said: Said) -> None:
        self.acknowledged += [one["version"] for one in said["updates"]]


class _Asked(BaseHTTPRequestHandler):
    """One connection: the browser's own, or a sender's."""

    server: Autopush
    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float] = 300

    def do_GET(self) -> None:
        """The browser holds this connection."""
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept_key(self.headers["Sec-WebSocket-Key"]))
        if "Sec-WebSocket-Protocol" in self.headers:
            self.send_header("Sec-WebSocket-Protocol", self.headers["Sec-WebSocket-Protocol"])
        self.end_headers()
        held = WebSocket(self.connection, self.rfile, masks=False)
        self.server.browser = held
        with contextlib.suppress(OSError):
            while (text := held.receive()) is not None:
                answer = self.server.hear(json.loads(text))
                if answer is not None:
                    held.send(json.dumps(answer))
        self.close_connection = True

    def do_POST(self) -> None:
        """A sender brings a message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.bring(self.path.removeprefix(PATH), body)
        self.server.answered.append((self.path, status))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Nothing."""


@contextlib.contextmanager
def autopush() -> Iterator[Autopush]:
    """One that is ended whatever happens."""
    made = Autopush()
    try:
        yield made
    finally:
        made.close()

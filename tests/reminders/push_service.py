"""A push service on this machine: it answers as each address says, keeps what came, and can decrypt it."""

import base64
import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

PAUSE = 0.02


@dataclass
class Came:
    """One message as it came: the address, the headers, the bytes."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """`/ANSWER/NAME` is answered with ANSWER: a status, `429-90` (wait 90 s), `hang`, `drip`, `reset` or `301`.

    An answer with a `+` is the first; from the second time on it is 201: `500+`.
    """

    came: list[Came] = field(default_factory=list)
    opened: int = 0
    heard: Callable[[Came, str], None] | None = None

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.ended = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Let go of who hangs, and take nobody else."""
        self.ended.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def at(self, path: str) -> list[Came]:
        """What came to an address."""
        return [one for one in self.came if one.path == path]

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            self.opened += 1
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            found = _read(line)
            answer = found.path.split("/")[1]
            again = len(self.at(found.path)) > 0
            self.came.append(found)
            answer = "201" if answer.endswith("+") and again else answer.rstrip("+")
            if self.heard is not None:
                self.heard(found, answer)
            self._answer(line, answer)

    def _answer(self, line: socket.socket, answer: str) -> None:
        if answer == "hang":
            self.ended.wait()
        elif answer == "drip":
            self._drip(line)
        elif answer == "reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        else:
            line.sendall(_head(answer, self.url))

    def _drip(self, line: socket.socket) -> None:
        """An answer without an end: a few letters at a time."""
        line.sendall(b"HTTP/1.1 201 Created\r\n")
        while not self.ended.is_set():
            line.sendall(b"x: y\r\n")
            time.sleep(PAUSE)


def _head(answer: str, url: str) -> bytes:
    status, _, wait = answer.partition("-")
    more = f"retry-after: {wait}\r\n" if wait else ""
    more += f"location: {url}/201/elsewhere\r\n" if status.startswith("3") else ""
    return f"HTTP/1.1 {status} Said\r\n{more}content-length: 0\r\nconnection: close\r\n\r\n".encode()


def _read(line: socket.socket) -> Came:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _part(line)
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (one.split(": ", 1) for one in rest)}
    while len(body) < int(headers["content-length"]):
        body += _part(line)
    return Came(first.split(" ")[1], headers, body)


def _part(line: socket.socket) -> bytes:
    part = line.recv(65536)
    if not part:
        raise ConnectionError
    return part


@contextlib.contextmanager
def push_service() -> Iterator[PushService]:
    """One that is ended whatever happens."""
    made = PushService()
    try:
        yield made
    finally:
        made.close()


class Browser:
    """The keys of a device, and how it reads a message."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = b"0123456789abcdef"
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.keys = {"p256dh": _text(point), "auth": _text(self.secret)}

    def device(self, endpoint: str) -> dict[str, object]:
        """The subscription, as a browser writes it down."""
        return {"endpoint": endpoint, "keys": self.keys}

    def read(self, body: bytes) -> dict[str, str]:
        """What a message says."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        found: dict[str, str] = json.loads(plain)
        return found


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

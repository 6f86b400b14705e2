"""The session that pywebpush posts with: one request, to one checked address, within ten seconds in all.

The library's own way posts to any address, follows redirects and has no end. This one connects to the address that was
checked (a name cannot turn into another machine between check and use), follows nothing, reads the head of the answer
alone, and counts name, connection, TLS, sending and answer against one deadline.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.reminders.endpoints import Resolver, Target, pin, resolve

SECONDS = 9.0  # with encrypting and signing on a busy machine it stays within ten
LONGEST_HEAD = 65_536


class NoAnswer(OSError):
    """The push service did not answer in time, or not in HTTP. What was sent may have arrived."""


@dataclass(frozen=True)
class Answer:
    """What pywebpush reads of an answer."""

    status_code: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


class PinnedSession:
    """In place of a `requests.Session`, for one checked target."""

    def __init__(self, target: Target, *, seconds: float = SECONDS, resolver: Resolver = resolve) -> None:
        self.target = target
        self.seconds = seconds
        self.resolver = resolver
        self.context = ssl.create_default_context()

    def post(self, endpoint: str, *, data: bytes, headers: Mapping[str, str], timeout: object = None) -> Answer:
        """Post to the target. Raises `Refused` for an address that may not be asked, `OSError` for no answer."""
        end = time.monotonic() + self.seconds
        address = pin(self.target, self.seconds, self.resolver)
        with socket.create_connection((address, self.target.port), timeout=_left(end)) as plain:
            line = plain if self.target.trial else self._wrapped(plain, end)
            try:
                _send(line, _request(self.target, data, headers), end)
                return _answer(line, end)
            finally:
                line.close()

    def _wrapped(self, plain: socket.socket, end: float) -> ssl.SSLSocket:
        plain.settimeout(_left(end))
        return self.context.wrap_socket(plain, server_hostname=self.target.host)


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise NoAnswer("no answer in time")
    return left


def _request(target: Target, data: bytes, headers: Mapping[str, str]) -> bytes:
    host = target.host if target.port == 443 else f"{target.host}:{target.port}"
    common = {"host": host, "content-length": str(len(data)), "connection": "close"}
    lines = [f"{name}: {value}" for name, value in {**headers, **common}.items()]
    return "\r\n".join([f"POST {target.path} HTTP/1.1", *lines, "", ""]).encode("ascii") + data


def _send(line: socket.socket, data: bytes, end: float) -> None:
    sent = 0
    while sent < len(data):
        line.settimeout(_left(end))
        sent += line.send(data[sent:])


def _answer(line: socket.socket, end: float) -> Answer:
    head = b""
    while b"\r\n\r\n" not in head:
        line.settimeout(_left(end))
        part = line.recv(4096)
        if not part or len(head) > LONGEST_HEAD:
            raise NoAnswer("the answer was cut off")
        head += part
    first, _, rest = head.partition(b"\r\n")
    words = first.split(b" ", 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not (len(words[1]) == 3 and words[1].isdigit()):
        raise NoAnswer("the answer was not HTTP")
    found = http.client.parse_headers(io.BytesIO(rest))
    return Answer(int(words[1]), {name.lower(): str(value) for name, value in found.items()})

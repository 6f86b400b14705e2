"""One end of a WebSocket over a plain socket (RFC 6455): whole texts both ways, and pings answered."""

import base64
import contextlib
import hashlib
import os
import socket
import struct
from dataclasses import dataclass
from typing import IO

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
LAST = 0x80
MASKED = 0x80


@dataclass
class WebSocket:
    """`masks`: this end is the one that asked for the connection, and so masks what it sends."""

    line: socket.socket
    reads: IO[bytes]
    masks: bool

    def send(self, text: str) -> None:
        """Send a whole text."""
        self._write(TEXT, text.encode())

    def receive(self) -> str | None:
        """The next whole text; None when the other end has gone."""
        parts = []
        with contextlib.suppress(OSError, EOFError):
            while True:
                kind, last, data = self._frame()
                if kind == CLOSE:
                    return None
                if kind == PING:
                    self._write(PONG, data)
                elif kind != PONG:
                    parts.append(data)
                    if last:
                        return b"".join(parts).decode()
        return None

    def close(self) -> None:
        """Let go of the connection; who waits for a text gets None."""
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)
        self.reads.close()
        self.line.close()

    def _frame(self) -> tuple[int, bool, bytes]:
        first, second = self._exactly(2)
        length = second & ~MASKED
        if length == 126:
            (length,) = struct.unpack("!H", self._exactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._exactly(8))
        mask = self._exactly(4) if second & MASKED else b""
        data = self._exactly(length)
        return first & 0x0F, bool(first & LAST), _masked(data, mask) if mask else data

    def _write(self, kind: int, data: bytes) -> None:
        bit = MASKED if self.masks else 0
        if len(data) < 126:
            head = struct.pack("!BB", LAST | kind, bit | len(data))
        elif len(data) < 2**16:
            head = struct.pack("!BBH", LAST | kind, bit | 126, len(data))
        else:
            head = struct.pack("!BBQ", LAST | kind, bit | 127, len(data))
        mask = os.urandom(4) if self.masks else b""
        self.line.sendall(head + mask + (_masked(data, mask) if mask else data))

    def _exactly(self, count: int) -> bytes:
        found = self.reads.read(count)
        if len(found) < count:
            raise EOFError
        return found


def _masked(data: bytes, mask: bytes) -> bytes:
    whole = (mask * (len(data) // 4 + 1))[: len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(whole, "big")).to_bytes(len(data), "big")


def accept_key(key: str) -> str:
    """What the asked end answers to `Sec-WebSocket-Key`."""
    return base64.b64encode(hashlib.sha1(key.encode() + MAGIC.encode()).digest()).decode()


def connect(port: int, path: str, *, seconds: float) -> WebSocket:
    """Ask for a connection on this machine. Nothing may take longer than `seconds`."""
    line = socket.create_connection(("127.0.0.1", port), timeout=seconds)
    key = base64.b64encode(os.urandom(16)).decode()
    asked = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade")
    line.sendall("\r\n".join([*asked, f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""]).encode())
    reads = line.makefile("rb")
    status = reads.readline()
    while reads.readline().strip():
        pass
    if b" 101 " not in status:
        reads.close()
        line.close()
        raise ConnectionError(f"no WebSocket: {status!r}")
    return WebSocket(line, reads, masks=True)

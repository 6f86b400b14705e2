"""Asks a scanner for viruses, where the installation has one: ClamAV's daemon, by its command INSTREAM.

The bytes go to it over a socket in chunks, each behind its length (4 bytes, network order); a length of 0 ends them. It
answers one line that ends in NUL: `stream: OK`, `stream: NAME FOUND`, or an error (clamd(8)). What was not looked at
is not let through: an error of the scanner's is one to try again.
"""

import socket
import struct

from app.core.errors import Unavailable
from app.core.files.sniff import FileRefused

CHUNK = 65_536
PATIENCE_SECONDS = 30
LONGEST_ANSWER = 1_000
FOUND = "A scanner found something harmful in this file. It was not kept. Take a new photo, or ask for the file anew."


class ScannerAway(Unavailable):
    """The scanner does not answer, or could not look. The file waits."""

    code = "scanner_away"


def scan(address: tuple[str, int] | None, data: bytes) -> None:
    """Have the scanner at (host, port) look at `data`; without an address nothing is asked.

    Raises `FileRefused` for what it finds harmful, `ScannerAway` where it did not look.
    """
    if address is None:
        return
    try:
        answer = _ask(address, data)
    except OSError as error:
        raise ScannerAway("The scanner for viruses does not answer. The file waits until it does.") from error
    if answer.endswith(" FOUND"):
        raise FileRefused(FOUND)
    if answer != "stream: OK":
        raise ScannerAway("The scanner for viruses could not look at this file. It is tried again.")


def _ask(address: tuple[str, int], data: bytes) -> str:
    with socket.create_connection(address, PATIENCE_SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            line.sendall(struct.pack(">L", len(chunk)) + chunk)
        line.sendall(struct.pack(">L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            more = line.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0").decode("ascii", "replace")

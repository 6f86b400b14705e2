"""The rules of an upload that may be cut off at any byte: pure, so that every cut can be tested.

A file is named by the sha256 of its bytes and comes in pieces of at most `PIECE` bytes, one behind the other.
Each piece is kept under its offset: what is there already is asked of the storage, not remembered elsewhere.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from app.core.errors import Refused
from app.core.files.sniff import FileRefused

MOST_BYTES = 20_000_000
PIECE = 1_048_576

_SHA256 = re.compile(r"[0-9a-f]{64}")


class UploadRefused(Refused):
    """This piece cannot be used; the phone sends it again or starts the file again."""

    code = "upload_refused"


class WrongOffset(UploadRefused):
    """The phone has to go on at `have` bytes (an answer was lost, or two requests crossed)."""

    status = 409
    code = "wrong_offset"

    def __init__(self, have: int) -> None:
        super().__init__("A part of this file came at the wrong place. It is sent again from there.")
        self.have = have


def check_announced(sha256: str, size: int) -> None:
    """Refuse a name that is no sha256 in lower-case hex, an empty file, and a file above 20 MB."""
    if not _SHA256.fullmatch(sha256):
        raise UploadRefused("This file came without its fingerprint. Send it again.")
    if size < 1:
        raise FileRefused("This file is empty. Take the photo again.")
    if size > MOST_BYTES:
        raise FileRefused(too_big(size))


def too_big(size: int) -> str:
    """The sentence for a file of `size` bytes, counted as phones count: 1 MB is 1,000,000 bytes, rounded up."""
    megabytes = -(-size // 1_000_000)
    return f"This file is {megabytes} MB. We take up to {MOST_BYTES // 1_000_000} MB. Try a photo of it."


def have(pieces: Mapping[int, int]) -> int:
    """How many bytes stand in front without a gap; `pieces` is offset to length of what is in the storage."""
    return sum(_in_a_row(pieces))


def offsets(pieces: Mapping[int, int]) -> list[int]:
    """The pieces that make up those bytes, in order; what lies behind a gap is left out."""
    return list(accumulate(_in_a_row(pieces), initial=0))[:-1]


def check_piece(*, size: int, have: int, offset: int, length: int) -> None:
    """Refuse a piece that does not go on where the bytes end (`WrongOffset`), is empty, too long or overhangs."""
    if not 1 <= length <= PIECE or offset < 0 or offset + length > size:
        raise UploadRefused("A part of this file came with the wrong length. It is sent again.")
    if offset != have:
        raise WrongOffset(have)


def _in_a_row(pieces: Mapping[int, int]) -> Iterator[int]:
    end = 0
    while length := pieces.get(end):
        yield length
        end += length


def joined(*, size: int, sha256: str, pieces: Iterable[bytes]) -> bytes:
    """The whole file from its pieces in order; refused unless it is byte for byte what the phone queued."""
    whole = b"".join(pieces)
    check_whole(size=size, sha256=sha256, data=whole)
    return whole


def check_whole(*, size: int, sha256: str, data: bytes) -> None:
    """Refuse bytes that are not those the phone queued."""
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        raise UploadRefused("This file did not arrive as it left your phone. It is sent again from the start.")

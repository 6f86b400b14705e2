"""What a file is, by its own bytes: never by its name or by what the sender says it is."""

import re
import struct
from enum import StrEnum

from app.core.errors import Refused


class Kind(StrEnum):
    """The kinds we take."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """The name for `Content-Type`."""
        return "application/pdf" if self is Kind.PDF else f"image/{self.value}"

    @property
    def spoken(self) -> str:
        """The name a person knows."""
        return {Kind.WEBP: "WebP"}.get(self, self.value.upper())


class FileRefused(Refused):
    """We do not take this file; `sentence` says why and what to do, in words for its owner."""

    code = "file_refused"


WE_TAKE = "We take photos (JPEG, PNG, WebP, HEIC) and PDF."
TWO_IN_ONE = "This file is two kinds of file in one. Take a photo of the paper instead."

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a text document"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a program"),
)
_PAGE = re.compile(rb"<(?:!doctype|html|script|svg|\?php|iframe)[\s>]|<\?php", re.IGNORECASE)
_DRAWING = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<svg[\s>]", re.IGNORECASE | re.DOTALL)


def sniff(data: bytes) -> Kind:
    """The kind of `data`, or `FileRefused` with the true reason."""
    if not data:
        raise FileRefused("This file is empty. Take the photo again.")
    kind = _kind_we_take(data)
    if kind is None:
        raise FileRefused(_refusal(data))
    if _is_two_in_one(kind, data):
        raise FileRefused(TWO_IN_ONE)
    return kind


def _kind_we_take(data: bytes) -> Kind | None:
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if _brands(data) & _HEIC_BRANDS:
        return Kind.HEIC
    if data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ").startswith(b"%PDF-"):
        return Kind.PDF
    return None


def _brands(data: bytes) -> set[bytes]:
    """What an ISO media file says of itself (ISO 14496-12, `ftyp`): major brand and compatible ones."""
    if data[4:8] != b"ftyp":
        return set()
    size = min(struct.unpack(">I", data[:4])[0], 256)
    return {data[8:12]} | {data[at : at + 4] for at in range(16, size - 3, 4)}


def _refusal(data: bytes) -> str:
    name = _name_of_other(data)
    if name is None:
        return f"We do not know this kind of file. {WE_TAKE}"
    return f"This is {name}. {WE_TAKE} Try a photo of it."


def _name_of_other(data: bytes) -> str | None:
    if data[4:8] == b"ftyp":
        return "an AVIF picture" if b"avif" in _brands(data) else "a video"
    if _DRAWING.match(data[:4096]):
        return "a drawing (SVG)"
    if _PAGE.search(data[:4096]):
        return "a web page"
    return next((name for mark, name in _OTHERS if data.startswith(mark)), None)


def _is_two_in_one(kind: Kind, data: bytes) -> bool:
    """A picture that is also a zip, a PDF or a page: harmless to us, aimed at whoever opens the original."""
    if _ends_as_zip(data):
        return True
    return kind is not Kind.PDF and (b"%PDF-" in data[:1032] or _PAGE.search(data) is not None)


def _ends_as_zip(data: bytes) -> bool:
    """A zip is found from its end: its last record (PKZIP 4.3.16) gives the length of what follows it."""
    at = data.rfind(b"PK\x05\x06", -65_557)
    if at < 0 or len(data) < at + 22:
        return False
    comment: int = struct.unpack("<H", data[at + 20 : at + 22])[0]
    return at + 22 + comment <= len(data) and data[at + 4 : at + 8] == b"\0\0\0\0"

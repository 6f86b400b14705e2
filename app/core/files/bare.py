"""Whether a file from a phone holds nothing but its picture: no place, no device, no words about it."""

_PICTURE_PARTS = frozenset(
    {0xDB, 0xC4, 0xDD, 0xE0, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
)
_SCAN = 0xDA


def is_bare_jpeg(data: bytes) -> bool:
    """True for a JPEG made of tables, frames and scans alone, with nothing behind its end.

    Everything else (EXIF, XMP, IPTC, maker notes, comments, colour profiles, other formats) is False: then only
    the pictures that we made ourselves may stay.
    """
    if data[:2] != b"\xff\xd8":
        return False
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            return data.find(b"\xff\xd9", at) == len(data) - 2
        if marker not in _PICTURE_PARTS or length < 2:
            return False
        at += 2 + length
    return False

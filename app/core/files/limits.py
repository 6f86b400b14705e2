"""How large a file may be; measured so that the decoding child stays within 300 MiB and 2 seconds."""

from app.core.files.sniff import Kind

MOST_PIXELS = {
    Kind.JPEG: 50_000_000,
    Kind.PNG: 50_000_000,
    Kind.HEIC: 50_000_000,
    Kind.WEBP: 16_000_000,
}
"""Pixels (width x height) of a photo; a WebP decoder holds the whole picture three times."""
MOST_SIDE = 30_000
MOST_PAGES = 200

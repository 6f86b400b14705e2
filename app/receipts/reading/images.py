"""Opening what was photographed or sent: sniffed by its first bytes, capped, turned by its EXIF flag."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from app.receipts.reading.detect import Picture
from app.receipts.reading.shapes import Line

MOST_BYTES = 30_000_000
MOST_PIXELS = 64_000_000
LONGEST = 2600
MOST_PAGES = 5
MOST_LETTERS = 20_000
ENOUGH_LETTERS = 40
PAGE_PIXELS = 2000
KINDS = ("JPEG", "PNG", "WEBP")
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


class Unreadable(Exception):
    """The file cannot be opened as a receipt; the text is a sentence for the person."""


@dataclass(frozen=True)
class Page:
    """One page: a BGR picture to be read, or the lines of a text layer. `size` is its width and height."""

    picture: Picture | None
    lines: tuple[Line, ...]
    size: tuple[int, int]


def open_pages(path: Path) -> Iterator[Page]:
    """The pages of a photo or PDF, one at a time so that only one is in memory.

    Raises Unreadable with a sentence where the file is no picture, is broken, or is too large.
    """
    data = read_bytes(path)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        yield from open_pdf(data)
    else:
        yield open_picture(data)


def read_bytes(path: Path) -> bytes:
    """The file's bytes, within the cap."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Unreadable("This is not a file.")
        if size > MOST_BYTES:
            raise Unreadable(f"This file is too large to read. The most is {MOST_BYTES // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as problem:
        raise Unreadable("This file could not be opened.") from problem
    if not data:
        raise Unreadable("This file is empty.")
    return data


def open_picture(data: bytes) -> Page:
    """A photo, upright by its EXIF flag and at most 2,600 pixels long."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with closing(open_image(data)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Unreadable("This picture has too many pixels to read.")
                picture = to_picture(image)
        except Unreadable:
            raise
        except UnidentifiedImageError as problem:
            raise Unreadable("This file is not a photo or PDF that can be read.") from problem
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, EOFError) as problem:
            raise Unreadable("This picture is broken or incomplete.") from problem
    return Page(picture, (), (picture.shape[1], picture.shape[0]))


def open_image(data: bytes) -> Image.Image:
    """The undecoded image; HEIC by its own decoder, everything else only as one of three kinds."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        heif: Any = import_module("pillow_heif")
        heif.register_heif_opener(thumbnails=False)
        return Image.open(io.BytesIO(data), formats=("HEIF",))
    return Image.open(io.BytesIO(data), formats=KINDS)


def to_picture(image: Image.Image) -> Picture:
    """The decoded picture: smaller while decoding where the format can, on white, upright, BGR."""
    if image.format == "JPEG":
        image.draft("RGB", (LONGEST, LONGEST))
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.BILINEAR, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(image)
    if "A" in upright.getbands() or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, "white")
        upright.paste(clear, mask=clear.getchannel("A"))
    pixels = np.asarray(upright.convert("RGB"), dtype=np.uint8)
    return np.ascontiguousarray(pixels[:, :, ::-1])


def open_pdf(data: bytes) -> Iterator[Page]:
    """The first pages of a PDF: their text layer where there is one, else rendered."""
    pdfium: Any = import_module("pypdfium2")
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            for at in range(min(MOST_PAGES, len(document))):
                yield pdf_page(document[at], at)
    except pdfium.PdfiumError as problem:
        raise Unreadable("This PDF is broken or locked.") from problem


def pdf_page(page: Any, at: int) -> Page:
    """One page; the scale is chosen so that the longest side has 2,000 pixels."""
    width, height = page.get_size()
    if not min(width, height) >= 1 or max(width, height) > 20_000:
        raise Unreadable("A page of this PDF has an impossible size.")
    scale = PAGE_PIXELS / max(width, height)
    lines = text_layer(page, at, scale, height)
    size = (round(width * scale), round(height * scale))
    if sum(len(line.text) for line in lines) >= ENOUGH_LETTERS:
        return Page(None, lines, size)
    picture = np.asarray(page.render(scale=scale, rev_byteorder=False).to_numpy(), dtype=np.uint8)
    return Page(np.ascontiguousarray(picture[:, :, :3]), (), (picture.shape[1], picture.shape[0]))


def text_layer(page: Any, at: int, scale: float, height: float) -> tuple[Line, ...]:
    """The lines of a page's text layer in pixels of the rendered page."""
    text = page.get_textpage()
    lines = []
    letters = 0
    for order in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(order)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        letters += len(words)
        if letters > MOST_LETTERS:
            break
        up, down = (height - top) * scale, (height - bottom) * scale
        left, right = left * scale, right * scale
        lines.append(Line(words, ((left, up), (right, up), (right, down), (left, down)), 1.0, at))
    return tuple(line for line in lines if line.text)

"""Whatever is in a file: a sentence, soon, and the next file is read as if nothing had been."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from app.receipts.reading import bounded
from app.receipts.reading.bounded import Bounds, Reader, ReaderMissing
from app.receipts.reading.images import MOST_PAGES, Unreadable, open_pages


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def jpeg() -> bytes:
    """A small true photo."""
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "JPEG")
    return out.getvalue()


def pdf(pages: int, text: str) -> bytes:
    """A PDF whose pages all show one text, from a text layer."""
    kids = " ".join(f"{4 + at} 0 R" for at in range(pages))
    rows = " ".join(f"({row}) Tj 0 -20 Td" for row in text.split("\n"))
    drawn = f"BT /F1 14 Tf 40 700 Td {rows} ET".encode()
    parts = [
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
        f"2 0 obj <</Type/Pages/Count {pages}/Kids[{kids}]>> endobj".encode(),
        b"3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj",
    ]
    content = 4 + pages
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Contents {content} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
    parts += [f"{4 + at} 0 obj {page} endobj".encode() for at in range(pages)]
    parts.append(f"{content} 0 obj <</Length {len(drawn)}>> stream\n".encode() + drawn + b"\nendstream endobj")
    return b"%PDF-1.4\n" + b"\n".join(parts) + b"\ntrailer <</Root 1 0 R>>\n%%EOF"


HOSTILE = {
    "empty.jpg": b"",
    "text.jpg": b"hello",
    "cut.jpg": jpeg()[:300],
    "bomb.png": png_header(60_000, 60_000),
    "wide.png": png_header(12_000, 9_000),
    "script.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "broken.pdf": b"%PDF-1.7\n1 0 obj <<",
    "gif.png": b"GIF89a" + bytes(200),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_file_that_is_no_receipt_gets_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    with pytest.raises(Unreadable, match=r"^This .*\.$"):
        list(open_pages(path))


def test_a_folder_or_nothing_gets_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.jpg"):
        with pytest.raises(Unreadable, match=r"^This "):
            list(open_pages(path))


def test_a_text_layer_is_taken_before_pixels(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"
    path.write_bytes(pdf(1, "Harbour Home Care Ltd\nInvoice date 03/05/2024\nTotal due 230.00\nThank you"))
    pages = list(open_pages(path))
    assert pages[0].picture is None
    assert pages[0].lines[0].text == "Harbour Home Care Ltd"


def test_only_the_first_pages_of_a_thousand_are_opened(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf(1000, "Total 1.00 and words enough to be taken from the text layer"))
    assert len(list(open_pages(path))) == MOST_PAGES


def test_without_the_packages_reading_says_that_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "NEEDED", ("no_such_package",))
    with pytest.raises(ReaderMissing, match="Reading receipts is off"), Reader():
        pass


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A blank photo."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg())
    return path


def test_a_reader_that_is_too_slow_is_killed_and_starts_again(photo: Path) -> None:
    with Reader(Bounds(seconds=0.0)) as reader:
        assert reader.read(photo).error == bounded.TOO_SLOW
        assert reader.child is None
        reader.bounds = Bounds()
        assert reader.read(photo).error is None


def test_a_reader_out_of_memory_is_a_sentence(photo: Path) -> None:
    with Reader(Bounds(megabytes=64)) as reader:
        assert reader.read(photo).error in {bounded.DIED, bounded.NO_MEMORY}


def test_a_killed_reader_is_a_sentence_and_the_next_file_is_read(photo: Path) -> None:
    with Reader() as reader:
        assert reader.read(photo).error is None
        assert reader.child is not None
        reader.child.kill()
        assert reader.read(photo).error == bounded.DIED
        assert reader.read(photo).error is None

"""Test pictures made from nothing: good ones, ones full of private metadata, and hostile ones.

Run it with a folder to look at them: `python -m tests.core.make_images FOLDER`.
"""

import io
import random
import struct
import sys
import zlib
from functools import cache
from pathlib import Path

import pillow_heif
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

WORDS = [b"CANARY-EXIF", b"CANARY-MAKER", b"CANARY-XMP", b"CANARY-IPTC", b"CANARY-COMMENT", b"CANARY-GPS"]
"""Planted in the metadata; none may be found in a picture that we made."""

CORNERS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
TURNED_BY = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores the pixels of an upright scene, by EXIF orientation (Exif 2.32, tag 0x0112)."""


def corners(width: int = 600, height: int = 400) -> Image.Image:
    """Upright: red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), CORNERS["white"])
    image.paste(CORNERS["red"], (0, 0, width // 2, height // 2))
    image.paste(CORNERS["green"], (width // 2, 0, width, height // 2))
    image.paste(CORNERS["blue"], (0, height // 2, width // 2, height))
    return image


def receipt(width: int = 3024, height: int = 4032, seed: int = 1) -> Image.Image:
    """Paper with printed lines on a grainy table, as heavy to encode as a phone's photo."""
    grain = Image.effect_noise((width // 4, height // 4), 25).resize((width, height))
    image = Image.merge("RGB", (grain, grain, grain))
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 6, height // 10, width * 5 // 6, height * 9 // 10), fill="#f4f2ea")
    dice = random.Random(seed)
    for line in range(20):
        text = f"ITEM {line:02}   {dice.randint(1, 99)}.{dice.randint(0, 99):02}"
        draw.text((width // 5, height // 8 + line * height // 28), text, fill="black", font_size=height // 40)
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """Camera, owner, maker notes and a place, each with a planted word."""
    found = Image.Exif()
    found[0x010E] = "CANARY-EXIF"
    found[0x0112] = orientation
    found.get_ifd(0x8769).update({0x927C: b"CANARY-MAKER\0\0\0\0", 0xA431: "CANARY-EXIF-serial"})
    found.get_ifd(0x8825).update({1: "N", 2: (53.0, 24.0, 36.0), 3: "W", 4: (2.0, 58.0, 12.0), 27: b"CANARY-GPS"})
    return found


def xmp() -> bytes:
    """A packet with a place in it."""
    return (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="53,24.6N" exif:User="CANARY-XMP"/>'
        b"</rdf:RDF></x:xmpmeta>"
    )


def iptc() -> bytes:
    """An APP13 segment as Photoshop writes it: resource 0x0404 with a caption (IIM 2:120)."""
    caption = b"\x1c\x02\x78" + struct.pack(">H", 11) + b"CANARY-IPTC"
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(caption)) + caption + b"\0" * (len(caption) % 2)
    body = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def swapped_profile() -> bytes:
    """A small ICC v2 matrix profile whose red is sRGB's green and the other way round."""
    xyz = {b"gXYZ": (0.436, 0.222, 0.014), b"rXYZ": (0.385, 0.717, 0.097), b"bXYZ": (0.143, 0.061, 0.714)}
    tags = {name: b"XYZ \0\0\0\0" + b"".join(_s15(v) for v in xyz[name]) for name in xyz}
    tags[b"wtpt"] = b"XYZ \0\0\0\0" + _s15(0.9642) + _s15(1.0) + _s15(0.8249)
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        tags[name] = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    tags[b"cprt"] = b"text\0\0\0\0CANARY-ICC\0\0"
    tags[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", 8) + b"swapped\0" + b"\0" * 78 + b"\0\0"
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", at + len(body), len(value))
        body += value
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + _s15(0.9642) + _s15(1.0) + _s15(0.8249) + b"\0" * 48
    return head + struct.pack(">I", len(tags)) + table + body


def _s15(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def encode(image: Image.Image, form: str, **facts: object) -> bytes:
    """The file's bytes; `form` is JPEG, PNG, WEBP, HEIF or PDF."""
    if form == "HEIF":
        pillow_heif.register_heif_opener()
    out = io.BytesIO()
    image.save(out, form, **facts)
    return out.getvalue()


def private_jpeg(image: Image.Image | None = None, orientation: int = 1) -> bytes:
    """Every kind of metadata that a camera or an editor leaves in a JPEG."""
    data = encode(image or corners(), "JPEG", exif=exif(orientation), xmp=xmp(), comment=b"CANARY-COMMENT", quality=95)
    return data[:2] + iptc() + data[2:]


def private_png(image: Image.Image | None = None, orientation: int = 1) -> bytes:
    """Text, XMP and EXIF chunks."""
    info = PngInfo()
    info.add_text("Comment", "CANARY-COMMENT")
    info.add_itxt("XML:com.adobe.xmp", xmp().decode(), zip=False)
    return encode(image or corners(), "PNG", exif=exif(orientation), pnginfo=info)


def private_webp(image: Image.Image | None = None, orientation: int = 1) -> bytes:
    """EXIF and XMP chunks."""
    return encode(image or corners(), "WEBP", exif=exif(orientation), xmp=xmp(), quality=95)


def private_heic(image: Image.Image | None = None) -> bytes:
    """EXIF and XMP items."""
    return encode(image or corners(), "HEIF", exif=exif().tobytes(), xmp=xmp(), quality=90)


def png(width: int, height: int, data: bytes = b"", extra: bytes = b"") -> bytes:
    """A PNG by hand: grey, 8 bits, any size that the header may claim."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + extra
        + png_chunk(b"IDAT", data or zlib.compress(b"\0" * 1000))
        + png_chunk(b"IEND", b"")
    )


def png_chunk(name: bytes, body: bytes) -> bytes:
    """Length, name, body, checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def claiming(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG with another size in its frame header."""
    at = next(jpeg.index(mark) for mark in (b"\xff\xc0", b"\xff\xc2") if mark in jpeg)
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def many_scans(copies: int = 3_000) -> bytes:
    """A progressive JPEG whose last scan comes again and again: each costs a walk over the whole picture."""
    data = encode(Image.new("RGB", (4_000, 4_000), "grey"), "JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * copies + data[-2:]


def pdf(pages: int = 1, *, content: bytes = b"", box: str = "0 0 595 842", objects: bytes = b"") -> bytes:
    """A PDF by hand, without an index at its end (readers rebuild it)."""
    kids = " ".join(f"{10 + page} 0 R" for page in range(pages))
    content = content or b"1 0 0 rg 0 421 595 421 re f 0 0 1 rg 0 0 595 421 re f"
    lines = [
        b"%PDF-1.7",
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {pages}/MediaBox[{box}]>>endobj".encode(),
        b"3 0 obj<</Length %d>>stream\n%s\nendstream endobj" % (len(content), content),
    ]
    page = "{} 0 obj<</Type/Page/Parent 2 0 R/Contents 3 0 R/Resources<</XObject<</I 4 0 R>>>>>>endobj"
    lines += [page.format(10 + number).encode() for number in range(pages)]
    return b"\n".join([*lines, objects, b"trailer<</Root 1 0 R>>", b"%%EOF"])


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"ab" * 32, b"cd" * 32)
    return pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock)


def heavy_image_pdf(side: int = 40_000) -> bytes:
    """One page that shows a picture of side x side pixels, a few kB packed."""
    packed = zlib.compress(zlib.compress(b"\0" * 50_000_000, 9), 9)
    facts = f"/Width {side}/Height {side}/ColorSpace/DeviceRGB/BitsPerComponent 8"
    facts += "/Filter[/FlateDecode/FlateDecode]"
    image = f"4 0 obj<</Subtype/Image{facts}/Length {len(packed)}>>stream\n".encode()
    return pdf(content=b"595 0 0 842 0 0 cm /I Do", objects=image + packed + b"\nendstream endobj")


def tiny_zip() -> bytes:
    """An empty zip: its end record."""
    return b"PK\x05\x06" + b"\0" * 18


@cache
def hostile() -> dict[str, bytes]:
    """Files that have to be refused with a sentence, by what is wrong with them."""
    return wrong_kinds() | broken() | bombs() | two_in_one() | bad_pdfs()


def wrong_kinds() -> dict[str, bytes]:
    """What we do not take, under whatever name it comes."""
    noise = random.Random(7).randbytes(5_000)
    return {
        "an empty file": b"",
        "text": b"Dear council, here is my receipt.",
        "a GIF": encode(corners(), "GIF"),
        "a TIFF": encode(corners(), "TIFF"),
        "an AVIF": encode(corners(64, 64), "AVIF"),
        "a page called a photo": b"<!doctype html><script>alert(1)</script>",
        "a drawing": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "a zip": b"PK\x03\x04" + tiny_zip(),
        "a video": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + noise,
        "a program": b"MZ" + noise,
        "noise called JPEG": b"\xff\xd8\xff\xe0" + noise,
        "noise called PNG": b"\x89PNG\r\n\x1a\n" + noise,
        "noise called WebP": b"RIFF" + struct.pack("<I", 5_004) + b"WEBP" + noise,
        "noise called HEIC": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + noise,
        "noise called PDF": b"%PDF-1.7\n" + noise,
    }


def broken() -> dict[str, bytes]:
    """Good files that were cut short."""
    jpeg, webp, heic = private_jpeg(), private_webp(), private_heic()
    return {
        "half a JPEG": jpeg[: len(jpeg) // 2],
        "half a PNG": private_png()[:-600],
        "half a WebP": webp[: len(webp) // 2],
        "half an HEIC": heic[: len(heic) // 2],
        "a JPEG of no size": claiming(jpeg, 0, 0),
    }


def bombs() -> dict[str, bytes]:
    """Small files that ask for much memory or much work."""
    text = png_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 200_000_000))
    return {
        "a JPEG of 100 megapixels": claiming(private_jpeg(), 10_000, 10_000),
        "a PNG bomb": png(60_000, 60_000),
        "a PNG as a thread": png(1, 2_000_000),
        "a PNG with a text bomb": png(9, 9, extra=text),
        "a JPEG of endless scans": many_scans(),
    }


def two_in_one() -> dict[str, bytes]:
    """Files that are good pictures for one program and something else for another."""
    jpeg, comment = private_jpeg(), b"\xff\xfe" + struct.pack(">H", 9 + 2) + b"%PDF-1.7\n"
    return {
        "a JPEG and a zip": jpeg + tiny_zip(),
        "a JPEG and a PDF": jpeg[:2] + comment + jpeg[2:],
        "a PNG and a page": private_png() + b"<script>alert(1)</script>",
        "a WebP and a page": private_webp() + b"<html >",
        "a PDF and a zip": pdf() + tiny_zip(),
    }


def bad_pdfs() -> dict[str, bytes]:
    """PDFs that cannot or should not be drawn."""
    return {
        "a PDF with a password": locked_pdf(),
        "a PDF of 1,000 pages": pdf(1_000),
        "a PDF without pages": pdf(0),
        "a PDF of endless drawing": pdf(content=b"0 0 m 595 842 l 3 w S\n" * 800_000),
    }


def main(folder: Path) -> None:
    """Write every picture into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    good = {
        "private.jpg": private_jpeg(),
        "private.png": private_png(),
        "private.webp": private_webp(),
        "private.heic": private_heic(),
        "receipt.jpg": encode(receipt(), "JPEG"),
        "page.pdf": pdf(),
    }
    hostile_ones = {f"{name.replace(' ', '-').replace(',', '')}.bin": data for name, data in hostile().items()}
    for name, data in (good | hostile_ones).items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

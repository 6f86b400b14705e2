"""What we show of a photo: upright, small, in sRGB, with nothing but pixels."""

import io
from itertools import pairwise

import pytest
from PIL import Image

from app.core.files.pictures import make_pictures
from app.core.files.sniff import Kind
from tests.core import make_images as given

GOOD = {
    Kind.JPEG: given.private_jpeg,
    Kind.PNG: given.private_png,
    Kind.WEBP: given.private_webp,
    Kind.HEIC: given.private_heic,
}


def seen(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def colour_at(image: Image.Image, x: float, y: float) -> str:
    found = image.getpixel((int(image.width * x), int(image.height * y)))
    return min(
        given.CORNERS,
        key=lambda name: sum(abs(a - b) for a, b in zip(given.CORNERS[name], found, strict=True)),
    )


def four_corners(data: bytes) -> list[str]:
    image = seen(data)
    return [colour_at(image, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]


UPRIGHT = ["red", "green", "blue", "white"]


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_of_photo_becomes_two_jpegs(kind):
    made = make_pictures(GOOD[kind]())
    assert (made.kind, made.width, made.height, made.pages) == (kind, 600, 400, 1)
    assert (seen(made.picture).format, seen(made.picture).size) == ("JPEG", (600, 400))
    assert seen(made.thumbnail).size == (320, 213)
    assert four_corners(made.picture) == four_corners(made.thumbnail) == UPRIGHT


@pytest.mark.parametrize("kind", GOOD)
def test_no_planted_word_and_no_metadata_is_left(kind):
    original = GOOD[kind]()
    assert any(word in original for word in given.WORDS)
    made = make_pictures(original)
    for data in (made.picture, made.thumbnail):
        assert not [word for word in [*given.WORDS, b"CANARY", b"Exif", b"ns.adobe", b"8BIM"] if word in data]
        assert set(seen(data).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert segments(data) <= {0xE0, 0xDB, 0xC0, 0xC4}


def segments(jpeg: bytes) -> set[int]:
    """The markers before the pixels."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def test_the_planted_jpeg_has_every_kind_of_metadata():
    original = given.private_jpeg()
    assert [word for word in given.WORDS if word not in original] == []


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(orientation):
    turned = given.corners()
    if given.TURNED_BY[orientation] is not None:
        turned = turned.transpose(given.TURNED_BY[orientation])
    made = make_pictures(given.private_jpeg(turned, orientation))
    assert (made.width, made.height, four_corners(made.picture)) == (600, 400, UPRIGHT)


@pytest.mark.parametrize("plant", [given.private_png, given.private_webp])
def test_orientation_is_read_in_png_and_webp_too(plant):
    made = make_pictures(plant(given.corners().transpose(Image.Transpose.ROTATE_90), 6))
    assert four_corners(made.picture) == UPRIGHT


def test_a_photo_from_a_phone_becomes_legible_and_small():
    made = make_pictures(given.encode(given.receipt(), "JPEG", quality=92))
    assert (made.width, made.height) == (1500, 2000)
    assert len(made.picture) < 500_000
    assert len(made.thumbnail) < 30_000


def test_a_small_photo_is_not_blown_up():
    assert make_pictures(given.encode(given.corners(40, 30), "PNG")).width == 40


@pytest.mark.parametrize(("width", "height"), [(2_001, 10), (1_999, 3_999), (5_000, 4_001), (1, 1), (3, 20_000)])
def test_odd_sizes_keep_their_shape(width, height):
    made = make_pictures(given.encode(given.corners(width, height), "PNG"))
    scale = min(1, 2_000 / max(width, height))
    assert abs(made.width - max(1, width * scale)) <= 1
    assert abs(made.height - max(1, height * scale)) <= 1


def test_no_seam_shows_where_a_large_picture_is_shrunk_in_bands():
    slope = Image.linear_gradient("L").resize((4_100, 4_100))
    made = seen(make_pictures(given.encode(slope, "PNG")).picture).convert("L")
    column = [made.getpixel((1_000, y)) for y in range(made.height)]
    assert max(abs(a - b) for a, b in pairwise(column)) <= 3


def test_colours_are_moved_from_the_profile_to_srgb():
    plain = given.encode(given.corners(), "JPEG", icc_profile=given.swapped_profile(), quality=95)
    made = make_pictures(plain)
    assert b"CANARY-ICC" in plain
    assert b"CANARY-ICC" not in made.picture
    assert four_corners(made.picture) == ["green", "red", "blue", "white"]


def test_a_broken_profile_counts_as_none():
    made = make_pictures(given.encode(given.corners(), "JPEG", icc_profile=b"not a profile", quality=95))
    assert four_corners(made.picture) == UPRIGHT


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "RGBA", "I;16"])
def test_every_way_of_storing_a_png_can_be_read(mode):
    stored = Image.new("RGB", (40, 40), (200, 200, 200))
    deep = Image.frombytes("I;16", (40, 40), b"\xc8\xc8" * 1_600)
    stored = deep if mode == "I;16" else stored.convert(mode)
    made = seen(make_pictures(given.encode(stored, "PNG")).picture).convert("L")
    assert 150 <= sum(made.tobytes()) / 1_600 <= 255


def test_a_printers_jpeg_in_four_inks_is_read_as_colours():
    assert four_corners(make_pictures(given.encode(given.corners().convert("CMYK"), "JPEG")).picture) == UPRIGHT


def test_see_through_parts_become_paper():
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    assert seen(make_pictures(given.encode(clear, "PNG")).picture).getpixel((25, 25)) == (255, 255, 255)


def test_a_pdf_shows_its_first_page_and_says_how_many_there_are():
    made = make_pictures(given.pdf(3))
    assert (made.kind, made.width, made.height, made.pages) == (Kind.PDF, 1414, 2000, 3)
    assert four_corners(made.picture) == ["red", "red", "blue", "blue"]
    assert max(seen(made.thumbnail).size) == 320
    assert segments(made.picture) <= {0xE0, 0xDB, 0xC0, 0xC4}

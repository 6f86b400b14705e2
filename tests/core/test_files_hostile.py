"""Broken and hostile files: a sentence, within two seconds of computing and 300 MiB, never a trace."""

import json
import random
import subprocess
import sys

import pytest

from app.core.files import pictures
from app.core.files.pictures import PicturesBusy, make_pictures
from app.core.files.sniff import FileRefused, Kind, sniff
from tests.core import make_images as given


def cost_of(files, folder):
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = subprocess.run([sys.executable, "-m", "tests.core.cost", folder], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def costs(tmp_path_factory):
    return cost_of(given.hostile(), tmp_path_factory.mktemp("hostile"))


def test_every_hostile_file_is_refused_with_a_sentence_within_bounds(costs):
    assert len(costs) == len(given.hostile()) > 30
    assert [cost for cost in costs if not (cost["sentence"] or "").endswith(".")] == []
    assert [cost for cost in costs if cost["cpu"] > 2 or cost["mib"] > 300] == []


def test_large_honest_files_stay_within_bounds(tmp_path):
    files = {
        "phone.heic": given.encode(given.receipt(2016, 1512), "HEIF"),
        "large.png": given.encode(given.corners(7_000, 7_000), "PNG", compress_level=1),
        "large.webp": given.encode(given.corners(4_600, 3_400), "WEBP", method=0),
        "heavy-image.pdf": given.heavy_image_pdf(),
        "poster.pdf": given.pdf(box="0 0 1000000 1000000"),
    }
    costs = cost_of(files, tmp_path)
    assert [cost["name"] for cost in costs if cost["sentence"]] == []
    assert [cost for cost in costs if cost["cpu"] > 2 or cost["mib"] > 300] == []


def test_each_sentence_is_short(costs):
    sentences = [part for cost in costs for part in cost["sentence"].rstrip(".").split(". ")]
    assert max(len(sentence.split()) for sentence in sentences) <= 20


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("an empty file", "This file is empty."),
        ("a GIF", "This is a GIF picture. We take photos (JPEG, PNG, WebP, HEIC) and PDF."),
        ("a JPEG of 100 megapixels", "This photo has 100 megapixels. We take up to 50."),
        ("a PNG bomb", "This photo has 3,600 megapixels. We take up to 50."),
        ("a PNG as a thread", "This photo is 2,000,000 points long."),
        ("half a JPEG", "It may be damaged or cut short."),
        ("a JPEG and a zip", "This file is two kinds of file in one."),
        ("a PDF with a password", "This PDF is locked with a password."),
        ("a PDF of 1,000 pages", "This PDF has 1,000 pages. We take up to 200."),
        ("noise called PDF", "We cannot open this PDF."),
    ],
)
def test_the_reason_is_the_true_one(costs, name, words):
    assert [words in cost["sentence"] for cost in costs if cost["name"] == name] == [True]


def test_a_file_that_computes_without_end_is_stopped():
    with pytest.raises(FileRefused, match="too much work"):
        make_pictures(given.many_scans())


def test_a_child_that_hangs_is_killed_and_the_file_may_come_again(monkeypatch):
    monkeypatch.setattr(pictures, "_CHILD", "import time; time.sleep(60)  # {drawer}")
    monkeypatch.setattr(pictures, "WALL_SECONDS", 0.2)
    with pytest.raises(PicturesBusy):
        make_pictures(given.private_png())


BOUND = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from app.core.files.child import bound_this_process; bound_this_process(); "
)
UNHARMED = """; print('{{"refused": "locked", "figure": 0}}')  # {drawer}"""
"""What a child that nothing has stopped answers here."""


@pytest.mark.parametrize(
    "wild",
    [
        "b = bytearray(400 << 20)",
        "all(True for _ in iter(int, 1))",
        "import os; os.abort()",
        "import os; os.kill(os.getpid(), 11)",
        "raise SystemExit(3)",
    ],
)
def test_a_decoder_run_wild_is_a_refusal(monkeypatch, wild):
    """Planted in the child after its limits are set, as a hole in a decoder would be used."""
    monkeypatch.setattr(pictures, "_CHILD", BOUND + wild + UNHARMED)
    with pytest.raises(FileRefused, match="too much work"):
        make_pictures(given.private_png())


def test_the_child_can_write_no_file(monkeypatch, tmp_path):
    write = f"open({str(tmp_path / 'out')!r}, 'wb', buffering=0).write(b'x')"
    monkeypatch.setattr(pictures, "_CHILD", BOUND + write + UNHARMED)
    with pytest.raises(FileRefused, match="too much work"):
        make_pictures(given.private_png())
    assert (tmp_path / "out").stat().st_size == 0


@pytest.mark.parametrize("tame", ["b = bytearray(4 << 20)", "b = [0] * 1000"])
def test_a_child_within_its_limits_is_left_alone(monkeypatch, tame):
    monkeypatch.setattr(pictures, "_CHILD", BOUND + tame + UNHARMED)
    with pytest.raises(FileRefused, match="locked"):
        make_pictures(given.private_png())


def outcome(data):
    try:
        make_pictures(data)
    except FileRefused as refused:
        return refused.sentence
    return "It was drawn."


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "heic", "pdf"])
def test_random_damage_is_drawn_or_refused_but_never_a_trace(kind):
    good = {
        "pdf": given.pdf,
        **{name: getattr(given, f"private_{name}") for name in ("jpeg", "png", "webp", "heic")},
    }
    original = good[kind]()
    for seed in range(4):
        dice = random.Random(seed)
        broken = bytearray(original)
        for _ in range(dice.choice([1, 5, 50])):
            broken[dice.randrange(16, len(broken))] = dice.randrange(256)
        assert outcome(bytes(broken)).endswith("."), seed


def test_a_motion_photo_is_a_photo():
    """Some phones write a short video behind the picture."""
    assert sniff(given.private_jpeg() + b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom") is Kind.JPEG


def test_a_pdf_may_begin_with_a_byte_order_mark():
    assert sniff(b"\xef\xbb\xbf\r\n" + given.pdf()) is Kind.PDF


def test_kinds_have_names_for_machines_and_for_people():
    assert [kind.media_type for kind in Kind][-2:] == ["image/heic", "application/pdf"]
    assert [kind.spoken for kind in Kind] == ["JPEG", "PNG", "WebP", "HEIC", "PDF"]

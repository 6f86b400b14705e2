"""An upload that is cut off anywhere ends with the bytes that the phone queued, or with a sentence."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.files import upload
from app.core.files.sniff import FileRefused
from app.core.files.upload import MOST_BYTES, PIECE, UploadRefused, WrongOffset


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@given(st.binary(min_size=1, max_size=200), st.data())
def test_cut_off_and_repeated_anywhere_the_bytes_come_back(data, draw):
    """Each step sends some bytes from where the phone believes to be: right, or behind after a lost answer."""
    stored: dict[int, bytes] = {}
    while (have := upload.have({at: len(piece) for at, piece in stored.items()})) < len(data):
        offset = draw.draw(st.sampled_from([have, have, max(0, have - 1), have + 1]))
        piece = data[offset : offset + draw.draw(st.integers(1, 50))] or b"?"
        try:
            upload.check_piece(size=len(data), have=have, offset=offset, length=len(piece))
        except UploadRefused:
            continue
        stored[offset] = piece
    pieces = [stored[at] for at in upload.offsets({at: len(piece) for at, piece in stored.items()})]
    assert upload.joined(size=len(data), sha256=sha(data), pieces=pieces) == data


def test_what_lies_behind_a_gap_does_not_count():
    pieces = {0: 5, 5: 3, 9: 4}
    assert (upload.have(pieces), upload.offsets(pieces)) == (8, [0, 5])


def test_nothing_there_is_nothing():
    assert (upload.have({}), upload.offsets({})) == (0, [])


@pytest.mark.parametrize("offset", [0, 99, 101])
def test_a_piece_at_a_wrong_place_is_told_where_to_go_on(offset):
    with pytest.raises(WrongOffset) as refused:
        upload.check_piece(size=1_000, have=100, offset=offset, length=10)
    assert (refused.value.have, refused.value.status) == (100, 409)


@pytest.mark.parametrize(("offset", "length"), [(0, 0), (0, PIECE + 1), (-1, 5), (2 * PIECE - 1, 2)])
def test_a_piece_of_a_wrong_length_is_refused(offset, length):
    with pytest.raises(UploadRefused, match="wrong length"):
        upload.check_piece(size=2 * PIECE, have=offset, offset=offset, length=length)


@pytest.mark.parametrize("whole", [b"abcde", b"abcd", b"abcdff"])
def test_a_whole_that_is_not_what_was_queued_is_refused(whole):
    with pytest.raises(UploadRefused, match="did not arrive as it left"):
        upload.joined(size=5, sha256=sha(b"abcdf"), pieces=[whole])


@pytest.mark.parametrize(
    ("size", "megabytes"), [(MOST_BYTES + 1, 21), (31_000_000, 31), (30_000_001, 31), (2_500_000_000, 2500)]
)
def test_a_file_that_is_too_big_is_told_its_true_size(size, megabytes):
    with pytest.raises(FileRefused) as refused:
        upload.check_announced("a" * 64, size)
    words = f"This file is {megabytes} MB. We take up to 20 MB. Try a photo of it."
    assert refused.value.sentence == words


def test_a_file_of_exactly_20_mb_is_taken():
    assert upload.check_announced("0f" * 32, MOST_BYTES) is None


def test_an_empty_file_is_refused():
    with pytest.raises(FileRefused, match="empty"):
        upload.check_announced("a" * 64, 0)


@pytest.mark.parametrize("name", ["", "A" * 64, "a" * 63, "../" + "a" * 61, "a" * 64 + "\n"])
def test_a_name_that_is_no_fingerprint_is_refused(name):
    with pytest.raises(UploadRefused, match="fingerprint"):
        upload.check_announced(name, 10)

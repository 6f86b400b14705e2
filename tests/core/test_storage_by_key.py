"""What every engine promises: written once, the same bytes back, a sentence when it cannot."""

from pathlib import Path
from uuid import uuid4

import pytest

from app.core.storage import KeyMissing, KeyTaken, Storage, StorageUnavailable
from tests.core.s3_server import local_s3


@pytest.fixture(scope="module")
def s3_address():
    with local_s3("receipts") as address:
        yield address


@pytest.fixture(params=["folder", "memory", "s3"])
def storage(request, tmp_path):
    if request.param == "s3":
        bucket, _, query = request.getfixturevalue("s3_address").partition("?")
        return Storage.from_url(f"{bucket}/{uuid4()}?{query}")
    return Storage.from_url({"folder": f"folder:{tmp_path}/files", "memory": "memory:"}[request.param])


def test_bytes_come_back_as_they_were_put(storage):
    storage.put("person-1/ab12", b"\x00\xff receipt")
    assert storage.get("person-1/ab12") == b"\x00\xff receipt"


def test_an_empty_file_is_a_file(storage):
    storage.put("empty", b"")
    assert (storage.get("empty"), storage.size("empty")) == (b"", 0)


def test_the_same_bytes_twice_is_fine(storage):
    storage.put("a/b", b"once")
    storage.put("a/b", b"once")
    assert list(storage.keys()) == ["a/b"]


def test_other_bytes_under_the_same_key_are_refused_and_the_first_stay(storage):
    storage.put("a/b", b"first")
    with pytest.raises(KeyTaken):
        storage.put("a/b", b"second")
    assert storage.get("a/b") == b"first"


def test_a_file_above_five_megabytes_is_still_written_once(storage):
    storage.put("big", b"1" * 6_000_000)
    with pytest.raises(KeyTaken):
        storage.put("big", b"2" * 6_000_000)


def test_a_range_is_start_up_to_but_not_including_end(storage):
    storage.put("digits", b"0123456789")
    ranges = [(0, 3), (8, 99), (10, 12), (4, 4)]
    assert [storage.get_range("digits", *span) for span in ranges] == [b"012", b"89", b"", b""]


def test_size_of_what_is_not_there_is_none(storage):
    assert storage.size("nobody") is None


def test_reading_what_is_not_there_says_so(storage):
    with pytest.raises(KeyMissing):
        storage.get("nobody")
    with pytest.raises(KeyMissing):
        storage.get_range("nobody", 0, 1)


def test_a_deleted_file_is_gone_and_deleting_again_is_fine(storage):
    storage.put("a/b", b"x")
    storage.delete("a/b")
    storage.delete("a/b")
    assert storage.size("a/b") is None


def test_keys_below_a_folder_leave_its_neighbours_out(storage):
    for key in ("p/1", "p/deep/2", "pq/3"):
        storage.put(key, b"x")
    assert sorted(storage.keys("p")) == ["p/1", "p/deep/2"]


def test_keys_are_all_there_above_one_page(storage):
    wanted = {f"many/{number:04}" for number in range(1_050)} if "memory" in storage.url else {"many/1"}
    for key in wanted:
        storage.put(key, b"x")
    assert set(storage.keys("many")) == wanted


def test_a_check_leaves_nothing_behind(storage):
    storage.check()
    assert list(storage.keys()) == []


@pytest.mark.parametrize(
    "key",
    ["", "/a", "a/", "a//b", "../a", "a/../b", ".hidden", "a b", "a\x00", "é", "incoming.tmp/x", "a" * 501],
)
def test_a_key_that_could_leave_the_folder_is_refused(storage, key):
    with pytest.raises(ValueError, match=r"key|written"):
        storage.put(key, b"x")


@pytest.mark.parametrize("url", ["ftp:x", "s3:///nobucket", "s3://b/p?acl=public", "/plain/path"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(ValueError, match="address"):
        Storage.from_url(url)


def test_a_dead_s3_is_a_sentence(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    storage = Storage.from_url("s3://bucket/p?endpoint=http://127.0.0.1:9&region=eu-west-2")
    with pytest.raises(StorageUnavailable, match=r"cannot be reached now \(s3://bucket/p\)"):
        storage.check()


def test_a_folder_that_is_a_file_is_a_sentence(tmp_path: Path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageUnavailable, match="cannot be reached now"):
        Storage.from_url(f"folder:{tmp_path}/taken/files")

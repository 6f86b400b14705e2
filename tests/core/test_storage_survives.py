"""The local folder under a kill, a full disk and many writers."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from app.commands import clear_halves
from app.core import storage as storage_module
from app.core.storage import INCOMING, KeyTaken, Storage, StorageFull, StorageUnavailable
from app.core.web import Services


@pytest.fixture
def folder_storage(tmp_path):
    return Storage.from_url(f"folder:{tmp_path}/files")


def test_bytes_and_names_are_flushed_before_put_returns(folder_storage, monkeypatch):
    flushed = []
    real = storage_module._fsync
    monkeypatch.setattr(storage_module, "_fsync", lambda path: (flushed.append(path), real(path)))
    folder_storage.put("p/deep/file", b"x")
    root = folder_storage.folder
    assert flushed[0].parent == root / INCOMING
    assert flushed[1:] == [root / "p/deep", root / "p", root]


def test_a_name_never_stands_before_its_bytes_are_on_the_disk(folder_storage, monkeypatch):
    def die(path):
        raise KeyboardInterrupt

    monkeypatch.setattr(storage_module, "_fsync", die)
    with pytest.raises(KeyboardInterrupt):
        folder_storage.put("p/file", b"x")
    assert folder_storage.size("p/file") is None


def test_ten_writers_of_one_key_leave_one_whole_file(folder_storage):
    def write(number):
        try:
            folder_storage.put("p/same", bytes([number]) * 100_000)
        except KeyTaken:
            return 0
        return 1

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(write, range(10))) == 1
    assert len(set(folder_storage.get("p/same"))) == 1


KILLED_WRITER = """
import sys
from app.core.storage import Storage
storage = Storage.from_url(sys.argv[1])
for number in range(100_000):
    storage.put(f"p/{number}", b"%d" % number * 20_000)
    print(number, flush=True)
"""


def test_what_was_acknowledged_before_a_kill_is_there_whole(folder_storage):
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED_WRITER, folder_storage.url], stdout=subprocess.PIPE, text=True
    )
    acknowledged = [int(writer.stdout.readline()) for _ in range(40)]
    writer.kill()
    acknowledged += [int(line) for line in writer.stdout.read().split()]
    writer.stdout.close()
    writer.wait()
    for key in folder_storage.keys("p"):
        assert folder_storage.get(key) == key[2:].encode() * 20_000
    assert all(folder_storage.size(f"p/{number}") for number in acknowledged)


def test_leftovers_of_a_killed_writer_are_not_keys_and_can_be_cleared(folder_storage):
    folder_storage.put("p/file", b"x")
    (folder_storage.folder / INCOMING / "half").write_bytes(b"half")
    assert list(folder_storage.keys()) == ["p/file"]
    assert folder_storage.clear_leftovers(before=datetime.now(UTC) - timedelta(hours=1)) == 0
    assert folder_storage.clear_leftovers(before=datetime.now(UTC) + timedelta(hours=1)) == 1


def test_the_worker_clears_them_when_they_are_a_day_old(parts, folder_storage):
    folder_storage.put("p/file", b"x")
    halves = {name: folder_storage.folder / INCOMING / name for name in ("old", "new")}
    for path in halves.values():
        path.write_bytes(b"half")
    two_days_ago = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(halves["old"], (two_days_ago, two_days_ago))
    clear_halves(Services(parts.settings, parts.database, folder_storage))
    assert [path.exists() for path in halves.values()] == [False, True]


def test_a_storage_that_does_not_answer_stops_no_worker(parts, folder_storage, monkeypatch):
    def gone(_storage: Storage, **_: object) -> int:
        raise StorageUnavailable("The place for photos and files does not answer.")

    monkeypatch.setattr(Storage, "clear_leftovers", gone)
    noted = []
    monkeypatch.setattr("app.commands.note", lambda event, **facts: noted.append((event, facts["why"])))
    clear_halves(Services(parts.settings, parts.database, folder_storage))
    assert noted == [("halves_not_cleared", "The place for photos and files does not answer.")]


def test_little_free_space_is_said_by_the_check(folder_storage, monkeypatch):
    monkeypatch.setattr(storage_module, "LEAST_FREE", 10**18)
    with pytest.raises(StorageFull, match="What is there is kept"):
        folder_storage.check()


@contextmanager
def small_disk(place):
    """A disk of 256 kB; needs the right to mount."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_a_sentence_and_keeps_what_is_there(tmp_path):
    with small_disk(tmp_path / "small"):
        storage = Storage.from_url(f"folder:{tmp_path}/small")
        storage.put("kept", b"k" * 100_000)
        with pytest.raises(StorageFull, match="What is there is kept"):
            storage.put("too-much", b"t" * 300_000)
        assert storage.get("kept") == b"k" * 100_000
        assert list(storage.keys()) == ["kept"]
        storage.put("small", b"s" * 1_000)

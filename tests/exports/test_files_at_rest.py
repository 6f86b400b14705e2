"""Nothing of a photo lies plain on a disk: not in the storage folder, not in a temporary file, not in a backup."""

import hashlib
import tempfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from app.commands import main
from app.core.backup import backup, doctor
from app.core.ids import new_id
from app.core.sealing import Sealer
from app.core.storage import Storage
from app.exports.queries import kept_keys
from app.factory import make_uploads, make_worker
from app.receipts.work import in_memory
from tests.core.make_images import encode, receipt
from tests.fixtures_app import OWN, op

HALF = 42
KEY = "a key of more than 32 characters, for tests"


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The folders in which anything could lie; the storage is a folder."""
    found = {name: tmp_path / name for name in ("files", "temp", "backup")}
    found["temp"].mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(found["temp"]))
    return found


@pytest.fixture
def parts(parts, places):
    storage = Storage.from_url(f"folder:{places['files']}", Sealer.from_secrets((KEY,)))
    return replace(parts, storage=storage)


def photo_of(seed):
    """A photo of a receipt, another one for each seed."""
    return encode(receipt(180, 240, seed), "JPEG")


def send(household, data, *, whole=True):
    """Announce a file and send it, or all but its end."""
    sha256 = hashlib.sha256(data).hexdigest()
    facts = {"sha256": sha256, "size": len(data), "type": "image/jpeg"}
    household.hers.results(op("file.announce", household.person, new_id(), facts))
    piece = data if whole else data[:-100]
    headers = {**OWN, "X-Inhand-Offset": "0", "X-Inhand-Size": str(len(data))}
    answer = household.hers.client.put(f"/files/{household.person}/{sha256}", data=piece, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)


def fill(household, parts):
    """Four photos drawn, each kept as picture and thumbnail; and 42 that are half here."""
    for number in range(4):
        send(household, photo_of(number))
    for number in range(HALF):
        send(household, photo_of(100 + number), whole=False)
    worker = make_worker(parts)
    while worker.run_once():
        pass


def canaries(storage):
    """48 bytes from within each file that is kept, as it is when it is opened."""
    found = [storage.get(key) for key in sorted(storage.keys())]
    return [data[len(data) // 2 :][:48] for data in found][:50]


def count(wanted, *folders):
    """How many of these bytes lie in any file of these folders."""
    texts = [file.read_bytes() for folder in folders for file in folder.rglob("*") if file.is_file()]
    return sum(any(one in text for text in texts) for one in wanted)


def test_none_of_fifty_canaries_lies_in_storage_temporary_files_or_a_backup(household, parts, places):
    fill(household, parts)
    wanted = canaries(parts.storage)
    backup(parts.database, parts.storage, places["backup"])
    assert (len(wanted), count(wanted, *places.values())) == (50, 0)


def test_the_search_finds_all_fifty_where_files_are_not_sealed(household, parts, places):
    fill(household, parts)
    wanted = canaries(parts.storage)
    plain = Storage.from_url(f"folder:{places['temp']}/plain")
    for key in list(parts.storage.keys()):
        plain.put(key, parts.storage.get(key))
    assert count(wanted, places["temp"]) == 50


def test_while_a_photo_is_read_it_lies_in_memory_alone(places):
    photo = b"a photo of a receipt" * 50
    with in_memory(photo) as path:
        assert (path.read_bytes(), path.is_file()) == (photo, True)
        assert count([photo[:48]], *places.values()) == 0
    assert not path.exists()


def test_files_from_before_are_told_and_sealed_by_the_command_that_can_be_run_twice(household, parts, monkeypatch):
    monkeypatch.setattr("app.commands.make_services", lambda _: parts)
    send(household, photo_of(1))
    key = next(iter(parts.storage.keys()))
    plain = parts.storage.get(key)
    parts.storage.delete(key)
    parts.storage.as_stored().put(key, plain)
    assert [item.code for item in doctor(parts.database, parts.storage, files_of=kept_keys)] == ["plain-files"]
    said = [CliRunner().invoke(main, ["admin", "rotate-keys"]).output for _ in range(2)]
    assert [line.split()[0] for line in said] == ["1", "0"]
    assert doctor(parts.database, parts.storage, files_of=kept_keys) == []


def test_the_doctor_tells_a_file_that_no_key_opens(household, parts):
    send(household, photo_of(1))
    other = replace(parts.storage, sealer=Sealer.from_secrets(("another key",)))
    assert [item.code for item in doctor(parts.database, other, files_of=kept_keys)] == ["closed-files"]


def test_uploads_go_on_where_they_stopped_though_pieces_are_sealed(household, parts):
    data = photo_of(1)
    send(household, data, whole=False)
    sha256 = hashlib.sha256(data).hexdigest()
    headers = {**OWN, "X-Inhand-Offset": str(len(data) - 100), "X-Inhand-Size": str(len(data))}
    answer = household.hers.client.put(f"/files/{household.person}/{sha256}", data=data[-100:], headers=headers)
    assert answer.get_json()["state"] == "received"
    assert make_uploads(parts).storage.get(f"original/{household.person}/{sha256}") == data

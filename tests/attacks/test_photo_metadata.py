"""Where, when and with what a photo was taken: in no byte that is stored, served or taken along."""

import hashlib
import io
import zipfile

import pytest

from app.accounts.access import actor_for
from app.core.ids import new_id
from app.exports.models import Archive
from app.exports.service import ask_archive
from app.exports.work import read_archive
from app.factory import make_worker
from tests.core import make_images as given
from tests.fixtures_app import OWN, op

KINDS = ("jpeg", "png", "webp", "heic")
# What metadata begins with, whatever it says.
MARKS = (
    b"Exif\0\0",
    b"http://ns.adobe.com",
    b"<x:xmpmeta",
    b"Photoshop 3.0",
    b"8BIM",
    b"eXIf",
    b"tEXt",
    b"iTXt",
    b"CANARY",
)


def send(household, data, kind):
    """Announce a photo and send it as it came from a camera, past the phone's own cleaning; its sum."""
    sha256 = hashlib.sha256(data).hexdigest()
    facts = {"sha256": sha256, "size": len(data), "type": f"image/{kind}", "name": f"photo.{kind}"}
    assert household.hers.results(op("file.announce", household.person, new_id(), facts))[0]["status"] == "done"
    headers = {**OWN, "X-Inhand-Offset": "0", "X-Inhand-Size": str(len(data))}
    answer = household.hers.client.put(f"/files/{household.person}/{sha256}", data=data, headers=headers)
    assert answer.status_code == 200
    return sha256


def work(parts):
    """Do all that is due."""
    worker = make_worker(parts)
    while worker.run_once():
        pass


def archive_of(household, parts):
    """Every member of an archive of everything, by its name."""
    with parts.database.writing() as session:
        made = ask_archive(session, actor_for(session, household.maria, household.person)).id
        session.commit()
    work(parts)
    with parts.database.reading() as session:
        kept = session.get_one(Archive, made)
        data = b"".join(read_archive(parts.storage, kept.person_id, kept.id, kept.pieces))
    packed = zipfile.ZipFile(io.BytesIO(data))
    return {name: packed.read(name) for name in packed.namelist()}


def every_byte(household, parts, sha256):
    """What is stored (opened), served and exported of this photo."""
    client, path = household.hers.client, f"/files/{household.person}/{sha256}"
    served = {end: client.get(f"{path}/{end}").data for end in ("picture", "thumbnail")}
    assert all(data.startswith(b"\xff\xd8\xff") for data in served.values())
    exported = archive_of(household, parts)
    stored = {key: parts.storage.get(key) for key in parts.storage.keys("") if not key.startswith("archive/")}
    return {**served, **exported, **stored}


def left_in(found):
    """Names of what holds metadata, with the mark."""
    return [(name, mark) for name, data in found.items() for mark in MARKS if mark in data]


@pytest.mark.parametrize("kind", KINDS)
def test_no_metadata_of_a_photo_is_stored_served_or_exported(household, parts, kind):
    data = getattr(given, f"private_{kind}")()
    assert b"CANARY-EXIF" in data
    sha256 = send(household, data, kind)
    work(parts)
    found = every_byte(household, parts, sha256)
    assert len(found) > 6
    assert left_in(found) == []


def test_metadata_that_is_left_is_found(household, parts, monkeypatch):
    """Planted: an original is kept whatever it holds."""
    monkeypatch.setattr("app.sync.files.is_bare_jpeg", lambda data: True)
    sha256 = send(household, given.private_jpeg(), "jpeg")
    work(parts)
    assert left_in(every_byte(household, parts, sha256)) != []

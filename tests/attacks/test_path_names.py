"""Names that lead out of their folder: in addresses, of files, in archives. None opens or writes anything."""

import hashlib
import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from app.commands import main
from app.core.assets import Assets, Served
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.schema import head
from app.core.storage import Storage
from app.exports.opening import digest_of, encode_line, open_archive, storage_files
from tests.core.make_images import encode, receipt
from tests.fixtures_app import OWN, both_engines, op
from tests.house.access import ACCESS

# Each leads to a file of this machine if it is followed.
CLIMBS = [
    "../factory.py", "../../pyproject.toml", "built/../../factory.py", "..%2ffactory.py", "%2e%2e/factory.py",
    "%2e%2e%2ffactory.py", "..%5cfactory.py", "..\\factory.py", "....//factory.py", "/etc/passwd", "//etc/passwd",
    "built/app.css/../../../factory.py", "file:///etc/passwd", "built/app.css%00.js", "%252e%252e/factory.py",
    "..;/factory.py", "built/..", ".", "..", "", "built/", "built", "css/looks.css~",
    ".git/config",
    "..%c0%affactory.py", "..%ef%bc%8ffactory.py", "C:\\windows\\win.ini", "\\\\evil.example\\share", "~/.ssh/id_rsa",
]  # fmt: skip
CHOICES = {"answer": "given", "made": "picture"}
KNOWN = ("create_app", "[project]", "root:", "[core]")


@pytest.mark.parametrize("climb", CLIMBS)
@pytest.mark.parametrize("start", ["/static/", "/reader/", "/styleguide/"])
def test_no_address_leads_out_of_its_folder(client, start, climb):
    answer = client.get(start + climb)
    told = answer.get_data(as_text=True)
    assert answer.status_code in {301, 308, 404, 400}
    assert [word for word in KNOWN if word in told] == []


@pytest.mark.parametrize("climb", [*CLIMBS, "a" * 63, "A" * 64, "g" * 64, "a" * 65])
def test_no_name_of_a_file_leads_out_of_its_plan(household, parts, climb):
    before = sorted(parts.storage.keys(""))
    client, person = household.hers.client, household.person
    piece = {**OWN, "X-Inhand-Offset": "0", "X-Inhand-Size": "5"}
    answers = [client.get(f"/files/{person}/{climb}{end}", headers=OWN) for end in ("", "/picture", "/thumbnail")]
    answers.append(client.put(f"/files/{person}/{climb}", data=b"hello", headers=piece))
    answers.append(client.get(f"/files/{climb}/{'a' * 64}/picture"))
    assert {answer.status_code for answer in answers} <= {301, 308, 404, 405, 400}
    assert sorted(parts.storage.keys("")) == before


@pytest.mark.parametrize("climb", [name for name in CLIMBS if ".." in name or name.startswith(("/", ".", "~"))])
def test_no_key_of_the_storage_leads_out_of_its_folder(tmp_path, climb):
    storage = Storage.from_url(f"folder:{tmp_path}/files")
    for key in (climb, f"picture/{climb}", f"picture/{new_id()}/{climb}"):
        with pytest.raises(ValueError):
            storage.put(key, b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def archive(name, data, *, sha256=None):
    """An archive of one person and one file of this name, in which all else is right."""
    person = new_id()
    rows = {
        "person": [{"id": person, "name": "x", "colour": "plum"}],
        "stored_file": [{"id": new_id(), "person_id": person, "sha256": "a" * 64}],
    }
    tables = {table: digest_of(map(encode_line, found)) for table, found in rows.items()}
    facts = {"format": 1, "schema": head(), "made_at": "2026-11-21T09:12:00Z", "person": person, "tables": tables}
    facts["files"] = {name: sha256 or digest(data)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for member, content in {"manifest.json": json.dumps(facts), "data.json": json.dumps(rows), name: data}.items():
            made.writestr(member, content)
    return zipfile.ZipFile(io.BytesIO(out.getvalue()))


def digest(data):
    return hashlib.sha256(data).hexdigest()


MEMBERS = [
    "../evil.jpg", "photos/../../evil.jpg", "photos/../originals/x.jpg", "/etc/evil.jpg", "photos//etc/evil.jpg",
    "photos\\..\\evil.jpg", "C:\\evil.jpg", "photos/small/../../evil.jpg", "photos/a/b.jpg", "evil.jpg", "photos/",
    "photos/" + "g" * 64 + ".jpg", "photos/" + "a" * 64 + "/../x.jpg",
]  # fmt: skip


def test_an_archive_with_a_name_of_ours_opens():
    assert open_archive(archive("photos/" + "a" * 64 + ".jpg", encode(receipt(60, 80, 1), "JPEG"))).name == "x"


@pytest.mark.parametrize("name", MEMBERS)
def test_no_name_in_an_archive_leads_out_of_it(name):
    with pytest.raises(Refused):
        open_archive(archive(name, encode(receipt(60, 80, 1), "JPEG")))


@pytest.mark.parametrize("name", MEMBERS)
def test_an_archive_is_brought_back_by_the_command_without_writing_outside(tmp_path, monkeypatch, name):
    for setting, value in {
        "DATABASE_URL": f"sqlite:///{tmp_path}/home/inhand.db",
        "STORAGE_URL": f"folder:{tmp_path}/home/files",
    }.items():
        monkeypatch.setenv(f"INHAND_{setting}", value)
    (tmp_path / "home").mkdir()
    file = tmp_path / "evil.zip"
    file.write_bytes(archive(name, b"\xff\xd8\xff\xd9").fp.getvalue())
    CliRunner().invoke(main, ["admin", "import", str(file), "--for", "maria@example.com"])
    assert {path.name for path in tmp_path.iterdir()} == {"home", "evil.zip"}


def test_a_name_that_the_phone_gives_is_words_and_no_path(household, parts):
    """What the phone calls a file is shown, and names nothing on the server."""
    data = encode(receipt(60, 80, 1), "JPEG")
    facts = {"sha256": digest(data), "size": len(data), "type": "image/jpeg", "name": "../../../etc/passwd"}
    assert household.hers.results(op("file.announce", household.person, new_id(), facts))[0]["status"] == "done"
    headers = {**OWN, "X-Inhand-Offset": "0", "X-Inhand-Size": str(len(data))}
    household.hers.client.put(f"/files/{household.person}/{digest(data)}", data=data, headers=headers)
    keys = list(parts.storage.keys(""))
    assert (len(keys) > 0, [key for key in keys if "etc" in key or ".." in key]) == (True, [])


def test_every_route_that_takes_a_free_name_is_tried(app):
    """Those are the only ones whose address may hold any text."""
    free = {rule.endpoint for rule in app.url_map.iter_rules() if "<path:" in rule.rule}
    assert free == {"shell.app", "shell.static_file"}
    assert ACCESS["shell.app"].cells["anonymous"] == 200


def test_a_static_route_that_opens_any_path_is_found(client, monkeypatch):
    def serve(self, path, *more):
        return Served(self.folder / path, {})

    monkeypatch.setattr(Assets, "serve", serve)
    with pytest.raises(AssertionError):
        test_no_address_leads_out_of_its_folder(client, "/static/", "%2e%2e/factory.py")


def test_an_archive_that_takes_any_name_is_found(monkeypatch):
    monkeypatch.setattr("app.exports.opening._check_file", lambda *_: None)
    monkeypatch.setattr("app.exports.opening._check_links", lambda *_: None)
    found = open_archive(archive("photos/a..jpg", b"x"))
    assert list(storage_files(found).values()) == ["photos/a..jpg"]


@both_engines
def test_a_name_that_no_database_can_hold_is_not_found_on_any_route(household, app):
    rules = [rule for rule in app.url_map.iter_rules() if rule.arguments]
    assert len(rules) > 30
    strange = []
    for rule in rules:
        [method] = rule.methods - {"HEAD", "OPTIONS"}
        names = {name: CHOICES.get(name, "\x00") for name in rule.arguments}
        path = app.url_map.bind("localhost").build(rule.endpoint, names, method=method)
        status = household.his.client.open(path, method=method, headers=OWN).status_code
        if "%00" in path and status != 404:
            strange.append((path, status))
    assert strange == []

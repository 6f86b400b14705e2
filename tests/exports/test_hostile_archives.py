"""Archives that somebody made to do harm, or that broke: each gets a sentence, and nothing is taken from any."""

import io
import json
import random
import struct
import tracemalloc
import zipfile

import pytest

from app.core.errors import Refused
from app.core.ids import new_id
from app.exports.bringing import bring_back
from app.exports.opening import (
    BROKEN,
    BY_PAGE,
    FOREIGN,
    NEWER,
    NO_ARCHIVE,
    TOO_MUCH,
    digest_of,
    encode_line,
    open_archive,
    open_zip,
)
from tests.exports.test_archive import hashes, make, opened


@pytest.fixture
def archive(full, parts, work, actor):
    """An archive as we make it."""
    return make(parts, work, actor)


def open_bytes(data):
    """Open an archive as the page does."""
    with open_zip(io.BytesIO(data), len(data), BY_PAGE) as found:
        return open_archive(found, BY_PAGE)


def sentence_of(data):
    with pytest.raises(Refused) as refused:
        open_bytes(data)
    return refused.value.sentence


def rebuilt(data, change=lambda members: None, *, packed=zipfile.ZIP_DEFLATED):
    """The same archive after `change` did something to its members, by name."""
    old, out = opened(data), io.BytesIO()
    members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(out, "w", packed) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


def with_facts(data, **changed):
    return rebuilt(data, lambda members: members.update(
        {"manifest.json": json.dumps({**json.loads(members["manifest.json"]), **changed}).encode()}
    ))  # fmt: skip


def with_rows(data, table, change):
    """Rows changed, with sums that are right again: whoever forges one can count too."""

    def forge(members):
        every, facts = json.loads(members["data.json"]), json.loads(members["manifest.json"])
        for row in every[table]:
            change(row)
        facts["tables"][table] = digest_of(encode_line(row) for row in every[table])
        members.update({"data.json": json.dumps(every).encode(), "manifest.json": json.dumps(facts).encode()})

    return rebuilt(data, forge)


def test_an_archive_of_ours_opens(archive):
    found = open_bytes(archive)
    assert (found.name, len(found.rows["goal"]), len(found.files)) == ("Maria", 6, 3)
    assert open_bytes(rebuilt(archive)).facts == found.facts


@pytest.mark.parametrize("data", [b"", b"x", b"PK", b"%PDF-1.7 ...", b"PK\x05\x06" + bytes(18), b"\xff\xd8" * 99])
def test_what_is_no_archive_is_called_so(data):
    assert sentence_of(data) == NO_ARCHIVE


def test_a_zip_of_something_else_is_no_archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("holiday.txt", "x")
    assert sentence_of(out.getvalue()) == NO_ARCHIVE


def test_one_that_unpacks_to_very_much_is_refused_before_it_is_unpacked(archive):
    bomb = rebuilt(archive, lambda members: members.update({"index.html": bytes(300_000_000)}))
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert sentence_of(bomb) == TOO_MUCH
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 10_000_000


def test_one_that_lies_about_its_lengths_is_not_believed(archive):
    """The list at the end says 10 bytes of what unpacks to 30 MB."""
    bomb = bytearray(rebuilt(archive, lambda members: members.update({"data.json": b" " * 30_000_000 + b"{}"})))
    at = bomb.rfind(b"data.json") - 46
    assert bomb[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", bomb, at + 24, 10)
    tracemalloc.start()
    assert sentence_of(bytes(bomb)) == BROKEN
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3 * BY_PAGE.text


def test_many_small_values_are_refused_before_they_take_memory(archive):
    many = b'{"goal": [' + b"[]," * 500_000 + b"[]]}"
    assert sentence_of(rebuilt(archive, lambda members: members.update({"data.json": many}), packed=0)) == TOO_MUCH


def test_very_many_members_are_refused_before_they_are_listed(archive):
    lied = bytearray(archive)
    struct.pack_into("<L", lied, lied.rfind(b"PK\x05\x06") + 12, 2**32 - 1)
    assert sentence_of(bytes(lied)) == TOO_MUCH
    many = rebuilt(
        archive, lambda members: members.update({f"tables/{'a' * number}.csv": b"" for number in range(1, 9)})
    )
    with pytest.raises(Refused, match="far more"):
        open_zip(io.BytesIO(many), len(many), BY_PAGE.__class__(**{**vars(BY_PAGE), "members": 5}))


def test_one_of_the_large_kind_is_refused(archive):
    """Its lengths would stand elsewhere, unseen."""
    at = archive.rfind(b"PK\x05\x06")
    large = archive[:at] + b"PK\x06\x07" + bytes(16) + archive[at:]
    assert sentence_of(large) == TOO_MUCH


@pytest.mark.parametrize(
    "name", ["../evil.jpg", "/etc/passwd", "photos/../x.jpg", "photos\\x.jpg", "C:x", "photos/x.jpg", "tables/../x.csv"]
)
def test_a_name_that_is_not_ours_is_refused(archive, name):
    assert sentence_of(rebuilt(archive, lambda members: members.update({name: b"x"}))) == BROKEN


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_one_that_is_packed_otherwise_is_refused(archive, packed):
    assert sentence_of(rebuilt(archive, packed=packed)) == BROKEN


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(archive):
    out = io.BytesIO(archive)
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("data.json", "{}")
    assert sentence_of(out.getvalue()) == BROKEN


def test_one_that_is_cut_off_anywhere_is_refused(archive):
    for share in (0.1, 0.5, 0.9, 0.999):
        assert sentence_of(archive[: int(len(archive) * share)]) in {NO_ARCHIVE, BROKEN}


def test_one_with_any_byte_changed_is_refused_or_means_the_same(archive):
    """Never a fault: 400 changes, each of up to 4 bytes."""
    chance, whole = random.Random(6), open_bytes(archive)
    taken = 0
    for _ in range(400):
        data = bytearray(archive)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            found = open_bytes(bytes(data))
        except Refused:
            continue
        taken += 1
        assert (found.rows, found.files, found.facts["tables"]) == (whole.rows, whole.files, whole.facts["tables"])
    assert taken < 200


@pytest.mark.parametrize("text", [b"[" * 100_000, b"{", b"[]", b"null", b'{"goal": 5}', b'{"goal": ["x"]}', b"\xff"])
def test_what_is_not_our_json_is_refused(archive, text):
    assert sentence_of(rebuilt(archive, lambda members: members.update({"data.json": text}))) == BROKEN
    assert sentence_of(rebuilt(archive, lambda members: members.update({"manifest.json": text}))) == BROKEN


def test_a_newer_version_is_told_from_a_damaged_one(archive):
    tables = json.loads(opened(archive).read("manifest.json"))["tables"]
    newer = {"rows": 0, "content": "0" * 64}
    for changed in ({"format": 2}, {"schema": "9999"}, {"tables": {**tables, "later": newer}}):
        assert sentence_of(with_facts(archive, **changed)) == NEWER
    for changed in ({"format": 0}, {"format": "1"}, {"made_at": "soon"}, {"person": "../x"}, {"files": 5}):
        assert sentence_of(with_facts(archive, **changed)) == BROKEN


def test_one_of_an_older_version_comes_in_with_what_is_new_as_it_is_at_first(archive, parts, actor, erase_now, work):
    from app.accounts.models import Account, Person

    older = with_rows(
        with_rows(archive, "person", lambda row: row.pop("marks")), "goal", lambda row: row.pop("private")
    )
    erase_now(actor)
    with parts.database.writing() as session:
        bring_back(session, open_bytes(older), account=session.get_one(Account, actor.account), role="holder")
        session.commit()
        assert session.get_one(Person, actor.person).marks == 0
    assert hashes(make(parts, work, actor))[0]["goal"] == hashes(archive)[0]["goal"]


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("goal", "words", "x" * 100_001), ("goal", "words", "a\x00b"), ("goal", "words", "\ud800"),
        ("goal", "words", 5),
        ("goal", "words", None), ("goal", "id", "not an id"), ("goal", "position", True), ("goal", "position", 2**40),
        ("goal", "removed", 1), ("goal", "state", "x" * 11), ("entry", "amount", 2**70), ("entry", "amount", 1.5),
        ("entry", "files", {"json": ["a\x00b"]}), ("entry", "files", ["plain"]), ("person", "created_at", "today"),
        ("person", "created_at", {"day": "2026-01-01"}), ("person", "name", {"json": "x"}), ("goal", "extra", "x"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_its_column_is_refused(archive, table, field, value):
    assert sentence_of(with_rows(archive, table, lambda row: row.update({field: value}))) == BROKEN


def test_rows_and_files_of_nobody_in_it_are_refused(archive):
    photo = next(name for name in opened(archive).namelist() if name.startswith("photos/small"))
    content = opened(archive).read(photo)
    files = hashes(archive)[1]
    other = f"photos/{'b' * 64}.jpg"
    stray = rebuilt(archive, lambda members: members.update({other: content}))
    assert sentence_of(with_facts(stray, files={**files, other: files[photo]})) == FOREIGN
    assert sentence_of(with_rows(archive, "goal", lambda row: row.update(person_id=new_id()))) == FOREIGN
    assert sentence_of(with_rows(archive, "entry", lambda row: row.update(pot_id=new_id()))) == FOREIGN

"""Everything of a person in one file, for who may have it; and back, equal to the last hash."""

import csv
import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from app.commands import main
from app.core.errors import NotFound, Refused
from app.exports.bringing import bring_back
from app.exports.models import Archive
from app.exports.opening import open_archive
from app.exports.packing import PIECE, Pieces, cell
from app.exports.queries import kept_keys
from app.exports.service import ask_archive
from app.exports.work import read_archive
from tests.fixtures_app import both_engines


def make(parts, work, actor):
    """Ask for an archive and have it made; its bytes."""
    with parts.database.writing() as session:
        made = ask_archive(session, actor).id
        session.commit()
    work()
    with parts.database.reading() as session:
        found = session.get_one(Archive, made)
        assert found.state == "ready"
        return b"".join(read_archive(parts.storage, found.person_id, found.id, found.pieces))


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def hashes(data):
    facts = json.loads(opened(data).read("manifest.json"))
    return facts["tables"], facts["files"]


@both_engines
def test_out_erased_and_back_in_is_equal_to_the_last_hash(full, parts, work, actor, erase_now, bring):
    first = make(parts, work, actor)
    erase_now(actor)
    assert full.hers.rows("goal") == {}
    bring(first)
    second = make(parts, work, actor)
    assert hashes(second) == hashes(first)
    tables, files = hashes(first)
    assert (tables["goal"]["rows"], tables["entry"]["rows"], len(files)) == (6, 6, 3)
    assert len(full.hers.rows("goal")) == 6


def test_the_archive_reads_in_a_browser_and_in_a_spreadsheet(full, parts, work, actor):
    archive = opened(make(parts, work, actor))
    page = archive.read("index.html").decode()
    lines = list(csv.reader(io.StringIO(archive.read("tables/entry.csv").decode("utf-8-sig"))))
    assert "canary003xyzzy" in page
    assert "£12.50" in page
    assert "<script" not in page
    assert ("Amount, in pence" in lines[0], len(lines)) == (True, 7)


def test_what_somebody_wrote_is_escaped_on_the_page(household, parts, work, actor, write_goal):
    write_goal("<script>alert(1)</script>")
    page = opened(make(parts, work, actor)).read("index.html").decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20", "-x", "@SUM(A1)", "\t=1", " =1", '"=1', "\r=1", "＝1", "|calc", "%x"]
)
def test_no_cell_is_a_formula(text):
    assert cell(text) == f"'{text}"


def test_numbers_and_plain_words_stay_as_they_are():
    assert [cell(item) for item in (-5, "Taxi home", None, True, {"json": ["a"]})] == [
        -5,
        "Taxi home",
        "",
        "yes",
        '["a"]',
    ]


def test_a_second_tap_is_the_same_archive(full, parts, actor):
    with parts.database.writing() as session:
        assert ask_archive(session, actor).id == ask_archive(session, actor).id
        session.rollback()


def test_who_may_no_longer_have_it_gets_none(full, parts, work, change_relationship, make_relationship):
    from app.accounts.access import actor_for
    from app.accounts.service import end_relationship

    with parts.database.writing() as session:
        made = ask_archive(session, actor_for(session, full.tom, full.person)).id
        session.commit()
    change_relationship(full.link, end_relationship)
    work()
    with parts.database.reading() as session:
        assert session.get_one(Archive, made).state == "failed"


def test_a_viewer_cannot_ask(full, parts, actor):
    from dataclasses import replace

    with parts.database.reading() as session, pytest.raises(NotFound):
        ask_archive(session, replace(actor, scopes=frozenset({"see_person", "see_plan"})))


def test_it_ends_after_seven_days_and_its_bytes_go(full, parts, work, actor):
    make(parts, work, actor)
    with parts.database.reading() as session:
        needed, _ = kept_keys(session)
    assert {key for key in parts.storage.keys("archive/")} <= needed
    work("archive.end", days=8)
    assert list(parts.storage.keys("archive/")) == []


def test_a_large_archive_is_handed_on_in_pieces():
    kept = []
    out = Pieces(lambda number, data: kept.append((number, len(data))))
    out.write(b"x" * (2 * PIECE + 5))
    out.close()
    assert kept == [(0, PIECE), (1, PIECE), (2, 5)]


def changed(data, name, change):
    """The same archive with one member changed."""
    old, out = opened(data), io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            new.writestr(item, change(old.read(item)) if item == name else old.read(item))
    return opened(out.getvalue())


def replaced(old, new):
    return lambda data: data.replace(old.encode(), new.encode(), 1)


def test_a_changed_archive_is_refused(full, parts, work, actor):
    data = make(parts, work, actor)
    photo = next(name for name in opened(data).namelist() if name.startswith("photos/small"))
    for name, change in [
        ("data.json", replaced("canary003", "canary999")),
        ("manifest.json", replaced('"format": 1', '"format": 9')),
        ("manifest.json", lambda _: b"[]"),
        (photo, lambda _: b"\xff\xd8<script>"),
    ]:
        with pytest.raises(Refused):
            open_archive(changed(data, name, change))


def test_rows_of_somebody_else_are_refused_though_the_sums_are_right(full, parts, work, actor, forge):
    data = make(parts, work, actor)
    for table, field in [("goal", "person_id"), ("entry", "pot_id"), ("review", "clock_id")]:
        if json.loads(opened(data).read("data.json"))[table]:
            with pytest.raises(Refused, match="not of its person"):
                open_archive(forge(data, table, field))


def test_a_person_who_is_here_is_never_overwritten(full, parts, work, actor, forge):
    found = open_archive(opened(make(parts, work, actor)))
    from app.accounts.models import Account

    with parts.database.writing() as session, pytest.raises(Refused, match="here already"):
        bring_back(session, found, account=session.get_one(Account, full.maria), role="holder")


def test_the_command_brings_it_back(full, parts, work, actor, erase_now, tmp_path, monkeypatch):
    data = make(parts, work, actor)
    erase_now(actor)
    (tmp_path / "maria.zip").write_bytes(data)
    monkeypatch.setattr("app.commands.make_services", lambda _: parts)
    asked = ["admin", "import", str(tmp_path / "maria.zip"), "--for", "maria@example.com"]
    assert "is back" in CliRunner().invoke(main, asked).output
    assert "here already" in CliRunner().invoke(main, asked).output

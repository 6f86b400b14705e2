"""Opening an archive: bounded, checked whole, and never unpacked onto a disk.

An archive may come from anybody: each row has to be of its person, each link has to lead to a row of the archive, each
value has to fit its column, and each picture has to be bare.
"""

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import JSON, Boolean, Column, Date, Integer, String

from app.core import schema
from app.core.backup.portable import Digest
from app.core.db import Base, MomentType
from app.core.errors import Refused
from app.core.files.bare import is_bare_jpeg
from app.core.ids import is_id, is_sha256
from app.core.words import unstorable
from app.exports.kept import BACK, taken
from app.exports.packing import FORMAT

FOLDERS = {"photos/small/": "thumbnail", "photos/": "picture", "originals/": "original"}
KNOWN_NAME = re.compile(
    r"manifest\.json|data\.json|index\.html|tables/[a-z_]{1,60}\.csv"
    r"|(photos/small|photos|originals)/[0-9a-f]{64}\.(jpg|pdf)"
)
NO_ARCHIVE = "This is not an archive of Inhand. Choose the file that you took along: its name ends in .zip."
BROKEN = "This archive is damaged or was changed. Nothing was taken from it."
FOREIGN = "This archive holds rows that are not of its person. Nothing was taken from it."
TOO_MUCH = "This archive unpacks to far more than one person’s plan. Nothing was taken from it."
NEWER = "This archive was made by a newer version of Inhand. Ask whoever runs this server to bring it up to date."

END_MARK, ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
END_LENGTH, LOCATOR_LENGTH, LONGEST_COMMENT = 22, 20, 65_535
# What one member may take up in the list at the end of a zip; our own names are far shorter.
LONGEST_LISTED = 200
LARGEST_NUMBER = {False: 2**31 - 1, True: 2**63 - 1}
# Longer than any text that the app takes.
LONGEST_TEXT = 100_000
# What Python raises for bytes that are no zip, no JSON, or of another shape than ours.
OF_ANOTHER_SHAPE = (
    KeyError, TypeError, ValueError, AttributeError, IndexError, EOFError, OverflowError, NotImplementedError,
    RuntimeError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True)
class Bounds:
    """Sizes in bytes of data.json, of one file, and of all members unpacked; and how many members and values.

    `times`: how many times its own length an archive may unpack to.
    """

    text: int
    file: int
    everything: int
    members: int
    values: int
    times: int


# Whoever runs the server has looked at the file, and at the memory of the machine.
BY_HOST = Bounds(200_000_000, 50_000_000, 100_000_000_000, 1_000_000, 50_000_000, 1_000)
# From a page it may come from anybody: what is read at once stays below 300 MB of memory.
BY_PAGE = Bounds(24_000_000, 25_000_000, 1_000_000_000, 20_000, 400_000, 100)


@dataclass(frozen=True)
class Opened:
    """An archive that was checked: its facts, and the portable rows of each table."""

    facts: dict[str, Any]
    rows: dict[str, list[Row]]
    files: dict[str, str]

    @property
    def person(self) -> str:
        """The person's id."""
        return str(self.facts["person"])

    @property
    def name(self) -> str:
        """The person's name, as their own row has it."""
        return str(self.rows["person"][0]["name"])


def open_zip(source: BinaryIO, size: int, bounds: Bounds) -> zipfile.ZipFile:
    """The zip in `source`, which is `size` bytes long, with members that we know alone. Raises `Refused`."""
    _check_end(source, size, bounds)
    try:
        archive = zipfile.ZipFile(source)
    except OF_ANOTHER_SHAPE as error:
        raise Refused(NO_ARCHIVE) from error
    _check_members(archive, size, bounds)
    return archive


def open_archive(archive: zipfile.ZipFile, bounds: Bounds = BY_HOST) -> Opened:
    """Read and check an archive. Raises `Refused` with a sentence."""
    try:
        facts = _read_json(archive, "manifest.json", bounds)
        _check_version(facts)
        data = _read_json(archive, "data.json", bounds)
        names = [kept.table for kept in taken(BACK)]
        found = Opened(facts, {name: data[name] for name in names if name in data}, dict(facts["files"]))
        _check_form(found)
        _check_values(found)
        for name, sha256 in found.files.items():
            _check_file(name, _read(archive, name, bounds.file), sha256)
        _check_links(found)
    except OF_ANOTHER_SHAPE as error:
        raise Refused(BROKEN) from error
    return found


def day_made(opened: Opened) -> str:
    """The day that an archive was made, as YYYY-MM-DD: ISO 8601 has other forms, which the page does not read."""
    return datetime.fromisoformat(opened.facts["made_at"]).date().isoformat()


def storage_files(opened: Opened) -> dict[str, str]:
    """The names within the archive by the storage keys that they go to."""
    return {_key(opened.person, name): name for name in opened.files}


def encode_line(row: Row) -> bytes:
    """A portable row as the line that its digest is made of."""
    return json.dumps({name: row[name] for name in sorted(row)}, allow_nan=False, separators=(",", ":")).encode()


def digest_of(lines: Iterable[bytes]) -> dict[str, Any]:
    """How many rows, and a sum that is the same in any order and on either engine."""
    digest = Digest()
    for line in lines:
        digest.add(line)
    return {"rows": digest.rows, "content": digest.content}


def _check_end(source: BinaryIO, size: int, bounds: Bounds) -> None:
    """The list of members is read into memory at once: its length is looked at before. Ours need no zip64."""
    source.seek(max(0, size - END_LENGTH - LONGEST_COMMENT - LOCATOR_LENGTH))
    tail = source.read()
    at = tail.rfind(END_MARK)
    if at < 0 or len(tail) - at < END_LENGTH:
        raise Refused(NO_ARCHIVE)
    (length,) = struct.unpack_from("<L", tail, at + 12)
    if tail[max(0, at - LOCATOR_LENGTH) :].startswith(ZIP64_MARK) or length > bounds.members * LONGEST_LISTED:
        raise Refused(TOO_MUCH)


def _check_members(archive: zipfile.ZipFile, size: int, bounds: Bounds) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > bounds.members or unpacked > min(bounds.everything, size * bounds.times):
        raise Refused(TOO_MUCH)
    names = {member.orig_filename for member in members}
    if not {"manifest.json", "data.json"} <= names:
        raise Refused(NO_ARCHIVE)
    if len(names) < len(members) or not all(_is_ours(member) for member in members):
        raise Refused(BROKEN)


def _is_ours(member: zipfile.ZipInfo) -> bool:
    """A name that we give, packed as we pack, with no password."""
    packed = member.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} and not member.flag_bits & 1
    return packed and KNOWN_NAME.fullmatch(member.orig_filename) is not None


def _read_json(archive: zipfile.ZipFile, name: str, bounds: Bounds) -> Any:
    """A member as JSON; many small values take far more memory than their text."""
    text = _read(archive, name, bounds.text)
    if text.count(b"{") + text.count(b"[") > bounds.values:
        raise Refused(TOO_MUCH)
    return json.loads(text)


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member, bounded: what it says of its own length is not believed."""
    with archive.open(name) as source:
        data = source.read(most + 1)
    if len(data) > most:
        raise Refused(TOO_MUCH)
    return data


def _check_version(facts: Any) -> None:
    """Tables that this version does not know, or a later form of the file."""
    known = {kept.table for kept in taken(BACK)}
    later = isinstance(facts["format"], int) and facts["format"] > FORMAT
    if later or not schema.knows(str(facts["schema"])) or not set(facts["tables"]) <= known:
        raise Refused(NEWER)


def _check_form(found: Opened) -> None:
    if found.facts["format"] != FORMAT:
        raise Refused(BROKEN)
    day_made(found)  # the page shows it
    if not is_id(found.person) or set(found.rows) != set(found.facts["tables"]) or len(found.rows["person"]) != 1:
        raise Refused(BROKEN)
    for name, rows in found.rows.items():
        if digest_of(encode_line(row) for row in rows) != found.facts["tables"][name]:
            raise Refused(BROKEN)


def _check_values(found: Opened) -> None:
    """SQLite keeps any value in any column, and PostgreSQL does not: neither is asked."""
    for name, rows in found.rows.items():
        columns = Base.metadata.tables[name].columns
        names = set(rows[0]) if rows else set()
        for row in rows:
            if set(row) != names or not all(_fits(columns[column], value) for column, value in row.items()):
                raise Refused(BROKEN)


def _fits(column: Column[Any], value: Any) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, Boolean):
        return isinstance(value, bool)
    if isinstance(column.type, Integer):
        large = LARGEST_NUMBER[column.type.__visit_name__ == "big_integer"]
        return isinstance(value, int) and not isinstance(value, bool) and -large <= value <= large
    if isinstance(column.type, String):
        fits = isinstance(value, str) and len(value) <= (column.type.length or LONGEST_TEXT)
        return fits and unstorable(value) is None and (not column.primary_key or is_id(value))
    return _fits_portable(column, value)


def _fits_portable(column: Column[Any], value: Any) -> bool:
    """A value that stands in the archive as an object with one name (see core/backup/portable.py)."""
    kinds: dict[type, str] = {MomentType: "moment", Date: "day", JSON: "json"}
    kind = next((name for made, name in kinds.items() if isinstance(column.type, made)), None)
    if not isinstance(value, dict) or set(value) != {kind}:
        return False
    texts = [value[kind]] if kind != "json" else list(_texts(value[kind]))
    return all(isinstance(text, str) and len(text) <= LONGEST_TEXT and unstorable(text) is None for text in texts)


def _texts(value: Any) -> Iterator[str]:
    """Every text within a JSON value, names too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _texts(item)


def _check_file(name: str, data: bytes, sha256: str) -> None:
    """A picture is served later as one that we drew: it may hold nothing but its picture."""
    folder = _folder(name)
    bare = is_bare_jpeg(data) or (FOLDERS[folder] == "original" and data.startswith(b"%PDF"))
    if hashlib.sha256(data).hexdigest() != sha256 or not is_sha256(_stem(name)) or not bare:
        raise Refused(BROKEN)


def _folder(name: str) -> str:
    """Raises `ValueError` for a name that is in none of the folders."""
    for folder in FOLDERS:
        if name.startswith(folder) and "/" not in name.removeprefix(folder):
            return folder
    raise ValueError(name)


def _stem(name: str) -> str:
    return name.removeprefix(_folder(name)).partition(".")[0]


def _key(person: str, name: str) -> str:
    return f"{FOLDERS[_folder(name)]}/{person}/{_stem(name)}"


def _check_links(found: Opened) -> None:
    ids = {name: {row.get("id") for row in rows} for name, rows in found.rows.items()}
    for name, rows in found.rows.items():
        table = Base.metadata.tables[name]
        mine = "id" if name == "person" else "person_id"
        if any(row.get(mine) != found.person for row in rows):
            raise Refused(FOREIGN)
        for key in table.foreign_keys:
            seen = {row.get(key.parent.name) for row in rows} - {None}
            if not seen <= ids.get(key.column.table.name, set()):
                raise Refused(FOREIGN)
    if not {_stem(name) for name in found.files} <= {row["sha256"] for row in found.rows.get("stored_file", [])}:
        raise Refused(FOREIGN)

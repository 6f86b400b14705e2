"""Looks for words in everything that a browser's profile left on the disk, packed or not."""

import gzip
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

TABLE_FOOTER = 48
TABLE_MAGIC = 0xDB4775248B80FB57
SNAPPY = 1


def words_found(profile: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """The words that are in the files, each with the names of the files that hold it."""
    needles = {word: (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")) for word in words}
    found: dict[str, list[str]] = {}
    for file in sorted(path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()):
        forms = list(readable(file.read_bytes()))
        for word, spellings in needles.items():
            if any(spelling in form for spelling in spellings for form in forms):
                found.setdefault(word, []).append(str(file.relative_to(profile)))
    return found


def readable(data: bytes) -> Iterator[bytes]:
    """The bytes as they are, the unpacked blocks of a LevelDB table, and what gzip or zlib streams hold."""
    yield data
    with suppress(ValueError, IndexError, struct.error):
        yield from table_blocks(data)
    for start in _starts(data, b"\x1f\x8b\x08"):
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(data[start:])


def table_blocks(data: bytes) -> Iterator[bytes]:
    """The data blocks of a LevelDB table, unpacked; none for other files."""
    if len(data) < TABLE_FOOTER or struct.unpack("<Q", data[-8:])[0] != TABLE_MAGIC:
        return
    at = len(data) - TABLE_FOOTER
    _, at = _varint(data, at)
    _, at = _varint(data, at)
    offset, at = _varint(data, at)
    size, at = _varint(data, at)
    for handle in _values(_block(data, offset, size)):
        first, next_at = _varint(handle, 0)
        length, _ = _varint(handle, next_at)
        yield _block(data, first, length)


def unpack_snappy(data: bytes) -> bytes:
    """Undo Snappy's raw format (google/snappy, format_description.txt)."""
    _, at = _varint(data, 0)
    out = bytearray()
    while at < len(data):
        tag = data[at]
        at += 1
        if tag & 3 == 0:
            length, at = _literal(data, tag >> 2, at)
            out += data[at : at + length]
            at += length
        else:
            length, offset, at = _copy(data, tag, at)
            for _ in range(length):
                out.append(out[-offset])
    return bytes(out)


def _literal(data: bytes, short: int, at: int) -> tuple[int, int]:
    if short < 60:
        return short + 1, at
    extra = short - 59
    return int.from_bytes(data[at : at + extra], "little") + 1, at + extra


def _copy(data: bytes, tag: int, at: int) -> tuple[int, int, int]:
    if tag & 3 == 1:
        return ((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | data[at], at + 1
    extra = 2 if tag & 3 == 2 else 4
    return (tag >> 2) + 1, int.from_bytes(data[at : at + extra], "little"), at + extra


def _block(data: bytes, offset: int, size: int) -> bytes:
    block = data[offset : offset + size]
    return unpack_snappy(block) if data[offset + size] == SNAPPY else block


def _values(block: bytes) -> Iterator[bytes]:
    (restarts,) = struct.unpack("<I", block[-4:])
    end, at = len(block) - 4 - 4 * restarts, 0
    while at < end:
        _, at = _varint(block, at)
        unshared, at = _varint(block, at)
        length, at = _varint(block, at)
        at += unshared
        yield block[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _starts(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)

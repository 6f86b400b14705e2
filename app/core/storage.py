"""Bytes kept by key: a local folder, memory or S3 behind one class.

Nothing outside this module knows which of the three is in use. A key is written once and never changed, so
that a picture cannot be replaced by another under the same name. On the local folder `put` returns only when
bytes and name are on the disk (fsync of the file and of each folder above it).

With a sealer nothing plain is ever written: what is put is sealed first, what is got was opened (see sealing.py).
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self, TypeAlias
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, MemoryStore, S3Store

from app.core.errors import Unavailable
from app.core.sealing import MARK, OVERHEAD, NotOpened, Sealer, is_sealed

INCOMING = "incoming.tmp"
LEAST_FREE = 64 * 1000 * 1000
"""Bytes that have to stay free on the local folder's disk for `check` to be content."""

FULL = "The disk for photos and files is full. What is there is kept. Free some space, then send it again."

CLOSED = "This file cannot be opened here now. Whoever runs this server has to set the key it was sealed with."

_SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_FULL_MARKS = (
    "os error 28",
    "os error 122",
    "QuotaExceeded",
    "XMinioStorageFull",
    "507 Insufficient Storage",
)
_S3_OPTIONS = frozenset({"endpoint", "region"})

ObjectStore: TypeAlias = LocalStore | MemoryStore | S3Store


class StorageUnavailable(Unavailable):
    """The place for files cannot be read or written now."""

    code = "storage_unavailable"


class StorageFull(StorageUnavailable):
    """There is no room for more; what was there before is kept."""

    code = "storage_full"


class FileClosed(StorageUnavailable):
    """A file is there, but sealed under a key that the settings do not name."""

    code = "file_closed"


class KeyTaken(Exception):
    """Other bytes stand under this key already."""


class KeyMissing(LookupError):
    """Nothing stands under this key."""


@dataclass(frozen=True)
class Storage:
    """Files by key (`person/ab12...`: letters, digits, `.`, `_`, `-` in segments split by `/`).

    `flushes` is False only where the caller flushes the whole disk itself before anything relies on it. A file that
    was put before there was a sealer is read as it is, until `reseal` seals it.
    """

    url: str
    store: ObjectStore
    folder: Path | None = None
    flushes: bool = True
    sealer: Sealer | None = None

    @classmethod
    def from_url(cls, url: str, sealer: Sealer | None = None) -> Self:
        """Open `folder:/path`, `memory:` or `s3://bucket/prefix?endpoint=...&region=...`.

        S3 credentials come from the environment (`AWS_ACCESS_KEY_ID` ...), never from the address.
        """
        scheme = url.partition(":")[0]
        if scheme == "memory":
            return cls(url, MemoryStore(), sealer=sealer)
        if scheme == "folder":
            folder = Path(url.partition(":")[2]).resolve()
            with _as_sentence(str(folder)):
                folder.mkdir(parents=True, exist_ok=True)
                return cls(url, LocalStore(folder), folder, sealer=sealer)
        if scheme == "s3":
            return cls(url, _open_s3(url), sealer=sealer)
        raise ValueError(f"a storage address starts with folder:, memory: or s3:, not {scheme!r}")

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`. The same bytes twice is fine; other bytes raise `KeyTaken`."""
        check_key(key)
        stored = data if self.sealer is None else self.sealer.seal(key, data)
        with _as_sentence(self.url):
            try:
                self._create(key, stored)
            except AlreadyExistsError:
                if self.get(key) != data:
                    raise KeyTaken(key) from None
            self._make_durable(key)

    def get(self, key: str) -> bytes:
        """All bytes under `key`, or `KeyMissing`."""
        return self._opened(key, self._stored(key))

    def get_range(self, key: str, start: int, end: int) -> bytes:
        """The bytes from `start` up to but not including `end`; fewer where the file ends before."""
        if not 0 <= start < end:
            if self.size(key) is None:
                raise KeyMissing(key)
            return b""
        return self.get(key)[start:end]

    def size(self, key: str) -> int | None:
        """The length in bytes of what was put, or None where nothing stands under `key`."""
        check_key(key)
        with _as_sentence(self.url):
            try:
                stored = self.store.head(key)["size"]
                sealed = self.sealer is not None and stored >= OVERHEAD and self._is_sealed(key)
            except FileNotFoundError:
                return None
        return stored - OVERHEAD if sealed else stored

    def as_stored(self) -> Self:
        """The same place without its sealer: backups copy what is there and cannot read it."""
        return replace(self, sealer=None)

    def reseal(self, key: str) -> bool:
        """Put a file under the newest key, or seal one that is plain; whether there was anything to do.

        The file is there whole at each moment, in its old form or its new one.
        """
        if self.sealer is None:
            return False
        with _as_key_fault(key):
            made = self.sealer.rewrap(key, self._stored(key))
        if made is not None:
            with _as_sentence(self.url):
                self._replace(key, made)
                self._make_durable(key)
        return made is not None

    def state_of(self, key: str) -> str:
        """How a file stands: `sealed`, `plain` (put before there was a sealer) or `closed` (no key opens it)."""
        found = self._stored(key)
        if not is_sealed(found):
            return "plain"
        try:
            self._opened(key, found)
        except StorageUnavailable:
            return "closed"
        return "sealed"

    def delete(self, key: str) -> None:
        """Forget `key`; nothing happens where it is not there."""
        check_key(key)
        with _as_sentence(self.url):
            with suppress(FileNotFoundError):
                self.store.delete(key)
            self._make_durable(key)

    def keys(self, prefix: str = "") -> Iterator[str]:
        """All keys below the folder `prefix` ("" = all), in no promised order."""
        if prefix:
            check_key(prefix.rstrip("/"))
        with _as_sentence(self.url):
            for batch in self.store.list(prefix or None, chunk_size=1000):
                for found in batch:
                    if not found["path"].startswith(INCOMING):
                        yield found["path"]

    def free_bytes(self) -> int | None:
        """Free space for more, or None where only the provider knows (memory, S3)."""
        if self.folder is None:
            return None
        with _as_sentence(self.url):
            return shutil.disk_usage(self.folder).free

    def check(self) -> None:
        """Write, read and delete a probe; raise `StorageUnavailable` or `StorageFull` with a sentence."""
        free = self.free_bytes()
        if free is not None and free < LEAST_FREE:
            raise StorageFull(FULL)
        probe = f"check/{uuid4()}"
        self.put(probe, b"probe")
        if self.get(probe) != b"probe":
            raise StorageUnavailable("The place for photos and files gave back other bytes than it was given.")
        self.delete(probe)

    def clear_leftovers(self, *, before: datetime) -> int:
        """Delete half-written files that a killed process left behind before `before`; answer how many."""
        with _as_sentence(self.url):
            found = [item for batch in self.store.list(INCOMING) for item in batch]
            stale = [item["path"] for item in found if item["last_modified"] < before]
            for path in stale:
                self.store.delete(path)
        return len(stale)

    def _stored(self, key: str) -> bytes:
        check_key(key)
        with _as_sentence(self.url), _missing(key):
            return bytes(self.store.get(key).bytes())

    def _is_sealed(self, key: str) -> bool:
        return is_sealed(bytes(self.store.get_range(key, start=0, end=len(MARK))))

    def _opened(self, key: str, found: bytes) -> bytes:
        if self.sealer is None or not is_sealed(found):
            return found
        with _as_key_fault(key):
            return self.sealer.open(key, found)

    def _replace(self, key: str, data: bytes) -> None:
        if self.folder is None:
            self.store.put(key, data, mode="overwrite", use_multipart=False)
            return
        temporary = f"{INCOMING}/{uuid4()}"
        self.store.put(temporary, data, use_multipart=False)
        _fsync(self.folder / temporary)
        self.store.rename(temporary, key, overwrite=True)

    def _create(self, key: str, data: bytes) -> None:
        if self.folder is None or not self.flushes:
            self.store.put(key, data, mode="create", use_multipart=False)
            return
        temporary = f"{INCOMING}/{uuid4()}"
        try:
            self.store.put(temporary, data, use_multipart=False)
            _fsync(self.folder / temporary)
            self.store.rename(temporary, key, overwrite=False)
        except BaseException:
            with suppress(FileNotFoundError, BaseError):
                self.store.delete(temporary)
            raise

    def _make_durable(self, key: str) -> None:
        """A name is on the disk only when its folder is; each new folder is a name in the one above."""
        if self.folder is None or not self.flushes:
            return
        for place in (self.folder / key).parents:
            if place.exists():
                _fsync(place)
            if place == self.folder:
                return


def check_key(key: str) -> None:
    """Refuse with ValueError what could leave the folder, hide in it or mean two things on two engines."""
    if len(key) > 500 or not all(_SEGMENT.fullmatch(part) for part in key.split("/")):
        raise ValueError(f"not a storage key: {key[:80]!r}")
    if key.split("/")[0] == INCOMING:
        raise ValueError(f"{INCOMING} is for files that are being written")


def _open_s3(url: str) -> S3Store:
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if not parts.netloc or set(options) - _S3_OPTIONS:
        raise ValueError("an S3 address is s3://bucket/prefix?endpoint=...&region=...")
    endpoint = options.get("endpoint")
    return S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        config={
            "region": options.get("region", "eu-west-2"),
            **({"endpoint": endpoint} if endpoint else {}),
        },
        client_options={
            "timeout": timedelta(seconds=30),
            "connect_timeout": timedelta(seconds=5),
            "allow_http": bool(endpoint and endpoint.startswith("http://")),
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=30)},
    )


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _missing(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise KeyMissing(key) from None


@contextmanager
def _as_key_fault(key: str) -> Iterator[None]:
    try:
        yield
    except NotOpened:
        raise FileClosed(CLOSED) from None


@contextmanager
def _as_sentence(place: str) -> Iterator[None]:
    """Turn the engines' own errors into the two that callers know."""
    try:
        yield
    except (StorageUnavailable, AlreadyExistsError, FileNotFoundError):
        raise
    except (BaseError, OSError) as error:
        if any(mark in str(error) for mark in _FULL_MARKS) or getattr(error, "errno", None) in (28, 122):
            raise StorageFull(FULL) from error
        where = place.partition("?")[0]
        raise StorageUnavailable(f"The place for photos and files cannot be reached now ({where}).") from error

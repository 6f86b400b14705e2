"""Files at rest: each is sealed with AES-256-GCM under a key of its own, and that key under one of the settings' keys.

A sealed file is: mark (8 bytes) | name of the wrapping key (8) | nonce (12) | wrapped key (48) | nonce (12) | sealed
bytes and their tag. The storage key is authenticated with both, so that no file can be put in another's place.
"""

import hashlib
import os
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = b"\x93INHAND1"
NAME, NONCE, KEY, TAG = 8, 12, 32, 16
HEAD = len(MARK) + NAME + NONCE + KEY + TAG
OVERHEAD = HEAD + NONCE + TAG
"""Bytes by which a sealed file is longer than what is in it."""


class NotOpened(Exception):
    """None of the keys opens this file, or somebody changed it."""


@dataclass(frozen=True)
class Sealer:
    """Seals with the first of its keys, opens with any. `keys` are 32 bytes each, the newest first."""

    keys: tuple[bytes, ...]

    @classmethod
    def from_secrets(cls, secrets: tuple[str, ...]) -> Self:
        """From texts of the settings, the newest first; each is made into a key (HKDF, RFC 5869)."""
        return cls(tuple(_key_of(secret) for secret in secrets))

    def seal(self, place: str, data: bytes) -> bytes:
        """The sealed form of `data` for the storage key `place`; another one each time."""
        own, nonce = AESGCM.generate_key(KEY * 8), os.urandom(NONCE)
        return self._wrap(place, own) + nonce + AESGCM(own).encrypt(nonce, data, place.encode())

    def open(self, place: str, sealed: bytes) -> bytes:
        """What is in a sealed file. Raises `NotOpened`."""
        nonce, body = sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :]
        try:
            return AESGCM(self._unwrap(place, sealed)).decrypt(nonce, body, place.encode())
        except InvalidTag:
            raise NotOpened(place) from None

    def rewrap(self, place: str, found: bytes) -> bytes | None:
        """The same file under the newest key, or None where it is so already. A plain file is sealed."""
        if not is_sealed(found):
            return self.seal(place, found)
        if found[len(MARK) : len(MARK) + NAME] == _name_of(self.keys[0]):
            return None
        return self._wrap(place, self._unwrap(place, found)) + found[HEAD:]

    def _wrap(self, place: str, own: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return MARK + _name_of(self.keys[0]) + nonce + AESGCM(self.keys[0]).encrypt(nonce, own, _bound(place))

    def _unwrap(self, place: str, sealed: bytes) -> bytes:
        name, nonce = sealed[len(MARK) : len(MARK) + NAME], sealed[len(MARK) + NAME :][:NONCE]
        wrapped = sealed[len(MARK) + NAME + NONCE : HEAD]
        key = next((key for key in self.keys if _name_of(key) == name), None)
        if key is None or not is_sealed(sealed) or len(sealed) < OVERHEAD:
            raise NotOpened(place)
        try:
            return AESGCM(key).decrypt(nonce, wrapped, _bound(place))
        except InvalidTag:
            raise NotOpened(place) from None


def is_sealed(found: bytes) -> bool:
    """Whether these bytes are a sealed file; its first eight are enough."""
    return found.startswith(MARK)


def _key_of(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=b"inhand: files at rest").derive(secret.encode())


def _name_of(key: bytes) -> bytes:
    return hashlib.sha256(b"inhand: name of a key" + key).digest()[:NAME]


def _bound(place: str) -> bytes:
    return b"key of " + place.encode()

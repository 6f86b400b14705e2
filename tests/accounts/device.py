"""A device that makes and uses passkeys, as a browser hands them on; each thing it says can be made wrong."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey on one device."""

    origin: str = "http://localhost"
    rp_id: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    handle: str = ""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> str:
        """The answer to being asked to make a passkey."""
        asked = json.loads(options)
        self.handle = asked["user"]["id"]
        seen = self._client_data("webauthn.create", asked["challenge"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        about = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cbor2.dumps(public)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._said(self.flags | ATTESTED) + about}
        parts = {"attestationObject": cbor2.dumps(attested), "clientDataJSON": seen}
        return self._answer({**encoded(parts), "transports": ["internal"]})

    def use(self, options: str) -> str:
        """The answer to being asked to use it."""
        seen = self._client_data("webauthn.get", json.loads(options)["challenge"])
        self.count += 1
        said = self._said(self.flags)
        signature = self.key.sign(said + hashlib.sha256(seen).digest(), ec.ECDSA(SHA256()))
        parts = {"authenticatorData": said, "clientDataJSON": seen, "signature": signature}
        return self._answer({**encoded(parts), "userHandle": self.handle})

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _said(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, response: dict[str, object]) -> str:
        name = bytes_to_base64url(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def encoded(parts: dict[str, bytes]) -> dict[str, object]:
    """As they travel."""
    return {name: bytes_to_base64url(value) for name, value in parts.items()}

"""Identifiers: UUIDs as text, made where the thing is made (most often on a phone)."""

import re
import secrets
import uuid

UUID_PATTERN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHA256_PATTERN = re.compile(r"[0-9a-f]{64}")


def new_id() -> str:
    """A fresh random UUID, lower case with hyphens."""
    return str(uuid.uuid4())


def new_token() -> str:
    """A secret of 256 bits for links and sign-ins, safe in an address."""
    return secrets.token_urlsafe(32)


def is_id(value: object) -> bool:
    """Whether this is a UUID in the one spelling that we store."""
    return isinstance(value, str) and UUID_PATTERN.fullmatch(value) is not None


def is_sha256(value: object) -> bool:
    """Whether this is a sha256 in lower-case hex."""
    return isinstance(value, str) and SHA256_PATTERN.fullmatch(value) is not None

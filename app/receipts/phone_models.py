"""What a phone fetches, once and when asked, to read receipts by itself: the runtime and the two quick models.

The runtime is among the built files; the models come out of the same packages that the server reads with, the
recogniser cut to Western letters. Nothing here runs a model, so the web process loads none of it.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.assets import ON_REQUEST, Assets
from app.receipts.reading.packages import ReaderMissing, tiny_detector_bytes, tiny_letters

# Raised when phones have to fetch anew because the code that uses these files changed (`FORMAT` in ocr/keeper.js).
FORMAT = 1
OFF = "Receipts cannot be read here. Type them in as before; the photo is kept."


@dataclass(frozen=True)
class Model:
    """One model as it is sent: its bytes, the same packed, and the first 16 hex digits of the bytes' SHA-256."""

    content: bytes
    packed: bytes
    version: str


@dataclass(frozen=True)
class Models:
    """Both models by name, and the recogniser's letters; the first letter stands for nothing."""

    by_name: dict[str, Model]
    letters: list[str]


@cache
def phone_models() -> Models:
    """The models, made ready once. Raises ReaderMissing where the packages are not installed, or not yet whole."""
    try:
        letters = tiny_letters()
        detector = tiny_detector_bytes()
    except OSError as problem:
        raise ReaderMissing(OFF) from problem
    models = {"detector": as_model(detector), "recogniser": as_model(letters.model)}
    return Models(models, letters.characters)


def as_model(content: bytes) -> Model:
    """A model ready to be sent."""
    return Model(content, gzip.compress(content, mtime=0), hashlib.sha256(content).hexdigest()[:16])


def list_for_phone(assets: Assets, *, reading: str) -> dict[str, Any]:
    """What to fetch: `files` with name, address, size unpacked and version; or `off`, a sentence for the person."""
    if reading == "off":
        return {"off": OFF}
    try:
        models = phone_models()
    except ReaderMissing:
        return {"off": OFF}
    runtime = [built_file(assets, name, path) for name, path in ON_REQUEST.items()]
    sent = [model_file(name, model) for name, model in models.by_name.items()]
    return {"format": FORMAT, "files": [*runtime, *sent], "letters": models.letters}


def built_file(assets: Assets, name: str, path: str) -> dict[str, Any]:
    """A file of the runtime."""
    size = (assets.folder / path).stat().st_size
    return {"name": name, "url": assets.url(path), "size": size, "version": assets.manifest.files[path]}


def model_file(name: str, model: Model) -> dict[str, Any]:
    """A model; its address changes with its bytes."""
    url = f"/reader/{name}?v={model.version}"
    return {"name": name, "url": url, "size": len(model.content), "version": model.version}

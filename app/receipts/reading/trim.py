"""A recogniser cut down to the letters that Western receipts use.

The recognisers know up to 18,710 characters, nearly all of them Chinese. Their last layer is one matrix with a column
a character: keeping a few hundred columns halves the time of a line, frees memory, and no smudge is read as a Chinese
character. The model file is a protocol buffer; only its outermost fields are rewritten here, in memory, as
plain bytes: the web process sends the result to phones and loads no numpy.
Shapes that the file declares are left out, because they no longer hold and the runtime finds them by itself.
Source of the field numbers: onnx.proto3 (ModelProto.graph = 7, GraphProto.initializer = 5, output = 12,
value_info = 13, TensorProto.dims = 1, data_type = 2, name = 8, raw_data = 9; the shape of an output is
ValueInfoProto.type = 2, TypeProto.tensor_type = 1, Tensor.shape = 2).
"""

from __future__ import annotations

from collections.abc import Iterator

OUTPUT, VALUE_INFO, SHAPE = 12, 13, (2, 1, 2)
GRAPH, INITIALIZER, DIMS, DATA_TYPE, NAME, RAW = 7, 5, 1, 2, 8, 9
FLOAT = 1
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


def trim_recogniser(model: bytes, vocabulary: int, keep: list[int]) -> bytes:
    """The model with only the `keep` columns of every weight whose last side is `vocabulary` long."""
    parts = []
    for number, value, raw in fields(model):
        if number == GRAPH and isinstance(value, bytes):
            raw = pack_bytes(GRAPH, trim_graph(value, vocabulary, keep))
        parts.append(raw)
    return b"".join(parts)


def trim_graph(graph: bytes, vocabulary: int, keep: list[int]) -> bytes:
    """The graph with its last layer's weights cut, without declared shapes."""
    parts = []
    for number, value, raw in fields(graph):
        if number == INITIALIZER and isinstance(value, bytes) and len(value) > 4 * vocabulary:
            raw = pack_bytes(INITIALIZER, trim_tensor(value, vocabulary, keep))
        elif number == OUTPUT and isinstance(value, bytes):
            raw = pack_bytes(OUTPUT, without(value, SHAPE))
        if number != VALUE_INFO:
            parts.append(raw)
    return b"".join(parts)


def without(message: bytes, path: tuple[int, ...]) -> bytes:
    """The message without the field that a path of field numbers leads to."""
    parts = []
    for number, value, raw in fields(message):
        if number != path[0]:
            parts.append(raw)
        elif len(path) > 1 and isinstance(value, bytes):
            parts.append(pack_bytes(number, without(value, path[1:])))
    return b"".join(parts)


def trim_tensor(tensor: bytes, vocabulary: int, keep: list[int]) -> bytes:
    """The tensor with only some columns, or the same bytes where it is not of the last layer."""
    sides, name, data = read_tensor(tensor)
    if not sides or sides[-1] != vocabulary:
        return tensor
    header = b"".join(pack_number(DIMS, side) for side in [*sides[:-1], len(keep)])
    kept = b"".join(columns(data[at : at + 4 * vocabulary], keep) for at in range(0, len(data), 4 * vocabulary))
    return header + pack_number(DATA_TYPE, FLOAT) + pack_bytes(NAME, name) + pack_bytes(RAW, kept)


def columns(row: bytes, keep: list[int]) -> bytes:
    """Some of the four-byte numbers of one row."""
    return b"".join(row[4 * at : 4 * at + 4] for at in keep)


def read_tensor(tensor: bytes) -> tuple[list[int], bytes, bytes]:
    """The sides, name and raw data of a tensor."""
    sides: list[int] = []
    name = data = b""
    for number, value, _ in fields(tensor):
        if number == DIMS:
            sides += [value] if isinstance(value, int) else packed_numbers(value)
        elif number == NAME and isinstance(value, bytes):
            name = value
        elif number == RAW and isinstance(value, bytes):
            data = value
    return sides, name, data


def fields(message: bytes) -> Iterator[tuple[int, int | bytes, bytes]]:
    """The fields of a message in order: number, value, and the bytes they were written as."""
    at = 0
    while at < len(message):
        start = at
        key, at = number_at(message, at)
        kind = key & 7
        value: int | bytes
        if kind == VARINT:
            value, at = number_at(message, at)
        else:
            length, at = number_at(message, at) if kind == BYTES else ({FIXED64: 8, FIXED32: 4}[kind], at)
            value, at = message[at : at + length], at + length
        yield key >> 3, value, message[start:at]


def number_at(message: bytes, at: int) -> tuple[int, int]:
    """A variable-length number and where it ends."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def packed_numbers(value: bytes) -> list[int]:
    """Numbers written one after the other."""
    numbers, at = [], 0
    while at < len(value):
        number, at = number_at(value, at)
        numbers.append(number)
    return numbers


def pack_number(number: int, value: int) -> bytes:
    """A number field."""
    return varint(number << 3 | VARINT) + varint(value)


def pack_bytes(number: int, value: bytes) -> bytes:
    """A bytes field."""
    return varint(number << 3 | BYTES) + varint(len(value)) + value


def varint(value: int) -> bytes:
    """A number in seven-bit groups, smallest first."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])

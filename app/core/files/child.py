"""The bounded child: reads one file from its standard input and writes its two pictures, or why not.

Whatever a hostile file does to a decoder happens here: it can write no file, and has little memory and time.
"""

import io
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PIL import Image

PICTURE_SIDE = 2_000
THUMBNAIL_SIDE = 320
PICTURE_BYTES = 400_000
MEMORY = 290 * 1024 * 1024
"""Bytes of address space above what the libraries' own code takes."""
CPU_SECONDS = 1.9


class Drawn(NamedTuple):
    """A small upright sRGB picture without anything attached, and how many pages the file has."""

    picture: Image.Image
    pages: int


@dataclass
class NotDrawn(Exception):
    """Why not, as a word that the parent turns into a sentence, and the figure in it."""

    reason: str
    figure: int = 0


def run(draw: Callable[[bytes], Drawn]) -> None:
    """Bound this process, draw what comes in, write one line of JSON and then the bytes it counts."""
    bound_this_process()
    try:
        answer, blobs = _make(draw(sys.stdin.buffer.read()))
    except NotDrawn as refused:
        answer, blobs = {"refused": refused.reason, "figure": refused.figure}, []
    except MemoryError:
        answer, blobs = {"refused": "work", "figure": 0}, []
    except Exception:  # a decoder may raise anything over a broken file
        answer, blobs = {"refused": "damaged", "figure": 0}, []
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(blobs))
    sys.stdout.buffer.flush()
    os._exit(0)


def bound_this_process() -> None:
    """Set the limits that hold even when a decoder runs wild in C; the parent adds the wall clock."""
    mapped, resident = (int(part) for part in Path("/proc/self/statm").read_text().split()[:2])
    room = MEMORY + (mapped - resident) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (3, 3))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, max(0.1, CPU_SECONDS - time.process_time()))


def _make(drawn: Drawn) -> tuple[dict[str, object], list[bytes]]:
    picture = drawn.picture
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE), Image.Resampling.LANCZOS)
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    blobs = [_encode_picture(picture), _encode(small, quality=75)]
    facts = {"width": picture.width, "height": picture.height, "pages": drawn.pages}
    return {**facts, "lengths": [len(blob) for blob in blobs]}, blobs


def _encode_picture(picture: Image.Image) -> bytes:
    """Legible first, small second: quality goes down in steps while the picture is above 400 kB."""
    encoded = b""
    for quality in (82, 74, 66):
        encoded = _encode(picture, quality=quality)
        if len(encoded) <= PICTURE_BYTES:
            break
    return encoded


def _encode(picture: Image.Image, *, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()

"""The two pictures that we show and serve of a file: made in a bounded child process, one at a time."""

import fcntl
import json
import os
import subprocess  # nosec B404 # each call passes a list, never a shell's line
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core.files.limits import MOST_PAGES, MOST_PIXELS, MOST_SIDE
from app.core.files.sniff import FileRefused, Kind, sniff

WALL_SECONDS = 10.0
"""The child's own limit is 1.9 s of computing; the rest is for a machine that is busy with other things."""

_ROOT = str(Path(__file__).resolve().parents[3])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from app.core.files.child import run; from app.core.files.{drawer} import draw; run(draw)"
)
_SENTENCES = {
    "damaged": "We cannot open this photo. It may be damaged or cut short. Take it again.",
    "damaged-pdf": "We cannot open this PDF. It may be damaged or cut short. Try a photo of it.",
    "locked": "This PDF is locked with a password. Save it without one, or take a photo of it.",
    "no-pages": "This PDF has no pages. Try a photo of the paper.",
    "pages": "This PDF has {figure:,} pages. We take up to {most_pages}. Send only the pages that matter.",
    "pixels": "This photo has {figure:,} megapixels. We take up to {most_pixels}. Choose a smaller size.",
    "side": "This photo is {figure:,} points long. We take up to {most_side:,}. Take it in two parts.",
    "work": "This file takes too much work to open. Try a photo of it.",
}


class PicturesBusy(Exception):
    """The machine gave the child too little time; nothing is known about the file. Try again later."""


@dataclass(frozen=True)
class Pictures:
    """What we made of a file: JPEGs without any metadata, at most 2,000 px and 320 px on the long side."""

    kind: Kind
    picture: bytes
    thumbnail: bytes
    width: int
    height: int
    pages: int


def make_pictures(data: bytes) -> Pictures:
    """Upright sRGB pictures of a photo or of a PDF's first page.

    `width` and `height` are the picture's in pixels, `pages` is 1 for a photo. Raises `FileRefused` with a
    sentence for its owner, or `PicturesBusy` where only the machine is to blame.
    """
    kind = sniff(data)
    with _alone():
        finished = _run_child(kind, data)
    head, _, blobs = finished.stdout.partition(b"\n")
    if finished.returncode != 0 or not head:
        raise FileRefused(_SENTENCES["work"])
    facts = json.loads(head)
    if "refused" in facts:
        raise FileRefused(_sentence(kind, facts["refused"], facts["figure"]))
    cut = facts["lengths"][0]
    return Pictures(kind, blobs[:cut], blobs[cut:], facts["width"], facts["height"], facts["pages"])


def _run_child(kind: Kind, data: bytes) -> subprocess.CompletedProcess[bytes]:
    drawer = "draw_pdf" if kind is Kind.PDF else "draw_photo"
    try:
        return subprocess.run(  # nosec B603 # a list of our own; the file goes in by the pipe
            [sys.executable, "-I", "-c", _CHILD.format(drawer=drawer), _ROOT],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            cwd="/",
            env={"MALLOC_ARENA_MAX": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise PicturesBusy from late


@contextmanager
def _alone() -> Iterator[None]:
    """One child at a time for all processes of this account: its memory limit is then the machine's too."""
    name = Path(tempfile.gettempdir()) / f"inhand-pictures-{os.getuid()}.lock"
    handle = os.open(name, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sentence(kind: Kind, reason: str, figure: int) -> str:
    if reason == "damaged" and kind is Kind.PDF:
        reason = "damaged-pdf"
    return _SENTENCES[reason].format(
        figure=figure,
        most_pages=MOST_PAGES,
        most_pixels=MOST_PIXELS.get(kind, 0) // 1_000_000,
        most_side=MOST_SIDE,
    )

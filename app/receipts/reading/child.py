"""The reader's own process: one request a line comes in, one answer a line goes out, under the kernel's limits.

Run as `python -m app.receipts.reading.child MEGABYTES CPU_SECONDS`. It is killed from outside when it is too slow.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.receipts.reading.bounded import NO_MEMORY
from app.receipts.reading.images import Unreadable
from app.receipts.reading.passing import hints_from, reading_to_dict
from app.receipts.reading.read import read_here
from app.receipts.reading.shapes import Reading

BROKEN = "This file could not be read as a receipt."


def main(megabytes: int, cpu_seconds: int) -> None:
    """Answer requests until the input ends."""
    limit(megabytes)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for request in sys.stdin:
        allow_seconds(cpu_seconds)
        answers.write(json.dumps(answer(json.loads(request))) + "\n")
        answers.flush()


def limit(megabytes: int) -> None:
    """Cap the address space, forbid core dumps, and go before anything else when memory runs short."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def allow_seconds(cpu_seconds: int) -> None:
    """Let this request use so much processor time more; the kernel ends the process after that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The reading of one file, or its error as a sentence."""
    try:
        reading = read_here(Path(request["path"]), hints_from(request["hints"]))
    except Unreadable as problem:
        reading = Reading(error=str(problem))
    except MemoryError:
        reading = Reading(error=NO_MEMORY)
    except Exception:
        # Decoders fail in ways of their own on hostile files; whatever it was, the person gets a sentence.
        reading = replace(Reading(), error=BROKEN)
    return reading_to_dict(reading)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

"""Run in a small process of its own: what each file in a folder costs the decoding child.

Prints one JSON line per file: name, sentence or null, wall and computing seconds, and the largest memory of
any child so far in MiB (the kernel counts the parent's memory in, so the parent stays small).
"""

import json
import resource
import sys
import time
from pathlib import Path

from app.core.files.pictures import make_pictures
from app.core.files.sniff import FileRefused


def main(folder: Path) -> None:
    """Measure every file in `folder` in the order of its name."""
    for file in sorted(folder.iterdir()):
        before, start = _children(), time.monotonic()
        sentence = _sentence(file.read_bytes())
        wall, after = time.monotonic() - start, _children()
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        facts = {"wall": round(wall, 2), "cpu": round(cpu, 2), "mib": after.ru_maxrss // 1024}
        print(json.dumps({"name": file.name, "sentence": sentence} | facts), flush=True)


def _children() -> resource.struct_rusage:
    return resource.getrusage(resource.RUSAGE_CHILDREN)


def _sentence(data: bytes) -> str | None:
    try:
        make_pictures(data)
    except FileRefused as refused:
        return refused.sentence
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]))

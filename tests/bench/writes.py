"""How long a writer waits for its turn on SQLite: four processes write as fast as they can for some seconds."""

import json
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from sqlalchemy import text

from app.core.db import Database

PROCESSES = 4
SECONDS = 5.0
LIMIT_MS = 250.0


def main(argv: list[str]) -> int:
    """Run the bench; 1 when the longest wait is above its limit."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'writes.db'}"
        _prepare(url)
        with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
            waits = sorted(wait for found in pool.map(_write, [url] * PROCESSES) for wait in found)
    figures = {
        "writes": len(waits),
        "median_ms": round(1000 * median(waits), 2),
        "p99_ms": round(1000 * waits[int(len(waits) * 0.99)], 2),
        "longest_ms": round(1000 * waits[-1], 2),
    }
    print(json.dumps({"writes": figures}) if "--json" in argv else _sentence(figures))
    if figures["longest_ms"] > LIMIT_MS:
        print(f"The longest wait is above {LIMIT_MS:.0f} ms.", file=sys.stderr)
        return 1
    return 0


def _sentence(figures: dict[str, float]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in figures.items())


def _prepare(url: str) -> None:
    database = Database(url)
    with database.writing() as session:
        session.execute(text("CREATE TABLE line (id INTEGER PRIMARY KEY, words TEXT)"))
        session.commit()
    database.dispose()


def _write(url: str) -> list[float]:
    """The wait before each write, in seconds."""
    database = Database(url)
    waits = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.monotonic()
        with database.writing() as session:
            session.execute(text("INSERT INTO line (words) VALUES ('a line of the bench')"))
            waits.append(time.monotonic() - began)
            session.commit()
    database.dispose()
    return waits

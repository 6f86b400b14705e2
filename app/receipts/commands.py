"""Commands for receipts. They need no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from app.receipts.reading.bounded import Reader, ReaderMissing
from app.receipts.reading.shapes import Hints, Reading


@click.group("receipts")
def receipts() -> None:
    """Read receipts."""


@receipts.command("read")
@click.option("--hints", "hints_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def read_command(hints_file: Path | None, files: tuple[Path, ...]) -> None:
    """Print what each photo or PDF says, one JSON line a file, in the order given.

    The hints are JSON lines with "file" (base name), and "day_first" or "country".
    """
    hints = load_hints(hints_file)
    try:
        with Reader() as reader:
            for path in files:
                reading = reader.read(path, hints.get(path.name))
                click.echo(json.dumps(as_line(path, reading), ensure_ascii=False))
    except ReaderMissing as problem:
        raise click.ClickException(str(problem)) from problem


def load_hints(path: Path | None) -> dict[str, Hints]:
    """Hints by base name of the file."""
    if path is None:
        return {}
    found: dict[str, Hints] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            name, hints = hint_of(line, number)
            found[name] = hints
    return found


def hint_of(line: str, number: int) -> tuple[str, Hints]:
    """One line of hints. Raises a usage error that names the line."""
    try:
        raw = json.loads(line)
        return str(raw["file"]), Hints(day_first=raw.get("day_first"), country=raw.get("country"))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise click.UsageError(f"Line {number} of the hints is not a JSON object with a file.") from problem


def as_line(path: Path, reading: Reading) -> dict[str, Any]:
    """One file's answer with the keys of the command's format."""
    line: dict[str, Any] = {
        "file": path.name,
        "merchant": reading.merchant.value,
        "date": reading.date.value,
        "total": reading.total.value,
        "currency": reading.currency,
        "confidence": {
            "merchant": reading.merchant.confidence,
            "date": reading.date.confidence,
            "total": reading.total.confidence,
        },
        "items": [{"text": item.text, "amount": item.amount} for item in reading.items],
        "seconds": reading.seconds,
    }
    if reading.error:
        line["error"] = reading.error
    return line

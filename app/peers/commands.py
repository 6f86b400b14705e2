"""`inhand peers ...`: the anonymiser from the command line. Needs no database."""

import json
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import click

from app.peers.anonymise.engine import Anonymiser, ready
from app.peers.anonymise.known import Known, read_known
from app.peers.anonymise.model import DetectorMissing
from app.peers.anonymise.standins import StandIns, rewrite


@click.group()
def peers() -> None:
    """Peer groups and the anonymiser."""


@peers.command()
@click.argument("file", type=click.File("r", encoding="utf8"))
@click.option("--known", "known_file", type=click.File("r", encoding="utf8"), help="What the account knows.")
def redact(file: TextIO, known_file: TextIO | None) -> None:
    """Say the texts of FILE (lines of {"id", "text"}; "-" is standard input) so that nobody is recognised.

    One line comes out for each line that goes in, in the same order: {"id", "spans": [[start, end, type], ...],
    "text"}. A line that cannot be read comes out as {"id", "error"} and does not stop the others.
    """
    try:
        engine = ready()
    except DetectorMissing as missing:
        raise click.ClickException(str(missing)) from missing
    try:
        known = read_known(known_file) if known_file else Known()
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    for answer in answers(file, engine, known):
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def answers(lines: TextIO, engine: Anonymiser, known: Known) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.strip():
            yield answer_to(line, engine, known)


def answer_to(line: str, engine: Anonymiser, known: Known) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except ValueError as wrong:
        return {"id": None, "error": f"The line is not JSON: {wrong}"}
    if not isinstance(item, dict):
        return {"id": None, "error": "The line is not an object with id and text."}
    text = item.get("text")
    if not isinstance(text, str):
        return {"id": item.get("id"), "error": "The line has no text."}
    spans = engine.spans(text, known)
    found = [[span.start, span.end, span.kind] for span in spans]
    return {"id": item.get("id"), "spans": found, "text": rewrite(text, spans, StandIns())}

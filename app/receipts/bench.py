"""How well the reader does on a folder of labelled receipts: the figures that the product is held to."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from app.receipts.chart import calibration_svg
from app.receipts.reading.bounded import Reader, ReaderMissing
from app.receipts.reading.shapes import Hints
from app.receipts.scoring import (
    FIELDS,
    Marked,
    calibration,
    clear_totals,
    items_add_up,
    mark,
    right_share,
    share,
    wrong_when_given,
)


@dataclass(frozen=True)
class Cost:
    """What reading a folder took: processor seconds of each receipt, and the most memory in MB."""

    seconds: list[float]
    megabytes: float


@click.command("receipts")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--folds", type=int, default=0, help="Also fit the weights anew without each shop, in so many parts.")
@click.option("--chart", type=click.Path(dir_okay=False, path_type=Path), help="Draw the calibration into this SVG.")
@click.option("--errors", is_flag=True, help="Name the receipts that were read wrongly.")
def bench_receipts(folder: Path, folds: int, chart: Path | None, errors: bool) -> None:
    """Score the reader on FOLDER, which holds pictures and labels.jsonl."""
    try:
        marked, cost = run(folder)
    except ReaderMissing as problem:
        raise click.ClickException(str(problem)) from problem
    for line in (*report("as delivered", marked), *cost_lines(cost)):
        click.echo(line)
    if folds:
        learning: Any = import_module("app.receipts.learning")
        examples = [learning.Example(one.label, list(one.reading.lines)) for one in marked]
        for line in report(f"cross-validated by shop, {folds} parts", learning.cross_validate(examples, folds)):
            click.echo(line)
    if chart:
        draw_chart(chart, marked)
    if errors:
        for line in error_lines(marked):
            click.echo(line)


def draw_chart(file: Path, marked: list[Marked]) -> None:
    """How sure was said, and how often that was right, for each field."""
    bands = {name: calibration(marked, name) for name in FIELDS}
    file.write_text(calibration_svg(f"Calibration on {len(marked)} receipts", bands), encoding="utf-8")


def run(folder: Path) -> tuple[list[Marked], Cost]:
    """Read every labelled file once, in one child process."""
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines() if line]
    marked = []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Reader() as reader:
        for label in labels:
            hints = Hints(day_first=label.get("day_first"), country=label.get("country"))
            marked.append(mark(label, reader.read(folder / label["file"], hints)))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds = [one.reading.cpu_seconds for one in marked] or [used]
    return marked, Cost(seconds, after.ru_maxrss / 1024)


def report(title: str, marked: list[Marked]) -> Iterator[str]:
    """The table of figures, the calibration below it."""
    wrong_clear, clear = clear_totals(marked)
    yield f"{title}: {len(marked)} receipts"
    for name in ("total", "date", "merchant"):
        yield f"  {name + ' right':<34}{right_share(marked, name):.3f}"
    yield f"  {'all three right':<34}{share(marked, lambda one: one.all_right):.3f}"
    yield f"  {'date and total right':<34}{share(marked, date_and_total):.3f}"
    for name in FIELDS:
        yield f"  {'wrong when given, ' + name:<34}{wrong_when_given(marked, name):.3f}"
    yield f"  {'totals marked clear, wrong':<34}{wrong_clear:.3f}"
    yield f"  {'totals marked clear, share of all':<34}{clear:.3f}"
    yield f"  {'items add up to the total':<34}{items_add_up(marked):.3f}"
    for name in FIELDS:
        bands = ", ".join(f"{low:.2f}+: {right:.3f} of {many}" for low, _, many, right in calibration(marked, name))
        yield f"  said and right, {name}: {bands}"


def date_and_total(one: Marked) -> bool:
    """Whether date and total are right."""
    return one.right["date"] is not False and one.right["total"] is not False


def cost_lines(cost: Cost) -> Iterator[str]:
    """Processor time and memory."""
    ordered = sorted(cost.seconds)
    yield f"  {'CPU seconds, median':<34}{ordered[len(ordered) // 2]:.2f}"
    yield f"  {'CPU seconds, 95 of 100':<34}{ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]:.2f}"
    yield f"  {'peak memory, MB':<34}{cost.megabytes:.0f}"


def error_lines(marked: list[Marked]) -> Iterator[str]:
    """The receipts that are not all right, with what was wanted and what was read."""
    for one in marked:
        for name in FIELDS:
            if one.right[name] is False:
                wanted, read = one.label[name], getattr(one.reading, name).value
                yield f"{one.label['file']} {name}: wanted {wanted!r}, read {read!r}"

"""How well a phone reads receipts by itself: a real Chromium, WebAssembly, one thread. `bin/bench phone-ocr [DIR]`."""

import base64
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Response, sync_playwright

from app.receipts.bench import date_and_total
from app.receipts.reading.shapes import Field, Hints, Reading
from app.receipts.scoring import FIELDS, Marked, clear_totals, mark, right_share, share, wrong_when_given
from tests.journeys.browser import CHROMIUM, FLAGS
from tests.receipts.own.phone_site import FETCH, READ, ask, serve_app

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "receipts"
FILES = ("/reader", "/static/vendor/ort")


@dataclass(frozen=True)
class Result:
    """One folder read: each receipt marked, what each took by the clock and of the processor, and the reader's weight.

    Beside other work the clock runs on while the browser waits; the processor's seconds tell what reading takes.
    """

    marked: list[Marked]
    seconds: list[float]
    cpu_seconds: list[float]
    megabytes: float


def main(argv: list[str]) -> int:
    """Score the folder that is named, else the shared one beside the project."""
    folder = next((Path(word) for word in argv if not word.startswith("--")), SHARED)
    if not (folder / "labels.jsonl").is_file():
        print(f"There is no {folder}/labels.jsonl. Name a folder: bin/bench phone-ocr DIR", file=sys.stderr)
        return 1
    result = run(folder)
    if "--json" in argv:
        print(json.dumps(dict(figures(result))))
    else:
        print(f"on the phone: {len(result.marked)} receipts")
        for name, figure in figures(result):
            print(f"  {name:<34}{figure:.3f}")
    for line in errors(result.marked) if "--errors" in argv else ():
        print(line)
    return 0


def run(folder: Path) -> Result:
    """Fetch the reader once, then read every labelled file."""
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory() as place, serve_app(Path(place)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        page = browser.new_context(service_workers="block").new_page()
        page.goto(f"{address}/help")
        weight = fetched_bytes(page)
        read_one(page, folder, labels[0])  # opens the models
        result = Result([], [], [], weight / 1e6)
        processes = browser.new_browser_cdp_session()
        for label in labels:
            before = used_by_pages(processes)
            one, seconds = read_one(page, folder, label)
            result.marked.append(one)
            result.seconds.append(seconds)
            result.cpu_seconds.append(used_by_pages(processes) - before)
        browser.close()
    return result


def used_by_pages(processes: CDPSession) -> float:
    """The processor's seconds that pages and their workers have used so far."""
    found = processes.send("SystemInfo.getProcessInfo")["processInfo"]
    return sum(float(one["cpuTime"]) for one in found if one["type"] == "renderer")


def fetched_bytes(page: Page) -> int:
    """Fetch the reader; the bytes of its files as they came over the line."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    outcome = ask(page, FETCH)
    assert outcome == {"kind": "ready"}, outcome
    paths = [(answer, "/" + answer.url.split("/", 3)[3]) for answer in answers]
    return sum(answer.request.sizes()["responseBodySize"] for answer, path in paths if path.startswith(FILES))


def read_one(page: Page, folder: Path, label: dict[str, Any]) -> tuple[Marked, float]:
    """One receipt read and marked, and the seconds from photo to reading."""
    hints = Hints(day_first=label.get("day_first"), country=label.get("country"))
    photo = base64.b64encode((folder / label["file"]).read_bytes()).decode()
    told = ask(page, READ, photo, {"day_first": hints.day_first, "country": hints.country})
    return mark(label, as_reading(told["reading"] or {})), told["seconds"]


def as_reading(raw: dict[str, Any]) -> Reading:
    """What the phone answered, as the scorer takes it."""
    fields = {name: Field(raw[name]["value"], raw[name]["confidence"]) for name in FIELDS if name in raw}
    return Reading(**fields, currency=raw.get("currency"))


def figures(result: Result) -> Iterator[tuple[str, float]]:
    """The figures by name."""
    marked = result.marked
    wrong_clear, clear = clear_totals(marked)
    yield "date and total right", share(marked, date_and_total)
    for name in FIELDS:
        yield f"{name} right", right_share(marked, name)
    for name in FIELDS:
        yield f"wrong when given, {name}", wrong_when_given(marked, name)
    yield "totals marked clear, wrong", wrong_clear
    yield "totals marked clear, share of all", clear
    yield "seconds, median", statistics.median(result.seconds)
    yield "seconds, longest", max(result.seconds)
    yield "CPU seconds, median", statistics.median(result.cpu_seconds)
    yield "fetched, MB", result.megabytes


def errors(marked: list[Marked]) -> Iterator[str]:
    """What was wanted and what was read, where they differ."""
    for one in marked:
        for name in FIELDS:
            if one.right[name] is False:
                wanted, read = one.label[name], getattr(one.reading, name).value
                yield f"{one.label['file']} {name}: wanted {wanted!r}, read {read!r}"

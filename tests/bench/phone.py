"""A slow phone with a long ledger: queued operations drained, the start, the first sync; at 1x, 2x and 4x entries.

All of it in Chromium at CPU x4 against a real server. A drain lasts from the moment when the signal is back until the
screen says "All sent"; how many entries the server then holds is counted.
"""

import json
import os
import sqlite3
import statistics
import sys
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Page

from tests.bench.filled import slow_site, slowed
from tests.bench.start import MOST_FIRST_SYNC_MS, MOST_START_MS, SIZES, at_size
from tests.journeys.browser import Phone
from tests.journeys.modules import act
from tests.journeys.site import Site

ENTRIES_FOR_AN_OPERATION = 12
TIMES = 3
MOST_DRAIN_MS = 3_000.0
MOST_GROWTH = 6.0
NAMES = ("first_sync", "start", "drain")
DRAIN = """() => new Promise((resolve) => {
  const began = performance.now();
  const look = () => {
    if (document.querySelector(".sync")?.textContent !== "All sent") return;
    observer.disconnect();
    resolve(performance.now() - began);
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
  dispatchEvent(new Event("online"));
})"""


@dataclass(frozen=True)
class Measured:
    """Milliseconds at one size; medians where there are several runs. `operations` were queued for each drain."""

    entries: int
    operations: int
    first_sync: float
    start: float
    drain: float
    drains: list[float]


def main(argv: list[str]) -> int:
    """Run the bench. 1: a figure is above its limit, or grows faster than the entries."""
    with slow_site() as (site, phone):
        found = [_measure(site, phone, entries) for entries in SIZES]
    if "--json" in argv:
        print(json.dumps({"bench": "phone", "load": os.getloadavg()[0], "results": [asdict(one) for one in found]}))
    else:
        print(f"CPU x4, milliseconds, load {os.getloadavg()[0]:.1f}")
        print("entries  operations  first sync  start  drain")
        for one in found:
            print(f"{one.entries:<8} {one.operations:<11} {one.first_sync:>9.0f} {one.start:>7.0f} {one.drain:>6.0f}")
        print("growth from 1x to 4x: " + ", ".join(f"{name} {_growth(found, name):.1f}" for name in NAMES))
    wrong = misses(found)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


def misses(found: list[Measured]) -> list[str]:
    """What is above its limit, as sentences. `found`: at 1x, 2x, 4x."""
    most = {"first_sync": MOST_FIRST_SYNC_MS, "start": MOST_START_MS, "drain": MOST_DRAIN_MS}
    took = {name: float(getattr(found[-1], name)) for name in NAMES}
    slow = [f"{name} took {took[name]:.0f} ms; {most[name]:.0f} at most." for name in NAMES if took[name] > most[name]]
    curved = [f"{name} grows faster than the entries." for name in NAMES if _growth(found, name) > MOST_GROWTH]
    return slow + curved


def _growth(found: list[Measured], name: str) -> float:
    return float(getattr(found[-1], name)) / float(getattr(found[0], name))


def _measure(site: Site, phone: Phone, entries: int) -> Measured:
    opened = at_size(site, phone, entries)
    operations = round(entries / ENTRIES_FOR_AN_OPERATION)
    drains = [_drained(site, phone, operations) for _ in range(TIMES)]
    return Measured(entries, operations, opened.first_sync, opened.start, statistics.median(drains), drains)


def _drained(site: Site, phone: Phone, operations: int) -> float:
    before = _counted(site)
    page = phone.context.new_page()
    site.line.cut = True
    page.goto(f"{site.url}/app/")
    page.locator(".sync", has_text="No signal").wait_for()
    act(page, _requests(site, operations))
    page.locator(".sync", has_text=f"{operations} wait").wait_for()
    slowed(page)
    site.line.cut = False
    took = _drain(page)
    page.close()
    if _counted(site) != before + operations:
        raise AssertionError(f"The server holds {_counted(site)} entries, not {before + operations}.")
    return took


def _drain(page: Page) -> float:
    took: float = page.evaluate(DRAIN)
    return took


def _requests(site: Site, operations: int) -> list[dict[str, Any]]:
    with sqlite3.connect(site.folder / "inhand.db") as database:
        found = database.execute(
            "SELECT person.id, min(pot.id) FROM person JOIN pot ON pot.person_id = person.id "
            "WHERE person.name = 'Leroy' AND pot.holding = 'direct_payment'"
        )
        person, pot = found.fetchone()
    database.close()
    facts = {"pot": pot, "kind": "spending", "on": "2026-11-01", "what": "Choir", "merchant": "Chapel FM choir"}
    return [
        {"act": "entry.record", "stream": f"person:{person}", "facts": {**facts, "amount": 100 + at}}
        for at in range(operations)
    ]


def _counted(site: Site) -> int:
    with sqlite3.connect(site.folder / "inhand.db") as database:
        (count,) = database.execute("SELECT count(*) FROM entry").fetchone()
    database.close()
    return int(count)

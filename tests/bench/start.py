"""Opening the app on a slow phone with the server dead, and its first meeting with the server: 1x, 2x, 4x entries."""

import json
import os
import statistics
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.filled import WATCH_MONEY, fill, money_painted, sign_in_fast, slow_site, slowed
from tests.journeys.browser import Phone
from tests.journeys.site import Site

SIZES = (3_000, 6_000, 12_000)
TIMES = 5
MOST_START_MS = 1_000.0
MOST_FIRST_SYNC_MS = 3_000.0
MOST_GROWTH = 6.0
FIRST_EXCHANGE = "performance.getEntriesByType('resource').find((one) => one.name.endsWith('/sync')).startTime"


@dataclass(frozen=True)
class Measured:
    """Milliseconds at one size. `first_sync`: from the first exchange to the money; `start`: median of some fresh
    starts of the app in a running browser; `cold_start`: in a browser process that is itself just starting."""

    entries: int
    first_sync: float
    first_visit: float
    start: float
    best_start: float
    cold_start: float


def main(argv: list[str]) -> int:
    """Run the bench. 1: a figure is above its limit, or grows faster than the entries."""
    found = measure()
    if "--json" in argv:
        print(json.dumps({"bench": "start", "load": os.getloadavg()[0], "results": [asdict(one) for one in found]}))
    else:
        print(f"CPU x4, milliseconds, load {os.getloadavg()[0]:.1f}")
        print("entries   first sync  first visit  start  best start  cold start")
        for one in found:
            cells = (one.first_sync, one.first_visit, one.start, one.best_start, one.cold_start)
            print(f"{one.entries:<8} " + "  ".join(f"{cell:>9.0f}" for cell in cells))
    wrong = misses(found)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


def misses(found: list[Measured]) -> list[str]:
    """What is above its limit, as sentences."""
    first, last = found[0], found[-1]
    checks = [
        (last.start > MOST_START_MS, f"The start took {last.start:.0f} ms; {MOST_START_MS:.0f} at most."),
        (
            last.first_sync > MOST_FIRST_SYNC_MS,
            f"The first sync took {last.first_sync:.0f} ms; {MOST_FIRST_SYNC_MS:.0f} at most.",
        ),
        (last.first_sync > first.first_sync * MOST_GROWTH, "The first sync grows faster than the entries."),
    ]
    return [sentence for wrong, sentence in checks if wrong]


def measure() -> list[Measured]:
    """One site that grows; for each size a phone that is new."""
    with slow_site() as (site, phone):
        return [at_size(site, phone, entries) for entries in SIZES]


def at_size(site: Site, phone: Phone, entries: int) -> Measured:
    """Both at one size, on a phone that is new; the site then serves again."""
    fill(site, entries)
    phone.close()
    phone.profile = Path(f"{phone.profile.parent}/of-{entries}")
    phone.restart()
    first_sync, first_visit = _first_sync(site, phone)
    site.kill()
    site.line.cut = True
    phone.close()
    phone.restart()
    phone.context.add_init_script(WATCH_MONEY)
    cold_start = _start(site, phone)
    starts = [_start(site, phone) for _ in range(TIMES)]
    site.line.cut = False
    site.start()
    return Measured(entries, first_sync, first_visit, statistics.median(starts), min(starts), cold_start)


def _first_sync(site: Site, phone: Phone) -> tuple[float, float]:
    address = sign_in_fast(phone, site)
    phone.context.add_init_script(WATCH_MONEY)
    slowed(phone.page)
    phone.page.goto(address)
    took = money_painted(phone.page)
    began: float = phone.page.evaluate(FIRST_EXCHANGE)
    slowed(phone.page, 1)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.goto(address)
    money_painted(phone.page)
    phone.page.wait_for_timeout(1_000)  # the profile reaches the disk
    return took - began, took


def _start(site: Site, phone: Phone) -> float:
    page = phone.context.new_page()
    slowed(page)
    page.goto(f"{site.url}/app/")
    took = money_painted(page)
    page.wait_for_timeout(500)  # the whole app is there too, so that the next start is not in its way
    page.close()
    return took

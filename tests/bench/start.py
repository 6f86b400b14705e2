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


@dataclass(frozen=True)
class Measured:
    """Milliseconds at one size; `start` is the median of some starts, each in a new browser process."""

    entries: int
    first_sync: float
    start: float
    best_start: float


def main(argv: list[str]) -> int:
    """Run the bench. 1: a figure is above its limit, or grows faster than the entries."""
    found = measure()
    if "--json" in argv:
        print(json.dumps({"bench": "start", "load": os.getloadavg()[0], "results": [asdict(one) for one in found]}))
    else:
        print(
            f"entries  first sync  start (median of {TIMES})  best start   (ms, CPU x4, load {os.getloadavg()[0]:.1f})"
        )
        for one in found:
            print(f"{one.entries:<8} {one.first_sync:>10.0f} {one.start:>19.0f} {one.best_start:>12.0f}")
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
        return [_at_size(site, phone, entries) for entries in SIZES]


def _at_size(site: Site, phone: Phone, entries: int) -> Measured:
    fill(site, entries)
    phone.close()
    phone.profile = Path(f"{phone.profile.parent}/of-{entries}")
    phone.restart()
    first_sync = _first_sync(site, phone)
    site.kill()
    site.line.cut = True
    starts = [_start(site, phone) for _ in range(TIMES)]
    site.line.cut = False
    site.start()
    return Measured(entries, first_sync, statistics.median(starts), min(starts))


def _first_sync(site: Site, phone: Phone) -> float:
    address = sign_in_fast(phone, site)
    phone.context.add_init_script(WATCH_MONEY)
    slowed(phone.page)
    phone.page.goto(address)
    took = money_painted(phone.page)
    slowed(phone.page, 1)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.goto(address)
    money_painted(phone.page)
    phone.page.wait_for_timeout(1_000)  # the profile reaches the disk
    return took


def _start(site: Site, phone: Phone) -> float:
    phone.close()
    phone.restart()
    phone.context.add_init_script(WATCH_MONEY)
    slowed(phone.page)
    phone.page.goto(f"{site.url}/app/")
    return money_painted(phone.page)

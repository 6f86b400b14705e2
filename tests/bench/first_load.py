"""What a first opening costs on a new phone: bytes and requests until the money left is painted, signed in already."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Page

from app.core.assets import Assets
from tests.bench.filled import WATCH_MONEY, money_painted, sign_in_fast, slow_site
from tests.journeys.browser import Phone

MOST_BYTES = 100_000
MOST_REQUESTS = 40
# The page, its looks, who is signed in, the first answer, and the mark that some browsers ask for.
NAMED = ("app/", "static/built/app.css", "session", "sync", "static/mark.svg")
# Each address that the page fetched, itself among them, and whether that began before the money stood in it.
ENTRIES = """() => ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
  .map((one) => [one.name, one.startTime <= globalThis.moneyThere])"""


@dataclass(frozen=True)
class Load:
    """What was asked for before the money stood there. `size`: bytes as they came over the line, with headers;
    `parts`: the same by address, the largest first."""

    requests: int
    size: int
    milliseconds: float
    parts: dict[str, int]


class Traffic:
    """Notes what a page fetches, and how many bytes come."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.urls: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.session = page.context.new_cdp_session(page)
        self.session.on("Network.requestWillBeSent", self._sent)
        self.session.on("Network.loadingFinished", self._finished)
        self.session.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        self.urls[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.sizes.setdefault(self.urls.get(event["requestId"], ""), int(event["encodedDataLength"]))

    def load(self, milliseconds: float) -> Load:
        """What the page asked for before the money stood in it, and whatever its own clock does not know of."""
        self.page.wait_for_load_state("networkidle")
        entries: list[tuple[str, bool]] = self.page.evaluate(ENTRIES)
        timed = {url.partition("#")[0] for url, _ in entries}
        asked = [url for url, early in entries if early]
        asked += [url for url in self.urls.values() if url.startswith("http") and url not in timed]
        asked.sort(key=lambda url: -self.sizes.get(url, 0))
        parts = {url.split("/", 3)[3]: self.sizes.get(url, 0) for url in asked}
        return Load(len(asked), sum(parts.values()), milliseconds, parts)


def main(argv: list[str]) -> int:
    """Run the bench. 1: above a limit."""
    found = measure()
    if "--json" in argv:
        print(json.dumps({"bench": "first_load", "load": os.getloadavg()[0], "results": [asdict(found)]}))
    else:
        print(f"{found.requests} requests, {found.size} bytes, money painted after {found.milliseconds:.0f} ms")
        for name, size in list(found.parts.items())[:12]:
            print(f"  {size:>7}  {name}")
    wrong = misses(found)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


def misses(found: Load) -> list[str]:
    """What is above its limit, as sentences."""
    checks = [
        (found.size > MOST_BYTES, f"{found.size} bytes came; {MOST_BYTES} at most."),
        (found.requests > MOST_REQUESTS, f"There were {found.requests} requests; {MOST_REQUESTS} at most."),
    ]
    early = [(True, f"{name} can wait until the money stands there.") for name in strangers(found)]
    return [sentence for wrong, sentence in [*checks, *early] if wrong]


def strangers(found: Load) -> list[str]:
    """What was asked for although the first sight does not need it."""
    assets = Assets()
    needed = {*NAMED, *(plain(url) for url in [*assets.start_urls(), *assets.step_urls("first")])}
    return sorted({name for name in map(plain, found.parts) if name not in needed})


def plain(address: str) -> str:
    """A path without its version."""
    return address.removeprefix("/").partition("?")[0]


def measure() -> Load:
    """The fullest demo person, a profile that has never been here."""
    with slow_site() as (site, phone):
        return first_load(phone, sign_in_fast(phone, site))


def first_load(phone: Phone, address: str) -> Load:
    """What a first opening of the app asks for."""
    phone.context.add_init_script(WATCH_MONEY)
    page = phone.context.new_page()
    traffic = Traffic(page)
    traffic.session.send("Network.clearBrowserCache")
    page.goto(address)
    return traffic.load(money_painted(page))

"""What a first opening costs on a new phone: bytes and requests until the money left is painted, signed in already."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Page

from tests.bench.filled import WATCH_MONEY, money_painted, sign_in_fast, slow_site

MOST_BYTES = 100_000
MOST_REQUESTS = 40


@dataclass(frozen=True)
class Load:
    """`size`: bytes as they came over the line, with headers; `parts`: the same by address, the largest first."""

    requests: int
    size: int
    milliseconds: float
    parts: dict[str, int]


class Traffic:
    """Counts what a page and its service worker fetch."""

    def __init__(self, page: Page) -> None:
        self.names: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.session = page.context.new_cdp_session(page)
        self.session.on("Network.requestWillBeSent", self._sent)
        self.session.on("Network.loadingFinished", self._finished)
        self.session.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        self.names[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def load(self, milliseconds: float) -> Load:
        """What came until now."""
        fetched = {key: size for key, size in self.sizes.items() if self.names[key].startswith("http")}
        largest = sorted(fetched, key=lambda key: -fetched[key])
        parts = {self.names[key].split("/", 3)[3]: fetched[key] for key in largest}
        return Load(len(fetched), sum(fetched.values()), milliseconds, parts)


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
    return [sentence for wrong, sentence in checks if wrong]


def measure() -> Load:
    """The fullest demo person, a profile that has never been here."""
    with slow_site() as (site, phone):
        address = sign_in_fast(phone, site)
        phone.context.add_init_script(WATCH_MONEY)
        page = phone.context.new_page()
        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        traffic = Traffic(page)
        page.goto(address)
        return traffic.load(money_painted(page))

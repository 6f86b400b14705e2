"""The ten commonest taps on a slow phone: how long until the screen answers each, and until what was asked is there."""

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.bench.filled import fill, sign_in_fast, slowed
from tests.journeys.browser import Phone
from tests.journeys.site import open_site

ENTRIES = 1_000
TIMES = 5
MOST_MS = 200.0
# The browser tells of nothing that was painted within a frame: such a tap counts as one.
FRAME_MS = 16.0
# What the browser says of each tap or key, until it is asked for: [interaction, milliseconds to the next paint].
WATCH_TAPS = """
  window.taps = [];
  const note = (list) => window.taps.push(...list.map((one) => [one.interactionId, one.duration]));
  window.tapWatch = new PerformanceObserver((list) => note(list.getEntries()));
  window.tapWatch.observe({ type: "event", durationThreshold: 16, buffered: true });
  window.readTaps = () => { note(window.tapWatch.takeRecords()); return window.taps.splice(0); };
"""
# Two frames were painted: what the tap caused is on the screen, and told of.
PAINTED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"""
IDLE = "() => new Promise((done) => requestIdleCallback(done))"


@dataclass(frozen=True)
class Tap:
    """One tap: the screen it is done on, what is touched, and what says that the answer is there."""

    name: str
    screen: str
    touch: Callable[[Page], Locator]
    there: str
    key: str = ""
    before: Callable[[Page], None] | None = None


def _fill_receipt(page: Page) -> None:
    """A receipt that only has to be saved; each of another sum, so that none is another's double."""
    done = page.evaluate("window.receipts = (window.receipts ?? 0) + 1")
    page.get_by_label("How much?").fill(f"{300 + done}.41")
    page.get_by_label("Where, or what for?").fill("Bus to choir")


def _clear_search(page: Page) -> None:
    page.locator("#search").fill("")


def _first(selector: str) -> Callable[[Page], Locator]:
    return lambda page: page.locator(selector).first


def _tab(words: str) -> Callable[[Page], Locator]:
    return lambda page: page.locator(".tabs a", has_text=words)


SEARCH, LINES = "#search", "main a[href*='/entry/']"
TAPS = (
    Tap("the tab Money", "home", _tab("Money"), ".tabs [aria-current]:text('Money')"),
    Tap("the tab Plan", "home", _tab("Plan"), ".tabs [aria-current]:text('Plan')"),
    Tap("the tab Options", "home", _tab("Options"), ".options li"),
    Tap("the tab Home", "money", _tab("Home"), ".band--home"),
    Tap("Add a receipt", "home", _first(".dock a"), "h1:text('Add a receipt')"),
    Tap("save the receipt", "spend", _first(".dock button"), ".undo", before=_fill_receipt),
    Tap("open a goal", "plan", _first("main a[href*='/goal/']"), "#steps-head"),
    Tap("tick a step", "goal", _first(".step__box"), ".undo"),
    Tap("open a line of money", "money", _first(LINES), "h1:not(:text('Money'))"),
    Tap("a letter in the search of options", "options", _first(SEARCH), ".options li", key="s", before=_clear_search),
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Milliseconds over some rounds: to the next paint (`median`, `worst`), until the answer was there (`there`)."""

    name: str
    median: float
    worst: float
    there: float


def main(argv: list[str]) -> int:
    """Run the bench. 1: a tap is above the limit."""
    found = measure(times=1, entries=0) if "--quick" in argv else measure()
    if "--json" in argv:
        print(json.dumps({"bench": "taps", "load": os.getloadavg()[0], "results": [asdict(one) for one in found]}))
    else:
        print(f"CPU x4, milliseconds to the next paint, load {os.getloadavg()[0]:.1f}")
        print("median  worst  there  tap")
        for one in found:
            print(f"{one.median:>6.0f}  {one.worst:>5.0f}  {one.there:>5.0f}  {one.name}")
    wrong = misses(found)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


def misses(found: list[Measured]) -> list[str]:
    """What is above the limit, as sentences: the worst of all rounds counts."""
    return [
        f"{one.name}: {one.worst:.0f} ms to the next paint; {MOST_MS:.0f} at most."
        for one in found
        if one.worst > MOST_MS
    ]


def measure(*, times: int = TIMES, entries: int = ENTRIES) -> list[Measured]:
    """The fullest of the invented people with so many lines of money at least, on a phone four times as slow."""
    with (
        tempfile.TemporaryDirectory(prefix="inhand-bench-") as name,
        open_site(Path(name)) as site,
        sync_playwright() as playwright,
    ):
        fill(site, entries)
        phone = Phone(playwright, Path(name) / "phone")
        address = sign_in_fast(phone, site)
        phone.context.add_init_script(WATCH_TAPS)
        page = phone.page
        page.goto(address)
        page.locator(".sync", has_text="All sent").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.goto(address)
        page.wait_for_url("**/app/*/home")
        slowed(page)
        person = page.url.split("/app/")[1].split("/")[0]
        rounds = [[_one(page, person, tap) for tap in TAPS] for _ in range(times)]
        phone.close()
    return [_over(tap.name, [one[at] for one in rounds]) for at, tap in enumerate(TAPS)]


def _over(name: str, rounds: list[tuple[float, float]]) -> Measured:
    paints, theres = zip(*rounds, strict=True)
    return Measured(name, statistics.median(paints), max(paints), statistics.median(theres))


def _one(page: Page, person: str, tap: Tap) -> tuple[float, float]:
    """One tap: milliseconds until the next paint, and until the answer was there."""
    _open(page, person, tap.screen)
    if tap.before:
        tap.before(page)
    touched = tap.touch(page)
    touched.scroll_into_view_if_needed()
    page.evaluate(PAINTED)
    page.evaluate(IDLE)
    page.evaluate("readTaps(); window.since = performance.now()")
    if tap.key:
        touched.press(tap.key)
    else:
        touched.click()
    page.locator(tap.there).first.wait_for()
    there: float = page.evaluate("performance.now() - since")
    page.evaluate(PAINTED)
    told: list[tuple[int, float]] = page.evaluate("readTaps()")
    return max([FRAME_MS, *(took for interaction, took in told if interaction)]), there


def _open(page: Page, person: str, screen: str) -> None:
    """To a screen without a load; a goal is the first of the plan."""
    _go(page, person, "plan" if screen == "goal" else screen)
    if screen == "goal":
        page.get_by_role("link", name="Open this goal").first.click()
        page.locator(".step__box").first.wait_for()


def _go(page: Page, person: str, screen: str) -> None:
    page.evaluate(
        "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }",
        f"/app/{person}/{screen}",
    )
    page.locator(f".tabs [aria-current][href$='/{screen}'], .frame--solo h1").first.wait_for()
    page.evaluate(PAINTED)

"""A group of fifty examples on a slow phone: how long until it stands there, and whether it scrolls without a jerk.

All of it in Chromium at CPU x4, from the phone's own copy. A frame is late where the one before it was painted more
than one and a half frames ago, at 60 frames a second.
"""

import json
import os
import statistics
import sys
from dataclasses import asdict, dataclass
from itertools import pairwise

from playwright.sync_api import Page
from sqlalchemy import select

from app.core.ids import new_id
from app.core.settings import Settings
from app.factory import make_services
from app.peers.models import PeerGroup, Post
from tests.bench.filled import sign_in_fast, slow_site, slowed
from tests.bench.taps import IDLE, PAINTED
from tests.journeys.browser import Phone
from tests.journeys.site import Site

EXAMPLES = 50
TIMES = 5
MOST_OPEN_MS = 300.0
MOST_LATE = 0.05
SPEED = 1_500
CARD = "article.card"
GO = "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
# From the tap to the frame in which the cards were painted.
OPEN = """to => new Promise((done) => {
  const since = performance.now();
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll("article.card").length < 10) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - since)));
  });
  observer.observe(document, { childList: true, subtree: true });
  history.pushState(null, "", to);
  dispatchEvent(new PopStateEvent("popstate"));
})"""
# Notes the time of each frame until it is asked for.
WATCH = """() => {
  window.frames60 = [];
  const next = (at) => { window.frames60.push(at); window.watching = requestAnimationFrame(next); };
  window.watching = requestAnimationFrame(next);
}"""
TOLD = """() => {
  cancelAnimationFrame(window.watching);
  return { frames: window.frames60, height: document.documentElement.scrollHeight, at: scrollY };
}"""
LATE_MS = 1_000 / 60 * 1.5


@dataclass(frozen=True)
class Measured:
    """Milliseconds until the group stood there (`opens`: each time), and the frames of one scroll through it all."""

    examples: int
    open: float
    opens: list[float]
    frames: int
    late: int
    worst: float

    @property
    def share(self) -> float:
        """The share of frames that came late."""
        return self.late / max(1, self.frames)


def main(argv: list[str]) -> int:
    """Run the bench. 1: above a limit."""
    with slow_site() as (site, phone):
        found = measure(site, phone)
    if "--json" in argv:
        print(json.dumps({"bench": "groups", "load": os.getloadavg()[0], "results": [asdict(found)]}))
    else:
        print(f"CPU x4, {found.examples} examples, load {os.getloadavg()[0]:.1f}")
        print(f"open: {found.open:.0f} ms (worst {max(found.opens):.0f})")
        print(f"scroll: {found.frames} frames, {found.late} late ({found.share:.1%}), worst {found.worst:.0f} ms")
    wrong = misses(found)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


def misses(found: Measured) -> list[str]:
    """What is above its limit, as sentences."""
    slow = [f"The group opened in {found.open:.0f} ms; {MOST_OPEN_MS:.0f} at most."] * (found.open > MOST_OPEN_MS)
    jerky = [f"{found.share:.1%} of the frames came late; {MOST_LATE:.0%} at most."] * (found.share > MOST_LATE)
    few = [f"{found.examples} examples stood there, not {EXAMPLES}."] * (found.examples != EXAMPLES)
    still = ["Nothing scrolled."] * (found.frames < 60)
    return slow + jerky + few + still


def measure(site: Site, phone: Phone) -> Measured:
    """Open the group some times, then scroll from its start to its end."""
    group = fill(site)
    page = phone.page
    page.goto(sign_in_fast(phone, site))
    page.locator(".sync", has_text="All sent").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_url("**/app/*/home")
    start = page.url.removesuffix("home")
    slowed(page)
    opens = [_opened(page, start, group) for _ in range(TIMES)]
    for more in page.get_by_role("button", name="Show").all():
        more.click()
    page.wait_for_function("count => document.querySelectorAll('article.card').length >= count", arg=EXAMPLES)
    frames = _scrolled(page)
    gaps = [after - before for before, after in pairwise(frames)]
    late = [gap for gap in gaps if gap > LATE_MS]
    count = page.locator(CARD).count()
    return Measured(count, statistics.median(opens), opens, len(gaps), len(late), max(gaps, default=0.0))


def fill(site: Site, examples: int = EXAMPLES) -> str:
    """Top the demo's group up to so many examples; its id."""
    parts = make_services(Settings(database_url=site.environment["INHAND_DATABASE_URL"], storage_url="memory:"))
    with parts.database.writing() as session:
        group = session.scalars(select(PeerGroup)).one().id
        there = list(session.scalars(select(Post).where(Post.about == "example", Post.state == "shown")))
        for one in there[: examples - len(there)]:
            session.add(_again(one))
        session.commit()
    parts.database.dispose()
    return group


def _again(post: Post) -> Post:
    names = ("group_id", "seat_id", "person_id", "about", "state", "texts", "codes", "ready_at", "shown_on")
    return Post(id=new_id(), **{name: getattr(post, name) for name in names})


def _opened(page: Page, start: str, group: str) -> float:
    page.evaluate(GO, f"{start}groups")
    page.locator("main a.row").first.wait_for()
    page.evaluate(PAINTED)
    page.evaluate(IDLE)
    took: float = page.evaluate(OPEN, f"{start}group/{group}")
    return took


def _scrolled(page: Page) -> list[float]:
    """The times of all frames from the start of the list to its end."""
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(PAINTED)
    height: int = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    page.evaluate(WATCH)
    gesture = {"x": 195, "y": 400, "yDistance": -height, "speed": SPEED, "gestureSourceType": "mouse"}
    page.context.new_cdp_session(page).send("Input.synthesizeScrollGesture", gesture)
    told = page.evaluate(TOLD)
    if told["at"] < height / 2:
        return []
    frames: list[float] = told["frames"]
    return frames

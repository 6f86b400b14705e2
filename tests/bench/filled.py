"""What the benches measure on: a site with as many ledger entries as asked for, and a phone slowed down."""

import contextlib
import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import func, select

from app.accounts.models import Person
from app.budgets.models import Entry, Pot
from app.core.clock import now
from app.core.ids import new_id
from app.core.settings import Settings
from app.factory import make_services
from tests.journeys.browser import Phone, phones
from tests.journeys.site import PASSWORD, Site, open_site

EMAIL = "leroy@example.com"
SLOWDOWN = 4
SHOPS = ("Riverside Leisure", "Leeds City Cabs", "Chapel FM choir", "Café Nørth", "Mo", "Aldi", "Boots", "First Bus")
WHATS = (
    "Warm pool and a taxi home",
    "Choir, four weeks",
    "Wages",
    "Lunch with Marcus",
    "Bus passes",
    "Swimming lesson",
)
# Notes when the sum of what is left stood in the document (moneyThere), and when it was painted: one frame later.
WATCH_MONEY = """
(() => {
  const seen = () => document.querySelector(".hero b")?.textContent;
  let painted;
  globalThis.moneyLeft = new Promise((resolve) => (painted = resolve));
  const note = () => requestAnimationFrame(() => setTimeout(() => painted(performance.now())));
  const observer = new MutationObserver(() => {
    if (!seen()) return;
    observer.disconnect();
    globalThis.moneyThere = performance.now();
    note();
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
})();
"""


@contextlib.contextmanager
def slow_site() -> Iterator[tuple[Site, Phone]]:
    """A site and a phone that has never been here, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="inhand-bench-") as name:
        folder = Path(name)
        with open_site(folder) as site, phones(folder) as (phone,):
            yield site, phone


def fill(site: Site, entries: int) -> None:
    """Top the ledger of one person up to so many entries, spread over the pots of their plan and over two years."""
    parts = make_services(Settings(database_url=site.environment["INHAND_DATABASE_URL"], storage_url="memory:"))
    noise = random.Random(entries)
    with parts.database.writing() as session:
        person = session.scalars(select(Person).where(Person.name == "Leroy")).one().id
        pots = session.scalars(select(Pot.id).where(Pot.person_id == person)).all()
        author = session.scalars(select(Entry.author).where(Entry.person_id == person).limit(1)).one()
        have = session.scalar(select(func.count()).select_from(Entry).where(Entry.person_id == person)) or 0
        moment = now(session)
        rows = [_entry(noise, moment.date()) for _ in range(entries - have)]
        session.add_all(
            Entry(id=new_id(), person_id=person, pot_id=noise.choice(pots), author=author, posted_at=moment, **row)
            for row in rows
        )
        session.commit()
    parts.database.dispose()


def _entry(noise: random.Random, today: date) -> dict[str, Any]:
    kind = noise.choices(("spending", "instalment", "refund", "paid_by_me"), (88, 4, 4, 4))[0]
    return {
        "kind": kind,
        "amount": noise.randrange(80, 900) + (12_000 if kind == "instalment" else 0),
        "on": (today - timedelta(days=noise.randrange(700))).isoformat(),
        "what": noise.choice(WHATS),
        "merchant": noise.choice(SHOPS),
        "note": "With Marcus, who paid for the taxi" if noise.random() < 0.2 else "",
        "state": "posted",
        "files": [],
    }


def slowed(page: Page, rate: int = SLOWDOWN) -> None:
    """Slow the page's thread down, as on an old phone. Other threads (decryption, the service worker) keep theirs."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})


def sign_in_fast(phone: Phone, site: Site) -> str:
    """Sign in at full speed and stay outside the app, so that nothing is here yet. Returns the address of the app."""
    page = phone.page
    page.route("**/app/**", lambda route: route.abort())
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Your email").fill(EMAIL)
    page.get_by_label("Your password").fill(PASSWORD)
    with contextlib.suppress(Exception), page.expect_request("**/app/**"):
        page.get_by_role("button", name="Sign in").click(no_wait_after=True)
    page.unroute("**/app/**")
    page.goto("about:blank")  # a page that failed is loaded again by itself, which would be a second tab
    return f"{site.url}/app/"


def money_painted(page: Page) -> float:
    """Milliseconds from the start of the navigation until the money left stood on the screen."""
    found: float = page.evaluate("moneyLeft")
    return found

"""Reminders in a real Firefox: its own subscription and keys, a push service in its language, our own worker."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.autopush import Autopush, autopush
from tests.journeys.due import make_one_due, noon_zone
from tests.journeys.firefox import PROGRAM, Firefox, open_firefox
from tests.journeys.site import PASSWORD, Site, open_site, wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not PROGRAM.exists(), reason="Firefox is not on this machine: bin/test installs firefox-esr."),
]
WITHIN = 10.0
SUBSCRIPTION = "(await (await navigator.serviceWorker.ready).pushManager.getSubscription())"
SHOWN = """(async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body }) => [title, body]))()"""

CLOSE_ALL = """(async () => {
  for (const one of await (await navigator.serviceWorker.ready).getNotifications()) one.close();
})()"""


@pytest.fixture
def push() -> Iterator[Autopush]:
    with autopush() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path, push: Autopush, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site whose worker may send to the push service of the test, as no production can."""
    with open_site(tmp_path) as made:
        made.kill()
        made.environment["INHAND_PUSH_TEST_SERVICE"] = push.url
        made.start()
        yield made


@pytest.fixture
def firefox(tmp_path: Path, push: Autopush) -> Iterator[Firefox]:
    with open_firefox(tmp_path / "firefox", push.server_port, noon_zone(datetime.now(UTC))) as made:
        yield made


def test_a_due_reminder_is_shown_in_firefox_and_what_is_lost_comes_back(
    firefox: Firefox, site: Site, push: Autopush
) -> None:
    # given somebody with a review in ten days, who asks for reminders on this computer
    person = sign_in(firefox, site)
    say_when(firefox, site, person)
    ask_for_reminders(firefox, site, person)
    # when one is due, then our worker brings it and Firefox shows it
    check_shown(firefox, site, push)
    # when the push service forgets this Firefox, then the next start makes the subscription anew
    lost = endpoints(site)
    check_renewed(firefox, site, push, lost)
    # and what is due comes again
    check_shown(firefox, site, push)
    # when the browser takes its subscription back, then the next message meets nobody and the address goes
    assert firefox.evaluate(f"{SUBSCRIPTION}.unsubscribe()")
    wait_until("the push service knows it", lambda: not push.channels)
    make_one_due(site)
    wait_until("the address is gone", lambda: endpoints(site) == [])
    assert push.answered[-1][1] == 410


def sign_in(firefox: Firefox, site: Site) -> str:
    """As the page asks for it, until Home is there; the person's id."""
    firefox.open(f"{site.url}/sign-in")
    firefox.write("Your email", "leroy@example.com")
    firefox.write("Your password", PASSWORD)
    firefox.tap("button", "Sign in")
    firefox.wait_for("location.pathname.endsWith('/home') && document.querySelector('.tabs')")
    person: str = firefox.evaluate("location.pathname.split('/')[2]")
    return person


def say_when(firefox: Firefox, site: Site, person: str) -> None:
    """A review in ten days."""
    firefox.open(f"{site.url}/app/{person}/review-new")
    firefox.write("Who reviews it?", "The NHS at home")
    day = (datetime.now(UTC) + timedelta(days=10)).date()
    firefox.evaluate(f"""(() => {{
      const field = document.getElementById("next_on");
      field.value = "{day}";
      field.dispatchEvent(new Event("input", {{ bubbles: true }}));
      return true;
    }})()""")
    firefox.tap("button", "Save the review")
    planned = "SELECT count(*) FROM reminder WHERE state = 'due' AND \"on\" = ?"
    wait_until("reminders are planned", lambda: rows(site, planned, f"{day}") == [(2,)])


def ask_for_reminders(firefox: Firefox, site: Site, person: str) -> None:
    """The explanation, then the tap, then the browser's own subscription."""
    firefox.open(f"{site.url}/app/{person}/reminders")
    firefox.wait_for("document.querySelector('main')?.textContent.includes('never shows a name or money')")
    firefox.tap("button", "Remind me here")
    firefox.wait_for("document.querySelector('main')?.textContent.includes('Reminders come here')")
    wait_until("the server has its address", lambda: len(endpoints(site)) == 1)
    wish = "SELECT count(*) FROM reminder_wish WHERE zone = ?"
    wait_until("the wish of this zone is there", lambda: rows(site, wish, firefox.zone) == [(1,)])


def check_shown(firefox: Firefox, site: Site, push: Autopush) -> None:
    """One is due now: shown and confirmed within ten seconds, sealed on its way."""
    before = confirmed(site)
    firefox.evaluate(CLOSE_ALL)
    since = time.monotonic()
    make_one_due(site)
    wait_until("the device confirms it", lambda: confirmed(site) == before + 1)
    took = time.monotonic() - since
    print(f"shown and confirmed {took:.2f} s after it was due")
    assert took <= WITHIN
    assert firefox.evaluate(SHOWN) == [["Inhand", "Something is coming up."]]
    assert push.answered[-1][1] == 201
    assert b"coming up" not in push.bodies[-1]
    wait_until("the browser acknowledges it", lambda: len(push.acknowledged) == before + 1)


def check_renewed(firefox: Firefox, site: Site, push: Autopush, lost: list[tuple[str, ...]]) -> None:
    """Killed and started again, it is told another name: its subscription is lost, and made anew."""
    firefox.stop()
    push.forget_browser()
    hellos = push.hellos
    firefox.start()
    wait_until("Firefox says hello", lambda: push.hellos > hellos)
    firefox.open(f"{site.url}/app/")
    firefox.wait_for("location.pathname.endsWith('/home') && document.querySelector('.tabs')")
    wait_until("another address is there", lambda: len(endpoints(site)) == 1 and endpoints(site) != lost)


def confirmed(site: Site) -> int:
    return int(rows(site, "SELECT count(shown_at) FROM push_delivery")[0][0])


def endpoints(site: Site) -> list[tuple[str, ...]]:
    return rows(site, "SELECT endpoint FROM push_subscription")


def rows(site: Site, question: str, *facts: str) -> list[tuple[str, ...]]:
    """What the database says."""
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database:
        return database.execute(question, facts).fetchall()


def test_it_is_noon_in_the_zone() -> None:
    assert noon_zone(datetime(2026, 1, 1, 7, tzinfo=UTC)) == "Etc/GMT-5"
    assert noon_zone(datetime(2026, 1, 1, 23, tzinfo=UTC)) == "Etc/GMT+11"
    assert noon_zone(datetime(2026, 1, 1, 12, tzinfo=UTC)) == "Etc/GMT-1"

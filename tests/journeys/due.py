"""Making a reminder due now, in a zone where it is noon: quiet hours are far."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from tests.journeys.site import Site


def make_one_due(site: Site) -> None:
    """The time of the next reminder of who asked for some is now: the row and its job are moved, no more."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(site.folder / "inhand.db", timeout=30)) as database, database:
        asked = """SELECT id FROM reminder WHERE state = 'due'
            AND account_id IN (SELECT account_id FROM reminder_wish) ORDER BY send_at LIMIT 1"""
        (found,) = database.execute(asked).fetchone()
        database.execute("UPDATE reminder SET send_at = ? WHERE id = ?", (now, found))
        job = "UPDATE job SET due_at = ? WHERE kind = 'reminder.send' AND state = 'due' AND payload LIKE ?"
        assert database.execute(job, (now, f"%{found}%")).rowcount


def noon_zone(moment: datetime) -> str:
    """A zone where it is about noon; the sign in its name is the other way round from what one expects.

    Never the zone without a difference: browsers do not agree on its name.
    """
    ahead = 12 - moment.hour or 1
    return f"Etc/GMT{-ahead:+d}"

"""A worker as a process of its own, whose time is a file: it works when it is told to, and says when nothing is due."""

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.clock import now
from app.core.db import Database
from app.core.settings import Settings
from app.jobs import service as jobs
from app.jobs.worker import Worker
from app.reminders.push import Push
from app.reminders.wire import PinnedSession
from app.reminders.work import ReminderJobs
from app.sync import changes


class Watched(Push):
    """Writes down how long each sending took."""

    log: Path

    def send(self, *facts: Any) -> Any:
        began = time.monotonic()
        outcome = super().send(*facts)
        with self.log.open("a") as log:
            log.write(f"{time.monotonic() - began:.3f}\n")
        return outcome


def main(url: str, push_url: str, folder: Path, seconds: float) -> None:
    """Serve `go` lines until there are no more. The daily planning is left out: nobody is new here."""
    jobs.database_now = now
    changes.install()
    settings = Settings(push_test_service=push_url, mail_url=f"folder:{folder / 'mail'}")
    database = Database(url, clock=lambda: datetime.fromisoformat((folder / "now").read_text()))
    push = Watched(settings, session=lambda target: PinnedSession(target, seconds=seconds))
    push.log = folder / "durations"
    handlers = ReminderJobs(database, settings, push).handlers() | {"reminder.plan": lambda _held: None}
    worker = Worker(database, handlers)
    for _ in sys.stdin:
        while worker.run_once():
            pass
        print("idle", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]))

"""The worker loop: claim, carry out, settle. Killed at any point it loses nothing: the lease runs out."""

import threading
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from app.core.db import Database
from app.core.errors import InhandError
from app.core.logging import note, note_fault
from app.jobs.service import LEASE, Claim, claim, finish, keep_alive, put_back

Handler = Callable[[Claim], None]
IDLE_SECONDS = 1.0


class Worker:
    """Carries out jobs of the kinds that it has handlers for. A handler opens its own transactions."""

    def __init__(self, database: Database, handlers: dict[str, Handler]) -> None:
        self.database = database
        self.handlers = handlers
        self.stopping = threading.Event()

    def run(self) -> None:
        """Work until `stopping` is set."""
        while not self.stopping.is_set():
            if not self._step():
                self.stopping.wait(IDLE_SECONDS)

    def run_once(self) -> bool:
        """Carry out one job if one is due; whether there was one."""
        held = self._claim()
        if held is None:
            return False
        self._carry_out(held)
        return True

    def _step(self) -> bool:
        try:
            return self.run_once()
        except (SQLAlchemyError, InhandError):
            note_fault("worker_waits")
            return False

    def _claim(self) -> Claim | None:
        with self.database.writing() as session:
            held = claim(session, list(self.handlers))
            session.commit()
        return held

    def _carry_out(self, held: Claim) -> None:
        finished = threading.Event()
        beat = threading.Thread(target=self._beat, args=(held, finished), daemon=True)
        beat.start()
        try:
            self.handlers[held.kind](held)
        except Exception as error:
            note_fault("job_failed", kind=held.kind, job=held.id, attempts=held.attempts)
            self._settle_failed(held, error)
        else:
            self._settle_done(held)
        finally:
            finished.set()
            beat.join()

    def _settle_done(self, held: Claim) -> None:
        with self.database.writing() as session:
            kept = finish(session, held)
            session.commit()
        note("job_done" if kept else "job_lease_lost", kind=held.kind, job=held.id)

    def _settle_failed(self, held: Claim, error: Exception) -> None:
        reason = error.sentence if isinstance(error, InhandError) else type(error).__name__
        with self.database.writing() as session:
            put_back(session, held, reason)
            session.commit()

    def _beat(self, held: Claim, finished: threading.Event) -> None:
        while not finished.wait(LEASE.total_seconds() / 3):
            try:
                with self.database.writing() as session:
                    keep_alive(session, held)
                    session.commit()
            except (SQLAlchemyError, InhandError):
                note_fault("heartbeat_missed", kind=held.kind, job=held.id)

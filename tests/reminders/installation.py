"""An app with a household, a push service beside it, and a worker whose time is the test's."""

import dataclasses
from pathlib import Path

from sqlalchemy import select

from app.core.clock import as_text, now
from app.core.ids import new_id
from app.core.web import Services
from app.jobs.models import Job
from app.jobs.worker import Worker
from app.reminders.models import PushDelivery
from app.reminders.push import Push
from app.reminders.wire import PinnedSession
from app.reminders.work import ReminderJobs
from tests.fixtures_app import OWN, Household, SetClock
from tests.reminders.push_service import Browser, Came, PushService

SHORT = 0.3


@dataclasses.dataclass
class Installation:
    """What the tests of reminders do and look at."""

    household: Household
    parts: Services
    clock: SetClock
    service: PushService
    mail: Path

    def __post_init__(self) -> None:
        self.maria, self.tom, self.person = self.household.maria, self.household.tom, self.household.person
        self.link = self.household.link
        self.browser, self.clock_id, self.number = Browser(), new_id(), 0
        push = Push(self.parts.settings, session=lambda target: PinnedSession(target, seconds=SHORT))
        jobs = ReminderJobs(self.parts.database, self.parts.settings, push)
        self.worker = Worker(self.parts.database, jobs.handlers())

    def phone(self, name: str):
        """The phone of Maria or Tom."""
        return self.household.hers if name == "maria" else self.household.his

    def own(self, name: str, act: str, row: str, facts: object) -> dict:
        """An act in an account's own stream."""
        phone = self.phone(name)
        stream = f"account:{phone.account}"
        return phone.results({"id": new_id(), "act": act, "version": 1, "stream": stream, "row": row, "facts": facts,
                              "base": None, "at": as_text(self.clock.moment)})[0]  # fmt: skip

    def act(self, act: str, row: str, facts: object) -> dict:
        """An act of Maria's in her plan, that is carried out."""
        stream = f"person:{self.person}"
        result = self.phone("maria").results({"id": new_id(), "act": act, "version": 1, "stream": stream, "row": row,
                                              "facts": facts, "base": {"rev": 99}, "at": ""})[0]  # fmt: skip
        assert result["status"] == "done", result
        return result

    def wish(self, name: str, **facts: object) -> None:
        """Say how somebody wants to be reminded."""
        account = self.maria if name == "maria" else self.tom
        assert self.own(name, "reminder_wish.write", account, facts)["status"] == "done"

    def review(self, on: str) -> None:
        """A review that was agreed for a day."""
        facts = {"funder": "Leeds City Council", "starts_on": "2026-11-01", "next_on": on}
        self.act("review_clock.write", self.clock_id, facts)

    def device(self, name: str, answer: str) -> str:
        """A device that takes messages at an address that answers so; returns the address."""
        self.number += 1
        endpoint = f"{self.service.url}/{answer}/{name}-{self.number}"
        reply = self.phone(name).client.put("/reminders/device", json=self.browser.device(endpoint), headers=OWN)
        assert reply.status_code == 200, reply.get_data(as_text=True)
        return endpoint

    def work(self) -> None:
        """Carry out all that is due now."""
        while self.worker.run_once():
            pass

    def until(self, moment) -> None:
        """Let time go on to a moment, stopping where something is due."""
        while True:
            self.work()
            due = self._next_due()
            if due is None or due > moment:
                break
            self.clock.moment = max(self.clock.moment, due)
        self.clock.moment = max(self.clock.moment, moment)
        self.work()

    def _next_due(self):
        with self.parts.database.reading() as session:
            kinds = list(self.worker.handlers)
            wanted = select(Job.due_at).where(Job.state == "due", Job.kind.in_(kinds)).order_by(Job.due_at).limit(1)
            return session.scalars(wanted).one_or_none()

    def deliver_again(self) -> None:
        """As if the worker had died after the message left, and its lease had run out."""
        with self.parts.database.writing() as session:
            job = session.scalars(select(Job).where(Job.kind == "push.send")).one()
            job.state, job.due_at = "due", now(session)
            session.commit()
        self.work()

    def came(self) -> list[Came]:
        """Every message that came to the push service."""
        return self.service.came

    def confirm(self) -> None:
        """The device says of the newest message that it was shown."""
        with self.parts.database.reading() as session:
            token = session.scalars(select(PushDelivery.token)).all()[-1]
        reply = self.phone("maria").client.post("/reminders/shown", json={"token": token}, headers=OWN)
        assert reply.status_code == 200

    def notices(self, name: str) -> list[dict]:
        """The notices on somebody's phones."""
        return [body for body in self.phone(name).rows("notice").values() if body]

    def mails(self) -> list[str]:
        """The mails in the folder."""
        return [path.read_text() for path in sorted(self.mail.glob("*.eml"))]

"""The machine of reminders: people in many zones, a push service that does everything wrong, a worker that dies."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from app.accounts.models import Account, SignIn
from app.accounts.service import add_person, create_account
from app.core.ids import new_id
from app.core.web import Services
from app.jobs.models import Job
from app.reminders.models import Occasion, PushDelivery, PushSubscription, Reminder, ReminderWish
from app.reminders.service import expect
from tests.fixtures_app import SetClock
from tests.reminders.push_service import Browser, Came, PushService

PROJECT = Path(__file__).resolve().parents[2]
BEFORE = datetime(2028, 1, 1, tzinfo=UTC)
END = datetime(2028, 4, 5, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata")
# What each address does; most do well. `+`: only the first time.
ANSWERS = ("404", "410", "413", "429-5400+", "500+", "hang+", "drip+", "reset+", "503+", *["201"] * 21)
LAST_DAYS = (
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2028, 3, 13),
    date(2028, 3, 26),
    date(2028, 3, 27),
    date(2028, 4, 2),
)


@dataclass
class Arrival:
    """A message that came: which reminder it is, when, and what it was answered."""

    tag: str
    topic: str
    at: datetime
    answer: str


@dataclass
class Machine:
    """Drives time from one thing that is due to the next, and kills the worker at some messages."""

    parts: Services
    clock: SetClock
    service: PushService
    folder: Path
    seconds: float
    kill_at: set[int]
    days: tuple[int, ...]
    browser: Browser = field(default_factory=Browser)
    arrivals: list[Arrival] = field(default_factory=list)
    killed: int = 0
    worker: subprocess.Popen[str] | None = None

    def __post_init__(self) -> None:
        self.service.heard = self.heard

    def heard(self, came: Came, answer: str) -> None:
        """A message is here and not answered yet: now the worker dies, or not."""
        told = self.browser.read(came.body)
        self.arrivals.append(Arrival(told["tag"], came.headers["topic"], self.clock.moment, answer))
        if len(self.arrivals) in self.kill_at and self.worker is not None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait(30)
            self.killed += 1

    def run(self) -> None:
        """Until all of the time is over."""
        while self.clock.moment < END:
            (self.folder / "now.new").write_text(self.clock.moment.isoformat())
            (self.folder / "now.new").replace(self.folder / "now")
            self.work()
            self.confirm()
            self.clock.moment = max(self.clock.moment, min(self.next_due(), END))

    def work(self) -> None:
        """Let the worker do all that is due now. When it dies a new one is started, and time goes on for its lease."""
        if self.worker is None or self.worker.poll() is not None:
            self.start()
        assert self.worker is not None
        assert self.worker.stdin is not None
        assert self.worker.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.worker.stdin.write("go\n")
            self.worker.stdin.flush()
        if self.worker.stdout.readline() != "idle\n":
            self.worker.wait(30)
            assert self.worker.returncode == -signal.SIGKILL, "the worker failed by itself"

    def start(self) -> None:
        self.stop()
        facts = [self.parts.database.url, self.service.url, str(self.folder), str(self.seconds)]
        self.worker = subprocess.Popen(
            [sys.executable, "-m", "tests.reminders.machine_child", *facts],
            cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def stop(self) -> None:
        """End the worker and close its pipes."""
        if self.worker is None:
            return
        for pipe in (self.worker.stdin, self.worker.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        self.worker.wait(30)

    def next_due(self) -> datetime:
        """When the next job is due or the lease of a dead worker ends; a little later, as a clock never stands."""
        with self.parts.database.reading() as session:
            due = session.scalar(select(func.min(Job.due_at)).where(Job.state == "due"))
            lost = session.scalar(select(func.min(Job.lease_until)).where(Job.state == "leased"))
        found = [one for one in (due, lost + timedelta(seconds=1) if lost else None) if one]
        return min(found, default=END)

    def confirm(self) -> None:
        """Every message that was taken was shown."""
        with self.parts.database.writing() as session:
            sent = select(PushDelivery.reminder_id).where(PushDelivery.state == "sent")
            session.execute(
                update(Reminder).where(Reminder.id.in_(sent), Reminder.state == "sent").values(state="shown")
            )
            session.commit()


@contextlib.contextmanager
def running(machine: Machine) -> Iterator[None]:
    """A machine whose worker ends whatever happens."""
    try:
        machine.run()
        yield
    finally:
        machine.stop()


def people(machine: Machine, count: int) -> None:
    """So many people, each with a device, a wish and a review; a reminder for each of the days."""
    luck = random.Random(5)
    with machine.parts.database.writing() as session:
        for number in range(count):
            account = create_account(session, email=f"p{number}@example.com", name=f"P{number}", password_hash="none")
            person = add_person(session, account, name=f"P{number}", role="holder")
            session.add(device(machine, account, session, ANSWERS[number % len(ANSWERS)], number))
            session.add(wish(account, luck, machine.days))
            session.flush()
            on = luck.choice(LAST_DAYS).isoformat()
            expect(session, person=person.id, about="review", row=new_id(), on=on)
        session.commit()


def device(machine: Machine, account: Account, session, answer: str, number: int) -> PushSubscription:
    """A device that is signed in, at an address that answers so."""
    far = datetime(2028, 4, 1, tzinfo=UTC)
    sign_in = SignIn(id=new_id(), token_hash=f"{number:064d}", account_id=account.id, device_name="x",
                     created_at=BEFORE, last_seen_at=far)  # fmt: skip
    session.add(sign_in)
    session.flush()
    keys = machine.browser.keys
    return PushSubscription(
        account_id=account.id, sign_in_id=sign_in.id, endpoint=f"{machine.service.url}/{answer}/{number}",
        endpoint_hash=f"{number:064d}", renewed_at=BEFORE, **keys,
    )  # fmt: skip


def wish(account: Account, luck: random.Random, days: tuple[int, ...]) -> ReminderWish:
    """A time of day, also within the hour that a clock change leaves out, and quiet hours elsewhere."""
    at = luck.choice((90, 135, 150, 570, 1080))
    quiet = (1260, 60) if at < 480 else (1260, 480)
    return ReminderWish(id=account.id, account_id=account.id, on=True, days=list(days), at=at, quiet_from=quiet[0],
                        quiet_until=quiet[1], zone=luck.choice(ZONES), email=False)  # fmt: skip


@dataclass
class Seen:
    """What a test looks at afterwards."""

    reminders: dict[str, Reminder]
    wishes: dict[str, ReminderWish]
    arrivals: list[Arrival]

    def first(self) -> dict[str, Arrival]:
        """The first arrival of each reminder."""
        found: dict[str, Arrival] = {}
        for arrival in self.arrivals:
            found.setdefault(arrival.tag, arrival)
        return found

    def missed(self) -> list[str]:
        """Reminders that neither a push service took nor the app says."""
        taken = {one.tag for one in self.arrivals if one.answer == "201"}
        return [one.id for one in self.reminders.values() if one.id not in taken and one.state != "noticed"]

    def twice(self) -> list[str]:
        """Reminders that a push service took more than once."""
        taken = Counter(one.tag for one in self.arrivals if one.answer == "201")
        return [tag for tag, count in taken.items() if count > 1]

    def topics(self, tag: str) -> set[str]:
        """What push services collapse a reminder's messages by."""
        return {one.topic for one in self.arrivals if one.tag == tag}

    def in_quiet_hours(self) -> list[Arrival]:
        """Arrivals while it is quiet where their reader lives, worked out here anew."""
        return [one for one in self.arrivals if self._quiet(one)]

    def _quiet(self, arrival: Arrival) -> bool:
        wished = self.wishes[self.reminders[arrival.tag].account_id]
        local = arrival.at.astimezone(ZoneInfo(wished.zone))
        minute = local.hour * 60 + local.minute
        inside = minute >= wished.quiet_from, minute < wished.quiet_until
        return any(inside) if wished.quiet_from > wished.quiet_until else all(inside)

    def at_a_wrong_hour(self) -> list[Arrival]:
        """First arrivals on another day, or at another time of day than was wished for."""
        return [one for one in self.first().values() if not self._right(one)]

    def _right(self, arrival: Arrival) -> bool:
        reminder = self.reminders[arrival.tag]
        wished = self.wishes[reminder.account_id]
        local = arrival.at.astimezone(ZoneInfo(wished.zone))
        day = date.fromisoformat(reminder.on) - timedelta(days=reminder.days)
        late = local.hour * 60 + local.minute - wished.at
        left_out = not exists(day, wished.at, wished.zone)
        return local.date() == day and 0 <= late <= (63 if left_out else 3)


def exists(day: date, minute: int, zone: str) -> bool:
    """Whether clocks there show this time on this day."""
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    there = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
    return there.replace(tzinfo=None) == wall


def look(machine: Machine) -> Seen:
    """What is in the database and came to the push service."""
    with machine.parts.database.reading() as session:
        reminders = {one.id: one for one in session.scalars(select(Reminder))}
        wishes = {one.account_id: one for one in session.scalars(select(ReminderWish))}
        assert session.scalar(select(func.count()).select_from(Occasion))
    return Seen(reminders, wishes, machine.arrivals)

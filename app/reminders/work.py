"""The jobs that bring reminders to people. A worker may die anywhere: what it left is taken up by the next one.

Each device is a job of its own. That it is being sent is written down before, so that what happened is known; after a
death in between it is sent again under the same topic and tag, and the device shows one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Lasts
from app.core.clock import now
from app.core.consent import MAIL, is_withdrawn
from app.core.db import Database
from app.core.mail import send_mail
from app.core.settings import Settings
from app.jobs.service import Claim, enqueue
from app.reminders.models import Occasion, PushDelivery, PushSubscription, Reminder
from app.reminders.push import LONGEST_WAIT, RETRY_AFTER, Device, Message, Outcome, Push
from app.reminders.queries import deliveries_of, live_subscriptions, may_see, wish_of
from app.reminders.service import (
    CONFIRMED_WITHIN,
    due_to_be_delivered,
    due_to_be_sent,
    erase_old,
    plan_all,
)
from app.reminders.times import is_quiet, next_open

ON_ITS_WAY = {"due", "sending", "sent"}
MAIL_SUBJECT = "Something is coming up in Inhand"
MAIL_TEXT = """Something is coming up. Open Inhand to see it:

{link}

You get this because no device of yours has shown our reminder.
To change or stop reminders, open Inhand, then More, then Reminders.
"""


@dataclass(frozen=True)
class Going:
    """A message that was written down as being sent."""

    delivery: str
    device: Device
    message: Message
    at: datetime


class ReminderJobs:
    """The handlers for the worker."""

    def __init__(self, database: Database, settings: Settings, push: Push) -> None:
        self.database = database
        self.settings = settings
        self.push = push

    def handlers(self) -> dict[str, Callable[[Claim], None]]:
        """Every kind of job of this feature."""
        return {
            "reminder.plan": self.plan,
            "reminder.send": self.send,
            "reminder.check": self.check,
            "reminder.mail": self.mail,
            "push.send": self.deliver,
        }

    def plan(self, _held: Claim) -> None:
        """Once a day: plan for whoever is new, and forget what is long over."""
        with self.database.writing() as session:
            plan_all(session)
            erase_old(session)
            session.commit()

    def send(self, held: Claim) -> None:
        """The time of a reminder has come: a message to each device, or a notice where there is none."""
        with self.database.writing() as session:
            found = session.get(Reminder, held.payload["reminder"])
            if found is not None and found.state == "due" and found.send_at <= now(session):
                self._start(session, found)
            session.commit()

    def _start(self, session: Session, reminder: Reminder) -> None:
        if not self._wanted(session, reminder):
            reminder.state = "dropped"
            return
        opens = next_open(now(session), wish_of(session, reminder.account_id))
        if opens > now(session):
            reminder.send_at = opens
            session.flush()
            due_to_be_sent(session, reminder)
            return
        devices = live_subscriptions(session, reminder.account_id, Lasts.of(self.settings))
        if not devices or reminder.expires_at <= now(session):
            self._say_elsewhere(session, reminder)
            return
        reminder.state = "sent"
        for device in devices:
            made = PushDelivery(
                reminder_id=reminder.id,
                account_id=reminder.account_id,
                subscription_id=device.id,
                expires_at=reminder.expires_at,
            )
            session.add(made)
            session.flush()
            due_to_be_delivered(session, made)
        self._check_later(session, reminder, CONFIRMED_WITHIN)

    def _wanted(self, session: Session, reminder: Reminder) -> bool:
        occasion = session.get(Occasion, reminder.occasion_id)
        stands = occasion is not None and occasion.on == reminder.on
        return stands and may_see(session, reminder.account_id, reminder.person)

    def _check_later(self, session: Session, reminder: Reminder, wait: timedelta) -> None:
        at = now(session) + wait
        key = f"reminder.check:{reminder.id}:{at.timestamp():.0f}"
        enqueue(session, "reminder.check", key=key, payload={"reminder": reminder.id}, due_at=at)

    def _say_elsewhere(self, session: Session, reminder: Reminder) -> None:
        """No device shows it: a notice in the app, and a mail where it is wished for."""
        reminder.state = "noticed"
        if wish_of(session, reminder.account_id).email:
            key = f"reminder.mail:{reminder.id}"
            enqueue(session, "reminder.mail", key=key, payload={"reminder": reminder.id}, due_at=now(session))

    def check(self, held: Claim) -> None:
        """A day later: if no device has confirmed it, it is said elsewhere, outside the quiet hours."""
        with self.database.writing() as session:
            found = session.get(Reminder, held.payload["reminder"])
            if found is not None and found.state == "sent":
                opens = next_open(now(session), wish_of(session, found.account_id))
                if opens > now(session):
                    self._check_later(session, found, opens - now(session))
                elif self._wanted(session, found):
                    self._say_elsewhere(session, found)
                else:
                    found.state = "dropped"
            session.commit()

    def mail(self, held: Claim) -> None:
        """Mail it. That it was sent is written down after: a worker that dies between sends the same mail again."""
        with self.database.reading() as session:
            found = session.get(Reminder, held.payload["reminder"])
            account = session.get(Account, found.account_id) if found else None
            no = found is not None and is_withdrawn(session, found.account_id, MAIL)
        if found is None or account is None or no or found.mailed_at is not None or found.state != "noticed":
            return
        text = MAIL_TEXT.format(link=f"{self.settings.base_url}/app")
        send_mail(self.settings, key=found.id, to=account.email, subject=MAIL_SUBJECT, text=text)
        with self.database.writing() as session:
            session.get_one(Reminder, found.id).mailed_at = now(session)
            session.commit()

    def deliver(self, held: Claim) -> None:
        """Bring one message to one device."""
        with self.database.writing() as session:
            going = self._write_down(session, held.payload["delivery"])
            session.commit()
        if going is None:
            return
        outcome = self.push.send(going.device, going.message, going.at)
        with self.database.writing() as session:
            self._settle(session, going.delivery, outcome)
            session.commit()

    def _write_down(self, session: Session, delivery_id: str) -> Going | None:
        delivery = session.get(PushDelivery, delivery_id)
        if delivery is None or delivery.state not in {"due", "sending"}:
            return None
        devices = live_subscriptions(session, delivery.account_id, Lasts.of(self.settings))
        device = next((one for one in devices if one.id == delivery.subscription_id), None)
        if device is None or delivery.expires_at <= now(session):
            self._end(
                session, delivery, "expired" if device else "gone", "no such device" if not device else "too late"
            )
            return None
        reminder = session.get(Reminder, delivery.reminder_id) if delivery.reminder_id else None
        if reminder is not None and self._wait_for_morning(session, delivery):
            return None
        delivery.state = "sending"
        delivery.attempts += 1
        return Going(delivery.id, _device(device), _message(session, delivery, reminder), now(session))

    def _wait_for_morning(self, session: Session, delivery: PushDelivery) -> bool:
        wish, at = wish_of(session, delivery.account_id), now(session)
        if not is_quiet(at, wish):
            return False
        delivery.state = "due"
        due_to_be_delivered(session, delivery, next_open(at, wish) - at)
        return True

    def _settle(self, session: Session, delivery_id: str, outcome: Outcome) -> None:
        delivery = session.get(PushDelivery, delivery_id)
        if delivery is None or delivery.state != "sending":
            return
        if outcome.kind == "again":
            self._again(session, delivery, outcome)
            return
        if outcome.kind == "gone":
            found = session.get(PushSubscription, delivery.subscription_id)
            if found is not None:
                session.delete(found)
        self._end(session, delivery, outcome.kind, outcome.reason)

    def _again(self, session: Session, delivery: PushDelivery, outcome: Outcome) -> None:
        """As long as the push service asks for, and longer each time; not beyond the time it is worth showing."""
        own = RETRY_AFTER * 2 ** min(delivery.attempts - 1, 12)
        wait = max(outcome.wait, min(own, LONGEST_WAIT))
        if now(session) + wait >= delivery.expires_at:
            self._end(session, delivery, "expired", outcome.reason)
            return
        delivery.state, delivery.reason = "due", outcome.reason
        due_to_be_delivered(session, delivery, wait)

    def _end(self, session: Session, delivery: PushDelivery, state: str, reason: str) -> None:
        """How it ended. When it reached no device at all, the reminder is said elsewhere without waiting a day."""
        delivery.state, delivery.reason = state, reason[:100]
        if state == "sent":
            delivery.sent_at = now(session)
        session.flush()
        reminder = session.get(Reminder, delivery.reminder_id) if delivery.reminder_id else None
        if reminder is None or reminder.state != "sent":
            return
        if not any(one.state in ON_ITS_WAY for one in deliveries_of(session, reminder.id)):
            self._say_elsewhere(session, reminder)


def _device(row: PushSubscription) -> Device:
    return Device(row.endpoint, row.p256dh, row.auth)


def _message(session: Session, delivery: PushDelivery, reminder: Reminder | None) -> Message:
    ttl = int((delivery.expires_at - now(session)).total_seconds())
    subject = reminder.occasion_id if reminder else delivery.id
    urgency = "high" if reminder is None or reminder.days <= 1 else "normal"
    return Message(delivery.token, (reminder or delivery).id, subject.replace("-", ""), ttl, urgency)

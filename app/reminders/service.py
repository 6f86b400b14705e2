"""What is coming, how somebody wants to be reminded of it, and on which devices.

Reminders are made from what is coming for each account that may see the plan, whenever either changes and once a day;
the rows that are there already stay, so that nothing is said twice.
"""

import hashlib
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.queries import Lasts
from app.core.actor import Actor
from app.core.clock import now
from app.core.errors import NotFound, Refused
from app.core.ids import new_id
from app.jobs.service import enqueue
from app.reminders.models import Occasion, PushDelivery, PushSubscription, Reminder, ReminderWish
from app.reminders.push import Device
from app.reminders.queries import (
    delivery_by_token,
    find_occasion,
    live_subscriptions,
    occasions_from,
    occasions_of_account,
    readers_of,
    reminders_of,
    subscription_of_device,
    wish_of,
)
from app.reminders.schemas import MOST_DAYS_BEFORE
from app.reminders.times import Wish, expiry, is_quiet_minute, local_moment, send_moment
from app.sync.registry import Arrived, Done, Outcome

CONFIRMED_WITHIN = timedelta(days=1)
TRIAL_LASTS = timedelta(minutes=10)
AHEAD = timedelta(days=MOST_DAYS_BEFORE + 1)


def expect(session: Session, *, person: str, about: str, row: str, on: str) -> None:
    """Something of this person's is coming on a day: everybody who may see the plan is reminded of it."""
    found = find_occasion(session, about, row)
    if found is None:
        found = Occasion(id=new_id(), person_id=person, about=about, row_id=row, on=on)
        session.add(found)
    found.on = on
    session.flush()
    plan_reminders(session, found)
    _plan_tomorrow(session)


def expect_no_more(session: Session, *, about: str, row: str) -> None:
    """It is not coming any more, and nobody is told of it. Notices about it go from phones."""
    found = find_occasion(session, about, row)
    if found is None:
        return
    for item in reminders_of(session, found.id):
        item.state = "dropped" if item.state == "due" else "read" if item.state == "noticed" else item.state
    session.flush()
    session.execute(delete(Occasion).where(Occasion.id == found.id))


def plan_reminders(session: Session, occasion: Occasion) -> None:
    """Make what is missing, move what has moved, drop what nobody wants any more. What was said stays said."""
    there = {(item.account_id, item.on, item.days): item for item in reminders_of(session, occasion.id)}
    wanted = _wanted(session, occasion)
    for key, item in there.items():
        if item.state == "due" and key not in wanted:
            item.state = "dropped"
        elif item.state == "noticed" and item.on != occasion.on:
            item.state = "read"
    for (account, on, days), wish in wanted.items():
        _plan_one(session, occasion, there.get((account, on, days)), account, days, wish)
    session.flush()


def _wanted(session: Session, occasion: Occasion) -> dict[tuple[str, str, int], Wish]:
    wishes = {account: wish_of(session, account) for account in readers_of(session, occasion.person_id)}
    return {(account, occasion.on, days): wish for account, wish in wishes.items() for days in wish.days}


def _plan_one(
    session: Session, occasion: Occasion, there: Reminder | None, account: str, days: int, wish: Wish
) -> None:
    at = send_moment(occasion.on, days, wish)
    if at <= now(session) and (there is None or there.state == "dropped"):
        return  # its time was over before anybody wanted it
    there = there or _new_reminder(session, occasion, account, days)
    if there.state not in {"due", "dropped"} or (there.state == "due" and there.send_at == at):
        return
    there.state, there.send_at, there.expires_at = "due", at, expiry(at, days)
    session.flush()
    due_to_be_sent(session, there)


def _new_reminder(session: Session, occasion: Occasion, account: str, days: int) -> Reminder:
    made = Reminder(
        id=new_id(),
        occasion_id=occasion.id,
        account_id=account,
        person=occasion.person_id,
        about=occasion.about,
        row_id=occasion.row_id,
        on=occasion.on,
        days=days,
        state="dropped",
        send_at=now(session),
        expires_at=now(session),
    )
    session.add(made)
    return made


def due_to_be_sent(session: Session, reminder: Reminder) -> None:
    """The job that sends it. Moved to another moment it is another job; the earlier one finds that it is early."""
    key = f"reminder.send:{reminder.id}:{reminder.send_at:%Y%m%dT%H%M}:{reminder.rev}"
    enqueue(session, "reminder.send", key=key, payload={"reminder": reminder.id}, due_at=reminder.send_at)


def plan_all(session: Session) -> None:
    """Once a day: who came to a plan since then, or changed something that tells nobody, is planned for."""
    today = now(session).date()
    first, last = today - timedelta(days=1), today + AHEAD
    for occasion in occasions_from(session, first.isoformat(), last.isoformat()):
        plan_reminders(session, occasion)
    _plan_tomorrow(session)


def _plan_tomorrow(session: Session) -> None:
    tomorrow: date = now(session).date() + timedelta(days=1)
    due_at = local_moment(tomorrow, 60, "UTC")
    enqueue(session, "reminder.plan", key=f"reminder.plan:{tomorrow}", payload={}, due_at=due_at)


def write_wish(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Write single parts of an account's wish; all that is coming is planned anew. The row's id is the account's."""
    if op.row != actor.account:
        raise NotFound
    wish = session.get(ReminderWish, op.row)
    if wish is None:
        wish = ReminderWish(id=op.row, account_id=actor.account)
        session.add(wish)
        session.flush()
    for name, value in op.facts.items():
        setattr(wish, name, sorted(value, reverse=True) if name == "days" else value)
    if is_quiet_minute(wish.at, wish.as_wish()):
        raise Refused("That time is in your quiet hours. Choose another time, or change the quiet hours.")
    session.flush()
    for occasion in occasions_of_account(session, actor.account):
        plan_reminders(session, occasion)
    return Done(wish.rev)


def read_notice(session: Session, actor: Actor, *, op: Arrived) -> Outcome:
    """Its owner has seen the notice: it goes from all their phones."""
    found = session.get(Reminder, op.row)
    if found is None or found.account_id != actor.account:
        raise NotFound
    if found.state == "noticed":
        found.state = "read"
        session.flush()
    return Done(found.rev)


def keep_subscription(session: Session, *, account: str, sign_in: str, device: Device) -> None:
    """This signed-in device takes messages at this address now. An address belongs to one device alone."""
    digest = hashlib.sha256(device.endpoint.encode()).hexdigest()
    others = (PushSubscription.endpoint_hash == digest) & (PushSubscription.sign_in_id != sign_in)
    session.execute(delete(PushSubscription).where(others))
    found = subscription_of_device(session, sign_in)
    if found is not None and found.endpoint_hash != digest:
        session.delete(found)  # another address is another subscription: what waits for the old one ends
        session.flush()
        found = None
    if found is None:
        found = PushSubscription(id=new_id(), account_id=account, sign_in_id=sign_in)
        session.add(found)
    found.endpoint, found.endpoint_hash = device.endpoint, digest
    found.p256dh, found.auth, found.renewed_at = device.p256dh, device.auth, now(session)
    session.flush()


def forget_subscription(session: Session, *, sign_in: str) -> None:
    """This device takes no messages any more."""
    session.execute(delete(PushSubscription).where(PushSubscription.sign_in_id == sign_in))


def send_trial(session: Session, *, account: str, sign_in: str, lasts: Lasts) -> None:
    """A message to this device now, because its owner asked for one. Raises `Refused` when it takes none."""
    found = [one for one in live_subscriptions(session, account, lasts) if one.sign_in_id == sign_in]
    if not found:
        raise Refused("This device takes no reminders yet. Turn them on first.", code="no_device")
    made = PushDelivery(
        id=new_id(),
        reminder_id=None,
        account_id=account,
        subscription_id=found[0].id,
        expires_at=now(session) + TRIAL_LASTS,
    )
    session.add(made)
    session.flush()
    due_to_be_delivered(session, made)


def due_to_be_delivered(session: Session, delivery: PushDelivery, wait: timedelta = timedelta(0)) -> None:
    """The job that brings one message to one device, now or after a wait."""
    key = f"push.send:{delivery.id}:{delivery.attempts}:{now(session).timestamp():.0f}"
    enqueue(session, "push.send", key=key, payload={"delivery": delivery.id}, due_at=now(session) + wait)


def confirm_shown(session: Session, *, token: str) -> None:
    """A device has shown the message with this token. Raises `NotFound` for any other."""
    found = delivery_by_token(session, token)
    if found is None:
        raise NotFound
    if found.shown_at is None:
        found.shown_at = now(session)
    reminder = session.get(Reminder, found.reminder_id) if found.reminder_id else None
    if reminder is not None and reminder.state in {"sent", "noticed"}:
        reminder.state = "shown"
    session.flush()


def erase_old(session: Session) -> None:
    """How messages went is kept for 60 days, then forgotten with the reminders that are over."""
    before = now(session) - timedelta(days=60)
    session.execute(delete(PushDelivery).where(PushDelivery.expires_at < before))
    old = select(Reminder).where(Reminder.expires_at < before, Reminder.state != "noticed")
    for item in session.scalars(old):
        session.delete(item)
    session.flush()

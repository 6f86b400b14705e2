"""Reading what is coming and who is to be told. The worker has no actor: it asks for everybody's."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Relationship, SignIn
from app.accounts.policy import SEE_PLAN
from app.accounts.queries import Lasts, in_force, open_relationship, still_lasts
from app.core.clock import now
from app.core.consent import PUSH, is_withdrawn
from app.reminders.models import Occasion, PushDelivery, PushSubscription, Reminder, ReminderWish
from app.reminders.times import NOBODY_ASKED, Wish


def find_occasion(session: Session, about: str, row_id: str) -> Occasion | None:
    """What is coming about this row."""
    wanted = (Occasion.about == about) & (Occasion.row_id == row_id)
    return session.scalars(select(Occasion).where(wanted)).one_or_none()


def occasions_from(session: Session, first: str, last: str) -> list[Occasion]:
    """All that comes on these days and those between."""
    return list(session.scalars(select(Occasion).where(Occasion.on >= first, Occasion.on <= last)))


def occasions_of_account(session: Session, account: str) -> list[Occasion]:
    """All that is coming for the people whose plans this account may see today."""
    people = [item.person_id for item in _readers(session, Relationship.account_id == account)]
    return list(session.scalars(select(Occasion).where(Occasion.person_id.in_(people))))


def readers_of(session: Session, person: str) -> list[str]:
    """The accounts that may see this person's plan today."""
    return sorted({item.account_id for item in _readers(session, Relationship.person_id == person)})


def _readers(session: Session, whose: ColumnElement[bool]) -> list[Relationship]:
    wanted = select(Relationship).where(whose, *in_force(now(session).date()))
    return [item for item in session.scalars(wanted) if SEE_PLAN in item.scopes]


def may_see(session: Session, account: str, person: str) -> bool:
    """Whether this account may see this person's plan now."""
    item = open_relationship(session, account, person)
    found = session.get(Account, account)
    return item is not None and SEE_PLAN in item.scopes and found is not None and found.disabled_at is None


def wish_of(session: Session, account: str) -> Wish:
    """How an account wants to be reminded. Who never said gets notices in the app, and no mail."""
    found = session.scalars(select(ReminderWish).where(ReminderWish.account_id == account)).one_or_none()
    return found.as_wish() if found else NOBODY_ASKED


def reminders_of(session: Session, occasion: str) -> list[Reminder]:
    """All reminders of one occasion, for all accounts and days."""
    return list(session.scalars(select(Reminder).where(Reminder.occasion_id == occasion)))


def live_subscriptions(session: Session, account: str, lasts: Lasts) -> list[PushSubscription]:
    """The devices of an account that take messages and are still signed in."""
    if is_withdrawn(session, account, PUSH):
        return []
    wanted = (
        select(PushSubscription)
        .join(SignIn, SignIn.id == PushSubscription.sign_in_id)
        .where(PushSubscription.account_id == account, *still_lasts(session, lasts))
    )
    return list(session.scalars(wanted.order_by(PushSubscription.id)))


def subscription_of_device(session: Session, sign_in: str) -> PushSubscription | None:
    """The subscription of one signed-in device."""
    return session.scalars(select(PushSubscription).where(PushSubscription.sign_in_id == sign_in)).one_or_none()


def deliveries_of(session: Session, reminder: str) -> list[PushDelivery]:
    """How one reminder went, device by device."""
    return list(session.scalars(select(PushDelivery).where(PushDelivery.reminder_id == reminder)))


def delivery_by_token(session: Session, token: str) -> PushDelivery | None:
    """The message that a device confirms."""
    return session.scalars(select(PushDelivery).where(PushDelivery.token == token)).one_or_none()

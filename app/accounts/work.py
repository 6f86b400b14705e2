"""What the worker does for accounts: it writes the mails, so that no page is slower for an address that we know."""

from sqlalchemy import delete

from app.accounts.models import Account, Concern, Pending, Person, Relationship
from app.accounts.people.concerns import safeguarding_of
from app.accounts.people.untaken import end_old
from app.accounts.signing.mails import write_letter
from app.core.db import Database
from app.core.mail import send_mail
from app.core.settings import Settings
from app.jobs.service import Claim

ENDING = """Hello,

you look after a plan until {day}. From the day after, you can still look and hand it over, no more.

Talk about it together in good time. The plan can be handed over here:

{link}
"""
CONCERN = """A concern about the safety of a person was raised.

About: {person}
By: {who}, {email}

{words}

Nobody who acts for this person was told of it by Inhand.
"""


class AccountJobs:
    """The handlers for the worker."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings

    def mail(self, held: Claim) -> None:
        """Send the mail that was asked for. Tried again with a fresh link when the mail server does not answer."""
        key = str(held.payload["pending"])
        with self.database.writing() as session:
            letter = write_letter(session, self.settings.base_url.rstrip("/"), key)
            session.commit()
        if letter is not None:
            send_mail(self.settings, key=f"account-{held.id}", to=letter.to, subject=letter.subject, text=letter.text)
        with self.database.writing() as session:
            session.execute(delete(Pending).where(Pending.key_hash == key))
            session.commit()

    def ending(self, held: Claim) -> None:
        """Write to whoever acts until a day that it comes near. Who left meanwhile hears nothing."""
        with self.database.reading() as session:
            item = session.get(Relationship, str(held.payload["relationship"]))
            if item is None or item.ended_at is not None or item.ends_on is None:
                return
            account, person = session.get_one(Account, item.account_id), session.get_one(Person, item.person_id)
            link = f"{self.settings.base_url.rstrip('/')}/people/{person.id}"
            day = f"{item.ends_on.day} {item.ends_on:%B %Y}"
            to, text = account.email, ENDING.format(day=day, link=link)
        send_mail(self.settings, key=f"ending-{held.id}", to=to, subject="A day to plan for", text=text)

    def concern(self, held: Claim) -> None:
        """Bring a worry about safety to who looks into such things here, once."""
        email = safeguarding_of(self.settings.safeguarding).email
        with self.database.reading() as session:
            found = session.get(Concern, str(held.payload["concern"]))
            if found is None or found.sent_at is not None or not email:
                return
            account, person = session.get_one(Account, found.raised_by), session.get_one(Person, found.person_id)
            text = CONCERN.format(who=account.name, email=account.email, person=person.name, words=found.words)
        send_mail(self.settings, key=f"concern-{held.id}", to=email, subject="A concern was raised", text=text)
        with self.database.writing() as session:
            session.get_one(Concern, str(held.payload["concern"])).sent_at = self.database.clock()
            session.commit()

    def untaken(self, _held: Claim) -> None:
        """What its authors could copy for seven days goes."""
        with self.database.writing() as session:
            end_old(session)
            session.commit()

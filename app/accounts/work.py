"""What the worker does for accounts: it writes the mails, so that no page is slower for an address that we know."""

from sqlalchemy import delete

from app.accounts.models import Pending
from app.accounts.signing.mails import write_letter
from app.core.db import Database
from app.core.mail import send_mail
from app.core.settings import Settings
from app.jobs.service import Claim


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

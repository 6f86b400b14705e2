"""What receipts ask of the tables; the worker asks too, which acts for nobody."""

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from app.budgets.models import Entry, Pot
from app.receipts.models import Reading
from app.receipts.reading.shapes import Hints
from app.sync.models import StoredFile

MOST_SHOPS = 200
COUNTRIES = {"GBP": "GB", "EUR": "IE", "AUD": "AU", "USD": "US"}


def is_used(session: Session, person: str, sha256: str) -> bool:
    """Whether a line of the ledger, also one that was taken back, has this photo."""
    named = cast(Entry.files, String).contains(sha256)
    wanted = select(Entry.id).where(Entry.person_id == person, named).limit(1)
    return session.execute(wanted).one_or_none() is not None


def reading_of(session: Session, person: str, sha256: str) -> Reading | None:
    """The reading of a file."""
    return session.scalars(select(Reading).where(Reading.person_id == person, Reading.sha256 == sha256)).one_or_none()


def file_of(session: Session, person: str, sha256: str) -> StoredFile | None:
    """The file itself."""
    wanted = select(StoredFile).where(StoredFile.person_id == person, StoredFile.sha256 == sha256)
    return session.scalars(wanted).one_or_none()


def hints_for(session: Session, person: str) -> Hints:
    """The shops of this person, newest first, and the country that the money of the first pot speaks for."""
    named = (Entry.person_id == person) & Entry.merchant.is_not(None)
    shops = session.scalars(select(Entry.merchant).where(named).order_by(Entry.posted_at.desc()).limit(MOST_SHOPS))
    first = select(Pot.currency).where(Pot.person_id == person).order_by(Pot.opened_on, Pot.id).limit(1)
    country = COUNTRIES.get(session.scalar(first) or "GBP", "GB")
    return Hints(country=country, shops=tuple(dict.fromkeys(shop for shop in shops if shop)))

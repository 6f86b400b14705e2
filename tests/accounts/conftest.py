"""What the tests of signing in share."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.accounts.signing.mails import JOB
from app.accounts.work import AccountJobs
from app.core.settings import Settings
from app.core.web import Services
from app.factory import create_app
from app.jobs.worker import Worker
from tests.accounts.device import Device
from tests.fixtures_app import OWN, form_token, send_form

PASSWORD = "three plain words"
JOIN = {"name": "Maria", "email": "maria@example.com", "whose": "me", "way": "passkey"}
LINK = re.compile(r"http://localhost(/\S+)")


class Hand:
    """A person with a browser and a device that makes passkeys."""

    def __init__(self, client, device=None):
        self.client = client
        self.device = device or Device()

    def challenge(self, path):
        """What the server asks of the device."""
        return self.client.post(path, headers=OWN).get_json()["options"]

    def send(self, path, form_at, credential, **fields):
        """Send what the device made."""
        token = form_token(self.client.get(form_at))
        return self.client.post(path, data={"csrf_token": token, "credential": credential, **fields})

    def join(self, **changes):
        """Make an account with a passkey."""
        place = send_form(self.client, "/sign-up", **{**JOIN, **changes}).location
        return self.send(f"{place}/passkey", place, self.device.make(self.challenge(f"{place}/challenge")))

    def sign_in(self):
        """Sign in with the passkey."""
        return self.send("/sign-in/passkey", "/sign-in", self.device.use(self.challenge("/sign-in/passkey/challenge")))

    def who(self):
        """The account that is signed in here."""
        return self.client.get("/session").get_json()["account"]


@pytest.fixture
def hand(app):
    """Somebody with a fresh browser and device."""
    return Hand(app.test_client())


@pytest.fixture
def post(parts, tmp_path):
    """Let the worker send what is due; the mails so far, as (to, text)."""
    folder = tmp_path / "mail"
    settings = Settings(**{**vars(parts.settings), "mail_url": f"folder:{folder}"})
    worker = Worker(parts.database, {JOB: AccountJobs(parts.database, settings).mail})

    def send():
        while worker.run_once():
            pass
        mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in by_age(folder)]
        return [(mail["To"], mail.get_content()) for mail in mails]

    return send


def by_age(folder: Path):
    """The files of a folder, the oldest first."""
    return sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)


def link_in(text):
    """The path of the first link of a mail."""
    return LINK.search(text)[1]


@pytest.fixture
def mailing_app(parts):
    """The app of an installation whose mail reaches people: addresses are confirmed first."""
    settings = Settings(**{**vars(parts.settings), "mail_url": "smtp://localhost"})
    return create_app(parts=Services(settings, parts.database, parts.storage))

"""Fixtures of the tests of reminders: a push service, and an app that may send to it."""

import dataclasses

import pytest
from sqlalchemy.orm import Session

from app.core.clock import now
from app.factory import create_app
from tests.reminders.installation import Installation
from tests.reminders.push_service import push_service


@pytest.fixture
def push():
    """A push service on this machine."""
    with push_service() as made:
        yield made


@pytest.fixture
def app(parts, push, tmp_path):
    """The app over these services, which may send to that push service and puts mail into a folder."""
    mail = f"folder:{tmp_path / 'mail'}"
    settings = dataclasses.replace(parts.settings, push_test_service=push.url, mail_url=mail)
    made = create_app(parts=dataclasses.replace(parts, settings=settings))
    made.testing = True
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


def driven_now(session: Session):
    """The clock of the test in place of the database's own."""
    return now(session)


@pytest.fixture
def installation(app, household, clock, push, tmp_path, monkeypatch):
    """A household, a push service and a worker, in the time of the test."""
    monkeypatch.setattr("app.jobs.service.database_now", driven_now)
    return Installation(household, app.extensions["inhand"], clock, push, tmp_path / "mail")

"""A push endpoint is the one address that a phone may name: what is refused would be heard with the guard taken out.

tests/reminders/test_endpoints.py tries every form of a private address; here each guard is taken out in turn, and a
listener of our own network gets the connection. And nothing else of the app may call out at all.
"""

import dataclasses
import re
import socket
from datetime import UTC, datetime

import pytest

from app.core.settings import Settings
from app.reminders import endpoints
from app.reminders.push import Device, Message, Push
from app.reminders.wire import PinnedSession
from tests.conftest import PROJECT
from tests.reminders.push_service import Browser

KNOWN = "https://fcm.googleapis.com/fcm/send/abc"
CALLS_OUT = re.compile(
    r"^\s*(?:import|from) (?:requests|smtplib|http\.client|urllib\.request|urllib3|httpx|aiohttp|ftplib)\b"
    r"|\bcreate_connection\(|\bgetaddrinfo\(|\burlopen\(",
    re.MULTILINE,
)
# Who may: push with its pinned address, mail and scanner to the one host of the settings, bin/run to its own web.
MAY_CALL = {
    "app/reminders/endpoints.py",
    "app/reminders/wire.py",
    "app/core/mail.py",
    "app/core/files/scanning.py",
    "app/core/processes.py",
}
MESSAGE = Message("t", "t", "t" * 32, 60, "normal")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(0.5)
        yield made


def came(listener):
    """Whether somebody connected."""
    try:
        line, _ = listener.accept()
    except TimeoutError:
        return False
    line.close()
    return True


def send(listener, rebound):
    """Send to a known name that the resolver turns into these addresses."""
    port = listener.getsockname()[1]

    def session(target):
        found = dataclasses.replace(target, port=port)
        return PinnedSession(found, seconds=2.0, resolver=lambda host, port: rebound)

    keys = Browser().keys
    device = Device(KNOWN, keys["p256dh"], keys["auth"])
    return Push(Settings(), session=session).send(device, MESSAGE, NOW).kind


@pytest.mark.parametrize("rebound", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"]])
def test_a_name_that_turns_into_our_machine_is_not_asked(listener, rebound):
    assert (send(listener, rebound), came(listener)) == ("refused", False)


def test_without_the_look_at_the_address_our_machine_would_be_asked(listener, monkeypatch):
    monkeypatch.setattr(endpoints, "is_public", lambda address: True)
    send(listener, ["127.0.0.1"])
    assert came(listener)


def test_without_the_list_of_services_any_name_would_do(monkeypatch):
    monkeypatch.setattr(endpoints, "is_known", lambda host, services: True)
    assert endpoints.check_endpoint("https://printer.example/x", Settings().push_services).host == "printer.example"


@pytest.mark.parametrize("address", ["2002:808:808::1", "2002:c000:204::1"])
def test_without_the_list_of_carriers_an_address_inside_another_would_pass(address, monkeypatch):
    """6to4: the library calls it global."""
    assert not endpoints.is_public(address)
    monkeypatch.setattr(endpoints, "CARRIERS", ())
    assert endpoints.is_public(address)


def callers():
    """Files of the app in which something calls out."""
    files = [path for path in (PROJECT / "app").rglob("*.py") if CALLS_OUT.search(path.read_text(encoding="utf-8"))]
    return {path.relative_to(PROJECT).as_posix() for path in files}


def test_nothing_else_calls_out():
    assert callers() - MAY_CALL == set()


def test_a_call_out_is_found():
    assert CALLS_OUT.search("urllib.request.urlopen(address)")

"""One request to one address within one time limit; nothing is followed."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from py_vapid import Vapid

from app.core.settings import Settings
from app.reminders import wire
from app.reminders.endpoints import Target, pin
from app.reminders.push import Device, Message, Push, new_vapid_key, outcome_of, vapid_key
from app.reminders.wire import SECONDS, PinnedSession
from tests.reminders.push_service import Browser

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMIT = 0.5


def send(push, answer):
    """Send one message to an address that answers so; the outcome and how long it took."""
    browser = Browser()
    made = Push(Settings(push_test_service=push.url), session=lambda target: PinnedSession(target, seconds=LIMIT))
    device = Device(f"{push.url}/{answer}/x", **browser.keys)
    began = time.monotonic()
    outcome = made.send(device, Message("token", "tag", "t" * 32, 60, "normal"), AT)
    return outcome, time.monotonic() - began


def test_the_limit_leaves_room_within_ten_seconds():
    assert SECONDS == 9.0


@pytest.mark.parametrize("answer", ["hang", "drip"])
def test_a_push_service_that_never_ends_its_answer_is_left_in_time(push, answer):
    outcome, took = send(push, answer)
    assert outcome.kind == "again"
    assert took < LIMIT + 2


def test_a_name_that_is_never_found_is_left_in_time():
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        pin(Target("fcm.googleapis.com", 443, "/x", trial=False), 0.1, lambda _host, _port: time.sleep(1) or [])
    assert time.monotonic() - began < 0.9


@pytest.mark.parametrize("answer", ["301", "302", "307", "308"])
def test_a_redirect_is_never_followed(push, answer):
    outcome, _ = send(push, answer)
    assert (outcome.kind, len(push.came), push.opened) == ("refused", 1, 1)


def test_a_connection_that_is_reset_is_tried_again(push):
    assert send(push, "reset")[0].kind == "again"


def test_a_message_is_signed_for_this_push_service_and_runs_out(push):
    send(push, "201")
    headers = push.came[0].headers
    assert Vapid.verify(headers["authorization"])
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["ttl"] == "60"
    assert headers["host"] == push.url.removeprefix("http://")


@pytest.mark.parametrize(
    ("status", "kind"),
    [(200, "sent"), (201, "sent"), (202, "sent"), (404, "gone"), (410, "gone"), (400, "refused"), (403, "refused"),
     (413, "refused"), (301, "refused"), (429, "again"), (500, "again"), (503, "again"), (599, "again")],
)  # fmt: skip
def test_what_an_answer_means(status, kind):
    assert outcome_of(status, None, AT).kind == kind


@pytest.mark.parametrize(
    ("said", "wait"),
    [("120", 120), ("1", 30), (None, 30), ("x", 30), ("-5", 30), ("999999999999", 86_400),
     ("Sun, 22 Nov 2026 12:10:00 GMT", 600), ("Sun, 22 Nov 2020 12:10:00 GMT", 30)],
)  # fmt: skip
def test_retry_after_is_obeyed_in_seconds_and_as_a_date(said, wait):
    assert outcome_of(429, said, AT).wait == timedelta(seconds=wait)


def test_the_key_is_the_settings_or_made_from_the_secret_and_always_the_same():
    one, two = Settings(secret_key="a" * 32), Settings(secret_key="b" * 32)
    assert vapid_key(one) == vapid_key(one) != vapid_key(two)
    own = new_vapid_key()
    assert Push(Settings(push_key=own)).public_key() == Push(Settings(push_key=own, secret_key="c" * 32)).public_key()
    assert len(Push(one).public_key()) == 87


def test_an_answer_that_is_not_http_is_no_answer():
    class Line:
        def settimeout(self, _seconds):
            pass

        def recv(self, _most):
            return b"SSH-2.0-x\r\n\r\n"

    with pytest.raises(wire.NoAnswer):
        wire._answer(Line(), time.monotonic() + 1)

"""A message goes to known push services alone, over https on port 443, and never to a machine of our own network."""

import dataclasses
import socket
from datetime import UTC, datetime

import pytest

from app.core.errors import Refused
from app.core.settings import Settings
from app.reminders.endpoints import check_endpoint, is_public, pin
from app.reminders.push import Device, Message, Push
from app.reminders.wire import PinnedSession
from tests.fixtures_app import OWN
from tests.reminders.push_service import Browser

SERVICES = Settings().push_services
GOOD = [
    ("https://fcm.googleapis.com/fcm/send/abc:DEF-1_2", "fcm.googleapis.com"),
    ("https://updates.push.services.mozilla.com/wpush/v2/gAAA", "updates.push.services.mozilla.com"),
    ("https://web.push.apple.com/QO0/x", "web.push.apple.com"),
    ("https://db5p.notify.windows.com/w/?token=BQY%2f", "db5p.notify.windows.com"),
    ("https://fcm.googleapis.com:443/x", "fcm.googleapis.com"),
]
LOCAL_HOSTS = [
    "127.0.0.1", "localhost", "2130706433", "0177.0.0.1", "017700000001", "0x7f000001", "0x7f.0.0.1", "127.1",
    "127.0.1",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00::1]",
    "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255",
    "127.0.0.1.nip.io", "localhost.", "fcm.googleapis.com.", "fcm.googleapis.com.evil.example",
    "evilfcm.googleapis.com",
    "notify.windows.com", "xn--fcm-googleapis.com", "fcm.googleapis.com%00.evil.example", "①②⑦.⓪.⓪.①",
]  # fmt: skip
BAD = [
    "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:444/x", "https://fcm.googleapis.com:80/x",
    "https://user@fcm.googleapis.com/x", "https://fcm.googleapis.com@127.0.0.1/x",
    "https://127.0.0.1#@fcm.googleapis.com/",
    "https://127.0.0.1\\@fcm.googleapis.com/x", "https://fcm.googleapis.com", "//fcm.googleapis.com/x",
    "file:///etc/passwd",
    "https://fcm.googleapis.com/x y", "https://fcm.googleapis.com/x\r\nHost: y", "https://fcm.googleapis.com:x/y", "",
    "https://fcm.googleapis.com/" + "x" * 2000, "https://[::1", "https://fcm.googleapis.com:99999/x",
    "gopher://fcm.googleapis.com/x",
]  # fmt: skip
PRIVATE = [
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1",
    "100.127.255.255", "0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.1", "240.0.0.1",
    "192.88.99.1", "::1", "::", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
    "2002:808:808::1", "2001::1", "2001:db8::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1",
    "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "", "nonsense",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "142.250.74.106", "2a00:1450:4009:81f::200a", "2606:4700::1111"]


@pytest.mark.parametrize(("url", "host"), GOOD)
def test_known_push_services_are_taken(url, host):
    target = check_endpoint(url, SERVICES)
    assert (target.host, target.port, target.trial) == (host, 443, False)


@pytest.mark.parametrize("url", [*BAD, *(f"https://{host}/push" for host in LOCAL_HOSTS)])
def test_anything_else_is_refused(url):
    with pytest.raises(Refused):
        check_endpoint(url, SERVICES)


@pytest.mark.parametrize("host", LOCAL_HOSTS[:23])
def test_an_address_that_is_no_name_is_refused_even_if_somebody_lists_it(host):
    with pytest.raises(Refused):
        check_endpoint(f"https://{host}/push", f"{host},*")


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_a_private_or_carrying_kind_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("found", [[], ["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["64:ff9b::808:808"]])
def test_one_bad_address_of_a_name_spoils_them_all(found):
    target = check_endpoint(GOOD[0][0], SERVICES)
    with pytest.raises(Refused):
        pin(target, 1.0, lambda _host, _port: found)


@pytest.fixture
def planted():
    """A listener of our own network; it counts who connects."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        yield listener


def connections(listener):
    """How many came."""
    came = 0
    while True:
        try:
            line, _ = listener.accept()
        except TimeoutError:
            return came
        line.close()
        came += 1


def device(url):
    keys = Browser().keys
    return Device(url, keys["p256dh"], keys["auth"])


def test_a_planted_listener_gets_no_connection_whatever_the_address_looks_like(planted):
    port = planted.getsockname()[1]
    push = Push(Settings())
    message = Message("t", "t", "t" * 32, 60, "normal")
    forms = [f"{scheme}://{host}:{port}/x" for host in LOCAL_HOSTS for scheme in ("https", "http")]
    kinds = {push.send(device(url), message, datetime(2026, 11, 22, tzinfo=UTC)).kind for url in forms}
    assert (kinds, connections(planted)) == ({"refused"}, 0)


def test_a_known_name_that_turned_into_our_own_machine_gets_no_connection(planted):
    def rebound(_host, _port):
        return ["127.0.0.1"]

    port = planted.getsockname()[1]

    def session(target):
        return PinnedSession(dataclasses.replace(target, port=port), resolver=rebound)

    push = Push(Settings(), session=session)
    message = Message("t", "t", "t" * 32, 60, "normal")
    outcome = push.send(device(GOOD[0][0]), message, datetime(2026, 11, 22, tzinfo=UTC))
    assert (outcome.kind, connections(planted)) == ("refused", 0)


def test_the_listener_would_have_noticed(planted):
    socket.create_connection(planted.getsockname()).close()
    assert connections(planted) == 1


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/x", "https://0x7f.1/x", "http://fcm.googleapis.com/x", "https://[::1]/x"]
)
def test_a_device_at_such_an_address_is_refused_when_it_subscribes(household, url):
    answer = household.hers.client.put("/reminders/device", json=Browser().device(url), headers=OWN)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "push_service")


@pytest.mark.parametrize("keys", [{"p256dh": "B" + "A" * 86, "auth": "A" * 22}, {"p256dh": "x", "auth": "y"}])
def test_a_device_without_real_keys_is_refused(household, keys):
    body = {"endpoint": GOOD[0][0], "keys": keys}
    assert household.hers.client.put("/reminders/device", json=body, headers=OWN).status_code == 422


def test_only_the_push_service_of_a_test_may_be_plain_and_only_that_one():
    trial = "http://127.0.0.1:9"
    assert check_endpoint(f"{trial}/x", SERVICES, trial).trial
    for url in ("http://127.0.0.1:8/x", "http://localhost:9/x", "http://127.0.0.1:9@evil.example/x"):
        with pytest.raises(Refused):
            check_endpoint(url, SERVICES, trial)

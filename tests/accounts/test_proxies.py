"""By whom tries are counted: whoever the installation's own proxies saw, and nobody whom a sender only names."""

import pytest

from app.accounts.attempts import PLACE_LIMIT
from app.accounts.models import Attempt
from app.core.settings import Settings
from app.core.web import Services, asked_from
from app.factory import create_app
from tests.fixtures_app import form_token

WRONG = {"password": "a wrong one"}


@pytest.fixture
def behind(parts):
    """The app with so many proxies of its own in front."""

    def make(proxies):
        settings = Settings(**{**vars(parts.settings), "trusted_proxies": proxies})
        return create_app(parts=Services(settings, parts.database, parts.storage))

    return make


def seen(app, forwarded, remote="10.0.0.9"):
    """Whom the app takes for the sender."""
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    with app.test_request_context("/", headers=headers, environ_base={"REMOTE_ADDR": remote}):
        return asked_from()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "sender"),
    [
        (0, None, "10.0.0.9"),
        (0, "203.0.113.7", "10.0.0.9"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.8", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.9"),
        (1, None, "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "not an address", "10.0.0.9"),
        (1, "203.0.113.7, <script>", "10.0.0.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "::FFFF:cb00:7107", "203.0.113.7"),
    ],
)
def test_only_what_ones_own_proxies_saw_counts(behind, proxies, forwarded, sender):
    assert seen(behind(proxies), forwarded) == sender


def tries(client, forged):
    """As many wrong passwords as one place has, each for another account and with another forged address before."""
    token = form_token(client.get("/sign-in"))
    found = []
    for number in range(PLACE_LIMIT.most + 1):
        headers = {"X-Forwarded-For": forged.format(number)}
        form = {**WRONG, "email": f"{number}@example.com", "csrf_token": token}
        found.append(client.post("/sign-in", data=form, headers=headers).status_code)
    return found


@pytest.mark.parametrize(("proxies", "forged"), [(0, "203.0.113.{}"), (1, "203.0.113.{}, 198.51.100.7")])
def test_a_forged_address_gets_no_more_tries(behind, proxies, forged):
    found = tries(behind(proxies).test_client(), forged)
    assert set(found[:-1]) == {422}
    assert found[-1] == 429


def test_behind_a_proxy_one_sender_does_not_use_up_the_tries_of_another(behind, parts):
    found = tries(behind(1).test_client(), "203.0.113.{}")
    assert set(found) == {422}
    with parts.database.reading() as session:
        assert all("203.0.113" not in row.key or row.count == 1 for row in session.query(Attempt))

"""A first opening on a new phone: few requests, few bytes, and nothing that could wait until the money stands there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests.bench.filled import sign_in_fast
from tests.bench.first_load import first_load, misses, strangers
from tests.journeys.browser import Phone, phones
from tests.journeys.site import Site, open_site

pytestmark = pytest.mark.browser
SHEET = '<link rel="preload" as="image" type="image/svg+xml" href="/static/built/icons.svg"></head>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        yield found


def test_a_first_opening_asks_for_no_more_than_the_money_needs(site: Site, phone: Phone) -> None:
    # given somebody who has just signed in on a phone that holds nothing
    address = sign_in_fast(phone, site)
    # when the app opens until the money stands there
    found = first_load(phone, address)
    # then it kept to its requests and bytes, and asked for nothing else
    assert misses(found) == [], found.parts
    assert found.requests > 20


def test_a_page_that_asks_for_the_icons_early_is_found(site: Site, phone: Phone) -> None:
    address = sign_in_fast(phone, site)
    phone.context.route("**/app/", _with_the_sheet)
    assert strangers(first_load(phone, address)) == ["static/built/icons.svg"]


def _with_the_sheet(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("</head>", SHEET))

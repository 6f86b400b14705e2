"""Whatever an address asks to go on to: no answer leads a browser to another site."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from app.accounts.routes import base
from tests.fixtures_app import form_token
from tests.house.access import ACCESS
from tests.house.test_routes import filled, scene

__all__ = ["scene"]

HERE = "http://localhost/"
PLACES = ("/app", "/account", "/people", "/invitations")
EVIL = "evil.example"
FORMS = [
    f"https://{EVIL}", f"//{EVIL}", f"///{EVIL}", f"////{EVIL}/", f"\\\\{EVIL}", f"/\\{EVIL}", f"\\/{EVIL}",
    f"/\t/{EVIL}", f"/\n/{EVIL}", f"\t//{EVIL}", f" //{EVIL}", f"https:{EVIL}", f"https:/{EVIL}", f"https:///{EVIL}",
    f"HtTpS://{EVIL}", "javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:x", f"http://localhost@{EVIL}/", f"http://localhost:80@{EVIL}/", f"//localhost@{EVIL}/app",
    f"https://{EVIL}/app/", f"//{EVIL}/app", f"//{EVIL}\\@localhost/app", f"https://localhost.{EVIL}/app",
    f"https://{EVIL}#/app", f"//{EVIL}?/app", f"/app@{EVIL}", f"/app.{EVIL}", f"/app\\..\\..\\\\{EVIL}", f"/app/\\{EVIL}",  # noqa: E501
    f"/app/%09/{EVIL}", f"/app/..//{EVIL}", f"/app/\r\nLocation: https://{EVIL}", f"//[::1]@{EVIL}/", "//[",
    f"/app/%0d%0aLocation:%20https://{EVIL}", "https://[::1", f"%2f%2f{EVIL}", f"%5c%5c{EVIL}", f"/%2f{EVIL}",
    f"/app/;@{EVIL}", f"..//{EVIL}", f"?next=//{EVIL}", f"#//{EVIL}", f"//{EVIL}%2f..", f"/／{EVIL}",
    f"/account//{EVIL}", "x" * 5000,
]  # fmt: skip
PAIR = {"email": "new@example.com", "password": "three plain words"}


class Leads(HTMLParser):
    """Every address that a page names."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in {"href", "src", "action", "formaction"} and value]
        self.found += [
            value for name, value in attrs if tag == "meta" and name == "content" and value and "url" in value
        ]


def resolved(address):
    """Where a browser goes: it takes a backslash for a slash, and tabs and line ends for nothing."""
    return urljoin(HERE, re.sub(r"[\t\r\n]", "", address.strip()).replace("\\", "/"))


def leads_away(answer):
    """Where this answer leads that is not here."""
    page = Leads()
    if answer.mimetype == "text/html":
        page.feed(answer.get_data(as_text=True))
    named = [*answer.headers.getlist("Location"), *answer.headers.getlist("Refresh"), *page.found]
    return [name for name in named if not is_here(name)]


def is_here(name):
    """Whether a browser stays: nothing is opened but this origin, a mail or a phone number."""
    try:
        parts = urlsplit(resolved(name))
    except ValueError:  # no address at all: a browser does not go there
        return True
    return (parts.scheme, parts.netloc) == ("http", "localhost") or parts.scheme in {"mailto", "tel"}


def ask(scene, endpoint, wanted, role="holder"):
    """Use a route with `next`, in its address and in its form."""
    access, client = ACCESS[endpoint], scene.browsers[role]
    form = None
    if access.form is not None:
        token = form_token(client.get(access.form_at))
        form = {**filled(access.form, role, scene.names), "next": wanted, "csrf_token": token}
    path = access.path.format(**scene.names)
    return client.open(path, method=access.method, query_string={"next": wanted}, data=form, headers=access.headers)


def own_routes():
    """Routes of pages: the phone's have neither pages nor redirects."""
    return sorted(name for name in ACCESS if name.startswith(("accounts.", "exports.", "pages.", "shell.")))


def sign_up(app, wanted):
    """Sign up and in with `next`; both answers."""
    client = app.test_client()
    token = form_token(client.get("/sign-up"))
    form = {**PAIR, "name": "New", "whose": "me", "csrf_token": token}
    first = client.post("/sign-up", query_string={"next": wanted}, data=form)
    again = app.test_client()
    token = form_token(again.get("/sign-in"))
    return first, again.post("/sign-in", query_string={"next": wanted}, data={**PAIR, "csrf_token": token})


@pytest.mark.parametrize("wanted", FORMS)
def test_signing_up_and_in_lead_nowhere_else(app, wanted):
    for answer in sign_up(app, wanted):
        assert answer.status_code == 303
        assert leads_away(answer) == []


@pytest.mark.parametrize("wanted", FORMS)
def test_a_path_to_go_on_to_is_always_of_this_site(app, wanted):
    with app.test_request_context():
        found = base.local_path(wanted)
    assert found.startswith("/")
    assert is_here(found)
    assert any(urlsplit(found).path == place or urlsplit(found).path.startswith(f"{place}/") for place in PLACES)


@pytest.mark.parametrize("wanted", [FORMS[0], FORMS[1], FORMS[5]])
def test_no_route_leads_away(scene, app, wanted):
    asked = [(endpoint, role) for role in ("anonymous", "holder") for endpoint in own_routes()]
    away = {(name, role): leads_away(ask(scene, name, wanted, role)) for name, role in asked}
    assert {key: found for key, found in away.items() if found} == {}


def test_a_page_that_hands_on_any_address_is_found(app, monkeypatch):
    monkeypatch.setattr("app.accounts.routes.signing_in.local_path", lambda wanted: wanted or "")
    monkeypatch.setattr("app.accounts.routes.joining.local_path", lambda wanted: wanted or "")
    first, second = sign_up(app, FORMS[1])
    assert leads_away(first) or leads_away(second)


@pytest.mark.parametrize("away", [f"//{EVIL}", f"/\\{EVIL}", f"/\t/{EVIL}", f"https:{EVIL}/x", "javascript:x"])
def test_what_leads_away_is_known(away):
    assert not is_here(away)

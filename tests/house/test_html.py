"""Every page is valid HTML, and every answer carries the headers that keep it to itself."""

import re

import html5lib
import pytest

from app.accounts.models import Account
from app.accounts.service import make_reset_link
from tests.fixtures_app import OWN, send_form

BAD_SIGN_UP = {"name": "", "email": "x", "password": "x", "whose": "other", "person_name": ""}
OPEN_PAGES = (
    "/",
    "/help",
    "/sign-up",
    "/sign-in",
    "/app/",
    "/app/some/where",
    "/nowhere",
    "/account",
    "/new-password/x",
)
OWN_PAGES = ("/", "/account", "/people/new", "/help", "/nowhere")
DIRECTIVE = re.compile(r"([a-z-]+) ([^;]+)")


def faults(page):
    """What a strict reader of HTML objects to. SVG in HTML may close its elements by itself."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    return [(place, code) for place, code, _ in parser.errors]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_for_everybody_is_valid(client, path):
    assert faults(client.get(path).get_data(as_text=True)) == []


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_page_of_ones_own_is_valid(household, path):
    assert faults(household.hers.client.get(path).get_data(as_text=True)) == []


@pytest.mark.parametrize(("path", "fields"), [("/sign-up", BAD_SIGN_UP), ("/sign-in", {"email": "", "password": ""})])
def test_a_form_to_be_mended_is_valid(client, path, fields):
    answer = send_form(client, path, **fields)
    assert (answer.status_code, faults(answer.get_data(as_text=True))) == (422, [])


def test_a_form_of_ones_own_to_be_mended_is_valid(household):
    answer = send_form(household.hers.client, "/people/new", name="")
    assert (answer.status_code, faults(answer.get_data(as_text=True))) == (422, [])


def test_a_reset_page_is_valid(client, household, parts):
    with parts.database.writing() as session:
        token = make_reset_link(session, session.get_one(Account, household.maria))
        session.commit()
    assert faults(client.get(f"/new-password/{token}").get_data(as_text=True)) == []
    assert faults(send_form(client, f"/new-password/{token}", password="x").get_data(as_text=True)) == []


@pytest.mark.parametrize(
    "page", ["<p>x", "<!doctype html><title>x</title><p><div></p>", "<!doctype html><b id=a id=a>"]
)
def test_a_page_that_is_not_valid_is_found(page):
    assert faults(page) != []


def test_names_of_people_are_text_never_markup(household, make_person):
    make_person(household.maria, name="<script>alert(1)</script>", role="representative")
    page = household.hers.client.get("/account").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


ANSWERS = [
    ("GET", "/"),
    ("GET", "/app/"),
    ("GET", "/sw.js"),
    ("GET", "/static/built/app.css"),
    ("GET", "/static/nothing.js"),
    ("GET", "/nowhere"),
    ("GET", "/session"),
    ("GET", "/healthz"),
    ("POST", "/sync"),
    ("POST", "/sign-in"),
    ("PUT", "/files/x/y"),
    ("DELETE", "/"),
]


@pytest.mark.parametrize(("method", "path"), ANSWERS)
def test_every_answer_carries_the_headers(client, method, path):
    headers = client.open(path, method=method).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    policy = dict(DIRECTIVE.findall(headers["Content-Security-Policy"]))
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "*" not in headers["Content-Security-Policy"]
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", ["/", "/account", "/session", "/nowhere", "/healthz"])
def test_what_is_said_to_one_person_is_kept_nowhere(household, path):
    assert household.hers.client.get(path).headers["Cache-Control"] == "no-store"


def test_the_shell_is_the_same_for_everybody(household, client):
    pages = [one.get("/app/").data for one in (client, household.hers.client, household.his.client)]
    pages.append(client.get(f"/app/{household.person}/money").data)
    assert len(set(pages)) == 1


def test_no_page_has_a_script_or_style_of_its_own(client, household):
    for browser, path in ((client, "/"), (client, "/app/"), (household.hers.client, "/account")):
        page = browser.get(path).get_data(as_text=True)
        scripts = re.findall(r"<script(?![^>]*src=)[^>]*>", page)
        assert [one for one in scripts if one != '<script type="importmap">'] == []
        assert re.findall(r"\son\w+=|\sstyle=|<style|javascript:", page) == []


def test_a_page_of_somebody_who_is_signed_in_notes_when_it_is_left(client, household):
    script = "/static/js/accounts/way-back.js?v="
    for path in ("/account", "/help", "/nowhere", f"/people/{household.person}"):
        page = household.hers.client.get(path).get_data(as_text=True)
        assert f'<script defer src="{script}' in page
        assert script not in client.get(path).get_data(as_text=True)


def test_an_error_for_a_phone_is_json_and_for_a_person_a_page(household):
    assert household.hers.client.post("/sync", data="x", headers=OWN).mimetype == "application/json"
    assert household.hers.client.get("/nowhere").mimetype == "text/html"

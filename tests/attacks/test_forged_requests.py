"""What another site can make a signed-in browser send: every route that changes something refuses it unchanged."""

import pytest

from tests.fixtures_app import form_token
from tests.house.access import ACCESS, OWN
from tests.house.test_routes import everything, exchange_body, filled, scene

__all__ = ["scene"]

UNSAFE = {name: access for name, access in ACCESS.items() if access.method not in {"GET", "HEAD", "OPTIONS"}}
# The phone's own sheet for sharing: its body is never read.
READS_NOTHING = "shell.share"
BY_HEADER = [name for name, access in UNSAFE.items() if OWN.items() <= access.headers.items()]
BY_TOKEN = [name for name in UNSAFE if name not in BY_HEADER and name != READS_NOTHING]
# A page of another site can send neither our header nor, where the browser tells the truth, these.
FOREIGN = (
    {"X-Inhand-Sync": "0"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


def send(scene, endpoint, headers, **form):
    """Send what the route takes, as the holder's browser would, with these headers and fields in place."""
    access = UNSAFE[endpoint]
    body = exchange_body(scene, "holder") if access.json == "exchange" else access.json
    fields = None if access.form is None else {**filled(access.form, "holder", scene.names), **form}
    return scene.browsers["holder"].open(
        access.path.format(**scene.names),
        method=access.method,
        data=access.data or fields,
        json=body,
        headers={**access.headers, **headers},
    )


def check_by_token(scene, endpoint):
    """Refused without a token, with a wrong one, and with one of another browser."""
    strange = form_token(scene.browsers["stranger"].get("/sign-in"))
    before = everything(scene.parts)
    for form in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": strange}):
        answer = send(scene, endpoint, {}, **form)
        assert (answer.status_code, "open for too long" in answer.get_data(as_text=True)) == (400, True), form
    assert everything(scene.parts) == before


def check_by_header(scene, endpoint):
    """Refused without the app's own header, and with what a browser says of another site's page."""
    before = everything(scene.parts)
    for headers in FOREIGN:
        answer = send(scene, endpoint, headers)
        told = answer.get_data(as_text=True)
        assert answer.status_code == 403, headers
        assert "came from another site" in told or "did not come from Inhand" in told
    assert everything(scene.parts) == before


@pytest.mark.parametrize("endpoint", BY_TOKEN)
def test_no_form_of_another_site_is_taken(scene, endpoint):
    check_by_token(scene, endpoint)


@pytest.mark.parametrize("endpoint", BY_HEADER)
def test_no_script_of_another_site_is_heard(scene, endpoint):
    check_by_header(scene, endpoint)


def test_every_route_that_changes_something_is_tried(app):
    rules = {rule.endpoint for rule in app.url_map.iter_rules() if set(rule.methods) - {"GET", "HEAD", "OPTIONS"}}
    assert {*BY_TOKEN, *BY_HEADER, READS_NOTHING} == rules
    assert len(BY_TOKEN) > 25


def test_what_is_shared_into_the_app_without_a_token_changes_nothing(scene):
    before = everything(scene.parts)
    answer = send(scene, READS_NOTHING, {"Origin": "https://evil.example"})
    assert (answer.status_code, answer.location, everything(scene.parts) == before) == (303, "/app/shared", True)


def test_nothing_changes_by_looking(scene):
    """A picture's address on another site is a GET: none of ours changes anything but what counts visits."""
    safe = [one for one in ACCESS.values() if one.method == "GET" and "holder" not in one.changes]
    before = everything(scene.parts)
    for access in safe:
        scene.browsers["holder"].get(access.path.format(**scene.names), headers=access.headers)
    assert (len(safe) > 30, everything(scene.parts) == before) == (True, True)


def test_the_cookie_stays_away_from_what_other_sites_send(scene, app):
    answer = scene.browsers["anonymous"].get("/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/"))


def test_a_form_without_its_guard_is_found(scene, app):
    app.config["WTF_CSRF_ENABLED"] = False
    with pytest.raises(AssertionError):
        check_by_token(scene, "accounts.add_somebody")


def test_a_script_route_without_its_guard_is_found(scene, monkeypatch):
    monkeypatch.setattr("app.sync.api.check_own_page", lambda base_url: None)
    with pytest.raises(AssertionError):
        check_by_header(scene, "sync.sync")

"""Schemathesis attacks every route by the app's own OpenAPI description: no fault, and no answer but described ones."""

import json

import pytest
import schemathesis
from flask import Response
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from app.core.errors import Malformed
from app.reminders.schemas import ShownSchema
from tests.attacks.describe_api import BODIES, describe
from tests.fixtures_app import OWN

load_all_checks()
TAKES_WHAT_IS_RIGHT = "positive_data_acceptance"
TRIES = 12
WHERE = "/openapi.json"
# All that schemathesis judges, but for one and a half. Whether facts of the right form are taken is asked of what only
# reads: elsewhere our services decide that, not the form, and a page's form needs its own token. Who sees whose
# is tried by tests/house and test_ids_of_others.py: here it would need routes that make an object and name it in JSON.
CHECKED = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "unsupported_method", "allow_header_conformance", "use_after_free",
    "ensure_resource_availability", "ignored_auth", "missing_required_header", "negative_data_rejection",
)  # fmt: skip


@pytest.fixture
def described(app):
    """The app, with its description at an address of this test alone."""
    description = json.dumps(describe(app))
    inner = app.wsgi_app

    def answer(environ, start):
        if environ["PATH_INFO"] == WHERE:
            return Response(description, mimetype="application/json")(environ, start)
        return inner(environ, start)

    app.wsgi_app = answer
    return app


def attack(app, client, tries=TRIES, mode=GenerationMode.POSITIVE):
    """What schemathesis finds, as sentences; every operation gets its tries. Wrong facts go to what takes some."""
    cookie = client.get_cookie("inhand").value
    writing, reading = CHECKS.get_by_names(CHECKED), CHECKS.get_by_names([*CHECKED, TAKES_WHAT_IS_RIGHT])
    found, asked = [], set()
    for result in schemathesis.openapi.from_wsgi(WHERE, app).get_all_operations():
        operation = result.ok()
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.headers):
            continue

        @settings(max_examples=tries, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy(mode))
        def once(case):
            asked.add(case.operation.label)
            answer = case.call(headers=OWN, cookies={"inhand": cookie})
            try:
                case.validate_response(answer, checks=reading if case.method == "GET" else writing)
            except FailureGroup as problem:
                found.append(f"{case.operation.label}: {answer.status_code}: {problem.exceptions!r:.200}")

        once()
    return found, asked


def test_nothing_is_found_by_attacking_every_route_as_it_is_described(described, household):
    found, asked = attack(described, household.hers.client)
    assert found == []
    assert len(asked) > 80


def test_nothing_is_found_by_sending_what_the_description_forbids(described, household):
    found, asked = attack(described, household.hers.client, tries=40, mode=GenerationMode.NEGATIVE)
    assert found == []
    assert len(asked) >= len(BODIES)


def test_a_schema_that_takes_anything_is_found(described, household, monkeypatch):
    monkeypatch.setattr(ShownSchema, "load", lambda *_args, **_more: {"token": "planted"})
    monkeypatch.setattr("app.reminders.service.confirm_shown", lambda *_args, **_more: None)
    found, _ = attack(described, household.hers.client, tries=40, mode=GenerationMode.NEGATIVE)
    assert [one for one in found if one.startswith("POST /reminders/shown")] != []


def test_a_page_that_refuses_what_is_right_is_found(described, household, monkeypatch):
    def refuse(*_args, **_more):
        raise Malformed("planted")

    monkeypatch.setattr("app.sync.api.file_state", refuse)
    monkeypatch.setattr("app.core.pages.database_now", refuse)
    found, _ = attack(described, household.hers.client, tries=2)
    assert [one for one in found if "RejectedPositiveData" in one] != []


def test_a_fault_is_found(described, household, monkeypatch):
    def fall(*_):
        raise RuntimeError("planted")

    monkeypatch.setattr("app.sync.api.file_state", fall)
    monkeypatch.setattr("app.core.pages.database_now", fall)
    found, _ = attack(described, household.hers.client, tries=2)
    assert [one for one in found if "500" in one] != []


def test_every_body_that_is_read_by_a_schema_is_described(app):
    paths = describe(app)["paths"]
    told = {
        one["operationId"].rpartition(".")[0]
        for path in paths.values()
        for one in path.values()
        if "requestBody" in one
    }
    assert told == set(BODIES)

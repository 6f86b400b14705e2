"""Schemathesis attacks every route by the app's own OpenAPI description: no fault, and no answer but described ones."""

import json
from collections import defaultdict

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
# Open to nobody who is signed in: a code is asked for half-way through signing in.
HALF_WAY = {"GET /sign-in/code"}
WHERE = "/openapi.json"
# All that schemathesis judges, but for two that need real things to be there: whether what is right is taken by what
# writes, and who reads whose. test_openapi_accepts.py asks these.
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


def attack(app, sign_in, tries=TRIES, mode=GenerationMode.POSITIVE):
    """What schemathesis finds, as sentences, and how each operation answered. Wrong facts go to what takes some.

    Each operation gets its tries, and a sign-in of its own: the one before may have signed out.
    """
    found, answers = [], defaultdict(set)
    for result in schemathesis.openapi.from_wsgi(WHERE, app).get_all_operations():
        operation = result.ok()
        if mode is GenerationMode.POSITIVE or operation.body or operation.headers:
            attack_one(operation, sign_in().get_cookie("inhand").value, found, answers, tries=tries, mode=mode)
    return found, answers


def attack_one(operation, cookie, found, answers, *, tries, mode):
    """What is found at one operation."""
    writing, reading = CHECKS.get_by_names(CHECKED), CHECKS.get_by_names([*CHECKED, TAKES_WHAT_IS_RIGHT])

    @settings(max_examples=tries, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(mode))
    def once(case):
        answer = case.call(headers=OWN, cookies={"inhand": cookie})
        answers[operation.label].add(answer.status_code)
        try:
            case.validate_response(answer, checks=reading if case.method == "GET" else writing)
        except FailureGroup as problem:
            found.append(f"{operation.label}: {answer.status_code}: {problem.exceptions!r:.200}")

    once()


@pytest.fixture
def maria(sign_in, household):
    """Signs Maria in on one device more."""
    return lambda: sign_in(household.maria)


def test_nothing_is_found_by_attacking_every_route_as_it_is_described(described, maria):
    found, answers = attack(described, maria)
    assert found == []
    assert len(answers) > 80
    assert {label for label, statuses in answers.items() if statuses == {401}} == HALF_WAY


def test_nothing_is_found_by_sending_what_the_description_forbids(described, maria):
    found, answers = attack(described, maria, tries=40, mode=GenerationMode.NEGATIVE)
    assert found == []
    assert len(answers) >= len(BODIES)


def test_a_schema_that_takes_anything_is_found(described, maria, monkeypatch):
    monkeypatch.setattr(ShownSchema, "load", lambda *_args, **_more: {"token": "planted"})
    monkeypatch.setattr("app.reminders.service.confirm_shown", lambda *_args, **_more: None)
    found, _ = attack(described, maria, tries=40, mode=GenerationMode.NEGATIVE)
    assert [one for one in found if one.startswith("POST /reminders/shown")] != []


def test_a_page_that_refuses_what_is_right_is_found(described, maria, monkeypatch):
    def refuse(*_args, **_more):
        raise Malformed("planted")

    monkeypatch.setattr("app.sync.api.file_state", refuse)
    monkeypatch.setattr("app.core.pages.database_now", refuse)
    found, _ = attack(described, maria, tries=2)
    assert [one for one in found if "RejectedPositiveData" in one] != []


def test_a_fault_is_found(described, maria, monkeypatch):
    def fall(*_):
        raise RuntimeError("planted")

    monkeypatch.setattr("app.sync.api.file_state", fall)
    monkeypatch.setattr("app.core.pages.database_now", fall)
    found, _ = attack(described, maria, tries=2)
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

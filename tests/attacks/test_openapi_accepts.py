"""Schemathesis asks whether what is right is taken, by every page and route that writes, and who reads whose."""

import base64
import json
import re

import pytest
import schemathesis
from flask import Response
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.generation import GenerationMode
from schemathesis.wfc.escalation import EscalatingAuthProvider

from app.accounts.models import Account
from app.core.actor import Actor
from app.core.errors import Refused
from app.exports.forms import ArrivalSchema
from tests.attacks.describe_api import BODIES, FORMS, Real, describe, shape
from tests.fixtures_app import OWN, form_token
from tests.house.access import ACCESS, INSIDE
from tests.house.test_routes import hers

load_all_checks()
WHERE = "/openapi.json"
TRIES = 3
TAKEN = ("2xx", "3xx")
# What can be done once with the one thing that is there, the one that ends most last.
ONCE = (
    "accounts.end_device", "accounts.end_passkey", "accounts.withdraw_invitation", "accounts.end_member_of",
    "accounts.end_other_devices", "accounts.end_session", "exports.end_arrival", "exports.begin", "groups.settle",
    "groups.seat_act",
    "groups.leave", "groups.delete",
)  # fmt: skip
# They take bytes, which no schema describes: tests/sync/test_file_pieces.py and tests/exports/test_arrivals.py do.
BYTES = frozenset({"sync.piece", "exports.take_piece", "shell.share"})


@pytest.fixture
def there(household, parts, make_account, make_person, make_relationship):
    """Something of every kind of Maria's; the addresses by which the table of routes reaches it."""
    for name in ("stranger", "ex_carer"):
        make_person(make_account(f"{name}@example.com", name=name), name=name, role="holder")
    member = make_relationship(make_account("m@example.com", name="M"), household.person, role="viewer")
    return {"person": household.person, "wrong": "x" * 43, "member": member, **hers(household, parts)}


@pytest.fixture
def described(app, household, there):
    """The app, with a description of what Maria can really do at an address of this test alone."""
    bodies = {name: {"enum": [access.json]} for name, access in ACCESS.items() if isinstance(access.json, dict)}
    exchange = shape(BODIES["sync.sync"]())
    exchange["properties"]["account"] = {"enum": [household.maria]}
    bodies |= {"sync.sync": exchange, "exports.begin": shape(ArrivalSchema())}
    paths = {name: access.path.format(**there) for name, access in ACCESS.items()}
    forms = {
        name: {field: value.format(**there, role="holder") for field, value in (access.form or {}).items()}
        for name, access in ACCESS.items()
    }
    # the holder is she herself, and whoever sits in a group can be sent off: the rest fits other seats
    choices = {"whose": [household.person], "InviteForm.role": list(INSIDE), "SeatForm.act": ["ban"]}
    return _with_description(app, describe(app, Real(paths, bodies, choices, forms)))


def _with_description(app, description):
    inner = app.wsgi_app

    def answer(environ, start):
        if environ["PATH_INFO"] == WHERE:
            return Response(json.dumps(description), mimetype="application/json")(environ, start)
        return inner(environ, start)

    app.wsgi_app = answer
    return app


def allowed():
    """A refusal is right where the table of routes says that the holder gets it, with right data of her own."""
    rules = []
    for name, access in ACCESS.items():
        statuses = {"expected-statuses": [*TAKEN, str(access.cells["holder"])]}
        operation = f"{name}.{access.method.lower()}"
        rules.append({"include-operation-id": operation, "checks": {"positive_data_acceptance": statuses}})
    return schemathesis.Config.from_dict({"operations": rules})


def writing(app, config):
    """Every operation that writes, those that end something last."""
    found = [one.ok() for one in schemathesis.openapi.from_wsgi(WHERE, app, config=config).get_all_operations()]
    names = {one: one.definition.raw["operationId"].rpartition(".")[0] for one in found}
    some = [(names[one], one) for one in found if one.method != "get" and names[one] not in BYTES]
    return sorted(some, key=lambda pair: (ONCE.index(pair[0]) + 1 if pair[0] in ONCE else 0, pair[1].label))


def ask(app, sign_in, account, only=()):
    """What is refused of right data, as sentences, and which operations took something."""
    refused, took = [], set()
    for name, operation in writing(app, allowed()):
        if not only or name in only:
            ask_one(name, operation, sign_in(account), refused, took)
    return refused, took


def ask_one(name, operation, client, refused, took):
    """One operation, by a sign-in of its own: the one before may have signed out."""
    check = CHECKS.get_by_names(["positive_data_acceptance"])
    token = form_token(client.get("/sign-in"))

    @settings(max_examples=1 if name in ONCE else TRIES, database=None, derandomize=True, deadline=None,
              phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(GenerationMode.POSITIVE))
    def once(case):
        case.body = {**case.body, "csrf_token": token} if name in FORMS else whole(case.body)
        answer = case.call(headers=OWN, cookies={"inhand": client.get_cookie("inhand").value})
        if answer.status_code < 400:
            took.add(name)
        try:
            case.validate_response(answer, checks=check)
        except FailureGroup:
            refused.append(f"{operation.label}: {answer.status_code}: {case.body!r:.150}: {answer.text[-300:]}")

    once()


def whole(value):
    """JSON Schema holds 5.0 for an integer; our routes ask for 5 as it is written."""
    if isinstance(value, dict):
        return {name: whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def test_what_is_right_is_taken_by_everything_that_writes(described, sign_in, household):
    refused, took = ask(described, sign_in, household.maria)
    assert refused == []
    silent = {name for name, access in ACCESS.items() if access.method != "GET" and name not in took | BYTES}
    assert {name for name in silent if ACCESS[name].cells["holder"] < 400} == set()
    assert len(took) >= 35


def test_every_form_of_a_page_is_described():
    assert {name for name, access in ACCESS.items() if access.form is not None} == set(FORMS)


def test_a_form_that_refuses_what_is_right_is_found(described, sign_in, household, monkeypatch):
    def refuse(*_args, **_more):
        raise Refused("planted")

    monkeypatch.setattr("app.peers.service.groups.rename_group", refuse)
    monkeypatch.setattr("app.sync.api.exchange", refuse)
    refused, _ = ask(described, sign_in, household.maria, only=("groups.rename", "sync.sync", "groups.link"))
    assert {one.partition(":")[0] for one in refused} == {"POST /groups/{group}/name", "POST /sync"}


# -- who reads whose ----------------------------------------------------------------------------------------


class Cookie:
    """One account's sign-in, as schemathesis puts it on a request."""

    def __init__(self, client):
        self.value = client.get_cookie("inhand").value

    def get(self, _case, _context):
        return self.value

    def set(self, case, value, _context):
        case.cookies["inhand"] = value
        case.headers["X-Inhand-Sync"] = "1"


@pytest.fixture
def told_as_data(described):
    """Every answer to a reading as JSON: what was asked for, and what was told. The check reads no page or picture."""
    inner = described.wsgi_app

    def answer(environ, start):
        found = Response.from_app(inner, environ)
        if environ["REQUEST_METHOD"] == "GET" and found.status_code == 200 and environ["PATH_INFO"] != WHERE:
            asked = environ["PATH_INFO"].strip("/").split("/")
            found.set_data(json.dumps({"asked": asked, "told": told(found)}))
            found.mimetype = "application/json"
        return found(environ, start)

    described.wsgi_app = answer
    return described


def told(answer):
    """What a page says in its middle; anything else, byte for byte."""
    text = answer.get_data()
    middle = re.search(rb"<main.*?</main>", text, re.DOTALL)
    return re.sub(r"<[^>]*>|\\s+", " ", middle[0].decode()) if middle else base64.b64encode(text).decode()


def read_as_others(app, sign_in, accounts):
    """Maria reads what her phone names; the others ask for the same. What they got, and of what they were asked."""
    schema = schemathesis.openapi.from_wsgi(WHERE, app)
    names = list(accounts)
    provider = EscalatingAuthProvider(
        [Cookie(sign_in(account)) for account in accounts.values()], names, peers=tuple(names), pinned=names[0]
    )
    schema.auth.providers.append(provider)
    record = ScenarioRecorder(label="Maria's phone")
    record.max_recorded_payload_size = 0
    found = []
    operations = {one.ok().definition.raw["operationId"]: one.ok() for one in schema.get_all_operations()}
    phone = _case(operations["sync.sync.post"])
    phone.body = {"account": accounts[names[0]], "device": accounts[names[0]], "schema": 1, "ops": [], "cursors": {}}
    phone.headers["Accept-Encoding"] = "identity"
    _record(record, phone, None)
    check = CHECKS.get_by_names(["object_level_authorization"])
    for operation in operations.values():
        if operation.method == "get" and "{" in operation.path:
            case = _case(operation)
            answer = _record(record, case, phone.id)
            try:
                case.validate_response(answer, checks=check, recorder=record)
            except FailureGroup as problem:
                found.append(f"{operation.label}: {problem.exceptions!r:.300}")
    return found, {key[1] for key in provider._probed}


def _case(operation):
    """One right request."""
    made = []

    @settings(max_examples=1, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(GenerationMode.POSITIVE))
    def once(case):
        made.append(case)

    once()
    return made[-1]


def _record(record, case, parent):
    answer = case.call()
    record.record_case(parent_id=parent, case=case)
    record.record_response(case_id=case.id, response=answer)
    return answer


@pytest.fixture
def accounts(household, parts, there):
    """Maria and two who must not read hers: a stranger with a plan, and one without any."""
    with parts.database.reading() as session:
        known = {one.name: one.id for one in session.query(Account)}
    return {"Maria": household.maria, "stranger": known["stranger"], "ex_carer": known["ex_carer"]}


READ = {
    "GET /files/{person}/{sha256}", "GET /files/{person}/{sha256}/{made}", "GET /people/{person}",
    "GET /people/{person}/activity", "GET /groups/{group}", "GET /account/data/{person}/archive",
}  # fmt: skip


def test_nobody_reads_what_is_somebody_elses(told_as_data, sign_in, accounts):
    found, asked = read_as_others(told_as_data, sign_in, accounts)
    assert found == []
    assert asked >= READ


def test_a_route_and_a_page_that_tell_others_are_found(told_as_data, sign_in, accounts, monkeypatch):
    def anybody(person):
        scopes = frozenset({"see_person", "see_plan", "see_money", "manage"})
        return Actor(account=accounts["Maria"], person=person, scopes=scopes, role="holder")

    monkeypatch.setattr("app.sync.api._actor", lambda person, _sha256: anybody(person))
    monkeypatch.setattr("app.accounts.routes.people.acting", lambda _session, person: anybody(person))
    found, _ = read_as_others(told_as_data, sign_in, accounts)
    assert {one.partition(":")[0] for one in found} >= {"GET /files/{person}/{sha256}", "GET /people/{person}"}

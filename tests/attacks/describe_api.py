"""The app's OpenAPI 3.1 description, made from its routes and the marshmallow schemas that read its bodies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_wtf import FlaskForm
from marshmallow import Schema, fields, validate
from wtforms import BooleanField, DateField, Field, PasswordField, RadioField, SelectMultipleField, validators

from app.accounts import forms as own
from app.exports import forms as data
from app.exports.forms import ArrivalSchema
from app.peers import forms as groups
from app.reminders.schemas import DeviceSchema, ShownSchema
from app.sync.facts import PlainDate
from app.sync.schemas import ExchangeSchema

UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
PATTERNS = {"check_id": UUID, "check_sha256": "^[0-9a-f]{64}$"}
# What each JSON route reads; a route that is not named here takes no body of JSON.
BODIES: dict[str, type[Schema]] = {
    "sync.sync": ExchangeSchema, "reminders.keep": DeviceSchema, "reminders.shown": ShownSchema,
    "exports.begin": ArrivalSchema,
}  # fmt: skip
# What each page's form takes. Where the page shows what may be chosen, its choices are named by `known`.
FORMS: dict[str, type[FlaskForm]] = {
    "accounts.add_somebody": own.AddPersonForm, "accounts.answer_invitation": own.AnswerForm,
    "accounts.change_own_password": own.NewPasswordForm, "accounts.confirm_first_code": own.CodeForm,
    "accounts.confirm_invitation": own.EmptyForm, "accounts.end_device": own.EmptyForm,
    "accounts.end_member_of": own.EmptyForm, "accounts.end_other_devices": own.EmptyForm,
    "accounts.end_passkey": own.EmptyForm, "accounts.end_untaken": own.EmptyForm,
    "accounts.enter_code": own.CodeForm, "accounts.finish_joining": own.NewPasswordForm,
    "accounts.forgotten": own.ForgottenForm, "accounts.hand_over_control": own.ControlForm,
    "accounts.invite_somebody": own.InviteForm, "accounts.join_with_passkey": own.CredentialForm,
    "accounts.name_passkey": own.PasskeyNameForm, "accounts.new_password": own.NewPasswordForm,
    "accounts.passkey_made": own.AddPasskeyForm, "accounts.prove": own.ProofForm,
    "accounts.prove_with_passkey": own.CredentialForm, "accounts.raise_a_concern": own.ConcernForm,
    "accounts.renew_recovery_codes": own.EmptyForm, "accounts.say_own_basis": own.BasisForm,
    "accounts.sign_in": own.SignInForm, "accounts.sign_in_with_passkey": own.CredentialForm,
    "accounts.sign_up": own.SignUpForm, "accounts.stop_codes": own.EmptyForm,
    "accounts.withdraw_invitation": own.EmptyForm,
    "exports.answer": data.PressedForm, "exports.ask": data.PressedForm, "exports.bring_in": data.ArrivalForm,
    "exports.end_arrival": data.PressedForm, "exports.erase": data.EraseForm,
    "exports.erase_account": data.EraseForm, "exports.keep": data.PressedForm,
    "exports.keep_own_account": data.PressedForm,
    "groups.answer_as_reader": groups.DecisionForm, "groups.ask": groups.JoinForm,
    "groups.ask_reader": groups.PressedForm, "groups.delete": groups.PressedForm, "groups.found": groups.FoundForm,
    "groups.join": groups.JoinForm, "groups.leave": groups.PressedForm, "groups.link": groups.PressedForm,
    "groups.rename": groups.NameForm, "groups.seat_act": groups.SeatForm, "groups.settle": groups.DecisionForm,
}  # fmt: skip
FORM_TYPE = "application/x-www-form-urlencoded"
# Passwords that are neither short nor common: no pattern says which those are.
PASSWORDS = ["marigold kettle seventeen", "the heron stands in rain", "Ünder-8-bridges we sang"]
HEADERS = {"sync.piece": ("X-Inhand-Offset", "X-Inhand-Size"), "exports.take_piece": ("X-Inhand-Offset",)}
# Every sentence that refuses has one of these.
REFUSALS = (400, 401, 403, 404, 405, 409, 413, 415, 422, 426, 429)
TOLD = {
    "type": "object", "required": ["code", "sentence"],
    "properties": {"code": {"type": "string"}, "sentence": {"type": "string", "minLength": 1}},
}  # fmt: skip
JSON = ("/sync", "/files/", "/session", "/reader", "/reminders/", "/healthz")


@dataclass(frozen=True)
class Real:
    """What is really there for one account: then right data must be taken. `paths` and `bodies` by endpoint."""

    paths: Mapping[str, str]  # the address that stands for the route
    bodies: Mapping[str, Any]  # JSON that no schema of ours reads, or narrower than one
    choices: Mapping[str, list[str]]  # what a field may be, by its name or by "Form.name"
    forms: Mapping[str, Mapping[str, str]]  # what a form is sent with by the table of routes


def describe(app: Flask, real: Real | None = None) -> dict[str, Any]:
    """Every route with its methods, parameters, body and answers; with what is `real`, its forms too."""
    paths: dict[str, Any] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        path = re.sub(r"<(?:[^:<>]*:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            told = _operation(rule.endpoint, method, path)
            paths.setdefault(path, {})[method.lower()] = told
            if real is not None:
                _name_what_is_there(app, real, rule.endpoint, path, told)
    return {"openapi": "3.1.0", "info": {"title": "Inhand", "version": "1"}, "paths": paths}


def _operation(endpoint: str, method: str, path: str) -> dict[str, Any]:
    told: dict[str, Any] = {"operationId": f"{endpoint}.{method.lower()}", "responses": _answers(path)}
    places = [_parameter("path", name) for name in re.findall(r"{(\w+)}", path)]
    places += [_parameter("header", name) for name in HEADERS.get(endpoint, ())]
    if places:
        told["parameters"] = places
    if endpoint in BODIES:
        body = {"application/json": {"schema": shape(BODIES[endpoint]())}}
        told["requestBody"] = {"required": True, "content": body}
    return told


def _name_what_is_there(app: Flask, real: Real, endpoint: str, path: str, told: dict[str, Any]) -> None:
    names = re.findall(r"{(\w+)}", path)
    there = dict(zip(names, _parts(path, real.paths[endpoint]), strict=True)) if names else {}
    for one in told.get("parameters", ()):
        if one["name"] in there:
            one["schema"] = {"enum": [there[one["name"]]]}
    if endpoint in FORMS:
        with app.test_request_context():
            shaped = form_shape(FORMS[endpoint](formdata=None), real)
        for name in set(real.forms[endpoint]) - set(shaped["properties"]):  # a field that the view reads by itself
            shaped["properties"][name] = {"enum": [real.forms[endpoint][name]]}
            shaped["required"].append(name)
        told["requestBody"] = {"required": True, "content": {FORM_TYPE: {"schema": shaped}}}
    elif endpoint in real.bodies:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": real.bodies[endpoint]}}}


def _parts(path: str, address: str) -> tuple[str, ...]:
    """What stands in an address where the path has its names."""
    pattern = re.sub(r"\\{\w+\\}", "(.+)", re.escape(path))
    found = re.fullmatch(pattern, address)
    assert found, (path, address)
    return found.groups()


def _parameter(place: str, name: str) -> dict[str, Any]:
    schema = {"type": "string", "pattern": "^[0-9]{1,12}$"} if place == "header" else {"type": "string", "minLength": 1}
    return {"in": place, "name": name, "required": True, "schema": schema}


def _answers(path: str) -> dict[str, Any]:
    told = {"application/json": {"schema": TOLD}}
    refused = told if path.startswith(JSON) else {**told, "text/html": {}}  # a page's own script is told in JSON
    found: dict[str, Any] = {str(code): {"description": "A sentence", "content": refused} for code in REFUSALS}
    for code in (200, 303, 304, 308):
        found[str(code)] = {"description": "Done"}
    return found


def shape(schema: Schema) -> dict[str, Any]:
    """A marshmallow schema as JSON Schema: names, kinds, bounds, and whether others are refused."""
    known = {one.data_key or name: _field(one) for name, one in schema.fields.items()}
    needed = sorted(one.data_key or name for name, one in schema.fields.items() if one.required)
    return {
        "type": "object", "properties": known, "required": needed, "additionalProperties": schema.unknown != "raise",
    }  # fmt: skip


def _field(one: fields.Field[Any]) -> dict[str, Any]:
    told = _kind(one) | _bounds(one)
    return {"anyOf": [told, {"type": "null"}]} if one.allow_none and told else told


def _kind(one: fields.Field[Any]) -> dict[str, Any]:
    if isinstance(one, fields.Nested):
        return shape(one.schema)
    if isinstance(one, fields.List):
        return {"type": "array", "items": _field(one.inner)}
    if isinstance(one, fields.Dict):
        return {"type": "object", "additionalProperties": _field(one.value_field) if one.value_field else True}
    kinds = ((fields.Integer, "integer"), (fields.Boolean, "boolean"), (PlainDate, "string"), (fields.String, "string"))
    return next(({"type": name} for kind, name in kinds if isinstance(one, kind)), {})


def _bounds(one: fields.Field[Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    names = {"string": ("minLength", "maxLength"), "array": ("minItems", "maxItems")}
    low, high = names.get(str(_kind(one).get("type")), ("minProperties", "maxProperties"))
    for check in one.validators:
        if isinstance(check, validate.Length):
            told |= {name: most for name, most in ((low, check.min), (high, check.max)) if most is not None}
        elif isinstance(check, validate.Range):
            told |= {"minimum": check.min, "maximum": check.max}
        elif isinstance(check, validate.OneOf):
            told["enum"] = list(check.choices)
        elif isinstance(check, validate.Regexp):
            told["pattern"] = check.regex.pattern.replace(r"\Z", "$")
        elif (form := PATTERNS.get(getattr(check, "__name__", ""))) is not None:
            told["pattern"] = form
    return told


# -- forms --------------------------------------------------------------------------------------------------


def form_shape(form: FlaskForm, real: Real) -> dict[str, Any]:
    """A page's form as JSON Schema: what a person may fill in who fills in all of it."""
    told = {one.name: _form_field(one, real.choices) for one in form if one.name != "csrf_token"}
    told |= {
        one.name: {"enum": some} for one in form if (some := real.choices.get(f"{type(form).__name__}.{one.name}"))
    }
    told["csrf_token"] = {"type": "string"}  # of its page: whoever asks puts it in
    return {"type": "object", "properties": told, "required": sorted(told), "additionalProperties": False}


def _form_field(one: Field, known: Mapping[str, list[str]]) -> dict[str, Any]:
    if isinstance(one, RadioField):
        return {"enum": [code for code, _, *_ in one.iter_choices()] or known[one.name]}
    if isinstance(one, SelectMultipleField):
        codes = [code for code, _, *_ in one.iter_choices()]
        return {"type": "array", "items": {"enum": codes}, "uniqueItems": True}
    if isinstance(one, BooleanField):
        return {"enum": ["y"]}
    if isinstance(one, DateField):
        return {"type": "string", "pattern": "^20(2[7-9]|3[0-5])-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$"}
    if isinstance(one, PasswordField):
        return {"enum": PASSWORDS}
    return _form_text(one)


def _form_text(one: Field) -> dict[str, Any]:
    checks = {type(check): check for check in one.validators}
    if regexp := checks.get(validators.Regexp):
        pattern = regexp.regex.pattern
    elif validators.InputRequired in checks:
        pattern = r"^[a-zA-Z0-9\u00c0-\u024f][^\u0000-\u001f\u007f-\u009f]*$"
    else:
        pattern = r"^[^\u0000-\u0008\u000e-\u001f\u007f-\u009f]*$"
    length = checks.get(validators.Length)
    most = {"maxLength": length.max} if length is not None and length.max > 0 else {}
    return {"type": "string", "pattern": pattern, **most}

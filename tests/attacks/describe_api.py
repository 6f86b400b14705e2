"""The app's OpenAPI 3.1 description, made from its routes and the marshmallow schemas that read its bodies."""

import re
from typing import Any

from flask import Flask
from marshmallow import Schema, fields, validate

from app.exports.forms import ArrivalSchema
from app.reminders.schemas import DeviceSchema, ShownSchema
from app.sync.facts import PlainDate
from app.sync.schemas import ExchangeSchema

UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
FORMS = {"check_id": UUID, "check_sha256": "^[0-9a-f]{64}$"}
# What each JSON route reads; a route that is not named here takes no body of JSON.
BODIES: dict[str, type[Schema]] = {
    "sync.sync": ExchangeSchema, "reminders.keep": DeviceSchema, "reminders.shown": ShownSchema,
    "exports.begin": ArrivalSchema,
}  # fmt: skip
HEADERS = {"sync.piece": ("X-Inhand-Offset", "X-Inhand-Size"), "exports.take_piece": ("X-Inhand-Offset",)}
# Every sentence that refuses has one of these.
REFUSALS = (400, 401, 403, 404, 405, 409, 413, 415, 422, 426, 429)
TOLD = {
    "type": "object", "required": ["code", "sentence"],
    "properties": {"code": {"type": "string"}, "sentence": {"type": "string", "minLength": 1}},
}  # fmt: skip
JSON = ("/sync", "/files/", "/session", "/reader", "/reminders/", "/healthz")


def describe(app: Flask) -> dict[str, Any]:
    """Every route with its methods, parameters, body and answers."""
    paths: dict[str, Any] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        path = re.sub(r"<(?:[^:<>]*:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = _operation(rule.endpoint, method, path)
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
        elif (form := FORMS.get(getattr(check, "__name__", ""))) is not None:
            told["pattern"] = form
    return told

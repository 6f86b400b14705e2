"""What the registry of acts says about itself: a table for people and types for the phone. Both are written by
check_docs.py, so that what an operation carries is said once, in its marshmallow schema.
"""

import json
from collections.abc import Iterator
from typing import TypeVar

from marshmallow import Schema, fields, validate

from app.sync.facts import PlainDate, check_id, check_sha256
from app.sync.registry import Act, Registry

Bound = TypeVar("Bound", bound=validate.Validator)
WRITTEN = "Written by tests/house/check_docs.py --write from the schemas that app.factory.make_registry() registers."


def operations_table(registry: Registry) -> str:
    """docs/operations-table.md: every act, sorted by its name."""
    return _HEAD + "".join(_table_row(act) for _, act in sorted(registry.acts.items()))


def operations_types(registry: Registry) -> str:
    """core/operations.d.ts: one type for the facts of each act, and which act takes which."""
    acts = sorted(registry.acts.items())
    shapes = [_shape_type(name, schema) for name, schema in sorted(_all_shapes(registry).items())]
    lines = "".join(f"  {json.dumps(name)}: {_name(act.schema)};\n" for name, act in acts)
    return "\n".join([_TYPES_HEAD, *shapes, f"{_OPERATIONS}{lines}}};\n", _TYPES_TAIL])


_HEAD = f"""# Operations

{WRITTEN}

An operation is a named act of a person, made on a phone; [sync-protocol.md](sync-protocol.md) says how it travels. Who
sends one needs the scope in the third column, in that person's plan, at the moment when it arrives.
`conflict.choose` also needs the scope of what the conflict is about.

Facts in **bold** have to be there. Of the others a `write` act changes only those that are named; what a new row needs
besides is said by the service that carries the act out. A fact that is not listed is refused. Numbers are whole;
amounts are in minor units (pence).

| Act | Version | Needs | What it does | Facts |
| --- | --- | --- | --- | --- |
"""

_TYPES_HEAD = f"""/**
 * What each operation carries. {WRITTEN.replace(" from ", chr(10) + " * from ")}
 */

/** A UUID. */
export type Id = string;
/** The sha256 of a file's bytes, in lower-case hex. */
export type Sha256 = string;
/** A calendar day, "2026-11-21". */
export type Day = string;
"""

_OPERATIONS = """/** The facts that each act takes. */
export type Operations = {
"""

_TYPES_TAIL = """/** The name of an act. */
export type ActName = keyof Operations;

/** The facts of one act. */
export type FactsOf<Name extends ActName> = Operations[Name];
"""


def _table_row(act: Act) -> str:
    facts = "; ".join(_in_words(name, field) for name, field in act.schema.fields.items()) or "none"
    return f"| `{act.name}` | {act.version} | `{act.needs}` | {act.says} | {facts} |\n"


def _in_words(name: str, field: fields.Field) -> str:
    shown = f"**`{name}`**" if field.required else f"`{name}`"
    empty = " or nothing" if field.allow_none else ""
    return f"{shown} {_kind_in_words(field)}{empty}"


def _kind_in_words(field: fields.Field) -> str:
    match field:
        case fields.Boolean():
            return "yes or no"
        case fields.Nested():
            return f"({'; '.join(_in_words(name, inner) for name, inner in field.schema.fields.items())})"
        case fields.List():
            length = _validator(field, validate.Length)
            return f"up to {length.max} times {_kind_in_words(field.inner)}"
        case fields.Integer():
            bounds = _validator(field, validate.Range)
            return f"{bounds.min:,} to {bounds.max:,}"
        case PlainDate():
            return "day"
        case fields.String():
            return _text_in_words(field)
    raise TypeError(f"there are no words yet for {type(field).__name__}")


def _text_in_words(field: fields.Field) -> str:
    if check_id in field.validators:
        return "id"
    if check_sha256 in field.validators:
        return "sha256"
    if choices := _choices(field):
        return "one of " + ", ".join(choices)
    return f"text up to {_validator(field, validate.Length).max:,}"


def _all_shapes(registry: Registry) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for act in registry.acts.values():
        for schema in _shapes(act.schema):
            if type(found.setdefault(_name(schema), schema)) is not type(schema):
                raise TypeError(f"two schemas are called {_name(schema)}")
    return found


def _shapes(schema: Schema) -> Iterator[Schema]:
    """A schema and those inside it."""
    yield schema
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from _shapes(inner.schema)


def _name(schema: Schema) -> str:
    return type(schema).__name__


def _shape_type(name: str, schema: Schema) -> str:
    said = (type(schema).__doc__ or "").strip().splitlines()[0]
    lines = "".join(_property(field_name, field) for field_name, field in schema.fields.items())
    body = f"{{\n{lines}}}" if lines else "Record<never, never>"
    return f"/** {said} */\nexport type {name} = {body};\n"


def _property(name: str, field: fields.Field) -> str:
    mark = "" if field.required else "?"
    empty = " | null" if field.allow_none else ""
    note = _note(field)
    said = f"  /** {note} */\n" if note else ""
    return f"{said}  {name}{mark}: {_type(field)}{empty};\n"


def _note(field: fields.Field) -> str:
    """The bounds, which a type cannot hold."""
    if isinstance(field, fields.List):
        return f"At most {_validator(field, validate.Length).max}."
    if _type(field) in {"number", "string"}:
        return f"{_kind_in_words(field).capitalize()}."
    return ""


def _type(field: fields.Field) -> str:
    match field:
        case fields.Boolean():
            return "boolean"
        case fields.Nested():
            return _name(field.schema)
        case fields.List():
            return f"{_type(field.inner)}[]"
        case fields.Integer():
            return "number"
        case PlainDate():
            return "Day"
        case fields.String():
            return _text_type(field)
    raise TypeError(f"there is no type yet for {type(field).__name__}")


def _text_type(field: fields.Field) -> str:
    if check_id in field.validators:
        return "Id"
    if check_sha256 in field.validators:
        return "Sha256"
    return " | ".join(json.dumps(choice) for choice in _choices(field)) or "string"


def _choices(field: fields.Field) -> list[str]:
    return [str(choice) for one in field.validators if isinstance(one, validate.OneOf) for choice in one.choices]


def _validator(field: fields.Field, kind: type[Bound]) -> Bound:
    """The bound of this kind. A field without one is refused: what comes from a phone is always bounded."""
    found = [one for one in field.validators if isinstance(one, kind)]
    if not found:
        raise TypeError(f"the field {field.name} has no {kind.__name__}")
    return found[0]

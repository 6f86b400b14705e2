"""Facts of the acts on choices, and the shape of an option in the starter directory."""

from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from app.core.money import BIGGEST_AMOUNT
from app.options.models import NEEDS, PERS, STATES, WAYS
from app.sync.facts import Facts, ident, one_of, whole
from app.sync.facts import words as own_words

SIDES = ("health", "mental_health", "personal", "social", "economic", "educational", "ethnic", "cultural")
STUDIED = 2


class ChoiceWrite(Facts):
    """Single fields of a choice; what is not named stays. Own words are never trimmed. `amount` is pence."""

    goal = ident(allow_none=True)
    option = ident(allow_none=True)
    idea = own_words()
    amount = whole(0, BIGGEST_AMOUNT, allow_none=True)
    per = one_of(*PERS, allow_none=True)
    pot = ident(allow_none=True)
    reason = own_words()
    state = one_of(*STATES)
    position = whole(-1_000_000, 1_000_000)


class ChoiceRemove(Facts):
    """Nothing but the choice itself."""


class Shape(Schema):
    """The base of what stands in a data file: nothing unknown."""

    class Meta:
        unknown = RAISE


def sentence(longest: int = 400, **options: Any) -> fields.String:
    """Text of our own."""
    return fields.String(required=True, validate=validate.Length(1, longest), **options)


def _month(value: str) -> None:
    try:
        date.fromisoformat(f"{value}-01")
    except ValueError as error:
        raise ValidationError("A month looks like 2026-11.") from error


class Cost(Shape):
    """What it costs in the UK, in whole pence; 0 is free. `basis` says how we know."""

    low = whole(0, BIGGEST_AMOUNT, required=True)
    high = whole(0, BIGGEST_AMOUNT, required=True)
    per = one_of(*PERS, required=True)
    as_of = fields.String(required=True, validate=_month)
    basis = sentence(100)

    @validates_schema
    def check_order(self, data: dict[str, Any], **_: Any) -> None:
        """The lower sum comes first."""
        if data["low"] > data["high"]:
            raise ValidationError("The lower sum comes first.", "low")


class Way(Shape):
    """One way to get it."""

    kind = one_of(*WAYS, required=True)
    words = sentence()


class Evidence(Shape):
    """What is known: 3 studied well, 2 some studies, 1 people's own reports, 0 not studied."""

    level = whole(0, 3, required=True)
    words = sentence()
    source = sentence(200, allow_none=True)

    @validates_schema
    def check_source(self, data: dict[str, Any], **_: Any) -> None:
        """Who says that something was studied names where."""
        if data["level"] >= STUDIED and not data["source"]:
            raise ValidationError("Name the kind of source.", "source")


class OptionShape(Shape):
    """One kind of support as it stands in `data/`."""

    slug = fields.String(required=True, validate=validate.Regexp(r"[a-z]+(-[a-z]+)*\Z"))
    need = one_of(*NEEDS, required=True)
    name = sentence(60)
    icon = sentence(40)
    what = sentence()
    who = sentence()
    sides = fields.List(one_of(*SIDES), required=True, validate=validate.Length(1, len(SIDES)))
    tags = fields.List(sentence(30), required=True, validate=validate.Length(1, 10))
    at_home = fields.Boolean(required=True)
    cost = fields.Nested(Cost, required=True)
    ways = fields.List(fields.Nested(Way), required=True, validate=validate.Length(1, 6))
    evidence = fields.Nested(Evidence, required=True)
    risks = sentence()
    agree = sentence(allow_none=True)
    search = fields.List(sentence(40), required=True, validate=validate.Length(3, 20))

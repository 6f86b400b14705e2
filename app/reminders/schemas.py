"""Facts of the acts on reminders, and what a device says of itself."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from app.reminders.times import is_zone
from app.sync.facts import Facts, Flag, check_words, whole

MOST_DAYS_BEFORE = 60
MOST_REMINDERS = 5


def check_zone(value: str) -> None:
    """A time zone by its name."""
    if not is_zone(value):
        raise ValidationError("We do not know this time zone.")


def check_days(value: list[int]) -> None:
    """Different days, so that nothing is said twice."""
    if len(set(value)) != len(value):
        raise ValidationError("Each day only once.")


class WishWrite(Facts):
    """Single parts of how an account wants to be reminded; what is not named stays."""

    on = Flag()
    days = fields.List(whole(0, MOST_DAYS_BEFORE), validate=[validate.Length(min=1, max=MOST_REMINDERS), check_days])
    at = whole(0, 1439)
    quiet_from = whole(0, 1439)
    quiet_until = whole(0, 1439)
    zone = fields.String(validate=[validate.Length(max=64), check_words, check_zone])
    email = Flag()


class NoticeRead(Facts):
    """Nothing but the notice itself."""


class KeysSchema(Schema):
    """The keys of a device."""

    class Meta:
        unknown = RAISE

    p256dh = fields.String(required=True, validate=validate.Length(max=100))
    auth = fields.String(required=True, validate=validate.Length(max=40))


class DeviceSchema(Schema):
    """A push subscription, as a browser writes it down."""

    class Meta:
        unknown = RAISE

    endpoint = fields.String(required=True, validate=validate.Length(max=2_000))
    keys = fields.Nested(KeysSchema, required=True)


class ShownSchema(Schema):
    """What a device says once it has shown a message."""

    class Meta:
        unknown = RAISE

    token = fields.String(required=True, validate=validate.Length(max=100))


def load(schema: Schema, body: Any) -> dict[str, Any]:
    """The body by its schema. Raises `ValidationError`."""
    found: dict[str, Any] = schema.load(body)
    return found

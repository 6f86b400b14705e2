"""The edge refuses: schemas for what comes from a phone. Unknown fields raise, numbers are strict, times are aware."""

from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from app.core.ids import is_id, is_sha256
from app.core.words import LONGEST_WORDS, storable, unstorable


class Facts(Schema):
    """The base of all facts of operations."""

    class Meta:
        unknown = RAISE


def check_words(value: str) -> None:
    """Refuse only what no database can hold."""
    sentence = unstorable(value)
    if sentence:
        raise ValidationError(sentence)


def check_id(value: str) -> None:
    """A UUID in our spelling."""
    if not is_id(value):
        raise ValidationError("This is not an id.")


def check_sha256(value: str) -> None:
    """A sha256 in lower-case hex."""
    if not is_sha256(value):
        raise ValidationError("This is not a sha256.")


class PlainDate(fields.Field[str]):
    """A calendar day as text, `2026-11-21`, between 1900 and 2200."""

    def _serialize(self, value: str | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or len(value) != 10:
            raise ValidationError("A day looks like 2026-11-21.")
        try:
            found = date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError("There is no such day.") from error
        if not 1900 <= found.year <= 2200:
            raise ValidationError("This year is too far away.")
        return value


class Flag(fields.Boolean):
    """Yes or no, and nothing that only looks like it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("This is yes or no.")
        return value


def words(longest: int = LONGEST_WORDS, **options: Any) -> fields.String:
    """Text that comes back byte for byte."""
    too_long = f"This is too long. It takes up to {longest:,} letters."
    return fields.String(validate=[validate.Length(max=longest, error=too_long), check_words], **options)


def ident(**options: Any) -> fields.String:
    """A UUID."""
    return fields.String(validate=check_id, **options)


def one_of(*choices: str, **options: Any) -> fields.String:
    """One of a few codes."""
    return fields.String(validate=validate.OneOf(choices), **options)


def whole(lowest: int, highest: int, **options: Any) -> fields.Integer:
    """A strict whole number in bounds."""
    return fields.Integer(strict=True, validate=validate.Range(lowest, highest), **options)


def first_sentence(error: ValidationError) -> str:
    """The first message of a refused load, with the field it is about."""
    messages: Any = error.messages
    path: list[str] = []
    while isinstance(messages, dict) and messages:
        name, messages = next(iter(messages.items()))
        path.append(str(name))
    text = messages[0] if isinstance(messages, list) and messages else "This is not what we expected."
    return storable(f"{'.'.join(part for part in path if part != '_schema')}: {text}")

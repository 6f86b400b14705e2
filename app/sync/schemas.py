"""The shape of one exchange, as docs/sync-protocol.md says it."""

from marshmallow import EXCLUDE, RAISE, Schema, fields, validate

from app.sync.facts import check_id, check_words, ident

MOST_OPERATIONS = 200
LONGEST_STREAM = 80


class CursorSchema(Schema):
    """Up to where a phone has read a stream, and with which rights."""

    class Meta:
        unknown = RAISE

    seq = fields.Integer(strict=True, required=True, validate=validate.Range(0, 2**53))
    epoch = fields.String(required=True, validate=validate.Length(max=120))


class BaseSchema(Schema):
    """What the author saw: a row's rev, or an own operation that was still in the outbox."""

    class Meta:
        unknown = RAISE

    rev = fields.Integer(strict=True, validate=validate.Range(0, 2**31 - 1))
    op = ident()


class OperationSchema(Schema):
    """One operation; its facts are checked by its act. Fields of a newer phone are let pass."""

    class Meta:
        unknown = EXCLUDE

    id = ident(required=True)
    act = fields.String(required=True, validate=validate.Length(1, 40))
    version = fields.Integer(strict=True, required=True, validate=validate.Range(1, 1000))
    stream = fields.String(required=True, validate=[validate.Length(1, LONGEST_STREAM), check_words])
    row = ident(required=True)
    facts = fields.Raw(required=True)
    base = fields.Nested(BaseSchema, allow_none=True, load_default=None)
    at = fields.String(load_default="", validate=validate.Length(max=40))


class ExchangeSchema(Schema):
    """The body of `POST /sync`."""

    class Meta:
        unknown = EXCLUDE

    account = fields.String(required=True, validate=check_id)
    device = fields.String(required=True, validate=check_id)
    schema = fields.Integer(strict=True, required=True, validate=validate.Range(1, 10_000))
    ops = fields.List(fields.Raw(allow_none=True), required=True, validate=validate.Length(max=MOST_OPERATIONS))
    cursors = fields.Dict(
        keys=fields.String(validate=[validate.Length(max=LONGEST_STREAM), check_words]),
        values=fields.Nested(CursorSchema),
        required=True,
        validate=validate.Length(max=500),
    )

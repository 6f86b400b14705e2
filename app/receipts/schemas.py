"""Facts of the acts on readings."""

from marshmallow import fields

from app.sync.facts import Facts, check_sha256


class ReceiptRead(Facts):
    """The photo to be read."""

    sha256 = fields.String(required=True, validate=check_sha256)


class ReceiptDrop(Facts):
    """Nothing but the reading itself."""

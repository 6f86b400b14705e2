"""Facts of the acts on a person."""

from marshmallow import fields

from app.accounts.models import COLOURS, LONGEST_NAME
from app.sync.facts import Facts, Flag, check_sha256, one_of, words


class PersonWrite(Facts):
    """Single fields of the person; what is not named stays."""

    name = words(LONGEST_NAME)
    colour = one_of(*COLOURS)
    photo = fields.String(allow_none=True, validate=check_sha256)


class RemarkWrite(Facts):
    """What a reviewer says about the plan; `agrees`: to the plan as it is."""

    words = words(required=True)
    agrees = Flag(required=True)

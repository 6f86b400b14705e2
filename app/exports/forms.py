"""Forms around one's own data."""

from flask_wtf import FlaskForm
from marshmallow import RAISE, Schema, fields, validate
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

LONGEST = 254
MOST_SAID = 10**12


class PressedForm(FlaskForm):
    """A button that changes something: only the token that proves it was pressed here."""


class EraseForm(FlaskForm):
    """Erasing needs the name or the address typed, so that nobody erases the wrong one."""

    typed = StringField("", [InputRequired("Type it first, so that nothing else is erased."), Length(max=LONGEST)])


class ArrivalForm(FlaskForm):
    """Who the sender of an archive is to the person in it: a role of the policy."""

    whose = RadioField(
        "Whose plan is this?",
        choices=[SelectChoice("holder", "It is mine"), SelectChoice("representative", "I look after this person")],
        validators=[InputRequired("Choose whose plan this is.")],
    )


class ArrivalSchema(Schema):
    """What is said before an archive is sent: its length in bytes, and a sum over its first and last bytes (hex)."""

    class Meta:
        unknown = RAISE

    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_SAID))
    mark = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))

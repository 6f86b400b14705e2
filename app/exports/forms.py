"""Forms around one's own data."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

LONGEST = 254


class PressedForm(FlaskForm):
    """A button that changes something: only the token that proves it was pressed here."""


class EraseForm(FlaskForm):
    """Erasing needs the name or the address typed, so that nobody erases the wrong one."""

    typed = StringField("", [InputRequired("Type it first, so that nothing else is erased."), Length(max=LONGEST)])

"""Forms of the pages on groups."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

ORGANISATION = "organisation"


class PressedForm(FlaskForm):
    """A button: only the token that proves it was pressed here."""


class NameForm(FlaskForm):
    """What a group is called, and what it is for."""

    name = StringField(
        "What is the group called?",
        validators=[
            InputRequired("Write a name, like Out and about."),
            Length(max=80, message="Use at most 80 characters."),
        ],
    )
    about = TextAreaField("What is it for?", validators=[Length(max=400, message="Use at most 400 characters.")])


class FoundForm(NameForm):
    """A new group, and for whom it is founded: a plan, or an organisation."""

    whose = RadioField("Who founds it?", choices=[], validators=[InputRequired("Choose who founds it.")])
    by_request = BooleanField("People may ask to join")


class JoinForm(FlaskForm):
    """With which plan one joins, the rules accepted."""

    whose = RadioField("With which plan?", choices=[], validators=[InputRequired("Choose a plan.")])
    agreed = BooleanField("I keep to these rules", validators=[InputRequired("Read the rules, then tick this.")])


class SeatForm(FlaskForm):
    """What a moderator does with a seat."""

    act = HiddenField(validators=[InputRequired(), Regexp("^(moderator|member|ban|lift|accept|turn_down)$")])


class DecisionForm(FlaskForm):
    """What a moderator decides, or a second reader."""

    decision = HiddenField(validators=[InputRequired(), Regexp("^(kept|removed)$")])

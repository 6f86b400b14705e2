"""Forms of the pages around signing in. Everything typed stays when something has to be mended."""

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput

from app.accounts.models import LONGEST_NAME
from app.accounts.passwords import LONGEST, check_password
from app.accounts.policy import BASES, EXTRAS, SCOPE_WORDS
from app.core.errors import Refused
from app.core.words import unstorable

LONGEST_CREDENTIAL = 20_000
INVITED = (SelectChoice("invited", "Somebody invited me"),)
TOO_LONG = f"Use at most {LONGEST} characters."
SHORT = Length(max=LONGEST_NAME, message=f"Use at most {LONGEST_NAME} characters for a name.")
EMAIL = (
    Length(max=254, message="This email is too long."),
    Regexp(
        r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+$",
        message="Write the whole email, like maria@example.com.",
    ),
)


def without_ends(value: str | None) -> str | None:
    """An address without the spaces that came with pasting it."""
    return value.strip() if value else value


def storable(_form: FlaskForm, field: StringField) -> None:
    """Refuse only what cannot be kept."""
    sentence = unstorable(field.data or "")
    if sentence:
        raise ValidationError(sentence)


def strong(_form: FlaskForm, field: PasswordField) -> None:
    """A password that is long enough and not among the commonest."""
    try:
        check_password(field.data or "")
    except Refused as refused:
        raise ValidationError(refused.sentence) from refused


class SignUpForm(FlaskForm):
    """A new account and the first person."""

    name = StringField("Your name", validators=[InputRequired("Write your name, like Maria."), SHORT, storable])
    email = EmailField(
        "Your email",
        filters=[without_ends],
        validators=[InputRequired("Write your email, like maria@example.com."), *EMAIL],
    )
    whose = RadioField(
        "Whose budget is it?",
        choices=[SelectChoice("me", "Mine"), SelectChoice("other", "Someone I look after"), *INVITED],
        validators=[InputRequired("Choose whose budget it is.")],
    )
    person_name = StringField("Their name", validators=[SHORT, storable])
    password = PasswordField("A password")
    # Which of the two buttons was pressed: a passkey needs no password.
    way = HiddenField()

    def validate_password(self, field: PasswordField) -> None:
        """Needed only where no passkey is wanted."""
        if self.way.data == "passkey":
            return
        if not field.data:
            raise ValidationError("Choose a password.")
        strong(self, field)

    def validate_person_name(self, field: StringField) -> None:
        """Needed only for somebody else."""
        if self.whose.data == "other" and not (field.data or "").strip():
            raise ValidationError("Write the name of the person you look after, like Sam.")


class SignInForm(FlaskForm):
    """Email and password."""

    email = EmailField(
        "Your email",
        filters=[without_ends],
        validators=[InputRequired("Write your email, like maria@example.com."), *EMAIL],
    )
    password = PasswordField(
        "Your password", validators=[InputRequired("Write your password."), Length(max=LONGEST, message=TOO_LONG)]
    )


# Made before the fields of `BasisForm`: what is to be mended is told in the order of the page.
PERSON_NAME = StringField("Their name", validators=[InputRequired("Write their name, like Sam."), SHORT, storable])


class BasisForm(FlaskForm):
    """What allows somebody to look after a whole plan, and until when."""

    basis = RadioField(
        "What allows you to act for them?",
        choices=[SelectChoice(code, words) for code, words in BASES.items()],
        validators=[InputRequired("Choose what allows you to act.")],
    )
    basis_words = StringField(
        "More about it", validators=[Length(max=200, message="Use at most 200 characters."), storable]
    )
    ends_on = DateField("Last day", validators=[Optional()])


class AddPersonForm(BasisForm):
    """Somebody else whose plan this account looks after."""

    name = PERSON_NAME


class ForgottenForm(FlaskForm):
    """Whose password was forgotten."""

    email = EmailField(
        "Your email",
        filters=[without_ends],
        validators=[InputRequired("Write your email, like maria@example.com."), *EMAIL],
    )


class CodeForm(FlaskForm):
    """A one-time code, or a recovery code."""

    code = StringField("Your code", validators=[InputRequired("Write the code, like 123 456."), Length(max=40)])


class CredentialForm(FlaskForm):
    """What the browser made of a passkey; a script puts it in."""

    credential = HiddenField(validators=[Length(max=LONGEST_CREDENTIAL)])


class AddPasskeyForm(CredentialForm):
    """One more passkey, with a name to know it by."""

    name = StringField("Its name", validators=[SHORT, storable])


class PasskeyNameForm(FlaskForm):
    """Another name for a passkey."""

    name = StringField("Its name", validators=[InputRequired("Write a name, like My phone."), SHORT, storable])


class ProofForm(FlaskForm):
    """The password once more, and a code where codes are asked for."""

    password = PasswordField(
        "Your password", validators=[InputRequired("Write your password."), Length(max=LONGEST, message=TOO_LONG)]
    )
    code = StringField("A one-time code", validators=[Length(max=40)])


class NewPasswordForm(FlaskForm):
    """Choose a new password."""

    password = PasswordField("A new password", validators=[InputRequired("Choose a password."), strong])


class EmptyForm(FlaskForm):
    """A button that changes something: only the token that proves it was pressed here."""


INVITED_TO = (
    ("helper", "Write down what is spent", "A support worker or friend. They see of the money what they wrote."),
    ("nominee", "Look after the money", "You can decide yourself, and want somebody to do the money."),
    ("viewer", "Look, and change nothing", "Somebody who should know how things stand."),
    ("reviewer", "Look, comment and agree", "A care co-ordinator or somebody from the funder."),
    ("representative", "Look after the whole plan", "A parent, attorney, deputy or appointee."),
    ("holder", "Take over: it is their own budget", "A child who has grown up. You step back."),
)


class InviteForm(FlaskForm):
    """Whom to invite to what, and until when."""

    name = StringField("Their name", validators=[InputRequired("Write their name, like Ana."), SHORT, storable])
    role = RadioField(
        "What will they do?",
        choices=[SelectChoice(code, words) for code, words, _ in INVITED_TO],
        validators=[InputRequired("Choose what they will do.")],
    )
    extras = SelectMultipleField(
        "What else may they do?",
        choices=[SelectChoice(code, SCOPE_WORDS[code]) for code in ("see_private", "see_money", "write_plan")],
        option_widget=CheckboxInput(),
    )
    basis = RadioField(
        "What allows them to act?",
        choices=[SelectChoice(code, words) for code, words in BASES.items()],
        validators=[Optional()],
    )
    basis_words = StringField(
        "More about it", validators=[Length(max=200, message="Use at most 200 characters."), storable]
    )
    ends_on = DateField("Last day", validators=[Optional()])
    afterwards = RadioField(
        "What will you do then?",
        choices=[
            SelectChoice("helper", "Write down what is spent"),
            SelectChoice("viewer", "Look, and change nothing"),
            SelectChoice("leave", "Leave this plan"),
        ],
        validators=[Optional()],
    )

    def validate_extras(self, field: SelectMultipleField) -> None:
        """What does not go with the role is left out, not held against anybody: the page cannot hide it everywhere."""
        field.data = [code for code in field.data or [] if code in EXTRAS.get(self.role.data or "", ())]


class ControlForm(FlaskForm):
    """Until when somebody may do everything; empty takes it back."""

    until = DateField("Until which day?", validators=[Optional()])


class AnswerForm(FlaskForm):
    """Accept an invitation, or not."""

    answer = HiddenField(validators=[InputRequired(), Regexp("^(accept|decline)$")])


class ConcernForm(FlaskForm):
    """What worries somebody. It may stay empty: to raise a concern takes two taps."""

    words = TextAreaField(
        "What worries you?", validators=[Length(max=2000, message="Use at most 2,000 characters."), storable]
    )

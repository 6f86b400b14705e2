"""Forms of the pages around signing in. Everything typed stays when something has to be mended."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from app.accounts.models import LONGEST_NAME
from app.accounts.passwords import LONGEST, check_password
from app.core.errors import Refused
from app.core.words import unstorable

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
    password = PasswordField("A password", validators=[InputRequired("Choose a password."), strong])
    whose = RadioField(
        "Whose budget is it?",
        choices=[SelectChoice("me", "Mine"), SelectChoice("other", "Someone I look after")],
        validators=[InputRequired("Choose whose budget it is.")],
    )
    person_name = StringField("Their name", validators=[SHORT, storable])

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


class AddPersonForm(FlaskForm):
    """Somebody else whose plan this account looks after."""

    name = StringField("Their name", validators=[InputRequired("Write their name, like Sam."), SHORT, storable])
    agreed = BooleanField(
        "I may act for this person",
        validators=[InputRequired("Tick this when you may act for them, for example as a parent.")],
    )


class NewPasswordForm(FlaskForm):
    """Choose a new password."""

    password = PasswordField("A new password", validators=[InputRequired("Choose a password."), strong])


class EmptyForm(FlaskForm):
    """A button that changes something: only the token that proves it was pressed here."""

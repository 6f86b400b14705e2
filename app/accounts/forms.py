"""Forms of the pages around signing in. Everything typed stays when something has to be mended."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from app.accounts.models import LONGEST_NAME
from app.accounts.passwords import LONGEST, check_password
from app.core.errors import Refused
from app.core.words import unstorable

LONGEST_CREDENTIAL = 20_000
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
        choices=[SelectChoice("me", "Mine"), SelectChoice("other", "Someone I look after")],
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


class AddPersonForm(FlaskForm):
    """Somebody else whose plan this account looks after."""

    name = StringField("Their name", validators=[InputRequired("Write their name, like Sam."), SHORT, storable])
    agreed = BooleanField(
        "I may act for this person",
        validators=[InputRequired("Tick this when you may act for them, for example as a parent.")],
    )


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

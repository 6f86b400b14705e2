"""Every text that somebody can write, found from the acts' schemas and from the forms, and a script for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from flask_wtf import FlaskForm
from marshmallow import Schema, fields, validate
from wtforms import EmailField, HiddenField, PasswordField, StringField, TextAreaField

from app.reminders.schemas import check_zone
from app.sync.facts import check_words
from app.sync.registry import Act

Path = tuple[str, ...]
MARK = "mark{}end"
# The short one fits where a name has to; both end what an attribute or a text may stand in.
SHORT = "mark{0}end\"'><img src=x data-hit={0} onerror=hit({0})>"
LONG = (
    SHORT
    + '<script data-hit={0}>hit({0})</script><svg onload=hit({0})></svg><a href="javascript:hit({0})">x</a>{{{{7*7}}}}'
)


@dataclass(frozen=True)
class Text:
    """A text field of an act: where it stands in the facts, and how long it may be."""

    act: str
    path: Path
    longest: int

    @property
    def name(self) -> str:
        """Such as `entry.correct changes.note`."""
        return f"{self.act} {'.'.join(self.path)}"


def texts_of(acts: dict[str, Act]) -> list[Text]:
    """Every free text of every act, by its name."""
    found = [Text(act.name, path, longest) for act in acts.values() for path, longest in _texts(act.schema)]
    return sorted(found, key=lambda text: text.name)


def _texts(schema: Schema, above: Path = ()) -> Iterator[tuple[Path, int]]:
    for name, one in schema.fields.items():
        inner = one.inner if isinstance(one, fields.List) else one
        if isinstance(inner, fields.Nested):
            yield from _texts(inner.schema, (*above, name))
        elif isinstance(inner, fields.String) and _is_free(inner):
            yield (*above, name), _longest(inner)


def _is_free(one: fields.String) -> bool:
    """Not an id, a sum, a code or a zone: those are checked by what they may be."""
    bound = any(isinstance(check, validate.OneOf | validate.Regexp) for check in one.validators)
    named = {getattr(check, "__name__", "") for check in one.validators}
    return (
        not bound and not named & {"check_id", "check_sha256", check_zone.__name__} and named >= {check_words.__name__}
    )


def _longest(one: fields.String) -> int:
    lengths = [check.max for check in one.validators if isinstance(check, validate.Length)]
    return int(min(length for length in lengths if length is not None))


def script(number: int, longest: int) -> str:
    """A text that runs as a script wherever it is not taken as words."""
    long = LONG.format(number)
    return long if len(long) <= longest else SHORT.format(number)


def form_texts(modules: tuple[str, ...] = ("app.accounts.forms", "app.exports.forms")) -> set[str]:
    """Every field of a form that takes a text, as `Form.field`."""
    kinds = (StringField, TextAreaField, EmailField, PasswordField, HiddenField)
    forms = [one for module in modules for one in vars(import_module(module)).values() if _is_form(one)]
    found = set()
    for form in forms:
        for name in dir(form):
            kind = getattr(getattr(form, name), "field_class", None)
            if isinstance(kind, type) and issubclass(kind, kinds):
                found.add(f"{form.__name__}.{name}")
    return found


def _is_form(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, FlaskForm) and one is not FlaskForm

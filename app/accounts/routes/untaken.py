"""What was not taken from one's own phone any more, to copy for seven days."""

from typing import Any

from flask import Response, redirect, url_for
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from app.accounts.attempts import Limit
from app.accounts.forms import EmptyForm
from app.accounts.models import LONGEST_NAME
from app.accounts.people.untaken import LONGEST_WORDS, Written, keep_words, throw_away, words_of
from app.accounts.routes.base import Page, blueprint, count, page, signed_in
from app.core.actor import Actor
from app.core.errors import Malformed
from app.core.ids import is_id
from app.core.web import check_own_page, json_answer, read_json, services
from app.sync.facts import check_words, first_sentence

MOST_AT_ONCE = 50
MOST_BYTES = 1_200_000
UNTAKEN_LIMIT = Limit(60, 3600)


def check_id(value: str) -> None:
    """A number of a row, as phones make them."""
    if not is_id(value):
        raise ValidationError("This is no number of ours.")


class WrittenSchema(Schema):
    """One thing that was not taken, as its phone says it."""

    class Meta:
        unknown = RAISE

    id = fields.String(required=True, validate=check_id)
    person = fields.String(required=True, validate=check_id)
    title = fields.String(required=True, validate=[validate.Length(min=1, max=LONGEST_NAME), check_words])
    words = fields.String(required=True, validate=[validate.Length(max=LONGEST_WORDS), check_words])


class UntakenSchema(Schema):
    """What a phone hands in at once."""

    class Meta:
        unknown = RAISE

    account = fields.String(required=True, validate=check_id)
    items = fields.List(fields.Raw(allow_none=True), required=True, validate=validate.Length(1, MOST_AT_ONCE))


def own_actor(account: str) -> Actor:
    """Somebody in their own account, acting for nobody."""
    return Actor(account=account, person="", scopes=frozenset({"self"}), role="self")


@blueprint.get("/account/not-taken")
def untaken_page() -> Page:
    """What was not taken: to copy, to take along as a file, to throw away."""
    account = signed_in()
    with services().database.reading() as session:
        return page("accounts/untaken.html", EmptyForm(), found=words_of(session, own_actor(account)))


@blueprint.get("/account/not-taken.txt")
def untaken_file() -> Page:
    """The same as one file of plain text."""
    account = signed_in()
    with services().database.reading() as session:
        found = words_of(session, own_actor(account))
        text = "\n\n".join(f"{item.title}, {item.came_at:%d.%m.%Y}\n{item.words}" for item in found)
    made = Response(text, mimetype="text/plain; charset=utf-8")
    made.headers["Content-Disposition"] = 'attachment; filename="not-taken.txt"'
    return made


@blueprint.post("/account/not-taken")
def hand_in() -> Page:
    """A phone hands in what was refused of a plan that is closed now; what is kept here goes from the phone.

    `refused` says what is wrong with single items, by their place in what was sent: the others are kept.
    """
    check_own_page(services().settings.base_url)
    account = signed_in()
    told = _told()
    if told["account"] != account:
        raise Malformed("This was written by another account.")
    count(f"untaken:{account}", UNTAKEN_LIMIT)
    good, refused = _sorted_out(told["items"])
    with services().database.writing() as session:
        kept = keep_words(session, own_actor(account), good)
        session.commit()
    return json_answer({"kept": kept, "refused": refused})


@blueprint.post("/account/not-taken/<words>/end")
def end_untaken(words: str) -> Page:
    """Throw one of them away."""
    account = signed_in()
    if EmptyForm().validate_on_submit():
        with services().database.writing() as session:
            throw_away(session, own_actor(account), words)
            session.commit()
    return redirect(url_for("accounts.untaken_page"), 303)


def _told() -> dict[str, Any]:
    try:
        found: dict[str, Any] = UntakenSchema().load(read_json(MOST_BYTES))
        return found
    except ValidationError as error:
        raise Malformed(first_sentence(error)) from error


def _sorted_out(items: list[Any]) -> tuple[list[Written], list[dict[str, Any]]]:
    good, refused = [], []
    for place, item in enumerate(items):
        try:
            good.append(Written(**WrittenSchema().load(item)))
        except ValidationError as error:
            refused.append({"item": place, "sentence": first_sentence(error)})
    return good, refused

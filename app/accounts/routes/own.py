"""The account: its devices, the people it looks after, and signing out."""

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from app.accounts import session as own_session
from app.accounts.attempts import PEOPLE_LIMIT, count_attempt
from app.accounts.forms import AddPersonForm, EmptyForm
from app.accounts.models import Account
from app.accounts.people.bases import add_represented
from app.accounts.policy import ROLE_WORDS
from app.accounts.queries import Lasts, open_sign_ins, people_of
from app.accounts.routes.base import Page, blueprint, page, signed_in
from app.accounts.routes.people import basis_of, note_refused
from app.accounts.service import end_sign_ins
from app.accounts.signing.codes import has_codes
from app.accounts.signing.passkeys import count_passkeys
from app.accounts.signing.pending import begin, take
from app.core.errors import Malformed, NotFound, Refused, TooMany
from app.core.web import check_own_page, json_answer, read_json, services

MOST_BYTES = 1_000
WAY_BACK = "way_back"
LONGEST_IDLE = 60


@blueprint.post("/session/end")
def end_session() -> Page:
    """Sign out, asked by the app after it wiped its own copy. With `wipe` the browser clears the rest."""
    check_own_page(services().settings.base_url)
    own_session.sign_out()
    answer = json_answer({"signed_out": True})
    if request.args.get("wipe") == "1":
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


class LockSchema(Schema):
    """A hash or a key of 32 bytes, in hex; minutes without use after which the sign-in closes by itself."""

    class Meta:
        unknown = RAISE

    hash = fields.String(validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    key = fields.String(validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    minutes = fields.Integer(strict=True, validate=validate.Range(1, LONGEST_IDLE))


@blueprint.post("/session/lock")
def lock_session() -> Page:
    """The copy on this phone was locked: until it is open again, its sign-in opens no page either."""
    check_own_page(services().settings.base_url)
    signed_in()
    own_session.lock_session(str(_told("hash")["hash"]))
    return json_answer({"locked": True})


@blueprint.post("/session/unlock")
def unlock_session() -> Page:
    """The copy is open again, and so is the sign-in."""
    check_own_page(services().settings.base_url)
    signed_in()
    told = _told("key", "minutes")
    own_session.unlock_session(bytes.fromhex(str(told["key"])), told.get("minutes"))
    return json_answer({"locked": False})


@blueprint.post("/session/lock/end")
def end_lock() -> Page:
    """The copy on this phone has no lock any more: its sign-in no longer closes by itself."""
    check_own_page(services().settings.base_url)
    signed_in()
    own_session.end_lock(bytes.fromhex(str(_told("key")["key"])))
    return json_answer({"locked": False})


@blueprint.post("/session/pass")
def keep_pass() -> Page:
    """Somebody goes from the open app to a page here: half of what opens their copy again, for so many minutes.

    The other half is in that tab alone. Neither opens anything without the other.
    """
    check_own_page(services().settings.base_url)
    account = signed_in()
    told = _told("key", "minutes")
    minutes = timedelta(minutes=told.get("minutes", 1))
    secret = str(current_user.sign_in_id)
    with services().database.writing() as session:
        take(session, WAY_BACK, secret)
        begin(session, WAY_BACK, secret, account=account, facts={"key": told["key"]}, lasts=minutes)
        session.commit()
    return json_answer({"kept": True})


@blueprint.post("/session/pass/take")
def take_pass() -> Page:
    """They are back: their half, once. Not for who comes too late, or from another sign-in."""
    check_own_page(services().settings.base_url)
    signed_in()
    with services().database.writing() as session:
        found = take(session, WAY_BACK, str(current_user.sign_in_id))
        session.commit()
    return json_answer({"key": found.facts["key"] if found else None})


def _told(name: str, *more: str) -> dict[str, Any]:
    """What was sent, with `name` in it for sure."""
    try:
        found: dict[str, Any] = LockSchema(only=(name, *more)).load(read_json(MOST_BYTES))
    except ValidationError as error:
        raise Malformed("This is no key of ours.") from error
    if name not in found:
        raise Malformed("This is no key of ours.")
    return found


@blueprint.get("/account")
def account_page() -> Page:
    """The account: how to sign in, its devices and the people it looks after."""
    account = signed_in()
    with services().database.reading() as session:
        return render_template(
            "accounts/account.html",
            devices=open_sign_ins(session, account, Lasts.of(services().settings)),
            people=people_of(session, account),
            passkeys=count_passkeys(session, account),
            password=bool(session.get_one(Account, account).password_hash),
            codes=has_codes(session, account),
            role_words=ROLE_WORDS,
            form=EmptyForm(),
        )


@blueprint.post("/devices/<sign_in_id>/end")
def end_device(sign_in_id: str) -> Page:
    """Sign out one of one's own devices."""
    signed_in()
    if EmptyForm().validate_on_submit():
        own_session.end_device(sign_in_id)
    return redirect(url_for("accounts.account_page"), 303)


@blueprint.post("/devices/end")
def end_other_devices() -> Page:
    """Sign out every device but this one."""
    account = signed_in()
    if EmptyForm().validate_on_submit():
        with services().database.writing() as session:
            end_sign_ins(session, account, but=current_user.sign_in_id)
            session.commit()
    return redirect(url_for("accounts.account_page"), 303)


@blueprint.get("/people/new")
def add_person_page() -> Page:
    """Add somebody whose plan one looks after."""
    signed_in()
    return page("accounts/add-person.html", AddPersonForm())


@blueprint.post("/people/new")
def add_somebody() -> Page:
    """Add somebody whose plan one looks after."""
    owner = signed_in()
    form = AddPersonForm()
    if not form.validate_on_submit():
        return page("accounts/add-person.html", form, 422)
    try:
        with services().database.writing() as session:
            account = session.get(Account, owner)
            if account is None:
                raise NotFound
            count_attempt(session, f"people:{owner}", PEOPLE_LIMIT)
            person = add_represented(session, account, name=form.name.data, basis=basis_of(form))
            session.commit()
            path = f"{person.id}/home"
    except Refused as refused:
        note_refused(form, refused)
        return page("accounts/add-person.html", form, 422)
    except TooMany:
        form.form_errors = [f"You can add {PEOPLE_LIMIT.most} people a day. Add the next one tomorrow."]
        return page("accounts/add-person.html", form, 429)
    return redirect(url_for("shell.app", path=path), 303)

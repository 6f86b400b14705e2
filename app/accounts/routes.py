"""Pages around signing in, and the pages of one's own account. Everything else lives on the phone."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as BaseResponse

from app.accounts import session as own_session
from app.accounts.forms import AddPersonForm, EmptyForm, NewPasswordForm, SignInForm, SignUpForm
from app.accounts.models import Account
from app.accounts.passwords import hash_password, is_right
from app.accounts.policy import ROLE_WORDS
from app.accounts.queries import find_account, open_sign_ins, people_of
from app.accounts.service import (
    SIGN_IN_LIMIT,
    SIGN_UP_LIMIT,
    Limit,
    add_person,
    count_attempt,
    create_account,
    is_reset_open,
    reset_password,
)
from app.core.errors import InhandError, NotFound, Refused, TooMany
from app.core.web import check_own_page, json_answer, services

blueprint = Blueprint("accounts", __name__)
Page = str | tuple[str, int] | Response | BaseResponse

WRONG_PAIR = "This email and password do not fit together. Check both and try again."
# Where signing in may lead: the app, or the page that asked for it.
PLACES = ("/app", "/account", "/people/new")


class SignInFirst(InhandError):
    """A page of one's own account, and nobody is signed in."""

    status = 401
    code = "signin"


@blueprint.get("/sign-up")
def sign_up_page() -> Page:
    """Make an account."""
    return _page("accounts/sign-up.html", SignUpForm())


@blueprint.post("/sign-up")
def sign_up() -> Page:
    """Make an account and the first person, and open the app."""
    form = SignUpForm()
    if not form.validate_on_submit():
        return _page("accounts/sign-up.html", form, 422)
    _count(f"sign-up:{request.remote_addr}", SIGN_UP_LIMIT)
    password_hash = hash_password(form.password.data)  # slow on purpose, so before the write
    try:
        account = _create(form, password_hash)
    except Refused as refused:
        form.email.errors = [*form.email.errors, refused.sentence]
        return _page("accounts/sign-up.html", form, 422)
    own_session.sign_in(account)
    return redirect(url_for("shell.app", path=""), 303)


@blueprint.get("/sign-in")
def sign_in_page() -> Page:
    """Sign in."""
    return _page("accounts/sign-in.html", SignInForm())


@blueprint.post("/sign-in")
def sign_in() -> Page:
    """Sign in with email and password; both kinds of wrong look the same."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page("accounts/sign-in.html", form, 422)
    email = form.email.data
    _count(f"sign-in:{request.remote_addr}", Limit(SIGN_IN_LIMIT.most * 5, SIGN_IN_LIMIT.seconds))
    _count(f"sign-in:{email.strip().casefold()[:80]}", SIGN_IN_LIMIT)
    with services().database.reading() as session:
        account = find_account(session, email)
    if not is_right(account.password_hash if account else None, form.password.data) or account is None:
        form.password.errors = [WRONG_PAIR]
        return _page("accounts/sign-in.html", form, 422)
    own_session.sign_in(account)
    return redirect(_local_path(request.args.get("next")), 303)


@blueprint.post("/session/end")
def end_session() -> Page:
    """Sign out, asked by the app after it wiped its own copy. With `wipe` the browser clears the rest."""
    check_own_page(services().settings.base_url)
    own_session.sign_out()
    answer = json_answer({"signed_out": True})
    if request.args.get("wipe") == "1":
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.get("/account")
def account_page() -> Page:
    """The account: its devices and the people it looks after."""
    account = _signed_in()
    with services().database.reading() as session:
        devices = open_sign_ins(session, account)
        people = people_of(session, account)
        return render_template(
            "accounts/account.html", devices=devices, people=people, role_words=ROLE_WORDS, form=EmptyForm()
        )


@blueprint.post("/devices/<sign_in_id>/end")
def end_device(sign_in_id: str) -> Page:
    """Sign out one of one's own devices."""
    _signed_in()
    if EmptyForm().validate_on_submit():
        own_session.end_device(sign_in_id)
    return redirect(url_for("accounts.account_page"), 303)


@blueprint.get("/people/new")
def add_person_page() -> Page:
    """Add somebody whose plan one looks after."""
    _signed_in()
    return _page("accounts/add-person.html", AddPersonForm())


@blueprint.post("/people/new")
def add_somebody() -> Page:
    """Add somebody whose plan one looks after."""
    owner = _signed_in()
    form = AddPersonForm()
    if not form.validate_on_submit():
        return _page("accounts/add-person.html", form, 422)
    with services().database.writing() as session:
        account = session.get(Account, owner)
        if account is None:
            raise NotFound
        person = add_person(session, account, name=form.name.data, role="representative")
        session.commit()
        path = f"{person.id}/home"
    return redirect(url_for("shell.app", path=path), 303)


@blueprint.get("/new-password/<token>")
def new_password_page(token: str) -> Page:
    """Choose a new password with a link."""
    with services().database.reading() as session:
        if not is_reset_open(session, token):
            raise NotFound("This link has been used or is too old. Ask for a new one.")
    return _page("accounts/new-password.html", NewPasswordForm(), token=token)


@blueprint.post("/new-password/<token>")
def new_password(token: str) -> Page:
    """Choose a new password with a link; every device is signed out."""
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return _page("accounts/new-password.html", form, 422, token=token)
    password_hash = hash_password(form.password.data)
    with services().database.writing() as session:
        reset_password(session, token=token, password_hash=password_hash)
        session.commit()
    return redirect(url_for("accounts.sign_in_page"), 303)


def _create(form: SignUpForm, password_hash: str) -> Account:
    own = form.whose.data == "me"
    with services().database.writing() as session:
        account = create_account(session, email=form.email.data, name=form.name.data, password_hash=password_hash)
        name = form.name.data if own else form.person_name.data
        add_person(session, account, name=name, role="holder" if own else "representative")
        session.commit()
        session.refresh(account)
        session.expunge(account)
    return account


def _count(key: str, limit: Limit) -> None:
    """Count a try in a transaction of its own, so that it counts however the try ends."""
    with services().database.writing() as session:
        try:
            count_attempt(session, key, limit)
        except TooMany:
            session.rollback()
            raise
        session.commit()


def _signed_in() -> str:
    if not current_user.is_authenticated:
        raise SignInFirst("Sign in to see this page.")
    return str(current_user.account_id)


def _page(template: str, form: Any, status: int = 200, **facts: object) -> Page:
    return render_template(template, form=form, **facts), status


def _local_path(wanted: str | None) -> str:
    """Where to go after signing in: only ever a path of this app."""
    try:
        parts = urlsplit(wanted or "")
    except ValueError:  # such as "//[": no address at all
        parts = urlsplit("")
    known = any(parts.path == place or parts.path.startswith(f"{place}/") for place in PLACES)
    safe = known and not parts.scheme and not parts.netloc and "\\" not in parts.path
    return parts.path if safe else url_for("shell.app", path="")

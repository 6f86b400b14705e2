"""Passwords: a new one by mail when it was forgotten, and another one for somebody who is signed in."""

from flask import redirect, url_for
from flask_login import current_user

from app.accounts.attempts import MAIL_LIMIT, PLACE_LIMIT
from app.accounts.forms import EmptyForm, ForgottenForm, NewPasswordForm
from app.accounts.models import Account
from app.accounts.passwords import hash_password
from app.accounts.queries import email_key, token_hash
from app.accounts.routes.base import Page, blueprint, count, page, proved
from app.accounts.service import change_password, is_reset_open, reset_password
from app.accounts.signing.mails import ask_for_reset, tell_change
from app.core.errors import NotFound
from app.core.web import asked_from, services

LINK_OVER = "This link has been used or is too old. Ask for a new one."


@blueprint.get("/forgotten")
def forgotten_page() -> Page:
    """Ask for a mail with a link to a new password."""
    return page("accounts/forgotten.html", ForgottenForm())


@blueprint.post("/forgotten")
def forgotten() -> Page:
    """Ask for a mail with a link; the same answer and the same work for every address."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return page("accounts/forgotten.html", form, 422)
    count(f"forgotten:{asked_from()}", PLACE_LIMIT)
    count(f"forgotten:{token_hash(email_key(form.email.data))}", MAIL_LIMIT)
    with services().database.writing() as session:
        ask_for_reset(session, form.email.data)
        session.commit()
    return redirect(url_for("accounts.forgotten_sent"), 303)


@blueprint.get("/forgotten/sent")
def forgotten_sent() -> Page:
    """Look in your mail."""
    return page("accounts/sent.html", EmptyForm(), about="forgotten")


@blueprint.get("/new-password/<token>")
def new_password_page(token: str) -> Page:
    """Choose a new password with a link."""
    with services().database.reading() as session:
        if not is_reset_open(session, token):
            raise NotFound(LINK_OVER)
    return page("accounts/new-password.html", NewPasswordForm(), token=token)


@blueprint.post("/new-password/<token>")
def new_password(token: str) -> Page:
    """Choose a new password with a link; every device is signed out."""
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return page("accounts/new-password.html", form, 422, token=token)
    password_hash = hash_password(form.password.data)
    with services().database.writing() as session:
        account = reset_password(session, token=token, password_hash=password_hash)
        tell_change(session, account, "password")
        session.commit()
    return redirect(url_for("accounts.sign_in_page"), 303)


@blueprint.get("/account/password")
def password_page() -> Page:
    """Choose another password."""
    return _password_page(proved(), NewPasswordForm())


@blueprint.post("/account/password")
def change_own_password() -> Page:
    """Choose another password; every other device is signed out."""
    account = proved()
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return _password_page(account, form, 422)
    password_hash = hash_password(form.password.data)
    with services().database.writing() as session:
        change_password(session, account, password_hash=password_hash, sign_in=current_user.sign_in_id)
        tell_change(session, account, "password")
        session.commit()
    return redirect(url_for("accounts.account_page"), 303)


def _password_page(account: str, form: NewPasswordForm, status: int = 200) -> Page:
    with services().database.reading() as session:
        had = bool(session.get_one(Account, account).password_hash)
    return page("accounts/password.html", form, status, had=had)

"""One-time codes and recovery codes of one's own account."""

from flask import redirect, url_for
from flask_login import current_user

from app.accounts.attempts import CODE_LIMIT
from app.accounts.forms import CodeForm, EmptyForm
from app.accounts.models import Account
from app.accounts.routes.base import Page, blueprint, count, forgive, page, proved, signed_in
from app.accounts.service import make_whole
from app.accounts.signing.codes import (
    address_for_phone,
    confirm_codes,
    count_recovery_codes,
    end_codes,
    has_codes,
    new_recovery_codes,
    start_codes,
)
from app.accounts.signing.mails import tell_change
from app.core.qr import qr_picture
from app.core.web import services

WRONG_FIRST = "This code is not right. Wait for the next one in your app and write that."


@blueprint.get("/account/second")
def second_page() -> Page:
    """A second way to prove who is there has to be set up first: which one?"""
    signed_in()
    return page("accounts/second.html", EmptyForm())


@blueprint.get("/account/codes")
def codes_page() -> Page:
    """Set one-time codes up, or what is left of the recovery codes."""
    return _codes_page(proved(), CodeForm(formdata=None))


@blueprint.post("/account/codes")
def confirm_first_code() -> Page:
    """Ask for codes from now on, when the first one is right; shows the recovery codes, once."""
    account = proved()
    form = CodeForm()
    if not form.validate_on_submit():
        return _codes_page(account, form, 422)
    key = f"code:{account}"
    count(key, CODE_LIMIT)
    with services().database.writing() as session:
        codes = confirm_codes(session, account, form.code.data, key=services().settings.secret_key)
        if codes is not None:
            make_whole(session, account)
            tell_change(session, account, "codes_on")
        session.commit()
    if codes is None:
        form.code.errors = [WRONG_FIRST]
        return _codes_page(account, form, 422)
    forgive((key, CODE_LIMIT))
    return page("accounts/recovery-codes.html", EmptyForm(), codes=codes, first=True)


@blueprint.post("/account/codes/end")
def stop_codes() -> Page:
    """Ask for codes no longer."""
    account = proved()
    if EmptyForm().validate_on_submit():
        with services().database.writing() as session:
            end_codes(session, account)
            tell_change(session, account, "codes_off")
            session.commit()
    return redirect(url_for("accounts.account_page"), 303)


@blueprint.post("/account/recovery-codes")
def renew_recovery_codes() -> Page:
    """Fresh recovery codes, shown once; the earlier ones end."""
    account = proved()
    if not EmptyForm().validate_on_submit():
        return redirect(url_for("accounts.codes_page"), 303)
    with services().database.writing() as session:
        codes = new_recovery_codes(session, account) if has_codes(session, account) else []
        session.commit()
    if not codes:
        return redirect(url_for("accounts.codes_page"), 303)
    return page("accounts/recovery-codes.html", EmptyForm(), codes=codes, first=False)


def _codes_page(account: str, form: CodeForm, status: int = 200) -> Page:
    with services().database.reading() as session:
        on, left = has_codes(session, account), count_recovery_codes(session, account)
        password = bool(session.get_one(Account, account).password_hash)
    if on or not password:
        return page("accounts/codes.html", form, status, on=on, left=left, password=password, form_empty=EmptyForm())
    with services().database.writing() as session:
        secret = start_codes(session, account, key=services().settings.secret_key)
        session.commit()
    picture = qr_picture(address_for_phone(secret, current_user.email), "The secret as a QR code")
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return page("accounts/codes.html", form, status, on=False, password=True, picture=picture, groups=groups)

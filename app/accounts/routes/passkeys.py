"""The passkeys of one's own account, and showing once more who is there before the ways to sign in are changed."""

from flask import redirect, request, url_for
from flask_login import current_user

from app.accounts import session as own_session
from app.accounts.attempts import CODE_LIMIT
from app.accounts.forms import AddPasskeyForm, CredentialForm, EmptyForm, PasskeyNameForm, ProofForm
from app.accounts.models import Account
from app.accounts.passwords import is_right
from app.accounts.routes.base import Page, blueprint, browser, count, forgive, local_path, page, proved, signed_in, site
from app.accounts.routes.ceremony import make_passkey, use_passkey
from app.accounts.service import make_whole, note_proved
from app.accounts.signing.codes import has_codes, take_code
from app.accounts.signing.mails import tell_change
from app.accounts.signing.passkeys import (
    keep_passkey,
    list_passkeys,
    options_to_make,
    options_to_use,
    remove_passkey,
    rename_passkey,
)
from app.core.errors import Refused
from app.core.web import check_own_page, json_answer, services

WRONG = "This is not right. Check the password, and the code if you use codes."


@blueprint.get("/account/passkeys")
def passkeys_page() -> Page:
    """The passkeys, and one more."""
    return _passkeys_page(proved(), AddPasskeyForm(formdata=None))


@blueprint.post("/account/passkeys/challenge")
def add_passkey_challenge() -> Page:
    """What the browser needs to make one more passkey."""
    check_own_page(services().settings.base_url)
    account = proved()
    with services().database.writing() as session:
        options = options_to_make(
            session,
            site(),
            handle=account,
            email=current_user.email,
            name=current_user.name,
            browser=browser(),
            account=account,
        )
        session.commit()
    return json_answer({"options": options})


@blueprint.post("/account/passkeys")
def passkey_made() -> Page:
    """Add a passkey."""
    account = proved()
    form = AddPasskeyForm()
    if not form.validate_on_submit():
        return _passkeys_page(account, form, 422)
    try:
        made = make_passkey(form.credential.data or "", handle=account)
        with services().database.writing() as session:
            keep_passkey(session, account, made, name=form.name.data or own_session.device_name())
            make_whole(session, account)
            tell_change(session, account, "passkey_added")
            session.commit()
    except Refused as refused:
        form.form_errors = [refused.sentence]
        return _passkeys_page(account, form, 422)
    return redirect(url_for("accounts.passkeys_page"), 303)


@blueprint.post("/account/passkeys/<passkey_id>")
def name_passkey(passkey_id: str) -> Page:
    """Give a passkey another name."""
    account = proved()
    form = PasskeyNameForm()
    if not form.validate_on_submit():
        again = AddPasskeyForm(formdata=None)
        again.form_errors = [form.name.errors[0]] if form.name.errors else []
        return _passkeys_page(account, again, 422)
    with services().database.writing() as session:
        rename_passkey(session, account, passkey_id, name=form.name.data)
        session.commit()
    return redirect(url_for("accounts.passkeys_page"), 303)


@blueprint.post("/account/passkeys/<passkey_id>/end")
def end_passkey(passkey_id: str) -> Page:
    """Take a passkey away; never the last way in."""
    account = proved()
    if not EmptyForm().validate_on_submit():
        return redirect(url_for("accounts.passkeys_page"), 303)
    try:
        with services().database.writing() as session:
            remove_passkey(session, account, passkey_id)
            tell_change(session, account, "passkey_removed")
            session.commit()
    except Refused as refused:
        again = AddPasskeyForm(formdata=None)
        again.form_errors = [refused.sentence]
        return _passkeys_page(account, again, 422)
    return redirect(url_for("accounts.passkeys_page"), 303)


@blueprint.get("/account/proof")
def proof_page() -> Page:
    """Show that it is you, before the ways to sign in are changed."""
    return _proof_page(signed_in(), ProofForm(formdata=None))


@blueprint.post("/account/proof")
def prove() -> Page:
    """Show it with the password, and a code where codes are asked for."""
    account = signed_in()
    form = ProofForm()
    if not form.validate_on_submit():
        return _proof_page(account, form, 422)
    key = f"proof:{account}"
    count(key, CODE_LIMIT)
    if not _is_right(account, form):
        form.password.errors = [WRONG]
        return _proof_page(account, form, 422)
    forgive((key, CODE_LIMIT))
    return _proved_now()


@blueprint.post("/account/proof/challenge")
def proof_challenge() -> Page:
    """What the browser needs to use a passkey of this account."""
    check_own_page(services().settings.base_url)
    account = signed_in()
    with services().database.writing() as session:
        options = options_to_use(session, site(), browser=browser(), account=account)
        session.commit()
    return json_answer({"options": options})


@blueprint.post("/account/proof/passkey")
def prove_with_passkey() -> Page:
    """Show it with a passkey of this account."""
    account = signed_in()
    form = CredentialForm()
    try:
        form.validate_on_submit()
        use_passkey(form.credential.data or "", only=account)
    except Refused as refused:
        again = ProofForm(formdata=None)
        again.form_errors = [refused.sentence]
        return _proof_page(account, again, 422)
    return _proved_now()


def _passkeys_page(account: str, form: AddPasskeyForm, status: int = 200) -> Page:
    with services().database.reading() as session:
        kept = list_passkeys(session, account)
        alone = len(kept) == 1 and not session.get_one(Account, account).password_hash
    more = {"passkeys": kept, "alone": alone, "device": own_session.device_name(), "empty": EmptyForm(formdata=None)}
    return page("accounts/passkeys.html", form, status, **more)


def _proof_page(account: str, form: ProofForm, status: int = 200) -> Page:
    with services().database.reading() as session:
        password = bool(session.get_one(Account, account).password_hash)
        ways = {"password": password, "codes": has_codes(session, account), "passkeys": list_passkeys(session, account)}
    more = {"next": local_path(request.args.get("next")), "passkey": CredentialForm(formdata=None)}
    return page("accounts/proof.html", form, status, **ways, **more)


def _is_right(account: str, form: ProofForm) -> bool:
    with services().database.reading() as session:
        kept = session.get_one(Account, account).password_hash
        codes = has_codes(session, account)
    if not is_right(kept, form.password.data):
        return False
    if not codes:
        return True
    with services().database.writing() as session:
        right = take_code(session, account, form.code.data or "", key=services().settings.secret_key)
        session.commit()
    return right


def _proved_now() -> Page:
    with services().database.writing() as session:
        note_proved(session, current_user.sign_in_id)
        session.commit()
    return redirect(local_path(request.args.get("next")), 303)

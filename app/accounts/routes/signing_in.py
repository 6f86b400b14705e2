"""Signing in: with a passkey, or with a password and, where it was set up, a one-time code."""

from flask import redirect, request, url_for
from flask import session as cookie

from app.accounts import session as own_session
from app.accounts.attempts import CODE_LIMIT, PLACE_LIMIT, SIGN_IN_LIMIT, Limit
from app.accounts.forms import CodeForm, CredentialForm, SignInForm
from app.accounts.models import Account
from app.accounts.passwords import is_right
from app.accounts.queries import email_key, find_account, token_hash
from app.accounts.routes.base import (
    Page,
    SignInFirst,
    blueprint,
    browser,
    count,
    forgive,
    local_path,
    page,
    site,
)
from app.accounts.routes.ceremony import use_passkey
from app.accounts.service import needs_second
from app.accounts.signing.codes import has_codes, take_code
from app.accounts.signing.passkeys import options_to_use
from app.accounts.signing.pending import Begun, begin, look, take
from app.core.errors import Refused
from app.core.ids import new_token
from app.core.web import asked_from, check_own_page, json_answer, services

WRONG_PAIR = "This email and password do not fit together. Check both and try again."
WRONG_CODE = "This code is not right, or was used before. Wait for the next one, or use a recovery code."
TOO_LATE = "It took too long. Begin again."


@blueprint.get("/sign-in")
def sign_in_page() -> Page:
    """Sign in."""
    return _sign_in_page(SignInForm())


@blueprint.post("/sign-in")
def sign_in() -> Page:
    """Sign in with email and password; both kinds of wrong look the same."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 422)
    tries = _tries(form.email.data)
    for key, limit in tries:
        count(key, limit)
    with services().database.reading() as session:
        account = find_account(session, form.email.data)
        codes = account is not None and has_codes(session, account.id)
        half = account is not None and needs_second(session, account)
    if not is_right(account.password_hash if account else None, form.password.data) or account is None:
        form.password.errors = [WRONG_PAIR]
        return _sign_in_page(form, 422)
    forgive(*tries)
    if codes:
        return _ask_for_code(account)
    own_session.sign_in(account, half=half)
    return redirect(url_for("accounts.second_page") if half else local_path(request.args.get("next")), 303)


@blueprint.get("/sign-in/code")
def code_page() -> Page:
    """The second step: a one-time code."""
    _waiting()
    return page("accounts/code.html", CodeForm())


@blueprint.post("/sign-in/code")
def enter_code() -> Page:
    """The second step: a one-time code or a recovery code, each of which works once."""
    begun = _waiting()
    form = CodeForm()
    if not form.validate_on_submit():
        return page("accounts/code.html", form, 422)
    key = f"code:{begun.account}"
    count(key, CODE_LIMIT)
    account = _take_code(str(begun.account), form.code.data)
    if account is None:
        form.code.errors = [WRONG_CODE]
        return page("accounts/code.html", form, 422)
    forgive((key, CODE_LIMIT))
    own_session.sign_in(account)
    return redirect(local_path(begun.facts.get("next")), 303)


@blueprint.post("/sign-in/passkey/challenge")
def passkey_challenge() -> Page:
    """What the browser needs to use a passkey of any account: it knows which."""
    check_own_page(services().settings.base_url)
    with services().database.writing() as session:
        options = options_to_use(session, site(), browser=browser())
        session.commit()
    return json_answer({"options": options})


@blueprint.post("/sign-in/passkey")
def sign_in_with_passkey() -> Page:
    """Sign in with a passkey, which is two proofs in one: the device, and the finger, face or PIN."""
    form = CredentialForm()
    place = (f"passkey:{asked_from()}", PLACE_LIMIT)
    count(*place)
    try:
        form.validate_on_submit()
        account = use_passkey(form.credential.data or "")
    except Refused as refused:
        again = SignInForm(formdata=None)
        again.form_errors = [refused.sentence]
        return _sign_in_page(again, 422)
    forgive(place)
    own_session.sign_in(account)
    return redirect(local_path(request.args.get("next")), 303)


def _sign_in_page(form: SignInForm, status: int = 200) -> Page:
    most_days = services().settings.sign_in_most_days
    return page("accounts/sign-in.html", form, status, passkey=CredentialForm(formdata=None), most_days=most_days)


def _tries(email: str) -> tuple[tuple[str, Limit], ...]:
    return (
        (f"sign-in:{asked_from()}", PLACE_LIMIT),
        (f"sign-in:{token_hash(email_key(email))}", SIGN_IN_LIMIT),
    )


def _ask_for_code(account: Account) -> Page:
    """The password was right; the rest is in a second step, of this browser, within minutes."""
    secret = new_token()
    facts = {"next": request.args.get("next")}
    with services().database.writing() as session:
        begin(session, "second", secret, account=account.id, browser=browser(), facts=facts)
        session.commit()
    cookie["second"] = secret
    return redirect(url_for("accounts.code_page"), 303)


def _waiting() -> Begun:
    """The sign-in whose second step this browser has to take."""
    with services().database.reading() as session:
        begun = look(session, "second", str(cookie.get("second", "")), browser=browser())
    if begun is None:
        raise SignInFirst(TOO_LATE)
    return begun


def _take_code(account: str, code: str) -> Account | None:
    """The account, when the code was right; the second step is over then."""
    key = services().settings.secret_key
    with services().database.writing() as session:
        if not take_code(session, account, code, key=key):
            session.rollback()
            return None
        take(session, "second", str(cookie.get("second", "")), browser=browser())
        found = session.get_one(Account, account)
        session.commit()
        session.refresh(found)
        session.expunge(found)
    return None if found.disabled_at else found

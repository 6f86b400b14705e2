"""Making an account: who you are, then a passkey or a password. Where mail reaches people, the address comes first."""

from flask import redirect, request, url_for

from app.accounts import session as own_session
from app.accounts.attempts import SIGN_UP_LIMIT
from app.accounts.forms import CredentialForm, EmptyForm, NewPasswordForm, SignUpForm
from app.accounts.passwords import hash_password
from app.accounts.queries import find_account
from app.accounts.routes.base import Page, blueprint, browser, count, local_path, page, site
from app.accounts.routes.ceremony import make_passkey
from app.accounts.service import EMAIL_TAKEN
from app.accounts.signing.joining import Newcomer, begin_joining, join, newcomer_of
from app.accounts.signing.mails import ask_to_join
from app.accounts.signing.passkeys import Made, keep_passkey, options_to_make
from app.accounts.signing.pending import look, take
from app.core.errors import NotFound, Refused
from app.core.ids import new_id
from app.core.web import asked_from, check_own_page, json_answer, services

LINK_OVER = "This link has been used or is too old. Make your account again."


@blueprint.get("/sign-up")
def sign_up_page() -> Page:
    """Make an account."""
    return _sign_up_page(SignUpForm())


@blueprint.post("/sign-up")
def sign_up() -> Page:
    """Make an account and the first person, and open the app; or first a mail, or first a passkey."""
    form = SignUpForm()
    if not form.validate_on_submit():
        return _sign_up_page(form, 422)
    count(f"sign-up:{asked_from()}", SIGN_UP_LIMIT)
    newcomer = _newcomer(form)
    if confirms_addresses():
        with services().database.writing() as session:
            ask_to_join(session, newcomer)
            session.commit()
        return redirect(url_for("accounts.sign_up_sent"), 303)
    try:
        return _join_at_once(newcomer)
    except Refused as refused:
        form.email.errors = [*form.email.errors, refused.sentence]
        return _sign_up_page(form, 422)


@blueprint.get("/sign-up/sent")
def sign_up_sent() -> Page:
    """Look in your mail; the same page whether there is such an account or not."""
    return page("accounts/sent.html", EmptyForm(), about="sign_up")


@blueprint.get("/sign-up/<secret>")
def joining_page(secret: str) -> Page:
    """Finish making an account, with a link or on the way to a passkey."""
    return _joining_page(secret, _newcomer_of(secret), NewPasswordForm())


@blueprint.post("/sign-up/<secret>")
def finish_joining(secret: str) -> Page:
    """Make the account with a password: the one that was chosen before, or one chosen now."""
    newcomer = _newcomer_of(secret)
    form = EmptyForm() if newcomer.password_hash else NewPasswordForm()
    if not form.validate_on_submit():
        return _joining_page(secret, newcomer, form, 422)
    return _finish(secret, newcomer, newcomer.password_hash or hash_password(form.password.data), None)


@blueprint.post("/sign-up/<secret>/challenge")
def join_challenge(secret: str) -> Page:
    """What the browser needs to make the first passkey of an account that is about to be."""
    check_own_page(services().settings.base_url)
    newcomer = _newcomer_of(secret)
    with services().database.writing() as session:
        options = options_to_make(
            session, site(), handle=newcomer.account, email=newcomer.email, name=newcomer.name, browser=browser()
        )
        session.commit()
    return json_answer({"options": options})


@blueprint.post("/sign-up/<secret>/passkey")
def join_with_passkey(secret: str) -> Page:
    """Make the account with a passkey and no password."""
    newcomer = _newcomer_of(secret)
    form = CredentialForm()
    try:
        form.validate_on_submit()
        made = make_passkey(form.credential.data or "", handle=newcomer.account)
    except Refused as refused:
        again = NewPasswordForm(formdata=None)
        again.form_errors = [refused.sentence]
        return _joining_page(secret, newcomer, again, 422)
    return _finish(secret, newcomer, newcomer.password_hash, made)


def confirms_addresses() -> bool:
    """Whether an account waits for a mail to be read: with real people's data, and wherever mail reaches people.

    Without, as in a demo, an account is made at once, and a taken address is told.
    """
    settings = services().settings
    return settings.production or not settings.mail_url.startswith("folder:")


def _newcomer(form: SignUpForm) -> Newcomer:
    passkey = form.way.data == "passkey"
    return Newcomer(
        account=new_id(),
        email=form.email.data,
        name=form.name.data,
        own=form.whose.data == "me",
        person_name=(form.person_name.data or "") if form.whose.data == "other" else "",
        password_hash="" if passkey else hash_password(form.password.data),  # slow on purpose, so before the write
    )


def _join_at_once(newcomer: Newcomer) -> Page:
    if newcomer.password_hash:
        _sign_in_new(newcomer, newcomer.password_hash, None, secret=None)
        return redirect(local_path(request.args.get("next")), 303)
    with services().database.writing() as session:
        if find_account(session, newcomer.email) is not None:
            raise Refused(EMAIL_TAKEN, code="email_taken")
        secret = begin_joining(session, newcomer)
        session.commit()
    return redirect(url_for("accounts.joining_page", secret=secret, next=request.args.get("next")), 303)


def _newcomer_of(secret: str) -> Newcomer:
    with services().database.reading() as session:
        begun = look(session, "sign_up", secret)
    if begun is None:
        raise NotFound(LINK_OVER)
    return newcomer_of(begun)


def _finish(secret: str, newcomer: Newcomer, password_hash: str, made: Made | None) -> Page:
    _sign_in_new(newcomer, password_hash, made, secret=secret)
    return redirect(local_path(request.args.get("next")), 303)


def _sign_in_new(newcomer: Newcomer, password_hash: str, made: Made | None, *, secret: str | None) -> None:
    """Make the account, its person and its passkey together, and sign in."""
    with services().database.writing() as session:
        if secret is not None and take(session, "sign_up", secret) is None:
            raise NotFound(LINK_OVER)
        account = join(session, newcomer, password_hash=password_hash)
        if made is not None:
            keep_passkey(session, account.id, made, name=own_session.device_name())
        session.commit()
        session.refresh(account)
        session.expunge(account)
    own_session.sign_in(account)


def _sign_up_page(form: SignUpForm, status: int = 200) -> Page:
    invited = local_path(request.args.get("next")).startswith("/invitations/")
    return page("accounts/sign-up.html", form, status, invited=invited)


def _joining_page(secret: str, newcomer: Newcomer, form: EmptyForm | NewPasswordForm, status: int = 200) -> Page:
    return page(
        "accounts/joining.html",
        form,
        status,
        secret=secret,
        newcomer=newcomer,
        passkey=CredentialForm(formdata=None),
        at_once=status == 200 and not confirms_addresses(),
    )

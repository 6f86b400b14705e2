"""What the pages around signing in share."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask import session as cookie
from flask_login import current_user
from werkzeug import Response as BaseResponse

from app.accounts.attempts import Limit, count_apart, forgive_attempt
from app.accounts.signing.passkeys import Site, site_of
from app.core.errors import InhandError
from app.core.ids import new_token
from app.core.web import services

blueprint = Blueprint("accounts", __name__)
Page = str | tuple[str, int] | Response | BaseResponse

# Where signing in may lead: the app, or the page that asked for it.
PLACES = ("/app", "/account", "/people", "/invitations", "/groups", "/sharing")


class SignInFirst(InhandError):
    """A page of one's own account, and nobody is signed in."""

    status = 401
    code = "signin"


class ProveFirst(InhandError):
    """A page that changes how to sign in, and it was long ago that somebody showed who is there."""

    status = 403
    code = "prove"


@blueprint.errorhandler(ProveFirst)
def prove_first(_error: ProveFirst) -> BaseResponse:
    """Ask once more, then go on where it stopped."""
    place = request.path if request.method == "GET" else url_for("accounts.account_page")
    return redirect(url_for("accounts.proof_page", next=place), 303)


def signed_in() -> str:
    """The account. Raises `SignInFirst`."""
    if not current_user.is_authenticated:
        raise SignInFirst("Sign in to see this page.")
    return str(current_user.account_id)


def proved() -> str:
    """The account, of somebody who showed a short while ago who is there. Raises `ProveFirst`."""
    account = signed_in()
    if not current_user.proved:
        raise ProveFirst("Show that it is you first.")
    return account


def page(template: str, form: Any, status: int = 200, **facts: object) -> Page:
    """A page with a form."""
    return render_template(template, form=form, passkey_host=site().rp_id, **facts), status


def site() -> Site:
    """The site that passkeys are for."""
    return site_of(services().settings.base_url)


def browser() -> str:
    """A secret of this browser's cookie: what it began, only it may finish."""
    if "browser" not in cookie:
        cookie["browser"] = new_token()
    return str(cookie["browser"])


def count(key: str, limit: Limit) -> None:
    """Count a try, however it ends. Raises `TooMany`."""
    count_apart(services().database, key, limit)


def forgive(*tries: tuple[str, Limit]) -> None:
    """Those tries were right: they do not count."""
    with services().database.writing() as session:
        for key, limit in tries:
            forgive_attempt(session, key, limit)
        session.commit()


def local_path(wanted: str | None) -> str:
    """Where to go after signing in: only ever a path of this app."""
    try:
        parts = urlsplit(wanted or "")
    except ValueError:  # such as "//[": no address at all
        parts = urlsplit("")
    known = any(parts.path == place or parts.path.startswith(f"{place}/") for place in PLACES)
    safe = known and not parts.scheme and not parts.netloc and "\\" not in parts.path
    return parts.path if safe else url_for("shell.app", path="")

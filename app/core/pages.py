"""Pages that need no feature: the landing page, help, the shell that the phone keeps, and the files it runs."""

from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from app.core.assets import Assets, pack_text
from app.core.db import database_now
from app.core.errors import NotFound
from app.core.files.upload import MOST_BYTES
from app.core.web import json_answer, renew_cookie, services

pages = Blueprint("pages", __name__)
shell = Blueprint("shell", __name__)

FILE_LASTS = "no-cache"
# What a file needs of a page's headers: opened by itself it can do nothing. A worker is a page in this: it has its own.
FILE_POLICY = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Permissions-Policy": "geolocation=()",
}
WORKERS = "worker.js"


def assets() -> Assets:
    """The built files of this app."""
    found: Assets = current_app.extensions["inhand.assets"]
    return found


@pages.get("/")
def landing() -> str:
    """What this is and for whom."""
    return render_template("core/landing.html")


@pages.get("/help")
def help_page() -> str:
    """Questions that people ask."""
    return render_template("core/help.html", upload_limit_mb=MOST_BYTES // 1_000_000)


@pages.get("/healthz")
def health() -> Response:
    """Whether this process answers and its database and files are there."""
    parts = services()
    with parts.database.reading() as session:
        database_now(session)
        parts.storage.check()
    return json_answer({"ok": True})


@shell.get("/session")
def session() -> Response:
    """Who is signed in here, for the app."""
    if not current_user.is_authenticated:
        return json_answer({"account": None})
    renew_cookie()
    return json_answer({"account": current_user.account_id, "name": current_user.name, "email": current_user.email})


@shell.get("/app/", defaults={"path": ""}, strict_slashes=False)
@shell.get("/app/<path:path>")
def app(path: str) -> Response:
    """The shell: the same for everyone and every screen, so that the phone can keep it."""
    return _kept_by_phones(render_template("core/shell.html"), "text/html")


@shell.post("/app/share")
def share() -> WerkzeugResponse:
    """Photos shared into the app. The service worker takes them in on the phone; where none runs, none is kept.

    The body is never read: the app says that nothing came, and the photo is still where it was.
    """
    return redirect("/app/shared", 303)


@shell.get("/static/<path:path>")
def static_file(path: str) -> Response:
    """A built file, in the smallest form that the browser takes."""
    served = assets().serve(path, request.headers.get("Accept-Encoding", ""), request.args.get("v"))
    if served is None:
        raise NotFound
    answer = Response(served.file.read_bytes())
    answer.headers.update(served.headers if path.endswith(WORKERS) else served.headers | FILE_POLICY)
    answer.make_conditional(request)
    return answer


@shell.get("/sw.js")
def worker() -> Response:
    """The service worker, with the list of the files that it keeps."""
    return _kept_by_phones(assets().worker_source(), "text/javascript")


def _kept_by_phones(text: str, mimetype: str) -> Response:
    """What is the same for everyone until the next version: packed, and not sent again where it is there already."""
    content, headers = pack_text(text, request.headers.get("Accept-Encoding", ""))
    answer = Response(content, mimetype=mimetype, headers={**headers, "Cache-Control": FILE_LASTS})
    answer.make_conditional(request)
    return answer

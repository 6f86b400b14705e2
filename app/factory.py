"""Puts the app together: settings, services, the sync engine with every feature's acts, pages and headers."""

import secrets
from functools import partial
from pathlib import Path

from flask import Flask, Response, render_template, request
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from app.accounts import handlers as account_acts
from app.accounts import routes as account_routes
from app.accounts import session as account_session
from app.accounts.people.bases import ENDING_JOB
from app.accounts.people.concerns import CONCERN_JOB
from app.accounts.people.untaken import UNTAKEN_JOB
from app.accounts.signing.mails import JOB as MAIL_JOB
from app.accounts.work import AccountJobs
from app.budgets import handlers as budget_acts
from app.core.assets import Assets
from app.core.assets_build import watcher
from app.core.clock import Clock, system_clock
from app.core.db import Database
from app.core.errors import InhandError, NotFound, TooMany
from app.core.files.scanning import scan
from app.core.logging import note, note_fault, start_logging
from app.core.pages import assets as current_assets
from app.core.pages import pages, share, shell
from app.core.sealing import Sealer
from app.core.settings import Settings
from app.core.storage import Storage
from app.core.styleguide import styleguide
from app.core.web import OWN_HEADER, Services, check_path, json_answer, services
from app.exports import routes as export_routes
from app.exports.work import ExportJobs
from app.exports.work_arrivals import ArrivalJobs
from app.jobs.worker import Handler, Worker
from app.options import handlers as option_acts
from app.peers import handlers as peer_acts
from app.peers import routes as peer_routes
from app.peers.access import GroupRights
from app.peers.service.farewell import leave_as_account, leave_as_person
from app.peers.work import PeerJobs
from app.plans import handlers as plan_acts
from app.receipts import handlers as receipt_acts
from app.receipts import routes as receipt_routes
from app.receipts.work import ReceiptJobs, reader_for
from app.reminders import api as reminder_api
from app.reminders import handlers as reminder_acts
from app.reminders.push import Push
from app.reminders.work import ReminderJobs
from app.reviews import handlers as review_acts
from app.sync import api as sync_api
from app.sync import changes
from app.sync.conflicts import choose_act
from app.sync.files import Announce, FileJobs, Uploads, announce
from app.sync.registry import Act, Registry
from app.sync.service import Engine

FEATURES = (
    account_acts, option_acts, plan_acts, budget_acts, receipt_acts, reminder_acts, review_acts, peer_acts,
)  # fmt: skip
HERE = Path(__file__).resolve().parent
JSON_PATHS = ("/sync", "/files/", "/session", "/reader", "/reminders/", "/healthz", "/static/", "/sw.js")
SECRET_FIELDS = ("password", "code")
STATIC_PARTS = ("/static/", "/sw.js")


def make_services(settings: Settings, *, clock: Clock = system_clock) -> Services:
    """The database and the file storage of these settings."""
    changes.install()
    storage = Storage.from_url(settings.storage_url, Sealer.from_secrets(settings.sealing_keys))
    return Services(settings, Database(settings.database_url, clock=clock), storage)


def make_registry() -> Registry:
    """Every act that a phone may send."""
    registry = Registry()
    for feature in FEATURES:
        feature.register(registry)
    registry.add(
        Act("file.announce", 1, "log_money", Announce(), announce, says="Say that a photo or document will come.")
    )
    registry.add(choose_act(registry))
    return registry


def make_uploads(parts: Services) -> Uploads:
    """What takes the pieces of files."""
    return Uploads(parts.database, parts.storage)


def make_worker(parts: Services) -> Worker:
    """The worker with every feature's jobs."""
    look = partial(scan, parts.settings.scanner_address)
    files = FileJobs(make_uploads(parts), look)
    receipts = ReceiptJobs(parts.database, parts.storage, files, reader_for(parts.settings.reading))
    jobs: dict[str, Handler] = {
        "file.join": files.join,
        "file.draw": receipts.draw,
        "file.missing": files.miss,
        "receipt.read": receipts.read,
        "receipt.forget": receipts.forget,
    }
    leaving = {"leave_as_person": leave_as_person, "leave_as_account": leave_as_account}
    exports = ExportJobs(parts.database, parts.storage, parts.settings, **leaving).handlers()
    arrivals = ArrivalJobs(parts.database, parts.storage, parts.settings, look, leave_as_person=leave_as_person)
    peers = PeerJobs(parts.database).handlers()
    return Worker(parts.database, {**jobs, **exports, **arrivals.handlers(), **peers})


def make_reminder_worker(parts: Services) -> Worker:
    """A lane of its own for what goes out: a service that hangs holds up no photo, and no photo a reminder."""
    reminders = ReminderJobs(parts.database, parts.settings, Push(parts.settings)).handlers()
    accounts = AccountJobs(parts.database, parts.settings)
    letters = {
        MAIL_JOB: accounts.mail,
        ENDING_JOB: accounts.ending,
        CONCERN_JOB: accounts.concern,
        UNTAKEN_JOB: accounts.untaken,
    }
    return Worker(parts.database, {**reminders, **letters})


def create_app(settings: Settings | None = None, *, parts: Services | None = None) -> Flask:
    """The Flask application. Tests pass their own services."""
    chosen = parts.settings if parts else settings or Settings.from_environment()
    start_logging(chosen.log_level)
    found = parts or make_services(chosen)
    app = Flask(__name__, static_folder=None, template_folder=str(HERE / "templates"))
    app.config.update(_flask_settings(chosen))
    app.extensions["inhand"] = found
    app.extensions["inhand.assets"] = Assets(refresh=watcher() if chosen.debug else None)
    app.extensions["inhand.assets"].check()
    app.extensions["inhand.sync"] = Engine(found.database, GroupRights(), make_registry())
    app.extensions["inhand.uploads"] = make_uploads(found)
    app.extensions["inhand.push"] = Push(chosen)
    app.before_request(check_path)
    _add_sign_in(app)
    _add_blueprints(app)
    _add_errors(app)
    app.after_request(_add_headers)
    app.after_request(_note_refused)
    app.jinja_env.globals["asset"] = app.extensions["inhand.assets"]
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    secure = settings.base_url.startswith("https://")
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-inhand" if secure else "inhand",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": settings.sign_in_days * 86400,
        # What runs behind a page must not bring back an older cookie: the page's form would be refused.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": secure,
        "MAX_CONTENT_LENGTH": 4_000_000,
        "DEBUG": settings.debug,
        "PROPAGATE_EXCEPTIONS": False,
    }


def _add_sign_in(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None  # the sign-in is a row of our own; a changed address is no reason to end it
    account_session.set_up(manager)
    manager.init_app(app)


def _add_blueprints(app: Flask) -> None:
    guard = CSRFProtect(app)
    for blueprint in (pages, styleguide, shell, account_routes.blueprint, sync_api.blueprint, reminder_api.blueprint):
        app.register_blueprint(blueprint)
    app.register_blueprint(receipt_routes.blueprint)
    app.register_blueprint(export_routes.blueprint)
    app.register_blueprint(peer_routes.blueprint)
    guard.exempt(sync_api.blueprint)  # it checks its own header, Origin and Sec-Fetch-Site instead
    guard.exempt(reminder_api.blueprint)
    for view in (*account_routes.WITHOUT_FORM, *export_routes.WITHOUT_FORM):
        guard.exempt(view)
    guard.exempt(share)  # the phone's own sheet for sharing sends it: it has no token, and nothing is read or changed


def _add_errors(app: Flask) -> None:
    app.register_error_handler(InhandError, _told)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def _told(error: InhandError) -> Response:
    answer = _error_answer(error.sentence, error.code, error.status)
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.seconds)
    if error.status == 503:
        answer.headers["Retry-After"] = "30"
    return answer


def _form_expired(_error: CSRFError) -> Response:
    return _error_answer("This page was open for too long. Go back, load it again and send it once more.", "form", 400)


def _http_error(error: HTTPException) -> Response:
    sentences = {
        404: NotFound().sentence,
        405: "This page cannot be used in that way.",
        413: "This is larger than we take. We take up to 4 MB at once.",
    }
    status = error.code or 500
    answer = _error_answer(sentences.get(status, "We could not read this request."), f"http_{status}", status)
    answer.headers.extend([(name, value) for name, value in error.get_headers() if name == "Allow"])
    return answer


def _fault(_error: Exception) -> Response:
    reference = secrets.token_hex(4)
    note_fault("request_failed", reference=reference, endpoint=request.endpoint)
    return _error_answer(
        f"Something went wrong on our side. Nothing of yours was lost. Reference {reference}.", "fault", 500
    )


def _note_refused(answer: Response) -> Response:
    """Who was refused what: the name of the route and numbers, never an address, a path or a word."""
    if 400 <= answer.status_code < 500 and not request.path.startswith(STATIC_PARTS):
        account = str(current_user.account_id) if current_user.is_authenticated else None
        note("refused", status=answer.status_code, method=request.method, endpoint=request.endpoint, account=account)
    return answer


def _error_answer(sentence: str, code: str, status: int) -> Response:
    if request.path.startswith(JSON_PATHS) or OWN_HEADER in request.headers:
        return json_answer({"code": code, "sentence": sentence}, status)
    closed = status == 401 and account_session.is_closed()
    page = render_template("core/error.html", sentence=sentence, status=status, again=_typed() if closed else None)
    answer = Response(page, status=status, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _typed() -> list[tuple[str, str]]:
    """What stood in the form that was sent, to send it once more; a password or code never."""
    return [(name, value) for name, value in request.form.items(multi=True) if not name.endswith(SECRET_FIELDS)]


def _add_headers(answer: Response) -> Response:
    headers = {
        "Content-Security-Policy": receipt_routes.OWN_POLICIES.get(request.path) or _policy(current_assets()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(), microphone=(self), payment=(), usb=()",
    }
    if services().settings.base_url.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    for name, value in headers.items():
        answer.headers.setdefault(name, value)
    if not request.path.startswith(STATIC_PARTS):
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _policy(assets: Assets) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {assets.import_map_csp_hash()}",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "font-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )

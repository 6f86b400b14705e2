"""`POST /sync` and `/files`: JSON or raw bytes only, for the phone."""

import gzip
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_login import current_user
from marshmallow import ValidationError

from app.core.actor import Actor
from app.core.errors import InhandError, Malformed, NotFound
from app.core.files.upload import PIECE
from app.core.ids import is_id, is_sha256
from app.core.web import check_own_page, json_answer, read_json, services
from app.sync.facts import first_sentence
from app.sync.files import Uploads, file_state, find_file
from app.sync.models import person_stream
from app.sync.schemas import ExchangeSchema
from app.sync.service import Engine, exchange

MOST_BYTES = 2_000_000
WORTH_ZIPPING = 2_000

blueprint = Blueprint("sync", __name__)


class SignedOut(InhandError):
    """Nobody is signed in. The phone keeps everything it has not sent."""

    status = 401
    code = "signin"


@blueprint.before_request
def _only_own_pages() -> None:
    if request.method != "GET" or request.endpoint == "sync.state":
        check_own_page(services().settings.base_url)


@blueprint.post("/sync")
def sync() -> Response:
    """One exchange, as docs/sync-protocol.md says."""
    account = _account()
    try:
        body = ExchangeSchema().load(read_json(MOST_BYTES))
    except ValidationError as error:
        raise Malformed(first_sentence(error)) from error
    return _zipped(json_answer(exchange(_engine(), account, body)))


@blueprint.get("/files/<person>/<sha256>")
def state(person: str, sha256: str) -> Response:
    """How much of a file is here."""
    actor = _actor(person, sha256)
    with services().database.reading() as session:
        return json_answer(file_state(session, actor, sha256))


@blueprint.put("/files/<person>/<sha256>")
def piece(person: str, sha256: str) -> Response:
    """Take the next piece of a file."""
    actor = _actor(person, sha256)
    if (request.content_length or 0) > PIECE:
        raise Malformed("This piece is larger than we take at once.")
    offset, size = _number("X-Inhand-Offset"), _number("X-Inhand-Size")
    data = request.get_data(cache=False)
    try:
        return json_answer(_uploads().take_piece(actor, sha256, offset=offset, size=size, data=data))
    except InhandError as error:
        if error.code not in {"offset", "sha256"}:
            raise
        with services().database.reading() as session:
            now = file_state(session, actor, sha256)
        return json_answer({**now, "code": error.code, "sentence": error.sentence}, error.status)


@blueprint.get("/files/<person>/<sha256>/<any(picture, thumbnail):made>")
def picture(person: str, sha256: str, made: str) -> Response:
    """A picture that the server made itself."""
    actor = _actor(person, sha256)
    with services().database.reading() as session:
        row = find_file(session, actor, sha256)
        if row is None or row.state != "ready":
            raise NotFound
    answer = Response(services().storage.get(f"{made}/{person}/{sha256}"), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = f'inline; filename="{made}.jpg"'
    return answer


def _account() -> str:
    if not current_user.is_authenticated:
        raise SignedOut("Sign in to send what waits on this phone.")
    return str(current_user.account_id)


def _actor(person: str, sha256: str) -> Actor:
    account = _account()
    if not (is_id(person) and is_sha256(sha256)):
        raise NotFound
    with services().database.reading() as session:
        actor = _engine().rights.actor(session, account, person_stream(person))
    if actor is None:
        raise NotFound
    return actor


def _engine() -> Engine:
    engine: Engine = current_app.extensions["inhand.sync"]
    return engine


def _uploads() -> Uploads:
    uploads: Uploads = current_app.extensions["inhand.uploads"]
    return uploads


def _number(header: str) -> int:
    value = request.headers.get(header, "")
    if not value.isdecimal() or len(value) > 12:
        raise Malformed(f"The header {header} is missing.")
    return int(value)


def _zipped(answer: Response) -> Response:
    if "gzip" not in request.headers.get("Accept-Encoding", "") or len(answer.data) < WORTH_ZIPPING:
        return answer
    packed: Any = gzip.compress(answer.get_data(), compresslevel=1)
    answer.set_data(packed)
    answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    return answer

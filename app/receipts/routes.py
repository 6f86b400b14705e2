"""What a phone fetches to read receipts by itself, and the policy that its worker runs under."""

from flask import Blueprint, Response, current_app, request

from app.core.assets import FOR_EVER, Assets, takes
from app.core.errors import NotFound
from app.core.web import json_answer, services
from app.receipts.phone_models import list_for_phone, phone_models
from app.receipts.reading.packages import ReaderMissing

blueprint = Blueprint("receipts", __name__)

# The worker alone may compile WebAssembly. It can reach nothing: what it reads is handed to it and handed back.
WORKER_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
OWN_POLICIES = {"/static/js/receipts/ocr/worker.js": WORKER_POLICY}


@blueprint.get("/reader")
def reader() -> Response:
    """What to fetch, or why there is nothing."""
    assets: Assets = current_app.extensions["inhand.assets"]
    return json_answer(list_for_phone(assets, reading=services().settings.reading))


@blueprint.get("/reader/<name>")
def model(name: str) -> Response:
    """One model; kept for ever under the address that `reader` names."""
    if services().settings.reading == "off":
        raise NotFound
    try:
        found = phone_models().by_name.get(name)
    except ReaderMissing as problem:
        raise NotFound from problem
    if found is None or request.args.get("v") != found.version:
        raise NotFound
    packed = takes(request.headers.get("Accept-Encoding", ""), "gzip")
    answer = Response(found.packed if packed else found.content, mimetype="application/octet-stream")
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["Vary"] = "Accept-Encoding"
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer

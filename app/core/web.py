"""What every view shares: the services of this app, and the checks for requests that carry no form token."""

import ipaddress
import json
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, request
from flask import session as cookie

from app.core.db import Database
from app.core.errors import InhandError, Malformed, NotFound
from app.core.settings import Settings
from app.core.storage import Storage
from app.core.words import unstorable

DEEPEST_JSON = 12
OWN_HEADER = "X-Inhand-Sync"


class Foreign(InhandError):
    """The request was made by another site."""

    status = 403
    code = "foreign"


@dataclass(frozen=True)
class Services:
    """Made once by the factory."""

    settings: Settings
    database: Database
    storage: Storage


def services(app: Flask | None = None) -> Services:
    """The services of the running app."""
    return cast(Services, (app or current_app).extensions["inhand"])


def renew_cookie() -> None:
    """Let the cookie last from today on. Once a day: an answer that came late would undo what a page put into it."""
    today = services().database.clock().date().isoformat()
    if cookie.permanent and cookie.get("day") != today:
        cookie["day"] = today


def check_path() -> None:
    """A name in an address that no database can hold names nothing. Raises `NotFound`."""
    if any(isinstance(name, str) and unstorable(name) for name in (request.view_args or {}).values()):
        raise NotFound


def check_own_page(base_url: str) -> None:
    """Refuse what another site's page could send: a cached shell cannot carry a form token."""
    if request.headers.get(OWN_HEADER) != "1":
        raise Foreign("This request did not come from Inhand.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Foreign("This request came from another site.")
    origin = request.headers.get("Origin")
    if origin is not None and not _same_origin(origin, base_url, request):
        raise Foreign("This request came from another site.")


def asked_from() -> str:
    """The address that tries are counted by: behind `trusted_proxies` the one that the outermost of them saw.

    Of an IPv6 address the first half: one household has the whole second half to itself.
    """
    trusted = services().settings.trusted_proxies
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    seen = chain[-trusted] if 0 < trusted <= len(chain) else request.remote_addr or ""
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return (request.remote_addr or "")[:40]
    address = getattr(address, "ipv4_mapped", None) or address  # a socket for both kinds writes ::ffff:203.0.113.7
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def read_json(most: int) -> Any:
    """The JSON body, bounded in size and depth."""
    if request.mimetype != "application/json":
        raise Malformed("This needs JSON.")
    raw = request.get_data(cache=False)
    if len(raw) > most:
        raise Malformed("This is more than we take at once.")
    try:
        found = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("This is not JSON that we can read.") from error
    _check_depth(found, DEEPEST_JSON)
    return found


def json_answer(body: Any, status: int = 200) -> Response:
    """A JSON answer that nobody keeps."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    answer = Response(text, status=status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _same_origin(origin: str, base_url: str, seen: Request) -> bool:
    return origin in {_origin(base_url), _origin(seen.host_url)}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _check_depth(value: Any, deepest: int) -> None:
    if deepest == 0:
        raise Malformed("This is nested too deeply.")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        _check_depth(item, deepest - 1)

"""The rules of the HTTP Observatory, run here over TLS against an app with the settings of production."""

import datetime
import http.server
import ipaddress
import json
import os
import re
import subprocess
import threading
from dataclasses import dataclass

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from werkzeug.serving import WSGIRequestHandler, make_server

from app.accounts.models import Account
from app.accounts.service import start_sign_in
from app.core.settings import Settings
from app.core.web import Services
from app.factory import create_app
from tests.conftest import PROJECT
from tests.house.access import ACCESS
from tests.journeys.site import free_port

LEAST = 130
NO_PAGES = (
    "/static",
    "/reminders",
    "/reader",
    "/healthz",
    "/session",
    "/styleguide.css",
    "/files",
    "/account/data/{person}/archive/",
)
DAY = datetime.timedelta(days=1)


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, *_):
        pass


class ToHttps(http.server.BaseHTTPRequestHandler):
    """What a proxy in front does with plain HTTP (docs/operations.md)."""

    https = 0

    def do_GET(self):
        self.send_response(301)
        self.send_header("Location", f"https://localhost:{self.https}{self.path}")
        self.end_headers()

    def log_message(self, *_):
        pass


def certificate(folder):
    """A certificate for localhost that nobody but this test trusts; its file and its key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(*plain))
    return str(folder / "cert.pem"), str(folder / "key.pem")


@dataclass
class Place:
    """A running app: its ports, the certificate to trust, the app itself."""

    http: int
    https: int
    cert: str
    app: object


@pytest.fixture
def place(parts, tmp_path):
    """The app in production, over TLS, with plain HTTP sent on to it."""
    port = free_port()
    base = {"base_url": f"https://localhost:{port}", "production": True, "secret_key": "s" * 40, "files_keys": "f" * 40}
    settings = Settings(**{**vars(parts.settings), **base})
    settings.check()
    app = create_app(parts=Services(settings, parts.database, parts.storage))
    files = certificate(tmp_path)
    secure = make_server("127.0.0.1", port, app, threaded=True, ssl_context=files, request_handler=Quiet)
    to_https = type("ToThis", (ToHttps,), {"https": port})
    plain = http.server.ThreadingHTTPServer(("127.0.0.1", 0), to_https)
    threads = [threading.Thread(target=one.serve_forever) for one in (secure, plain)]
    for thread in threads:
        thread.start()
    yield Place(plain.server_port, port, files[0], app)
    for one, thread in zip((secure, plain), threads, strict=True):
        one.shutdown()
        thread.join()
        one.server_close()


@pytest.fixture
def cookie(place, household, parts):
    """Maria's, as her browser would send it."""
    with parts.database.writing() as session:
        token = start_sign_in(session, session.get_one(Account, household.maria), device_name="A test")
        session.commit()
    with place.app.test_client() as client:
        with client.session_transaction(base_url=f"https://localhost:{place.https}") as kept:
            kept["_user_id"] = token
        return f"__Host-inhand={client.get_cookie('__Host-inhand').value}"


def graded(place, paths, cookie=""):
    """What the rules say of each path."""
    asked = {"http": place.http, "https": place.https, "cookie": cookie, "paths": paths}
    done = subprocess.run(
        ["node", "tests/attacks/observatory.mjs"], cwd=PROJECT, input=json.dumps(asked), capture_output=True, text=True,
        check=False, env={"PATH": os.environ["PATH"], "NODE_EXTRA_CA_CERTS": place.cert},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def pages(person):
    """Every address that answers with a page, whoever asks; and one that is not there."""
    found = {
        re.sub(r"{\w+}", "nobody", access.path.replace("{person}", person))
        for access in ACCESS.values()
        if access.method == "GET" and not access.path.startswith(NO_PAGES) and not access.path.endswith(".txt")
    }
    return sorted({*found, "/app/", "/nowhere"})


def test_every_page_and_the_worker_reach_130(place, household, cookie):
    paths = pages(household.person)
    told = [*graded(place, paths), *graded(place, paths, cookie)]
    assert len(told) == 2 * len(paths) > 60
    html = [one for one in told if one["path"] != "/sw.js"]
    assert {one["type"] for one in html} == {"text/html; charset=utf-8"}
    assert [(one["path"], one["score"], one["results"]) for one in told if one["score"] < LEAST] == []


def test_signed_in_pages_were_signed_in(place, household, cookie):
    [page] = graded(place, [f"/people/{household.person}"], cookie)
    [refused] = graded(place, [f"/people/{household.person}"])
    assert (page["status"], refused["status"]) == (200, 401)


PLANTED = {
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' *",
    "Strict-Transport-Security": "max-age=60",
    "Set-Cookie": "session=1; Path=/",
    "X-Content-Type-Options": "none",
}


@pytest.mark.parametrize("header", PLANTED)
def test_a_header_that_is_too_weak_is_found(place, header):
    def weaken(answer):
        answer.headers[header] = PLANTED[header]
        return answer

    place.app.after_request_funcs[None].insert(0, weaken)
    assert graded(place, ["/"])[0]["score"] < LEAST

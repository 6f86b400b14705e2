"""Inhand on a phone in the same network: an authority and a certificate of our own, and how to trust them.

A phone keeps nothing and runs no service worker for an address without https. The authority may vouch for home networks
and this machine alone (name constraints), its key stays in var/lan, and the web process gets the certificate only.
"""

import argparse
import http.server
import io
import ipaddress
import os
import socket
import ssl
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.core.clock import system_clock

FOLDER = Path("var/lan")
HOME_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
# An address that is nobody's (RFC 5737). Nothing is sent: the system only says by which way it would go.
NOBODY = ("192.0.2.1", 9)
AUTHORITY_LASTS = timedelta(days=1825)
CERTIFICATE_LASTS = timedelta(days=365)
RENEWED_BEFORE = timedelta(days=30)
CERTIFICATE_PATH = "/inhand.crt"


class NoHomeNetwork(Exception):
    """A sentence about why a phone cannot reach this computer."""


@dataclass(frozen=True)
class Papers:
    """The authority that a phone trusts, and the certificate and key that the web process shows."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True)
class Issuer:
    """Who signs: an authority with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def own_address() -> str:
    """This computer's address in its network. Raises `NoHomeNetwork`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOBODY)
            found: str = probe.getsockname()[0]
        except OSError:
            found = "0.0.0.0"  # noqa: S104 - not a bind  # nosec B104
    return checked(found)


def checked(address: str) -> str:
    """The address, if it is one of a home network. Raises `NoHomeNetwork`."""
    if not any(ipaddress.ip_address(address) in ipaddress.ip_network(one) for one in HOME_NETWORKS):
        raise NoHomeNetwork("This computer is in no home network. Connect it to the Wi-Fi that the phone is in.")
    return address


def papers_for(address: str, folder: Path = FOLDER, *, now: datetime | None = None) -> Papers:
    """The papers for an address: those that are there while they fit and last, else new ones."""
    moment = now or system_clock()
    folder.mkdir(parents=True, exist_ok=True)
    papers = Papers(folder / "authority.crt", folder / "server.crt", folder / "server.key")
    issuer = _issuer(folder, moment)
    if not _fits(papers, checked(address), issuer, moment):
        key = ec.generate_private_key(ec.SECP256R1())
        _write(papers.key, _private(key))
        _write(papers.certificate, _signed(address, key, issuer, moment).public_bytes(serialization.Encoding.PEM))
    return papers


def _issuer(folder: Path, now: datetime) -> Issuer:
    paper, secret = folder / "authority.crt", folder / "authority.key"
    if paper.exists() and secret.exists():
        key = serialization.load_pem_private_key(secret.read_bytes(), None)
        found = x509.load_pem_x509_certificate(paper.read_bytes())
        if isinstance(key, ec.EllipticCurvePrivateKey) and _lasts(found, now):
            return Issuer(found, key)
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = Issuer(_authority(key, now), key)
    _write(secret, _private(key))
    _write(paper, issuer.certificate.public_bytes(serialization.Encoding.PEM))
    return issuer


def _authority(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    networks = [x509.IPAddress(ipaddress.ip_network(one)) for one in HOME_NETWORKS]
    name = _name(f"Inhand on one computer, {now:%d %B %Y}")
    return (
        _builder(name, name, key, now, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints([*networks, x509.DNSName("localhost")], None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _signed(address: str, key: ec.EllipticCurvePrivateKey, issuer: Issuer, now: datetime) -> x509.Certificate:
    places = [x509.IPAddress(ipaddress.ip_address(one)) for one in dict.fromkeys((address, "127.0.0.1"))]
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    return (
        _builder(_name("Inhand"), issuer.certificate.subject, key, now, CERTIFICATE_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([*places, x509.DNSName("localhost")]), critical=False)
        .add_extension(authority, critical=False)
        .sign(issuer.key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    unused = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, **unused)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _lasts(paper: x509.Certificate, now: datetime) -> bool:
    return paper.not_valid_after_utc - now > RENEWED_BEFORE


def _fits(papers: Papers, address: str, issuer: Issuer, now: datetime) -> bool:
    if not papers.certificate.exists() or not papers.key.exists():
        return False
    paper = x509.load_pem_x509_certificate(papers.certificate.read_bytes())
    names = paper.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    own = paper.issuer == issuer.certificate.subject and _lasts(paper, now)
    return own and ipaddress.ip_address(address) in names.get_values_for_type(x509.IPAddress)


def fingerprint(authority: Path) -> str:
    """What a phone shows of the authority, to be compared: pairs of hex digits."""
    return x509.load_pem_x509_certificate(authority.read_bytes()).fingerprint(hashes.SHA256()).hex(":").upper()


def guide(address: str, port: int, papers: Papers) -> str:
    """What to do on the phone: two codes to photograph, and how to trust the certificate."""
    paper, app = f"http://{address}:{port + 1}{CERTIFICATE_PATH}", f"https://{address}:{port}/"
    return f"""
On a phone in the same Wi-Fi:

1. Get the certificate of this computer: {paper}
{code(paper)}
2. Trust it, once.
   Android: Settings, Security, Install a certificate, CA certificate. Choose the file.
   iPhone: Settings, "Profile downloaded", Install. Then General, About, Certificate Trust Settings: switch it on.
   It can vouch for home networks only. Its fingerprint (SHA-256):
   {fingerprint(papers.authority)}

3. Open Inhand: {app}
{code(app)}
When you have finished, take the certificate away in the same place. Signing in with a passkey needs a name, not a
number, as the address: use a password here.
"""


def code(address: str) -> str:
    """An address as a QR code for a terminal."""
    picture = io.StringIO()
    segno.make(address, error="m").terminal(picture, compact=True, border=2)
    return picture.getvalue()


def context_for(papers: Papers) -> ssl.SSLContext:
    """How this machine itself asks the web process: it trusts our authority and nothing else."""
    return ssl.create_default_context(cafile=str(papers.authority))


class PaperHandler(http.server.BaseHTTPRequestHandler):
    """Hands out the authority's certificate, which is public, and nothing else."""

    content = b""

    def do_GET(self) -> None:
        """The certificate, under its one address."""
        found = self.path == CERTIFICATE_PATH
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/x-x509-ca-cert" if found else "text/plain")
        self.send_header("Content-Disposition", 'attachment; filename="inhand.crt"')
        self.end_headers()
        self.wfile.write(self.content if found else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: who asks for it is nobody's business."""


def hand_out(host: str, port: int, authority: Path) -> http.server.HTTPServer:
    """A server that hands the certificate out; the caller lets it run."""
    handler = type("Handler", (PaperHandler,), {"content": authority.read_bytes()})
    return http.server.HTTPServer((host, port), handler)


def main(argv: Sequence[str] | None = None) -> int:
    """`address` prints this computer's address; `hand-out ADDRESS PORT` serves the certificate."""
    parser = argparse.ArgumentParser(prog="inhand lan")
    parser.add_argument("act", choices=("address", "hand-out"))
    parser.add_argument("address", nargs="?", default="")
    parser.add_argument("port", nargs="?", type=int, default=0)
    chosen = parser.parse_args(argv)
    if chosen.act == "hand-out":
        hand_out(chosen.address, chosen.port, papers_for(chosen.address).authority).serve_forever()
    try:
        print(own_address())
    except NoHomeNetwork as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Inhand on a phone in the same network: certificates that hold, for home networks alone."""

import ipaddress
import os
import socket
import ssl
import threading
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from app.core.lan import NoHomeNetwork, checked, code, context_for, fingerprint, guide, hand_out, papers_for
from app.core.processes import web_command

HOME = "192.168.1.23"


def names_of(paper: Path) -> list[str]:
    names = x509.load_pem_x509_certificate(paper.read_bytes()).extensions
    found = names.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(one) for one in found.get_values_for_type(x509.IPAddress)]


def shaken(folder: Path, context: ssl.SSLContext, name: str) -> str:
    """What a browser with this trust gets from a server with these papers."""
    papers = papers_for(HOME, folder)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(papers.certificate, papers.key)
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with listener, listener.accept()[0] as line:
            try:
                with server.wrap_socket(line, server_side=True) as secure:
                    secure.sendall(b"hello")
            except OSError:
                return

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        with (
            socket.create_connection(listener.getsockname()) as line,
            context.wrap_socket(line, server_hostname=name) as secure,
        ):
            return secure.recv(5).decode()
    finally:
        thread.join()


def test_a_browser_that_trusts_the_authority_gets_an_answer_at_the_address(tmp_path: Path) -> None:
    context = context_for(papers_for(HOME, tmp_path))
    assert [shaken(tmp_path, context, name) for name in (HOME, "127.0.0.1", "localhost")] == ["hello"] * 3


@pytest.mark.parametrize("name", ["192.168.1.24", "example.com"])
def test_it_is_not_taken_for_any_other_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        shaken(tmp_path, context_for(papers_for(HOME, tmp_path)), name)


def test_a_browser_that_does_not_trust_it_refuses(tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        shaken(tmp_path, ssl.create_default_context(), HOME)


def test_the_authority_vouches_for_home_networks_alone(tmp_path: Path) -> None:
    paper = x509.load_pem_x509_certificate(papers_for(HOME, tmp_path).authority.read_bytes())
    limits = paper.extensions.get_extension_for_class(x509.NameConstraints)
    networks = [one.value for one in limits.value.permitted_subtrees or [] if isinstance(one, x509.IPAddress)]
    assert limits.critical
    assert not any(ipaddress.ip_address("8.8.8.8") in network for network in networks)


def test_papers_stay_while_they_fit_and_a_new_address_gets_new_ones_under_the_same_trust(tmp_path: Path) -> None:
    first = papers_for(HOME, tmp_path)
    before, trust = first.certificate.read_bytes(), fingerprint(first.authority)
    assert papers_for(HOME, tmp_path).certificate.read_bytes() == before
    assert names_of(papers_for("10.0.0.7", tmp_path).certificate) == ["10.0.0.7", "127.0.0.1"]
    assert fingerprint(first.authority) == trust


def test_papers_are_renewed_before_they_end(tmp_path: Path) -> None:
    first = papers_for(HOME, tmp_path)
    before, trust = first.certificate.read_bytes(), fingerprint(first.authority)
    in_a_year = datetime.now(UTC) + timedelta(days=340)
    assert papers_for(HOME, tmp_path, now=in_a_year).certificate.read_bytes() != before
    assert fingerprint(first.authority) == trust


def test_keys_are_for_this_account_alone_and_only_the_certificate_is_handed_out(tmp_path: Path) -> None:
    papers = papers_for(HOME, tmp_path)
    modes = {path.name: os.stat(path).st_mode & 0o777 for path in tmp_path.glob("*.key")}
    assert modes == {"authority.key": 0o600, "server.key": 0o600}
    server = hand_out("127.0.0.1", 0, papers.authority)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        place = f"http://127.0.0.1:{server.server_port}"
        with urllib.request.urlopen(f"{place}/inhand.crt") as answer:
            assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
            assert answer.read() == papers.authority.read_bytes()
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{place}/../authority.key")
        refused.value.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_guide_has_the_address_its_code_and_how_to_trust_it(tmp_path: Path) -> None:
    words = guide(HOME, 8000, papers_for(HOME, tmp_path))
    assert code(f"https://{HOME}:8000/") in words
    for part in (f"http://{HOME}:8001/inhand.crt", "Android:", "iPhone:", fingerprint(tmp_path / "authority.crt")):
        assert part in words


@pytest.mark.parametrize("address", ["8.8.8.8", "0.0.0.0", "192.0.2.1"])
def test_a_computer_in_no_home_network_is_told_so(address: str) -> None:
    with pytest.raises(NoHomeNetwork, match="no home network"):
        checked(address)


def test_the_web_process_gets_the_certificate_and_never_the_authoritys_key(tmp_path: Path) -> None:
    papers = papers_for(HOME, tmp_path)
    command = web_command("0.0.0.0", 8000, dev=False, papers=papers)
    assert [str(papers.certificate), str(papers.key)] == [
        command[command.index(flag) + 1] for flag in ("--certfile", "--keyfile")
    ]
    assert not any("authority" in part for part in command)
    assert serialization.load_pem_private_key(papers.key.read_bytes(), None)

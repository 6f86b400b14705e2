"""Which addresses a message may be sent to: known push services alone, and never a machine of our own network.

The address of a subscription comes from whoever is signed in. Without this a push could ask our own network.
"""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.errors import Refused

LONGEST = 2_000
NOT_KNOWN = "This browser's push service is not one that we know. Reminders still show in the app."
SHAPE = re.compile(r"[!-~]+")
NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")

# Addresses that carry another inside (NAT64, 6to4, Teredo, mapped) may lead anywhere; the library calls some global.
CARRIERS = tuple(
    ipaddress.ip_network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::ffff:0:0/96", "::/96", "192.88.99.0/24")
)
ROUTED_V6 = ipaddress.ip_network("2000::/3")

Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: where to connect and what to ask there. `trial`: the push service of a test."""

    host: str
    port: int
    path: str
    trial: bool


def check_endpoint(url: str, services: str, trial: str = "") -> Target:
    """The parts of an address that we send to. `services` and `trial` are the settings. Raises `Refused`."""
    if len(url) > LONGEST or not SHAPE.fullmatch(url) or "\\" in url or "#" in url:
        raise Refused(NOT_KNOWN, code="push_service")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(NOT_KNOWN, code="push_service") from error
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    host = parts.hostname or ""
    if trial and f"{parts.scheme}://{parts.netloc}" == trial:
        return Target(host, port or 80, path, trial=True)
    if parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc or not path.startswith("/"):
        raise Refused(NOT_KNOWN, code="push_service")
    if not NAME.fullmatch(host) or not is_known(host, services):
        raise Refused(NOT_KNOWN, code="push_service")
    return Target(host, 443, path, trial=False)


def is_known(host: str, services: str) -> bool:
    """Whether a host is in the list: by its name, or below a name written with `*.`"""
    for item in services.split(","):
        known = item.strip().lower()
        if host == known or (known.startswith("*.") and host.endswith(known[1:])):
            return True
    return False


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a machine on the open internet, reached directly."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if any(found in net for net in CARRIERS if net.version == found.version):
        return False
    if found.version == 6 and found not in ROUTED_V6:
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, as the machine's resolver says."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def pin(target: Target, seconds: float, resolver: Resolver = resolve) -> str:
    """The one address to connect to. One that is not public spoils them all. Raises `Refused`, or `OSError`."""
    found = _within(lambda: resolver(target.host, target.port), seconds)
    if target.trial:
        return _first(found, lambda address: ipaddress.ip_address(address).is_loopback)
    return _first(found, is_public)


def _first(found: list[str], fits: Callable[[str], bool]) -> str:
    if not found or not all(fits(address) for address in found):
        raise Refused(NOT_KNOWN, code="push_service")
    return found[0]


def _within(work: Callable[[], list[str]], seconds: float) -> list[str]:
    """What the resolver finds in time: it knows no time limit of its own, so it is asked aside."""
    answers: list[list[str] | OSError] = []

    def ask() -> None:
        try:
            answers.append(work())
        except OSError as error:
            answers.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(0.0, seconds))
    if not answers:
        raise TimeoutError("the name was not found in time")
    if isinstance(answers[0], OSError):
        raise answers[0]
    return answers[0]

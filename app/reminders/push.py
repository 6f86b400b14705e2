"""Web Push: one message, encrypted for one device and signed by this installation, and what came of it."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from py_vapid import Vapid
from pywebpush import WebPusher, WebPushException

from app.core.errors import Refused
from app.core.settings import Settings
from app.reminders.endpoints import Target, check_endpoint
from app.reminders.wire import Answer, PinnedSession

ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LONGEST_TTL = 28 * 86_400  # the most that push services keep a message
RETRY_AFTER = timedelta(seconds=30)
LONGEST_WAIT = timedelta(days=1)
GONE = {404, 410}
AGAIN = {429, 500, 502, 503, 504}
OUR_TEXT = {"title": "Inhand", "body": "Something is coming up.", "url": "/app"}
P256DH = re.compile(r"[A-Za-z0-9_-]{87}=?")
AUTH = re.compile(r"[A-Za-z0-9_-]{22}={0,2}")


@dataclass(frozen=True, slots=True)
class Device:
    """Where a device takes messages, and the keys that only it can read them with."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Message:
    """What is said. The same `topic` replaces an older message that waits; the same `tag` one that is shown."""

    token: str
    tag: str
    topic: str
    ttl: int
    urgency: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """sent, gone (the device is not there any more), again (`wait` at least), or refused (never again)."""

    kind: str
    reason: str
    wait: timedelta = RETRY_AFTER


SessionMaker = Callable[[Target], PinnedSession]


class Push:
    """Sends messages with the keys and limits of these settings."""

    def __init__(self, settings: Settings, *, session: SessionMaker = PinnedSession) -> None:
        self.services, self.trial = settings.push_services, settings.push_test_service
        self.vapid = Vapid.from_raw(vapid_key(settings).encode())
        self.contact = _contact(settings.base_url)
        self.session = session

    def public_key(self) -> str:
        """What a browser subscribes with, base64url."""
        point = self.vapid.public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return _base64url(point)

    def check(self, device: Device) -> None:
        """Refuse a device whose address we never send to, or whose keys are none."""
        check_endpoint(device.endpoint, self.services, self.trial)
        if not P256DH.fullmatch(device.p256dh) or not AUTH.fullmatch(device.auth):
            raise Refused("This browser gave no keys for messages. Reminders still show in the app.")
        try:
            raw = base64.urlsafe_b64decode(device.p256dh.rstrip("=") + "=")
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
        except ValueError as error:
            raise Refused("This browser gave no keys for messages. Reminders still show in the app.") from error

    def send(self, device: Device, message: Message, at: datetime) -> Outcome:
        """Send now. `at` is the present, for the signature and for waits given as a date."""
        try:
            self.check(device)
            target = check_endpoint(device.endpoint, self.services, self.trial)
            answer = self._post(target, device, message, at)
        except (Refused, WebPushException) as error:
            return Outcome("refused", getattr(error, "code", "keys"))
        except OSError as error:
            return Outcome("again", type(error).__name__)
        return outcome_of(answer.status_code, answer.headers.get("retry-after"), at)

    def _post(self, target: Target, device: Device, message: Message, at: datetime) -> Answer:
        keys = {"p256dh": device.p256dh, "auth": device.auth}
        pusher = WebPusher({"endpoint": device.endpoint, "keys": keys}, requests_session=self.session(target))
        told = json.dumps({**OUR_TEXT, "tag": message.tag, "shown": message.token})
        ttl = max(0, min(message.ttl, LONGEST_TTL))
        headers = {**self._signed(target, at), "topic": message.topic, "urgency": message.urgency}
        found: Answer = pusher.send(told, headers, ttl=ttl)
        return found

    def _signed(self, target: Target, at: datetime) -> dict[str, str]:
        scheme, port = ("http", f":{target.port}") if target.trial else ("https", "")
        until = int((at + timedelta(hours=12)).timestamp())
        claims = {"sub": self.contact, "aud": f"{scheme}://{target.host}{port}", "exp": until}
        signed: dict[str, str] = self.vapid.sign(claims)
        return signed


def _contact(base_url: str) -> str:
    """Whom a push service may ask about us: the site itself, where it has a name on the internet."""
    parts = urlsplit(base_url)
    named = parts.scheme == "https" and "." in (parts.hostname or "")
    return f"https://{parts.hostname}" if named else "mailto:inhand@example.org"


def outcome_of(status: int, retry_after: str | None, at: datetime) -> Outcome:
    """What an answer means. A redirect is refused: it is never followed."""
    said = f"status {status}"
    if 200 <= status < 300:
        return Outcome("sent", said)
    if status in GONE:
        return Outcome("gone", said)
    if status in AGAIN or status >= 500:
        return Outcome("again", said, _wait(retry_after, at))
    return Outcome("refused", said)


def vapid_key(settings: Settings) -> str:
    """The private key, base64url: the setting, or made from the secret of this installation and so always the same."""
    if settings.push_key:
        return settings.push_key
    spread = HKDF(hashes.SHA256(), 48, b"inhand", b"push messages").derive(settings.secret_key.encode())
    number = int.from_bytes(spread, "big") % (ORDER_OF_P256 - 1) + 1
    return _base64url(number.to_bytes(32, "big"))


def new_vapid_key() -> str:
    """A fresh private key for the setting."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _base64url(number.to_bytes(32, "big"))


def _wait(retry_after: str | None, at: datetime) -> timedelta:
    """How long a push service wants us to wait: seconds or a date. Never less than ours, never more than a day."""
    wanted = RETRY_AFTER
    if retry_after and retry_after.isdecimal():
        wanted = timedelta(seconds=min(int(retry_after[:9]), 10**8))
    elif retry_after:
        try:
            wanted = parsedate_to_datetime(retry_after) - at
        except (ValueError, TypeError):
            wanted = RETRY_AFTER
    return min(max(wanted, RETRY_AFTER), LONGEST_WAIT)


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

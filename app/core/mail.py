"""Sending mail: into a folder, or over SMTP, by the setting `mail_url`."""

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from app.core.settings import Settings, SettingsError

SECONDS = 10.0


def send_mail(settings: Settings, *, key: str, to: str, subject: str, text: str) -> None:
    """Send one mail. The same `key` is the same mail: a folder keeps it once, mail programs show it once."""
    kind, _, rest = settings.mail_url.partition(":")
    mail = _mail(settings, key, to, subject, text)
    if kind == "folder":
        _keep(Path(rest), key, mail)
    elif kind in {"smtp", "smtps"}:
        _hand_over(urlsplit(settings.mail_url), mail)
    else:
        raise SettingsError("INHAND_MAIL_URL starts with folder:, smtp:// or smtps://.")


def _mail(settings: Settings, key: str, to: str, subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, to, subject
    mail["Message-ID"] = f"<{key}@{urlsplit(settings.base_url).hostname or 'inhand'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def _keep(folder: Path, key: str, mail: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = folder / f".{key}"
    unfinished.write_bytes(mail.as_bytes())
    unfinished.replace(folder / f"{key}.eml")


def _hand_over(place: SplitResult, mail: EmailMessage) -> None:
    host, secure = place.hostname or "localhost", ssl.create_default_context()
    port = place.port or (465 if place.scheme == "smtps" else 587)
    if place.scheme == "smtps":
        with smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=secure) as line:
            _talk(line, place, mail)
        return
    with smtplib.SMTP(host, port, timeout=SECONDS) as line:
        if line.has_extn("starttls") or host not in {"localhost", "127.0.0.1"}:
            line.starttls(context=secure)
        _talk(line, place, mail)


def _talk(line: smtplib.SMTP, place: SplitResult, mail: EmailMessage) -> None:
    if place.username:
        line.login(unquote(place.username), unquote(place.password or ""))
    line.send_message(mail)

"""Settings: one documented dataclass, read from the environment (`INHAND_*`) once at the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from app.core.errors import InhandError

DEVELOPMENT_SECRET = "for-development-only"  # noqa: S105 - refused in production  # nosec B105
LEAST_SECRET = 32


class SettingsError(InhandError):
    """A setting is missing or wrong; the sentence says which and what to do."""

    code = "settings"


def _says(default: Any, text: str) -> Any:
    return field(default=default, metadata={"says": text})


@dataclass(frozen=True)
class Settings:
    """Every setting is the variable `INHAND_` + its name in capitals."""

    database_url: str = _says("sqlite:///var/inhand.db", "The database: sqlite:///PATH or postgresql+psycopg://...")
    storage_url: str = _says("folder:var/files", "Where files are kept: folder:PATH, memory: or s3://BUCKET/PREFIX?...")
    secret_key: str = _says(DEVELOPMENT_SECRET, "Signs cookies. Production needs its own, 32 characters or more.")
    files_keys: str = _says(
        "",
        "Seals photos and files: keys of 32 characters or more, the newest first, by commas. `inhand admin files-key`.",
    )
    production: bool = _says(False, "Real people's data: refuses missing secrets, demo accounts and debug.")
    demo: bool = _says(False, "The invented people of the demo may be loaded. Never with production.")
    debug: bool = _says(False, "Show traces and rebuild assets when files change. Never with production.")
    base_url: str = _says(
        "http://localhost:8000",
        "The address people open, used in links and to check where a request is from.",
    )
    backup_folder: str = _says("var/backups", "Where the backup before each migration is put.")
    sign_in_days: int = _says(90, "How many days a sign-in lasts without being used.")
    sign_in_most_days: int = _says(
        90, "After how many days a sign-in ends even when it is used. What waits on the phone stays and is sent then."
    )
    reading: str = _says("auto", "Reading receipts: auto uses it when it is installed, off never does.")
    push_key: str = _says(
        "", "Signs push messages; empty: made from INHAND_SECRET_KEY. `inhand admin push-key` makes one."
    )
    push_services: str = _says(
        "fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com",
        "The push services that messages are sent to: host names, *. for all below a name.",
    )
    push_test_service: str = _says(
        "", "For tests: one more push service, http://127.0.0.1:PORT. Never with production."
    )
    keep_money_years: int = _says(
        6, "How many years after its tax year a line of a funder's money stays as a bare fact when a person is erased."
    )
    mail_url: str = _says(
        "folder:var/mail", "Where mail goes: folder:PATH, or smtp://NAME:PASSWORD@HOST:587 (smtps: 465)."
    )
    mail_from: str = _says("inhand@localhost", "The address that mail comes from.")
    trusted_proxies: int = _says(
        0, "How many proxies of yours stand in front and add to X-Forwarded-For. Tries are counted by whom they saw."
    )
    safeguarding: str = _says(
        "", "A JSON file with the numbers and the mail address for worries about safety here; empty: those for England."
    )
    scanner: str = _says(
        "", "A ClamAV daemon that looks at photos and documents before anything else does: HOST:PORT. Empty: none."
    )
    log_level: str = _says("INFO", "How much is logged: DEBUG, INFO, WARNING or ERROR.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read and check all settings. Raises `SettingsError` with the name and what is expected."""
        found = os.environ if environment is None else environment
        known = {f"INHAND_{item.name.upper()}": item for item in fields(cls)}
        unknown = sorted(name for name in found if name.startswith("INHAND_") and name not in known)
        if unknown:
            raise SettingsError(f"{unknown[0]} is not a setting of Inhand. README.md lists them all.")
        values: dict[str, Any] = {
            known[name].name: _read(name, known[name].type, found[name]) for name in known if name in found
        }
        settings = cls(**values)
        settings.check()
        return settings

    @property
    def sealing_keys(self) -> tuple[str, ...]:
        """The keys that files are sealed with, the newest first. `secret_key` is the last one but in production."""
        own = tuple(key.strip() for key in self.files_keys.split(",") if key.strip())
        return own if self.production else (*own, self.secret_key)

    @property
    def scanner_address(self) -> tuple[str, int] | None:
        """Host and port of the scanner, or None where there is none. Raises `SettingsError`."""
        if not self.scanner:
            return None
        host, _, port = self.scanner.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
            raise SettingsError(f"INHAND_SCANNER is {self.scanner!r}. It takes HOST:PORT, like 127.0.0.1:3310.")
        return host.strip("[]"), int(port)

    def check(self) -> None:
        """Refuse what cannot be meant, and what must never run with real people's data."""
        _ = self.scanner_address
        if not self.production:
            return
        if self.secret_key == DEVELOPMENT_SECRET or len(self.secret_key) < LEAST_SECRET:
            raise SettingsError("INHAND_SECRET_KEY needs 32 characters or more of its own in production.")
        if not self.sealing_keys or any(len(key) < LEAST_SECRET for key in self.sealing_keys):
            raise SettingsError("INHAND_FILES_KEYS needs a key of 32 characters or more in production.")
        if self.demo:
            raise SettingsError("INHAND_DEMO and INHAND_PRODUCTION cannot both be on.")
        if self.debug:
            raise SettingsError("INHAND_DEBUG and INHAND_PRODUCTION cannot both be on.")
        if self.push_test_service:
            raise SettingsError("INHAND_PUSH_TEST_SERVICE and INHAND_PRODUCTION cannot both be on.")
        if not self.base_url.startswith("https://"):
            raise SettingsError("INHAND_BASE_URL must start with https:// in production.")


def settings_table() -> list[tuple[str, str, str]]:
    """Every setting as (variable, default, what it says), for the documentation."""
    return [(f"INHAND_{item.name.upper()}", str(item.default), item.metadata["says"]) for item in fields(Settings)]


def _read(name: str, kind: object, value: str) -> str | bool | int:
    if kind is bool:
        if value.lower() not in {"1", "0", "true", "false", "yes", "no", "on", "off"}:
            raise SettingsError(f"{name} is {value!r}. It takes 1 or 0.")
        return value.lower() in {"1", "true", "yes", "on"}
    if kind is int:
        if not value.isdecimal() or int(value) == 0:
            raise SettingsError(f"{name} is {value!r}. It takes a whole number above 0.")
        return int(value)
    return value

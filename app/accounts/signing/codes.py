"""One-time codes (RFC 6238: six digits, 30 seconds) and recovery codes for the day the phone is gone."""

import base64
import hmac
import secrets

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.accounts.models import CodeMaker, RecoveryCode
from app.accounts.queries import token_hash
from app.core.audit import write_down
from app.core.clock import now

STEP_SECONDS = 30
# One step to either side: a phone's clock may be off by so much (RFC 6238, section 5.2).
STEPS_AROUND = 1
HOW_MANY = 10
# No letter or digit that is taken for another: 15 of 31 are 74 bits.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
NONCE = 12


def start_codes(session: Session, account: str, *, key: str) -> str:
    """The secret for a phone: the one begun, or a new one. Codes are not asked for until a first one was right."""
    maker = session.get(CodeMaker, account)
    if maker is not None and maker.confirmed_at is None:
        secret = _opened(key, account, maker.sealed_secret)
        if secret is not None:
            return secret
        session.delete(maker)
        session.flush()
    secret = pyotp.random_base32()
    session.add(CodeMaker(account_id=account, sealed_secret=_sealed(key, account, secret), last_step=0))
    session.flush()
    return secret


def address_for_phone(secret: str, email: str) -> str:
    """What the picture says to the app on the phone."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Inhand")


def confirm_codes(session: Session, account: str, code: str, *, key: str) -> list[str] | None:
    """Ask for codes from now on, if this first one is right; returns new recovery codes, else None."""
    maker = session.get(CodeMaker, account, with_for_update=True)
    if maker is None or maker.confirmed_at is not None or not _take_step(session, maker, code, key):
        return None
    maker.confirmed_at = now(session)
    write_down(session, "codes.on", account=account)
    return new_recovery_codes(session, account)


def has_codes(session: Session, account: str) -> bool:
    """Whether this account is asked for a code after its password."""
    maker = session.get(CodeMaker, account)
    return maker is not None and maker.confirmed_at is not None


def take_code(session: Session, account: str, typed: str, *, key: str) -> bool:
    """Whether a one-time code or a recovery code is right; either works once. The caller commits when it is."""
    maker = session.get(CodeMaker, account, with_for_update=True)
    if maker is None or maker.confirmed_at is None:
        return False
    return _take_step(session, maker, typed, key) or _take_recovery(session, account, typed)


def end_codes(session: Session, account: str) -> None:
    """Ask for codes no longer; the recovery codes go too."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account))
    session.execute(delete(CodeMaker).where(CodeMaker.account_id == account))
    write_down(session, "codes.off", account=account)


def new_recovery_codes(session: Session, account: str) -> list[str]:
    """Fresh recovery codes, to be shown once; the earlier ones end."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account))
    codes = ["-".join(_letters() for _ in range(3)) for _ in range(HOW_MANY)]
    session.add_all(RecoveryCode(code_hash=_code_hash(account, code), account_id=account) for code in codes)
    write_down(session, "recovery_codes.made", account=account)
    return codes


def count_recovery_codes(session: Session, account: str) -> int:
    """How many recovery codes are left."""
    unused = (RecoveryCode.account_id == account) & RecoveryCode.used_at.is_(None)
    return session.scalars(select(func.count()).select_from(RecoveryCode).where(unused)).one()


def _take_step(session: Session, maker: CodeMaker, typed: str, key: str) -> bool:
    """Whether the code belongs to a step close to now and later than the last one taken."""
    secret = _opened(key, maker.account_id, maker.sealed_secret)
    code = "".join(typed.split())
    if secret is None or not (code.isascii() and code.isdecimal() and len(code) == 6):
        return False
    step_now = int(now(session).timestamp()) // STEP_SECONDS
    machine = pyotp.TOTP(secret)
    for step in range(step_now - STEPS_AROUND, step_now + STEPS_AROUND + 1):
        if hmac.compare_digest(machine.generate_otp(step), code) and step > maker.last_step:
            maker.last_step = step
            return True
    return False


def _take_recovery(session: Session, account: str, typed: str) -> bool:
    mine = (RecoveryCode.code_hash == _code_hash(account, typed)) & (RecoveryCode.account_id == account)
    used = update(RecoveryCode).where(mine, RecoveryCode.used_at.is_(None)).values(used_at=now(session))
    taken = session.execute(used.returning(RecoveryCode.code_hash).execution_options(synchronize_session=False)).all()
    if taken:
        write_down(session, "recovery_code.used", account=account)
    return bool(taken)


def _code_hash(account: str, typed: str) -> str:
    letters = "".join(char for char in typed.casefold() if char in ALPHABET)
    return token_hash(f"{account}:{letters}")


def _letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(5))


def _sealed(key: str, account: str, secret: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    return base64.b64encode(nonce + _box(key).encrypt(nonce, secret.encode(), account.encode())).decode()


def _opened(key: str, account: str, sealed: str) -> str | None:
    """None when the key of the settings has changed: then the recovery codes still work."""
    raw = base64.b64decode(sealed)
    try:
        return _box(key).decrypt(raw[:NONCE], raw[NONCE:], account.encode()).decode()
    except InvalidTag:
        return None


def _box(key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"inhand one-time codes").derive(key.encode()))

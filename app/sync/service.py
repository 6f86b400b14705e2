"""One exchange with a phone: take its operations, then answer with what it does not have."""

from dataclasses import dataclass
from typing import Any

from app.core.clock import as_text
from app.core.db import Database
from app.core.errors import InhandError
from app.sync.receive import Sender, receive
from app.sync.registry import Registry, Rights
from app.sync.send import MOST_ROWS, send

SCHEMA = 1
MIN_SCHEMA = 1


class OtherAccount(InhandError):
    """The phone's copy belongs to another account than the one that is signed in."""

    status = 409
    code = "other_account"


class TooOld(InhandError):
    """This phone speaks a version that the server no longer understands."""

    status = 426
    code = "too_old"


@dataclass(frozen=True)
class Engine:
    """What an exchange needs besides its body."""

    database: Database
    rights: Rights
    registry: Registry
    min_schema: int = MIN_SCHEMA
    most_rows: int = MOST_ROWS


def exchange(engine: Engine, account: str, body: dict[str, Any]) -> dict[str, Any]:
    """Carry out one exchange for the signed-in account. `body` is loaded by `ExchangeSchema`."""
    if body["account"] != account:
        raise OtherAccount("This phone holds another account's things. Sign in with that account to send them.")
    if body["schema"] < engine.min_schema:
        raise TooOld("A new version is ready. Nothing is lost: open Inhand again to get it.")
    results: list[dict[str, Any]] = []
    if body["ops"]:
        results = _take(engine, Sender(account, body["device"]), body["ops"])
    with engine.database.reading() as session:
        news = send(session, engine.rights.grants(session, account), body["cursors"], engine.most_rows)
    return {
        "account": account,
        "schema": SCHEMA,
        "min_schema": engine.min_schema,
        "time": as_text(engine.database.clock()),
        "results": results,
        **news,
    }


def _take(engine: Engine, sender: Sender, ops: list[Any]) -> list[dict[str, Any]]:
    with engine.database.writing() as session:
        results = receive(session, engine.rights, engine.registry, sender, ops)
        session.commit()
    return results

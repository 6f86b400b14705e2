"""Web and worker are killed while four clients write: what was acknowledged is there, once."""

import http.client
import json
import sqlite3
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from app.accounts.models import Account
from app.accounts.queries import find_account, people_of
from app.accounts.service import start_sign_in
from app.core.db import Database
from app.core.ids import new_id
from tests.journeys.site import Site, open_site, wait_until

CLIENTS = 4
BATCH = 10
DAY = "2026-11-22"


@dataclass
class Client:
    """A phone that writes as fast as it is answered, and sends again what was not answered."""

    site: Site
    account: str
    person: str
    pot: str
    cookie: str
    wanted: int
    acknowledged: dict[str, int] = field(default_factory=dict)
    refused: list[Any] = field(default_factory=list)

    def run(self) -> None:
        """Write until enough is acknowledged."""
        while len(self.acknowledged) < self.wanted:
            batch = [self.operation(len(self.acknowledged) + at) for at in range(BATCH)]
            results = None
            while results is None:
                results = self.send(batch)
            self.note(batch, results)

    def operation(self, number: int) -> dict[str, Any]:
        amount = 1 + number % 997
        facts = {"pot": self.pot, "kind": "spending", "amount": amount, "on": DAY, "what": "Kill test"}
        stream = f"person:{self.person}"
        return {"id": new_id(), "act": "entry.record", "version": 1, "stream": stream, "row": new_id(), "facts": facts}

    def note(self, batch: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
        for op, result in zip(batch, results, strict=True):
            if result["status"] == "done":
                self.acknowledged[op["row"]] = op["facts"]["amount"]
            else:
                self.refused.append(result)

    def send(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        body = {"account": self.account, "device": self.account, "schema": 1, "ops": batch, "cursors": {}}
        headers = {"Content-Type": "application/json", "X-Inhand-Sync": "1", "Cookie": self.cookie}
        connection = http.client.HTTPConnection("127.0.0.1", self.site.upstream, timeout=30)
        try:
            connection.request("POST", "/sync", json.dumps(body), headers)
            answer = connection.getresponse()
            found = json.loads(answer.read())
            return found["results"] if answer.status == 200 else None
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()


@pytest.mark.parametrize(
    ("kills", "writes"), [(3, 600), pytest.param(50, 10_000, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_no_acknowledged_write_is_lost_when_web_and_worker_are_killed(tmp_path: Path, kills: int, writes: int) -> None:
    with open_site(tmp_path) as site:
        clients = make_clients(site, writes // CLIENTS)
        threads = [threading.Thread(target=client.run, daemon=True) for client in clients]
        for thread in threads:
            thread.start()
        killed = kill_again_and_again(site, clients, kills, writes)
        for thread in threads:
            thread.join(600)
        assert killed == kills
        assert_all_there(site, clients, writes)


def kill_again_and_again(site: Site, clients: list[Client], kills: int, writes: int) -> int:
    """Kill after equal shares of the writes, so that it happens in the middle of the work."""

    def written() -> int:
        return sum(len(client.acknowledged) for client in clients)

    killed = 0
    for number in range(1, kills + 1):
        goal = number * (writes - CLIENTS * BATCH) // (kills + 1)
        wait_until("enough was written to kill again", lambda goal=goal: written() >= goal, seconds=300)
        site.kill()
        killed += 1
        site.start()
    return killed


def assert_all_there(site: Site, clients: list[Client], writes: int) -> None:
    acknowledged = {row: amount for client in clients for row, amount in client.acknowledged.items()}
    assert not [result for client in clients for result in client.refused]
    assert len(acknowledged) >= writes
    with sqlite3.connect(site.folder / "inhand.db") as database:
        rows = dict(database.execute("SELECT id, amount FROM entry WHERE what = 'Kill test'").fetchall())
        sent = database.execute("SELECT count(*) FROM change WHERE kind = 'entry'").fetchone()[0]
        entries = database.execute("SELECT count(*) FROM entry").fetchone()[0]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
    assert {row: rows.get(row) for row in acknowledged} == acknowledged
    assert len(rows) == len(acknowledged), "something was written that nobody was told of, after all was sent"
    assert sent == entries


def make_clients(site: Site, wanted: int) -> list[Client]:
    """Four devices of one account, all in one stream."""
    database = Database(site.environment["INHAND_DATABASE_URL"])
    with database.writing() as session:
        account = find_account(session, "leroy@example.com")
        assert isinstance(account, Account)
        person, _ = people_of(session, account.id)[0]
        tokens = [start_sign_in(session, account, device_name="test") for _ in range(CLIENTS)]
        session.commit()
        names = account.id, person.id
    database.dispose()
    with sqlite3.connect(site.folder / "inhand.db") as plain:
        pot = plain.execute("SELECT id FROM pot WHERE person_id = ? AND name = 'Council'", [names[1]]).fetchone()[0]
    return [Client(site, *names, pot, _cookie(token), wanted) for token in tokens]


def _cookie(token: str) -> str:
    app = Flask("cookies")
    app.secret_key = "for-development-only"
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer
    return f"inhand={signer.dumps({'_user_id': token, '_fresh': True})}"

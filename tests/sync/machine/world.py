"""The server of the state machine and the faulty line to it."""

import base64
import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Person, Relationship
from app.accounts.policy import EVERYTHING, ROLES, whole
from app.accounts.service import add_person, change_scopes, create_account, end_relationship, relate, start_sign_in
from app.core.clock import now
from app.core.ids import new_id
from app.core.web import Services
from app.sync.models import Change, person_stream
from tests.sync.machine.phones import LOST, Line, Phones, as_reply

TODAY = "2026-11-22"
HOLDING = "inhand.test.hold"


@dataclass
class Hold:
    """A push that stands still just before its commit, while the other phones go on."""

    ask: int
    thread: threading.Thread
    reached: threading.Event
    go_on: threading.Event
    answer: list[Line] = field(default_factory=list)


class World:
    """One server, one person, two accounts with three phones. Faults are planned per phone, for its next request."""

    def __init__(self, app: Flask, parts: Services, phones: Phones) -> None:
        self.app = app
        self.parts = parts
        self.phones = phones
        self.injected: Counter[str] = Counter()
        self.plans: dict[str, str] = {}
        self.late: list[tuple[str, Line]] = []
        self.hold: Hold | None = None
        self.reverse_operations = False
        self.accounts: dict[str, str] = {}
        self.owner: dict[str, str] = {}
        self.clients: dict[str, FlaskClient] = {}
        self.relationship = ""
        phones.answer = self.answer
        self._people()

    def _people(self) -> None:
        with self.parts.database.writing() as session:
            first = self._account(session, "first")
            second = self._account(session, "second")
            person = add_person(session, first, name="Sam", role="holder")
            link = relate(session, second, person, role="representative", starts_on=now(session).date())
            self.person, self.relationship, self.stream = person.id, link.id, person_stream(person.id)
            tokens = {
                name: start_sign_in(session, account, device_name="test")
                for name, account in (("first", first), ("second", second))
            }
            session.commit()
        for device, name in (("a", "first"), ("b", "first"), ("c", "second")):
            self.owner[device] = name
            self.clients[device] = self._client(tokens[name])
            self.phones.do("open", device=device, account=self.accounts[name])

    def _account(self, session: Session, name: str) -> Account:
        account = create_account(session, email=f"{new_id()}@example.com", name=name, password_hash="none")
        self.accounts[name] = account.id
        return account

    def _client(self, token: str) -> FlaskClient:
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    # -- the line -------------------------------------------------------------------------------------------

    def answer(self, asked: Line) -> Line | None:
        """What a phone gets for a request, with the fault planned for it."""
        device = asked["device"]
        plan = self.plans.get(device, "")
        if not plan or (plan == "corrupt" and not asked["raw"]):
            return self.deliver(asked)
        del self.plans[device]
        self.injected[plan] += 1
        return getattr(self, f"_fault_{plan}")(asked)

    def deliver(self, asked: Line) -> Line:
        """Give the request to the server."""
        client = self.clients[asked["device"]]
        body: Any = asked["body"]
        if asked["raw"]:
            body = base64.b64decode(body)
        elif body and self.reverse_operations:
            loaded = json.loads(body)
            loaded["ops"] = loaded["ops"][::-1]
            body = json.dumps(loaded)
        found = client.open(asked["path"], method=asked["method"], headers=asked["headers"], data=body)
        headers = {
            name: value for name, value in found.headers.items() if name.lower() in {"content-type", "retry-after"}
        }
        return as_reply(found.status_code, headers, found.data)

    def _fault_lost_request(self, asked: Line) -> Line:
        return LOST

    def _fault_lost_answer(self, asked: Line) -> Line:
        self.deliver(asked)
        return LOST

    def _fault_double(self, asked: Line) -> Line:
        self.deliver(asked)
        return self.deliver(asked)

    def _fault_late(self, asked: Line) -> Line:
        """Lost for the phone, but it arrives some time later."""
        self.late.append((asked["device"], asked))
        return LOST

    def _fault_corrupt(self, asked: Line) -> Line:
        raw = bytearray(base64.b64decode(asked["body"]))
        raw[0] ^= 1
        return self.deliver({**asked, "body": base64.b64encode(bytes(raw)).decode()})

    def _fault_hold(self, asked: Line) -> None:
        """The server works on it in another thread and stops just before the commit."""
        hold = Hold(asked["ask"], threading.Thread(), threading.Event(), threading.Event())
        hold.thread = threading.Thread(target=self._held, args=(hold, asked))
        self.hold = hold
        hold.thread.start()
        hold.reached.wait(30)

    def _held(self, hold: Hold, asked: Line) -> None:
        def stop_here(_connection: object) -> None:
            if threading.current_thread() is hold.thread and not hold.reached.is_set():
                hold.reached.set()
                hold.go_on.wait(30)

        engine = self.parts.database.engine
        event.listen(engine, "commit", stop_here)
        try:
            hold.answer.append(self.deliver(asked))
        finally:
            event.remove(engine, "commit", stop_here)
            hold.reached.set()

    def release(self) -> None:
        """Let the held push commit, and give its phone the answer."""
        if self.hold:
            hold, self.hold = self.hold, None
            hold.go_on.set()
            hold.thread.join(30)
            self.phones.reply(hold.ask, hold.answer[0])

    def deliver_late(self) -> None:
        """What was thought lost arrives."""
        waiting, self.late = self.late, []
        for _device, asked in waiting:
            self.deliver(asked)

    # -- rights ---------------------------------------------------------------------------------------------

    def set_rights(self, scopes: list[str] | None) -> None:
        """Change what the second account may; None ends its relationship."""
        with self.parts.database.writing() as session:
            link = session.get(Relationship, self.relationship)
            assert link
            if scopes is None:
                if link.ended_at is None:
                    end_relationship(session, link)
            elif link.ended_at is None:
                change_scopes(session, link, scopes)
            else:
                account, person = session.get(Account, link.account_id), session.get(Person, link.person_id)
                assert account
                assert person
                fresh = relate(session, account, person, role="representative", starts_on=now(session).date())
                change_scopes(session, fresh, scopes)
                self.relationship = fresh.id
            session.commit()

    def rights(self, device: str) -> set[str] | None:
        """The scopes of a phone's owner now."""
        if self.owner[device] == "first":
            return set(whole(EVERYTHING))
        with self.parts.database.reading() as session:
            link = session.get(Relationship, self.relationship)
            assert link
            return None if link.ended_at else set(whole(link.scopes))

    def server_rows(self, scopes: set[str]) -> dict[str, dict[str, Any]]:
        """What a phone with these scopes should hold of the person's stream."""
        with self.parts.database.reading() as session:
            wanted = select(Change).where(Change.stream == self.stream, Change.audience.in_(scopes))
            found = session.scalars(wanted)
            return {
                f"{row.kind} {row.row_id}": {"rev": row.rev, "body": row.body} for row in found if row.body is not None
            }


ALL_SCOPES = list(ROLES["representative"])

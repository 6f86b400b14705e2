"""A whole app on a fresh database for each test, and small makers that are told every value they need."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import Account, Person, Relationship
from app.accounts.service import add_person, create_account, relate, start_sign_in
from app.core.clock import as_text
from app.core.ids import new_id
from app.core.schema import migrate
from app.core.settings import Settings
from app.core.web import Services
from app.factory import create_app, make_services
from app.sync.models import person_stream
from tests.postgres import postgres_url

FIRST_MOMENT = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
OWN = {"X-Inhand-Sync": "1"}
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
both_engines = pytest.mark.parametrize("parts", ["sqlite", "postgres"], indirect=True)


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = FIRST_MOMENT

    def __call__(self) -> datetime:
        return self.moment

    def go_on(self, **span: float) -> None:
        """Let time pass, in the words of `timedelta`."""
        self.moment += timedelta(**span)


@dataclass
class Phone:
    """A device of an account: sends exchanges, keeps its cursors, remembers nothing else."""

    client: FlaskClient
    account: str
    device: str = field(default_factory=new_id)
    cursors: dict[str, Any] = field(default_factory=dict)

    def post(self, body: Any, headers: dict[str, str] | None = None) -> TestResponse:
        """Send any body to /sync."""
        return self.client.post("/sync", json=body, headers=OWN if headers is None else headers)

    def body(self, *ops: Any) -> dict[str, Any]:
        """An exchange as the protocol has it."""
        return {"account": self.account, "device": self.device, "schema": 1, "ops": list(ops), "cursors": self.cursors}

    def exchange(self, *ops: Any) -> dict[str, Any]:
        """One exchange; the cursors move on."""
        answer = self.post(self.body(*ops))
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        for item in found["changes"]:
            self.cursors[item["stream"]] = {"seq": item["seq"], "epoch": item["epoch"]}
        for stream in found["gone"]:
            del self.cursors[stream]
        return found

    def results(self, *ops: Any) -> list[dict[str, Any]]:
        """The results of one exchange."""
        found: list[dict[str, Any]] = self.exchange(*ops)["results"]
        return found

    def rows(self, kind: str) -> dict[str, Any]:
        """Every row of a kind that this account may see, by id, read from the start; None is a tombstone."""
        lines = [row for row in Phone(self.client, self.account).catch_up() if row["kind"] == kind]
        return {row["id"]: row["body"] for row in lines}

    def catch_up(self) -> list[dict[str, Any]]:
        """Exchange until there is no more; the rows that came."""
        rows, more = [], True
        while more:
            answer = self.exchange()
            rows += [row for item in answer["changes"] for row in item["rows"]]
            more = answer["more"]
        return rows


def op(
    act: str, person: str, row: str, facts: Any, *, base: Any = None, op_id: str | None = None, version: int = 1
) -> dict[str, Any]:
    """One operation on a person's row."""
    return {
        "id": op_id or new_id(),
        "act": act,
        "version": version,
        "stream": person_stream(person),
        "row": row,
        "facts": facts,
        "base": base,
        "at": as_text(FIRST_MOMENT),
    }


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated SQLite file; each test takes a copy."""
    path = tmp_path_factory.mktemp("template") / "inhand.db"
    parts = make_services(Settings(database_url=f"sqlite:///{path}", storage_url="memory:"))
    migrate(parts.database)
    parts.database.dispose()
    return path


@pytest.fixture
def clock() -> SetClock:
    """The clock of the test's database."""
    return SetClock()


@pytest.fixture
def parts(request: pytest.FixtureRequest, tmp_path: Path, clock: SetClock) -> Iterator[Services]:
    """Services on a fresh, migrated database: SQLite, or PostgreSQL by `both_engines`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        path = tmp_path / "inhand.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        url = f"sqlite:///{path}"
    else:
        url = postgres_url()
    made = make_services(Settings(database_url=url, storage_url="memory:", base_url="http://localhost"), clock=clock)
    if not made.database.is_sqlite:
        migrate(made.database)
    yield made
    made.database.dispose()


@pytest.fixture
def app(parts: Services) -> Flask:
    """The app over these services."""
    made = create_app(parts=parts)
    made.testing = True
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def make_account(parts: Services) -> Callable[..., str]:
    """Make an account; returns its id."""

    def make(email: str, *, name: str, password_hash: str = "none") -> str:
        with parts.database.writing() as session:
            account = create_account(session, email=email, name=name, password_hash=password_hash)
            session.commit()
            return account.id

    return make


@pytest.fixture
def make_person(parts: Services) -> Callable[..., str]:
    """Make a person looked after by an account; returns the person's id."""

    def make(account: str, *, name: str, role: str) -> str:
        with parts.database.writing() as session:
            owner = session.get_one(Account, account)
            person = add_person(session, owner, name=name, role=role)
            session.commit()
            return person.id

    return make


@pytest.fixture
def make_relationship(parts: Services) -> Callable[..., str]:
    """Let an account act for a person; returns the relationship's id."""

    def make(account: str, person: str, *, role: str) -> str:
        with parts.database.writing() as session:
            owner, whose = session.get_one(Account, account), session.get_one(Person, person)
            made = relate(session, owner, whose, role=role, starts_on=FIRST_MOMENT.date())
            session.commit()
            return made.id

    return make


@pytest.fixture
def change_relationship(parts: Services) -> Callable[[str, Callable[..., None]], None]:
    """Do something to a relationship, such as ending it."""

    def change(relationship: str, act: Callable[..., None], *more: Any) -> None:
        with parts.database.writing() as session:
            act(session, session.get_one(Relationship, relationship), *more)
            session.commit()

    return change


@pytest.fixture
def sign_in(app: Flask, parts: Services) -> Callable[[str], FlaskClient]:
    """A browser that this account is signed in with."""

    def make(account: str) -> FlaskClient:
        with parts.database.writing() as session:
            token = start_sign_in(session, session.get_one(Account, account), device_name="A test")
            session.commit()
        made = app.test_client()
        with made.session_transaction() as cookie:
            cookie["_user_id"] = token
        return made

    return make


@pytest.fixture
def phone(sign_in: Callable[[str], FlaskClient]) -> Callable[[str], Phone]:
    """A phone that this account is signed in with."""
    return lambda account: Phone(sign_in(account), account)


@dataclass
class Household:
    """Maria, who holds her own budget; Tom, who looks after it with her; and a phone of each."""

    maria: str
    tom: str
    person: str
    link: str
    hers: Phone
    his: Phone


@pytest.fixture
def household(
    make_account: Callable[..., str],
    make_person: Callable[..., str],
    make_relationship: Callable[..., str],
    phone: Callable[[str], Phone],
) -> Household:
    """Two accounts around one person."""
    maria, tom = make_account("maria@example.com", name="Maria"), make_account("tom@example.com", name="Tom")
    person = make_person(maria, name="Maria", role="holder")
    link = make_relationship(tom, person, role="representative")
    return Household(maria, tom, person, link, phone(maria), phone(tom))


def form_token(page: TestResponse) -> str:
    """The token of the form on a page."""
    found = TOKEN.search(page.get_data(as_text=True))
    assert found, "there is no form on this page"
    return found[1]


def send_form(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Open a page with a form, fill it in and send it."""
    token = form_token(client.get(path))
    return client.post(path, data={**fields, "csrf_token": token})

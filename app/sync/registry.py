"""What the features register: acts with their handlers, conflict choices and stream grants. The factory wires them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from marshmallow import Schema
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.sync.models import Conflict, Synced


@dataclass(frozen=True, slots=True)
class Base:
    """What the author saw: the row's `rev` then, or None for a row that was new to them.

    `conflict` is set when they built on an own operation that ended in that conflict.
    """

    rev: int | None
    conflict: str | None = None

    def stale(self, row: Synced, names: list[str]) -> list[str]:
        """Those of the named fields that somebody changed after the author looked."""
        seen = self.rev or 0
        return [name for name in names if row.field_revs.get(name, 0) > seen]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An operation as its handler gets it: facts are loaded by the act's schema and upcast to its newest version."""

    id: str
    act: str
    stream: str
    row: str
    facts: dict[str, Any]
    base: Base
    device: str


@dataclass(frozen=True, slots=True)
class Done:
    """The operation was carried out; `rev` is the row's afterwards."""

    rev: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Nothing was posted; this conflict holds both sides."""

    conflict: str


Outcome = Done | Clash
Handler = Callable[[Session, Actor, Arrived], Outcome]
Upcast = Callable[[dict[str, Any]], dict[str, Any]]
Chooser = Callable[[Session, Actor, Conflict, str, str], None]
Earlier = Callable[[Session, set[str], list[str]], Iterable[str]]
"""Given the streams that the sender reads and the rows that its acts name: locks streams that sort before those of
people, and returns more, to be locked together with the batch's own."""


@dataclass(frozen=True)
class Act:
    """One named act: who may do it (`needs` is a scope), what its facts look like, and how old versions are read."""

    name: str
    version: int
    needs: str
    schema: Schema
    handler: Handler
    says: str
    upcasts: dict[int, Upcast] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grant:
    """What an account may read in a stream. `epoch` changes whenever that changes.

    `author`: the account that also reads what it wrote there itself.
    """

    epoch: str
    scopes: frozenset[str]
    author: str | None = None


class Rights(Protocol):
    """How the engine asks what an account may do. The accounts feature answers.

    `rest_on`: the models that rights are read from; when one of their rows is written, the engine asks anew.
    """

    rest_on: tuple[type, ...]

    def grants(self, session: Session, account: str) -> dict[str, Grant]:
        """Every stream that the account may read now."""

    def actor(self, session: Session, account: str, stream: str) -> Actor | None:
        """The account acting in that stream now, or None when it may not."""


class Registry:
    """All acts and choices of this installation."""

    def __init__(self) -> None:
        self.acts: dict[str, Act] = {}
        self.choosers: dict[str, Chooser] = {}
        self.earlier: dict[str, Earlier] = {}

    def add(self, act: Act) -> None:
        """Register an act. A second one of the same name is a fault."""
        if act.name in self.acts:
            raise ValueError(f"{act.name} is registered twice")
        self.acts[act.name] = act

    def lock_earlier(self, acts: Iterable[str], earlier: Earlier) -> None:
        """Register what these acts write in besides their own stream: locked first, so that there is one order."""
        self.earlier.update(dict.fromkeys(acts, earlier))

    def add_chooser(self, row_kind: str, chooser: Chooser) -> None:
        """Register how a choice in a conflict over this kind of row is carried out."""
        self.choosers[row_kind] = chooser

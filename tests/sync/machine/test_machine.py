"""Several phones, one server, a bad line between them: nothing lost, nothing doubled, everywhere the same money.

Hypothesis makes the schedules; a failing one is printed as steps that can be pasted into a test. The phones run the
real client modules, the server is the real app; only the line between them is ours.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.core.ids import new_id
from tests.postgres import postgres_url
from tests.sync.machine.oracle import check_everything
from tests.sync.machine.phones import Phones
from tests.sync.machine.server import Server, open_server
from tests.sync.machine.world import ALL_SCOPES, TODAY, World

DEVICES = st.sampled_from("abc")
AMOUNTS = st.integers(1, 99_999)
FAULTS = st.sampled_from(["lost_request", "lost_answer", "double", "late"])
WORDS = st.sampled_from(["Get out more", "Sing again\r\n", "e\u0301clair", "\u202eabc", "Swim with Marcus"])
RIGHTS = st.sampled_from([None, ALL_SCOPES, ["see_person", "see_plan"], ["see_person", "see_money", "write_money"]])


class Machine(RuleBasedStateMachine):
    """What people, phones and the line may do in any order."""

    server: Server

    @initialize()
    def begin(self) -> None:
        """A fresh person, two accounts, three phones that have everything."""
        self.world = World(self.server.app, self.server.parts, self.server.phones)
        self.world.reverse_operations = self.server.reverse_operations
        self.made: list[tuple[str, dict[str, Any]]] = []
        self.lost: set[str] = set()
        self.pots = [new_id(), new_id()]
        for at, pot in enumerate(self.pots):
            facts = {"name": f"Pot {at}", "funder": "Council", "holding": "direct_payment", "opened_on": TODAY}
            self.act("a", "pot.write", pot, facts)
        for device in "abc":
            self.sync(device)

    # -- people ---------------------------------------------------------------------------------------------

    @rule(
        device=DEVICES,
        amount=AMOUNTS,
        pot=st.integers(0, 1),
        photo=st.booleans(),
        kind=st.sampled_from(["spending", "instalment", "paid_by_me"]),
    )
    def record(self, device: str, amount: int, pot: int, photo: bool, kind: str) -> None:
        """Write down money, perhaps with a photo."""
        files = [{"seed": f"{device}{len(self.made)}", "size": 40}] if photo else []
        shas = [
            hashlib.sha256(
                hashlib.sha256(one["seed"].encode()).digest() + hashlib.sha256(one["seed"].encode()).digest()[:8]
            ).hexdigest()
            for one in files
        ]
        facts = {"pot": self.pots[pot], "kind": kind, "amount": amount, "on": TODAY, "what": "Taxi", "files": shas}
        self.act(device, "entry.record", new_id(), facts, files=files)

    @rule(device=DEVICES, pick=st.integers(0, 1_000), amount=AMOUNTS)
    def correct(self, device: str, pick: int, amount: int) -> None:
        """Correct a line that this phone shows."""
        entry = self.pick_entry(device, pick)
        if entry and entry["amount"] != amount:
            facts = {"changes": {"amount": amount}, "entry": new_id(), "reversal": new_id()}
            self.act(device, "entry.correct", entry["id"], facts, seen=entry["replaces"])

    @rule(device=DEVICES, pick=st.integers(0, 1_000))
    def void(self, device: str, pick: int) -> None:
        """Take back a line that this phone shows."""
        entry = self.pick_entry(device, pick)
        if entry:
            self.act(device, "entry.void", entry["id"], {"reversal": new_id()}, seen=entry["replaces"])

    @rule(device=DEVICES, amount=AMOUNTS)
    def transfer(self, device: str, amount: int) -> None:
        """Move money between the pots."""
        facts = {"source": self.pots[0], "target": self.pots[1], "amount": amount, "on": TODAY, "what": "Moved"}
        self.act(device, "pot.transfer", new_id(), {**facts, "out_entry": new_id(), "in_entry": new_id()})

    @rule(device=DEVICES, words=WORDS, pick=st.integers(0, 3))
    def write_goal(self, device: str, words: str, pick: int) -> None:
        """Write a new goal, or over one that this phone shows."""
        goals = [key for key in self.rows(device) if key.startswith("goal ")]
        row = goals[pick].removeprefix("goal ") if pick < len(goals) else new_id()
        self.act(device, "goal.write", row, {"words": words})

    @rule(device=DEVICES, importance=st.integers(1, 10), pick=st.integers(0, 3), remove=st.booleans())
    def weigh_or_remove_goal(self, device: str, importance: int, pick: int, remove: bool) -> None:
        """Change another field of a goal, or take it away."""
        goals = [key.removeprefix("goal ") for key in self.rows(device) if key.startswith("goal ")]
        if pick < len(goals):
            act, facts = ("goal.remove", {}) if remove else ("goal.write", {"importance": importance})
            self.act(device, act, goals[pick], facts)

    @rule(device=DEVICES, choice=st.sampled_from(["accepted", "other", "both"]))
    def choose(self, device: str, choice: str) -> None:
        """Settle a conflict that this phone shows."""
        open_ones = [
            row["body"]["id"]
            for key, row in self.rows(device).items()
            if key.startswith("conflict ") and row["body"].get("choice") is None and "id" in row["body"]
        ]
        if open_ones:
            self.act(device, "conflict.choose", open_ones[0], {"choice": choice})

    # -- phones and the line --------------------------------------------------------------------------------

    @rule(device=DEVICES)
    def sync(self, device: str) -> None:
        """A phone meets the server."""
        self.world.phones.do("sync", device=device)

    @rule(device=DEVICES, fault=FAULTS)
    def sync_badly(self, device: str, fault: str) -> None:
        """A phone meets the server over a bad line."""
        self.world.plans[device] = fault
        self.world.phones.do("sync", device=device)
        self.world.plans.pop(device, None)

    @rule(device=DEVICES, amount=AMOUNTS)
    def send_a_photo_that_breaks_on_the_way(self, device: str, amount: int) -> None:
        """A photo arrives with a wrong byte."""
        self.record(device, amount, 0, True, "spending")
        self.sync_badly(device, "corrupt")

    @rule(device=DEVICES, other=DEVICES)
    def hold(self, device: str, other: str) -> None:
        """A push stands still before its commit while another phone pulls."""
        outbox = self.world.phones.do("state", device=device, stream=self.world.stream, today=TODAY)["outbox"]
        quiet = self.waiting(other) and not self.server.unlocked
        if other == device or not outbox or quiet:
            return
        self.world.plans[device] = "hold"
        held = self.world.phones.start("sync", device=device)
        while self.world.hold is None and held not in self.world.phones.results:
            self.world.phones.step()
        self.world.phones.do("sync", device=other)
        self.world.release()
        self.world.phones.finish(held)

    @rule()
    def late(self) -> None:
        """What was thought lost arrives after all."""
        self.world.deliver_late()

    @rule(device=DEVICES)
    def kill(self, device: str) -> None:
        """The browser is killed and started again."""
        self.world.phones.do("kill", device=device)

    @precondition(lambda self: len(self.made) > 4)
    @rule(device=DEVICES)
    def reinstall(self, device: str) -> None:
        """The app is removed and installed again: what was not sent is gone with it, and only that."""
        state = self.world.phones.do("state", device=device, stream=self.world.stream, today=TODAY)
        self.lost |= {item["id"] for item in [*state["outbox"], *state["kept"]]}
        self.world.phones.do("reinstall", device=device)

    @rule(rights=RIGHTS)
    def change_rights(self, rights: list[str] | None) -> None:
        """The second account may do less, more, or nothing."""
        self.world.set_rights(rights)

    @invariant()
    def line_is_free(self) -> None:
        """No push is left standing."""
        if hasattr(self, "world"):
            assert self.world.hold is None

    def teardown(self) -> None:
        """At the end all meet the server over a good line; then everything is compared."""
        if not hasattr(self, "world"):
            return
        self.world.plans.clear()
        self.world.deliver_late()
        for device in "abcabc":
            self.sync(device)
        check_everything(self.world, self.made, self.lost)
        self.server.injected += self.world.injected

    # -- help -----------------------------------------------------------------------------------------------

    def act(
        self,
        device: str,
        act: str,
        row: str,
        facts: dict[str, Any],
        *,
        files: list[Any] | None = None,
        seen: str | None = None,
    ) -> None:
        request = {"act": act, "stream": self.world.stream, "row": row, "facts": facts, "files": files or []}
        if seen:
            request["seen"] = seen
        ops = self.world.phones.do("act", device=device, requests=[request])["ops"]
        self.made.append((device, {"id": ops[0], "act": act, "row": row, "facts": facts}))

    def rows(self, device: str) -> dict[str, Any]:
        found: dict[str, Any] = self.world.phones.do("state", device=device, stream=self.world.stream, today=TODAY)[
            "rows"
        ]
        return found

    def pick_entry(self, device: str, pick: int) -> dict[str, Any] | None:
        rows = [row["body"] for key, row in self.rows(device).items() if key.startswith("entry ")]
        standing = sorted(
            (
                row
                for row in rows
                if row["kind"] not in {"reversal", "transfer_in", "transfer_out"} and not row["superseded"]
            ),
            key=lambda row: row["id"],
        )
        return standing[pick % len(standing)] if standing else None

    def waiting(self, device: str) -> bool:
        state = self.world.phones.do("state", device=device, stream=self.world.stream, today=TODAY)
        return any(not item["done"] for item in state["outbox"]) or bool(state["files"])


def run_schedules(server: Server, schedules: int, steps: int = 18) -> None:
    """Run so many schedules against a server; raises with the failing one."""
    machine = type("Machine", (Machine,), {"server": server})
    how = settings(
        max_examples=schedules,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate] if server.broken else [Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=how)


@pytest.fixture(scope="module")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real app on SQLite."""
    with open_server(f"sqlite:///{tmp_path_factory.mktemp('machine')}/machine.db") as server:
        yield server


@pytest.fixture(scope="module")
def postgres_server() -> Iterator[Server]:
    """The real app on PostgreSQL."""
    with open_server(postgres_url()) as server:
        yield server


@pytest.fixture
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own for a protection that is taken out."""
    with open_server(f"sqlite:///{tmp_path_factory.mktemp('broken')}/machine.db", broken=True) as server:
        yield server


def test_nothing_is_lost_or_doubled_on_sqlite(sqlite_server: Server) -> None:
    run_schedules(sqlite_server, 300)
    missing = {"lost_request", "lost_answer", "double", "late", "corrupt", "hold"} - set(sqlite_server.injected)
    assert not missing, f"these faults were never injected: {missing}"


@pytest.mark.long
def test_nothing_is_lost_or_doubled_in_ten_times_as_many_schedules(sqlite_server: Server) -> None:
    run_schedules(sqlite_server, 3000)


@pytest.mark.postgres
def test_nothing_is_lost_or_doubled_on_postgresql(postgres_server: Server) -> None:
    run_schedules(postgres_server, 300)


@pytest.mark.postgres
@pytest.mark.long
def test_nothing_is_lost_or_doubled_on_postgresql_in_ten_times_as_many(postgres_server: Server) -> None:
    run_schedules(postgres_server, 3000)


@pytest.mark.parametrize("protection", ["operation look-up", "outbox order", "epoch reset", "file check"])
def test_a_protection_taken_out_is_caught(fresh_server: Server, protection: str) -> None:
    with fresh_server.without(protection), pytest.raises(AssertionError):
        run_schedules(fresh_server, 200)


@pytest.mark.postgres
def test_the_stream_lock_taken_out_is_caught() -> None:
    with (
        open_server(postgres_url(), broken=True) as server,
        server.without("stream lock"),
        pytest.raises(AssertionError),
    ):
        run_schedules(server, 200)


def test_the_phones_run_the_files_that_are_served(sqlite_server: Server, project: Any) -> None:
    child = (project / "tests/sync/machine/child.mjs").read_text()
    imported = [line.split('"')[1] for line in child.splitlines() if line.startswith("import") and "app/static" in line]
    served = sqlite_server.app.extensions["inhand.assets"].manifest.files
    assert imported
    assert all(path.split("app/static/")[1] in served for path in imported)


def test_a_phone_process_that_is_gone_is_an_error() -> None:
    phones = Phones(lambda _: None)
    phones.child.kill()
    with pytest.raises((AssertionError, BrokenPipeError)):
        phones.do("sync", device="a")
    phones.close()

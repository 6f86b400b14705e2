"""What every test can rely on: no network beyond this machine, steady examples, the long form only when asked."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

PROJECT = Path(__file__).resolve().parent.parent
SHARED_DATA = PROJECT.parent / "shared" / "data"
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")

# What takes its time: left out by bin/test --fast, and part of every whole run.
SLOW = (
    "tests/attacks", "tests/backup", "tests/demo", "tests/exports", "tests/journeys", "tests/receipts",
    "tests/sync/machine",
    "tests/house/test_hazards.py", "tests/house/test_migrations.py", "tests/house/test_routes.py",
    "tests/peers/test_anonymiser_finds.py", "tests/peers/test_anonymiser_measured.py",
    "tests/peers/test_combinations.py", "tests/peers/test_second_guard.py",
    "tests/core/test_files_hostile.py", "tests/reminders/test_no_reminder_is_missed.py",
)  # fmt: skip

pytest_plugins = ["tests.fixtures_app"]

settings.register_profile("inhand", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("inhand")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long form of the tests that have one")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(PROJECT).as_posix().startswith(SLOW):
            item.add_marker("slow")
    if config.getoption("--long"):
        return
    long_ones = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long_ones)
    items[:] = [item for item in items if item not in set(long_ones)]


@pytest.fixture(autouse=True, scope="session")
def sockets_reach_this_machine_only() -> Iterator[None]:
    """Any connection to elsewhere fails at once, with the address."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise OSError(f"A test tried to reach {address[0]}. Tests reach this machine only.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture
def project() -> Path:
    """The folder of the project."""
    return PROJECT


@pytest.fixture
def shared_data() -> Path:
    """The data set beside the project. Skips where it is not there: a clone alone has to pass."""
    if not SHARED_DATA.is_dir():
        pytest.skip("The folder shared/data is not beside this project.")
    return SHARED_DATA

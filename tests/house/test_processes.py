"""Web and worker live and end together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core import processes
from app.core.processes import Household, greet, near, port_is_taken, serve, watch, web_answers, web_command

LIVES = [sys.executable, "-c", "import time; time.sleep(60)"]
DIES = [sys.executable, "-c", "raise SystemExit(7)"]
WITH_CHILD = (
    "import subprocess, sys, time; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); time.sleep(60)"
)
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
ANSWERS = "import http.server as h; s = h.HTTPServer(('127.0.0.1', {}), h.BaseHTTPRequestHandler); s.serve_forever()"


@pytest.fixture
def household() -> Iterator[Household]:
    made = Household()
    yield made
    made.end()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_when_one_dies_watching_ends_and_says_which(household: Household, capsys: pytest.CaptureFixture[str]) -> None:
    household.start("web", LIVES)
    household.start("worker", DIES)
    assert watch(household, lambda: True) == 1
    assert "The worker process ended by itself (status 7)." in capsys.readouterr().err


def test_a_signal_ends_watching_in_peace(household: Household) -> None:
    household.start("web", LIVES)
    threading.Timer(0.2, household.ask_to_end, (signal.SIGINT, None)).start()
    assert watch(household, lambda: True) == 0


def test_a_signal_to_terminate_is_told_in_the_status(household: Household) -> None:
    household.start("web", LIVES)
    household.ask_to_end(signal.SIGTERM, None)
    assert watch(household, lambda: True) == 128 + signal.SIGTERM


def test_a_web_that_never_answers_is_given_up(household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PATIENCE_SECONDS", 0.2)
    household.start("web", LIVES)
    assert watch(household, lambda: False) == 1


def test_ending_ends_what_the_children_started_too(household: Household, tmp_path: Path) -> None:
    log = tmp_path / "pid"
    household.start("web", ["sh", "-c", f'{sys.executable} -c "{WITH_CHILD}" > {log}'])
    wait_for(lambda: log.exists() and log.read_text().strip() != "")
    household.end()
    wait_for(lambda: not is_running(int(log.read_text())))


def test_a_child_that_does_not_listen_is_ended_by_force(
    household: Household, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processes, "GRACE_SECONDS", 0.2)
    log = tmp_path / "up"
    household.start("web", ["sh", "-c", f'exec {sys.executable} -c "{STUBBORN}" > {log}'])
    wait_for(lambda: log.exists() and log.read_text() != "")
    household.end()
    assert household.children["web"].returncode == -signal.SIGKILL


def test_a_killed_parent_takes_its_children_along(project: Path) -> None:
    script = (
        f"from app.core.processes import Household; h = Household(); h.start('web', {LIVES!r}); "
        "print(h.children['web'].pid, flush=True); h.children['web'].wait()"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=project, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_for(lambda: not is_running(child))


def test_greeting_waits_for_the_web_and_then_starts_what_comes_afterwards(
    household: Household, port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not greet(household, "127.0.0.1", port, ["touch", str(tmp_path / "came")])
    household.start("web", [sys.executable, "-c", ANSWERS.format(port)])
    wait_for(lambda: greet(household, "127.0.0.1", port, ["touch", str(tmp_path / "came")]))
    household.children["afterwards"].wait()
    assert (tmp_path / "came").exists()
    assert f"http://localhost:{port}" in capsys.readouterr().out


def test_a_taken_port_is_said_before_anything_starts(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", port)):
        assert port_is_taken("127.0.0.1", port)
        assert serve("127.0.0.1", port) == 1
    assert f"Port {port} is taken. Try another one: --port {port + 1}" in capsys.readouterr().err
    assert not web_answers("127.0.0.1", port)


def test_serving_starts_both_and_a_signal_ends_both(port: int, tmp_path: Path, project: Path) -> None:
    fakes = tmp_path / "fakes.py"
    fakes.write_text(
        "import sys\nfrom app.core import processes\n"
        f"processes.web_command = lambda *a, **k: {[sys.executable, '-c', ANSWERS.format(port)]!r}\n"
        f"processes.worker_command = lambda: {LIVES!r}\n"
        f"sys.exit(processes.serve('127.0.0.1', {port}))\n"
    )
    served = subprocess.Popen(
        [sys.executable, str(fakes)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(project)}
    )
    assert served.stdout is not None
    assert str(port) in served.stdout.readline()
    served.send_signal(signal.SIGINT)
    assert served.wait(20) == 0
    served.stdout.close()
    assert not port_is_taken("127.0.0.1", port)


def test_an_address_of_all_is_reached_here_and_ipv6_stands_in_brackets() -> None:
    assert (near("0.0.0.0"), near("::"), near("10.0.0.5")) == ("127.0.0.1", "::1", "10.0.0.5")
    assert "[::1]:8000" in web_command("::1", 8000, dev=False)
    assert "--reload" in web_command("127.0.0.1", 8000, dev=True)

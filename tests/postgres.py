"""One PostgreSQL for the whole test run, in a folder of its own, reached by a socket in it, gone at the end."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

USER = "inhand"
_numbers = count(1)


@dataclass(frozen=True)
class Cluster:
    """A running server. `folder` holds its data and its socket."""

    folder: Path
    process: subprocess.Popen[bytes]

    def connect(self, name: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to one of its databases, committing each statement."""
        return psycopg.connect(host=str(self.folder), user=USER, dbname=name, autocommit=True)

    def stop(self) -> None:
        """End the server at once and remove its folder."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


def postgres_url() -> str:
    """The address of a new, empty database. The first call starts the server (about two seconds).

    Skips the test, with the package to install, where there is no PostgreSQL. Call it from the main thread.
    """
    running = _start()
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with running.connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql+psycopg://{USER}@/{name}?host={running.folder}"


@cache
def _start() -> Cluster:
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="inhand-pg-"))
    prefix = _as_postgres(folder)
    subprocess.run(
        [*prefix, programs / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        capture_output=True,
        cwd="/",
    )
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "200",
    }
    command = [*prefix, programs / "postgres", "-D", folder / "data"]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = (folder / "log").open("wb")
    with log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
    running = Cluster(folder, process)
    atexit.register(running.stop)
    _await(running)
    return running


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    if program is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return Path(program).parent


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so root runs it as its own account; it ends when this process dies."""
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", "INT"]
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    ids = [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    return ["setpriv", "--pdeathsig", "INT", *ids]


def _await(running: Cluster) -> None:
    for _ in range(600):
        try:
            running.connect().close()
        except psycopg.OperationalError:
            if running.process.poll() is not None:
                raise RuntimeError((running.folder / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL did not start within 30 seconds")

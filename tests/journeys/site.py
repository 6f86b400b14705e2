"""A whole installation for journeys: web and worker as real processes, and a line to them that can be cut or be bad."""

import atexit
import contextlib
import functools
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
PASSWORD = "three plain words"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether somebody listens on the port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(what: str, check: object, *, seconds: float = PATIENCE) -> None:
    """Wait for a state; the sentence says what never came."""
    assert callable(check)
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            raise AssertionError(f"It never came to this: {what}")
        time.sleep(0.02)


@dataclass
class Line:
    """What lies between a browser and the server. It may be cut, or close connections after the server has answered."""

    port: int
    upstream: int
    cut: bool = False
    drop_share: float = 0.0
    dropped: int = 0
    luck: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """No more connections."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        with browser, contextlib.suppress(OSError):
            browser.settimeout(PATIENCE)
            request = _read_message(browser)
            if self.cut or not request:
                return
            answer = self._ask(request)
            if request.startswith((b"POST /sync", b"PUT /files")) and self.luck.random() < self.drop_share:
                self.dropped += 1  # the server has committed; the phone never hears of it
                return
            browser.sendall(answer)

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.upstream), timeout=PATIENCE) as server:
            server.sendall(_closing(request))
            parts = []
            while part := server.recv(65536):
                parts.append(part)
        return b"".join(parts)


@dataclass
class Site:
    """One installation in a folder of its own."""

    folder: Path
    port: int = field(default_factory=free_port)
    upstream: int = field(default_factory=free_port)
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    photos: bool = False
    people: bool = True

    def __post_init__(self) -> None:
        self.line = Line(self.port, self.upstream)
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("INHAND_")},
            "INHAND_DATABASE_URL": f"sqlite:///{self.folder}/inhand.db",
            "INHAND_STORAGE_URL": f"folder:{self.folder}/files",
            "INHAND_BACKUP_FOLDER": f"{self.folder}/backups",
            "INHAND_BASE_URL": self.url,
            "INHAND_DEMO": "1",
        }
        self._fill()
        self.start()

    def _fill(self) -> None:
        """The directory and the invented people: loaded once for all sites of a run, then copied."""
        if not self.people:
            self.command("admin", "migrate")
            return
        template = _template()
        name = f"inhand{'-photos' if self.photos else ''}.db"
        if not (template / name).exists():
            self.command("admin", "migrate")
            self.command("demo", "load", "--if-empty", *(["--photos"] if self.photos else []))
            shutil.copy(self.folder / "inhand.db", template / name)
            if self.photos:
                shutil.copytree(self.folder / "files", template / "files")
            return
        shutil.copy(template / name, self.folder / "inhand.db")
        if self.photos:
            shutil.copytree(template / "files", self.folder / "files")

    def command(self, *words: str) -> str:
        """Run `inhand ...` and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "app.commands", *words],
            cwd=PROJECT, env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def start(self) -> None:
        """Start web and worker, each in a group of its own."""
        bind = ["--bind", f"127.0.0.1:{self.upstream}", "--worker-class", "gthread", "--threads", "8"]
        quiet = ["--log-level", "critical", "--no-control-socket"]
        self.web = self._process([sys.executable, "-m", "gunicorn", *bind, *quiet, "wsgi:app"])
        self.worker = self._process([sys.executable, "-m", "app.commands", "worker"])
        wait_until("the web answers", lambda: answers(self.upstream))

    def kill(self) -> None:
        """SIGKILL to both groups; the port is closed afterwards."""
        for process in (self.web, self.worker):
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(PATIENCE)
        wait_until("the port is closed", lambda: not answers(self.upstream))

    def close(self) -> None:
        """End everything."""
        self.line.close()
        self.kill()

    def _process(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, cwd=PROJECT, env=self.environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@functools.cache
def _template() -> Path:
    """A folder of this run for what every site starts with."""
    folder = Path(tempfile.mkdtemp(prefix="inhand-sites-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextlib.contextmanager
def open_site(folder: Path, *, photos: bool = False, people: bool = True) -> Iterator[Site]:
    """A site that is ended whatever happens; `photos`: the invented people have photos of their receipts."""
    site = Site(folder, photos=photos, people=people)
    try:
        yield site
    finally:
        site.close()


def _read_message(browser: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        part = browser.recv(65536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    wanted = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            wanted = int(value)
    while len(body) < wanted:
        part = browser.recv(65536)
        if not part:
            return b""
        body += part
    return head + b"\r\n\r\n" + body


def _closing(request: bytes) -> bytes:
    """The same request, asking for the connection to be closed after it."""
    head, gap, body = request.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"keep-alive:"))]
    return b"\r\n".join([*lines, b"Connection: close"]) + gap + body

"""Web and worker under one parent: started together, ended together.

Each child leads a process group of its own, so that ending it ends what it started too, and the kernel ends
it when the parent is killed outright. When one child dies the other is ended and the exit status tells.
"""

import argparse
import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess  # nosec B404 # each call passes a list, never a shell's line
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from app.core.lan import Papers, context_for, guide, papers_for

GRACE_SECONDS = 10.0
PATIENCE_SECONDS = 60.0
TICK_SECONDS = 0.1
PR_SET_PDEATHSIG = 1


@dataclass
class Household:
    """Some children and the signal that asked for their end, if one did."""

    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    asked: int = 0

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a child as the leader of its own group."""
        self.children[name] = subprocess.Popen(  # nosec B603 # a list of our own
            command, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=end_with_parent
        )

    def ask_to_end(self, number: int, frame: FrameType | None) -> None:
        """A signal handler: the loop sees it at its next tick."""
        self.asked = number

    def first_dead(self, names: Sequence[str]) -> tuple[str, int] | None:
        """The first of these children that has ended, with its exit status."""
        ended = ((name, self.children[name].poll()) for name in names)
        return next(((name, status) for name, status in ended if status is not None), None)

    def end(self) -> None:
        """End every group: politely, and after the grace by force."""
        for child in self.children.values():
            signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            signal_group(child, signal.SIGKILL)
            child.wait()


def end_with_parent() -> None:
    """In a new child on Linux: have the kernel end it if its parent is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def signal_group(child: subprocess.Popen[bytes], number: int) -> None:
    """Signal a child's whole group, also when its leader has ended already."""
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return


def serve(host: str, port: int, *, dev: bool = False, lan: str = "", afterwards: Sequence[str] = ()) -> int:
    """Serve until a signal or until a child dies. Returns the exit status.

    `lan` is this computer's address for phones: then all goes by https, and the certificate is handed out next door.
    `afterwards` is a command that is started once the web answers; its end changes nothing.
    """
    if port_is_taken(host, port):
        print(f"Port {port} is taken. Try another one: --port {port + 1}", file=sys.stderr)
        return 1
    household = Household()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, household.ask_to_end)
    papers = papers_for(lan) if lan else None
    household.start("web", web_command(host, port, dev=dev, papers=papers))
    household.start("worker", worker_command())
    if papers:
        household.start("certificate", [sys.executable, "-m", "app.core.lan", "hand-out", lan, str(port + 1)])
    words = guide(lan, port, papers) if papers else ""
    try:
        return watch(household, lambda: greet(household, host, port, afterwards, papers=papers, words=words))
    finally:
        household.end()


def web_command(host: str, port: int, *, dev: bool, papers: Papers | None = None) -> list[str]:
    """gunicorn with threads. Two processes, so that one slow answer never holds up everybody."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"{bracketed(host)}:{port}",
        "--worker-class",
        "gthread",
    ]
    if papers:
        command += ["--certfile", str(papers.certificate), "--keyfile", str(papers.key)]
    command += ["--workers", "2", "--threads", "8", "--graceful-timeout", "5", "--no-control-socket"]
    command += ["--log-level", "warning", *(["--reload"] if dev else []), "wsgi:app"]
    return command


def worker_command() -> list[str]:
    """The worker is a command like any other."""
    return [sys.executable, "-m", "app.commands", "worker"]


def watch(household: Household, greet_when_ready: Callable[[], bool]) -> int:
    """Wait for a signal or a death; greet once, when the web answers."""
    names = tuple(household.children)
    deadline = time.monotonic() + PATIENCE_SECONDS
    greeted = False
    while not household.asked:
        if dead := household.first_dead(names):
            print(f"The {dead[0]} process ended by itself (status {dead[1]}). Stopping.", file=sys.stderr)
            return 1
        greeted = greeted or greet_when_ready()
        if not greeted and time.monotonic() > deadline:
            print(f"The web did not answer within {PATIENCE_SECONDS:.0f} seconds. Stopping.", file=sys.stderr)
            return 1
        time.sleep(TICK_SECONDS)
    return 0 if household.asked == signal.SIGINT else 128 + household.asked


def greet(
    household: Household,
    host: str,
    port: int,
    afterwards: Sequence[str],
    *,
    papers: Papers | None = None,
    words: str = "",
) -> bool:
    """Once the web answers: say where, and start what was to come afterwards."""
    if not web_answers(host, port, papers):
        return False
    print(f"Inhand is at http{'s' if papers else ''}://localhost:{port}   (Ctrl-C ends it)", flush=True)
    if words:
        print(words, flush=True)
    if afterwards:
        household.start("afterwards", afterwards)
    return True


def web_answers(host: str, port: int, papers: Papers | None = None) -> bool:
    """Whether any HTTP answer comes, whatever it says."""
    connection = connection_to(near(host), port, papers)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def connection_to(host: str, port: int, papers: Papers | None) -> http.client.HTTPConnection:
    """A connection to the web process, by https where it has a certificate."""
    if papers:
        return http.client.HTTPSConnection(host, port, timeout=10, context=context_for(papers))
    return http.client.HTTPConnection(host, port, timeout=10)


def port_is_taken(host: str, port: int) -> bool:
    """Whether something already answers there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        return probe.connect_ex((near(host), port)) == 0


def near(host: str) -> str:
    """The address to reach a server on this machine by."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - not a bind  # nosec B104


def bracketed(host: str) -> str:
    """An IPv6 address as it stands before a port."""
    return f"[{host}]" if ":" in host else host


def main() -> None:
    """The command line of this module, as `bin/run` calls it."""
    parser = argparse.ArgumentParser(prog="inhand serve", description="Web and worker under one parent.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--dev", action="store_true", help="take changed files without a restart")
    parser.add_argument("--lan", default="", help="this computer's address for phones: by https, with a guide")
    parser.add_argument("--afterwards", nargs=argparse.REMAINDER, default=[], help="a command to start once it serves")
    chosen = parser.parse_args()
    sys.exit(serve(chosen.host, chosen.port, dev=chosen.dev, lan=chosen.lan, afterwards=chosen.afterwards))


if __name__ == "__main__":
    main()

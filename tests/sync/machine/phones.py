"""The node child that holds the phones, and the line between it and the server."""

import base64
import contextlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("child.mjs")
PROJECT = CHILD.parents[3]

Line = dict[str, Any]


@dataclass
class Phones:
    """Sends commands to the phones and answers what they ask. `answer` stands for network and server."""

    answer: Callable[[Line], Line | None]
    child: subprocess.Popen[str] = field(init=False)
    results: dict[int, Line] = field(default_factory=dict)
    last: int = 0

    def __post_init__(self) -> None:
        self.child = subprocess.Popen(
            ["node", "--no-warnings", str(CHILD)], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def close(self) -> None:
        """End the child."""
        if self.child.stdin:
            with contextlib.suppress(BrokenPipeError):  # a line that a dead child never took
                self.child.stdin.close()
        self.child.wait(10)
        if self.child.stdout:
            self.child.stdout.close()

    def start(self, cmd: str, **facts: Any) -> int:
        """Begin a command; `finish` waits for it."""
        self.last += 1
        self._write({"id": self.last, "cmd": cmd, **facts})
        return self.last

    def finish(self, number: int) -> Any:
        """Answer what the phones ask until the command is done."""
        while number not in self.results:
            self.step()
        found = self.results.pop(number)
        if "error" in found:
            raise AssertionError(found["error"])
        return found["result"]

    def do(self, cmd: str, **facts: Any) -> Any:
        """Carry out a command."""
        return self.finish(self.start(cmd, **facts))

    def step(self) -> None:
        """Read one line: a result, or something a phone asks the server. No answer now means one comes later."""
        assert self.child.stdout
        line = self.child.stdout.readline()
        if not line:
            raise AssertionError("the phones are gone")
        message = json.loads(line)
        if "ask" not in message:
            self.results[message["id"]] = message
            return
        reply = self.answer(message)
        if reply is not None:
            self.reply(message["ask"], reply)

    def reply(self, ask: int, reply: Line) -> None:
        """Give a phone the server's answer."""
        self._write({"answer": ask, **reply})

    def _write(self, line: Line) -> None:
        assert self.child.stdin
        self.child.stdin.write(json.dumps(line) + "\n")
        self.child.stdin.flush()


def as_reply(status: int, headers: dict[str, str], body: bytes) -> Line:
    """An answer of the server, for the line."""
    return {"status": status, "headers": headers, "body": base64.b64encode(body).decode()}


LOST: Line = {"lost": True}

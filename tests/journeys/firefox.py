"""A real Firefox, driven by WebDriver BiDi over its own WebSocket: a profile on disk, taps, and what a page says."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.journeys.site import PATIENCE, answers, free_port, wait_until
from tests.journeys.websocket import WebSocket, connect

PROGRAM = Path("/usr/bin/firefox-esr")
# Messages come from our own push service; nothing else is asked of the world; asking for notifications is a yes.
PREFERENCES: dict[str, object] = {
    "alerts.useSystemBackend": False,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.testing.allowInsecureServerURL": True,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "permissions.default.desktop-notification": 1,
    "remote.prefs.recommended": False,  # they cut the connection to push services
    "services.settings.server": "http://127.0.0.1:9/",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """One profile. `zone` is where its clock is."""

    def __init__(self, profile: Path, push_port: int, zone: str) -> None:
        profile.mkdir(exist_ok=True)
        wanted = {**PREFERENCES, "dom.push.serverURL": f"ws://127.0.0.1:{push_port}/"}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items()]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        self.profile, self.zone = profile, zone
        self.count = 0
        self.start()

    def start(self) -> None:
        """A fresh process on the profile."""
        port = free_port()
        command = [str(PROGRAM), "--headless", "--no-remote", "--profile", str(self.profile)]
        self.process = subprocess.Popen(
            [*command, "--remote-debugging-port", str(port), "about:blank"], start_new_session=True,
            env={**os.environ, "HOME": str(self.profile), "TZ": self.zone, "MOZ_HEADLESS": "1"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until("Firefox listens", lambda: answers(port))
        self.door: WebSocket = connect(port, "/session", seconds=PATIENCE)
        self.ask("session.new", capabilities={})
        self.tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def stop(self) -> None:
        """SIGKILL to the whole group, as when the battery dies."""
        self.door.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def ask(self, method: str, **facts: Any) -> dict[str, Any]:
        """One command of the protocol, and its result."""
        self.count += 1
        self.door.send(json.dumps({"id": self.count, "method": method, "params": facts}))
        while True:
            text = self.door.receive()
            assert text is not None, f"Firefox went away at {method}"
            said: dict[str, Any] = json.loads(text)
            if said.get("id") == self.count:
                assert said["type"] == "success", f"{method}: {said}"
                found: dict[str, Any] = said["result"]
                return found

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        wait_until(f"{address} is loaded", lambda: self._loads(address))

    def _loads(self, address: str) -> bool:
        with contextlib.suppress(AssertionError):  # a server that is just starting may let a connection fall
            self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")
            return True
        return False

    def evaluate(self, expression: str) -> Any:
        """What an expression, or its promise, comes to."""
        asked = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        told = self.ask("script.evaluate", expression=asked, target={"context": self.tab}, awaitPromise=True)
        assert told["type"] == "success", told.get("exceptionDetails", {}).get("text")
        return json.loads(told["result"]["value"])

    def wait_for(self, expression: str) -> None:
        """Until an expression comes true on the page that is there then."""
        wait_until(expression, lambda: self._holds(expression))

    def _holds(self, expression: str) -> bool:
        with contextlib.suppress(AssertionError):  # a page that is being left answers nothing
            return bool(self.evaluate(f"Promise.resolve({expression}).then(Boolean)"))
        return False

    def tap(self, role: str, name: str) -> None:
        """A real tap on what has this role and name."""
        self._tap({"type": "accessibility", "value": {"role": role, "name": name}})

    def write(self, label: str, words: str) -> None:
        """Tap the words over a field, then type."""
        self._tap({"type": "xpath", "value": f"//label[normalize-space() = '{label}']"})
        keys = [{"type": kind, "value": letter} for letter in words for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": keys})

    def _tap(self, locator: dict[str, Any]) -> None:
        wait_until(f"there is {locator}", lambda: self._located(locator))
        node = {"sharedId": self._located(locator)[0]["sharedId"]}
        shown = "one => one.scrollIntoView({ block: 'center', behavior: 'instant' })"
        self.ask("script.callFunction", functionDeclaration=shown, arguments=[node],
                 target={"context": self.tab}, awaitPromise=False)  # fmt: skip
        onto = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": node}}
        steps = [onto, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "finger", "actions": steps})

    def _located(self, locator: dict[str, Any]) -> list[dict[str, Any]]:
        asked = self.ask("browsingContext.locateNodes", context=self.tab, locator=locator)
        found: list[dict[str, Any]] = asked["nodes"]
        return found

    def _act(self, actions: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self.tab, actions=[actions])


@contextlib.contextmanager
def open_firefox(profile: Path, push_port: int, zone: str) -> Iterator[Firefox]:
    """One that is ended whatever happens."""
    made = Firefox(profile, push_port, zone)
    try:
        yield made
    finally:
        made.stop()

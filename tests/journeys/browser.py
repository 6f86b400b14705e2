"""A real Chromium with a profile on disk, that can be killed and started again."""

import contextlib
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 60_000


class Phone:
    """One browser profile used as a phone."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self.playwright = playwright
        self.profile = profile
        self.context = self._launch()

    @property
    def page(self) -> Page:
        """The open tab."""
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def kill(self) -> None:
        """SIGKILL to every process of this browser, as when the battery dies."""
        for pid in self._pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.context.close()

    def restart(self) -> None:
        """A fresh browser process on the same profile."""
        self.context = self._launch()

    def close(self) -> None:
        """End the browser."""
        with contextlib.suppress(Exception):
            self.context.close()

    def sign_in(self, url: str, email: str, password: str) -> None:
        """Sign in and wait for the whole first screen, at the person's own address."""
        page = self.page
        page.goto(f"{url}/sign-in")
        page.get_by_label("Your email").fill(email)
        page.get_by_label("Your password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_selector(".tabs")
        page.wait_for_url(re.compile(r"/app/[0-9a-f-]{36}/"))

    def _launch(self) -> BrowserContext:
        context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=CHROMIUM, args=FLAGS, headless=True, viewport=PHONE, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    def _pids(self) -> list[int]:
        mine = f"--user-data-dir={self.profile}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if mine in (entry / "cmdline").read_bytes():
                        found.append(int(entry.name))
        return found


@contextlib.contextmanager
def phones(folder: Path, count: int = 1) -> Iterator[list[Phone]]:
    """Some phones, ended whatever happens."""
    with sync_playwright() as playwright:
        found = [Phone(playwright, folder / f"phone-{at}") for at in range(count)]
        try:
            yield found
        finally:
            for phone in found:
                phone.close()

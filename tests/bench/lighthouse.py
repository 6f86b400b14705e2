"""Lighthouse's scores on a phone: landing, sign-in, help and the signed-in home; the median of three runs of each."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.bench.filled import EMAIL
from tests.journeys.browser import CHROMIUM, FLAGS, Phone
from tests.journeys.site import PASSWORD, PROJECT, Site, free_port, open_site

RUNS = 3
WANTED = {"performance": 97, "accessibility": 100, "best-practices": 100}
FOUND_BY_SEARCH = {"seo": 100}
PAGES = {
    "landing": ("/", WANTED | FOUND_BY_SEARCH),
    "sign-in": ("/sign-in", WANTED),
    "help": ("/help", WANTED | FOUND_BY_SEARCH),
    "home": ("/app/", WANTED),
}
Scores = dict[str, dict[str, float]]


def main(argv: list[str]) -> int:
    """Run the bench. 1: a score is below what is wanted."""
    with tempfile.TemporaryDirectory(prefix="inhand-bench-") as name, open_site(Path(name)) as site:
        found = {page: _median(site, Path(name), page, path) for page, (path, _) in PAGES.items()}
    if "--json" in argv:
        print(json.dumps({"bench": "lighthouse", "load": os.getloadavg()[0], "results": found}))
    else:
        print(f"Lighthouse, mobile, median of {RUNS}, load {os.getloadavg()[0]:.1f}")
        for page, scores in found.items():
            print(f"  {page:<8} " + ", ".join(f"{name} {score:.0f}" for name, score in scores.items()))
    wrong = misses(found)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


def misses(found: Scores) -> list[str]:
    """What is below the wanted score, as sentences."""
    return [
        f"{page}: {name} is {found[page][name]:.0f}; {least} at least."
        for page, (_, wanted) in PAGES.items()
        for name, least in wanted.items()
        if found[page][name] < least
    ]


def _median(site: Site, folder: Path, page: str, path: str) -> dict[str, float]:
    runs = [_one(site, folder / f"{page}-{run}", path, signed_in=page == "home") for run in range(RUNS)]
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _one(site: Site, profile: Path, path: str, *, signed_in: bool) -> dict[str, float]:
    """One run in a browser of its own; signed in, the phone's copy is there already as on any day."""
    port = free_port()
    with sync_playwright() as playwright:
        if signed_in:
            phone = Phone(playwright, profile)
            phone.sign_in(site.url, EMAIL, PASSWORD)
            phone.page.wait_for_selector(".hero b")
            phone.page.wait_for_timeout(2_000)  # the profile reaches the disk
            phone.close()
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=CHROMIUM, args=[*FLAGS, f"--remote-debugging-port={port}"], headless=True
        )
        try:
            report = _lighthouse(f"{site.url}{path}", port, keep=signed_in)
        finally:
            context.close()
    return {name: round(100 * found["score"]) for name, found in report["categories"].items()}


def _lighthouse(address: str, port: int, *, keep: bool) -> "dict[str, dict[str, dict[str, float]]]":
    """The report, as the command prints it."""
    words = ["node", "node_modules/lighthouse/cli/index.js", address, f"--port={port}", "--output=json", "--quiet"]
    categories = "--only-categories=performance,accessibility,best-practices,seo"
    more = ["--disable-storage-reset"] if keep else []
    done = subprocess.run([*words, categories, *more], cwd=PROJECT, check=True, capture_output=True, text=True)
    report: dict[str, dict[str, dict[str, float]]] = json.loads(done.stdout)
    return report

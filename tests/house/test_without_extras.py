"""The app starts with its base packages alone: what reads receipts and finds names is installed later, or never."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

from packaging.requirements import Requirement

STARTS = ("app.commands", "app.jobs.worker", "wsgi")
# Runs in a process of its own: whatever is not a base package is as good as not installed.
GUARD = """
import importlib, json, sys
hidden, wanted = json.loads(sys.argv[1])
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in hidden:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden())
for name in wanted:
    importlib.import_module(name)
"""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def base_packages(project: Path) -> set[str]:
    """The names of the packages that the app always has, and of those that they need."""
    lines = tomllib.loads((project / "pyproject.toml").read_text())["project"]["dependencies"]
    wanted = [Requirement(line) for line in lines]
    found: set[str] = set()
    while wanted:
        one = wanted.pop()
        if plain(one.name) not in found and is_installed(plain(one.name)):
            found.add(plain(one.name))
            wanted += needed_by(one)
    return found


def needed_by(one: Requirement) -> list[Requirement]:
    """What a package needs itself, with those of its extras that were asked for."""
    asked = one.extras or {""}
    needs = [Requirement(line) for line in distribution(one.name).requires or []]
    return [need for need in needs if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in asked)]


def is_installed(name: str) -> bool:
    return any(name == plain(one) for owners in packages_distributions().values() for one in owners)


def modules_of_others(project: Path) -> list[str]:
    """The modules of every installed package that is none of the base."""
    base = base_packages(project)
    return sorted(
        module for module, owners in packages_distributions().items() if not any(plain(one) in base for one in owners)
    )


def load(project: Path, hidden: list[str], wanted: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARD, json.dumps([hidden, wanted])]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def test_every_start_needs_base_packages_only(project: Path) -> None:
    hidden = modules_of_others(project)
    assert {"numpy", "cv2", "onnxruntime", "pytest"} <= set(hidden)
    for start in STARTS:
        done = load(project, hidden, (start,))
        assert done.returncode == 0, f"{start}: {done.stderr.strip().splitlines()[-1]}"


def test_a_start_that_needs_more_is_found(project: Path) -> None:
    done = load(project, modules_of_others(project), ("app.receipts.reading.images",))
    assert done.returncode != 0
    assert "No module named 'numpy'" in done.stderr

"""Bandit looks at all code that runs: each exception names its rule and says why, and a planted flaw is found."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

NAMED = re.compile(r"# nosec (B\d{3})\b")
REASON = re.compile(r"# nosec B\d{3} # \w{1,}[^#]{6,}$|# noqa: S\d{3} - [^#]{6,}# nosec B\d{3}$")
FLAWS = {
    "B602": "import subprocess\nsubprocess.run(input(), shell=True)\n",
    "B608": "def find(session, name):\n    return session.execute(f\"SELECT id FROM goal WHERE words = '{name}'\")\n",
    "B301": "import pickle\npickle.loads(b'')\n",
    "B324": "import hashlib\nhashlib.md5(b'a password')\n",
}


def sources() -> list[Path]:
    return [*(PROJECT / "app").rglob("*.py"), PROJECT / "wsgi.py"]


def without_reason(text: str) -> list[str]:
    """Lines on which bandit is told to look away, without a rule or without a reason."""
    looking_away = [line.strip() for line in text.splitlines() if "nosec" in line]
    return [line for line in looking_away if not (NAMED.search(line) and REASON.search(line))]


def test_every_exception_names_its_rule_and_says_why() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sources()]
    assert sum("nosec" in text for text in texts) > 5
    assert [line for text in texts for line in without_reason(text)] == []


@pytest.mark.parametrize(
    "line", ["x = 1  # nosec", "x = 1  # nosec B105", "x = 1  # nosec B105 #", "x = 1  # nosec # a"]
)
def test_an_exception_without_rule_or_reason_is_found(line: str) -> None:
    assert without_reason(line) == [line]


@pytest.mark.parametrize("rule", FLAWS)
def test_a_planted_flaw_is_found(rule: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(FLAWS[rule], encoding="utf-8")
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", "--format", "json", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {one["test_id"] for one in json.loads(done.stdout)["results"]}
    assert (done.returncode, rule in found) == (1, True)

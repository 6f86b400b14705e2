"""Whatever is written into the person's log can be read in words."""

import re
from pathlib import Path

from app.accounts.people.feed import ACTS

CALL = re.compile(r"write_down\((.{0,160})", re.DOTALL)
NAME = re.compile(r'"([a-z_]+\.[a-z_]+)"')
# Who is in a plan or in its groups. What an account does for itself stands on its own pages.
OF_PLANS = ("basis.", "control.", "group.", "invitation.", "relationship.")


def test_each_act_that_is_written_down_has_its_words(project: Path) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (project / "app").rglob("*.py")]
    calls = [found for source in sources for found in CALL.findall(source)]
    written = {name for call in calls for name in NAME.findall(call)}
    assert {"group.joined", "group.left", "group.banned"} <= written
    assert sorted(name for name in written - set(ACTS) if name.startswith(OF_PLANS)) == []

"""Later versions of the app, made from the present one: with local migrations, and a word on a screen to tell them."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from app.core.assets import STATIC
from app.core.assets_build import NODE_MODULES, build
from tests.journeys.site import Site

# Each later version makes a table, and marks every row and operation that it brings along; `slow` lets it be killed.
STEP = """{{
  blocks: (payload) => {{
    console.log("step {number}");
    for (const until = performance.now() + {slow}; performance.now() < until;);
    const marked = (row) => ({{ ...row, body: row.body && {{ ...row.body, step: {number} }} }});
    return {{ ...payload, rows: payload.rows.map(marked) }};
  }},
  outbox: (payload) => ({{ ...payload, step: {number} }}),
}}"""


@dataclass
class DeployedSite(Site):
    """A site that serves the phone's files of a folder of its own, which `deploy` changes."""

    def __post_init__(self) -> None:
        self.deployed = version(self.folder, 0)
        super().__post_init__()

    def deploy(self, later: int, *, slow: int = 0) -> None:
        """Put a later version there: so many local migrations more than the present one."""
        self.kill()
        self.deployed = version(self.folder, later, slow=slow)
        self.start()

    def _process(self, command: list[str]) -> "subprocess.Popen[bytes]":
        self.environment["PHONE_FILES"] = str(self.deployed)
        return super()._process(["tests.journeys.deployed:app" if word == "wsgi:app" else word for word in command])


def version(folder: Path, later: int, *, slow: int = 0) -> Path:
    """The phone's files of the version that is so many versions later than the present one, built."""
    static = folder / f"version-{later}-{slow}"
    shutil.copytree(STATIC, static)
    migrate = static / "js/core/migrate.js"
    text = migrate.read_text()
    steps = ", ".join(STEP.format(number=number + 1, slow=slow) for number in range(later))
    tables = "".join(f'  (db) => void db.createObjectStore("later-{number + 1}"),\n' for number in range(later))
    assert "STEPS = []" in text, "The present version has migrations of its own now: put the later ones behind them."
    text = text.replace("STEPS = []", f"STEPS = [{steps}]").replace("  },\n];", f"  }},\n{tables}];", 1)
    migrate.write_text(text)
    more = static / "js/more/more.js"
    more.write_text(more.read_text().replace('title="More"', f'title="More of version {later}"'))
    build(static, NODE_MODULES)
    return static

"""What each broken or hostile file costs the process that opens it: bin/bench hostile [--json]."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.core.make_images import hostile

MOST_SECONDS, MOST_MIB = 2.0, 300


def main(words: list[str]) -> int:
    """Print one line a file: seconds of computing, MiB, and the sentence. 1 where a bound or a sentence is missed."""
    costs = measured(hostile())
    if "--json" in words:
        print(json.dumps(costs))
    else:
        for cost in sorted(costs, key=lambda one: -one["cpu"]):
            print(f"{cost['cpu']:6.2f} s {cost['mib']:5} MiB  {cost['name']}: {cost['sentence']}")
        print(f"{len(costs)} files: at most {worst(costs, 'cpu'):.2f} s and {worst(costs, 'mib'):.0f} MiB")
    return int(any(not one["sentence"] or one["cpu"] > MOST_SECONDS or one["mib"] > MOST_MIB for one in costs))


def worst(costs: list[dict], name: str) -> float:
    """The largest of one figure."""
    return max(one[name] for one in costs)


def measured(files: dict[str, bytes]) -> list[dict]:
    """What each file costs, in a small process of its own: the kernel counts the parent's memory in."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        command = [sys.executable, "-m", "tests.core.cost", folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]

"""A plan with canaries: a word of its own in each text that somebody writes."""

import hashlib
from itertools import count

from app.core.ids import new_id
from tests.fixtures_app import OWN, op
from tests.sync.acts import SPENDING


def send_file(household, data):
    """Announce a file and send it; its sum."""
    sha256 = hashlib.sha256(data).hexdigest()
    facts = {"sha256": sha256, "size": len(data), "type": "image/jpeg", "name": "canary-file-00.jpg"}
    household.hers.results(op("file.announce", household.person, new_id(), facts))
    headers = {**OWN, "X-Inhand-Offset": "0", "X-Inhand-Size": str(len(data))}
    household.hers.client.put(f"/files/{household.person}/{sha256}", data=data, headers=headers)
    return sha256


def fill_plan(household, sha256):
    """Write something into each part of the plan, with canaries in every text; how many canaries there are."""
    numbers = count(1)

    def word():
        return f"canary{next(numbers):03d}xyzzy"

    def do(act, facts, *, row=None):
        row = row or new_id()
        [result] = household.hers.results(op(act, household.person, row, facts))
        assert result["status"] in {"done", "conflict"}, (act, result)
        return row

    pot = do("pot.write", {"name": word(), "funder": word(), "holding": "direct_payment", "currency": "GBP",
                          "opened_on": "2026-04-06"})  # fmt: skip
    for _ in range(6):
        goal = do("goal.write", {"words": word(), "why": word(), "importance": 5})
        do("goal.write", {"words": word()}, row=goal)
        do("step.write", {"goal": goal, "words": word()})
        do("check_in.write", {"goal": goal, "on": "2026-11-20", "going": "closer", "words": word()})
        do("choice.write", {"goal": goal, "idea": word(), "reason": word()})
    for _ in range(6):
        do(
            "entry.record",
            {
                **SPENDING,
                "pot": pot,
                "amount": 1250,
                "what": word(),
                "merchant": word(),
                "note": word(),
                "files": [sha256],
            },
        )
    return next(numbers) - 1

"""A phone that was put away long ago still brings what it holds: its operations are understood for ever."""

import json
from pathlib import Path

from app.core.ids import new_id
from app.factory import make_registry
from app.plans.service import about_id
from app.sync.models import account_stream, person_stream
from tests.fixtures_app import both_engines, op
from tests.house.test_operations import with_notice
from tests.peers.scene import with_group

GOLDEN = Path(__file__).parent / "golden" / "operations.jsonl"
"""Operations as released phones send them. Lines are only ever added: one for each act in each of its versions."""

# The group that its lines speak of.
PEERS = {
    "group": "a6b1c2d3-0001-4000-8000-00000000000a",
    "post": "a6b1c2d3-0002-4000-8000-00000000000a",
    "sharing": "a6b1c2d3-0003-4000-8000-00000000000a",
    "agreeing": "a6b1c2d3-0004-4000-8000-00000000000a",
    "idea": "a6b1c2d3-0005-4000-8000-00000000000a",
}


def golden():
    return [json.loads(line) for line in GOLDEN.read_text().splitlines()]


def send_golden(household, parts):
    """Send them in order with the present ids. CONFLICT is what the line before made."""
    person, account = household.person, household.maria
    names = {"PERSON": person, "ABOUT": about_id(person), "ACCOUNT": account, "NOTICE": with_notice(household, parts)}
    with_group(parts, account, person, PEERS)
    own, conflict = {"ACCOUNT", "NOTICE"}, None
    for line in golden():
        row = {**names, "CONFLICT": conflict}.get(line["row"], line["row"])
        stream = account_stream(account) if line["row"] in own else person_stream(person)
        (result,) = household.hers.results({**line, "row": row, "stream": stream})
        conflict = result.get("conflict", conflict)
        yield line, result


@both_engines
def test_every_operation_that_was_ever_released_is_understood(household, parts):
    refused = [(line["act"], result) for line, result in send_golden(household, parts) if result["status"] == "refused"]
    assert not refused


def test_each_act_in_each_version_has_a_golden_operation():
    known = {(act.name, version) for act in make_registry().acts.values() for version in range(1, act.version + 1)}
    missing = known - {(line["act"], line["version"]) for line in golden()}
    assert not missing, f"Add a line for each to {GOLDEN.name}, as a phone sends it: {sorted(missing)}"


def test_a_phone_silent_for_a_year_sends_what_it_kept_and_gets_what_it_missed(household, parts, clock, phone):
    household.his.catch_up()
    kept = op("goal.write", household.person, new_id(), {"words": "Written a year ago"})
    assert list(send_golden(household, parts))
    clock.go_on(days=366)
    hers, his = phone(household.maria), phone(household.tom)  # both have signed in again, on the same devices
    his.device, his.cursors = household.his.device, household.his.cursors
    answer = his.exchange(kept)
    assert answer["results"][0]["status"] == "done"
    rows = {(row["kind"], row["id"]) for item in answer["changes"] for row in item["rows"]}
    while answer["more"]:
        answer = his.exchange()
        rows |= {(row["kind"], row["id"]) for item in answer["changes"] for row in item["rows"]}
    assert rows >= {(row["kind"], row["id"]) for row in hers.catch_up() if row["kind"] in {"goal", "entry", "conflict"}}

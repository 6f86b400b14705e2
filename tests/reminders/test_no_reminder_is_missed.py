"""Reminders over a change of clocks and a leap day, with a bad push service and a worker that is killed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.reminders.machine import Machine, Seen, look, people, running
from tests.reminders.push_service import PushService


@pytest.mark.parametrize(
    ("count", "days", "kills", "seconds"),
    [(15, (7, 1), 2, 0.5), pytest.param(334, (28, 7, 1), 10, 9.0, marks=pytest.mark.long)],
)
def test_no_reminder_is_missed_and_none_comes_at_night(
    parts, clock, push: PushService, tmp_path: Path, count, days, kills, seconds
):
    clock.moment = datetime(2028, 2, 28, tzinfo=UTC) - timedelta(days=max(days))
    every = count * len(days) // (kills + 1)
    kill_at = {number * every for number in range(1, kills + 1)}
    machine = Machine(parts, clock, push, tmp_path, seconds, kill_at, days)
    people(machine, count)
    with running(machine):
        seen = look(machine)
    check_what_was_injected(machine, seen, kills)
    assert len(seen.reminders) == count * len(days)
    assert seen.missed() == []
    assert len(seen.twice()) <= max(kills, len(seen.reminders) // 100), seen.twice()
    assert {len(seen.topics(tag)) for tag in seen.first()} == {1}
    assert (seen.in_quiet_hours(), seen.at_a_wrong_hour()) == ([], [])
    longest = max(float(line) for line in (tmp_path / "durations").read_text().split())
    assert longest <= seconds + 1.0
    print(f"{len(seen.reminders):,} reminders, {machine.killed} kills, {len(seen.arrivals):,} messages, "
          f"0 missed, {len(seen.twice())} twice, longest {longest:.1f} s")  # fmt: skip


def check_what_was_injected(machine: Machine, seen: Seen, kills: int) -> None:
    """A test of faults that met none has shown nothing."""
    assert machine.killed == kills
    assert {one.answer for one in seen.arrivals} >= {"201", "404", "410", "413", "429-5400", "500", "hang", "reset"}
    assert any(one.days == 1 and one.on == "2028-03-01" for one in seen.reminders.values()), "29 February"
    assert any(one.on == "2028-03-27" and one.days == 1 for one in seen.reminders.values()), "clocks go forward"

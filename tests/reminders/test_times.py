"""The moment of a reminder where its reader lives: clock changes, leap days, quiet hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reminders.times import Wish, expiry, is_quiet, is_zone, local_moment, next_open, send_moment

LONDON = "Europe/London"
ALWAYS = {"quiet_from": 0, "quiet_until": 0}
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata", "UTC")


@pytest.mark.parametrize(
    ("on", "days", "at", "moment"),
    [
        ("2028-03-01", 1, 570, datetime(2028, 2, 29, 9, 30, tzinfo=UTC)),
        ("2027-03-01", 1, 570, datetime(2027, 2, 28, 9, 30, tzinfo=UTC)),
        ("2028-02-29", 28, 570, datetime(2028, 2, 1, 9, 30, tzinfo=UTC)),
        ("2026-03-30", 1, 570, datetime(2026, 3, 29, 8, 30, tzinfo=UTC)),  # the day clocks go forward
        ("2026-03-30", 7, 570, datetime(2026, 3, 23, 9, 30, tzinfo=UTC)),
        ("2026-03-30", 1, 90, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # 1:30 is left out: 2:00 it is
        ("2026-10-26", 1, 90, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # 1:30 comes twice: the first
        ("2027-01-01", 0, 570, datetime(2027, 1, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_the_moment_is_the_wished_time_of_day_so_many_days_before(on, days, at, moment):
    assert send_moment(on, days, Wish(at=at, zone=LONDON, **ALWAYS)) == moment


def test_quiet_hours_may_go_over_midnight():
    wish = Wish(quiet_from=21 * 60, quiet_until=8 * 60, zone=LONDON)
    found = [is_quiet(datetime(2026, 7, 1, hour, tzinfo=UTC), wish) for hour in (6, 7, 12, 19, 20, 23)]
    assert found == [True, False, False, False, True, True]


def test_quiet_hours_within_a_day_and_none_at_all():
    noon = Wish(quiet_from=12 * 60, quiet_until=14 * 60, zone="UTC")
    assert [is_quiet(datetime(2026, 7, 1, hour, tzinfo=UTC), noon) for hour in (11, 12, 13, 14)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not is_quiet(datetime(2026, 7, 1, tzinfo=UTC), Wish(zone="UTC", **ALWAYS))


wishes = st.builds(Wish, quiet_from=st.integers(0, 1439), quiet_until=st.integers(0, 1439), zone=st.sampled_from(ZONES))
moments = st.integers(0, 3 * 366 * 86_400).map(
    lambda second: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


@given(moments, wishes)
def test_what_waits_for_the_morning_comes_in_time_and_not_in_a_quiet_hour(moment, wish):
    opens = next_open(moment, wish)
    assert not is_quiet(opens, wish)
    assert timedelta(0) <= opens - moment <= timedelta(hours=25)
    if not is_quiet(moment, wish):
        assert opens == moment


@given(st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(0, 1439), st.sampled_from(ZONES))
def test_clocks_show_the_wished_time_or_it_was_left_out(day, minute, zone):
    local = local_moment(day, minute, zone).astimezone(ZoneInfo(zone))
    later = local.hour * 60 + local.minute - minute
    assert local.date() == day
    assert later == 0 or 0 < later <= 60


@pytest.mark.parametrize(("days", "hours"), [(28, 168), (14, 84), (7, 42), (1, 24), (0, 24)])
def test_a_reminder_is_worth_showing_for_a_while(days, hours):
    at = datetime(2026, 7, 1, tzinfo=UTC)
    assert expiry(at, days) == at + timedelta(hours=hours)


def test_only_real_zones_are_zones():
    assert [is_zone(name) for name in ("Europe/London", "UTC", "Mars/Base", "../../etc/passwd", "")] == [
        True, True, False, False, False,
    ]  # fmt: skip

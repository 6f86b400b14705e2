"""Tries are counted, and whoever had too many hears how long to wait: never too short, and in whole words."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.attempts import CODE_LIMIT, PEOPLE_LIMIT, Limit, count_apart
from app.core.errors import TooMany

WINDOW = datetime(2026, 11, 22, tzinfo=UTC)  # both limits begin a window here


@pytest.fixture
def told(parts, clock):
    """What is said, and the seconds to wait, so long after the window began."""

    def tell(limit: Limit, after: timedelta) -> tuple[str, int]:
        clock.moment = WINDOW + after
        for _ in range(limit.most):
            count_apart(parts.database, "k", limit)
        with pytest.raises(TooMany) as refused:
            count_apart(parts.database, "k", limit)
        return refused.value.sentence, refused.value.seconds

    return tell


@pytest.mark.parametrize(
    ("limit", "after", "words", "seconds"),
    [
        (CODE_LIMIT, timedelta(0), "15 minutes", 900),
        (CODE_LIMIT, timedelta(minutes=13, seconds=1), "2 minutes", 119),
        (CODE_LIMIT, timedelta(minutes=14), "1 minute", 60),
        (CODE_LIMIT, timedelta(minutes=14, seconds=59), "1 minute", 1),
        (PEOPLE_LIMIT, timedelta(0), "24 hours", 86400),
        (PEOPLE_LIMIT, timedelta(hours=22, minutes=30), "90 minutes", 5400),
        (PEOPLE_LIMIT, timedelta(hours=22, minutes=29), "2 hours", 5460),
    ],
)
def test_who_waits_as_long_as_was_said_is_let_in(told, limit, after, words, seconds):
    assert told(limit, after) == (f"That was tried too often. Wait {words}, then try again.", seconds)

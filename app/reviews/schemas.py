"""Facts of the acts on reviews."""

from app.reviews.clock import MOST_FIRST_WEEKS, MOST_MONTHS
from app.sync.facts import Facts, PlainDate, ident, whole, words

LONGEST_NAME = 200


class ClockWrite(Facts):
    """Single fields of a review clock; what is not named stays. A new one needs the funder and the first day."""

    funder = words(LONGEST_NAME)
    with_whom = words(LONGEST_NAME)
    pot = ident(allow_none=True)
    starts_on = PlainDate()
    first_weeks = whole(1, MOST_FIRST_WEEKS)
    every_months = whole(1, MOST_MONTHS)
    next_on = PlainDate(allow_none=True)
    wants = words()


class ClockRemove(Facts):
    """Nothing but the clock itself."""


class ReviewRecord(Facts):
    """A review that happened: which clock it belongs to, the day, what was decided."""

    clock = ident(required=True)
    held_on = PlainDate(required=True)
    said = words(load_default="")


class ReviewWrite(Facts):
    """Single fields of a review that is written down; what is not named stays."""

    held_on = PlainDate()
    said = words()


class ReviewRemove(Facts):
    """Nothing but the review itself."""

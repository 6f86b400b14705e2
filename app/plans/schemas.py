"""Facts of the acts on a plan."""

from app.plans.models import GOING, SIDES, STATES, STEP_STATES
from app.sync.facts import Facts, Flag, PlainDate, ident, one_of, whole
from app.sync.facts import words as own_words

PLACES = (-1_000_000, 1_000_000)


class AboutWrite(Facts):
    """Single headings of "About me"; what is not named stays. Own words are never trimmed."""

    important = own_words()
    people = own_words()
    talking = own_words()
    wellness = own_words()
    please_do = own_words()
    please_dont = own_words()
    support = own_words()
    also = own_words()
    good_at = own_words()


class GoalWrite(Facts):
    """Single fields of a goal; what is not named stays. Own words are never trimmed."""

    words = own_words()
    why = own_words()
    importance = whole(1, 10, allow_none=True)
    side = one_of(*SIDES, allow_none=True)
    state = one_of(*STATES)
    closing_words = own_words()
    position = whole(*PLACES)
    private = Flag()


class GoalRemove(Facts):
    """Nothing but the goal itself."""


class StepWrite(Facts):
    """Single fields of a step; a new one names its goal. Own words are never trimmed."""

    goal = ident()
    words = own_words()
    by_when = PlainDate(allow_none=True)
    state = one_of(*STEP_STATES)
    position = whole(*PLACES)


class StepRemove(Facts):
    """Nothing but the step itself."""


class CheckInWrite(Facts):
    """Single fields of a check-in; a new one names its goal, its day and how it goes. Own words are never trimmed."""

    goal = ident()
    on = PlainDate()
    going = one_of(*GOING)
    words = own_words()


class CheckInRemove(Facts):
    """Nothing but the check-in itself."""

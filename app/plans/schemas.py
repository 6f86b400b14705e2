"""Facts of the acts on a plan."""

from app.plans.models import SIDES, STATES
from app.sync.facts import Facts, one_of, whole
from app.sync.facts import words as own_words


class GoalWrite(Facts):
    """Single fields of a goal; what is not named stays. Own words are never trimmed."""

    words = own_words()
    why = own_words()
    importance = whole(1, 10, allow_none=True)
    side = one_of(*SIDES, allow_none=True)
    state = one_of(*STATES)
    closing_words = own_words()
    position = whole(-1_000_000, 1_000_000)


class GoalRemove(Facts):
    """Nothing but the goal itself."""

"""How a story is told: as the acts that the phones of its people would have sent, in order."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from app.core.money import Pence
from app.demo.calendar import Year
from app.demo.receipts import Receipt

Fact = dict[str, Any]
ABOUT = "about me"
"""The key of the page about the person: its id is made from theirs."""


class Ref(str):
    """The key of another thing of the story; it becomes that row's id."""

    __slots__ = ()


@dataclass(frozen=True)
class SignIn:
    """Somebody who may sign in, and what they may do in this plan; `since` is days ago.

    `basis`: what allows them to look after it all (`policy.BASES`); `until`: their last day.
    """

    email: str
    name: str
    role: str
    since: int = 365
    basis: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class Told:
    """One act: what, on which row, by whom, and the receipt whose photo belongs to it."""

    act: str
    key: str
    facts: Fact
    by: str
    receipt: Receipt | None = None


@dataclass
class Story:
    """A person, who may sign in, and what happened. The same day and the same name always tell the same."""

    person: str
    colour: str
    sign_ins: tuple[SignIn, ...]
    year: Year
    told: list[Told] = field(default_factory=list)
    luck: Random = field(init=False)

    def __post_init__(self) -> None:
        self.luck = Random(self.person)  # noqa: S311 - a story, not a secret  # nosec B311

    def tell(self, act: str, key: str, facts: Fact, *, by: str = "", receipt: Receipt | None = None) -> None:
        """Any act of any feature; days and keys become what travels. `by` is an email, else the first sign-in."""
        self.told.append(Told(act, key, facts, by or self.sign_ins[0].email, receipt))

    def goal(self, key: str, words: str, why: str, importance: int, side: str, *, by: str = "", **more: Any) -> None:
        """A goal in the person's own words."""
        place = sum(1 for told in self.told if told.act == "goal.write")
        facts = {"words": words, "why": why, "importance": importance, "side": side, "position": place}
        self.tell("goal.write", key, {**facts, **more}, by=by)

    def pot(self, key: str, name: str, funder: str, holding: str) -> None:
        """A pot that was opened when the story starts."""
        opened = self.year.start
        facts = {"name": name, "funder": funder, "holding": holding, "opened_on": opened}
        self.tell("pot.write", key, facts)

    def before(self, pot: str, **agreed: Any) -> None:
        """The period up to the present budget year: `agreed` in pence, or `agreed_visits`."""
        span = {"starts_on": self.year.start, "ends_on": self.year.before_end}
        self.tell("period.write", f"{pot} before", {"pot": Ref(pot), **span, **agreed})

    def now(self, pot: str, **agreed: Any) -> None:
        """The present budget year."""
        span = {"starts_on": self.year.budget, "ends_on": self.year.budget_end}
        self.tell("period.write", f"{pot} now", {"pot": Ref(pot), **span, **agreed})

    def turn(self, pot: str, *, give_back: Pence, agreed: Pence) -> None:
        """End the period before: give some back, carry the rest over, begin the present year."""
        following = {"id": Ref(f"{pot} now"), "ends_on": self.year.budget_end, "agreed": agreed}
        facts = {"give_back": give_back, "repayment": Ref(f"{pot} given back"), "next": following}
        self.tell("period.end", f"{pot} before", facts)

    def line(
        self,
        pot: str,
        kind: str,
        amount: Pence,
        on: date,
        what: str,
        *,
        by: str = "",
        receipt: Receipt | None = None,
        **more: Any,
    ) -> str:
        """One line of the ledger; a line after today is left out. Returns its key. `more`: merchant, goal, note, ..."""
        key = f"{pot} {kind} {on.isoformat()} {what}"
        if on <= self.year.today:
            facts = {"pot": Ref(pot), "kind": kind, "amount": amount, "on": on, "what": what, **more}
            self.tell("entry.record", key, facts, by=by, receipt=receipt)
        return key

    def correct(self, key: str, **changes: Any) -> None:
        """Somebody wrote it down wrong and put it right."""
        self.tell(
            "entry.correct", key, {"changes": changes, "entry": Ref(f"{key} right"), "reversal": Ref(f"{key} back")}
        )

    def take_back(self, key: str) -> None:
        """Somebody wrote it down twice."""
        self.tell("entry.void", key, {"reversal": Ref(f"{key} back")})

    def choose(
        self, key: str, goal: str, *, pot: str | None, amount: Pence, per: str, reason: str, by: str = "", **more: Any
    ) -> None:
        """Support picked for a goal, with what it is to cost and why. `more`: option or idea, state."""
        place = sum(1 for told in self.told if told.act == "choice.write")
        facts = {"amount": amount, "per": per, "reason": reason, "position": place, "pot": Ref(pot) if pot else None}
        self.tell("choice.write", key, {"goal": Ref(goal), **facts, **more}, by=by)

    def about(self, *, by: str = "", **headings: str) -> None:
        """What the person says of themselves, heading by heading."""
        self.tell("about.write", ABOUT, dict(headings), by=by)

    def steps(self, goal: str, *steps: tuple[str, str]) -> None:
        """Small steps of a goal: words, and whether each is open or done."""
        for place, (words, state) in enumerate(steps):
            facts = {"goal": Ref(goal), "words": words, "state": state, "position": place}
            self.tell("step.write", f"{goal} step {place}", facts)

    def goes(self, goal: str, *said: tuple[int, str, str], by: str = "") -> None:
        """How a goal was going: so many days ago, the code, and words; a day before the story starts is left out."""
        for days, going, words in sorted(said, reverse=True):
            facts = {"goal": Ref(goal), "on": self.year.ago(days), "going": going, "words": words}
            self.tell("check_in.write", f"{goal} going {days}", facts, by=by)

    def reviews(self, funder: str, with_whom: str, *, pot: str, said: str, wants: str, next_in: int) -> None:
        """A funder's reviews: the first was held ten weeks after the start, the next comes in so many days."""
        year = self.year
        clock = {"funder": funder, "with_whom": with_whom, "pot": Ref(pot), "starts_on": year.start}
        coming = {"first_weeks": 13, "every_months": 12, "next_on": year.ago(-next_in)}
        self.tell("review_clock.write", f"{pot} reviews", {**clock, **coming})
        held = {"clock": Ref(f"{pot} reviews"), "held_on": year.start + timedelta(weeks=10), "said": said}
        self.tell("review.record", f"{pot} review", held)
        if wants:  # after the review: what was wanted before goes with it
            self.tell("review_clock.write", f"{pot} reviews", {"wants": wants})

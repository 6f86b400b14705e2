"""Whole ledgers made up from a seed: pots, periods, every kind of entry, corrections, voids, moves, gaps.

`make_case` takes a seeded `Random`; `cases()` hands it to Hypothesis. Each case is plain JSON.
"""

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from app.budgets.acts import plan_correction, plan_period_end, plan_transfer, plan_void
from app.budgets.ledger import statement
from app.budgets.rules import LedgerProblem
from app.core.money import BIGGEST_AMOUNT

Row = dict[str, Any]

EDGE_DAYS = (
    "2024-02-29", "2023-12-31", "2024-12-31", "2025-01-01", "2025-04-05", "2025-04-06", "2024-03-31",
    "2024-10-27", "2025-03-30", "2025-10-26", "2028-02-29", "2000-01-01", "2099-12-31",
)  # fmt: skip
HELD = ("third_party", "direct_payment", "managed_account", "prepaid_card", "own_money")
CASH_KINDS = ("instalment", "contribution", "refund", "spending", "repayment", "paid_by_me", "payback")
SERVICE_KINDS = ("service_received", "service_missed")
AUTHORS = ("Leroy", "Carol")


def cases(most: int = 25) -> st.SearchStrategy[Row]:
    """Hypothesis: whole ledgers of up to `most` acts; a failing one shrinks by its number of acts.

    Chance comes from one drawn seed: drawing every choice by itself is a hundred times slower.
    """
    return st.builds(seeded_case, st.integers(0, 2**32 - 1), st.integers(0, most))


def seeded_case(seed: int, acts: int) -> Row:
    """The ledger of a seed, the same on every machine."""
    return make_case(Random(seed), acts)


def make_case(random: Random, acts: int) -> Row:
    """A case: rows, the day asked for, and every act tried with its facts, so that it can be done again."""
    maker = Maker(random)
    maker.pots = [maker.new_pot() for _ in range(random.randint(1, 5))]
    maker.periods = [period for pot in maker.pots for period in maker.new_periods(pot["id"])]
    maker.commitments = [maker.new_commitment() for _ in range(random.randint(0, 6))]
    for _ in range(acts):
        maker.act()
    random.shuffle(maker.entries)
    return {
        "pots": maker.pots,
        "periods": maker.periods,
        "entries": maker.entries,
        "commitments": maker.commitments,
        "tries": maker.tries,
        "on": maker.day() if random.random() < 0.7 else None,
        "cut": maker.day(),
        "unknown": [pot["id"] for pot in maker.pots if random.random() < 0.1],
    }


def with_gap(case: Row, random: Random) -> Row:
    """The same case on a phone that has not received every line: some are missing, one is of a newer kind."""
    entries = [row for row in case["entries"] if random.random() > 0.15]
    if entries and random.random() < 0.3:
        entries[0] = entries[0] | {"kind": "kind_of_next_year"}
    return case | {"entries": entries}


class Maker:
    """Makes rows; each act goes through the real planning functions, as the server does it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.pots: list[Row] = []
        self.periods: list[Row] = []
        self.entries: list[Row] = []
        self.commitments: list[Row] = []
        self.tries: list[Row] = []

    def id(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def day(self) -> str:
        if self.random.random() < 0.35:
            return self.random.choice(EDGE_DAYS)
        if self.periods and self.random.random() < 0.3:
            period = self.random.choice(self.periods)
            return str(period[self.random.choice(("starts_on", "ends_on"))])
        return (date(2023, 1, 1) + timedelta(days=self.random.randint(0, 1500))).isoformat()

    def amount(self) -> int:
        edge = self.random.choice((1, 99, 100, 1000, 99_999, BIGGEST_AMOUNT))
        return edge if self.random.random() < 0.3 else self.random.randint(1, 500_000)

    def new_pot(self) -> Row:
        return {
            "id": self.id(),
            "person": "person-1",
            "name": "Pot",
            "funder": self.random.choice(("NHS Norwich", "Norfolk Council", "Me")),
            "holding": self.random.choice((*HELD, "notional")),
            "currency": self.random.choice(("GBP", "GBP", "GBP", "GBP", "EUR", "JPY")),
            "opened_on": "2023-01-01",
            "closed_on": self.day() if self.random.random() < 0.1 else None,
            "rev": 1,
        }

    def new_periods(self, pot: str) -> list[Row]:
        start = date.fromisoformat(self.random.choice(("2023-04-06", "2024-02-29", "2024-01-01", "2023-10-29")))
        made = []
        for _ in range(self.random.randint(0, 4)):
            end = start + timedelta(days=self.random.choice((0, 27, 89, 364, 365)))
            made.append(self._period(pot, start, end))
            start = end + timedelta(days=self.random.choice((1, 1, 1, 30)))
        return made

    def _period(self, pot: str, start: date, end: date) -> Row:
        return {
            "id": self.id(),
            "pot": pot,
            "starts_on": start.isoformat(),
            "ends_on": end.isoformat(),
            "agreed": self.random.choice((None, 0, self.amount())),
            "agreed_visits": self.random.choice((None, 0, 52)),
            "ended": False,
            "rev": 1,
        }

    def new_commitment(self) -> Row:
        return {
            "id": self.id(),
            "pot": self.random.choice(self.pots)["id"],
            "amount": self.amount(),
            "what": "Swimming",
            "goal": None,
            "due_on": None,
            "state": self.random.choice(("planned", "committed", "met", "dropped")),
            "rev": 1,
        }

    def new_entry(self, pot: Row) -> Row:
        kind = self.random.choice(SERVICE_KINDS if pot["holding"] == "notional" else CASH_KINDS)
        return {
            "id": self.id(),
            "pot": pot["id"],
            "kind": kind,
            "amount": 0 if kind in SERVICE_KINDS and self.random.random() < 0.3 else self.amount(),
            "on": self.day(),
            "what": self.random.choice(("Swimming", "Café £5 — Zoë", "Taxi")),
            "merchant": self.random.choice((None, "Riverside")),
            "goal": self.random.choice((None, "goal-1", "goal-2")),
            "note": "",
            "reverses": None,
            "replaces": None,
            "transfer": None,
            "reason": "Carer ill" if kind == "service_missed" else None,
            "author": self.random.choice(AUTHORS),
            "state": self.random.choice(("posted", "posted", "reconciled")),
            "superseded": False,
            "files": self.random.choice(([], [], ["ab" * 32], ["cd" * 32])),
            "rev": 1,
        }

    def act(self) -> None:
        chance = self.random.random()
        if chance < 0.6:
            self.entries.append(self.new_entry(self.random.choice(self.pots)))
        elif chance < 0.72:
            self._try_on_entry("correct", changes=self._changes())
        elif chance < 0.8:
            self._try_on_entry("void")
        elif chance < 0.95:
            self._try_transfer()
        else:
            self._try_period_end()

    def _changes(self) -> Row:
        wishes = {
            "amount": self.random.choice((self.amount(), self.amount(), 0, -5, BIGGEST_AMOUNT + 1)),
            "on": self.random.choice((self.day(), self.day(), "2025-02-29", "1999-12-31", "5 May")),
            "kind": self.random.choice((*CASH_KINDS, *SERVICE_KINDS, "transfer_in", "reversal")),
            "goal": self.random.choice((None, "goal-2")),
            "what": "Swimming",
            "files": ["ab" * 32],
        }
        return {name: wish for name, wish in wishes.items() if self.random.random() < 0.3}

    def _try_on_entry(self, act: str, **facts: Any) -> None:
        if not self.entries:
            return
        entry = self.random.choice(self.entries)
        sides = [row for row in self.entries if _is_other_side(entry, row)]
        other = sides[0] if sides and self.random.random() < 0.9 else None
        ids = {name: self.id() for name in ("reversal", "entry", "other_reversal", "other_entry")}
        self._try({"act": act, "entry": entry.copy(), "ids": ids, "other": other and other.copy(), **facts})

    def _try_transfer(self) -> None:
        source, target = self.random.choice(self.pots), self.random.choice(self.pots)
        amount = self.random.choice((self.amount(), self.amount(), self.amount(), 0))
        facts = {"amount": amount, "on": self.day(), "what": "Put by", "note": "For the scooter"}
        ids = {name: self.id() for name in ("transfer", "out", "in")}
        self._try({"act": "transfer", "source": source, "target": target, "facts": facts, "ids": ids})

    def _try_period_end(self) -> None:
        if not self.periods:
            return
        period = self.random.choice(self.periods)
        pot = next(pot for pot in self.pots if pot["id"] == period["pot"])
        closing = statement(period, self.entries, known=self.random.random() > 0.1)
        most = max(0, (closing["closing"] or 0) - (closing["owed_closing"] or 0))
        give_back = self.random.choice((0, most, most // 2, most + 1, -1))
        ids = {"repayment": self.id()}
        before = {"pot": pot, "period": period.copy(), "closing": closing, "give_back": give_back, "ids": ids}
        self._try({"act": "period_end", **before})
        period["ended"] = period["ended"] or self.random.random() < 0.5

    def _try(self, attempt: Row) -> None:
        attempt["author"] = self.random.choice(AUTHORS)
        self.tries.append(attempt)
        planned = [row.copy() for row in outcome(attempt).get("entries", [])]
        taken = {row["reverses"] for row in planned if row["kind"] == "reversal"}
        for row in self.entries:
            row["superseded"] = row["superseded"] or row["id"] in taken
        self.entries += planned


def outcome(attempt: Row) -> Row:
    """Do one act: `{"entries", "carried"?}` or `{"field", "sentence"}` when it cannot be."""
    try:
        return _done(attempt)
    except LedgerProblem as problem:
        return {"field": problem.field, "sentence": str(problem)}


def _done(attempt: Row) -> Row:
    act, ids, author = attempt["act"], attempt["ids"], attempt["author"]
    if act == "correct":
        planned = plan_correction(attempt["entry"], attempt["changes"], ids, author=author, other=attempt["other"])
        return {"entries": planned}
    if act == "void":
        return {"entries": plan_void(attempt["entry"], ids, author=author, other=attempt["other"])}
    if act == "transfer":
        return {"entries": plan_transfer(attempt["source"], attempt["target"], attempt["facts"], ids, author=author)}
    return dict(
        plan_period_end(
            attempt["pot"],
            attempt["period"],
            attempt["closing"],
            attempt["give_back"],
            ids,
            author=author,
        )
    )


def _is_other_side(entry: Row, row: Row) -> bool:
    return (
        entry["transfer"] is not None
        and row["transfer"] == entry["transfer"]
        and row["kind"] in ("transfer_in", "transfer_out")
        and row["kind"] != entry["kind"]
        and not row["superseded"]
    )

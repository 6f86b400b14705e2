"""Facts of the acts on money. Amounts are strict whole pence; days are plain dates."""

from marshmallow import fields, validate

from app.budgets.models import COMMITMENT_STATES, HOLDINGS
from app.budgets.rules import CASH
from app.core.money import BIGGEST_AMOUNT
from app.sync.facts import Facts, PlainDate, check_sha256, ident, one_of, whole, words

CURRENCIES = ("GBP", "EUR", "AUD", "USD")
LONGEST_LINE = 500
MOST_FILES = 20


def _files() -> fields.List[str]:
    return fields.List(fields.String(validate=check_sha256), validate=validate.Length(max=MOST_FILES))


class PotWrite(Facts):
    """Single fields of a pot; a new one needs its name, funder, way of holding and first day."""

    name = words(100)
    funder = words(100)
    holding = one_of(*HOLDINGS)
    currency = one_of(*CURRENCIES)
    opened_on = PlainDate()
    closed_on = PlainDate(allow_none=True)


class PeriodWrite(Facts):
    """Single fields of a period; a new one needs its pot and both days."""

    pot = ident()
    starts_on = PlainDate()
    ends_on = PlainDate()
    agreed = whole(0, BIGGEST_AMOUNT, allow_none=True)
    agreed_visits = whole(0, 100_000, allow_none=True)


class NextPeriod(Facts):
    """The period that follows."""

    id = ident(required=True)
    ends_on = PlainDate(required=True)
    agreed = whole(0, BIGGEST_AMOUNT, required=True, allow_none=True)
    agreed_visits = whole(0, 100_000, load_default=None, allow_none=True)


class PeriodEnd(Facts):
    """End a period: what goes back to the funder; the rest is carried over."""

    give_back = whole(0, BIGGEST_AMOUNT, required=True)
    repayment = ident(required=True)
    next = fields.Nested(NextPeriod, load_default=None, allow_none=True)


class EntryRecord(Facts):
    """One new line of the ledger."""

    pot = ident(required=True)
    kind = one_of(*sorted(CASH), required=True)
    amount = whole(0, BIGGEST_AMOUNT, required=True)
    on = PlainDate(required=True)
    what = words(LONGEST_LINE, required=True)
    merchant = words(LONGEST_LINE, load_default=None, allow_none=True)
    goal = ident(load_default=None, allow_none=True)
    note = words(load_default="")
    reason = words(LONGEST_LINE, load_default=None, allow_none=True)
    files = _files()


class EntryChanges(Facts):
    """What a correction may change."""

    kind = one_of(*sorted(CASH))
    amount = whole(0, BIGGEST_AMOUNT)
    on = PlainDate()
    what = words(LONGEST_LINE)
    merchant = words(LONGEST_LINE, allow_none=True)
    goal = ident(allow_none=True)
    note = words()
    reason = words(LONGEST_LINE, allow_none=True)
    files = _files()


class EntryCorrect(Facts):
    """Take a line back and write it anew. Ids come from the phone; `other_...` is a transfer's second side."""

    changes = fields.Nested(EntryChanges, required=True)
    entry = ident(required=True)
    reversal = ident(required=True)
    other_entry = ident()
    other_reversal = ident()


class EntryVoid(Facts):
    """Take a line back."""

    reversal = ident(required=True)
    other_reversal = ident()


class PotTransfer(Facts):
    """Move money from one pot to another."""

    source = ident(required=True)
    target = ident(required=True)
    amount = whole(1, BIGGEST_AMOUNT, required=True)
    on = PlainDate(required=True)
    what = words(LONGEST_LINE, required=True)
    note = words(load_default="")
    out_entry = ident(required=True)
    in_entry = ident(required=True)


class CommitmentWrite(Facts):
    """Single fields of a promise or a plan to spend; a new one needs its pot, amount and words."""

    pot = ident()
    amount = whole(1, BIGGEST_AMOUNT)
    what = words(LONGEST_LINE)
    goal = ident(allow_none=True)
    due_on = PlainDate(allow_none=True)
    state = one_of(*COMMITMENT_STATES)

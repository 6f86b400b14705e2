"""Every guard of the ledger, each with the fault that it finds."""

import pytest

from app.budgets.rules import check_amount, check_entry, check_ledger, check_payback, check_periods, is_date
from tests.budgets.rows import a_period, a_pot, an_entry

SPENT = an_entry("a", "spending", 100, "2026-05-01")
TAKEN_BACK = SPENT | {"superseded": True}
REVERSAL = an_entry("b", "reversal", 100, "2026-05-01", reverses="a")
OUT = an_entry("o", "transfer_out", 5, "2026-05-01", transfer="t")
NOT_BOTH = "This line is marked as taken back, or is taken back, but not both."
TWO_SIDES = "The two sides of this move of money do not match."
INTO = an_entry("i", "transfer_in", 5, "2026-05-01", transfer="t", pot="own")


def where(entry, **pot):
    fault = check_entry(entry, a_pot(**pot))
    return fault and fault["where"]


def test_an_entry_is_checked_for_its_kind_amount_day_and_pot():
    assert where(SPENT) is None
    assert where(REVERSAL) == "kind"
    assert where(SPENT, holding="notional") == "kind"
    assert where(SPENT | {"kind": "service_missed"}) == "kind"
    assert where(SPENT | {"kind": "service_missed", "amount": 0}, holding="notional") is None
    assert where(SPENT | {"amount": 0}) == "amount"
    assert where(SPENT | {"on": "2026-02-29"}) == "on"
    assert where(SPENT, closed_on="2026-04-30") == "on"
    assert where(SPENT, closed_on="2026-05-01") is None


def test_sentences_name_the_currency_of_the_pot():
    fault = check_entry(SPENT | {"amount": 10**9}, a_pot(currency="JPY"))
    assert fault["sentence"] == "The biggest amount you can write is ¥999,999,999."


@pytest.mark.parametrize("amount", [-1, 0, 10**9, 1.0, "5", True, None])
def test_an_amount_out_of_bounds_or_no_whole_number_is_refused(amount):
    assert check_amount("spending", amount)


def test_the_smallest_and_biggest_amounts_stand():
    assert check_amount("spending", 1) is None
    assert check_amount("spending", 999_999_999) is None
    assert check_amount("service_received", 0) is None
    assert check_amount("service_received", -1)


@pytest.mark.parametrize("text", ["2025-02-29", "1999-12-31", "2100-01-01", "20260501", "2026-5-1", "", None, 20260501])
def test_what_is_no_day_of_the_ledger_is_refused(text):
    assert not is_date(text)


@pytest.mark.parametrize("text", ["2024-02-29", "2000-01-01", "2099-12-31", "2026-03-29"])
def test_days_of_the_ledger_stand(text):
    assert is_date(text)


def test_no_more_is_paid_back_than_the_pot_owes():
    assert check_payback(500, 500) is None
    assert "owes you £5.00" in check_payback(501, 500)
    assert "owes you £0.00" in check_payback(1, -5)
    assert "do not know yet" in check_payback(1, None)


def test_periods_that_touch_stand_and_those_that_overlap_do_not():
    one, two = a_period("one", "2026-01-01", "2026-01-31"), a_period("two", "2026-02-01", "2026-02-28")
    assert check_periods([two, one]) == []
    assert check_periods([one | {"ends_on": "2026-02-01"}, two])[0]["where"] == "two"
    assert check_periods([one | {"ends_on": "2026-12-31"}, two, two | {"id": "z", "starts_on": "2026-05-01"}])[1]
    assert check_periods([one | {"ends_on": "2026-02-01"}, two | {"pot": "own"}]) == []
    assert "before it starts" in check_periods([one | {"ends_on": "2025-12-31"}])[0]["sentence"]
    assert check_periods([one | {"ends_on": "2026-01-01"}]) == []


@pytest.mark.parametrize(
    ("entries", "place", "sentence"),
    [
        ([SPENT, SPENT], "a", "Two lines have this id."),
        ([SPENT | {"pot": "gone"}], "a", "The pot of this line is missing."),
        ([SPENT | {"amount": 0}], "a", "Write an amount above £0.00."),
        ([TAKEN_BACK], "a", NOT_BOTH),
        ([SPENT, REVERSAL], "a", NOT_BOTH),
        ([TAKEN_BACK, REVERSAL, REVERSAL | {"id": "c"}], "a", "This line was taken back more than once."),
        ([REVERSAL], "b", "The line that this takes back is missing."),
        ([TAKEN_BACK | {"amount": 99}, REVERSAL], "b", "This differs from the line that it takes back."),
        ([TAKEN_BACK | {"on": "2026-05-02"}, REVERSAL], "b", "This differs from the line that it takes back."),
        ([TAKEN_BACK | {"pot": "own"}, REVERSAL], "b", "This differs from the line that it takes back."),
        (
            [TAKEN_BACK, REVERSAL | {"superseded": True}, REVERSAL | {"id": "c", "reverses": "b"}],
            "c",
            "This takes back a line that takes another back.",
        ),
        ([SPENT, SPENT | {"id": "c", "replaces": "a"}], "c", "This line replaces one that was not taken back."),
        ([OUT], "t", TWO_SIDES),
        ([OUT, INTO | {"amount": 6}], "t", TWO_SIDES),
        ([OUT, INTO | {"pot": "nhs"}], "t", TWO_SIDES),
        ([OUT | {"transfer": None}, INTO | {"transfer": None}], "", TWO_SIDES),
        ([OUT, INTO | {"superseded": True}, REVERSAL | {"reverses": "i", "amount": 5, "pot": "own"}], "t", TWO_SIDES),
        ([OUT, INTO, OUT | {"id": "p", "pot": "third"}, INTO | {"id": "j"}], "t", TWO_SIDES),
    ],
)
def test_a_fault_planted_in_a_ledger_is_found(entries, place, sentence):
    pots = [a_pot(), a_pot("own"), a_pot("third")]
    assert {"where": place, "sentence": sentence} in check_ledger(pots, entries)


def test_a_sound_ledger_has_no_fault():
    corrected = [TAKEN_BACK, REVERSAL, SPENT | {"id": "c", "replaces": "a"}, OUT, INTO]
    assert check_ledger([a_pot(), a_pot("own")], corrected) == []


def test_a_move_of_money_with_one_side_put_on_another_day_is_sound():
    back = an_entry("r", "reversal", 5, "2026-05-01", reverses="o")
    again = OUT | {"id": "p", "on": "2026-05-02", "replaces": "o"}
    assert check_ledger([a_pot(), a_pot("own")], [OUT | {"superseded": True}, back, again, INTO]) == []


def test_only_the_lines_with_a_fault_are_named():
    fine = SPENT | {"id": "c"}
    assert check_ledger([a_pot()], [fine, SPENT, SPENT]) == [{"where": "a", "sentence": "Two lines have this id."}]
    assert check_ledger([a_pot()], [fine, REVERSAL]) == [
        {"where": "b", "sentence": "The line that this takes back is missing."}
    ]
    missing = {"where": "a", "sentence": "The pot of this line is missing."}
    assert check_ledger([a_pot()], [SPENT | {"pot": "gone"}, fine]) == [missing]


def test_each_period_with_a_fault_is_named_once():
    wrong = a_period("w", "2026-02-01", "2026-01-31")
    one, two = a_period("one", "2026-03-01", "2026-03-31"), a_period("two", "2026-03-31", "2026-04-30")
    assert check_periods([wrong, one, two]) == [
        {"where": "w", "sentence": "This period ends before it starts."},
        {"where": "two", "sentence": "This period overlaps another one of its pot."},
    ]


def test_the_sentences_of_what_cannot_stand():
    assert check_amount("spending", 1.0) == "Write the amount as a whole number."
    day = check_entry(SPENT | {"on": "2026-02-29"}, a_pot())
    assert day == {"where": "on", "sentence": "Check the date. It must be a real day from 2000 to 2099."}

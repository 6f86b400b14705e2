"""What each act on the ledger posts, and when it is refused with a sentence."""

import pytest

from app.budgets.acts import plan_correction, plan_period_end, plan_transfer, plan_void
from app.budgets.ledger import statement
from app.budgets.rules import LedgerProblem
from tests.budgets.rows import IDS, a_period, a_pot, an_entry

SPENT = an_entry("old", "spending", 1000, "2026-05-01", note="with Ann", files=["ab"], state="reconciled", rev=7)
YEAR = a_period("year", "2026-04-06", "2027-04-05")
OUT = an_entry("out", "transfer_out", 5, "2026-05-01", transfer="t")
INTO = an_entry("into", "transfer_in", 5, "2026-05-01", transfer="t", pot="own")
MOVE = {"amount": 500, "on": "2026-05-01", "what": "Put by", "note": "scooter"}


def refusal(plan, *arguments, **options):
    with pytest.raises(LedgerProblem) as caught:
        plan(*arguments, author="carol", **options)
    return caught.value.field, str(caught.value)


def test_a_correction_takes_the_old_line_back_and_names_it_in_the_new_one():
    reversal, new = plan_correction(SPENT, {"amount": 1200}, IDS, author="carol")
    same = {"author": "carol", "state": "posted", "rev": 0}
    assert new == SPENT | same | {"id": "n", "amount": 1200, "replaces": "old"}
    assert reversal == SPENT | same | {"id": "r", "kind": "reversal", "reverses": "old", "note": "", "files": []}


def test_a_correction_of_a_correction_replaces_the_newer_line():
    newer = an_entry("newer", "spending", 1200, "2026-05-01", replaces="old")
    reversal, new = plan_correction(newer, {"amount": 900}, IDS, author="carol")
    assert (reversal["replaces"], reversal["reverses"], new["replaces"]) == (None, "newer", "newer")


def test_a_correction_leaves_the_rows_given_as_they_were():
    old = SPENT | {"files": ["ab"]}
    new = plan_correction(old, {"what": "Taxi"}, IDS, author="carol")[1]
    new["files"].append("cd")
    assert old == SPENT


def test_every_fact_can_be_corrected():
    wished = {"kind": "paid_by_me", "amount": 2, "on": "2026-05-02", "what": "w", "merchant": "m"}
    wished |= {"goal": "g", "note": "n", "reason": "r", "files": ["cd"]}
    new = plan_correction(SPENT, wished, IDS, author="carol")[1]
    assert {name: new[name] for name in wished} == wished


@pytest.mark.parametrize("name", ["what", "merchant", "goal", "note", "reason"])
def test_a_correction_of_words_alone_stays_reconciled(name):
    assert plan_correction(SPENT, {name: "new"}, IDS, author="carol")[1]["state"] == "reconciled"


@pytest.mark.parametrize("changes", [{"amount": 999}, {"on": "2026-05-02"}, {"kind": "paid_by_me"}])
def test_a_correction_of_the_money_is_no_longer_reconciled(changes):
    assert plan_correction(SPENT, changes, IDS, author="carol")[1]["state"] == "posted"


@pytest.mark.parametrize(
    ("entry", "changes", "field", "words"),
    [
        (an_entry("a", "reversal", 5, "2026-05-01", reverses="b"), {"amount": 6}, "entry", "takes another one back"),
        (SPENT | {"superseded": True}, {"amount": 6}, "entry", "changed already"),
        (SPENT, {}, "entry", "Nothing was changed"),
        (SPENT, {"amount": 1000, "what": "Something"}, "entry", "Nothing was changed"),
        (SPENT, {"amount": 0}, "amount", "above £0.00"),
        (SPENT, {"on": "2025-02-29"}, "on", "real day"),
        (SPENT, {"kind": "transfer_in"}, "kind", "cannot become"),
        (SPENT, {"kind": "service_missed"}, "kind", "cannot become"),
        (SPENT, {"kind": "reversal"}, "kind", "cannot become"),
        (OUT, {"amount": 6}, "entry", "both sides"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_with_a_sentence(entry, changes, field, words):
    found, sentence = refusal(plan_correction, entry, changes, IDS)
    assert found == field
    assert words in sentence


def test_a_missed_visit_can_become_a_received_one():
    missed = an_entry("a", "service_missed", 0, "2026-05-01", reason="Ill")
    new = plan_correction(missed, {"kind": "service_received", "reason": None}, IDS, author="carol")[1]
    assert (new["kind"], new["reason"]) == ("service_received", None)


def test_both_sides_of_a_move_are_corrected_together():
    planned = plan_correction(OUT, {"amount": 7}, IDS, author="carol", other=INTO)
    assert [(row["id"], row["kind"], row["pot"], row["amount"]) for row in planned] == [
        ("r", "reversal", "nhs", 5),
        ("n", "transfer_out", "nhs", 7),
        ("r2", "reversal", "own", 5),
        ("n2", "transfer_in", "own", 7),
    ]
    assert {row["transfer"] for row in planned} == {"t"}


@pytest.mark.parametrize("kind", ["transfer_in", "refund", "reversal"])
def test_a_side_of_a_move_keeps_its_kind(kind):
    field, sentence = refusal(plan_correction, OUT, {"kind": kind}, IDS, other=INTO)
    assert field == "kind"
    assert "cannot become" in sentence


def test_other_files_are_a_change_and_the_same_files_are_none():
    old = SPENT | {"files": ["a", "b"]}
    assert refusal(plan_correction, old, {"files": ["a", "b"]}, IDS)[1] == "Nothing was changed."
    for files in (["b", "a"], ["a"], []):
        assert plan_correction(old, {"files": files}, IDS, author="carol")[1]["files"] == files


def test_both_sides_of_a_move_are_taken_back_together():
    planned = plan_void(INTO, IDS, author="carol", other=OUT)
    assert [(row["id"], row["reverses"], row["pot"]) for row in planned] == [("r", "into", "own"), ("r2", "out", "nhs")]


def test_one_side_of_a_move_is_never_taken_back_alone():
    wrong = {"transfer": "u"}, {"amount": 6}, {"superseded": True}, {"kind": "transfer_out"}, {"kind": "refund"}
    for changes in wrong:
        assert refusal(plan_void, OUT, IDS, other=INTO | changes)[0] == "entry"
    assert refusal(plan_void, OUT, IDS)[0] == "entry"


def test_a_line_that_is_no_move_is_taken_back_alone():
    assert [row["id"] for row in plan_void(SPENT, IDS, author="carol", other=INTO)] == ["r"]


def test_money_moves_as_two_lines_that_name_each_other():
    ids = {"transfer": "t", "out": "o", "in": "i"}
    own = a_pot("own", holding="own_money")
    same = {"what": "Put by", "note": "scooter", "transfer": "t", "rev": 0}
    assert plan_transfer(a_pot(), own, MOVE, ids, author="leroy") == [
        an_entry("o", "transfer_out", 500, "2026-05-01", **same),
        an_entry("i", "transfer_in", 500, "2026-05-01", **same, pot="own"),
    ]


@pytest.mark.parametrize(
    ("source", "target", "changes", "field", "words"),
    [
        (a_pot(), a_pot(), {}, "pot", "two different pots"),
        (a_pot(), a_pot("own", currency="EUR"), {}, "pot", "two currencies"),
        (a_pot(), a_pot("own", holding="notional"), {}, "kind", "hold no money"),
        (a_pot(holding="notional"), a_pot("own"), {}, "kind", "hold no money"),
        (a_pot(closed_on="2026-04-30"), a_pot("own"), {}, "on", "closed before"),
        (a_pot(), a_pot("own"), {"amount": 0}, "amount", "above"),
        (a_pot(), a_pot("own"), {"on": "2026-02-30"}, "on", "real day"),
    ],
)
def test_a_move_that_cannot_be_is_refused_with_a_sentence(source, target, changes, field, words):
    found, sentence = refusal(plan_transfer, source, target, MOVE | changes, {"transfer": "t", "out": "o", "in": "i"})
    assert found == field
    assert words in sentence


def end_year(give_back, *, period=YEAR, known=True, author="leroy"):
    rows = [an_entry("a", "instalment", 9000, "2026-05-01"), an_entry("b", "paid_by_me", 1000, "2026-05-01")]
    closing = statement(YEAR, rows, known=known)
    return plan_period_end(a_pot(), period, closing, give_back, {"repayment": "p"}, author=author)


def test_a_period_ends_and_all_is_carried_over():
    assert end_year(0) == {"entries": [], "carried": 9000}


def test_a_period_ends_with_money_given_back_on_its_last_day():
    given = an_entry("p", "repayment", 8000, "2027-04-05", what="Given back to NHS Norwich", rev=0)
    assert end_year(8000) == {"entries": [given], "carried": 1000}


@pytest.mark.parametrize(
    ("give_back", "options", "words"),
    [
        (8001, {}, "£80.00 at most"),
        (-1, {}, "above"),
        (0, {"period": YEAR | {"ended": True}}, "ended already"),
        (0, {"known": False}, "do not know yet"),
    ],
)
def test_a_period_that_cannot_end_so_is_refused_with_a_sentence(give_back, options, words):
    with pytest.raises(LedgerProblem, match=words):
        end_year(give_back, **options)


def test_nothing_can_be_given_back_from_an_overspent_pot():
    closing = statement(YEAR, [an_entry("a", "spending", 1, "2026-05-01")])
    sentence = refusal(plan_period_end, a_pot(), YEAR, closing, 1, {"repayment": "p"})[1]
    assert sentence == "You can give back £0.00 at most. That is what is left."

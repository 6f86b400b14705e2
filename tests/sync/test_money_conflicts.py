"""Two phones correct one line: nothing is counted twice, and every phone shows the same two sides."""

import pytest

from app.core.ids import new_id
from tests.fixtures_app import both_engines, op
from tests.sync.acts import correct, money_out, spend, with_entry, with_pot


def choose(household, conflict, choice, *, base=None):
    return op("conflict.choose", household.person, conflict, {"choice": choice}, base=base)


def corrected_apart(household):
    """£10 corrected to £12 by her and to £9 by him; returns the line, the conflict and its rev."""
    entry, rev = with_entry(household, 1000)
    assert household.hers.results(correct(household, entry, 1200, base={"rev": rev}))[0]["status"] == "done"
    result = household.his.results(correct(household, entry, 900, base={"rev": rev}))[0]
    assert result["status"] == "conflict"
    return entry, result["conflict"]


def spent(household):
    hers, his = household.hers.rows("entry"), household.his.rows("entry")
    assert hers == his
    return money_out(hers)


@both_engines
def test_ten_pounds_corrected_to_twelve_and_to_nine_never_makes_anything_else(household):
    _, conflict = corrected_apart(household)
    assert spent(household) == 1200
    sides = household.his.rows("conflict")[conflict]
    assert (sides["accepted"]["amount"], sides["other"]["amount"]) == (1200, 900)
    assert (sides["accepted_by"], sides["other_by"]) == (household.maria, household.tom)


@pytest.mark.parametrize(("choice", "total"), [("accepted", 1200), ("other", 900), ("both", 2100)])
def test_a_choice_makes_one_truth_on_every_phone(household, choice, total):
    _, conflict = corrected_apart(household)
    assert household.hers.results(choose(household, conflict, choice))[0]["status"] == "done"
    assert spent(household) == total
    assert household.his.rows("conflict")[conflict]["choice"] == choice


def test_the_same_choice_twice_changes_nothing(household):
    _, conflict = corrected_apart(household)
    household.hers.results(choose(household, conflict, "both"))
    assert household.his.results(choose(household, conflict, "both", base={"rev": 1}))[0]["status"] == "done"
    assert spent(household) == 2100


@pytest.mark.parametrize("first", ["accepted", "other", "both"])
@pytest.mark.parametrize("second", ["accepted", "other", "both"])
@pytest.mark.parametrize("last", ["accepted", "other", "both"])
def test_chosen_apart_again_is_still_one_truth(household, first, second, last):
    if first == second:
        return
    _, conflict = corrected_apart(household)
    household.hers.results(choose(household, conflict, first))
    again = household.his.results(choose(household, conflict, second, base={"rev": 1}))[0]
    assert again["status"] == "conflict"
    standing = {"accepted": 1200, "other": 900, "both": 2100}[first]
    assert spent(household) == standing
    sides = household.hers.rows("conflict")[again["conflict"]]
    household.hers.results(choose(household, again["conflict"], last))
    wanted = {side: sides[side]["amount"] for side in ("accepted", "other")}
    assert sorted(wanted.values()) == [900, 1200]
    assert spent(household) == {**wanted, "both": 2100}[last]


def test_a_choice_that_saw_the_first_one_is_told_it_was_settled(household):
    _, conflict = corrected_apart(household)
    rev = household.hers.results(choose(household, conflict, "accepted"))[0]["rev"]
    late = household.his.results(choose(household, conflict, "other", base={"rev": rev}))[0]
    assert (late["status"], late["code"]) == ("refused", "refused")
    assert spent(household) == 1200


def test_a_line_taken_back_and_corrected_apart_is_a_conflict_over_both(household):
    entry, rev = with_entry(household, 1000)
    household.hers.results(op("entry.void", household.person, entry, {"reversal": new_id()}, base={"rev": rev}))
    result = household.his.results(correct(household, entry, 900, base={"rev": rev}))[0]
    assert (result["status"], spent(household)) == ("conflict", 0)
    household.hers.results(choose(household, result["conflict"], "other"))
    assert spent(household) == 900


def test_a_line_brought_back_by_a_choice_goes_again_by_the_next(household):
    entry, rev = with_entry(household, 1000)
    household.hers.results(op("entry.void", household.person, entry, {"reversal": new_id()}, base={"rev": rev}))
    result = household.his.results(correct(household, entry, 900, base={"rev": rev}))[0]
    household.hers.results(choose(household, result["conflict"], "other"))
    again = household.his.results(choose(household, result["conflict"], "accepted", base={"rev": 1}))[0]
    household.his.results(choose(household, again["conflict"], "other"))
    assert spent(household) == 0


def test_both_took_it_back_is_no_conflict(household):
    entry, rev = with_entry(household, 1000)
    void = [op("entry.void", household.person, entry, {"reversal": new_id()}, base={"rev": rev}) for _ in range(2)]
    assert household.hers.results(void[0])[0]["status"] == "done"
    assert household.his.results(void[1])[0]["status"] == "done"
    assert spent(household) == 0


def test_the_same_correction_from_both_is_counted_once(household):
    entry, rev = with_entry(household, 1000)
    household.hers.results(correct(household, entry, 1200, base={"rev": rev}))
    same = household.his.results(correct(household, entry, 1200, base={"rev": rev}))[0]
    assert same["code"] == "same_change"
    assert spent(household) == 1200


def test_an_own_second_correction_that_waits_changes_the_side_that_waits(household):
    entry, rev = with_entry(household, 1000)
    household.hers.results(correct(household, entry, 1200, base={"rev": rev}))
    first = correct(household, entry, 900, base={"rev": rev})
    second = correct(household, first["facts"]["entry"], 800, base={"op": first["id"]})
    one, two = household.his.results(first, second)
    assert two["conflict"] == one["conflict"]
    household.hers.results(choose(household, one["conflict"], "other"))
    assert spent(household) == 800


def test_a_move_between_pots_is_never_kept_twice(household):
    source, target, ids = with_pot(household), with_pot(household), {"out_entry": new_id(), "in_entry": new_id()}
    facts = {"source": source, "target": target, "amount": 500, "on": "2026-11-20", "what": "Move", **ids}
    household.hers.results(op("pot.transfer", household.person, new_id(), facts))
    results = [mover(household, ids, amount).pop() for mover, amount in ((hers_first, 400), (his_after, 300))]
    assert [result["status"] for result in results] == ["done", "conflict"]
    refused = household.hers.results(choose(household, results[1]["conflict"], "both"))[0]
    assert refused["status"] == "refused"
    rows = [row for row in household.hers.rows("entry").values() if not row["superseded"] and row["kind"] != "reversal"]
    assert sorted((row["kind"], row["amount"]) for row in rows) == [("transfer_in", 400), ("transfer_out", 400)]


def moved(household, ids, amount):
    wanted = correct(household, ids["out_entry"], amount)
    return {**wanted, "facts": {**wanted["facts"], "other_entry": new_id(), "other_reversal": new_id()}}


def hers_first(household, ids, amount):
    return household.hers.results(moved(household, ids, amount))


def his_after(household, ids, amount):
    return household.his.results(moved(household, ids, amount))


def test_only_words_can_stay_both(household):
    pot = with_pot(household)
    for phone, holding in ((household.hers, "notional"), (household.his, "managed_account")):
        result = phone.results(op("pot.write", household.person, pot, {"holding": holding}, base={"rev": 1}))[0]
    refused = household.hers.results(choose(household, result["conflict"], "both"))[0]
    assert (refused["status"], refused["code"]) == ("refused", "refused")
    assert household.hers.rows("pot")[pot]["holding"] == "notional"


def test_a_choice_never_makes_periods_overlap(household):
    pot, first, second = with_pot(household), new_id(), new_id()
    household.hers.results(period(household, first, pot, "2026-04-01", "2026-09-30"))
    household.hers.results(op("period.write", household.person, first, {"ends_on": "2026-08-31"}, base={"rev": 1}))
    result = household.his.results(
        op("period.write", household.person, first, {"ends_on": "2026-10-31"}, base={"rev": 1})
    )[0]
    household.hers.results(period(household, second, pot, "2026-09-01", "2027-03-31"))
    refused = household.hers.results(choose(household, result["conflict"], "other"))[0]
    assert (refused["status"], refused["code"]) == ("refused", "refused")


def period(household, row, pot, starts_on, ends_on):
    facts = {"pot": pot, "starts_on": starts_on, "ends_on": ends_on, "agreed": 100_000}
    return op("period.write", household.person, row, facts)


def test_a_choice_in_somebody_elses_conflict_is_not_found(household, make_account, make_person, phone):
    _, conflict = corrected_apart(household)
    stranger = make_account("other@example.com", name="Other")
    own = make_person(stranger, name="Other", role="holder")
    result = phone(stranger).results(op("conflict.choose", own, conflict, {"choice": "other"}))[0]
    assert result["code"] == "not_found"
    assert spent(household) == 1200


def test_a_new_line_under_a_taken_id_is_refused_and_not_counted(household):
    entry, _ = with_entry(household, 1000)
    pot = next(iter(household.hers.rows("pot")))
    assert household.his.results(spend(household, pot, 500, row=entry))[0]["code"] == "exists"
    assert spent(household) == 1000

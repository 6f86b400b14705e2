"""Single figures of the balance: as at a day, by month, goal and state, and what is not known."""

from app.budgets.balance import balance, balances, by_goal, by_month, by_state, current_periods, state_of, totals
from app.budgets.ledger import statement, summarise
from tests.budgets.rows import a_period, a_pot, an_entry

YEAR = a_period("year", "2026-04-06", "2027-04-05", agreed=9000)
CAME = an_entry("a", "instalment", 500, "2026-05-01")


def test_one_pot_is_asked_for_among_rows_of_many():
    rows = [CAME, CAME | {"id": "b", "pot": "own"}]
    one = balance(a_pot(), [YEAR], rows, [], on="2026-05-31")
    assert (one["pot"], one["on"], one["known"], one["left"], one["to_come"]) == ("nhs", "2026-05-31", True, 500, 8500)


def test_a_pot_said_to_be_unknown_has_no_figure():
    one = balance(a_pot(), [YEAR], [CAME], [], on=None, known=False)
    figures = ("in_hand", "owed", "promised", "planned", "left", "to_come")
    assert [one[name] for name in figures] == [None] * 6
    assert (one["known"], one["period"]) == (False, "year")


def test_a_notional_pot_said_to_be_unknown_has_what_was_agreed_and_no_counts():
    pot = a_pot(holding="notional")
    visit = an_entry("a", "service_received", 5, "2026-05-01")
    agreed = YEAR | {"agreed_visits": 52}
    one = balance(pot, [agreed], [visit], [], on=None, known=False)["notional"]
    assert one == dict.fromkeys(one) | {"agreed": 9000, "agreed_visits": 52}


def test_folded_sums_past_the_day_or_inside_the_period_are_not_guessed_from():
    carried = summarise([CAME])
    within = balance(a_pot(), [YEAR], [], [], on="2026-05-31", carried=carried)
    assert (within["left"], within["to_come"]) == (500, None)
    assert balance(a_pot(), [YEAR], [], [], on="2026-05-01", carried=carried)["left"] == 500
    assert balance(a_pot(), [YEAR], [], [], on="2026-04-30", carried=carried)["left"] is None
    assert statement(YEAR, [], carried=carried)["closing"] is None


def test_folded_sums_up_to_the_day_before_a_period_are_its_opening():
    carried = summarise([CAME | {"on": "2026-04-05"}])
    assert statement(YEAR, [CAME], carried=carried)["opening"] == 500
    assert balance(a_pot(), [YEAR], [CAME], [], on=None, carried=carried)["to_come"] == 8500
    first_day = summarise([CAME | {"on": "2026-04-06"}])
    assert statement(YEAR, [], carried=first_day)["opening"] is None
    assert balance(a_pot(), [YEAR], [], [], on=None, carried=first_day)["to_come"] is None


def test_folded_sums_of_a_pot_with_a_gap_leave_that_pot_unknown_and_no_other():
    carried = summarise([CAME, an_entry("r", "reversal", 5, "2026-05-01", reverses="gone")])
    left = [one["left"] for one in balances([a_pot(), a_pot("own")], [], [], [], on=None, carried=carried)]
    assert left == [None, 0]
    assert statement(YEAR | {"starts_on": "2026-06-01"}, [], carried=carried)["closing"] is None
    assert statement(YEAR | {"starts_on": "2026-06-01", "pot": "own"}, [], carried=carried)["closing"] == 0


def test_a_late_reversal_of_a_folded_line_needs_that_line():
    reversal = an_entry("r", "reversal", 500, "2026-05-01", reverses="a")
    carried = summarise([CAME])
    assert balance(a_pot(), [], [reversal], [], on=None, carried=carried)["left"] is None
    assert balance(a_pot(), [], [reversal], [], on=None, carried=carried, originals=[CAME])["left"] == 0
    later = YEAR | {"starts_on": "2026-06-01"}
    assert statement(later, [reversal], carried=carried)["opening"] is None
    assert statement(later, [reversal], carried=carried, originals=[CAME])["opening"] == 0


def test_the_line_at_hand_counts_before_an_older_copy_of_it():
    reversal = an_entry("r", "reversal", 500, "2026-05-01", reverses="a")
    sums = summarise([CAME, reversal], originals=[CAME | {"amount": 7}])
    assert sums["pots"]["nhs"]["months"]["2026-05"]["instalment"]["amount"] == 0


def test_a_reversal_of_a_reversal_or_of_nothing_waits():
    loop = [
        an_entry("y", "reversal", 5, "2026-05-01", reverses="x"),
        an_entry("x", "reversal", 5, "2026-05-01", reverses="y"),
    ]
    waiting = summarise([*loop, an_entry("w", "reversal", 5, "2026-05-01")])["waiting"]
    assert [one["id"] for one in waiting] == ["w", "x", "y"]
    assert waiting[0] == {"id": "w", "pot": "nhs", "reverses": None}


def test_the_current_period_is_the_one_of_the_day_or_the_last_of_all():
    old = a_period("old", "2025-04-06", "2026-04-05")
    assert [
        current_periods([YEAR, old], on).get("nhs", {}).get("id")
        for on in ("2025-04-05", "2025-04-06", "2026-04-05", "2026-04-06", "2027-04-05", "2027-04-06", None)
    ] == [None, "old", "old", "year", "year", None, "year"]


def test_a_total_is_not_known_when_one_of_its_pots_is_not():
    pots = [a_pot(), a_pot("own", holding="own_money")]
    parts = balances(pots, [], [CAME], [], on=None, unknown=["own"])
    assert totals(pots, parts, on=None) == [{"currency": "GBP", "left": None, "own_money": None, "funded": 500}]
    assert totals(pots, parts[:1], on=None)[0]["left"] is None


def test_months_are_listed_by_pot_and_month():
    rows = [CAME | {"pot": "z"}, CAME | {"on": "2026-06-01", "kind": "paid_by_me"}, CAME | {"kind": "spending"}]
    assert by_month(summarise(rows)) == [
        {"pot": "nhs", "month": "2026-05", "in": 0, "out": 500, "paid_by_me": 0},
        {"pot": "nhs", "month": "2026-06", "in": 0, "out": 0, "paid_by_me": 500},
        {"pot": "z", "month": "2026-05", "in": 500, "out": 0, "paid_by_me": 0},
    ]


def test_a_goal_adds_up_over_the_pots_of_one_currency():
    pots = [a_pot(), a_pot("own"), a_pot("spain", currency="EUR"), a_pot("visits", holding="notional")]
    rows = [an_entry(pot, "spending", 100, "2026-05-01", pot=pot, goal="swim") for pot in ("nhs", "own", "spain")]
    rows += [an_entry("v", "service_received", 7, "2026-05-01", pot="visits", goal="swim")]
    assert by_goal(summarise(rows), pots) == [
        {"currency": "EUR", "goal": "swim", "spent": 100, "received": 0},
        {"currency": "GBP", "goal": "swim", "spent": 200, "received": 7},
    ]


def test_a_gap_in_one_pot_makes_the_goals_it_touches_unknown():
    rows = [
        an_entry("a", "spending", 100, "2026-05-01", goal="swim"),
        an_entry("b", "spending", 1, "2026-05-01", pot="own"),
    ]
    rows += [an_entry("r", "reversal", 5, "2026-05-01", reverses="gone")]
    goals = by_goal(summarise(rows), [a_pot(), a_pot("own")])
    assert [(row["goal"], row["spent"], row["received"]) for row in goals] == [(None, 1, 0), ("swim", None, None)]


def test_states_of_money_are_told_apart_and_unknown_when_rows_are_missing():
    rows = [an_entry("a", "spending", 100, "2026-05-01"), an_entry("b", "spending", 7, "2026-05-01", pot="own")]
    promise = {"id": "p", "pot": "nhs", "amount": 3, "what": "", "goal": None, "due_on": None, "rev": 1}
    states = by_state("nhs", rows, [promise | {"state": "planned"}, promise | {"state": "committed", "pot": "own"}])
    assert states == {"pot": "nhs", "planned": 3, "committed": 0, "spent": 100, "reconciled": 0, "void": 0}
    unknown = by_state("nhs", rows, [], known=False)
    assert unknown == dict.fromkeys(states) | {"pot": "nhs"}


def test_a_reconciled_line_taken_back_is_no_longer_reconciled_money():
    old = an_entry("a", "spending", 100, "2026-05-01", state="reconciled", superseded=True)
    reversal = an_entry("r", "reversal", 100, "2026-05-01", reverses="a")
    assert by_state("nhs", [old, reversal], []) == {
        "pot": "nhs", "planned": 0, "committed": 0, "spent": 0, "reconciled": 0, "void": 100,
    }  # fmt: skip
    [cell] = summarise([old, reversal])["pots"]["nhs"]["months"]["2026-05"].values()
    assert cell == {"amount": 0, "count": 0, "reconciled": 0}


def test_each_line_has_one_state():
    assert state_of(CAME, ()) == "posted"
    assert state_of(CAME | {"kind": "spending"}, ()) == "spent"
    assert state_of(CAME | {"kind": "paid_by_me"}, ()) == "spent"
    assert state_of(CAME | {"state": "reconciled"}, ()) == "reconciled"
    assert state_of(CAME | {"superseded": True, "state": "reconciled"}, ()) == "void"
    assert state_of(CAME | {"superseded": True}, {"a"}) == "corrected"
    assert state_of(CAME | {"kind": "reversal"}, ()) == "reversal"

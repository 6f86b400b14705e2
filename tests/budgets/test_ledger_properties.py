"""What holds for every ledger that can come about, whatever its lines and their order."""

from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.budgets.acts import plan_correction, plan_transfer, plan_void
from app.budgets.balance import balances, totals
from app.budgets.ledger import combine, no_sums, statement, summarise
from app.budgets.rules import CASH, check_ledger, check_periods
from tests.budgets.generate import cases, with_gap
from tests.budgets.rows import IDS, a_pot, an_entry

few = settings(max_examples=60, deadline=None, derandomize=True)
rounds = st.builds(Random, st.integers(0, 2**32 - 1))


def cash_by_hand(entries, pot, first="0", last="9"):
    """The cash effects of a pot between two days, worked out the plainest way there is."""
    by_id = {row["id"]: row for row in entries}
    sum = 0
    for row in entries:
        line = by_id[row["reverses"]] if row["kind"] == "reversal" else row
        if line["pot"] == pot and first <= line["on"] <= last:
            sum += (1 if line is row else -1) * CASH[line["kind"]] * line["amount"]
    return sum


def figures(case, entries=None, **options):
    rows = case["entries"] if entries is None else entries
    options = {"on": case["on"]} | options
    return balances(case["pots"], case["periods"], rows, case["commitments"], **options)


@given(cases())
@few
def test_opening_and_in_less_out_is_closing(case):
    for period in case["periods"]:
        one = statement(period, case["entries"])
        assert one["opening"] + one["in"] - one["out"] == one["closing"]
        assert one["closing"] == cash_by_hand(case["entries"], period["pot"], last=period["ends_on"])
        assert one["opening"] == one["closing"] - cash_by_hand(
            case["entries"], period["pot"], period["starts_on"], period["ends_on"]
        )


@given(cases())
@few
def test_in_and_out_are_the_sums_of_their_kinds(case):
    for period in case["periods"]:
        one = statement(period, case["entries"])
        sides = {1: 0, -1: 0, 0: 0}
        for kind, cell in one["kinds"].items():
            sides[CASH[kind]] += cell["amount"]
        assert (sides[1], sides[-1]) == (one["in"], one["out"])


@given(cases())
@few
def test_periods_chain_with_what_lies_between_them(case):
    for pot in case["pots"]:
        periods = [period for period in case["periods"] if period["pot"] == pot["id"]]
        made = [statement(period, case["entries"]) for period in periods]
        for one, after in pairwise(made):
            through = cash_by_hand(case["entries"], pot["id"], last=one["ends_on"])
            until = cash_by_hand(case["entries"], pot["id"], last=after["starts_on"]) - cash_by_hand(
                case["entries"], pot["id"], after["starts_on"], after["starts_on"]
            )
            assert after["opening"] - one["closing"] == until - through


@given(cases())
@few
def test_the_balance_is_the_sum_of_effects_up_to_the_day(case):
    last = case["on"] or "9"
    for one in figures(case):
        assert one["in_hand"] == cash_by_hand(case["entries"], one["pot"], last=last)
        assert one["left"] == one["in_hand"] - one["owed"] - one["promised"]


@given(cases())
@few
def test_open_pots_that_hold_money_sum_to_the_total(case):
    parts = figures(case)
    left = {one["pot"]: one["left"] for one in parts}
    for total in totals(case["pots"], parts, on=case["on"]):
        members = [
            left[pot["id"]]
            for pot in case["pots"]
            if pot["currency"] == total["currency"]
            and pot["holding"] != "notional"
            and not (pot["closed_on"] and (case["on"] is None or pot["closed_on"] <= case["on"]))
        ]
        assert total["left"] == sum(members) == total["own_money"] + total["funded"]


@given(cases(), rounds)
@few
def test_the_order_of_rows_does_not_matter(case, random):
    shuffled = {name: random.sample(case[name], len(case[name])) for name in ("entries", "periods", "commitments")}
    assert figures(case | shuffled) == figures(case)
    assert summarise(shuffled["entries"]) == summarise(case["entries"])


@given(cases(), rounds)
@few
def test_taking_a_line_back_leaves_every_figure_as_before_the_line(case, random):
    pot = next((pot for pot in case["pots"] if pot["holding"] != "notional"), None)
    if pot is None:
        return
    kind = random.choice(["spending", "instalment", "refund", "paid_by_me", "payback", "repayment"])
    extra = an_entry("extra", kind, random.randint(1, 10**9 - 1), "2024-06-01", pot=pot["id"])
    [reversal] = plan_void(extra, IDS, author="carol")
    after = [*case["entries"], extra | {"superseded": True}, reversal]
    assert figures(case, after) == figures(case)
    assert [statement(period, after) for period in case["periods"]] == [
        statement(period, case["entries"]) for period in case["periods"]
    ]


@given(cases(), rounds)
@few
def test_a_correction_is_as_if_the_new_line_had_been_written_first(case, random):
    pot = random.choice([pot["id"] for pot in case["pots"]])
    wrong = an_entry("wrong", "spending", 1000, "2024-06-01", pot=pot)
    changes = {"amount": random.randint(1, 9999) + 1000, "on": random.choice(["2024-02-29", "2024-06-02"])}
    posted = plan_correction(wrong, changes, IDS, author="carol")
    right = an_entry("right", "spending", changes["amount"], changes["on"], pot=pot)
    corrected, straight = [*case["entries"], wrong, *posted], [*case["entries"], right]
    assert figures(case, corrected) == figures(case, straight)
    for period in case["periods"]:
        assert statement(period, corrected) == statement(period, straight)


@given(cases())
@few
def test_a_move_of_money_conserves_it(case):
    one, other = a_pot("one"), a_pot("other", holding="own_money")
    pots = case | {"pots": [*case["pots"], one, other]}
    facts = {"amount": 777, "on": "2024-06-01", "what": "Put by", "note": ""}
    moved = plan_transfer(one, other, facts, {"transfer": "t", "out": "o", "in": "i"}, author="leroy")
    before = totals(pots["pots"], figures(pots, on=None), on=None)
    parts = figures(pots, [*case["entries"], *moved], on=None)
    after = totals(pots["pots"], parts, on=None)
    assert [total["left"] for total in after] == [total["left"] for total in before]
    assert [part["left"] for part in parts[-2:]] == [-777, 777]


@given(st.lists(st.integers(1, 10**9 - 1), min_size=1, max_size=9), rounds)
@few
def test_what_i_paid_myself_settles_to_nothing_whatever_the_parts(amounts, random):
    paid = [an_entry(f"p{n}", "paid_by_me", amount, "2026-05-01") for n, amount in enumerate(amounts)]
    cut = random.randint(0, sum(amounts))
    parts = [part for part in (cut, sum(amounts) - cut) if part]
    back = [an_entry(f"b{n}", "payback", part, "2026-06-01") for n, part in enumerate(parts)]
    case = {"pots": [a_pot()], "periods": [], "commitments": [], "on": None, "entries": paid + back}
    [settled] = figures(case)
    assert (settled["owed"], settled["in_hand"]) == (0, -sum(amounts))
    assert figures(case, paid)[0]["owed"] == sum(amounts)


@given(cases(), rounds)
@few
def test_sums_fold_in_any_grouping_and_order(case, random):
    rows = case["entries"]
    parts = [[row for row in rows if int(row["id"][0], 16) % 3 == third] for third in range(3)]
    one, two, three = (summarise(part, originals=rows) for part in parts)
    whole = summarise(rows)
    assert combine(combine(one, two), three) == combine(one, combine(three, two)) == whole
    assert combine(whole, no_sums()) == combine(no_sums(), whole) == whole


@given(cases())
@few
def test_a_balance_from_folded_sums_is_the_same_or_unknown(case):
    cut = case["cut"]
    old = [row for row in case["entries"] if row["on"] < cut]
    new = [row for row in case["entries"] if row["on"] >= cut]
    folded = figures(case, new, carried=summarise(old), originals=old)
    for whole, one in zip(figures(case), folded, strict=True):
        assert all(one[name] in (whole[name], None) for name in one if name not in ("notional", "known"))
        if case["on"] is None or case["on"] >= cut:
            assert one["left"] == whole["left"]


@given(cases(), rounds)
@few
def test_no_figure_is_guessed_while_lines_are_missing(case, random):
    gappy = with_gap(case, random)
    here = {row["id"]: row for row in gappy["entries"]}
    for one in figures(gappy):
        lines = [row for row in gappy["entries"] if row["pot"] == one["pot"]]
        guess = any(row["kind"] == "kind_of_next_year" for row in lines) or any(
            here.get(row["reverses"], {}).get("kind") not in CASH for row in lines if row["kind"] == "reversal"
        )
        assert (one["left"] is None) == guess
        assert (one["known"], one["in_hand"] is None) == (not guess, guess)


@given(cases())
@few
def test_what_the_acts_post_is_always_a_sound_ledger(case):
    open_pots = [pot | {"closed_on": None} for pot in case["pots"]]
    assert check_ledger(open_pots, case["entries"]) == []
    assert check_periods(case["periods"]) == []


def test_planting_a_penny_breaks_the_identity():
    rows = [an_entry("a", "spending", 100, "2026-05-01"), an_entry("b", "reversal", 100, "2026-05-01", reverses="a")]
    assert cash_by_hand(rows, "nhs") == 0
    rows[0]["amount"] = 101
    random = Random(1)
    assert check_ledger([a_pot()], random.sample(rows, 2)) != []

"""The second exam: labelled receipts that share no layout, shop, goods or writing of dates by chance with the first."""

import ast
import json
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.receipts import exam
from tests.receipts.blind import dates as first_dates
from tests.receipts.blind import layouts as first
from tests.receipts.blind.generate import generate, layout_order, write_folder
from tests.receipts.blind.goods import SHELVES as FIRST_SHELVES
from tests.receipts.blind.truth import Made, plain
from tests.receipts.blind.words import WORDS as FIRST_WORDS
from tests.receipts.exam.contents import SHELVES, WORDS, choose
from tests.receipts.exam.dates import NEW, STYLES, choose_moment
from tests.receipts.exam.generate import EXAM
from tests.receipts.exam.layouts import LAYOUTS
from tests.receipts.exam.sheet import open_sheet, pounds

REFUNDS = {"brought-back", "card-credit"}
BY_HAND = {"cleaner-note", "garden-book", "window-card", "driver-card", "timesheet"}


def make(layout: str, seed: int = 1) -> Made:
    return LAYOUTS[layout](Random(f"{seed} {layout}"))


def is_printed(made: Made) -> bool:
    said = " ".join(made.said).casefold().replace(",", "")
    facts = (made.truth.merchant, made.truth.date_printed, plain(abs(made.truth.total)))
    return all(text.casefold().replace(",", "") in said for text in facts)


def adds_up(made: Made) -> bool:
    return not made.truth.items or sum(amount for _, amount in made.truth.items) == made.truth.total


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_what_a_label_of_the_second_exam_says_stands_on_the_paper_and_adds_up(layout: str):
    for seed in (1, 2):
        made = make(layout, seed)
        assert is_printed(made)
        assert adds_up(made)
        assert made.truth.day <= first_dates.LAST


def test_a_label_that_says_another_total_or_day_is_caught():
    made = make("big-shop")
    made.truth.total += 1
    assert not adds_up(made)
    assert not is_printed(made)
    other = make("garden-book")
    other.truth.date_printed = "1 / 1 / 01"
    assert not is_printed(other)


def test_there_are_at_least_twenty_layouts_and_none_is_of_the_first_exam():
    assert len(LAYOUTS) >= 20
    assert not LAYOUTS.keys() & first.LAYOUTS.keys()


def test_the_second_exams_shops_goods_and_people_are_not_the_firsts():
    goods = {name for shelf in SHELVES.values() for name, _, _ in shelf}
    assert not goods & {name for shelf in FIRST_SHELVES.values() for name, _, _ in shelf}
    for kind in ("forenames", "surnames", "streets", "towns"):
        assert not set(WORDS[kind]) & set(FIRST_WORDS[kind])


def test_refunds_are_below_zero_and_nothing_else_of_the_second_exam_is():
    assert {layout for layout in LAYOUTS if make(layout).truth.total < 0} == REFUNDS


def test_what_is_filled_in_by_hand_is_said_to_be():
    assert {layout for layout in LAYOUTS if make(layout).hand_written} == BY_HAND


def test_cash_taken_out_at_the_till_is_not_part_of_what_was_bought():
    papers = [make("discounter", seed) for seed in range(12)]
    with_cash = [made for made in papers if {"Cash out", "CASHBACK", "Plus cash back"} & set(made.said)]
    assert with_cash
    assert all(adds_up(made) and is_printed(made) for made in with_cash)


def test_service_that_is_charged_is_part_of_what_was_bought():
    served = [made for made in (make("restaurant", seed) for seed in range(8)) if "ervice" in made.truth.items[-1][0]]
    assert served
    assert all(made.truth.total > sum(amount for _, amount in made.truth.items[:-1]) for made in served)


def test_an_order_is_worth_its_total_and_not_its_deposit():
    made = make("equipment-order")
    assert pounds(made.truth.total) in made.said
    assert made.truth.total == sum(amount for _, amount in made.truth.items)
    assert {"Balance on delivery", "Balance to follow"} & set(made.said)


def test_a_paid_last_bill_is_not_part_of_this_bill():
    made = make("utility-bill")
    last = made.said[made.said.index("Amount of last bill") + 1]
    assert f"-{last}" in made.said
    assert pounds(made.truth.total) != last


def test_every_new_way_of_writing_a_date_is_another_one():
    assert len({style(date(2026, 11, 7)) for style in STYLES.values()}) == len(STYLES)
    assert not NEW.keys() & first_dates.STYLES.keys()


def test_other_days_on_a_paper_are_written_as_its_own_and_clocks_stay_within_the_day():
    moment = choose_moment(Random(3), ["2026/11/22"])
    assert moment.plus(0) == moment.text
    assert moment.late(24 * 60) == "23:59"
    assert moment.late(-24 * 60) == "00:00"


def test_a_basket_has_as_many_things_as_were_asked_for():
    assert choose(Random(1), "pharmacy", 0, 0) == []
    assert len(choose(Random(1), "pharmacy", 99, 99)) == len(SHELVES["pharmacy"])


def test_a_sheet_folded_short_keeps_what_stands_above_the_fold():
    sheet = open_sheet(Random(1), "care", 1754)
    sheet.page.box(100, 100, 200, 200, (0, 0, 0))
    sheet.shorten(900)
    assert sheet.page.finish().shape == (900, 1240, 3)
    assert sheet.page.finish()[150, 150].max() == 0


def test_layouts_of_the_second_exam_all_come_once_before_any_comes_twice():
    assert set(layout_order(3, len(LAYOUTS), EXAM)) == set(LAYOUTS)


def test_the_same_seed_makes_the_same_second_exam_and_another_seed_another():
    first_time, again, other = (list(generate(2, seed, True, EXAM)) for seed in (5, 5, 6))
    assert first_time == again
    assert first_time[0][1] != other[0][1]


def test_a_folder_of_the_second_exam_has_a_label_for_each_picture(tmp_path: Path):
    write_folder(tmp_path, 3, 2, False, EXAM)
    rows = [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["file"] for row in rows] == ["e001.jpg", "e002.jpg", "e003.jpg"]
    assert {row["set"] for row in rows} == {"exam-uk"}
    assert all((tmp_path / row["file"]).is_file() for row in rows)


def test_the_second_exam_knows_nothing_of_the_reader():
    for path in Path(exam.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "app" for name in names), path

"""When a reading counts as right, and the figures of a folder."""

import json
import random
from pathlib import Path

import cv2
import pytest
from click.testing import CliRunner

from app.receipts import learning
from app.receipts.bench import bench_receipts
from app.receipts.reading.shapes import Field, Item, Reading
from app.receipts.reading.words import DATA
from app.receipts.scoring import Marked, calibration, clear_totals, items_add_up, mark, same_shop, wrong_when_given
from tests.receipts.own.boxes import lines_of
from tests.receipts.own.layouts import make_slip
from tests.receipts.own.photograph import draw_slip

LABEL = {"file": "a.jpg", "merchant": "Harlow & Pike", "date": "2024-05-03", "total": "12.40", "total_alt": ["12.41"]}


def reading(total: str | None, sure: float = 0.99) -> Reading:
    """A reading with one item that makes its total."""
    items = (Item("Tea", total),) if total else ()
    named, dated = Field("Harlow & Pike Ltd", 0.9), Field("2024-05-03", 0.9)
    return Reading(merchant=named, date=dated, total=Field(total, sure), items=items)


@pytest.mark.parametrize(
    ("read", "wanted", "right"),
    [
        ("HARLOW & PIKE LTD", "Harlow & Pike", True),
        ("Harlw & Pike", "Harlow & Pike", True),
        ("Pike", "Harlow & Pike", False),
        (None, "Harlow & Pike", False),
        ("Café Ümlaut", "CAFE UMLAUT", True),
    ],
)
def test_a_shop_is_right_by_its_words_or_nearly_all_of_its_letters(read: str | None, wanted: str, right: bool) -> None:
    assert same_shop(read, [wanted]) is right


def test_either_printed_sum_counts_and_a_wrong_one_does_not() -> None:
    assert mark(LABEL, reading("12.41")).all_right
    assert mark(LABEL, reading("12.42")).right["total"] is False


def test_what_has_no_label_is_not_scored() -> None:
    assert mark(LABEL | {"date": None}, reading("12.40")).right["date"] is None


def test_figures_count_given_clear_and_adding_up() -> None:
    marked: list[Marked] = [mark(LABEL, reading(total)) for total in ("12.40", "99.00", None)]
    marked.append(mark(LABEL, reading("12.40", 0.5)))
    assert wrong_when_given(marked, "total") == pytest.approx(1 / 3)
    assert clear_totals(marked) == (0.5, 0.5)
    assert items_add_up(marked) == 0.5
    assert calibration(marked, "total") == [(0.5, 0.8, 1, 1.0), (0.99, 1.001, 2, 0.5)]


def test_weights_fitted_to_some_shops_read_the_others_and_are_put_back() -> None:
    before = json.dumps(DATA["weights"])
    slips = [make_slip(seed) for seed in range(22)]
    examples = [
        learning.Example(label_of(slip.shop, slip.day.isoformat(), slip.total), lines_of(slip, random.Random(at)))
        for at, slip in enumerate(slips)
    ]
    marked = learning.cross_validate(examples, 2)
    assert len(marked) == 22
    assert sum(one.right["total"] is True for one in marked) >= 19
    assert json.dumps(DATA["weights"]) == before


def test_receipts_that_leave_no_choice_teach_nothing() -> None:
    slip = make_slip(3)
    label = label_of("Nobody", "1999-01-01", 1)
    example = learning.Example(label, lines_of(slip, random.Random(3)))
    found = learning.choices([example])
    assert not any(found["date"][0].right)
    assert learning.fit_choice(found["date"], "date") == DATA["weights"]["date"]


def label_of(shop: str, day: str, pence: int) -> dict[str, object]:
    """A label as a folder of receipts has it."""
    return {"file": f"{shop}.png", "merchant": shop, "date": day, "total": str(pence / 100), "day_first": True}


def test_the_bench_prints_the_table_of_a_folder(tmp_path: Path) -> None:
    slip = make_slip(2)
    cv2.imwrite(str(tmp_path / f"{slip.shop}.png"), draw_slip(slip))
    label = label_of(slip.shop, slip.day.isoformat(), slip.total) | {"total": "0.01"}
    (tmp_path / "labels.jsonl").write_text(json.dumps(label) + "\n")
    done = CliRunner().invoke(bench_receipts, [str(tmp_path), "--errors"])
    assert done.exit_code == 0
    assert "total right                       0.000" in done.stdout
    assert "peak memory, MB" in done.stdout
    assert f"{slip.shop}.png total: wanted '0.01'" in done.stdout

"""The blind generator: believable UK receipts whose labels can be trusted."""

import ast
import io
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageOps

from tests.receipts import blind
from tests.receipts.blind.dates import STYLES, ordinal, pick
from tests.receipts.blind.fonts import FACES, find
from tests.receipts.blind.generate import generate, hard_ones, layout_order, write_folder
from tests.receipts.blind.goods import vat_in, vat_summary
from tests.receipts.blind.layouts import LAYOUTS
from tests.receipts.blind.photo.camera import BAD_LIGHT, Conditions, photograph, pick_conditions
from tests.receipts.blind.truth import Made, label, plain

ROOT = Path(__file__).parents[2]
SCORE = ROOT.parent / "shared" / "data" / "receipts" / "score.py"
REFUNDS = {"refund", "refund-slip"}


def make(layout: str, seed: int = 1) -> Made:
    return LAYOUTS[layout](Random(f"{seed} {layout}"))


def is_printed(made: Made) -> bool:
    """Whether shop, date and total of the truth stand on the paper."""
    said = " ".join(made.said).casefold().replace(",", "")
    truth = made.truth
    return all(
        text.casefold().replace(",", "") in said
        for text in (truth.merchant, truth.date_printed, plain(abs(truth.total)))
    )


def adds_up(made: Made) -> bool:
    return not made.truth.items or sum(amount for _, amount in made.truth.items) == made.truth.total


def pixels(jpeg: bytes) -> np.ndarray:
    return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(jpeg))).convert("L"), np.float32)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_what_a_label_says_stands_on_the_paper_and_adds_up(layout: str):
    for seed in (1, 2):
        made = make(layout, seed)
        assert is_printed(made)
        assert adds_up(made)


def test_a_label_that_says_another_total_or_shop_is_caught():
    made = make("supermarket")
    made.truth.total += 1
    assert not adds_up(made)
    assert not is_printed(made)
    other = make("taxi-pad")
    other.truth.merchant = "Somebody Else"
    assert not is_printed(other)


def test_there_are_at_least_sixteen_layouts_and_some_are_written_by_hand():
    assert len(LAYOUTS) >= 16
    assert {"taxi-pad", "hand-chit", "market-stall"} <= LAYOUTS.keys()
    assert make("hand-chit").hand_written
    assert not make("chemist").hand_written


def test_refunds_are_below_zero_and_nothing_else_is():
    below = {layout for layout in LAYOUTS if make(layout).truth.total < 0}
    assert below == REFUNDS


def test_cashback_is_not_part_of_the_total():
    made = make("cashback")
    cash = next(text for before, text in zip(made.said, made.said[1:], strict=False) if before.upper() == "CASHBACK")
    assert int(cash.strip("£").replace(".", "")) >= 1000
    assert sum(amount for _, amount in made.truth.items) == made.truth.total


def test_every_way_of_writing_a_date_is_another_one():
    assert len({style(date(2026, 11, 7)) for style in STYLES.values()}) == len(STYLES)


def test_a_date_that_is_not_the_receipts_own_is_written_like_it():
    when = pick(Random(4), ["17NOV26"])
    assert when.text == STYLES["17NOV26"](when.day)
    assert when.plus(14) == STYLES["17NOV26"](when.day + timedelta(days=14))


def test_equipment_hire_says_when_to_bring_the_thing_back():
    made = make("equipment-hire")
    back = made.said[made.said.index("Due back") + 1]
    assert back != made.truth.date_printed


def test_layouts_all_come_once_before_any_comes_twice():
    order = layout_order(3, 2 * len(LAYOUTS))
    assert set(order[: len(LAYOUTS)]) == set(LAYOUTS)
    assert set(order[len(LAYOUTS) :]) == set(LAYOUTS)


def test_one_of_every_three_photographs_is_hard():
    flags = hard_ones(5, 90)
    assert sum(flags) == 30
    assert all(sum(flags[start : start + 3]) == 1 for start in range(0, 90, 3))


def test_a_hard_photograph_is_turned_or_badly_lit_and_an_easy_one_is_neither():
    hard = [pick_conditions(Random(seed), True) for seed in range(60)]
    easy = [pick_conditions(Random(seed), False) for seed in range(60)]
    assert all(bool(shot.turn) != bool(shot.bad_light) for shot in hard)
    assert {shot.turn for shot in hard} == {0, 1, 2, 3}
    assert {shot.bad_light for shot in hard} == {None, *BAD_LIGHT}
    assert not any(shot.turn or shot.bad_light for shot in easy)
    assert {3, 6, 8} & {shot.exif for shot in easy}


@pytest.mark.parametrize("flag", [3, 6, 8])
def test_a_picture_with_an_orientation_flag_is_upright_once_the_flag_is_obeyed(flag: int):
    made = make("bus")
    upright = pixels(photograph(made, Random(1), Conditions()).jpeg)
    flagged = photograph(made, Random(1), Conditions(exif=flag)).jpeg
    assert Image.open(io.BytesIO(flagged)).getexif()[0x0112] == flag
    assert np.abs(pixels(flagged) - upright).mean() < 4


def test_a_turned_picture_has_nothing_that_tells_of_it():
    made = make("bus")
    upright = pixels(photograph(made, Random(1), Conditions()).jpeg)
    turned = photograph(made, Random(1), Conditions(turn=1)).jpeg
    assert 0x0112 not in Image.open(io.BytesIO(turned)).getexif()
    assert np.abs(np.rot90(pixels(turned)) - upright).mean() < 4
    assert np.abs(np.rot90(pixels(turned), -1) - upright).mean() > 20


def test_a_dark_picture_is_dark():
    made = make("bus")
    usual = pixels(photograph(made, Random(1), Conditions()).jpeg)
    dark = pixels(photograph(made, Random(1), Conditions(bad_light="dark")).jpeg)
    assert dark.mean() < 0.6 * usual.mean()


def test_the_same_seed_makes_the_same_pictures_and_another_seed_makes_others():
    first, again, other = (list(generate(2, seed, True)) for seed in (5, 5, 6))
    assert first == again
    assert first[0][1] != other[0][1]


def test_a_label_has_the_shared_format():
    row = label(make("refund"), "b001.jpg", "refund", "photo")
    assert row["currency"] == "GBP"
    assert row["day_first"] is True
    assert row["set"] == "blind-uk"
    assert row["kind"] == "photo"
    assert row["total"].startswith("-")
    assert row["items"][0].keys() == {"text", "amount"}


def test_a_folder_scores_full_marks_against_its_own_labels(tmp_path: Path):
    if not SCORE.is_file():
        pytest.skip("the shared scoring script is not beside this project")
    write_folder(tmp_path, 4, 2, False)
    labels = tmp_path / "labels.jsonl"
    command = [sys.executable, str(SCORE), str(labels), str(labels), "--json", str(tmp_path / "out.json")]
    subprocess.run(command, check=True, capture_output=True)
    scores = json.loads((tmp_path / "out.json").read_text())
    assert len(list(tmp_path.glob("*.jpg"))) == 4
    assert scores["ALL"]["all"] == 1


def test_a_missing_typeface_is_replaced_and_said(tmp_path: Path):
    found = find("inconsolata", (tmp_path,))
    assert found.path is None
    assert found.note == f"inconsolata missing ({FACES['inconsolata'].package}): drawn with Pillow's own face"


def test_a_typeface_of_the_same_use_stands_in_first(tmp_path: Path):
    (tmp_path / "dkg.ttf").touch()
    found = find("breip", (tmp_path,))
    assert found.path == tmp_path / "dkg.ttf"
    assert found.note == "breip missing (fonts-breip): drawn with dkg"


def test_vat_is_the_part_inside_the_gross_amount():
    assert vat_in(1200, 20) == 200
    assert vat_in(105, 5) == 5
    assert vat_summary([("Z", 300), ("A", 600), ("A", 600)]) == [("A", 20, 1200, 1000, 200), ("Z", 0, 300, 300, 0)]


def test_days_of_the_month_have_their_endings():
    assert [ordinal(day) for day in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "30th"]
    )


def test_the_generator_knows_nothing_of_the_reader():
    folder = Path(blind.__file__).parent
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "app" for name in names), path

"""The blind generator: believable UK receipts whose labels can be trusted."""

from random import Random

import pytest

from tests.receipts.blind.generate import generate
from tests.receipts.blind.layouts import LAYOUTS


def test_the_same_seed_makes_the_same_pictures_and_labels():
    first, second = list(generate(3, 5, True)), list(generate(3, 5, True))
    assert first == second


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_printed_items_add_up_to_the_labelled_total(layout: str):
    truth = LAYOUTS[layout](Random(f"sums {layout}")).truth
    assert not truth.items or sum(amount for _, amount in truth.items) == truth.total

"""Sums of money as they are printed, written and misread."""

import pytest

from app.receipts.reading.amounts import sums_in


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£12.50", [1250]),
        ("-£3.00", [-300]),
        ("£-3.00", [-300]),
        ("0.02-", [-2]),
        ("(1.50)", [-150]),
        ("1,234.56", [123456]),
        ("1.234,56", [123456]),
        ("12 .50", [1250]),
        ("RMO.00", [0]),
        ("4.0OSR", [400]),
        ("£1C.87", [1087]),
        ("£45", [4500]),
        ("TOTALRM12.00", [1200]),
        ("EUR 19,77", [1977]),
        ("E12.60", [1260]),
        ("f-41.66", [-4166]),
        ("£21 80", [2180]),
    ],
)
def test_money_is_read_as_pence(text: str, pence: list[int]) -> None:
    assert [one.pence for one in sums_in(text)] == pence


@pytest.mark.parametrize("text", ["11.04.2020", "12/05/24", "01603 555014", "VAT No 123 4567 89", "A0000000031010"])
def test_dates_and_numbers_are_no_money(text: str) -> None:
    assert sums_in(text) == []


@pytest.mark.parametrize("text", ["20.00%", "32.10 L", "2 X 4.90", "12.30 Uhr", "£2.50/kg"])
def test_rates_weights_and_times_are_marked(text: str) -> None:
    assert all(one.unit for one in sums_in(text))

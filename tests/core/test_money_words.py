"""Reading and writing amounts on the server; the phone's reading is compared in tests/budgets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import BIGGEST_AMOUNT, NotAnAmount, format_amount, is_currency, parse_amount, plain_amount

READ = {
    "£1,234.56": 123456, "1234.56": 123456, "12": 1200, "12.5": 1250, ".50": 50, "50p": 50, " £ 12.00 ": 1200,
    "\u00a0£7": 700, "1,000,000": 100_000_000, "9,999,999.99": BIGGEST_AMOUNT, "10,30": 1030,
    "£7,5": 750, ",50": 50, "1.234,56": 123456, "1,234": 123400, "9.999.999,99": BIGGEST_AMOUNT,
}  # fmt: skip
REFUSED = {
    "": "like 12.50", "£": "like 12.50", "-5": "minus", "−5": "minus", "€5": "in pounds",
    "12.34,56": "point, not a comma", "1,234,56": "digits",
    "12.": "digits", "1,2345": "digits", "five": "digits", "٣": "digits", "１２": "digits", "1e3": "digits",
    "1_000": "digits",
    "12.345": "two digits", "0": "above £0.00", "0p": "above", "10,000,000": "£9,999,999.99", "9" * 10_000: "biggest",
}  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), READ.items())
def test_what_people_type_is_read_to_the_penny(text, amount):
    assert parse_amount(text) == amount


@pytest.mark.parametrize(("text", "words"), REFUSED.items(), ids=range(len(REFUSED)))
def test_what_is_no_amount_is_refused_with_a_sentence(text, words):
    with pytest.raises(NotAnAmount) as caught:
        parse_amount(text)
    assert words in str(caught.value)
    assert len(str(caught.value).split()) <= 20


def test_zero_is_read_where_nothing_may_be_the_value():
    assert parse_amount("0.00", zero=True) == 0


def test_each_currency_has_its_own_digits_signs_and_words():
    assert parse_amount("¥1,250", "JPY") == 1250
    assert (parse_amount("$5", "AUD"), parse_amount("A$5", "AUD"), parse_amount("US$5", "USD")) == (500, 500, 500)
    for text, currency, words in (("12.5", "JPY", "whole yen"), ("A$5", "USD", "US\\$"), ("50p", "EUR", "digits")):
        with pytest.raises(NotAnAmount, match=words):
            parse_amount(text, currency)


def test_amounts_are_written_with_sign_commas_and_all_digits():
    assert [format_amount(n) for n in (123456, 5, -6240)] == ["£1,234.56", "£0.05", "−£62.40"]
    assert [format_amount(1500, code) for code in ("EUR", "AUD", "USD", "JPY")] == [
        "€15.00",
        "A$15.00",
        "US$15.00",
        "¥1,500",
    ]
    assert [plain_amount(123456), plain_amount(-5), plain_amount(-1500, "JPY")] == ["1234.56", "-0.05", "-1500"]


@given(st.integers(1, BIGGEST_AMOUNT), st.sampled_from(["GBP", "EUR", "AUD", "USD", "JPY"]))
def test_what_is_written_can_be_read_again(amount, currency):
    assert parse_amount(format_amount(amount, currency), currency) == amount
    assert parse_amount(plain_amount(amount, currency), currency) == amount


def test_only_currencies_with_known_minor_units_are_kept():
    assert [is_currency(code) for code in ("GBP", "JPY", "gbp", "XAU")] == [True, True, False, False]


@given(st.integers(1, BIGGEST_AMOUNT))
def test_pence_behind_a_comma_are_read_as_pence_whatever_parts_the_thousands(amount):
    swap = str.maketrans(",.", ".,")
    assert parse_amount(plain_amount(amount).translate(swap)) == amount
    assert parse_amount(format_amount(amount).translate(swap)) == amount

"""Money as whole minor units and an ISO currency; never a float.

The phone has the same rules in `static/js/core/money.js`; both are run over the same cases.
"""

import re
from typing import Annotated, Final

Pence = Annotated[int, "minor units of a currency (pence, cents, whole yen); never a float"]

BIGGEST_AMOUNT: Final = 999_999_999
"""The most one entry may hold, in minor units; 9,000,000 of them still add up exactly on the phone."""

MINOR_DIGITS: Final = {"GBP": 2, "EUR": 2, "AUD": 2, "USD": 2, "JPY": 0}
SIGNS: Final = {"GBP": "£", "EUR": "€", "AUD": "A$", "USD": "US$", "JPY": "¥"}
NAMES: Final = {"GBP": "pounds", "EUR": "euros", "AUD": "dollars", "USD": "dollars", "JPY": "yen"}

_MINUS: Final = "\u2212"
_BLANKS: Final = " \t\r\n\u00a0\u202f"
_LONGEST: Final = 40
_ANY_SIGN: Final = ("US$", "A$", "$", "£", "€", "¥")
_TYPED: Final = {"GBP": ("£",), "EUR": ("€",), "AUD": ("A$", "$"), "USD": ("US$", "$"), "JPY": ("¥",)}
_WHOLE: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
_DECIMAL_COMMA: Final = re.compile(r"[0-9.]*,[0-9]{1,2}")
# One comma before one or two digits can only be the pence: thousands have three. Points may part those then.
_COMMA_BEFORE_PENCE: Final = re.compile(r"(?:[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{1,2}")
_PENCE: Final = re.compile(r"([0-9]{1,2}) ?p")


class NotAnAmount(ValueError):
    """The text is no amount of money; `str(error)` is one sentence to show beside the field."""


def is_currency(code: str) -> bool:
    """Whether amounts can be kept in this ISO 4217 code."""
    return code in MINOR_DIGITS


def parse_amount(text: str, currency: str = "GBP", *, zero: bool = False) -> Pence:
    """Read what a person typed, such as "£1,234.56", "1234.5", "10,30" or "50p", as minor units.

    Zero is refused unless `zero` (a service may be worth nothing). Raises NotAnAmount with a sentence.
    """
    trimmed = text.strip(_BLANKS)
    pence = _PENCE.fullmatch(trimmed) if currency == "GBP" else None
    amount = int(pence[1]) if pence else _minor_units(_without_sign(trimmed, currency), currency)
    if amount > BIGGEST_AMOUNT:
        raise NotAnAmount(_too_big(currency))
    if amount == 0 and not zero:
        raise NotAnAmount(f"Write an amount above {format_amount(0, currency)}.")
    return amount


def format_amount(amount: Pence, currency: str = "GBP") -> str:
    """Write minor units for people: 123456 is "£1,234.56"; below zero with a true minus sign before it."""
    return f"{_MINUS if amount < 0 else ''}{SIGNS[currency]}{_digits(abs(amount), currency, ',')}"


def plain_amount(amount: Pence, currency: str = "GBP") -> str:
    """Write minor units for a field or a table file: 123456 is "1234.56", below zero "-1234.56"."""
    return f"{'-' if amount < 0 else ''}{_digits(abs(amount), currency, '')}"


def _without_sign(trimmed: str, currency: str) -> str:
    if len(trimmed) > _LONGEST:
        raise NotAnAmount(_too_big(currency))
    if trimmed.startswith(("-", _MINUS)):
        raise NotAnAmount("Write the amount without a minus sign.")
    sign = next((sign for sign in _ANY_SIGN if trimmed.startswith(sign)), "")
    if sign and sign not in _TYPED[currency]:
        raise NotAnAmount(f"This money is kept in {NAMES[currency]}. Write the amount in {SIGNS[currency]}.")
    bare = trimmed.removeprefix(sign).strip(_BLANKS)
    if not bare:
        raise NotAnAmount(f"Write an amount, like {_example(currency)}.")
    return bare


def _minor_units(bare: str, currency: str) -> int:
    digits = MINOR_DIGITS[currency]
    if digits and _COMMA_BEFORE_PENCE.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    whole, point, part = bare.partition(".")
    if digits and _DECIMAL_COMMA.fullmatch(bare):
        raise NotAnAmount(f"Use a point, not a comma, before the last two digits, like {_example(currency)}.")
    if not _is_number(whole, point, part):
        raise NotAnAmount(f"Write the amount in digits, like {_example(currency)}.")
    if len(part) > digits:
        raise NotAnAmount(_too_fine(currency))
    return int((whole.replace(",", "") or "0") + part.ljust(digits, "0"))


def _is_number(whole: str, point: str, part: str) -> bool:
    if point and not re.fullmatch(r"[0-9]+", part):
        return False
    return bool(_WHOLE.fullmatch(whole)) or (not whole and bool(point))


def _too_fine(currency: str) -> str:
    if MINOR_DIGITS[currency]:
        return f"Write at most two digits after the point, like {_example(currency)}."
    return f"Write whole {NAMES[currency]}, like {_example(currency)}."


def _too_big(currency: str) -> str:
    return f"The biggest amount you can write is {format_amount(BIGGEST_AMOUNT, currency)}."


def _example(currency: str) -> str:
    return "12.50" if MINOR_DIGITS[currency] else "1,250"


def _digits(amount: int, currency: str, comma: str) -> str:
    digits = MINOR_DIGITS[currency]
    whole, part = divmod(amount, 10**digits)
    grouped = f"{whole:,}".replace(",", comma)
    return f"{grouped}.{part:0{digits}d}" if digits else grouped

"""How one find is said so that it points at nobody: "my daughter", "a town near us", "in spring", "under 13"."""

import json
import re
from functools import lru_cache
from typing import Any

from app.peers.anonymise.lists import near_places, read_data
from app.peers.anonymise.spans import Span

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
UNITS += ["seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
STREET = re.compile(r"\b(?:road|rd|street|st|lane|avenue|ave|close|drive|crescent|terrace|heol|ffordd|stryd|way|row)\b")
NUMERIC = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*\d{1,4}")


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(read_data("wording.json"))
    return loaded


def place_group(span: Span, low: str) -> str:
    """Which row of stand-ins a place takes: near, far, street or address."""
    if span.reason in {"an address", "a postcode", "part of a postcode", "a house number"} or re.search(r"\d", low):
        return "address"
    if STREET.search(low):
        return "street"
    return "near" if low in near_places() else "far"


def org_phrase(low: str) -> str:
    """ "a leisure centre" for "thornley park leisure centre": the longest noun at its end decides."""
    for nouns, phrase in wording()["org"]:
        if any(low.endswith(noun) for noun in nouns):
            return str(phrase)
    return str(wording()["org_other"])


def contact_phrase(span: Span) -> str:
    return str(wording()["contact"][span.reason])


def rare_phrase(span: Span) -> str:
    rare = wording()["rare"]
    if span.role == "clause" or span.reason in rare:
        return str(rare.get(span.reason, rare["other"]))
    return str(wording()["condition"])


def age_phrase(low: str) -> str:
    """A band instead of an exact age: "under 13", "over 40"."""
    years = number_of(low)
    if years is None:
        return "a certain age"
    if years < 20:
        return next(f"under {top}" for top in (5, 13, 20) if years < top)
    return f"over {min(years - years % 10, 90) - (years % 10 == 0) * 1}"


def number_of(low: str) -> int | None:
    """The number that digits or words say, up to 199; None when there is none."""
    digits = re.match(r"\d+", low)
    if digits:
        return int(digits.group())
    total = 0
    for word in re.split(r"[\s-]+", low.split(" and ")[0]):
        if word in TENS:
            total += 20 + 10 * TENS.index(word)
        elif word in UNITS:
            total += UNITS.index(word)
    return total or None


def season_of(low: str) -> str | None:
    """The season of a date's month; None when it names no month."""
    seasons = wording()["seasons"]
    for season, feasts in wording()["feasts"].items():
        if any(feast in low for feast in feasts):
            return str(season)
    for word in re.findall(r"[a-z]+", low):
        if word[:3] in MONTHS:
            return str(seasons[str(MONTHS.index(word[:3]) + 1)])
    numeric = NUMERIC.search(low)
    if numeric and 1 <= int(numeric[2]) <= 12:
        return str(seasons[str(int(numeric[2]))])
    return None

"""Dates as people misspell them: months and numbers in words that are one letter off, marked so that rules see them."""

import re
from functools import lru_cache

from app.peers.anonymise.known import one_apart
from app.peers.anonymise.lists import commonness

MONTHS = ("january", "february", "march", "april", "august", "september", "october", "november", "december")
NUMBERS = (
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
MONTH_MARK, NUMBER_MARK = "ɱ", "ɳ"
"""Letters that no plain text holds; the rules' "month" and "number" know them."""
WORD = re.compile(r"[a-z]{5,10}")


def marked(low: str) -> str:
    """`low` with misspelled months and numbers as marks of the same length, so that offsets hold."""
    return WORD.sub(lambda word: mark_of(word.group()) * len(word.group()) or word.group(), low)


@lru_cache(maxsize=4096)
def mark_of(word: str) -> str:
    """The mark for a word that is one letter off a month or a number; "" for every other word."""
    if word in commonness():
        return ""
    if any(one_apart(word, month) for month in MONTHS if word != month):
        return MONTH_MARK
    return NUMBER_MARK if any(one_apart(word, number) for number in NUMBERS if word != number) else ""

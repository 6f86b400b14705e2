"""docs/asvs.csv: every requirement of OWASP ASVS 5.0, levels 1 and 2, each once, with a test that is there."""

import csv
import io
import re

import pytest

from tests.conftest import PROJECT

TEXT = (PROJECT / "docs/asvs.csv").read_text(encoding="utf-8")
HEAD = ["id", "level", "applies", "how met, or why not", "test that shows it"]
# How many requirements each section has of levels 1 and 2; those of level 3 alone are named, all others run from 1.
LEVEL_3 = {
    "V1.2": {10}, "V1.3": {12}, "V1.5": {3}, "V2.3": {5}, "V2.4": {2}, "V3.2": {3}, "V3.3": {5}, "V3.4": {7, 8},
    "V3.5": {6, 7, 8}, "V3.7": {3, 4, 5}, "V4.1": {4, 5}, "V4.2": {2, 3, 4, 5}, "V5.2": {4, 5, 6}, "V5.3": {3},
    "V6.3": {5, 6, 7, 8}, "V6.4": {5, 6}, "V6.5": {6, 7, 8}, "V6.6": {4}, "V7.5": {3}, "V8.1": {3, 4}, "V8.2": {4},
    "V8.3": {2, 3}, "V8.4": {2}, "V10.2": {3}, "V10.3": {5}, "V10.4": {12, 13, 14, 15, 16}, "V11.1": {3, 4},
    "V11.2": {4, 5}, "V11.3": {4, 5}, "V11.5": {2}, "V11.6": {2}, "V12.1": {4, 5}, "V12.3": {5}, "V13.1": {2, 3, 4},
    "V13.2": {6}, "V13.3": {3, 4}, "V13.4": {6, 7}, "V14.2": {5, 6, 7, 8}, "V15.1": {4, 5}, "V15.2": {4, 5},
    "V16.5": {4}, "V17.1": {2}, "V17.2": {5, 6, 7, 8},
}  # fmt: skip
LAST = {
    "V1": (2, 9, 11, 3, 2), "V2": (3, 3, 4, 1), "V3": (0, 2, 4, 6, 5, 0, 2), "V4": (3, 1, 2, 4), "V5": (1, 3, 2, 3),
    "V6": (3, 12, 4, 4, 5, 3, 0, 4), "V7": (3, 4, 2, 5, 2, 2), "V8": (2, 3, 1, 1), "V9": (3, 4),
    "V10": (2, 2, 4, 11, 5, 2, 3), "V11": (2, 3, 3, 4, 1, 1), "V12": (3, 2, 4), "V13": (1, 5, 2, 5), "V14": (2, 4, 3),
    "V15": (3, 3, 7), "V16": (1, 5, 4, 3, 3), "V17": (1, 4, 2),
}  # fmt: skip
SAYS = ("Met: ", "Not met: ", "Not met in full: ", "Not met, on purpose: ")


def wanted():
    """The ids of all requirements of levels 1 and 2."""
    found = set()
    for chapter, lasts in LAST.items():
        for section, last in enumerate(lasts, start=1):
            name = f"{chapter}.{section}"
            assert not LEVEL_3.get(name, set()) & set(range(1, last + 1)), name
            found |= {f"{name}.{number}" for number in range(1, last + 1)}
    return found


def wrong(text):
    """What is not right in such a table, as sentences."""
    head, *rows = list(csv.reader(io.StringIO(text)))
    found = [] if head == HEAD else ["The columns are others."]
    ids = [row[0] for row in rows]
    found += [f"{one} is missing." for one in sorted(wanted() - set(ids))]
    found += [f"{one} is none, or stands twice." for one in ids if one not in wanted() or ids.count(one) > 1]
    for name, level, applies, how, test in rows:
        if level not in {"1", "2"} or applies not in {"yes", "no"} or len(how) < 12:
            found.append(f"{name} is not whole.")
        if applies == "yes" and not how.startswith(SAYS):
            found.append(f"{name} does not say whether it is met.")
        if how.startswith("Met: ") and not test:
            found.append(f"{name} is met without a test.")
        if test and not (PROJECT / test).is_file():
            found.append(f"{name}: there is no {test}.")
    return found


def test_every_requirement_has_its_line():
    assert wrong(TEXT) == []
    levels = [line.split(",")[1] for line in TEXT.splitlines()[1:]]
    assert (levels.count("1"), levels.count("2")) == (70, 183)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (r"V6\.2\.1,.*\n", "", "V6.2.1 is missing."),
        (r"V6\.2\.1,", "V6.2.2,", "V6.2.2 is none, or stands twice."),
        (r"V6\.2\.1,1,yes,Met: ", "V6.2.1,1,yes,Perhaps ", "V6.2.1 does not say whether it is met."),
        (r"(V6\.2\.1,.*),tests.*\n", r"\1,\n", "V6.2.1 is met without a test."),
        (r"(V6\.2\.1,.*),tests.*\n", r"\1,tests/nowhere.py\n", "V6.2.1: there is no tests/nowhere.py."),
    ],
)
def test_a_line_that_is_wrong_is_found(old, new, says):
    assert says in wrong(re.sub(old, new, TEXT, count=1))

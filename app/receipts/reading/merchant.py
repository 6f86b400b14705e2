"""Whose receipt it is: the name at the head, not the address, the kind of paper or the till."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.receipts.reading.lines import Row
from app.receipts.reading.scoring import Features, score, shares
from app.receipts.reading.shapes import Box, Hints
from app.receipts.reading.words import DATA, letters_in, plain

RULES = {name: re.compile(rule) for name, rule in DATA["merchant"].items() if isinstance(rule, str)}
BRANDS: list[str] = DATA["merchant"]["brands"]
HEAD_ROWS = 14
EDGES = " .,:;-–—*#=~_|'\"`<>/\\+!·•&"


@dataclass(frozen=True)
class Name:
    """A text that may be the shop's name, where it stands, and what speaks for it."""

    text: str
    row: int
    box: Box
    page: int
    features: Features
    score: float
    share: float = 0.0
    rows: int = 1


def rank_merchants(rows: list[Row], hints: Hints) -> list[Name]:
    """The candidates for the shop's name, the likeliest first."""
    head = rows[:HEAD_ROWS]
    whole = plain(" ".join(row.text for row in rows))
    sites = {squash(match.group(1)) for match in RULES["site"].finditer(whole)}
    found = [name for at in range(len(head)) for name in names_at(rows, at, whole, sites, hints)]
    found += names_in_thanks(rows, whole, sites, hints)
    found = [name for name in found if letters_in(plain(name.text)) >= 2]
    if not found:
        return []
    parts = shares([name.score for name in found])
    ranked = [replace(name, share=part) for name, part in zip(found, parts, strict=True)]
    return sorted(ranked, key=lambda name: (-name.score, name.row))


def names_at(rows: list[Row], at: int, whole: str, sites: set[str], hints: Hints) -> list[Name]:
    """The names that a row of the head may hold: itself, or itself and the next where a name goes on."""
    found = [make_name(rows, at, tidy(rows[at].text), 1, whole, sites, hints)]
    if at + 1 < min(len(rows), HEAD_ROWS) and goes_on(rows, at):
        text = tidy(rows[at].text + " " + rows[at + 1].text)
        found.append(make_name(rows, at, text, 2, whole, sites, hints))
        if at + 2 < min(len(rows), HEAD_ROWS) and goes_on(rows, at + 1):
            text = tidy(" ".join(row.text for row in rows[at : at + 3]))
            found.append(make_name(rows, at, text, 3, whole, sites, hints))
    return found


def goes_on(rows: list[Row], at: int) -> bool:
    """Whether the next row may carry on the name: as tall, close, and no address, number or heading."""
    one, two = rows[at], rows[at + 1]
    text = plain(two.text)
    tall = 0.75 < two.height / one.height < 1.35
    close = two.y - one.y < 2.0 * max(one.height, two.height)
    kinds = kinds_of(text)
    return tall and close and letters_in(text) >= 3 and not kinds & {"address", "contact", "number", "title", "junk"}


def kinds_of(text: str) -> frozenset[str]:
    """What a plain head row looks like."""
    names = ("address", "contact", "number", "title", "junk", "legal", "kind", "owner")
    return frozenset(name for name in names if RULES[name].search(text))


def names_in_thanks(rows: list[Row], whole: str, sites: set[str], hints: Hints) -> list[Name]:
    """Names in "thank you for shopping at ..."."""
    found = []
    for at, row in enumerate(rows):
        match = RULES["thanks"].search(plain(row.text))
        if match and letters_in(match.group(1)) >= 3 and not RULES["junk"].search(match.group(1)):
            found.append(make_name(rows, at, match.group(1).strip(EDGES), 1, whole, sites, hints, thanks=True))
    return found


def tidy(text: str) -> str:
    """A name without registration numbers in brackets, odd marks at its ends, and "owned by"."""
    bare = re.sub(RULES["bracketed"].pattern, " ", text)
    bare = re.sub(RULES["owner"].pattern, " ", bare, flags=re.IGNORECASE)
    words = " ".join(bare.split())
    return words.strip(EDGES).lstrip("0123456789").strip(EDGES) if letters_in(plain(words)) >= 4 else words.strip(EDGES)


def make_name(
    rows: list[Row], at: int, text: str, count: int, whole: str, sites: set[str], hints: Hints, thanks: bool = False
) -> Name:
    """One candidate with what speaks for it."""
    features = name_features(rows, at, text, count, whole, sites)
    features["thanks"] = float(thanks)
    brand = brand_in(text)
    features["brand"] = float(brand is not None)
    features["used_before"] = float(any(squash(shop) == squash(text) for shop in hints.shops))
    box, page = rows[at].parts[0].line.box, rows[at].page
    return Name(brand or text, at, box, page, features, score(features, "merchant"), rows=count)


def name_features(rows: list[Row], at: int, text: str, count: int, whole: str, sites: set[str]) -> Features:
    """What a text's words, size and place say."""
    heights = sorted(row.height for row in rows)
    bare = plain(text)
    kinds = kinds_of(plain(rows[at].text) if count == 1 else bare)
    digits = sum(letter.isdigit() for letter in bare)
    squashed = squash(text)
    scores = [part.line.score for part in rows[at].parts]
    features = {name: float(name in kinds) for name in ("address", "contact", "number", "title", "junk", "legal", "kind", "owner")}
    features |= {
        "order": float(named_rows_above(rows, at)),
        "first": float(named_rows_above(rows, at) == 0),
        "tall": min(2.0, max(0.0, rows[at].height / heights[len(heights) // 2] - 1)),
        "digits": digits / max(1, len(bare)),
        "short": float(letters_in(bare) < 4),
        "long": float(len(bare) > 38),
        "joined": float(count > 1),
        "joined3": float(count > 2),
        "joined_legal": float(count > 1 and bool(RULES["legal"].search(bare)) and not RULES["legal"].search(plain(rows[at].text))),
        "part_of_name": float(count == 1 and at + 1 < len(rows) and bool(goes_on(rows, at))),
        "site": float(any(len(site) >= 4 and (site in squashed or squashed in site and len(squashed) >= 4) for site in sites)),
        "again": float(len(squashed) >= 4 and squash(whole).count(squashed) > 1),
        "score": min(scores) if scores else 0.0,
        "words": float(min(6, len(bare.split()))),
        "lower": float(text != text.upper() and text == text.lower()),
    }
    return features


def named_rows_above(rows: list[Row], at: int) -> int:
    """How many rows with real words stand above."""
    return min(8, sum(letters_in(plain(row.text)) >= 4 for row in rows[:at]))


def squash(text: str) -> str:
    """Letters and digits alone."""
    return re.sub("[^A-Z0-9]", "", plain(text))


def brand_in(text: str) -> str | None:
    """A widely known shop that the text names and little else."""
    squashed = squash(text)
    for brand in BRANDS:
        bare = squash(brand)
        if squashed == bare or (len(bare) >= 4 and squashed.startswith(bare) and len(squashed) <= len(bare) + 1):
            return brand
    return None

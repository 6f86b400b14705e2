"""Whose receipt it is: the name at the head, not the address, the kind of paper or the till."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.receipts.reading.lines import Row
from app.receipts.reading.scoring import Features, score, shares
from app.receipts.reading.shapes import Box, Hints
from app.receipts.reading.words import DATA, digits_in, letters_in, plain

RULES = {name: re.compile(rule) for name, rule in DATA["merchant"].items() if isinstance(rule, str)}
BRANDS: list[str] = DATA["merchant"]["brands"]
HEAD_ROWS = 14
SPECK = 0.6
TALL = 0.15
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
    found = [name for name in found if letters_in(RULES["legal"].sub(" ", plain(name.text))) >= 2]
    if not found:
        return []
    parts = shares([name.score for name in found])
    ranked = [replace(name, share=part) for name, part in zip(found, parts, strict=True)]
    return sorted(ranked, key=lambda name: (-name.score, name.row))


def names_at(rows: list[Row], at: int, whole: str, sites: set[str], hints: Hints) -> list[Name]:
    """The names that a row of the head may hold: itself, or itself and the next where a name goes on."""
    found = [make_name(rows, at, tidy(row_text(rows[at])), 1, whole, sites, hints)]
    if at + 1 < min(len(rows), HEAD_ROWS) and goes_on(rows, at):
        text = tidy(row_text(rows[at]) + " " + row_text(rows[at + 1]))
        found.append(make_name(rows, at, text, 2, whole, sites, hints))
        if at + 2 < min(len(rows), HEAD_ROWS) and goes_on(rows, at + 1):
            text = tidy(" ".join(row_text(row) for row in rows[at : at + 3]))
            found.append(make_name(rows, at, text, 3, whole, sites, hints))
    return found


def goes_on(rows: list[Row], at: int) -> bool:
    """Whether the next row may carry on the name: as tall, close, and no address, number or heading."""
    one, two = rows[at], rows[at + 1]
    text = plain(two.text)
    tall = 0.75 < two.height / one.height < 1.35
    close = two.y - one.y < 2.0 * max(one.height, two.height)
    kinds = kinds_of(text) | kinds_of(plain(one.text)) - {"legal", "kind", "owner"}
    if text.startswith("(") or plain(one.text)[-1:] in (".", "!", "?"):
        return False
    return (
        tall
        and close
        and letters_in(text) >= 3
        and not kinds & {"address", "contact", "number", "title", "junk", "owner"}
    )


def kinds_of(text: str) -> frozenset[str]:
    """What a plain head row looks like."""
    names = ("address", "contact", "number", "title", "junk", "legal", "legal_my", "kind", "owner")
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
    """A name without registration numbers, stray marks at its ends, "owned by" and former names."""
    bare = text
    for name in ("bracketed", "bracketed", "former", "owner", "cut", "tail"):
        shorter = re.sub(RULES[name].pattern, " ", bare, flags=re.IGNORECASE)
        bare = shorter if letters_in(plain(shorter)) >= 3 else bare
    words = " ".join(bare.split()).strip(EDGES)
    if letters_in(plain(words)) < 4:
        return words
    return re.sub("^#?[0-9]{3,} ", "", words).strip(EDGES)


def row_text(row: Row) -> str:
    """A row's words without specks: parts of one letter or badly read ones beside better ones."""
    kept = [part.line for part in row.parts if len(part.line.text) > 1 and part.line.score >= SPECK]
    return " ".join(line.text for line in kept) if kept else row.text


def make_name(
    rows: list[Row], at: int, text: str, count: int, whole: str, sites: set[str], hints: Hints, thanks: bool = False
) -> Name:
    """One candidate with what speaks for it."""
    features = name_features(rows, at, text, count, whole, sites)
    features["thanks"] = float(thanks)
    brand = brand_of(rows[at], text, at < 3 and features["tall"] > TALL)
    features["brand"] = float(brand is not None)
    features["used_before"] = float(any(squash(shop) == squash(text) for shop in hints.shops))
    box, page = rows[at].parts[0].line.box, rows[at].page
    return Name(brand or text, at, box, page, features, score(features, "merchant"), rows=count)


def name_features(rows: list[Row], at: int, text: str, count: int, whole: str, sites: set[str]) -> Features:
    """What a text's words, size and place say."""
    heights = sorted(row.height for row in rows)
    bare = plain(text)
    kinds = kinds_of(plain(rows[at].text) if count == 1 else bare)
    digits = digits_in(bare)
    squashed = squash(text)
    scores = [part.line.score for part in rows[at].parts]
    features = {
        name: float(name in kinds)
        for name in ("address", "contact", "number", "title", "junk", "legal", "legal_my", "kind", "owner")
    }
    features |= {
        "order": float(named_rows_above(rows, at)),
        "first": float(named_rows_above(rows, at) == 0),
        "tall": min(2.0, max(0.0, rows[at].height / heights[len(heights) // 2] - 1)),
        "digits": digits / max(1, len(bare)),
        "short": float(letters_in(bare) < 4),
        "long": float(len(bare) > 38),
        "joined": float(count > 1),
        "joined3": float(count > 2),
        "joined_legal": float(
            count > 1 and bool(RULES["legal"].search(bare)) and not RULES["legal"].search(plain(rows[at].text))
        ),
        "joined_whole": float(count > 1 and is_whole(plain(rows[at + count - 1].text))),
        "part_of_name": float(count == 1 and at + 1 < len(rows) and bool(goes_on(rows, at))),
        "site": float(
            any(len(site) >= 4 and (site in squashed or (squashed in site and len(squashed) >= 4)) for site in sites)
        ),
        "again": float(len(squashed) >= 4 and squash(whole).count(squashed) > 1),
        "score": min(scores) if scores else 0.0,
        "words": float(min(6, len(bare.split()))),
        "lower": float(text != text.upper() and text == text.lower()),
    }
    return features


def is_whole(text: str) -> bool:
    """Whether a plain row is a company's full name by itself."""
    match = RULES["legal"].search(text)
    return match is not None and len(text[: match.start()].split()) >= 2


def named_rows_above(rows: list[Row], at: int) -> int:
    """How many rows with real words stand above."""
    return min(8, sum(letters_in(plain(row.text)) >= 4 for row in rows[:at]))


def squash(text: str) -> str:
    """Letters and digits alone."""
    return re.sub("[^A-Z0-9]", "", plain(text))


def brand_of(row: Row, text: str, tall: bool) -> str | None:
    """The well-known shop that a name stands for, or that one part of its row names alone."""
    texts = [text, *(part.line.text for part in row.parts if len(row.parts) > 1)]
    return next((brand for brand in (brand_in(one, tall) for one in texts) if brand), None)


def brand_in(text: str, tall: bool = False) -> str | None:
    """A widely known shop that the text names and little else; large print may be off by a letter or two."""
    squashed = squash(text)
    for bare, brand in SQUASHED_BRANDS:
        if squashed == bare or (len(bare) >= 4 and squashed.startswith(bare) and len(squashed) <= len(bare) + 1 + tall):
            return brand
    if tall and 3 <= len(squashed) <= 20:
        near = [brand for bare, brand in SQUASHED_BRANDS if len(bare) >= 4 and off_by(squashed, bare) <= slack(bare)]
        return near[0] if len(near) == 1 else None
    return None


def slack(bare: str) -> int:
    """How many letters of a brand may be misread."""
    return 1 if len(bare) < 7 else 2


def off_by(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed to make one word of the other."""
    before = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        now = [at]
        for to, wanted in enumerate(other, 1):
            now.append(min(now[-1] + 1, before[to] + 1, before[to - 1] + (letter != wanted)))
        before = now
    return before[-1]


SQUASHED_BRANDS = [(squash(brand), brand) for brand in BRANDS]

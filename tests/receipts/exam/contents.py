"""Shops, people and goods of this exam: all invented, none of them in the first exam."""

import json
from pathlib import Path
from random import Random
from typing import Any

from ..blind.goods import Line
from ..blind.words import Shop, phone, vat_number

DATA = Path(__file__).parent / "data"
WORDS: dict[str, Any] = json.loads((DATA / "words.json").read_text(encoding="utf-8"))
SHELVES: dict[str, list[tuple[str, int, str]]] = json.loads((DATA / "goods.json").read_text(encoding="utf-8"))
FORMS = ("Ltd", "Limited", "Retail Ltd", "(UK) Ltd", "Trading LLP", "Services Limited", "CIC")


def somebody(rng: Random) -> str:
    """Forename and surname."""
    return f"{rng.choice(WORDS['forenames'])} {rng.choice(WORDS['surnames'])}"


def home(rng: Random) -> str:
    """A house and its street."""
    return f"{rng.randint(1, 96)} {rng.choice(WORDS['homes'])}"


def town(rng: Random) -> str:
    """Any of the towns."""
    return str(rng.choice(list(WORDS["towns"])))


def find_shop(rng: Random, trade: str) -> Shop:
    """A shop of a trade: many have a single word for a name, as chains do."""
    name, place = rng.choice(WORDS["trades"][trade]), town(rng)
    first = "".join(letter for letter in name.lower() if letter.isalnum())
    return Shop(
        name=name,
        legal=f"{name.title() if name.isupper() else name} {rng.choice(FORMS)}",
        street=f"{rng.randint(2, 310)} {rng.choice(WORDS['streets'])}".replace("Unit", "- Unit"),
        town=place,
        postcode=f"{WORDS['towns'][place]} {rng.randint(1, 9)}{''.join(rng.choices('ABDEFHJLNPQRTUWXY', k=2))}",
        phone=phone(rng),
        vat=vat_number(rng),
        web=first + rng.choice([".co.uk", ".uk", ".com", ".org"]),
        slogan=rng.choice(["See you soon", "Diolch / Thank you", "Ta very much", "You were served by our team today"]),
    )


def choose(rng: Random, shelf: str, low: int, high: int, repeat: float = 0.2) -> list[Line]:
    """Between low and high different things, some more than once, at prices that end as prices do."""
    chosen = rng.sample(SHELVES[shelf], min(rng.randint(low, high), len(SHELVES[shelf])))
    counts = [rng.choice([2, 2, 3, 5]) if rng.random() < repeat else 1 for _ in chosen]
    moves = [rng.choice([0, 0, 5, 15, 30, 49, -6]) if price > 20 else 0 for _, price, _ in chosen]
    rows = zip(chosen, counts, moves, strict=True)
    return [Line(name, count, price + move, rate) for (name, price, rate), count, move in rows]

"""Invented shops, people, places and numbers. No name is a real company's on purpose.

Telephone numbers come from the ranges that are kept free for drama.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "data/words.json").read_text(encoding="utf-8"))
TOWNS: dict[str, str] = WORDS["towns"]


@dataclass(frozen=True)
class Shop:
    """A place that takes money: every line of its letterhead, apart."""

    name: str
    legal: str
    street: str
    town: str
    postcode: str
    phone: str
    vat: str
    web: str
    slogan: str

    @property
    def address(self) -> list[str]:
        """Three lines, as on an envelope."""
        return [self.street, self.town, self.postcode]


def phone(rng: Random) -> str:
    """A number from the ranges that no one is ever given."""
    forms = ["01632 960{0}", "020 7946 0{0}", "0117 496 0{0}", "01632 960 {0}", "(01632) 960{0}", "0161 496 0{0}"]
    return rng.choice(forms).format(f"{rng.randrange(1000):03}")


def digits(rng: Random, count: int) -> str:
    """A till, card or ticket number of so many digits."""
    return "".join(rng.choice("0123456789") for _ in range(count))


def vat_number(rng: Random) -> str:
    """A VAT number in one of its usual writings."""
    raw = digits(rng, 9)
    return rng.choice(["GB" + raw, f"{raw[:3]} {raw[3:7]} {raw[7:]}", f"GB {raw[:3]} {raw[3:7]} {raw[7:]}"])


def person(rng: Random) -> str:
    """Forename and surname."""
    return f"{rng.choice(WORDS['forenames'])} {rng.choice(WORDS['surnames'])}"


def shop_name(rng: Random, trade: str) -> str:
    """An invented name for a shop of a trade."""
    noun, stem, surname = rng.choice(WORDS["trades"][trade]), rng.choice(WORDS["stems"]), rng.choice(WORDS["surnames"])
    patterns = [f"{stem} {noun}"] * 4 + [f"{surname}'s {noun}"]
    if not noun.startswith("&"):
        patterns.append(f"The {stem} {noun}")
    if trade in {"hardware", "chemist", "garden", "department", "physio"}:
        patterns += [f"{surname} & Sons {noun}", f"J. {surname} {noun}"]
    return rng.choice(patterns).replace("Sons & Co", "Sons").replace("'s & Co", " & Co")


def shop(rng: Random, trade: str) -> Shop:
    """An invented shop with an address that could be anywhere in the country."""
    name = shop_name(rng, trade)
    town, area = rng.choice(list(TOWNS.items()))
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    postcode = f"{area} {rng.randint(1, 9)}{rng.choice(letters)}{rng.choice(letters)}"
    legal = name.removeprefix("The ") + rng.choice([" Ltd", " Limited", " Ltd.", " LLP", " Group plc"])
    web = "www." + "".join(c for c in name.lower() if c.isalnum()) + rng.choice([".co.uk", ".org.uk", ".com"])
    return Shop(
        name=name,
        legal=legal,
        street=f"{rng.randint(1, 240)} {rng.choice(WORDS['streets'])}",
        town=town,
        postcode=postcode,
        phone=phone(rng),
        vat=vat_number(rng),
        web=web,
        slogan=rng.choice(WORDS["slogans"]),
    )

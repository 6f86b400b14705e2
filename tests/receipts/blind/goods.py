"""What the invented shops sell: name, usual price in pence, and the letter of its VAT rate.

Z is zero rated, A the standard rate (20%), B the reduced rate (5%).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

RATES = {"Z": 0, "A": 20, "B": 5}
SHELVES: dict[str, list[tuple[str, int, str]]] = json.loads(
    (Path(__file__).parent / "data/goods.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Line:
    """A thing bought: name, how many, the price of one, the whole amount (pence) and its VAT letter."""

    name: str
    count: int
    price: int
    rate: str

    @property
    def amount(self) -> int:
        return self.count * self.price


def fill_basket(rng: Random, shelf: str, low: int, high: int, repeat: float = 0.18) -> list[Line]:
    """Between low and high different things of a shelf, prices moved a little."""
    stock = SHELVES[shelf]
    chosen = rng.sample(stock, min(len(stock), rng.randint(low, high)))
    lines = []
    for name, price, rate in chosen:
        pence = price
        if pence:
            pence = max(25, pence + rng.choice([0, 0, 0, -10, -5, 4, 5, 10, 20, 35]))
        lines.append(Line(name, rng.choice([2, 2, 3, 4]) if rng.random() < repeat else 1, pence, rate))
    return lines


def vat_in(gross: int, rate: int) -> int:
    """The VAT inside a gross amount, rounded to the nearest penny."""
    return (gross * rate * 2 + 100 + rate) // (2 * (100 + rate))


def vat_summary(parts: list[tuple[str, int]]) -> list[tuple[str, int, int, int, int]]:
    """For each letter used: letter, rate, gross, net, VAT."""
    rows = []
    for letter in "ABZ":
        gross = sum(amount for code, amount in parts if code == letter)
        if gross:
            vat = vat_in(gross, RATES[letter])
            rows.append((letter, RATES[letter], gross, gross - vat, vat))
    return rows

"""Made-up British receipts with known answers: rows of text first, boxes or pixels later."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.receipts.own import words

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Piece:
    """One row: words at the left (or centred), words at the right, and how tall it is printed."""

    left: str
    right: str = ""
    centred: bool = False
    tall: float = 1.0
    middle: str = ""


@dataclass
class Slip:
    """A receipt in the making and the answers: shop, ISO date, total in pence, the lines bought."""

    shop: str
    day: date
    total: int = 0
    rows: list[Piece] = field(default_factory=list)
    kind: str = ""

    def head(self, text: str, tall: float = 1.0) -> None:
        """A centred row."""
        self.rows.append(Piece(text, centred=True, tall=tall))

    def row(self, left: str, right: str = "", tall: float = 1.0) -> None:
        """A row with words at both ends."""
        self.rows.append(Piece(left, right, tall=tall))


def pounds(dice: random.Random, pence: int, sign: str) -> str:
    """Money as printed."""
    text = f"{abs(pence) // 100}.{abs(pence) % 100:02d}"
    if pence >= 0:
        return sign + text
    return dice.choice([f"-{sign}{text}", f"{sign}-{text}", f"{sign}{text}-"])


def written(dice: random.Random, day: date) -> str:
    """A date as tills print it, always day first."""
    month = MONTHS[day.month - 1]
    return dice.choice(
        [
            f"{day:%d/%m/%Y}",
            f"{day:%d/%m/%y}",
            f"{day:%d-%m-%Y}",
            f"{day:%d.%m.%y}",
            f"{day.day} {month} {day.year}",
            f"{day:%d}{month[:3].upper()}{day:%y}",
            f"{day:%d} {month[:3]} {day.year}",
            f"{day:%Y-%m-%d}",
            f"{day:%d-%b-%Y}",
            f"{day.day}/{day.month}/{day:%y}",
            f"{day:%a} {day.day} {month[:3]} {day.year}",
            f"{day:%d/%m/%Y}",
        ]
    )


def clock(dice: random.Random) -> str:
    """A time of day."""
    return f"{dice.randint(8, 21):02d}:{dice.randint(0, 59):02d}" + dice.choice(["", "", f":{dice.randint(0, 59):02d}"])


def begin(dice: random.Random, kind: str, shops: str) -> Slip:
    """A slip with its head: name, address, perhaps a telephone, a VAT number and a title."""
    slip = Slip(dice.choice(words.SHOPS[shops]), date(2019, 1, 1) + timedelta(days=dice.randint(0, 2800)), kind=kind)
    if dice.random() < 0.12:
        slip.head(dice.choice(words.TITLES))
    name = slip.shop.upper() if dice.random() < 0.4 else slip.shop
    slip.head(name, dice.choice([1.0, 1.3, 1.8, 2.4]))
    if dice.random() < 0.3:
        slip.head(dice.choice(["Every day better", "Fresh since 1987", "Here for you", "Local and proud"]))
    slip.head(dice.choice(words.STREETS))
    slip.head(dice.choice(words.TOWNS))
    if dice.random() < 0.6:
        slip.head(dice.choice(["Tel: 01603 555 0142", "T 020 7946 0321", "Telephone 0113 496 0198"]))
    if dice.random() < 0.5:
        slip.head(dice.choice(["VAT No. 123 4567 89", "VAT Reg GB 987654321", "Company No 04567890"]))
    if dice.random() < 0.25:
        slip.head(dice.choice(words.TITLES))
    return slip


def when(dice: random.Random, slip: Slip, words_too: bool = True) -> None:
    """The row with the date, mostly with a time."""
    day, time = written(dice, slip.day), clock(dice)
    till = f"Till {dice.randint(1, 20)} Trans {dice.randint(1000, 9999)}"
    ways = [
        (f"{day} {time}", ""),
        (day, time),
        (f"{day} {time} {till}", ""),
        (till, f"{day} {time}"),
        (f"Op: {dice.randint(1, 99)}", f"{day} {time}"),
    ]
    if words_too:
        ways += [(f"Date: {day}", f"Time: {time}"), (f"Date {day}", ""), ("Date:", f"{day} {time}")]
    left, right = dice.choice(ways)
    slip.row(left, right)


def buy(dice: random.Random, slip: Slip, goods: list[tuple[str, int]], most: int, sign: str) -> int:
    """Rows of things bought; some with a line for how many at what price. Returns their sum."""
    total = 0
    letter = dice.choice(["", "", " A", " Z", "*"])
    for name, price in dice.sample(goods, dice.randint(1, min(most, len(goods)))):
        price += dice.choice([0, 0, 5, 10, 31])
        many = dice.choice([1, 1, 1, 1, 2, 3])
        if many > 1 and dice.random() < 0.5:
            slip.row(name)
            slip.row(f"  {many} x {pounds(dice, price, sign)}", pounds(dice, many * price, sign) + letter)
        elif many > 1:
            slip.row(f"{many} {name}", pounds(dice, many * price, sign) + letter)
        else:
            slip.row(name, pounds(dice, price, sign) + letter)
        total += many * price
    return total


def tax(dice: random.Random, slip: Slip, total: int, sign: str) -> None:
    """How much VAT is inside."""
    inside = round(total / 6)
    net = total - inside
    if dice.random() < 0.5:
        slip.row("VAT @ 20%", pounds(dice, inside, sign))
    else:
        slip.row("VAT rate  Net  VAT  Gross")
        slip.row(f"20.00%  {pounds(dice, net, '')}  {pounds(dice, inside, '')}", pounds(dice, total, ""))


def card(dice: random.Random, slip: Slip, sum_paid: int, sign: str) -> None:
    """The part that a card terminal adds."""
    slip.row(dice.choice(words.CARDS), pounds(dice, sum_paid, sign))
    if dice.random() < 0.6:
        slip.row(
            f"************{dice.randint(1000, 9999)}",
            dice.choice(["", "ICC", f"Exp {dice.randint(1, 12):02d}/{dice.randint(24, 29)}"]),
        )
        slip.row(f"AUTH CODE {dice.randint(100000, 999999)}")
        slip.row("AID A0000000031010")
    if dice.random() < 0.3:
        slip.row("CHANGE", pounds(dice, 0, sign))


def cash(dice: random.Random, slip: Slip, total: int, sign: str) -> None:
    """Notes given and the change."""
    note = next(note for note in (500, 1000, 2000, 4000, 5000, 10000, 50000, 500000) if note >= total)
    slip.row(dice.choice(["CASH", "Cash tendered", "Cash"]), pounds(dice, note, sign))
    slip.row(dice.choice(["CHANGE", "Change due", "Change"]), pounds(dice, note - total, sign))


def pay(dice: random.Random, slip: Slip, total: int, sign: str) -> None:
    """By cash or by card."""
    (cash if dice.random() < 0.35 else card)(dice, slip, total, sign)


def close(dice: random.Random, slip: Slip) -> None:
    """The foot: thanks, and often a date that is not the date of the sale."""
    later = written(dice, slip.day + timedelta(days=dice.choice([14, 28, 30, 90])))
    foot = [
        f"Return by {later} with this receipt",
        f"Refund or exchange until {later}",
        f"Voucher valid until {later}",
        f"Offer ends {later}",
        f"Expires {later}",
        "Keep this receipt safe",
    ]
    if dice.random() < 0.45:
        slip.head(dice.choice(foot))
    for line in dice.sample(words.GREETINGS, dice.randint(0, 2)):
        slip.head(line)
    if dice.random() < 0.3:
        slip.head("www." + "".join(letter for letter in slip.shop.lower() if letter.isalnum()) + ".co.uk")

"""The layouts of made-up British receipts; each is a function from dice to a slip."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from tests.receipts.own import words
from tests.receipts.own.make import Slip, begin, buy, card, close, pay, pounds, tax, when, written


def supermarket(dice: random.Random) -> Slip:
    """Many items, money off, points, cashback now and then."""
    slip = begin(dice, "supermarket", "grocer")
    sign = dice.choice(["", "£", "£"])
    early = dice.random() < 0.5
    if early:
        when(dice, slip, words_too=False)
    total = buy(dice, slip, words.GOODS, 12, sign)
    if dice.random() < 0.4 and total > 400:
        off = dice.choice([50, 100, 120])
        slip.row("Subtotal", pounds(dice, total, sign))
        slip.row(
            dice.choice(["3 for 2 offer", "Multibuy saving", "Clubcard saving", "Discount"]), pounds(dice, -off, sign)
        )
        total -= off
    slip.total = total
    slip.row(dice.choice(words.TOTALS), pounds(dice, total, sign), dice.choice([1.0, 1.4, 2.0]))
    if dice.random() < 0.25:
        back = dice.choice([1000, 2000, 5000])
        slip.row("CASHBACK", pounds(dice, back, sign))
        card(dice, slip, total + back, sign)
    else:
        pay(dice, slip, total, sign)
    points(dice, slip, sign)
    if not early:
        when(dice, slip, words_too=False)
    close(dice, slip)
    return slip


def points(dice: random.Random, slip: Slip, sign: str) -> None:
    """Sums that are no payment: points, savings, the number of things."""
    if dice.random() < 0.4:
        slip.row(f"Number of items {dice.randint(1, 20)}")
    if dice.random() < 0.4:
        slip.row("You saved today", pounds(dice, dice.randint(20, 900), sign))
    if dice.random() < 0.3:
        slip.row("Points balance", str(dice.randint(10, 3000)))
        slip.row("Worth", pounds(dice, dice.randint(50, 2500), sign))


def counter(dice: random.Random) -> Slip:
    """A chemist, a shop or a hardware store."""
    slip = begin(dice, "counter", dice.choice(["chemist", "shop", "diy"]))
    sign = dice.choice(["", "£"])
    when(dice, slip)
    if dice.random() < 0.3:
        slip.row(dice.choice(["Served by", "Cashier"]), dice.choice(["Amira", "Tom", "Jo"]))
    total = slip.total = buy(dice, slip, words.GOODS, 5, sign)
    if dice.random() < 0.4:
        slip.row(dice.choice(["Sub total", "SUBTOTAL"]), pounds(dice, total, sign))
    slip.row(dice.choice(words.TOTALS), pounds(dice, total, sign), dice.choice([1.0, 1.0, 1.6]))
    if dice.random() < 0.5:
        tax(dice, slip, total, sign)
    pay(dice, slip, total, sign)
    close(dice, slip)
    return slip


def refund(dice: random.Random) -> Slip:
    """Money given back, below zero."""
    slip = begin(dice, "refund", dice.choice(["shop", "diy", "grocer"]))
    sign = dice.choice(["", "£"])
    slip.head(dice.choice(["*** REFUND ***", "REFUND", "RETURN / REFUND"]))
    when(dice, slip)
    name, price = dice.choice(words.GOODS)
    slip.row(name, pounds(dice, -price, sign))
    slip.total = -price
    slip.row(dice.choice(["TOTAL", "REFUND TOTAL", "Total refund"]), pounds(dice, -price, sign))
    slip.row(dice.choice(words.CARDS), pounds(dice, -price, sign))
    slip.row("Original sale " + written(dice, slip.day - timedelta(days=9)))
    close(dice, slip)
    return slip


def table(dice: random.Random) -> Slip:
    """A cafe or restaurant, with a service charge now and then."""
    slip = begin(dice, "table", "cafe")
    sign = dice.choice(["", "£", "£"])
    slip.row(f"Table {dice.randint(1, 30)}", f"Covers {dice.randint(1, 6)}")
    when(dice, slip)
    total = buy(dice, slip, words.MEALS, 6, sign)
    if dice.random() < 0.5:
        charge = round(total * dice.choice([0.1, 0.125]))
        slip.row("Subtotal", pounds(dice, total, sign))
        slip.row(
            dice.choice(["Service charge 12.5%", "Optional service charge", "Service 10%"]), pounds(dice, charge, sign)
        )
        total += charge
    slip.total = total
    slip.row(dice.choice(words.TOTALS), pounds(dice, total, sign), dice.choice([1.0, 1.5]))
    pay(dice, slip, total, sign)
    close(dice, slip)
    return slip


def centre(dice: random.Random) -> Slip:
    """A leisure centre or a cinema: a booking for another day."""
    slip = begin(dice, "centre", "leisure")
    sign = dice.choice(["", "£"])
    when(dice, slip)
    slip.row("Booking ref", f"LC{dice.randint(10000, 99999)}")
    total = slip.total = max(100, buy(dice, slip, words.SESSIONS, 3, sign))
    slip.row("Session date " + written(dice, slip.day + timedelta(days=3)))
    slip.row(dice.choice(["Total paid", "TOTAL", "Amount paid"]), pounds(dice, total, sign))
    pay(dice, slip, total, sign)
    slip.row("Membership expires " + written(dice, slip.day + timedelta(days=200)))
    close(dice, slip)
    return slip


def invoice(dice: random.Random) -> Slip:
    """A bill from a care agency or a practitioner, on a full page."""
    slip = begin(dice, "invoice", "care")
    slip.head("INVOICE", 1.6)
    start = slip.day - timedelta(days=14)
    rows = [
        (f"Invoice no. {dice.randint(1000, 9999)}", ""),
        (dice.choice(["Invoice date:", "Date:", "Date of issue", "Tax point"]), written(dice, slip.day)),
        (f"Period {written(dice, start)} to {written(dice, start + timedelta(days=6))}", ""),
        (dice.choice(["Payment due", "Due date:", "Please pay by"]), written(dice, slip.day + timedelta(days=30))),
    ]
    dice.shuffle(rows)
    for left, right in rows:
        slip.row(left, right)
    slip.row("To: " + dice.choice(["Mrs J. Example", "Mr A. Sample", "R. Person"]))
    slip.row("Description", "Amount")
    total = buy(dice, slip, words.CARE, 3, "£")
    if dice.random() < 0.4:
        vat = round(total * 0.2)
        slip.row(dice.choice(["Net", "Subtotal", "Total excl. VAT"]), pounds(dice, total, "£"))
        slip.row("VAT 20%", pounds(dice, vat, "£"))
        total += vat
    slip.total = total
    slip.row(
        dice.choice(["Total due", "TOTAL", "Invoice total", "Amount payable", "Balance due"]),
        pounds(dice, total, "£"),
        1.3,
    )
    slip.row("Sort code 00-11-22  Account 12345678")
    slip.row("Late payment may add £40.00")
    return slip


def ride(dice: random.Random) -> Slip:
    """A taxi: few words, perhaps a tip."""
    slip = begin(dice, "ride", "taxi")
    when(dice, slip)
    fare = dice.randint(400, 4500)
    slip.row("Distance", f"{dice.randint(1, 20)}.{dice.randint(0, 9)} miles")
    slip.row(dice.choice(["Fare", "FARE"]), pounds(dice, fare, "£"))
    tip = dice.choice([0, 0, 100, 200])
    if tip:
        slip.row("Tip", pounds(dice, tip, "£"))
        slip.row("Total", pounds(dice, fare + tip, "£"))
    slip.total = fare + tip
    if dice.random() < 0.5:
        slip.row("Paid by card", pounds(dice, slip.total, "£"))
    slip.head("Driver badge 4471")
    return slip


def terminal(dice: random.Random) -> Slip:
    """The slip of a card terminal alone."""
    slip = begin(dice, "terminal", dice.choice(list(words.SHOPS)))
    slip.row(f"Merchant ID: {dice.randint(10**6, 10**7)}", f"TID {dice.randint(10**6, 10**7)}")
    slip.row(dice.choice(["VISA DEBIT", "MASTERCARD"]), f"****{dice.randint(1000, 9999)}")
    slip.row("SALE" if dice.random() < 0.5 else "CONTACTLESS SALE")
    slip.total = dice.randint(150, 9000)
    if dice.random() < 0.25:
        tip = dice.choice([100, 250])
        slip.row("AMOUNT", pounds(dice, slip.total, "£"))
        slip.row("TIP", pounds(dice, tip, "£"))
        slip.total += tip
    slip.row(
        dice.choice(["TOTAL", "AMOUNT", "Sale amount", "TOTAL AMOUNT"]),
        pounds(dice, slip.total, dice.choice(["£", "GBP "])),
        1.4,
    )
    when(dice, slip)
    slip.head("Please debit my account")
    slip.head("CARDHOLDER COPY")
    return slip


def chit(dice: random.Random) -> Slip:
    """A note written by hand."""
    slip = Slip(
        dice.choice(words.SHOPS["care"] + words.SHOPS["taxi"]),
        date(2019, 1, 1) + timedelta(days=dice.randint(0, 2800)),
        kind="chit",
    )
    slip.row(slip.shop, tall=1.2)
    slip.row(dice.choice(["Date ", ""]) + written(dice, slip.day))
    slip.row("Received from " + dice.choice(["J Example", "Mrs Sample"]))
    slip.total = dice.randint(8, 90) * 100 + dice.choice([0, 0, 50])
    sum_text = dice.choice(
        [
            f"£{slip.total // 100}.{slip.total % 100:02d}",
            f"£{slip.total // 100}" if slip.total % 100 == 0 else f"£{slip.total / 100:.2f}",
        ]
    )
    slip.row("for " + dice.choice(["gardening", "cleaning 2 hrs", "lift to clinic", "haircut at home"]))
    slip.row(dice.choice(["Total ", "Paid ", "Sum of "]) + sum_text)
    slip.row("with thanks")
    return slip


LAYOUTS: list[Callable[[random.Random], Slip]] = [
    supermarket,
    supermarket,
    counter,
    counter,
    refund,
    table,
    centre,
    invoice,
    ride,
    terminal,
    chit,
]


def make_slip(seed: int) -> Slip:
    """The receipt of a seed; the layouts take turns."""
    dice = random.Random(seed)
    return LAYOUTS[seed % len(LAYOUTS)](dice)

"""Eating out, sport and hair; and paper from a card terminal alone."""

from random import Random

from ...blind.dates import STYLES
from ...blind.till import Money
from ...blind.truth import Made
from ...blind.words import digits
from ..contents import choose, home, somebody
from ..dates import TERMINAL
from ..slip import Slip, open_slip

POUND = (Money("£"), Money("£ "), Money(""))


def restaurant(rng: Random) -> Made:
    """A bill with service added, shares a head and tips proposed; the session's opening stands above its close."""
    slip, heads = open_slip(rng, "cafe", (480, 576), None, (12, 21), rng.choice(POUND)), rng.randint(2, 6)
    slip.top(f"VAT no. {slip.place.vat}")
    slip.strip.pair(f"Tbl {rng.randint(1, 40)} / {heads} covers", f"Opened {slip.when.late(-74)}")
    slip.moment("Closed", "Bill printed")
    slip.strip.rule(rng.choice("-_"))
    slip.goods(choose(rng, "meals", heads + 1, 9, 0.3))
    slip.strip.rule(rng.choice("-_"))
    food = slip.total
    slip.show(slip.one_of("Food and drink", "Net total", "Sub total"), food)
    if rng.random() < 0.7:
        slip.add(slip.one_of("Service 12.5%", "Discretionary service 12.5%"), round(food / 8))
    slip.large("Total to pay", "BILL TOTAL", "Amount due", "TOTAL")
    slip.strip.text(f"{heads} ways: {slip.money(-(-slip.total // heads))} each", "m")
    if slip.total > food:
        slip.plastic()
    else:
        slip.strip.text("Service not included. Suggested:", "m")
        slip.strip.text(f"10% {slip.money(food // 10)}   15% {slip.money(food * 15 // 100)}", "m")
    slip.bottom(slip.served(), f"Book Christmas by {slip.when.plus(20)}")
    return slip.done()


def supper(rng: Random) -> Made:
    """A takeaway's kitchen print: wanted by, discount, delivery and small-order fee."""
    slip = open_slip(rng, "takeaway", (384, 576), None, (16, 22), rng.choice(POUND))
    slip.strip.text(slip.one_of("WEB ORDER", "PHONE ORDER", "COLLECT"), "m", 2, 2, invert=True)
    slip.logo()
    slip.strip.text(f"{slip.place.street}, {slip.place.town}", "m")
    slip.strip.text(f"Ordered {slip.when.text} {slip.when.clock}")
    slip.strip.text(f"Ready by {slip.when.late(45)}")
    slip.strip.text(f"{somebody(rng)}, {home(rng)}")
    slip.strip.rule("=")
    slip.goods(choose(rng, "supper", 2, 6))
    slip.strip.rule("-")
    slip.show(slip.one_of("Subtotal", "Items"), slip.total)
    slip.add(slip.one_of("First order 10% off", "Loyal customer -10%"), -(slip.total // 10))
    slip.add("Delivery fee", rng.choice([150, 249, 350]))
    if rng.random() < 0.3:
        slip.add("Small order fee", 100)
    slip.large("TOTAL", "Total", "ORDER TOTAL")
    slip.strip.text(slip.one_of("PAID ONLINE", "CARD PAID", "CASH ON DELIVERY"), "m", tall=2)
    slip.bottom(f"Stamp card: 6 of 10, ends {slip.when.plus(60)}")
    return slip.done()


def membership(rng: Random) -> Made:
    """Joining a leisure centre: a date of birth, a first payment, the next one by direct debit, and an end."""
    slip = open_slip(rng, "gym", (480, 576), None, (7, 20), rng.choice(POUND))
    born = slip.when.day.replace(year=rng.randint(1948, 2009), day=rng.randint(1, 28))
    monthly = rng.choice([1850, 2200, 2799, 3150])
    slip.top()
    slip.strip.text(slip.one_of("MEMBERSHIP RECEIPT", "Welcome - you have joined", "NEW MEMBER"), "m", bold=True)
    slip.strip.pair("Name", somebody(rng))
    slip.strip.pair("Date of birth", STYLES["17/11/2026"](born))
    slip.strip.pair(slip.one_of("Joined", "Transaction date", "Date"), f"{slip.when.text} {slip.when.clock}")
    slip.strip.pair("Valid until", slip.when.plus(364))
    slip.strip.rule()
    slip.add(slip.one_of("Access Swim & Gym 1st month", "Concession monthly"), monthly)
    slip.add(slip.one_of("Joining fee", "Card fee"), rng.choice([500, 1000, 200]))
    if rng.random() < 0.4:
        slip.add("Carer goes free", 0)
    slip.large("PAID TODAY", "Total", "Total paid today")
    slip.settle()
    slip.strip.text(f"Next payment {slip.money(monthly)} on {slip.when.plus(31)} by Direct Debit")
    slip.bottom("You may change your mind within 14 days", slip.place.web)
    return slip.done()


def hair(rng: Random) -> Made:
    """A hairdresser: booking fee taken off beforehand is shown below; points, and an appointment to come."""
    slip = open_slip(rng, "hair", (384, 480), None, (9, 18), rng.choice(POUND))
    slip.top()
    slip.moment("", "Date")
    slip.strip.text(slip.served())
    slip.goods(choose(rng, "hair", 1, 3, 0.0))
    if rng.random() < 0.5:
        slip.add(slip.one_of("Carer's day 15% off", "Over 60s Tuesday"), -(slip.total * 15 // 100))
    if rng.random() < 0.4:
        slip.add("Tip (card)", rng.choice([200, 300, 500]))
    slip.strip.rule("_")
    slip.large("Total", "TOTAL", "You paid")
    slip.settle()
    slip.strip.text(f"You earned {slip.total // 100} points, worth {slip.money(slip.total // 50)}")
    slip.strip.text(f"Patch test valid until {slip.when.plus(180)}")
    slip.bottom(f"See you on {slip.when.plus(rng.randint(25, 50))} at {rng.randint(9, 17)}.45", code=False)
    return slip.done()


def _terminal_head(slip: Slip) -> None:
    slip.strip.text(slip.place.name.upper() if slip.rng.random() < 0.5 else slip.place.name, "m", bold=True)
    slip.strip.text(slip.place.street, "m")
    slip.strip.text(slip.place.town, "m")
    slip.strip.gap(0.5)
    for words, count in slip.rng.sample([("MERCHANT ID", 9), ("TERMINAL", 8), ("Txn", 6), ("Batch", 5)], 3):
        slip.strip.pair(words, digits(slip.rng, count))


def _terminal_foot(slip: Slip) -> None:
    when, strip = slip.when, slip.strip
    if slip.rng.random() < 0.5:
        strip.text(f"{when.text} {when.clock[:5]}")
    else:
        strip.pair(when.clock, when.text)
    strip.text(f"AUTH {digits(slip.rng, 6)}  RESP 00")
    slip.bottom(slip.one_of("Cardholder copy", "CUSTOMER RECEIPT", "Retain for your records"), code=False)


def tap(rng: Random) -> Made:
    """A contactless slip: nothing but the terminal's numbers and one amount."""
    trade = rng.choice(["hair", "cab", "cafe", "garden", "charity", "pharmacy", "fuel"])
    slip = open_slip(rng, trade, (384,), TERMINAL, (8, 21), Money(rng.choice(["£", "GBP", "GBP ", "£ "])))
    amount = rng.choice([rng.randint(150, 9900), rng.randint(2, 99) * 100])
    _terminal_head(slip)
    slip.strip.text(slip.one_of("Visa Debit", "Debit Mastercard", "AMEX"))
    slip.strip.text(f"{slip.one_of('xxxx xxxx xxxx', '**** ****')} {digits(rng, 4)}")
    slip.strip.text(slip.one_of("Contactless", "TAP", "DEVICE PIN OK"))
    slip.strip.gap(0.4)
    slip.large("PURCHASE", "SALE", "Total", "Amount GBP", "PAYMENT", pence=amount)
    slip.strip.gap(0.4)
    slip.strip.text(slip.one_of("TRANSACTION APPROVED", "Approved", "AUTHORISED"), "m")
    _terminal_foot(slip)
    return slip.done(total=amount)


def card_credit(rng: Random) -> Made:
    """A terminal gives money back: the minus is printed, and the day of the sale stands there too."""
    money = Money(rng.choice(["£", "GBP "]), rng.choice(["before", "inside", "after"]))
    slip = open_slip(rng, rng.choice(["clothes", "discount", "cafe", "gym"]), (384,), TERMINAL, (9, 18), money)
    amount = -rng.randint(350, 8900)
    _terminal_head(slip)
    slip.strip.text(slip.one_of("REFUND", "CREDIT", "** REFUND **"), "m", 1, 2)
    slip.strip.text(f"Mastercard **** {digits(rng, 4)}")
    slip.strip.text(f"Orig. sale {slip.when.plus(-rng.randint(1, 20))}")
    slip.large("REFUND AMOUNT", "Total", "Refund", pence=amount)
    slip.strip.text("PLEASE CREDIT MY ACCOUNT", "m")
    _terminal_foot(slip)
    return slip.done(total=amount)


LAYOUTS = {
    "restaurant": restaurant,
    "supper": supper,
    "membership": membership,
    "hair": hair,
    "tap": tap,
    "card-credit": card_credit,
}

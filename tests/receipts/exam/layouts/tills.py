"""Shops with a till: newsagent, supermarket, discounter, chemist, charity, post office, petrol, things brought back."""

from random import Random

from ...blind.dates import STYLES
from ...blind.goods import Line, vat_in
from ...blind.truth import Made, plain
from ...blind.words import digits
from ..contents import choose
from ..slip import Slip, open_slip


def newsagent(rng: Random) -> Made:
    """A corner shop. The till asks for age: a date of birth that is long ago stands among the goods."""
    slip = open_slip(rng, "news", (384, 480), hours=(6, 21))
    slip.top()
    slip.goods(choose(rng, "news", 1, 6, 0.25))
    if rng.random() < 0.6:
        born = slip.when.day.replace(year=slip.when.day.year - 18, day=min(28, slip.when.day.day))
        slip.strip.text(f"AGE CHECK: born on or before {STYLES['17/11/2026'](born)}")
    slip.strip.rule(rng.choice("-=."))
    slip.large("TOTAL", "Total Due", "TTL", "TO PAY")
    slip.settle()
    slip.strip.gap(0.4)
    slip.moment("", "Sale")
    slip.bottom("Lottery results inside", f"Lottery claims until {slip.when.plus(180)}", slip.place.slogan)
    return slip.done()


def _take_offers(slip: Slip, basket: list[Line]) -> int:
    """Card prices and multi-buys under the goods; what they take off, below zero."""
    before = slip.total
    for line in slip.rng.sample(basket, min(len(basket), slip.rng.randint(2, 5))):
        off = -max(10, line.amount * slip.rng.choice([15, 20, 30]) // 100)
        words = slip.one_of(f"Orchard Card {line.name}", "3 for 2", "Buy 2 save", "Yellow sticker", "Orchard price")
        slip.add(words, off, indent=0.06)
    return slip.total - before


def big_shop(rng: Random) -> Made:
    """A long till roll with card prices, the sum before them, what was saved, points, and a price per kilogram."""
    slip = open_slip(rng, "grocer", (480, 576), hours=(7, 22))
    basket = choose(rng, "grocer", 7, 17)
    slip.top(f"VAT {slip.place.vat}")
    slip.strip.text(slip.one_of("SELF CHECKOUT", "Scan & Go", slip.served()), "l")
    slip.goods(basket, letters=rng.random() < 0.3)
    slip.strip.text("  0.486 kg @ £1.85/kg")
    slip.add("Bananas", 90)
    before = slip.total
    off = _take_offers(slip, basket)
    slip.strip.rule()
    slip.show(slip.one_of("Sub-total", "Before savings", "ITEMS VALUE"), before)
    slip.show(slip.one_of("Orchard savings", "Total savings", "You saved"), off)
    slip.large("TOTAL TO PAY", "Total", "BALANCE TO PAY", "TO PAY")
    slip.plastic()
    slip.strip.gap(0.5)
    slip.strip.pair("Orchard points this visit", str(before // 50))
    slip.show("Points worth so far", rng.randint(150, 1900))
    slip.strip.text(f"Vouchers issued {slip.when.plus(-20)} expire {slip.when.plus(40)}")
    slip.moment("", "STORE 0421 TILL 17")
    slip.bottom(f"Return unwanted items by {slip.when.plus(35)}", slip.place.web)
    return slip.done()


def discounter(rng: Random) -> Made:
    """Codes before the goods, no pound signs; sometimes cash was taken out beside, which was not bought."""
    slip = open_slip(rng, "discount", (480, 576))
    slip.top()
    for line in choose(rng, "discount", 2, 8):
        slip.strip.text(f"{digits(rng, 7)} {line.name}")
        slip.add(f"   {line.count} @ {slip.money(line.price)}", line.amount, " A")
    slip.strip.rule("=")
    count = len(slip.printed)
    slip.large(f"TOTAL ({count})", "TOTAL GBP", "Amount payable", "TOTAL INC VAT")
    if rng.random() < 0.5:
        back = rng.choice([500, 1000, 2000, 4000])
        slip.show(slip.one_of("Cash out", "CASHBACK", "Plus cash back"), back)
        slip.plastic(slip.total + back)
    else:
        slip.settle()
    slip.show("VAT A 20.00% of which", vat_in(slip.total, 20))
    slip.moment("DATE", "")
    slip.bottom("No receipt, no refund", f"New deals in store from {slip.when.plus(rng.randint(2, 6))}", slip.served())
    slip.printed = [(words.strip(), amount) for words, amount in slip.printed]
    return slip.done()


def dispensary(rng: Random) -> Made:
    """Prescription charges by the item, with dates of the prescription, of collecting and of a certificate."""
    slip, items = open_slip(rng, "pharmacy"), rng.randint(1, 4)
    slip.top(f"Superintendent: {slip.served().split()[-1]} MRPharmS")
    slip.moment("", "Dispensed")
    slip.strip.text(f"Script dated {slip.when.plus(-rng.randint(2, 9))}")
    slip.strip.rule()
    slip.add(f"{items} x NHS Presc. Charge @ 9.90", 990 * items)
    slip.goods(choose(rng, "pharmacy", 0, 4))
    slip.strip.rule()
    slip.large("Total", "AMOUNT TO PAY", "Total Payable")
    slip.settle()
    slip.strip.gap(0.4)
    slip.strip.text(f"Next repeat ready to collect {slip.when.plus(28)}")
    if rng.random() < 0.5:
        slip.strip.text(f"Prepayment certificate ended {slip.when.plus(-rng.randint(10, 60))}")
    slip.bottom("Medicines cannot be returned", slip.place.slogan)
    return slip.done()


def charity_till(rng: Random) -> Made:
    """Second-hand things, with a gift on top that is paid and counts, and a Gift Aid sum that does not."""
    slip = open_slip(rng, "charity", (384, 480))
    slip.top(f"Registered charity SC0{digits(rng, 5)}")
    slip.goods(choose(rng, "charity", 1, 5))
    slip.strip.rule(".")
    if rng.random() < 0.5:
        slip.show("Goods", slip.total)
        slip.add(slip.one_of("Donation", "Round up gift", "Extra gift"), rng.choice([50, 100, 37, 200]))
    slip.large("Total", "TOTAL", "Sale total")
    slip.settle()
    slip.strip.text(f"Gift Aid could add {slip.money(slip.total // 4)}")
    slip.moment("", "Sold on")
    slip.bottom(f"Furniture collection before {slip.when.plus(7)}", "Every item changes a life")
    return slip.done()


def post_office(rng: Random) -> Made:
    """Postage and stamps at a counter: the promised delivery and a session number shaped like a date."""
    slip = open_slip(rng, "post", (384, 480))
    slip.top()
    slip.strip.pair("Session", f"{digits(rng, 2)}-{digits(rng, 6)}-{rng.randint(1, 3)}")
    slip.moment("", "Date of issue")
    slip.strip.rule("-")
    kind = slip.one_of("Special Delivery 1pm", "Signed For 1st Large", "Tracked 48 Small Parcel")
    slip.add(kind, rng.choice([785, 365, 399, 1035]))
    slip.strip.text(f"  Weight 0.{digits(rng, 3)} kg  to {slip.place.postcode.split()[0]}")
    slip.strip.text(f"  {slip.one_of('Guaranteed by', 'Aims to arrive')} {slip.when.plus(rng.randint(1, 3))}")
    if rng.random() < 0.6:
        slip.add("1st Class Stamps x8", 1320)
    slip.strip.rule("-")
    slip.large("TOTAL DUE TO POST OFFICE", "Total cost of services", "TOTAL")
    slip.settle()
    slip.show("Balance", 0)
    slip.bottom("Please keep this for any claim", f"Claims within 80 days, by {slip.when.plus(80)}", "VAT exempt")
    return slip.done()


def fuel(rng: Random) -> Made:
    """Pay at pump: an amount held beforehand that is not the price; litres and pence a litre."""
    slip = open_slip(rng, "fuel", (384, 480), hours=(6, 22))
    litres, tenths = rng.randint(800, 4800), rng.randint(1289, 1619)
    slip.top(f"VAT Reg {slip.place.vat}")
    slip.strip.text(slip.one_of("PAY AT PUMP", "** FUEL RECEIPT **"), "m")
    slip.strip.pair("Pump", str(rng.randint(1, 14)))
    slip.strip.pair("Volume", f"{litres / 100:.2f} Ltr")
    slip.strip.pair("Price/Ltr", f"£{tenths / 1000:.3f}")
    slip.add(slip.one_of("E10 Unleaded", "B7 Diesel", "Super E5"), (litres * tenths + 500) // 1000)
    slip.strip.rule()
    slip.large("TOTAL", "Total Sale", "Amount")
    slip.plastic()
    slip.strip.text(f"Pre-authorised {slip.money(12000)} released")
    slip.strip.pair("Nett", plain(slip.total - vat_in(slip.total, 20)))
    slip.strip.pair("VAT 20%", plain(vat_in(slip.total, 20)))
    slip.moment("", "Filled")
    slip.bottom(f"Car wash code {digits(rng, 6)} use by {slip.when.plus(30)}", slip.place.slogan)
    return slip.done()


def brought_back(rng: Random) -> Made:
    """Clothes brought back: below zero, with the day of buying and a sum that was once paid."""
    slip = open_slip(rng, "clothes")
    bought = slip.when.plus(-rng.randint(4, 27))
    slip.top()
    slip.strip.text(slip.one_of("RETURNED GOODS", "REFUND", "CREDIT SALE"), "m", bold=True)
    for line in choose(rng, "clothes", 1, 2, 0.0):
        slip.add(line.name, -line.amount)
        slip.strip.text(f"   paid {plain(line.amount)} on {bought}")
    slip.strip.rule("=")
    slip.large("TOTAL REFUND", "Refund due", "TOTAL")
    slip.show(slip.one_of("Back to card", "VISA REFUND", "Refunded"), slip.total)
    slip.strip.gap(0.4)
    slip.moment("Refunded", "Processed", "")
    slip.bottom("Refunds reach you in 3 to 5 working days", f"New season sale starts {slip.when.plus(15)}")
    return slip.done()


LAYOUTS = {
    "newsagent": newsagent,
    "big-shop": big_shop,
    "discounter": discounter,
    "dispensary": dispensary,
    "charity-till": charity_till,
    "post-office": post_office,
    "fuel": fuel,
    "brought-back": brought_back,
}

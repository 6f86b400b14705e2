"""Shops with a till: food, chemist, charity, hardware, garden, clothes, fuel."""

from random import Random

from ..goods import Line, fill_basket, vat_in
from ..till import Money, Till, open_till
from ..truth import Made, plain
from ..words import digits

MEMBER_WORDS = ("Clubcard", "Member Price", "Loyalty Card", "Extra Card")


def _parts(lines: list[Line]) -> list[tuple[str, int]]:
    return [(line.rate, line.amount) for line in lines]


def _take_savings(till: Till, basket: list[Line], card: str) -> None:
    """Multi-buys and member prices, each a line below zero."""
    for line in till.rng.sample(basket, min(len(basket), till.rng.randint(1, 4))):
        saving = -max(5, line.amount * till.rng.choice([10, 20, 25, 33]) // 100)
        bundle = f"Any 2 for {till.money(line.price * 2 + saving)}"
        words = till.one_of(f"{card} {line.name}", "MULTIBUY SAVING", bundle, card)
        till.add(words, saving, indent=till.rng.choice([0.0, 0.04]))


def supermarket(rng: Random) -> Made:
    """A big shop with multi-buys, member prices and points; the savings are printed as sums of their own."""
    till, early = open_till(rng, "supermarket", (512, 576)), rng.random() < 0.5
    basket, card = fill_basket(rng, "grocery", 6, 17), rng.choice(MEMBER_WORDS)
    till.head()
    if early:
        till.stamp()
    till.strip.rule()
    till.sell(basket, letters=rng.random() < 0.3)
    gross = till.total
    _take_savings(till, basket, card)
    till.strip.rule()
    if rng.random() < 0.7:
        till.show(till.one_of("Subtotal", "SUB-TOTAL", "Total before savings"), gross)
        till.show(till.one_of("Promotions", "SAVINGS", f"{card} savings"), till.total - gross)
    till.sum_up("TOTAL", "Total to pay", "BALANCE DUE", f"TOTAL {len(basket)} ITEMS")
    till.pay()
    till.strip.gap(0.5)
    till.strip.text(f"You saved {till.money(gross - till.total)} today", "m")
    till.strip.text(f"Points earned {till.total // 100}  Balance {rng.randint(100, 3000)}", "m")
    if not early:
        till.strip.gap(0.4)
        till.stamp()
    till.foot()
    return till.done()


def cashback(rng: Random) -> Made:
    """Cashback makes the card amount larger than what the goods came to; the total is the goods."""
    till, back = open_till(rng, "supermarket"), rng.choice([1000, 2000, 3000, 5000])
    till.head()
    till.strip.rule(rng.choice("-=*_"))
    till.sell(fill_basket(rng, "grocery", 3, 9))
    till.strip.gap(0.4)
    till.sum_up("TOTAL", "Total", "TOTAL GBP")
    till.show(till.one_of("CASHBACK", "Cashback"), back)
    till.show(till.one_of("VISA DEBIT", "DEBIT CARD", "Card tendered"), till.total + back)
    till.show("CHANGE", 0)
    till.strip.gap(0.4)
    for fact in (f"**** **** **** {digits(rng, 4)}", f"AUTH CODE {digits(rng, 6)}", "PIN VERIFIED"):
        till.strip.text(fact)
    till.strip.pair("PURCHASE", till.money(till.total), right_at=0.8)
    till.strip.pair("CASHBACK", till.money(back), right_at=0.8)
    till.strip.gap(0.5)
    till.stamp()
    till.foot()
    return till.done()


def corner_shop(rng: Random) -> Made:
    """A narrow roll from a corner shop: a meal deal taken off, cash and change."""
    till, basket = open_till(rng, "corner", (384,)), fill_basket(rng, "meal", 3, 6, repeat=0.05)
    till.head(vat=rng.random() < 0.6)
    till.stamp()
    till.strip.rule()
    till.sell(basket)
    deal = min(till.total // 3, rng.choice([85, 100, 125, 190]))
    till.add(till.one_of("MEAL DEAL", "Lunch Deal Saving", "MEAL DEAL 3.99"), -deal)
    till.strip.rule()
    till.sum_up("TOTAL", "TO PAY", "Total Due")
    if rng.random() < 0.65:
        till.cash()
    else:
        till.card()
    till.strip.text(f"ITEMS {sum(line.count for line in basket)}")
    till.foot()
    return till.done()


def chemist(rng: Random) -> Made:
    """Prescription charges beside goods at three rates of VAT, with the summary of rates."""
    till, basket = open_till(rng, "chemist"), fill_basket(rng, "chemist", 2, 6)
    charges = [Line(f"NHS PRESCRIPTION x{rng.randint(1, 3)}", 1, 990, "Z")] if rng.random() < 0.6 else []
    charges = [Line(line.name, int(line.name[-1]), 990, "Z") for line in charges]
    till.head()
    till.stamp()
    till.sell(basket, letters=True)
    for line in charges:
        till.add(line.name, line.amount, " Z")
    till.strip.rule(rng.choice("-="))
    till.sum_up("TOTAL", "Total", "AMOUNT DUE")
    till.pay()
    till.vat_table(_parts(basket + charges))
    till.foot()
    return till.done()


def charity_shop(rng: Random) -> Made:
    """An old cash register: departments, hardly any words, sometimes a Gift Aid line."""
    till = open_till(rng, "charity", (384,), sans=0.0, money=Money(rng.choice(["£", ""])))
    strip, basket = till.strip, fill_basket(rng, "charity", 1, 4)
    strip.text(till.place.name.upper(), "m", bold=rng.random() < 0.5)
    strip.text(f"{till.place.street}, {till.place.town}", "m")
    strip.text(f"Reg. Charity No. {digits(rng, 7)}", "m")
    strip.gap(0.5)
    strip.cells([(till.when.text, 0, "l"), (f"#{digits(rng, 6)}", 1, "r")])
    till.sell(basket)
    strip.gap(0.3)
    if rng.random() < 0.4:
        strip.pair("ITEM CT", str(sum(line.count for line in basket)))
    till.sum_up("TOTAL", "TL", "TOTAL")
    till.pay()
    strip.cells([(till.one_of("CLERK 1", "VOLUNTEER", "REG 01"), 0, "l"), (till.when.clock, 1, "r")])
    strip.text(
        till.one_of("Thank you for supporting us", "GIFT AID IT! Ask a volunteer", "NO REFUNDS ON ELECTRICALS"), "m"
    )
    return till.done()


def _trade_lines(till: Till) -> None:
    """Code, count, words and the amount without VAT; then the VAT as a line of its own."""
    strip, rng = till.strip, till.rng
    strip.cells([("Qty", 0, "l"), ("Description", 0.12, "l"), ("Ex VAT", 1, "r")], bold=True)
    for line in fill_basket(rng, "hardware", 1, 6):
        strip.text(f"{digits(rng, 5)}-{digits(rng, 2)}")
        strip.put(str(line.count), 0)
        till.printed.append((strip.pair(line.name, plain(line.amount), indent=0.12), line.amount))
    strip.rule("_")
    till.show(till.one_of("Goods Total", "Net", "Total ex VAT"), till.total, indent=0.3)
    till.add(till.one_of("VAT @ 20%", "VAT 20.00%"), (till.total * 20 + 50) // 100, indent=0.3)


def hardware(rng: Random) -> Made:
    """A trade counter: prices without VAT, VAT added below, codes before the names."""
    till = open_till(rng, "hardware", (576,))
    strip = till.strip
    till.head()
    strip.text(till.one_of("VAT RECEIPT", "SALES RECEIPT", "CASH SALE"), "m", bold=True)
    strip.pair(f"Receipt: {digits(rng, 7)}", f"Date: {till.when.text}")
    strip.pair("Account: CASH SALES", f"Time: {till.when.clock}")
    strip.rule()
    _trade_lines(till)
    words, tall = till.one_of("TOTAL", "Total inc VAT", "GRAND TOTAL"), rng.choice([1, 2])
    strip.pair(words, till.money(till.total), tall=tall, indent=0.3, bold=True)
    till.pay()
    till.foot()
    return till.done()


def garden_centre(rng: Random) -> Made:
    """Part paid with a gift card: what is left for the bank card is less than the total."""
    till, basket = open_till(rng, "garden"), fill_basket(rng, "garden", 2, 6)
    till.head()
    till.stamp()
    till.strip.rule("=")
    till.sell(basket, letters=rng.random() < 0.4)
    till.strip.rule()
    till.sum_up("TOTAL", "Total")
    gift = min(till.total - 100, rng.choice([500, 1000, 1500, 2000]))
    till.show(till.one_of("Gift Card", "GIFT VOUCHER"), gift)
    till.strip.text(f"  Card ****{digits(rng, 4)} balance {till.money(0)}")
    till.show(till.one_of("Visa Contactless", "MASTERCARD"), till.total - gift)
    till.strip.gap(0.3)
    till.strip.text(f"Garden Club No {digits(rng, 8)}")
    till.strip.text(f"Membership renews {till.when.plus(rng.randint(30, 200))}")
    if rng.random() < 0.5:
        till.vat_table(_parts(basket))
    till.foot()
    return till.done()


def refund(rng: Random) -> Made:
    """Goods brought back: every amount is below zero, and the first purchase's date stands there too."""
    money = Money("£" if rng.random() < 0.7 else "", rng.choice(["before", "inside", "after"]))
    till = open_till(rng, "department", money=money)
    strip = till.strip
    till.head()
    strip.text(till.one_of("*** REFUND ***", "REFUND RECEIPT", "RETURN"), "m", 1, 2, bold=True)
    till.stamp()
    strip.text(f"Original sale {till.when.plus(-rng.randint(3, 28))} store {digits(rng, 4)}")
    strip.rule()
    for line in fill_basket(rng, "fashion", 1, 3, repeat=0.0):
        till.add(line.name, -line.amount)
        strip.text(f"  Reason: {till.one_of('unwanted', 'faulty', 'wrong size')}")
    strip.rule()
    till.sum_up("TOTAL", "REFUND TOTAL", "Total refund")
    till.show(till.one_of("VISA DEBIT", "Refund to card", "CASH"), till.total)
    strip.gap(0.4)
    strip.text(f"Card ending {digits(rng, 4)}. Please allow 3-5 days.")
    strip.text("Customer signature")
    strip.gap(1.5)
    strip.rule("_")
    till.foot()
    return till.done()


def department_store(rng: Random) -> Made:
    """A discount on the whole, a coupon, and a balance due smaller than the subtotal."""
    till = open_till(rng, "department")
    till.head()
    till.sell(fill_basket(rng, "fashion", 2, 5, repeat=0.05))
    percent = rng.choice([10, 15, 20])
    till.strip.rule()
    till.show("SUBTOTAL", till.total)
    who = till.one_of("Staff", "Blue Light", "Birthday", "Carers")
    till.add(f"{who} discount {percent}%", -(till.total * percent // 100))
    if rng.random() < 0.5:
        till.add("COUPON", -500)
    till.sum_up("BALANCE DUE", "TOTAL", "Amount Due")
    till.pay()
    till.show("VAT included", vat_in(till.total, 20))
    till.strip.gap(0.4)
    till.stamp()
    till.foot()
    return till.done()


def petrol(rng: Random) -> Made:
    """Fuel by the litre with the price of one litre, the pump, and perhaps something from the shop."""
    till = open_till(rng, "petrol", hours=(6, 22), money=Money("£"))
    tenths, centilitres = rng.randint(1299, 1599), rng.randint(900, 5200)
    till.head()
    till.stamp()
    till.strip.rule()
    grade = till.one_of("UNLEADED", "Diesel", "Unleaded E10", "PREMIUM DIESEL")
    till.add(grade, (centilitres * tenths + 500) // 1000)
    till.strip.text(f"  Pump {rng.randint(1, 12)}  {centilitres / 100:.2f} L @ {tenths / 10:.1f} p/L")
    if rng.random() < 0.4:
        till.sell(fill_basket(rng, "meal", 1, 2, repeat=0.0))
    till.strip.rule()
    till.sum_up("TOTAL", "Total GBP", "TOTAL SALE")
    till.card()
    till.strip.gap(0.3)
    till.strip.pair("VAT 20.00%", plain(vat_in(till.total, 20)))
    till.strip.pair("NET", plain(till.total - vat_in(till.total, 20)))
    till.foot()
    return till.done()


LAYOUTS = {
    "supermarket": supermarket,
    "cashback": cashback,
    "corner-shop": corner_shop,
    "chemist": chemist,
    "charity-shop": charity_shop,
    "hardware": hardware,
    "garden-centre": garden_centre,
    "refund": refund,
    "department-store": department_store,
    "petrol": petrol,
}

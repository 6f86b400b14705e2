"""Paper from a card terminal alone, and equipment hire with a deposit."""

from random import Random

from ..dates import TERMINAL
from ..hand import pick_hand, pick_ink
from ..till import Money, Till, open_till
from ..truth import Made, plain
from ..words import digits

TRADES = ("cafe", "corner", "salon", "physio", "garden", "taxi", "hardware", "market")
CARDS = ("VISA DEBIT", "MASTERCARD", "DEBIT MASTERCARD", "VISA CREDIT", "MAESTRO")
HIRED = (
    ("Wheelchair folding", 2500),
    ("Mobility scooter", 4500),
    ("Hoist portable", 6000),
    ("Carpet cleaner", 2200),
    ("Pressure washer", 2800),
    ("Profiling bed", 7000),
)


def _head(till: Till) -> None:
    place, rng, strip = till.place, till.rng, till.strip
    strip.text(place.name.upper() if rng.random() < 0.7 else place.name, "m", 1, rng.choice([1, 1, 2]))
    if rng.random() < 0.6:
        strip.text(place.street, "m")
    strip.text(f"{place.town} {place.postcode}" if rng.random() < 0.7 else place.town, "m")
    strip.gap(0.4)


def _numbers(till: Till) -> None:
    """The terminal's numbers, one of them shaped like a date or an amount."""
    rng = till.rng
    facts = [
        (f"MID: ***{digits(rng, 5)}", f"TID: {digits(rng, 8)}"),
        ("AID", f"A00000000{digits(rng, 5)}"),
        ("PAN SEQ NO", digits(rng, 2)),
        ("RECEIPT NO", digits(rng, 4)),
        ("BATCH", digits(rng, 4)),
        ("EXP", f"{rng.randint(1, 12):02}/{till.when.day.year % 100 + 2}"),
        ("STAN", digits(rng, 6)),
    ]
    for left, right in rng.sample(facts, rng.randint(3, 5)):
        if till.strip.measure(f"{left} {right}") < till.strip.across:
            till.strip.pair(left, right)
        else:
            till.strip.text(f"{left} {right}")


def _moment(till: Till) -> None:
    if till.rng.random() < 0.5:
        till.strip.pair(till.when.text, till.when.clock)
    else:
        till.strip.pair("DATE", till.when.text)
        till.strip.pair("TIME", till.when.clock)


def card_slip(rng: Random) -> Made:
    """A contactless slip with nothing but shop, card and amount: the merchant's or the customer's copy."""
    money = Money(rng.choice(["£", "GBP ", "£", "GBP"]))
    till = open_till(rng, rng.choice(TRADES), (384,), sans=0.25, styles=TERMINAL, money=money)
    strip, early, total = till.strip, rng.random() < 0.5, rng.randint(180, 9800)
    _head(till)
    if early:
        _moment(till)
    _numbers(till)
    strip.gap(0.3)
    strip.text(rng.choice(CARDS))
    strip.text(till.one_of("**** **** **** ", "************", "XXXXXXXXXXXX") + digits(rng, 4))
    strip.text(till.one_of("CONTACTLESS", "ICC", "Contactless", "PHONE WALLET"))
    strip.text("SALE", bold=True)
    till.sum_up("AMOUNT", "SALE AMOUNT", "TOTAL", "Total", "Amount", pence=total)
    strip.gap(0.3)
    if not early:
        _moment(till)
    strip.text(f"AUTH CODE: {digits(rng, 6)}")
    strip.text(till.one_of("APPROVED", "NO CARDHOLDER VERIFICATION", "APPROVED - THANK YOU"), "m")
    strip.gap(0.3)
    strip.text(till.one_of("CUSTOMER COPY", "MERCHANT COPY", "** CARDHOLDER COPY **", "Please keep this receipt"), "m")
    return till.done(total=total)


def _by_hand(till: Till, words: str, pence: int, hand: str, ink: tuple[int, int, int]) -> None:
    till.strip.gap(0.9)
    till.strip.put(words, 0, tall=2)
    till.strip.hand(f"£{plain(pence)}", 0.48, hand, ink, round(till.strip.roll.size * 1.7), 0.25)
    till.strip.gap(1.1)
    till.strip.rule(".")


def tip_slip(rng: Random) -> Made:
    """Amount printed, tip and total added by hand: the total by hand is what was paid."""
    till = open_till(rng, "cafe", (384, 512), styles=TERMINAL, hours=(12, 22), money=Money("£"))
    strip, hand, ink = till.strip, pick_hand(rng), pick_ink(rng)
    _head(till)
    _moment(till)
    _numbers(till)
    strip.gap(0.6)
    till.add("AMOUNT", rng.randint(1400, 8200))
    tip = rng.choice([200, 300, 500, 10 * rng.randint(15, 80)])
    _by_hand(till, "TIP", tip, hand, ink)
    till.printed.append(("TIP", tip))
    _by_hand(till, "TOTAL", till.total, hand, ink)
    strip.gap(0.5)
    strip.text("SIGNATURE")
    strip.gap(1.6)
    strip.rule("_")
    strip.text(f"AUTH {digits(rng, 6)}  {rng.choice(CARDS)} {digits(rng, 4)}")
    strip.text("MERCHANT COPY", "m")
    return till.done(hand_written=True)


def refund_slip(rng: Random) -> Made:
    """A card refund; the amount has its minus printed."""
    money = Money(rng.choice(["£", "GBP "]), rng.choice(["before", "inside"]))
    till = open_till(rng, rng.choice(TRADES), (384,), styles=TERMINAL, money=money)
    strip, total = till.strip, -rng.randint(400, 7600)
    _head(till)
    _numbers(till)
    strip.text(till.one_of("REFUND", "*REFUND*"), "m", 2, 2)
    _moment(till)
    strip.text(rng.choice(CARDS))
    strip.text(f"**** **** **** {digits(rng, 4)}")
    till.sum_up("REFUND", "TOTAL", "AMOUNT", pence=total)
    strip.text("Please credit my account")
    strip.text(f"Reference sale of {till.when.plus(-rng.randint(2, 25))}")
    strip.gap(0.3)
    strip.text(till.one_of("CUSTOMER COPY", "CARDHOLDER COPY"), "m")
    return till.done(total=total)


def equipment_hire(rng: Random) -> Made:
    """Hire by the week with a deposit that comes back; both were paid today. The return date is a trap."""
    till, weeks = open_till(rng, "hire", (512, 576)), rng.randint(1, 6)
    strip, when, (thing, price) = till.strip, till.when, rng.choice(HIRED)
    till.head()
    strip.text(f"HIRE AGREEMENT {digits(rng, 6)}", "m", bold=True)
    strip.pair("Date", f"{when.text} {when.clock}")
    strip.pair("Hire from", when.plus(rng.randint(0, 3)))
    strip.pair("Due back", when.plus(7 * weeks + 1))
    strip.rule()
    till.add(f"{thing} {weeks} wk", price * weeks)
    if rng.random() < 0.5:
        till.add("Damage waiver", price * weeks // 10)
    if rng.random() < 0.5:
        till.add("Delivery & collection", 1200)
    till.show(till.one_of("Hire total", "Subtotal hire"), till.total)
    deposit = rng.choice([2000, 5000, 10000])
    till.add("Refundable deposit", deposit)
    strip.rule("=")
    till.sum_up("TOTAL PAID", "TOTAL", "TOTAL TODAY")
    till.card()
    strip.text(f"Deposit of {till.money(deposit)} returned with the goods in good order. Late return is charged.")
    till.foot()
    return till.done()


LAYOUTS = {
    "card-slip": card_slip,
    "tip-slip": tip_slip,
    "refund-slip": refund_slip,
    "equipment-hire": equipment_hire,
}

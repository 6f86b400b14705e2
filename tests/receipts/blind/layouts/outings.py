"""Eating out, sport, hair, and getting there: cafe, takeaway, leisure centre, salon, train, bus, parking, taxi."""

from random import Random

from ..dates import STYLES, TERMINAL, TILL
from ..goods import fill_basket, vat_in
from ..till import Money, open_till
from ..truth import Made
from ..words import TOWNS, digits, person

RAIL_STYLES = ["17NOV26", "17-NOV-2026", "17 NOV 26", "17/11/26", "17-Nov-26", "17/11/2026"]
PARKING_STYLES = [style for style in TILL if "Nov" not in style]


def cafe(rng: Random) -> Made:
    """A table's bill with a service charge added; the total includes it."""
    till, covers = open_till(rng, "cafe", hours=(9, 21)), rng.randint(1, 4)
    till.head()
    till.strip.pair(f"Table {rng.randint(1, 32)}", f"Covers {covers}")
    till.stamp()
    till.strip.rule()
    till.sell(fill_basket(rng, "cafe", 2, 7, repeat=0.3))
    gross = till.total
    till.strip.rule()
    till.show(till.one_of("Sub Total", "SUBTOTAL", "Food & Drink"), gross)
    rate = rng.choice(["10", "12.5", "12.5", "15"])
    service = till.one_of(f"Service Charge {rate}%", f"Optional Service {rate}%")
    till.add(service, round(gross * float(rate) / 100))
    till.sum_up("TOTAL", "Total Due", "BILL TOTAL", "To Pay")
    if covers > 1:
        till.strip.text(f"Per person ({covers}): {till.money(till.total // covers)}", "m")
    if rng.random() < 0.7:
        till.pay()
    till.strip.gap(0.3)
    till.show("VAT @ 20%", vat_in(gross, 20))
    till.strip.text(till.place.slogan, "m")
    return till.done()


def cafe_counter(rng: Random) -> Made:
    """A tablet till's smooth print: order number large, items with their counts."""
    till = open_till(rng, "cafe", (512, 576), sans=1.0, money=Money("£"))
    strip, place = till.strip, till.place
    strip.text(place.name, "m", bold=True)
    strip.text(f"{place.street}, {place.town}", "m")
    strip.text(place.postcode, "m")
    strip.gap()
    strip.text(f"Order {rng.randint(1, 199)}", "m", 2, 2)
    strip.text(till.one_of("Eat in", "Takeaway", "Collection"), "m")
    strip.gap()
    for line in fill_basket(rng, "cafe", 1, 5, repeat=0.25):
        words = strip.pair(f"{line.count} × {line.name}", till.money(line.amount))
        till.printed.append((words.split("× ", 1)[-1], line.amount))
        if rng.random() < 0.25:
            strip.text(till.one_of("     Extra hot", "     No butter", "     Oat milk", "     Brown bread"))
    strip.rule("_")
    strip.pair("Total", till.money(till.total), bold=True, tall=rng.choice([1, 2]))
    till.show(till.one_of("Card", "Contactless", "Mobile pay"), till.total)
    till.show("VAT included (20%)", vat_in(till.total, 20))
    strip.gap()
    strip.text(f"{till.when.text}, {till.when.clock}", rng.choice("lm"))
    strip.text(f"Receipt {digits(rng, 4)}-{digits(rng, 4)}", "m")
    strip.text(f"Wifi code valid until {till.when.plus(1)}", "m")
    return till.done()


def takeaway(rng: Random) -> Made:
    """A delivery slip: address of the customer, delivery charge, a time promised."""
    till = open_till(rng, "takeaway", hours=(17, 22))
    strip, when = till.strip, till.when
    till.head(vat=False)
    strip.text(f"ORDER #{digits(rng, 4)}  {till.one_of('DELIVERY', 'COLLECTION')}", "m", 1, 2)
    strip.pair("Placed", f"{when.text} {when.clock}")
    strip.pair("Wanted for", f"{when.text} {int(when.clock[:2]) + 1:02}:15")
    strip.text(f"{person(rng)}, {rng.randint(1, 90)} {till.one_of('Elm', 'Park', 'Beech')} Close")
    strip.rule()
    till.sell(fill_basket(rng, "takeaway", 2, 6))
    strip.rule()
    till.add("Delivery charge", rng.choice([199, 250, 300]))
    if rng.random() < 0.5:
        till.add("Bag charge", 10)
    till.sum_up("TOTAL", "Order total")
    strip.text(till.one_of("PAID BY CARD", "ORDER HAS BEEN PAID", "CASH - NOT PAID"), "m", bold=True)
    strip.text(till.place.slogan, "m")
    return till.done()


def leisure_centre(rng: Random) -> Made:
    """Activities booked for a later day, and a membership that expires: dates that are not the payment's."""
    till = open_till(rng, "leisure", hours=(7, 21))
    strip, when = till.strip, till.when
    till.head()
    strip.pair("Member", f"{digits(rng, 6)} {person(rng).split()[1].upper()}")
    strip.pair("Expires", when.plus(rng.randint(40, 360)))
    strip.rule()
    till.sell(fill_basket(rng, "leisure", 3, 5))
    strip.text(f"  Booked for {when.plus(rng.randint(1, 9))} {rng.randint(9, 20)}:00")
    strip.rule()
    till.sum_up("TOTAL", "Total Paid", "AMOUNT PAID")
    till.pay()
    strip.gap(0.4)
    till.stamp()
    strip.text(till.one_of("VAT exempt - sporting services", "Managed on behalf of the council"), "m")
    strip.text(till.place.slogan, "m")
    return till.done()


def salon(rng: Random) -> Made:
    """A hairdresser's receipt with the next appointment on it."""
    till = open_till(rng, "salon")
    strip, when = till.strip, till.when
    till.head(vat=False)
    strip.pair(f"Stylist {person(rng).split()[0]}", when.text)
    strip.rule(rng.choice("-~"))
    till.sell(fill_basket(rng, "salon", 1, 3, repeat=0.0))
    till.sum_up("Total", "TOTAL", "To pay")
    till.pay()
    strip.gap(0.5)
    strip.text(f"Next appointment {when.plus(rng.randint(28, 60))} at {rng.randint(9, 16)}:30", "m")
    strip.text("24 hours notice for cancellations please", "m")
    return till.done()


def train(rng: Random) -> Made:
    """A station machine's receipt: valid on another day than it was bought."""
    till = open_till(rng, "rail", (384, 512), sans=0.0, styles=RAIL_STYLES, money=Money("£"))
    strip, when, name = till.strip, till.when, till.place.name
    strip.text(name.upper() if rng.random() < 0.6 else name, "m", 1, 2)
    strip.text(till.one_of("SALES RECEIPT", "TICKET RECEIPT", "NOT VALID FOR TRAVEL"), "m")
    strip.rule("=")
    for words, town in zip(("From", "To"), rng.sample(list(TOWNS), 2), strict=True):
        strip.pair(words, town.upper())
    kind = till.one_of("ANYTIME DAY RTN", "OFF-PEAK RETURN", "ADVANCE SINGLE", "DAY TRAVELCARD")
    till.add(f"1 ADULT {kind}", rng.randint(280, 6890) // 5 * 5)
    if rng.random() < 0.6:
        till.add(till.one_of("DISABLED RAILCARD", "SENIOR RAILCARD"), -(till.total // 3))
    strip.text(f"Valid on {when.plus(rng.randint(1, 20))}")
    strip.text(f"Railcard expires {when.plus(rng.randint(50, 300))}")
    strip.rule()
    till.sum_up("TOTAL", "TOTAL PAID", "AMOUNT")
    till.card()
    strip.gap(0.4)
    strip.pair(f"Issued {when.text}", when.clock)
    strip.text(f"Machine {digits(rng, 4)}  Ticket {digits(rng, 5)}")
    return till.done()


def bus(rng: Random) -> Made:
    """A very small ticket from the driver's machine."""
    till = open_till(rng, "bus", (384,), sans=0.0, hours=(6, 22), money=Money("£"))
    strip, when = till.strip, till.when
    strip.text(till.place.name, "m", 1, 2)
    strip.text(f"Service {rng.randint(1, 99)}{till.one_of('', 'A', 'X')}   {when.text} {when.clock}")
    words = till.one_of("Adult Single", "Adult Return", "Day Rider", "Companion Day")
    till.printed.append((words, rng.choice([200, 300, 350, 450, 520, 600])))
    strip.gap(0.3)
    strip.text(words, "m", 1, 2)
    strip.text(till.money(till.total), "m", 2, 2)
    strip.text(f"From stage {rng.randint(1, 40)} to {rng.choice(list(TOWNS))}")
    paid = till.one_of("Cash", "Contactless", "Card")
    strip.text(f"{paid}   Driver {digits(rng, 4)}  Tkt {digits(rng, 4)}")
    strip.text("Retain ticket for inspection", "m")
    return till.done()


def _plate(rng: Random) -> str:
    letters = "ABDEFGHJKLMNPRSTVWXY"
    return f"{rng.choice(letters)}{rng.choice(letters)}{digits(rng, 2)} {''.join(rng.choices(letters, k=3))}"


def parking(rng: Random) -> Made:
    """Pay and display: the expiry stands large, the day of paying small."""
    till = open_till(rng, "parking", (384, 512), sans=0.1, styles=PARKING_STYLES, hours=(8, 15), money=Money("£"))
    strip, when = till.strip, till.when
    strip.text(till.place.name.upper(), "m", 1, rng.choice([1, 2]), bold=True)
    strip.text(f"{till.one_of('Market Square', 'Riverside', 'Station', 'Infirmary')} Car Park", "m")
    strip.gap(0.3)
    strip.text(till.one_of("EXPIRES", "EXPIRY TIME", "VALID UNTIL"), "m")
    strip.text(f"{int(when.clock[:2]) + rng.randint(1, 8):02}:{when.clock[3:5]}", "m", 3, 3)
    strip.text(when.text if rng.random() < 0.6 else when.plus(1), "m", 1, 2)
    strip.gap(0.4)
    fee = rng.choice([120, 180, 250, 340, 480, 600, 850, 1200])
    till.show(till.one_of("Fee paid", "AMOUNT PAID", "PAID"), fee)
    strip.pair(till.one_of("Issued", "Paid at", "Date of issue"), f"{when.text} {when.clock}")
    strip.pair("Vehicle", _plate(rng))
    strip.pair("Machine", digits(rng, 3))
    strip.text(till.one_of("PLEASE DISPLAY FACE UP ON DASHBOARD", "NOT TRANSFERABLE"), "m")
    return till.done("cut", fee)


def taxi(rng: Random) -> Made:
    """A cab's meter print and card slip in one: fare, extras, tip, total."""
    till = open_till(rng, "taxi", (384,), sans=0.15, styles=TERMINAL, hours=(6, 22), money=Money("£"))
    strip, when = till.strip, till.when
    strip.text(till.place.name, "m", 1, 2)
    strip.text(till.one_of("Licensed Hackney Carriage", "Private Hire Operator"), "m")
    strip.text(f"Tel {till.place.phone}", "m")
    strip.pair(f"Driver {digits(rng, 4)}", f"Plate {rng.randint(11, 990)}")
    strip.gap(0.3)
    strip.pair(till.one_of("Date", "DATE"), when.text)
    strip.pair(till.one_of("Start / End", "Pickup"), when.clock)
    strip.pair("Distance", f"{rng.randint(8, 190) / 10:.1f} mi")
    till.add("Fare", rng.randint(22, 190) * 20)
    if rng.random() < 0.5:
        till.add("Extras", rng.choice([50, 100, 150, 240]))
    if rng.random() < 0.4:
        till.add("Tip", rng.choice([100, 150, 200]))
    strip.rule()
    till.sum_up("TOTAL", "Total", "TOTAL PAID")
    till.card()
    strip.gap(0.4)
    expiry = STYLES[when.style](when.day.replace(year=when.day.year + 1, day=1))
    strip.text(f"Licence expires {expiry}", "m")
    strip.text("Lost property: call the number above", "m")
    return till.done()


LAYOUTS = {
    "cafe": cafe,
    "cafe-counter": cafe_counter,
    "takeaway": takeaway,
    "leisure-centre": leisure_centre,
    "salon": salon,
    "train": train,
    "bus": bus,
    "parking": parking,
    "taxi": taxi,
}

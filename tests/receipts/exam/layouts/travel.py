"""Getting about: cab, bus, coupon from a ticket machine, railway counter, car park."""

from random import Random

from ...blind.till import Money
from ...blind.truth import Made
from ...blind.words import digits
from ..contents import town
from ..dates import PLAIN, TERMINAL
from ..slip import open_slip

RAIL = ["SUN 22NOV26", "22Nov2026", "17-Nov-26", "17NOV26", "Sun 22 Nov 26", "17/11/26"]
FARES = (
    ("DAY EXPLORER", 550, 1),
    ("Carer + Disabled Pass", 470, 1),
    ("7 Day Zone 2", 1900, 7),
    ("Single", 180, 0),
    ("10 trips", 2100, 90),
)


def cab_slip(rng: Random) -> Made:
    """A meter's small print: fare, waiting and tip; the day on which the driver's badge ends stands there too."""
    slip = open_slip(rng, "cab", (384,), TERMINAL, (6, 22), Money(rng.choice(["£", "£ ", ""])))
    slip.logo()
    slip.strip.text(f"{slip.place.town}  {slip.place.phone}", "m")
    slip.strip.pair(f"Vehicle {rng.randint(3, 480)}", f"Badge {digits(rng, 4)}")
    slip.strip.pair(slip.one_of("Date", "On"), slip.when.text)
    slip.strip.pair("Times", f"{slip.when.clock[:5]} - {slip.when.late(19)}")
    slip.strip.text(f"Badge valid to {slip.when.plus(rng.randint(60, 500))}")
    slip.strip.rule(".")
    slip.add(slip.one_of("Metered fare", "FARE", "Journey"), rng.randint(18, 160) * 20)
    for words, pence in rng.sample([("Waiting", 180), ("Tip", 150), ("Wheelchair access", 0), ("Booking", 100)], 2):
        slip.add(words, pence)
    slip.strip.rule(".")
    slip.large("TO PAY", "Total", "TOTAL FARE", "Fare total")
    slip.settle()
    slip.bottom("Complaints: council licensing office", "Thank you for travelling with us", code=False)
    return slip.done()


def bus_day(rng: Random) -> Made:
    """A ticket of a few lines: the price stands alone, and it may be used until a later day."""
    slip = open_slip(rng, "bus", (384,), PLAIN + RAIL, (6, 21), Money("£"))
    slip.logo()
    words, fare, days = rng.choice(FARES)
    slip.strip.text(words, "m", tall=2)
    slip.printed.append((words, fare + rng.choice([0, 20, 50, 100])))
    slip.strip.text(f"{slip.one_of('Bought', 'Issued', 'Date')} {slip.when.text} {slip.when.clock}", "m")
    if days:
        slip.strip.text(f"Use until {slip.when.plus(days)} 03:59", "m")
    slip.strip.pair(slip.one_of("Fare", "Price", "PAID"), slip.money(slip.total), tall=2)
    slip.strip.pair(f"Route {rng.randint(1, 88)}", f"Bus {digits(rng, 4)}")
    slip.strip.text(f"Board: {town(rng)} Interchange")
    slip.bottom("Keep ticket until you get off", code=False)
    return slip.done()


def railway_counter(rng: Random) -> Made:
    """What a ticket office prints: out on one day, back before another, bought on a third; a railcard takes off."""
    slip = open_slip(rng, "rail", (384, 480), RAIL, (6, 20), Money("£"))
    slip.top(slip.one_of("Booking office receipt", "THIS IS NOT A TICKET"))
    slip.strip.text(f"{town(rng)} - {town(rng)}")
    slip.strip.text(f"Outward {slip.when.plus(rng.randint(1, 25))}")
    slip.strip.text(f"Return by {slip.when.plus(rng.randint(26, 50))}")
    fare = rng.randint(600, 8400) // 10 * 10
    slip.add(slip.one_of("Off-Peak Rtn Adult", "Anytime Adult", "Super Off-Peak"), fare)
    slip.add(slip.one_of("Companion half fare", "Disabled Persons Railcard"), -(fare // 3))
    if rng.random() < 0.4:
        slip.add("Seat reservation", 0)
        slip.add("Bicycle", 200)
    slip.large("TOTAL PAID", "Total", "Amount paid", "TOTAL")
    slip.plastic()
    slip.strip.pair(slip.one_of("Sold", "Purchased", "Date"), f"{slip.when.text} {slip.when.clock}")
    slip.strip.text(f"Window {rng.randint(1, 6)}  Issue {digits(rng, 5)}")
    slip.bottom("Refunds within 28 days of expiry", code=False)
    return slip.done()


def multi_storey(rng: Random) -> Made:
    """A pay station: driven in on the evening before, paid today, to be out by a time; VAT inside."""
    slip = open_slip(rng, "parking", (384,), TERMINAL, (7, 20), Money(rng.choice(["£", "GBP "])))
    slip.logo()
    slip.strip.text(f"{slip.place.town} {slip.one_of('Level 3', 'Outpatients', 'Arndale Side')}", "m")
    slip.strip.text(slip.one_of("PARKING RECEIPT", "Proof of payment", "PAY STATION 2"), "m")
    slip.strip.gap(0.4)
    slip.strip.pair("Entry", f"{slip.when.plus(-1)} {rng.randint(14, 22)}:{digits(rng, 1)}4")
    slip.strip.pair(slip.one_of("Paid", "Payment", "Paid on"), f"{slip.when.text} {slip.when.clock}")
    slip.strip.pair("Leave by", slip.when.late(15))
    slip.strip.gap(0.3)
    fee = rng.choice([160, 290, 420, 650, 900, 1250, 1600])
    if rng.random() < 0.5:
        slip.show("Tariff", fee + 150)
        slip.show(slip.one_of("Blue badge reduction", "Hospital validation"), -150)
    slip.large("Total", "AMOUNT PAID", "Fee", "TOTAL PAID", pence=fee)
    slip.strip.text(slip.one_of("Card payment approved", "Paid by coin", "Contactless OK"))
    slip.strip.text(f"incl. 20% VAT  No {slip.place.vat}")
    slip.bottom(f"Ticket {digits(rng, 8)}", "Lost ticket charge £25.00", code=False)
    return slip.done("cut", fee)


LAYOUTS = {
    "cab-slip": cab_slip,
    "bus-day": bus_day,
    "railway-counter": railway_counter,
    "multi-storey": multi_storey,
}

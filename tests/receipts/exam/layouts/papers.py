"""Sheets printed at home or by an office: cab app, swimming lessons, care by the week, equipment, orders, bills."""

from datetime import timedelta
from random import Random

from ...blind.dates import STYLES
from ...blind.goods import vat_in
from ...blind.page import GREY
from ...blind.truth import Made, plain
from ...blind.words import digits
from ..contents import choose, home, somebody, town
from ..sheet import LEFT, PALE, RIGHT, Sheet, open_sheet, pounds
from .handmade import HANDS


def cab_app(rng: Random) -> Made:
    """An e-mail about a ride: the fare's parts, a promotion, the total large above them and again below."""
    sheet = open_sheet(rng, "cabapp", 1500)
    page, when, place = sheet.page, sheet.when, sheet.place
    page.text(LEFT, 50, f"From: {place.name} <receipts@{place.web}>", 21, colour=GREY)
    page.text(LEFT, 84, f"Subject: Your {place.name} trip with {somebody(rng).split()[0]}", 21, colour=GREY)
    page.rule(LEFT, 124, RIGHT, PALE)
    page.text(LEFT, 150, place.name, 52, bold=True)
    page.text(RIGHT, 164, when.text, 26, align="r")
    parts = [("Base fare", 250), ("Distance", rng.randint(280, 2900)), ("Time", rng.randint(90, 900))]
    parts += rng.sample([("Booking fee", 100), ("Airport drop-off", 500), ("Tip", 200), ("Promotion", -200)], 2)
    total = sum(pence for _, pence in parts)
    page.text(LEFT, 250, sheet.one_of("Total", "You paid"), 48, bold=True)
    page.text(RIGHT, 250, pounds(total), 48, bold=True, align="r")
    page.rule(LEFT, 330, RIGHT, PALE)
    sheet.y = 370
    for words, pence in parts:
        sheet.line(words, pence)
    sheet.y += 20
    sheet.line(f"Charged to card ending {digits(rng, 4)}", total, counts=False)
    stops = [f"{when.clock}  {home(rng)}, {place.town}", f"{when.late(24)}  {place.town} General Hospital"]
    sheet.y = page.lines(LEFT, sheet.y + 40, stops, 25, 1.7)
    sheet.small(
        f"{rng.randint(11, 99) / 10} miles, 24 min. Licensed until {when.plus(400)}.",
        f"Rate your driver before {when.plus(7)}. {place.legal}, {place.street}, {place.town}.",
    )
    return sheet.done()


def swim_lessons(rng: Random) -> Made:
    """A course of lessons: the child's date of birth, first and last lesson, pay by; sisters' discount."""
    sheet = open_sheet(rng, "swim", 1400)
    when, weeks, fee = sheet.when, rng.randint(8, 14), rng.choice([825, 950, 1100, 1375])
    born = STYLES["17/11/2026"](when.day.replace(year=when.day.year - rng.randint(4, 12), day=min(28, when.day.day)))
    sheet.heading(sheet.one_of("INVOICE", "Course invoice", "Invoice / booking"))
    sheet.to()
    sheet.facts(
        [
            ("Swimmer", somebody(rng)),
            ("DOB", born),
            (sheet.one_of("Invoice date", "Date issued", "Date"), when.text),
            ("Course starts", when.plus(rng.randint(9, 20))),
            ("Last lesson", when.plus(20 + 7 * weeks)),
            ("Pay by", when.plus(7)),
        ]
    )
    sheet.line(f"{weeks} lessons of 30 min at {pounds(fee)}", weeks * fee)
    sheet.line(sheet.one_of("Swim cap", "Badge and certificate"), 450)
    if rng.random() < 0.5:
        sheet.line("Sibling discount 10%", -(weeks * fee // 10))
    sheet.boxed(sheet.one_of("Total due", "Please pay", "Amount payable"), sheet.total)
    sheet.small(
        f"Sort code 00-{digits(rng, 2)}-{digits(rng, 2)}  Account {digits(rng, 8)}", "Missed lessons: no refund."
    )
    return sheet.done()


def _visits(sheet: Sheet) -> None:
    """A row for each day of the week that was worked, with that day's own date."""
    rng, rate, rows = sheet.rng, sheet.rng.choice([2150, 2240, 2460, 2795]), []
    for back in sorted(rng.sample(range(3, 10), rng.randint(3, 6)), reverse=True):
        quarters = rng.randint(2, 14)
        cost = (quarters * rate + 2) // 4
        day = f"{sheet.when.day - timedelta(days=back):%d/%m/%y}"
        rows.append((day, somebody(rng).split()[0], f"{quarters / 4:.2f}", plain(rate), plain(cost)))
        sheet.printed.append((day, cost))
    sheet.table(("Visit", "Carer", "Hrs", "Per hour", "£"), rows, (LEFT, 500, 700, 900, RIGHT))


def care_week(rng: Random) -> Made:
    """One week's visits by an agency; last bill and what was paid of it stand above, and come to nothing."""
    sheet = open_sheet(rng, "care")
    when, last = sheet.when, rng.randint(9000, 60000)
    sheet.heading(sheet.one_of("WEEKLY INVOICE", "Invoice", "TAX INVOICE"))
    sheet.to()
    sheet.facts(
        [
            (sheet.one_of("Invoice date", "Date of invoice", "Issued"), when.text),
            ("Week ending", when.plus(-3)),
            ("Number", sheet.reference()),
            (sheet.one_of("Payment due", "Due by"), when.plus(rng.choice([7, 14, 30]))),
        ]
    )
    sheet.line(f"Last invoice {when.plus(-7)}", last, counts=False)
    sheet.line("Paid with thanks", -last, counts=False)
    sheet.y += 16
    _visits(sheet)
    miles = rng.randint(6, 40)
    if miles < 24:
        sheet.line(f"Mileage {miles} miles at 45p", 45 * miles)
    words = sheet.one_of("Total for this week", "INVOICE TOTAL", "Amount due", "Total now due")
    sheet.boxed(words, sheet.total)
    sheet.small("Exempt from VAT: welfare service.", f"Rates change on {when.plus(60)}. Registered with the regulator.")
    return sheet.done()


def _week(rng: Random) -> list[tuple[str, int]]:
    """Days with the quarters of an hour worked on each; at least one was worked."""
    days = [(name, rng.choice([0, 8, 10, 12, 14, 16])) for name in ("Mon", "Tue", "Wed", "Thu")]
    return [*days, ("Fri", rng.choice([6, 8, 12]))]


def timesheet(rng: Random) -> Made:
    """An agency's printed form, filled in and signed by hand: hours of each day, and what they come to."""
    sheet = open_sheet(rng, "care", 1300)
    page, when, rate = sheet.page, sheet.when, rng.choice([1348, 1460, 1524, 1700])
    face, ink = rng.choice(HANDS), rng.choice([(24, 34, 110), (20, 20, 26)])

    def fill(words: str, text: str) -> None:
        page.text(LEFT, sheet.y, words, 28, bold=True)
        page.rule(LEFT + 290, sheet.y + 36, 800, GREY, 1)
        page.hand(LEFT + 310, sheet.y + 16, text, face, ink, 44)
        sheet.y += 62

    sheet.heading(sheet.one_of("TIMESHEET & INVOICE", "Timesheet"))
    sheet.y += 20
    fill("Support worker", somebody(rng))
    fill("Supported person", somebody(rng))
    fill("Week commencing", STYLES["17/11/26"](when.day - timedelta(days=7 + when.day.weekday())))
    week = _week(rng)
    quarters = sum(worked for _, worked in week)
    for name, worked in week:
        fill(f"{name} hours", f"{worked / 4:g}" if worked else "-")
    fill("Total hours", f"{quarters / 4:g}")
    fill(f"at {pounds(rate)} = £", plain(quarters * rate // 4))
    fill("Date", when.text)
    sheet.small("Send to the office by Monday noon.", "False claims may lead to dismissal.")
    sheet.printed = [("Total", quarters * rate // 4)]
    made = sheet.done()
    made.hand_written, made.truth.items = True, []
    return made


def equipment_order(rng: Random) -> Made:
    """Made to measure: the order's total, a deposit paid, a balance on delivery; what was bought is the total."""
    sheet = open_sheet(rng, "mobility", 1600)
    when = sheet.when
    sheet.heading(sheet.one_of("Order form and receipt", "SALES ORDER", "Customer order"))
    sheet.to()
    sheet.facts(
        [
            (sheet.one_of("Order date", "Date of order"), when.text),
            ("Order no.", sheet.reference()),
            ("Delivery about", when.plus(rng.randint(14, 50))),
            ("Guarantee until", when.plus(730)),
        ]
    )
    for line in choose(rng, "mobility", 1, 2, 0.0):
        sheet.line(line.name, line.amount)
    sheet.line(sheet.one_of("Delivery and set-up", "Fitting"), rng.choice([4500, 7500, 0]))
    sheet.page.rule(700, sheet.y, RIGHT)
    sheet.y += 14
    sheet.line(sheet.one_of("Order total", "TOTAL", "Total price"), sheet.total, False, 720, bold=True)
    deposit = sheet.total * rng.choice([10, 20, 25]) // 100
    sheet.line(sheet.one_of("Deposit paid today", "Less deposit"), deposit, False, 720)
    sheet.line(sheet.one_of("Balance on delivery", "Balance to follow"), sheet.total - deposit, False, 720)
    sheet.small("VAT relief claimed: goods for a disabled person, zero rated.", f"Quote given {when.plus(-12)}.")
    return sheet.done()


def web_order(rng: Random) -> Made:
    """An order's e-mail on paper: printed on a later day, arriving between two days, to be sent back by another."""
    sheet = open_sheet(rng, "shoponline", 1500)
    page, when = sheet.page, sheet.when
    page.text(LEFT, 30, f"{when.day + timedelta(days=3):%d/%m/%Y}, 10:42   Mail - inbox", 18, colour=GREY)
    page.text(RIGHT, 30, "1/1", 18, colour=GREY, align="r")
    page.text(LEFT, 90, sheet.place.name, 50, bold=True, colour=sheet.colour)
    page.text(LEFT, 180, f"Hi {somebody(rng).split()[0]}, {sheet.one_of('thanks for your order', 'we have it')}!", 32)
    sheet.y = 260
    facts = [(sheet.one_of("Order placed", "Ordered", "Order date"), when.text), ("Order", sheet.reference())]
    sheet.facts([*facts, ("Arriving", f"{when.plus(3)} to {when.plus(6)}")])
    for line in choose(rng, "shoponline", 1, 4):
        sheet.line(f"{line.count} x {line.name}" if line.count > 1 else line.name, line.amount)
    page.rule(LEFT, sheet.y, RIGHT, PALE)
    sheet.y += 14
    sheet.line("Subtotal", sheet.total, False, 640)
    sheet.line(sheet.one_of("Standard delivery", "P&P"), rng.choice([299, 395, 0]), left=640)
    if rng.random() < 0.5:
        sheet.line("Code WELCOME5", -500, left=640)
    words = sheet.one_of("Total", "Order total (inc VAT)", "Amount charged")
    sheet.line(words, sheet.total, False, 640, bold=True)
    sheet.line("of which VAT", vat_in(sheet.total, 20), False, 640)
    sheet.small(f"Return by {when.plus(30)}. Gift voucher for next time: £5 until {when.plus(90)}.", sheet.place.legal)
    return sheet.done()


def _bill(rng: Random, trade: str, charges: list[tuple[str, int]], title: str) -> Made:
    """A bill: last bill, what was paid of it, this month's charges, and when the bank will be asked."""
    sheet = open_sheet(rng, trade)
    when, last = sheet.when, rng.randint(1200, 14000)
    sheet.heading(title)
    sheet.to()
    facts = [
        (sheet.one_of("Bill date", "Date of this bill", "Date"), when.text),
        ("Account number", f"{digits(rng, 4)} {digits(rng, 5)}"),
        ("Period", f"{when.plus(-32)} to {when.plus(-2)}"),
    ]
    rng.shuffle(facts)
    sheet.facts(facts)
    sheet.line("Amount of last bill", last, counts=False)
    sheet.line("Payment received, thank you", -last, counts=False)
    sheet.line("Balance brought forward", 0, counts=False)
    sheet.y += 20
    for words, pence in charges:
        sheet.line(words, pence)
    sheet.boxed(sheet.one_of("Total due", "Amount to pay", "This bill", "Total now due"), sheet.total)
    sheet.small(
        f"We will collect this from your bank on or after {when.plus(14)}.",
        f"Your contract ends {when.plus(210)}. Next bill about {when.plus(30)}.",
        f"{sheet.place.legal}. VAT {sheet.place.vat}.",
    )
    return sheet.done()


def phone_bill(rng: Random) -> Made:
    """A telephone's or broadband's month."""
    charges = [("Monthly plan", rng.choice([800, 1250, 1900, 2800])), ("Calls and texts", rng.randint(0, 900))]
    charges.append(("Care alarm line", 350) if rng.random() < 0.5 else ("Loyalty credit", -200))
    return _bill(rng, "phonebill", charges, rng.choice(["Your bill", "Monthly statement", "BILL"]))


def utility_bill(rng: Random) -> Made:
    """Power or water by the meter, with the reading and a standing charge."""
    units, now = rng.randint(90, 420), rng.randint(10000, 90000)
    used = (f"Meter {now - units} to {now}: {units} units at 27.4p", round(units * 27.4))
    standing = ("Standing charge 30 days at 53.1p", 1593)
    vat = ("VAT at 5%", round((used[1] + standing[1]) * 0.05))
    return _bill(rng, "energy", [used, standing, vat], rng.choice(["Your bill", "Statement of account", "Bill"]))


def training_course(rng: Random) -> Made:
    """A first-aid course booked for a helper: an e-mailed invoice that is already paid; the course is later."""
    sheet = open_sheet(rng, "care", 1240)
    when, one = sheet.when, rng.choice([2900, 3500, 6400])
    sheet.heading(sheet.one_of("PAID INVOICE", "Training receipt"))
    sheet.facts([("Received", when.text), ("Course on", when.plus(21)), ("Certificate valid to", when.plus(1116))])
    places = rng.randint(1, 3)
    sheet.line(f"Moving and handling, {places} at {pounds(one)}", one * places)
    sheet.line("VAT 20%", round(one * places * 0.2))
    sheet.boxed(sheet.one_of("Total paid", "TOTAL"), sheet.total)
    sheet.line("Outstanding", 0, counts=False, left=620)
    sheet.small(f"Held at {town(rng)} Library. Bring photo identity.")
    return sheet.done()


LAYOUTS = {
    "cab-app": cab_app,
    "swim-lessons": swim_lessons,
    "care-week": care_week,
    "timesheet": timesheet,
    "equipment-order": equipment_order,
    "web-order": web_order,
    "phone-bill": phone_bill,
    "utility-bill": utility_bill,
    "training-course": training_course,
}

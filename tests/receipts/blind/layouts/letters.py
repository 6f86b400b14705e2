"""Sheets from an office printer: care agency, physiotherapist, an order's confirmation, somebody who works alone."""

from dataclasses import dataclass, field
from random import Random

from ..dates import LETTER, STYLES, When, pick
from ..goods import fill_basket, vat_in
from ..page import GREY, Colour, Page
from ..truth import Made, Truth, plain
from ..words import Shop, digits, person, phone, shop

FACES = ("clear-sans", "free-sans", "free-serif", "b612", "courier-prime", "narrow")
COLOURS: tuple[Colour, ...] = (
    (20, 70, 120), (0, 95, 90), (110, 30, 90), (40, 40, 44), (150, 70, 20), (30, 110, 50),
)  # fmt: skip
PALE: Colour = (200, 202, 206)
LEFT, RIGHT = 100, 1140
VISITS = (
    "Personal care weekday", "Personal care weekend", "Domestic support", "Sleep-in night", "Bank holiday care",
    "Community outing",
)  # fmt: skip


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


@dataclass
class Letter:
    """A sheet being filled from the top: `y` is where it goes on, `printed` gathers the item lines."""

    rng: Random
    page: Page
    place: Shop
    when: When
    colour: Colour
    y: float = 0.0
    printed: list[tuple[str, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What the item lines add up to, in pence."""
        return sum(amount for _, amount in self.printed)

    def head(self) -> None:
        """Name and address at the left, the right, the middle or in a coloured band."""
        page, place, way = self.page, self.place, self.rng.choice(["l", "r", "m", "band"])
        align = way[0].replace("b", "l")
        x = {"l": LEFT, "r": RIGHT, "m": page.width / 2}[align]
        if way == "band":
            page.box(0, 0, page.width, 150, self.colour, None)
        ink: Colour = (250, 250, 250) if way == "band" else self.colour
        page.text(x, 55, place.name, 50, bold=True, colour=ink, align=align)
        contact = [", ".join(place.address), f"Tel: {place.phone}", place.web]
        if self.rng.random() < 0.5:
            contact.append(f"{place.legal}. Registered in England {digits(self.rng, 8)}")
        self.y = page.lines(x, 175, contact, 22, align=align, colour=GREY) + 30

    def sum_up(self, *words: str, left: float = 720) -> None:
        """The total under a rule."""
        self.page.rule(left - 20, self.y + 6, RIGHT)
        cells = [(self.rng.choice(words), left, "l"), (_pounds(self.total), RIGHT, "r")]
        self.page.row(self.y + 22, cells, 32, bold=True)
        self.y += 90

    def done(self) -> Made:
        """The sheet with its truth."""
        truth = Truth(self.place.name, self.when.text, self.when.day, self.total, self.printed, [self.place.legal])
        return Made(self.page.finish(), truth, "cut", self.page.warnings(), said=self.page.said)


def _letter(rng: Random, trade: str, height: int, faces: tuple[str, ...] = FACES) -> Letter:
    page = Page(rng, 1240, height, rng.choice(faces))
    return Letter(rng, page, shop(rng, trade), pick(rng, LETTER), rng.choice(COLOURS))


def _invoice_facts(letter: Letter) -> None:
    """Number, date, due date and the client at one side, the person invoiced at the other."""
    rng, page, when = letter.rng, letter.page, letter.when
    street = f"{rng.randint(1, 80)} {rng.choice(['Elm', 'Park', 'Mill'])} Close"
    page.lines(LEFT, letter.y, [person(rng), street, rng.choice(["Thirsk", "Ludlow", "Hexham"])], 24)
    facts = [
        ("Invoice no.", f"INV-{digits(rng, 5)}"),
        (rng.choice(["Invoice date", "Date", "Tax point"]), when.text),
        ("Due date", when.plus(14)),
        ("Client ref", f"PHB{digits(rng, 4)}"),
    ]
    for words, value in facts:
        page.text(RIGHT - 460, letter.y, words, 24, bold=True)
        page.text(RIGHT, letter.y, value, 24, align="r")
        letter.y += 36
    letter.y += 40


def _care_rows(letter: Letter) -> None:
    """Kinds of visit with hours and rate; mileage sometimes."""
    rng, page = letter.rng, letter.page
    page.box(LEFT - 10, letter.y - 8, RIGHT + 10, letter.y + 38, (232, 236, 240), None)
    rows = [("Service", "Hours", "Rate", "Amount")]
    for kind in rng.sample(VISITS, rng.randint(2, 4)):
        quarters, rate = rng.randint(4, 90), rng.choice([1950, 2200, 2465, 2680, 3100, 2325])
        letter.printed.append((kind, (quarters * rate + 2) // 4))
        rows.append((kind, f"{quarters / 4:.2f}", plain(rate), plain(letter.printed[-1][1])))
    if rng.random() < 0.5:
        miles = rng.randint(8, 80)
        letter.printed.append(("Mileage", miles * 45))
        rows.append(("Mileage", str(miles), "0.45", plain(miles * 45)))
    for row in rows:
        cells = list(zip(row, (LEFT, 760, 930, RIGHT), "lrrr", strict=True))
        page.row(letter.y, cells, 24, bold=row is rows[0])
        letter.y += 50


def care_invoice(rng: Random) -> Made:
    """Visits of some weeks; the period and the due date stand beside the invoice's date."""
    letter = _letter(rng, "care", 1754)
    page, when = letter.page, letter.when
    letter.head()
    title = rng.choice(["INVOICE", "Invoice", "SALES INVOICE"])
    page.text(RIGHT, letter.y, title, 44, bold=True, colour=letter.colour, align="r")
    letter.y += 80
    _invoice_facts(letter)
    page.text(LEFT, letter.y, f"Period of care: {when.plus(-29)} to {when.plus(-2)}", 24)
    letter.y += 60
    _care_rows(letter)
    if rng.random() < 0.6:
        page.row(letter.y, [("Net", 720, "l"), (_pounds(letter.total), RIGHT, "r")])
        page.row(letter.y + 40, [("VAT (exempt)", 720, "l"), ("£0.00", RIGHT, "r")])
        letter.y += 90
    letter.sum_up("Total due", "TOTAL", "Amount due", "Balance due", "Invoice total")
    bank = f"sort code 00-{digits(rng, 2)}-{digits(rng, 2)}, account {digits(rng, 8)}"
    queries = f"Welfare services are exempt from VAT. Queries: {phone(rng)}"
    page.lines(LEFT, 1500, [f"Please pay by {when.plus(14)} to {bank}.", queries], 22, colour=GREY)
    return letter.done()


def physio_invoice(rng: Random) -> Made:
    """A clinic's half sheet: treatments, paid, a date of birth and the next appointment."""
    letter = _letter(rng, "physio", 1240)
    page, when, fee = letter.page, letter.when, rng.choice([4200, 4800, 5500, 6250])
    letter.head()
    page.rule(LEFT, letter.y, RIGHT, letter.colour, 4)
    title = rng.choice(["Receipt for treatment", "INVOICE / RECEIPT", "Statement of fees"])
    page.text(LEFT, letter.y + 30, title, 36, bold=True)
    facts = [
        f"Patient: {person(rng)}",
        f"Date of birth: {STYLES['17/11/2026'](when.day.replace(year=1957, day=min(28, when.day.day)))}",
        f"Date: {when.text}",
        f"Ref: {digits(rng, 6)}   Clinician: {person(rng)} MCSP",
    ]
    letter.y = 30 + page.lines(LEFT, letter.y + 100, facts, 25, 1.45)
    kinds = [
        ("Initial assessment", fee + 1500), ("Follow-up treatment 30 min", fee), ("Exercise band", 850),
        ("Hydrotherapy session", fee - 700), ("Acupuncture", fee - 300), ("Home visit supplement", 2000),
    ]  # fmt: skip
    for words, amount in rng.sample(kinds, rng.randint(1, 3)):
        page.row(letter.y, [(words, LEFT, "l"), (_pounds(amount), RIGHT, "r")], 26)
        letter.printed.append((words, amount))
        letter.y += 44
    letter.sum_up("Total", "Total paid", "Amount due")
    paid = rng.choice(["Paid by card - thank you.", "Paid with thanks.", "Payment within 7 days please."])
    again = f"Next appointment: {when.plus(rng.choice([7, 14]))} at {rng.randint(9, 16)}:15"
    page.lines(LEFT, letter.y, [paid, again, f"HCPC registered PH{digits(rng, 6)}"], 24, 1.5, colour=GREY)
    return letter.done()


def _ordered(letter: Letter) -> None:
    """The things ordered, each with a grey square for its picture; delivery and promotion below."""
    rng, page = letter.rng, letter.page
    for line in fill_basket(rng, "online", 1, 4, repeat=0.25):
        page.box(LEFT, letter.y, LEFT + 80, letter.y + 70, (225, 228, 232), None)
        page.text(LEFT + 110, letter.y + 4, line.name, 26)
        page.text(LEFT + 110, letter.y + 38, f"Qty {line.count}   {_pounds(line.price)} each", 21, colour=GREY)
        page.text(RIGHT, letter.y + 4, _pounds(line.amount), 26, align="r")
        letter.printed.append((line.name, line.amount))
        letter.y += 100
    page.rule(LEFT, letter.y, RIGHT, PALE)
    goods, post = letter.total, rng.choice([0, 399, 495])
    rows = [("Items", goods), (rng.choice(["Delivery", "Postage & packing"]), post)]
    if rng.random() < 0.4:
        rows.append(("Promotion SAVE10", -(goods // 10)))
    letter.printed += [row for row in rows[1:] if row[1]]
    for words, amount in rows:
        letter.y += 42
        page.row(letter.y, [(words, 640, "l"), (_pounds(amount), RIGHT, "r")], 25)
    letter.y += 42


def online_order(rng: Random) -> Made:
    """An order printed from the screen: delivery date and return window later than the order."""
    letter = _letter(rng, "online", 1600, ("clear-sans", "free-sans", "b612"))
    page, when, place = letter.page, letter.when, letter.place
    page.text(LEFT, 60, place.name, 54, bold=True, colour=letter.colour)
    page.rule(LEFT, 140, RIGHT, PALE)
    title = rng.choice(["Thank you for your order", "Order confirmation", "Your order is on its way"])
    page.text(LEFT, 170, title, 40, bold=True)
    facts = [
        f"Order number: {digits(rng, 3)}-{digits(rng, 7)}",
        f"{rng.choice(['Order date', 'Ordered on', 'Placed'])}: {when.text}",
        f"Estimated delivery: {when.plus(rng.randint(2, 6))}",
        f"Deliver to: {person(rng)}, 4 Mill Close",
    ]
    letter.y = page.lines(LEFT, 240, facts, 26, 1.5) + 30
    _ordered(letter)
    letter.sum_up("Order total", "Grand total", "Total charged", "TOTAL", left=640)
    small = [
        f"Includes VAT of {_pounds(vat_in(letter.total, 20))}",
        f"Paid with card ending {digits(rng, 4)}",
        f"Changed your mind? Send it back by {when.plus(36)}.",
        f"{place.legal}, {', '.join(place.address)}. VAT {place.vat}",
    ]
    page.lines(LEFT, letter.y, small, 22, 1.5, colour=GREY)
    return letter.done()


def _weeks(letter: Letter) -> None:
    """A line for each week worked, with that week's own date."""
    rng, rate = letter.rng, letter.rng.choice([1400, 1550, 1650, 1800])
    work = rng.choice(["Cleaning", "Gardening", "Ironing", "Dog walking"])
    for week in range(rng.randint(1, 4), 0, -1):
        hours = rng.choice([2, 3, 3, 4])
        words = f"{work} w/e {letter.when.plus(-7 * week)}"
        cells = [(words, LEFT, "l"), (f"{hours} h", 800, "r"), (_pounds(hours * rate), RIGHT, "r")]
        letter.page.row(letter.y, cells, 27)
        letter.printed.append((words, hours * rate))
        letter.y += 48


def sole_trader(rng: Random) -> Made:
    """A typed sheet from somebody who works alone: the name is a person's, the weeks have dates of their own."""
    letter = _letter(rng, "care", 1300, ("courier-prime", "free-serif", "clear-sans"))
    page, name = letter.page, person(rng)
    trade = rng.choice(["Home Help", "Garden Services", "Companion & Support", "Cleaning"])
    merchant = rng.choice([f"{name} {trade}", name])
    page.text(LEFT, 80, merchant, 42, bold=True)
    address = [", ".join(letter.place.address), f"Mobile 07700 900{digits(rng, 3)}"]
    letter.y = page.lines(LEFT, 140, address, 25) + 40
    cells = [(f"Invoice {rng.randint(3, 90)}", LEFT, "l"), (letter.when.text, RIGHT, "r")]
    page.row(letter.y, cells, 28, bold=True)
    page.text(LEFT, letter.y + 60, f"To: {person(rng)}", 26)
    letter.y += 130
    _weeks(letter)
    letter.sum_up("Total", "TOTAL TO PAY", "Amount owing", left=LEFT + 20)
    page.lines(LEFT, letter.y + 20, ["Bank transfer or cash. Not VAT registered.", "Many thanks."], 25)
    made = letter.done()
    made.truth.merchant, made.truth.merchant_alt = merchant, [name]
    return made


LAYOUTS = {
    "care-invoice": care_invoice,
    "physio-invoice": physio_invoice,
    "online-order": online_order,
    "sole-trader": sole_trader,
}

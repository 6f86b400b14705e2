"""Written by hand: a cleaner's note, a gardener's duplicate book, a window cleaner's card, a cab driver's card."""

from random import Random

from ...blind.hand import squiggle
from ...blind.layouts.handmade import PAPERS, PRINTS, Pad
from ...blind.page import GREY, Page
from ...blind.truth import Made, Truth, plain
from ...blind.words import digits
from ..contents import find_shop, home, somebody, town
from ..dates import PEN, choose_moment

HANDS = ("delphine", "delphine", "breip", "dkg", "steve")
INKS = ((26, 36, 118), (22, 22, 28), (40, 40, 48), (20, 70, 60))
RULES = (176, 198, 216)


def _leaf(rng: Random, width: int, height: int, face: str = "liberation-sans") -> Pad:
    page = Page(rng, width, height, face, rng.choice(PAPERS))
    return Pad(rng, page, choose_moment(rng, PEN), rng.choice(HANDS), rng.choice(INKS), rng.random() < 0.5)


def cleaner_note(rng: Random) -> Made:
    """A note with hours and rate worked out, from one who cleans; money owed from last time is settled already."""
    pad, name = _leaf(rng, 940, 900), somebody(rng)
    hours, rate = rng.randint(2, 6), rng.choice([1300, 1400, 1500, 1650])
    merchant = f"{name} {rng.choice(['Cleaning', 'Domestic Help', 'Ironing & Cleaning'])}"
    if rng.random() < 0.6:
        for y in range(100, 890, 70):
            pad.page.rule(0, y, 940, RULES, 2)
    pad.write(60, 70, merchant, 50)
    pad.write(60, 170, f"{rng.choice(['Date', 'date:', 'Dated'])} {pad.when.text}", 44)
    pad.write(60, 280, f"{hours} hrs cleaning @ £{plain(rate)}", 42)
    pad.write(640, 350, plain(hours * rate), 44)
    extra = rng.choice([250, 320, 475, 0])
    if extra:
        pad.write(60, 420, rng.choice(["bleach & cloths", "bin liners", "polish"]), 42)
        pad.write(640, 420, plain(extra), 44)
    total = hours * rate + extra
    pad.write(60, 530, f"{rng.choice(['Total', 'TOTAL', 'Total paid'])}   £{plain(total)}", 56)
    pad.write(60, 640, rng.choice(["Cash, thank you!", "Paid by bank", "recd with thanks"]), 42)
    pad.sign(520, 700, 300, 110)
    return pad.done(Truth(merchant, pad.when.text, pad.when.day, total, [], [name]), "cut")


def _print_form(pad: Pad, name: str, number: str, ink: tuple[int, int, int]) -> None:
    page = pad.page
    page.text(460, 36, name, 46, bold=True, colour=ink, align="m")
    page.text(460, 96, f"Lawns - Hedges - Clearance    Mob 07700 900{digits(pad.rng, 3)}", 24, colour=ink, align="m")
    page.text(50, 150, "INVOICE", 34, bold=True, colour=ink)
    page.text(870, 150, number, 32, colour=(180, 30, 40), align="r")
    for row, words in enumerate(("To", "Date")):
        page.text(50, 216 + 66 * row, words, 26, colour=ink)
        page.rule(130, 250 + 66 * row, 870, ink, 1)
    for y in range(400, 860, 64):
        page.rule(50, y, 870, ink, 1)
    page.draw.line([(690, 340), (690, 990)], fill=ink, width=2)
    page.box(50, 340, 870, 990, None, ink)
    page.text(520, 930, "TOTAL £", 28, bold=True, colour=ink)


def garden_book(rng: Random) -> Made:
    """A gardener's printed duplicate book: lines of work with that day's date, and the total in the box."""
    pad, place, ink = _leaf(rng, 920, 1080), find_shop(rng, "garden"), rng.choice(PRINTS)
    _print_form(pad, place.name, f"{rng.choice(['No', 'Nº'])} {digits(rng, 3)}", ink)
    pad.write(150, 232, f"{somebody(rng)}, {home(rng)}", 38)
    pad.write(150, 298, pad.when.text, 40)
    work = [
        ("Cut grass x2", 3500),
        ("Trim hedge", 4500),
        ("Tip fees", 1200),
        ("Green waste", 1000),
        ("Weeding 2h", 3200),
    ]
    chosen, y, total = rng.sample(work, rng.randint(1, 4)), 372, 0
    for words, pence in chosen:
        pence += rng.choice([0, 0, 250, 500])
        pad.write(70, y, words, 38)
        pad.write(716, y, plain(pence), 38)
        y, total = y + 64, total + pence
    pad.write(706, 944, plain(total), 44)
    pad.write(70, y + 10, rng.choice(["Paid cash", "pay by bank pls", "Next visit 2 wks"]), 34)
    pad.page.text(50, 1010, f"{place.town}. Not VAT registered.", 22, colour=GREY)
    return pad.done(Truth(place.name, pad.when.text, pad.when.day, total, [], [place.legal]))


def window_card(rng: Random) -> Made:
    """A card through the letter box: we cleaned today, so much is due; printed with boxes to tick."""
    pad, place, ink = _leaf(rng, 1000, 640), find_shop(rng, "windows"), rng.choice(PRINTS)
    page, amount = pad.page, rng.choice([800, 1000, 1200, 1450, 1800, 2250])
    page.text(500, 40, place.name, 48, bold=True, colour=ink, align="m")
    page.text(500, 106, "Your windows have been cleaned today!", 28, colour=ink, align="m")
    for row, words in enumerate(("Front", "Back", "Conservatory")):
        page.box(70, 170 + 60 * row, 106, 206 + 60 * row, None, ink)
        page.text(126, 172 + 60 * row, words, 28)
        if row == 0 or rng.random() < 0.5:
            page.ink(squiggle(rng, 40, 34), 68, 168 + 60 * row, pad.ink)
    page.text(480, 176, "Date", 28, colour=ink)
    pad.write(600, 194, pad.when.text, 46)
    page.text(480, 270, rng.choice(["Amount due", "To pay", "Price"]), 28, colour=ink)
    pad.write(690, 288, f"£{plain(amount)}", 58)
    page.text(60, 400, f"Bank: 00-{digits(rng, 2)}-{digits(rng, 2)}  {digits(rng, 8)}   or text {place.phone}", 25)
    page.text(60, 448, "We come every 4 weeks. Gutters from £45.00.", 25, colour=GREY)
    page.text(60, 580, f"{place.town} and district", 22, colour=GREY)
    return pad.done(Truth(place.name, pad.when.text, pad.when.day, amount, [], [place.legal]), "cut")


def driver_card(rng: Random) -> Made:
    """The back of a cab firm's business card, dotted lines filled in beside a printed telephone number."""
    pad, place, ink = _leaf(rng, 1000, 600), find_shop(rng, "cab"), rng.choice(PRINTS)
    amount = rng.choice([rng.randint(8, 90) * 50, rng.randint(4, 60) * 100, rng.randint(30, 400) * 10])
    pad.page.box(16, 16, 984, 584, None, ink)
    pad.page.text(500, 44, place.name.upper(), 50, bold=True, colour=ink, align="m")
    pad.page.text(500, 112, f"{place.phone}  -  book at {place.web}", 25, colour=ink, align="m")
    rows = [("Date", pad.when.text), ("Journey", f"{town(rng)} - home"), ("Received £", plain(amount))]
    if rng.random() < 0.5:
        rows.insert(0, rows.pop())
    for row, (words, text) in enumerate(rows):
        pad.fill(200 + 90 * row, words, text, 48)
    pad.sign(640, 480, 280, 80)
    pad.page.text(60, 520, rng.choice(["Thank you", "All major cards taken", "Wheelchair cabs"]), 26, colour=GREY)
    return pad.done(Truth(place.name, pad.when.text, pad.when.day, amount, [], [place.legal]), "cut")


LAYOUTS = {
    "cleaner-note": cleaner_note,
    "garden-book": garden_book,
    "window-card": window_card,
    "driver-card": driver_card,
}

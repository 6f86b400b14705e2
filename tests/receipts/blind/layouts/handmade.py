"""Receipts filled in or written by hand: taxi pad, receipt book, a market's duplicate book, a plain chit."""

from dataclasses import dataclass
from random import Random

from ..dates import HAND, When, pick
from ..goods import fill_basket
from ..hand import pick_hand, pick_ink, squiggle
from ..page import GREY, Colour, Page
from ..truth import Made, Truth, plain
from ..words import TOWNS, Shop, digits, person, shop

PAPERS: tuple[Colour, ...] = (
    (252, 251, 247), (255, 247, 208), (252, 232, 236), (228, 240, 232), (246, 244, 238),
)  # fmt: skip
PRINTS: tuple[Colour, ...] = ((30, 60, 130), (40, 40, 44), (140, 30, 40), (20, 100, 60))
FRAME: Colour = (70, 70, 76)
RED: Colour = (170, 30, 40)


@dataclass
class Pad:
    """A leaf, what is printed on it, and whose hand and which pen fill it in."""

    rng: Random
    page: Page
    when: When
    face: str
    ink: tuple[int, int, int]
    heavy: bool

    def write(self, x: float, y: float, text: str, size: int = 40) -> None:
        """Handwriting with its middle near y."""
        self.page.hand(x, y + self.rng.gauss(0, 4), text, self.face, self.ink, size, self.heavy)

    def fill(self, y: float, words: str, text: str, size: int = 42) -> None:
        """A printed word, a dotted line, and what was written on it."""
        page, start = self.page, 80 + 15 * len(words)
        page.text(60, y, words, 26, colour=GREY)
        page.text(start, y + 4, "." * int((page.width - 60 - start) / 8), 20, colour=GREY)
        self.write(start + 20, y + 2, text, size)

    def sign(self, x: int, y: int, width: int = 260, height: int = 80) -> None:
        """A signature."""
        self.page.ink(squiggle(self.rng, width, height), x, y, self.ink)

    def done(self, truth: Truth, edge: str = "pad") -> Made:
        """The leaf torn out."""
        return Made(self.page.finish(), truth, edge, self.page.warnings(), True, self.page.said)


def _pad(rng: Random, width: int, height: int, face: str = "free-sans") -> Pad:
    page = Page(rng, width, height, face, rng.choice(PAPERS))
    return Pad(rng, page, pick(rng, HAND), pick_hand(rng), pick_ink(rng), rng.random() < 0.55)


def taxi_pad(rng: Random) -> Made:
    """A cab firm's printed pad: from, to, the fare and the date filled in by the driver."""
    pad, place, colour = _pad(rng, 1000, rng.randint(620, 720)), shop(rng, "taxi"), rng.choice(PRINTS)
    page, name = pad.page, place.name.upper() if rng.random() < 0.6 else place.name
    page.text(500, 34, name, 54, bold=True, colour=colour, align="m")
    page.text(500, 108, f"24 hours - {place.phone} - {place.town}", 26, colour=colour, align="m")
    title = rng.choice(["RECEIPT", "Taxi Receipt", "FARE RECEIPT"])
    page.text(500, 146, title, 26, bold=True, colour=colour, align="m")
    one, two = rng.sample(list(TOWNS), 2)
    fare = rng.choice([rng.randint(4, 60) * 100, rng.randint(40, 400) * 10, rng.randint(8, 80) * 50])
    spots = [("Date", pad.when.text), ("From", rng.choice([one, "Hospital", "Station"])), ("To", two)]
    spots.append(("Fare £", plain(fare)))
    if rng.random() < 0.5:
        spots.append(spots.pop(0))
    for row, (words, text) in enumerate(spots):
        pad.fill(226 + 88 * row, words, text, 46 if words == "Fare £" else 42)
    page.text(60, page.height - 50, "Driver", 24, colour=GREY)
    pad.sign(170, page.height - 84, height=70)
    return pad.done(Truth(place.name, pad.when.text, pad.when.day, fare, [], [place.legal]))


def receipt_book(rng: Random) -> Made:
    """A stationer's receipt book: "received from, the sum of", with the shop's rubber stamp."""
    pad, place = _pad(rng, 1100, 640, "free-serif"), shop(rng, rng.choice(["physio", "salon", "hire"]))
    page = pad.page
    page.box(24, 24, 1076, 616, None, FRAME)
    page.text(60, 46, "RECEIPT", 44, bold=True)
    page.text(1040, 54, f"No. {digits(rng, 4)}", 30, colour=RED, align="r")
    amount = rng.choice([rng.randint(10, 150) * 100, rng.randint(20, 120) * 50 + 50])
    what = rng.choice(["treatment", "2 sessions", "chair hire", "haircut", "home visit"])
    for y, words, text in ((150, "Date", pad.when.text), (226, "Received from", person(rng)), (302, "for", what)):
        pad.fill(y, words, text)
    page.box(60, 480, 400, 580, (255, 255, 255), FRAME)
    page.text(80, 504, "£", 48, bold=True)
    pad.write(140, 532, plain(amount), 56)
    _rubber_stamp(page, place, rng)
    pad.sign(430, 505, 230)
    page.text(470, 586, "with thanks", 22, colour=GREY)
    return pad.done(Truth(place.name, pad.when.text, pad.when.day, amount, [], [place.legal]))


def _rubber_stamp(page: Page, place: Shop, rng: Random) -> None:
    """Name, street and telephone in blue or purple, in a frame."""
    colour: Colour = rng.choice([(60, 70, 160), (110, 60, 140), (40, 40, 60)])
    top, size = rng.randint(370, 400), 32
    while len(place.name) * size * 0.58 > 340:
        size -= 1
    page.box(700, top, 1060, top + 150, None, colour)
    page.text(880, top + 16, place.name, size, bold=True, colour=colour, align="m", face="free-sans")
    page.text(880, top + 66, f"{place.street}, {place.town}", 21, colour=colour, align="m", face="free-sans")
    page.text(880, top + 100, place.phone, 22, colour=colour, align="m", face="free-sans")


def _duplicate_leaf(page: Page, number: str) -> None:
    for y in range(210, page.height - 20, 62):
        page.rule(30, y, page.width - 30, (150, 180, 205), 2)
    page.draw.line([(590, 150), (590, page.height - 20)], fill=(220, 130, 140), width=2)
    page.text(page.width - 30, 30, number, 28, colour=RED, align="r")


def market_stall(rng: Random) -> Made:
    """A ruled duplicate book, a line for each thing, the sum drawn up below; the stall's name written on top."""
    pad, place, y = _pad(rng, 800, 1100), shop(rng, "market"), 242
    _duplicate_leaf(pad.page, digits(rng, 3))
    pad.write(60, 70, place.name, 46)
    pad.write(60, 172, pad.when.text, 42)
    printed = []
    for line in fill_basket(rng, "market", 2, 6, repeat=0.1):
        printed.append((f"{line.count} {line.name}" if line.count > 1 else line.name, line.amount))
        pad.write(60, y, printed[-1][0], 40)
        pad.write(612, y, plain(line.amount), 40)
        y += 62
    total = sum(amount for _, amount in printed)
    pad.write(330, y + 64, rng.choice(["Total", "TOTAL", "Total"]), 44)
    pad.write(600, y + 64, f"£{plain(total)}", 46)
    for line_y in (y + 24, y + 102):
        pad.page.draw.line([(596, line_y), (764, line_y + rng.randint(-5, 5))], fill=pad.ink, width=4)
    if rng.random() < 0.5:
        pad.write(120, y + 186, rng.choice(["Paid cash", "PAID", "paid with thanks"]), 40)
    return pad.done(Truth(place.name, pad.when.text, pad.when.day, total, printed))


def hand_chit(rng: Random) -> Made:
    """A leaf from a notebook: who, for what, how much, when; nothing printed at all."""
    pad, name = _pad(rng, 900, 700), person(rng)
    if rng.random() < 0.5:
        for y in range(120, 690, 64):
            pad.page.rule(0, y, 900, (170, 195, 220), 2)
    amount = rng.choice([rng.randint(10, 90) * 100, rng.randint(20, 160) * 50])
    merchant = f"{name} {rng.choice(['Gardening', 'Cleaning', 'Dog Walking', 'Handyman'])}"
    what = rng.choice(["3 hours garden", "windows in & out", "ironing 2 hrs", "dog walks x4", "fix handrail"])
    pad.write(70, 80, merchant, 50)
    pad.write(70, 185, rng.choice(["Received with thanks from", "Recd from", "Receipt for"]), 40)
    pad.write(70, 265, person(rng), 42)
    pad.write(70, 350, what, 42)
    pad.write(70, 450, rng.choice(["Total  £", "Paid  £", "£"]) + plain(amount), 54)
    pad.write(70, 560, pad.when.text, 44)
    pad.sign(500, 530, 330, 110)
    return pad.done(Truth(merchant, pad.when.text, pad.when.day, amount, [], [name]), "cut")


LAYOUTS = {
    "taxi-pad": taxi_pad,
    "receipt-book": receipt_book,
    "market-stall": market_stall,
    "hand-chit": hand_chit,
}

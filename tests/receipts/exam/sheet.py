"""A sheet from an office's or a home's printer, filled from the top."""

from collections.abc import Sequence
from random import Random

from PIL import ImageDraw

from ..blind.layouts.letters import COLOURS, LEFT, PALE, RIGHT, Letter
from ..blind.page import GREY, Page
from ..blind.truth import Made
from ..blind.words import digits
from .contents import find_shop, home, somebody, town
from .dates import OFFICE, choose_moment

FACES = ("liberation-sans", "liberation-serif", "clear-sans", "free-sans", "narrow")
Fact = tuple[str, str]


def pounds(pence: int) -> str:
    """1234567 -> "£12,345.67", -5 -> "-£0.05"."""
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


class Sheet(Letter):
    """`printed` gathers what counts; `y` is where the sheet goes on."""

    def one_of(self, *words: str) -> str:
        """Offices say the same thing in different words."""
        return self.rng.choice(words)

    def heading(self, title: str) -> None:
        """Who sends it at one side, what it is at the other, and a rule in the house's colour."""
        page, place = self.page, self.place
        near, far, way, side = (LEFT, RIGHT, "l", "r") if self.rng.random() < 0.6 else (RIGHT, LEFT, "r", "l")
        page.text(near, 70, place.name, self.rng.choice([40, 46, 54]), bold=True, colour=self.colour, align=way)
        address = [place.street, f"{place.town}  {place.postcode}", f"{place.phone}   {place.web}"]
        page.lines(near, 145, address, 22, align=way, colour=GREY)
        page.text(far, 150, title, 34, align=side)
        page.rule(LEFT, 250, RIGHT, self.colour, self.rng.choice([2, 6]))
        self.y = 285

    def to(self) -> None:
        """Whom it is for, as on an envelope."""
        lines = [somebody(self.rng), home(self.rng), town(self.rng)]
        self.y = self.page.lines(LEFT, self.y, lines, 24) + 24

    def facts(self, facts: Sequence[Fact], x: float = LEFT, wide: float = 330, size: int = 24) -> None:
        """Words and what belongs to them, under each other."""
        for words, value in facts:
            self.page.text(x, self.y, words, size, bold=True)
            self.page.text(x + wide, self.y, value, size)
            self.y += size * 1.55
        self.y += 16

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[float]) -> None:
        """Rows under a shaded head; the first column begins at its place, the others end there."""
        page, aligns = self.page, "l" + "r" * (len(columns) - 1)
        page.box(LEFT - 8, self.y - 6, RIGHT + 8, self.y + 34, (228, 232, 238), None)
        for row in [head, *rows]:
            page.row(self.y, list(zip(row, columns, aligns, strict=True)), 23, bold=row is head)
            self.y += 44
            page.rule(LEFT, self.y - 9, RIGHT, PALE, 1)
        self.y += 12

    def line(self, words: str, pence: int, counts: bool = True, left: float = LEFT, bold: bool = False) -> None:
        """Words and an amount at the right."""
        self.page.row(self.y, [(words, left, "l"), (pounds(pence), RIGHT, "r")], 25, bold)
        if counts:
            self.printed.append((words, pence))
        self.y += 42

    def boxed(self, words: str, pence: int) -> None:
        """The sum in a frame or a coloured bar."""
        page, dark = self.page, self.rng.random() < 0.4
        page.box(600, self.y, RIGHT + 8, self.y + 62, self.colour if dark else None, self.colour)
        ink = (250, 250, 250) if dark else (30, 30, 34)
        cells = [(words, 620, "l"), (pounds(pence), RIGHT - 8, "r")]
        page.row(self.y + 14, cells, 30, bold=True, colour=ink)
        self.y += 92

    def small(self, *lines: str) -> None:
        """Small print."""
        self.y = self.page.lines(LEFT, self.y + 8, list(lines), 21, 1.5, colour=GREY)

    def shorten(self, height: int) -> None:
        """Fold away what is blank below, as people do before they photograph a letter."""
        page = self.page
        page.height = min(page.height, height)
        page.image = page.image.crop((0, 0, page.width, page.height))
        page.draw = ImageDraw.Draw(page.image)

    def done(self) -> Made:
        """The sheet with its foot: who is behind the name, where its office is, and the page's number."""
        if self.rng.random() < 0.65:
            self.shorten(max(900, round(self.y) + self.rng.randint(130, 320)))
        page, place, foot = self.page, self.place, self.page.height - 70
        page.rule(LEFT, foot - 14, RIGHT, PALE, 1)
        office = f"{place.legal}. Company {digits(self.rng, 8)}. {place.street}, {place.town} {place.postcode}"
        page.text(LEFT, foot, office, 18, colour=GREY)
        page.text(RIGHT, foot, self.one_of("Page 1 of 1", "1 / 1", "P1"), 18, colour=GREY, align="r")
        return super().done()

    def reference(self) -> str:
        """A number of an invoice, an order or a client."""
        return f"{self.one_of('A', 'SI-', 'PO', 'CN', '')}{digits(self.rng, self.rng.choice([4, 6, 7]))}"


def open_sheet(rng: Random, trade: str, height: int = 1754) -> Sheet:
    """A sheet of A4's width by somebody of a trade."""
    page = Page(rng, 1240, height, rng.choice(FACES))
    return Sheet(rng, page, find_shop(rng, trade), choose_moment(rng, OFFICE), rng.choice(COLOURS))

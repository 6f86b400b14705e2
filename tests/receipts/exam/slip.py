"""What the tills and terminals of this exam print in their own words: heads, ways to pay, feet with other dates."""

from random import Random

from ..blind.dates import When
from ..blind.fonts import FACES
from ..blind.goods import Line
from ..blind.strip import PAPERS, THERMAL_INKS, Roll, Strip
from ..blind.till import Money, Till
from ..blind.words import digits
from .contents import find_shop, somebody
from .dates import TILL, Moment, choose_moment

MONO = ("dejavu-mono", "courier-sans", "courier-code", "liberation-mono", "3270", "inconsolata")
SANS = ("liberation-sans", "narrow", "free-sans")
LOGOS = ("liberation-serif-bold", "liberation-sans-bold", "courier-sans-bold", "free-serif-italic", "clear-sans-bold")
MONEY = (Money("£"), Money(""), Money("£ "), Money("£", "inside"), Money("", "after"))


class Slip(Till):
    """A sale on a roll. `printed` gathers what counts; the rest only tells."""

    when: When

    def logo(self) -> None:
        """The name: white on black, in a face of its own, between rules, or as plain as the rest."""
        strip, rng, name = self.strip, self.rng, self.place.name
        way, face, size = rng.random(), rng.choice(LOGOS), rng.choice([48, 64, 76])
        while strip.measure(name, face=face, size=size) > strip.across * 0.9:
            size -= 2
        if way < 0.6:
            strip.put(name, 0.5, "m", face=face, size=size, invert=way < 0.2 and FACES[face].use != "serif")
            strip.y += round(size * 1.5)
        elif way < 0.8:
            strip.rule("*")
            strip.text(name.upper(), "m", bold=True)
            strip.rule("*")
        else:
            strip.text(name, "m", tall=2)

    def top(self, *more: str) -> None:
        """Name and where it is; further lines as given."""
        self.logo()
        place, strip = self.place, self.strip
        where = self.rng.choice(
            [
                [place.street, f"{place.town} {place.postcode}"],
                [f"{place.town.upper()} ({self.rng.randint(100, 999)})", place.street],
                [place.legal, f"{place.street}, {place.town}, {place.postcode}"],
            ]
        )
        for line in [*where, f"{self.one_of('Tel', 'Ph', 'Call us')} {place.phone}", *more]:
            strip.text(line, "m")
        strip.gap(0.5)

    def moment(self, *words: str) -> None:
        """The day and the clock of this sale, with the till's own numbers about them."""
        rng, strip, when = self.rng, self.strip, self.when
        name = rng.choice(words or ("",))
        number = rng.choice([f"#{digits(rng, 5)}", f"T{rng.randint(1, 9)}/{digits(rng, 4)}", f"Rcpt {digits(rng, 6)}"])
        left = f"{name} {when.text} {when.clock}".strip()
        if strip.measure(f"{left}  {number}") < strip.across:
            strip.pair(left, number)
        else:
            strip.text(left if strip.measure(left) < strip.across else f"{when.text} {when.clock[:5]}")
            strip.text(number)

    def goods(self, lines: list[Line], letters: bool = False) -> None:
        """Things bought, with the count in front or on a line above the amount."""
        above = self.rng.random() < 0.5
        for line in lines:
            mark = f" {line.rate}" if letters else ""
            if line.count > 1 and above:
                self.strip.text(f"  {line.count} x {self.money(line.price)}")
            words = f"{line.count}x {line.name}" if line.count > 1 and not above else line.name
            self.add(words, line.amount, mark)

    def large(self, *words: str, pence: int | None = None) -> None:
        """The sum to pay, often larger or heavier than the rest, now and then not."""
        strip, left = self.strip, self.one_of(*words)
        amount = self.money(self.total if pence is None else pence)
        way = self.rng.random()
        if way < 0.3 and strip.measure(f"{left} {amount}", 2) <= strip.across:
            strip.pair(left, amount, wide=2, tall=2)
        else:
            strip.pair(left, amount, tall=2 if way < 0.6 else 1, bold=way > 0.4)

    def coins(self) -> None:
        """Notes handed over and what came back."""
        note = self.rng.choice([500, 1000, 2000, 5000])
        given = (self.total // note + 1) * note
        self.show(self.one_of("Cash given", "CASH", "Tendered - Cash", "You gave us"), given)
        self.show(self.one_of("Change", "YOUR CHANGE", "Change owed", "CHANGE GBP"), given - self.total)

    def plastic(self, due: int | None = None) -> None:
        """Paid with a card or a telephone."""
        rng = self.rng
        self.show(
            self.one_of("Debit Card", "Card (contactless)", "VISA", "Phone Pay", "M/CARD DEBIT"), due or self.total
        )
        for line in rng.sample(
            [
                f"Card ending {digits(rng, 4)}",
                f"Auth {digits(rng, 6)}",
                f"Terminal {digits(rng, 8)}",
                f"Card valid from {rng.randint(1, 12):02}/{self.when.day.year % 100 - 1}",
                f"Card expiry {rng.randint(1, 12):02}/{self.when.day.year % 100 + 3}",
            ],
            2,
        ):
            self.strip.text(line)

    def settle(self) -> None:
        """Cash or card."""
        if self.rng.random() < 0.4:
            self.coins()
        else:
            self.plastic()

    def bottom(self, *lines: str, code: bool = True) -> None:
        """Lines at the foot, in the middle; perhaps a bar code."""
        self.strip.gap(0.5)
        for line in lines:
            self.strip.text(line, "m")
        if code and self.rng.random() < 0.4:
            self.strip.gap(0.3)
            self.strip.barcode(digits(self.rng, 13))

    def served(self) -> str:
        """Who stood at the till."""
        return f"{self.one_of('Your server', 'Cashier', 'You were helped by')} {somebody(self.rng).split()[0]}"


def open_slip(
    rng: Random,
    trade: str,
    widths: tuple[int, ...] = (384, 480, 576),
    styles: list[str] | None = None,
    hours: tuple[int, int] = (8, 19),
    money: Money | None = None,
) -> Slip:
    """A shop of a trade, its printer, a day, and a way to write amounts."""
    width, smooth = rng.choice(widths), rng.random() < 0.3
    face, size = rng.choice(SANS if smooth else MONO), rng.choice([19, 21, 23] if width == 384 else [22, 25, 27])
    roll = Roll(width, face, size, rng.uniform(1.1, 1.5), smooth, rng.choice(PAPERS), rng.choice(THERMAL_INKS))
    moment: Moment = choose_moment(rng, styles or TILL, hours)
    return Slip(rng, Strip(rng, roll), find_shop(rng, trade), moment, money or rng.choice(MONEY))

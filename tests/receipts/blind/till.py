"""What most tills print in one form or another: heads, item lines, ways to pay, VAT, feet with other dates."""

from dataclasses import dataclass, field
from random import Random

from .dates import When, pick
from .fonts import FACES
from .goods import Line, vat_summary
from .strip import Roll, Strip, pick_roll
from .truth import Made, Truth, plain
from .words import Shop, digits, person, phone, shop

LOGO_FACES = (
    "free-serif-italic",
    "b612-bold",
    "free-serif-bold",
    "narrow-bold",
    "clear-sans-bold",
    "courier-prime-bold",
)
PHONE_WORDS = ("Tel", "TEL:", "T:", "Telephone", "Tel No.")
VAT_WORDS = ("VAT No", "VAT Reg No:", "VAT:", "V.A.T. NO.")
CASH_WORDS = ("CASH", "Cash", "CASH TENDERED", "Amount Tendered", "Cash Paid")
CARD_WORDS = ("VISA DEBIT", "Card", "DEBIT MASTERCARD", "CONTACTLESS", "EFT", "Card Payment")
CHANGE_WORDS = ("CHANGE", "Change", "CHANGE DUE", "Change Given")


@dataclass(frozen=True)
class Money:
    """How one till writes amounts: the pound sign, and where the minus stands."""

    sign: str = "£"
    minus: str = "before"

    def __call__(self, pence: int) -> str:
        text = f"{self.sign}{plain(abs(pence))}"
        if pence >= 0:
            return text
        if self.minus == "after":
            return text + "-"
        return f"{self.sign}-{plain(abs(pence))}" if self.minus == "inside" else f"-{text}"


def pick_money(rng: Random) -> Money:
    """A till's own way."""
    return Money(rng.choice(["£", "£", "", ""]), rng.choice(["before", "before", "after", "inside"]))


@dataclass
class Till:
    """One sale being printed. `printed` gathers the item lines; their sum is the total."""

    rng: Random
    strip: Strip
    place: Shop
    when: When
    money: Money
    printed: list[tuple[str, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What the printed lines add up to, in pence."""
        return sum(amount for _, amount in self.printed)

    def one_of(self, *words: str) -> str:
        """Tills say the same thing in different words."""
        return self.rng.choice(words)

    def head(self, vat: bool = True) -> None:
        """Name, address, telephone and VAT number, in one of many orders."""
        rng, shop_, align = self.rng, self.place, "l" if self.rng.random() < 0.12 else "m"
        self._name()
        lines = [", ".join(shop_.address)] if rng.random() < 0.3 else list(shop_.address)
        if rng.random() < 0.25:
            lines[0] = f"{shop_.town} {self.one_of('Store', 'Branch', 'Centre')}, {lines[0]}"
        if rng.random() < 0.25:
            lines.insert(0, shop_.legal)
        extra = [f"{rng.choice(PHONE_WORDS)} {shop_.phone}"]
        extra += [f"{rng.choice(VAT_WORDS)} {shop_.vat}"] if vat else []
        extra += [shop_.web] if rng.random() < 0.3 else []
        rng.shuffle(extra)
        for line in lines + extra:
            self.strip.text(line, align)
        self.strip.gap(0.5)

    def _name(self) -> None:
        """The shop's name: double size, in a face of its own, white on black, or like any other line."""
        strip, rng = self.strip, self.rng
        name = self.place.name.upper() if rng.random() < 0.45 else self.place.name
        way = rng.random()
        if way < 0.4:
            strip.text(name, "m", 2 if strip.measure(name, 2) <= strip.across else 1, 2)
        elif way < 0.85:
            face, size = rng.choice(LOGO_FACES), 60
            while strip.measure(name, face=face, size=size) > strip.across * 0.95:
                size -= 2
            invert = rng.random() < 0.3 and FACES[face].use != "serif"
            strip.put(name, 0.5, "m", face=face, size=size, invert=invert)
            strip.y += round(size * 1.45)
        else:
            strip.text(name, "m", bold=True)

    def stamp(self) -> None:
        """Date and time with the till's numbers beside them."""
        rng, strip, text, clock = self.rng, self.strip, self.when.text, self.when.clock
        till, clerk, number = rng.randint(1, 14), rng.randint(100, 999), digits(rng, rng.choice([4, 6]))
        forms = [
            (f"{text} {clock}", f"{till:03} {number}"),
            (f"Date: {text}", f"Time: {clock}"),
            (text, clock),
            (f"{text}  {clock}", f"TILL {till}"),
            (f"DATE {text}", f"TRN {number}"),
        ]
        left, right = rng.choice(forms)
        if strip.measure(f"{left}  {right}") > strip.across:
            strip.text(left)
            strip.text(right)
        else:
            strip.cells([(left, 0, "l"), (right, 1, "r")])
        if rng.random() < 0.6:
            served = f"Served by: {person(rng).split()[0].upper()}"
            shift = f"ST {digits(rng, 4)} OP {clerk} TE {till:02} TR {number}"
            strip.text(rng.choice([served, f"Operator {clerk}   Till {till:02}", shift]))

    def sell(self, lines: list[Line], letters: bool = False) -> None:
        """The things bought, all set in one of four ways."""
        way = self.one_of("plain", "count first", "count below", "each")
        upper = self.rng.random() < 0.5
        for line in lines:
            name = line.name.upper() if upper else line.name
            amount = self.money(line.amount) + (f" {line.rate}" if letters else "")
            self.printed.append((self._item(line, name, amount, way), line.amount))

    def _item(self, line: Line, name: str, amount: str, way: str) -> str:
        if way == "count first":
            return self.strip.pair(f"{line.count} {name}", amount).removeprefix(f"{line.count} ")
        if way == "each" and line.count > 1:
            self.strip.text(name)
            self.strip.pair(f"{line.count} @ {self.money(line.price)}", amount, indent=0.08)
            return name
        words = self.strip.pair(name, amount)
        if line.count > 1:
            self.strip.pair(f"({line.count} x {self.money(line.price)} each)", "", indent=0.05)
        return words

    def add(self, words: str, pence: int, after: str = "", indent: float = 0.0) -> None:
        """A line that counts towards the total."""
        self.printed.append((self.strip.pair(words, self.money(pence) + after, indent=indent), pence))

    def show(self, words: str, pence: int, indent: float = 0.0) -> None:
        """A line that only tells."""
        self.strip.pair(words, self.money(pence), indent=indent)

    def sum_up(self, *words: str, pence: int | None = None) -> None:
        """The total in one of the words given: large, bold or like any other line."""
        left, amount = self.one_of(*words), self.money(self.total if pence is None else pence)
        way = self.rng.random()
        if way < 0.35 and self.strip.measure(f"{left}  {amount}", 2) <= self.strip.across:
            self.strip.pair(left, amount, wide=2, tall=2)
        elif way < 0.6:
            self.strip.pair(left, amount, tall=2)
        else:
            self.strip.pair(left, amount, bold=way < 0.85)

    def cash(self) -> None:
        """Paid in notes and coins, with the change given."""
        rng, due = self.rng, self.total
        note = rng.choice([500, 1000, 2000])
        given = -(-due // note) * note if rng.random() < 0.7 else due + rng.choice([0, 5, 10, 50, 100])
        self.show(rng.choice(CASH_WORDS), given)
        self.show(rng.choice(CHANGE_WORDS), given - due)

    def card(self, due: int | None = None) -> None:
        """What the card terminal adds to a till receipt."""
        rng = self.rng
        self.show(rng.choice(CARD_WORDS), self.total if due is None else due)
        if rng.random() < 0.35:
            self.show(rng.choice(CHANGE_WORDS), 0)
        if rng.random() < 0.75:
            self.strip.gap(0.4)
            for fact in rng.sample(self._card_facts(), rng.randint(3, 6)):
                self.strip.text(fact)

    def _card_facts(self) -> list[str]:
        rng = self.rng
        return [
            f"Card No  **** **** **** {digits(rng, 4)}",
            f"Auth Code: {digits(rng, 6)}",
            f"AID: A00000000{digits(rng, 5)}",
            "CONTACTLESS SALE",
            f"Merchant: ****{digits(rng, 4)}",
            f"TID: {digits(rng, 8)}",
            f"PAN SEQ {digits(rng, 2)}",
            f"Expires: {rng.randint(1, 12):02}/{self.when.day.year % 100 + rng.randint(1, 4)}",
            "CARDHOLDER DEVICE VERIFIED",
        ]

    def pay(self) -> None:
        """Cash or card."""
        if self.rng.random() < 0.35:
            self.cash()
        else:
            self.card()

    def vat_table(self, parts: list[tuple[str, int]]) -> None:
        """Rates with gross, net and VAT; `parts` are VAT letters with gross amounts."""
        columns = (0.0, 0.32, 0.56, 0.78, 1.0)
        rows = [("VAT", "Rate", "Gross", "Net", "VAT")]
        for letter, rate, gross, net, vat in vat_summary(parts):
            rows.append((letter, f"{rate}.0%", plain(gross), plain(net), plain(vat)))
        self.strip.gap(0.4)
        for row in rows:
            cells = zip(row, columns, "lrrrr", strict=True)
            self.strip.cells(cells)

    def foot(self) -> None:
        """Thanks, and dates that are not the date of buying."""
        rng, when = self.rng, self.when
        days = rng.choice([14, 28, 30, 90])
        lines = [
            f"Return with receipt by {when.plus(days)}",
            f"Refunds and exchanges until {when.plus(days)}",
            f"Points balance: {rng.randint(40, 2400)}  expire {when.plus(365)}",
            f"Voucher valid to {when.plus(rng.choice([7, 21]))}",
            f"Tell us at {self.place.web} before {when.plus(7)}",
            f"Customer care {phone(rng)}",
            "Your statutory rights are not affected",
            "Open 7 days  8am - 10pm",
            f"Offer ends {when.plus(12)}. T&Cs apply.",
        ]
        self.strip.gap(0.6)
        for line in [*rng.sample(lines, rng.randint(1, 3)), self.place.slogan]:
            self.strip.text(line, "m")
        self._code()

    def _code(self) -> None:
        way = self.rng.random()
        self.strip.gap(0.3)
        if way < 0.3:
            self.strip.barcode(digits(self.rng, 16))
        elif way < 0.4:
            self.strip.squares()

    def done(self, edge: str = "torn", total: int | None = None, hand_written: bool = False) -> Made:
        """Tear it off: the picture with its truth. `total` where no items are printed."""
        truth = Truth(
            merchant=self.place.name,
            date_printed=self.when.text,
            day=self.when.day,
            total=self.total if total is None else total,
            items=self.printed,
            merchant_alt=[self.place.legal],
        )
        return Made(self.strip.finish(), truth, edge, self.strip.warnings(), hand_written, self.strip.said)


def open_till(
    rng: Random,
    trade: str,
    widths: tuple[int, ...] = (384, 512, 576),
    sans: float = 0.2,
    styles: list[str] | None = None,
    hours: tuple[int, int] = (8, 20),
    money: Money | None = None,
) -> Till:
    """A shop of a trade with a printer, a day and a way to write amounts."""
    roll: Roll = pick_roll(rng, widths, sans)
    return Till(rng, Strip(rng, roll), shop(rng, trade), pick(rng, styles, hours), money or pick_money(rng))

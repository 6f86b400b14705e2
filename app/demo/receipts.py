"""Believable British receipts, drawn as flat paper: a till roll, a printed slip, a taxi driver's card.

The shops and addresses are invented. Fonts come with Pillow: its fixed-width bitmap face looks like a till's, its
scalable one like print and, slanted in blue, like a pen.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

from app.core.money import Pence

ROLL = 480
"""Width of the paper in pixels: about 80 mm."""
EDGE = 26
INK = (34, 32, 30)
FAINT = (98, 96, 92)
RULE = (160, 158, 152)
PEN = (28, 48, 122)
COLUMNS = 32
TILL_STEP = 27
VAT_SHARE = 6  # a sum with 20% VAT in it holds a sixth of VAT


@dataclass(frozen=True)
class Receipt:
    """What a receipt says. `lines` are words with pence and make up the total; `look` is till, slip or taxi."""

    shop: str
    address: str
    on: str
    lines: tuple[tuple[str, Pence], ...]
    look: str = "till"
    paid: str = "contactless"
    vat: bool = False

    @property
    def total(self) -> Pence:
        """Pence."""
        return sum(amount for _, amount in self.lines)


def draw_receipt(receipt: Receipt, luck: Random) -> Image.Image:
    """The paper, upright and flat, in RGB."""
    return {"till": _till, "slip": _slip, "taxi": _taxi}[receipt.look](receipt, luck)


def pounds(amount: Pence) -> str:
    """As tills print it: 14.85."""
    return f"{amount // 100}.{amount % 100:02d}"


def _till(receipt: Receipt, luck: Random) -> Image.Image:
    """A thermal roll: every line is set in columns of one width."""
    rows = [*_till_head(receipt, luck), *_till_items(receipt), *_till_foot(receipt, luck)]
    paper = Image.new("RGB", (ROLL, EDGE * 2 + 60 + TILL_STEP * len(rows)), (250, 249, 246))
    draw = ImageDraw.Draw(paper)
    draw.text((ROLL / 2, EDGE), receipt.shop.upper(), fill=INK, font=_print(34), anchor="ma")
    for at, row in enumerate(rows):
        _bitmap_line(paper, row, EDGE + 56 + at * TILL_STEP)
    return paper


def _till_head(receipt: Receipt, luck: Random) -> list[str]:
    number = f"{luck.randrange(10**8, 10**9)}"
    vat = [f"VAT NO {number[:3]} {number[3:7]} {number[7:]}".center(COLUMNS)] if receipt.vat else []
    clock = f"{luck.randrange(9, 18):02d}:{luck.randrange(60):02d}"
    served = f"TILL {luck.randrange(1, 7)}  OP {luck.randrange(10, 60)}"
    return [
        *(part.strip().center(COLUMNS) for part in receipt.address.split(",")),
        *vat,
        "",
        f"{_day(receipt.on)} {clock}".ljust(COLUMNS - len(served)) + served,
        "-" * COLUMNS,
    ]


def _till_items(receipt: Receipt) -> list[str]:
    items = [_columns(words.upper(), pounds(amount)) for words, amount in receipt.lines]
    return [*items, "-" * COLUMNS, _columns("TOTAL TO PAY", f"\xa3{pounds(receipt.total)}")]


def _till_foot(receipt: Receipt, luck: Random) -> list[str]:
    held = [f"VAT INCLUDED @20%  {pounds(receipt.total // VAT_SHARE)}"] if receipt.vat else []
    if receipt.paid == "cash":
        note = -(-receipt.total // 500) * 500
        return [
            *held,
            _columns("CASH", pounds(note)),
            _columns("CHANGE", pounds(note - receipt.total)),
            "",
            *_thanks(luck),
        ]
    card = f"************{luck.randrange(1000, 9999)}"
    return [
        *held,
        _columns("DEBIT MASTERCARD", pounds(receipt.total)),
        card,
        f"CONTACTLESS   AUTH {luck.randrange(10**5, 10**6)}",
        "",
        *_thanks(luck),
    ]


def _thanks(luck: Random) -> list[str]:
    said = luck.choice(("THANK YOU, SEE YOU SOON", "PLEASE KEEP YOUR RECEIPT", "THANKS FOR SHOPPING LOCALLY"))
    return [said.center(COLUMNS), f"{luck.randrange(10**11, 10**12)}".center(COLUMNS)]


def _columns(words: str, sum_words: str) -> str:
    room = COLUMNS - len(sum_words) - 1
    return f"{words[:room]:<{room}} {sum_words}"


def _bitmap_line(paper: Image.Image, row: str, top: int) -> None:
    """Small dots made large, as a print head makes them."""
    dots = Image.new("L", (COLUMNS * 6, 11), 0)
    ImageDraw.Draw(dots).text((0, 0), row, fill=255, font=_dots())
    wide = dots.resize((ROLL - 2 * EDGE, TILL_STEP - 3), Image.Resampling.BILINEAR)
    paper.paste(INK, (EDGE, top), wide)


def _slip(receipt: Receipt, luck: Random) -> Image.Image:
    """A numbered slip of a club or a small firm, printed in ordinary type."""
    paper = Image.new("RGB", (ROLL, 360 + 46 * len(receipt.lines)), (246, 243, 232))
    draw = ImageDraw.Draw(paper)
    draw.text((EDGE, EDGE), receipt.shop, fill=INK, font=_print(32))
    draw.text((EDGE, 70), receipt.address, fill=FAINT, font=_print(17))
    draw.text((EDGE, 112), f"Receipt no. {luck.randrange(100, 999):04d}", fill=INK, font=_print(22))
    draw.text((ROLL - EDGE, 112), _day(receipt.on), fill=INK, font=_print(22), anchor="ra")
    top = 164
    for words, amount in receipt.lines:
        draw.line((EDGE, top - 8, ROLL - EDGE, top - 8), fill=RULE)
        draw.text((EDGE, top), words[:34], fill=INK, font=_print(22))
        draw.text((ROLL - EDGE, top), pounds(amount), fill=INK, font=_print(22), anchor="ra")
        top += 46
    draw.line((EDGE, top - 6, ROLL - EDGE, top - 6), fill=INK, width=2)
    draw.text((EDGE, top + 6), "Total", fill=INK, font=_print(28))
    draw.text((ROLL - EDGE, top + 6), pounds(receipt.total), fill=INK, font=_print(28), anchor="ra")
    _pound_sign(paper, (ROLL - EDGE - 108, top + 8), INK)
    draw.text((EDGE, top + 72), f"Paid by {receipt.paid}. Received with thanks.", fill=FAINT, font=_print(19))
    paper.paste(PEN, (EDGE, top + 104), _written(luck.choice(("J. Hirst", "S. Khan", "P. Doyle"))))
    return paper


def _taxi(receipt: Receipt, luck: Random) -> Image.Image:
    """A card with printed lines that a driver filled in with a pen."""
    paper = Image.new("RGB", (ROLL, 420), (252, 250, 240))
    draw = ImageDraw.Draw(paper)
    draw.rectangle((12, 12, ROLL - 12, 408), outline=FAINT, width=2)
    draw.text((ROLL / 2, EDGE + 4), receipt.shop, fill=INK, font=_print(34), anchor="ma")
    draw.text((ROLL / 2, 76), receipt.address, fill=FAINT, font=_print(17), anchor="ma")
    written = (
        ("Date", _day(receipt.on)),
        ("Journey", receipt.lines[0][0][:26]),
        ("Fare", f"    {pounds(receipt.total)}"),
        ("Driver", f"{luck.randrange(20, 90)}"),
    )
    for at, (label, said) in enumerate(written):
        top = 130 + at * 66
        draw.text((EDGE, top + 10), label, fill=FAINT, font=_print(20))
        draw.line((EDGE + 100, top + 40, ROLL - EDGE, top + 40), fill=RULE)
        paper.paste(PEN, (EDGE + 106, top - 8 + luck.randrange(6)), _written(said))
    _pound_sign(paper, (EDGE + 122, 130 + 2 * 66 + 2), PEN)
    return paper


def _written(words: str) -> Image.Image:
    """The stroke of a pen, slanted: a mask to put ink through."""
    stroke = Image.new("L", (340, 46), 0)
    ImageDraw.Draw(stroke).text((22, 6), words, fill=255, font=_print(28))
    return stroke.transform(stroke.size, Image.Transform.AFFINE, (1, 0.35, -8, 0, 1, 0))


def _pound_sign(paper: Image.Image, at: tuple[int, int], ink: tuple[int, int, int]) -> None:
    """The print face has no pound sign; the till's has one."""
    dots = Image.new("L", (6, 11), 0)
    ImageDraw.Draw(dots).text((0, 0), "\xa3", fill=255, font=_dots())
    paper.paste(ink, at, dots.resize((17, 31), Image.Resampling.BICUBIC))


def _day(on: str) -> str:
    return f"{date.fromisoformat(on):%d/%m/%Y}"


@cache
def _print(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


@cache
def _dots() -> ImageFont.ImageFont:
    return ImageFont.load_default_imagefont()

"""The invented people, each told by a module of their own, relative to a day."""

from collections.abc import Callable, Sequence
from datetime import date

from app.demo.calendar import Year
from app.demo.grace import grace, ruth
from app.demo.leroy import leroy
from app.demo.priya import priya
from app.demo.sofia import sofia
from app.demo.telling import Story

Teller = Callable[[Year], Story]
TELLERS: tuple[Teller, ...] = (leroy, sofia, grace, ruth, priya)


def tell_all(today: date, tellers: Sequence[Teller] = TELLERS) -> list[Story]:
    """Every story, told up to and with this day."""
    return [tell(Year(today)) for tell in tellers]

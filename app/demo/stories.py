"""Two invented people, told as the acts that their phones would have sent, relative to a day."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Fact = dict[str, Any]


@dataclass(frozen=True)
class Story:
    """An account, its role, the person, and what happened."""

    email: str
    name: str
    role: str
    person: str
    colour: str
    acts: list[tuple[str, str, Fact]] = field(default_factory=list)


def two_people(today: date) -> list[Story]:
    """A man who manages for himself, and a mother who manages for her daughter."""
    return [
        Story("leroy@example.com", "Leroy Bennett", "holder", "Leroy", "spruce", _leroy(today)),
        Story("ana@example.com", "Ana Marques", "representative", "Sofia", "plum", _sofia(today)),
    ]


def _leroy(today: date) -> list[tuple[str, str, Fact]]:
    start, end = _year(today)
    return [
        *_goal("swim", "I want to swim with Marcus on Tuesdays like we used to.", 9, "social"),
        *_goal("choir", "Get to choir without begging for lifts", 7, "cultural"),
        *_pot("nhs", "NHS", "NHS Leeds", "direct_payment", start, end, 360_000),
        *_pot("council", "Council", "Leeds City Council", "direct_payment", start, end, 498_000),
        _own_pot("own", "My own money", start),
        _line("nhs", "instalment", 360_000, start, "Paid in for the year"),
        _line("council", "instalment", 498_000, start, "Paid in for the year"),
        _line("own", "contribution", 22_000, start, "Put aside"),
        _line("council", "spending", 1_485, _ago(today, 4), "Warm pool and a taxi home", "Riverside Leisure", "swim"),
        _line("council", "spending", 1_120, _ago(today, 4), "Taxi", "Leeds City Cabs", "swim"),
        _line("council", "spending", 31_850, _ago(today, 8), "Mo's wages", None, None),
        _line("nhs", "spending", 2_400, _ago(today, 12), "Choir, four weeks", "Chapel FM choir", "choir"),
        _line("nhs", "spending", 11_765, _ago(today, 16), "Ten visits to the warm pool", "Riverside Leisure", "swim"),
        ("commitment.write", "mo", {"pot": "council", "amount": 34_000, "what": "Mo's wages until Christmas",
                                    "state": "committed"}),
    ]  # fmt: skip


def _sofia(today: date) -> list[tuple[str, str, Fact]]:
    start, end = _year(today)
    return [
        *_goal("town", "I want to go into town with my mates on a Saturday without my mum stood there.", 10, "social"),
        *_pot("council", "Council", "Bradford Council", "direct_payment", start, end, 240_000),
        ("pot.write", "physio", {"name": "Physio", "funder": "NHS", "holding": "notional", "opened_on": start}),
        ("period.write", "physio-year", {"pot": "physio", "starts_on": start, "ends_on": end, "agreed_visits": 24}),
        _line("council", "instalment", 240_000, start, "Paid in for the year"),
        _line("council", "spending", 5_200, _ago(today, 6), "Four hours with Kelly", None, "town"),
        _line("council", "paid_by_me", 1_240, _ago(today, 3), "Bus passes", "First Bus", "town"),
        _line("physio", "service_received", 0, _ago(today, 9), "Physio at school"),
        _line("physio", "service_missed", 0, _ago(today, 2), "Physio at school", reason="The physio was ill"),
    ]


def _goal(key: str, words: str, importance: int, side: str) -> list[tuple[str, str, Fact]]:
    return [("goal.write", key, {"words": words, "importance": importance, "side": side})]


def _pot(
    key: str, name: str, funder: str, holding: str, start: str, end: str, agreed: int
) -> list[tuple[str, str, Fact]]:
    return [
        ("pot.write", key, {"name": name, "funder": funder, "holding": holding, "opened_on": start}),
        ("period.write", f"{key}-year", {"pot": key, "starts_on": start, "ends_on": end, "agreed": agreed}),
    ]


def _own_pot(key: str, name: str, start: str) -> tuple[str, str, Fact]:
    return ("pot.write", key, {"name": name, "funder": "Me", "holding": "own_money", "opened_on": start})


def _line(
    pot: str,
    kind: str,
    amount: int,
    on: str,
    what: str,
    merchant: str | None = None,
    goal: str | None = None,
    *,
    reason: str | None = None,
) -> tuple[str, str, Fact]:
    facts = {"pot": pot, "kind": kind, "amount": amount, "on": on, "what": what, "merchant": merchant, "reason": reason}
    return ("entry.record", f"{pot} {kind} {on} {what}", {**facts, "goal": goal})


def _year(today: date) -> tuple[str, str]:
    """The financial year around a day: 1 April to 31 March."""
    first = today.year if today >= date(today.year, 4, 1) else today.year - 1
    return f"{first}-04-01", f"{first + 1}-03-31"


def _ago(today: date, days: int) -> str:
    """Some days ago, but never before the financial year began."""
    return max((today - timedelta(days=days)).isoformat(), _year(today)[0])

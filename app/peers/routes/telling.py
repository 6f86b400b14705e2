"""The page that a group hands to its funder: what its members say together, and what it cannot show."""

from dataclasses import dataclass
from datetime import date

from flask import render_template
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.ids import is_id
from app.core.web import services
from app.peers.combinations import OUTSIDE
from app.peers.queries import seat_in, tallies_of
from app.peers.routes.groups import Page, blueprint, signed_in
from app.peers.service.groups import moderated
from app.peers.voice import QUESTIONS, said

QUESTION_WORDS = {
    "went": "How it went with what people tried",
    "better": "Where life got better",
    "refused": "Why something was refused",
    "waited": "How long people waited for an answer",
}
ANSWER_WORDS = {
    "went": {
        "better": "It got better",
        "same": "It stayed as it was",
        "worse": "It got worse",
        "refused": "It was refused",
        "waiting": "They still wait for an answer",
    },
    "better": {
        "health": "Their health",
        "mental_health": "How they feel",
        "personal": "Their own life",
        "social": "People and places",
        "economic": "Work and money",
        "educational": "Learning",
        "ethnic": "Where they come from",
        "cultural": "Faith, music, customs",
    },
    "refused": {
        "not_listed": "It is not on the list of what may be bought",
        "cost": "It costs too much",
        "no_proof": "There was no proof that it helps",
        "other_funder": "Another funder should pay",
        "family": "Family or friends could do it",
        "no_reason": "No reason was given",
        "other": "Another reason",
    },
    "waited": {
        "under_month": "Less than a month",
        "one_three": "1 to 3 months",
        "three_six": "3 to 6 months",
        "six_twelve": "6 to 12 months",
        "over_year": "More than a year",
    },
}


@dataclass(frozen=True, slots=True)
class Told:
    """A question, its answers in steady order as words and "at least so many", and the day of the count (ISO)."""

    words: str
    answers: list[tuple[str, int]]
    counted_on: str | None


@blueprint.get("/groups/<group>/voice")
def voice_page(group: str) -> Page:
    """What members say together, for a moderator to print and hand on."""
    account = signed_in()
    if not is_id(group):
        raise NotFound
    with services().database.reading() as session:
        found = moderated(session, seat_in(session, account, group))
        told = _told(session, group)
        return render_template("peers/voice.html", group=found, told=told, fewest=OUTSIDE, shows=_last_day(told))


def _told(session: Session, group: str) -> list[Told]:
    tallies = tallies_of(session, group)
    found = []
    for question in QUESTIONS:
        tally = tallies.get(question)
        bands = said(tally.counts) if tally else {}
        answers = [(words, bands[answer]) for answer, words in ANSWER_WORDS[question].items() if answer in bands]
        found.append(Told(QUESTION_WORDS[question], answers, tally.counted_on if tally and answers else None))
    return found


def _last_day(told: list[Told]) -> date | None:
    days = [date.fromisoformat(one.counted_on) for one in told if one.counted_on]
    return max(days, default=None)

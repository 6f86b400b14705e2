"""Priya, 36, who supports others in a peer group: she pays first and her budget pays her back."""

from datetime import timedelta

from app.demo.calendar import Year
from app.demo.receipts import Receipt
from app.demo.telling import Ref, SignIn, Story
from app.options.service import option_id

TRAIN = "TransPennine"
CLAY = "Leeds Clay Room"
CLAY_AT = "Unit 6 Mabgate, Leeds LS9"


def priya(year: Year) -> Story:
    """A peer who pays first and is paid back."""
    story = Story("Priya", "moss", (SignIn("priya@example.com", "Priya Nair", "holder"),), year)
    _plan(story)
    story.reviews(
        "NHS Leeds", "Dr Hall", pot="wellbeing", next_in=33, wants="I want to show the bowls, not a form.",
        said="Clay is in the plan for another year. We agreed to look at sleep next time.",
    )  # fmt: skip
    story.pot("wellbeing", "Wellbeing", "NHS Leeds", "direct_payment")
    story.before("wellbeing", agreed=50_000)
    story.line("wellbeing", "instalment", 50_000, year.start, "Paid in for five months", merchant="NHS Leeds")
    story.line("wellbeing", "instalment", 120_000, year.budget, "Paid in for the year", merchant="NHS Leeds")
    _clay(story)
    _trains(story)
    story.turn("wellbeing", give_back=0, agreed=120_000)
    story.tell(
        "commitment.write", "weekend",
        {"pot": Ref("wellbeing"), "amount": 9_500, "what": "Weekend by the sea", "goal": Ref("away")},
    )  # fmt: skip
    return story


def _plan(story: Story) -> None:
    story.about(
        important="Quiet mornings. My hands in clay. Being useful to somebody else on a bad day.",
        people="My sister Anjali. The Thursday group. Dr Hall, who listens.",
        please_do="Ask what kind of day it is, from one to ten.",
        please_dont="Do not tell me to cheer up.",
        good_at="I listen. I notice. I can centre five kilos of clay.",
    )
    story.goal(
        "clay", "Make a whole set of bowls and eat from them with my sister",
        "When I throw a pot my head is quiet for an hour.", 9, "mental_health",
    )  # fmt: skip
    story.goal(
        "group", "Keep the Thursday group going through the winter", "It kept me alive. It may keep them.", 8, "social"
    )
    story.goal("away", "two nights away from this flat, near water", "", 5, "personal")
    story.goes(
        "clay",
        (250, "same", "My hands shook."),
        (110, "closer", "Three that stack."),
        (10, "closer", "Six. They match."),
    )
    story.goes("group", (40, "harder", "Two people came. I nearly stopped."))
    story.steps("clay", ("Six bowls that match", "done"), ("Glaze them the green of my nani's kitchen", "open"))
    story.choose(
        "studio", "clay", option=option_id("art-class"), pot="wellbeing", amount=1_400, per="visit", state="going",
        reason="I tried two kinds of tablets and clay. Clay has no side effects.",
    )  # fmt: skip
    story.choose(
        "fares", "group", idea="Train fares so that I can meet people from the group where they live", pot="wellbeing",
        amount=1_180, per="visit", state="agreed", reason="Some of them cannot leave the house yet.",
    )  # fmt: skip


def _clay(story: Story) -> None:
    year = story.year
    for day in year.every(1, 1, until=1):
        if story.luck.random() < 0.3:
            continue
        paper = Receipt(
            CLAY, "Unit 6 Mabgate, Leeds LS9", day.isoformat(), (("Open studio, 2 hours", 1_400),), look="slip"
        )
        story.line(
            "wellbeing", "paid_by_me", 1_400, day, "Open studio", merchant=CLAY, goal=Ref("clay"),
            receipt=paper if day > year.ago(16) else None,
        )  # fmt: skip


def _trains(story: Story) -> None:
    """Fares of the week, and once a month what was paid before comes back."""
    year, luck = story.year, story.luck
    for day in year.every(2, 3, until=2):
        fare = luck.choice((980, 1_180, 1_460))
        story.line("wellbeing", "paid_by_me", fare, day, "Train to meet somebody", merchant=TRAIN, goal=Ref("group"))
    for number in range(1, 13):
        day = year.month(number) + timedelta(days=4)
        owed = _owed_until(story, year.month(number).isoformat())
        if owed and day <= year.today:
            story.line("wellbeing", "payback", owed, day, "Paid back to me")


def _owed_until(story: Story, day: str) -> int:
    """What the pot owes for everything before a day."""
    owed = 0
    for told in story.told:
        kind, amount, on = (told.facts.get(name) for name in ("kind", "amount", "on"))
        if kind == "paid_by_me" and str(on) < day:
            owed += int(amount or 0)
        elif kind == "payback":
            owed -= int(amount or 0)
    return owed

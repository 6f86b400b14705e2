"""Grace, 47, whose budget is agreed visits and no money, and her brother Daniel. He also looks after their mother."""

from datetime import date

from app.demo.calendar import Year
from app.demo.receipts import Receipt
from app.demo.telling import Ref, SignIn, Story
from app.options.service import option_id

DANIEL = "daniel@example.com"
GRACE = "grace@example.com"
MISSED = ("Nobody came and nobody rang", "Came two hours late, she had gone to bed", "They had no driver", "")
WHEELS = "Wythenshawe Wheels"
GONE_WELL = "We made soup together. I stirred, she read the recipe out."


def grace(year: Year) -> Story:
    """A woman with a notional budget; her brother writes down whether the visits happened."""
    people = (
        SignIn(DANIEL, "Daniel Oduya", "representative", basis="chosen"),
        SignIn(GRACE, "Grace Oduya", "holder"),
    )
    story = Story("Grace", "blue", people, year)
    _plan(story)
    story.pot("visits", "Home visits", "NHS Manchester", "notional")
    story.before("visits", agreed_visits=44)
    story.now("visits", agreed_visits=104)
    days = sorted([*year.every(1, 0, until=1), *year.every(1, 3, until=1)])
    for number, day in enumerate(days):
        _visit(story, number, day)
    story.reviews(
        "NHS Manchester", "Nurse Aoife Byrne", pot="visits", next_in=21,
        said="Cooking counts as care. It is written into the plan now.",
        wants="The same two people. Grace will bring the list of who came.",
    )  # fmt: skip
    return story


def _visit(story: Story, number: int, day: date) -> None:
    luck = story.luck
    facts = {"pot": Ref("visits"), "amount": 0, "on": day, "what": "Home visit", "goal": Ref("cook")}
    if luck.random() < 0.08:
        missed = {**facts, "kind": "service_missed", "reason": luck.choice(MISSED) or None}
        story.tell("entry.record", f"visit {day}", missed)
    else:
        note = GONE_WELL if number % 40 == 7 else ""
        by = GRACE if note else DANIEL
        story.tell("entry.record", f"visit {day}", {**facts, "kind": "service_received", "note": note}, by=by)


def _plan(story: Story) -> None:
    story.about(
        by=GRACE,
        important="I was a teacher. I am still a teacher. I had a bleed in my brain, I did not lose my mind.",
        people="Daniel. Mama. My old class sends cards every June.",
        talking="Short sentences. One question at a time. Write it down for me.",
        please_do="Put things back where they were.",
        good_at="I remember every child's name. I am patient. I know a lot about birds.",
    )  # fmt: skip
    story.goal(
        "cook", "I want to cook one meal a week that I chose.", "Then it is my kitchen again.", 9, "personal", by=GRACE
    )
    story.goal("read", "Read to the little ones at the library", "", 8, "educational", by=GRACE)
    story.goal(
        "same", "The same two people come, not somebody new each week", "She tires of explaining.", 7, "mental_health"
    )
    story.goal(
        "walk", "walk to the bird pond and back", "", 6, "health", by=GRACE, state="reached",
        closing_words="There was a heron. I sat with him for an hour.",
    )  # fmt: skip
    story.steps("cook", ("Labels on the cupboards", "done"), ("Pictures for three recipes", "done"),
                ("Buy the food on my own list", "open"))  # fmt: skip
    story.goes(
        "cook", (160, "same", "She washed, I watched."), (30, "closer", "Fish stew. I shouted at nobody."), by=GRACE
    )
    story.goes("same", (100, "closer", "Only Ben and Tola this month."), (12, "harder", "Four new faces in two weeks."))
    story.choose(
        "carers", "cook", option=option_id("home-care-agency"), pot="visits", amount=0, per="visit", state="going",
        reason="The nurse said it could be cooking, not only washing. I asked for that.", by=GRACE,
    )  # fmt: skip
    story.choose(
        "library", "read", option=option_id("volunteering"), pot=None, amount=0, per="visit", state="asked",
        reason="I can still read out loud. I do all the voices.", by=GRACE,
    )  # fmt: skip


def ruth(year: Year) -> Story:
    """Daniel's mother, 78: a small budget, so that he has two people to think of."""
    people = (SignIn(DANIEL, "Daniel Oduya", "representative", since=200, basis="attorney"),)
    story = Story("Ruth", "brick", people, year)
    story.goal("church", "Sit in my own place in church on a Sunday", "I have sat there since 1974.", 9, "ethnic")
    story.goes("church", (20, "closer", "Every Sunday this month."))
    story.choose(
        "lift", "church", option=option_id("community-minibus"), pot="council", amount=600, per="visit", state="going",
        reason="The driver waits until I am inside. The taxis never do.",
    )  # fmt: skip
    story.pot("council", "Council", "Manchester City Council", "managed_account")
    story.now("council", agreed=150_000)
    story.line("council", "instalment", 150_000, year.budget, "Paid in for the year")
    for day in year.every(1, 6, until=1):
        if day >= year.budget:
            story.line(
                "council", "spending", 600, day, "Minibus to church", merchant="Wythenshawe Wheels", goal=Ref("church")
            )
    _rail(story)
    return story


def _rail(story: Story) -> None:
    day = story.year.ago(11)
    paper = Receipt(
        "Handy & Home", "Hale Lane,Altrincham WA14", day.isoformat(),
        (("Grab rail 450mm", 1_899), ("Fixing kit", 350)), paid="cash", vat=True,
    )  # fmt: skip
    story.line(
        "council", "paid_by_me", 2_249, day, "Grab rail for the front step", merchant="Handy & Home",
        goal=Ref("church"), receipt=paper,
    )  # fmt: skip

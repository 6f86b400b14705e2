"""Leroy, 58: NHS money, council money and his own, all looked after by himself."""

from datetime import date

from app.core.money import Pence
from app.demo.calendar import Year
from app.demo.receipts import Receipt
from app.demo.telling import Ref, SignIn, Story
from app.options.service import option_id

POOL = "Riverside Leisure"
POOL_AT = "Canal Road, Leeds LS12"
CABS = "Leeds City Cabs"
CABS_AT = "0113 496 0142"
WAGES = 31_850
FARES = (1_080, 1_120, 1_150)
COUNCIL = "Leeds City Council"
PHOTOS_FROM = 21
"""Photos are told for the last so many days, older ones were on paper."""
Spent = tuple[date, Pence, str, str | None]
"""The day, pence, what for, and the shop."""


def leroy(year: Year) -> Story:
    """A man who manages for himself."""
    story = Story("Leroy", "spruce", (SignIn("leroy@example.com", "Leroy Bennett", "holder"),), year)
    _plan(story)
    _pots(story)
    _council(story)
    _nhs(story)
    _own(story)
    story.reviews(
        "NHS Leeds", "Carol Dunne", pot="nhs", next_in=16,
        said="The pool stays. We move £250 from physio to a cooling vest.",
        wants="I want two swims a week in summer. And I want to ask about a winter coat for the chair.",
    )  # fmt: skip
    story.reviews(
        "Leeds City Council", "Imran Sadiq", pot="council", next_in=45, wants="",
        said="Mo's hours stay as they are. I showed every payslip.",
    )  # fmt: skip
    return story


def _plan(story: Story) -> None:
    story.about(
        important="Singing, the pool, and my own front door. I drove a bus for 22 years. I know every stop in Leeds.",
        people="Marcus, my brother. Mo, who works for me. Jean next door has a key.",
        please_do="Ask me. Give me time to find the word. Text before you come.",
        please_dont="Do not talk to Mo about me when I am there.",
        good_at="I never forget a face or a tune. I keep my papers in order. I can make anybody laugh.",
    )
    story.goal(
        "swim",
        "I want to swim with Marcus on Tuesdays like we used to.",
        "In the water nothing hurts and we are just brothers.",
        9,
        "social",
    )
    story.goal(
        "choir", "Get to choir without begging for lifts", "It is the one hour when I forget my legs.", 7, "cultural"
    )
    story.goal("kitchen", "Cook my mum's pepper pot for the whole family at Christmas", "", 6, "personal")
    story.goal(
        "stairs",
        "Go up my own stairs on my own",
        "I slept on the sofa for a year.",
        8,
        "health",
        state="reached",
        closing_words="First night back in my own bed. I slept like a king.",
    )
    story.steps(
        "swim",
        ("Ask the pool about the hoist", "done"),
        ("Two Tuesdays with Mo beside me", "done"),
        ("Go in on my own with Marcus", "open"),
    )
    story.steps("choir", ("Find a taxi firm that waits", "done"), ("Try the community minibus once", "open"))
    _going(story)
    _choices(story)


def _going(story: Story) -> None:
    story.goes(
        "swim",
        (330, "harder", "The hoist was broken again. We drove home."),
        (240, "closer", "In the water at last. Marcus held the float and we laughed."),
        (150, "same", "Tuesdays yes, but I am tired for two days after."),
        (60, "closer", "Four lengths. I did not look at the clock once."),
        (6, "closer", "Marcus and me floated. Nobody held me."),
    )
    story.goes(
        "choir",
        (200, "harder", "Three taxis did not come. I missed my solo."),
        (75, "closer", "The new firm waits outside. I have not begged since."),
    )
    story.goes("stairs", (280, "same", ""), (190, "closer", "Nine steps of thirteen."))


def _choices(story: Story) -> None:
    story.choose(
        "pool", "swim", option=option_id("warm-water-exercise"), pot="nhs", amount=1_177, per="visit", state="going",
        reason="Warm water is the only place where my legs do what I say.",
    )  # fmt: skip
    story.choose(
        "mo", "swim", option=option_id("personal-assistant"), pot="council", amount=WAGES // 2, per="week",
        state="going", reason="Mo knows how I like things. I choose who comes into my house.",
    )  # fmt: skip
    story.choose(
        "singing", "choir", option=option_id("choir"), pot="nhs", amount=600, per="visit", state="going",
        reason="My breathing is better the day after. My doctor saw it too.",
    )  # fmt: skip
    story.choose(
        "vest", "swim", option=option_id("cooling"), pot="nhs", amount=12_900, per="once", state="agreed",
        reason="Heat makes my legs give way. I cannot wait at a bus stop in July.",
    )  # fmt: skip
    story.choose(
        "stew", "kitchen", idea="Mo and me do the big shop and cook together, twice before Christmas", pot="own",
        amount=4_500, per="once", state="wanted", reason="My mum's pot is in the loft. It should come down.",
    )  # fmt: skip


def _pots(story: Story) -> None:
    story.pot("nhs", "NHS", "NHS Leeds", "direct_payment")
    story.pot("council", "Council", COUNCIL, "direct_payment")
    story.pot("own", "My own money", "Me", "own_money")
    story.before("nhs", agreed=150_000)
    story.before("council", agreed=400_000)

    _first_money(story)


def _first_money(story: Story) -> None:
    year = story.year
    story.line("nhs", "instalment", 150_000, year.start, "Paid in for five months", merchant="NHS Leeds")
    story.line("council", "instalment", 400_000, year.start, "Paid in for five months", merchant=COUNCIL)
    story.line("own", "contribution", 22_000, year.start, "Put aside")


def _council(story: Story) -> None:
    year, luck = story.year, story.luck
    wages: list[Spent] = [(day, WAGES, "Mo's wages, two weeks", None) for day in year.every(2, 4)]
    fares: list[Spent] = [(day, luck.choice(FARES), "Taxi to the pool", CABS) for day in year.every(1, 1)]
    _spend(story, "council", [*wages, *(fare for fare in fares if luck.random() > 0.4)], "swim", (CABS_AT, "taxi"))
    story.line("council", "instalment", 480_000, year.budget, "Paid in for half a year", merchant=COUNCIL)
    story.line("council", "instalment", 480_000, year.month(11), "Paid in for half a year", merchant=COUNCIL)
    story.turn("council", give_back=10_000, agreed=960_000)
    story.tell(
        "commitment.write", "mo promised",
        {"pot": Ref("council"), "amount": 34_000, "what": "Mo's wages still to pay", "state": "committed"},
    )  # fmt: skip


def _nhs(story: Story) -> None:
    year = story.year
    pool: list[Spent] = [(day, 11_765, "Ten visits to the warm pool", POOL) for day in year.every(5, 1)]
    choir: list[Spent] = [(day, 2_400, "Choir, four weeks", "Chapel FM choir") for day in year.every(4, 2)]
    physio: list[Spent] = [(day, 6_500, "Physio for my legs", "Aire Valley Physio") for day in year.every(4, 0)]
    _spend(story, "nhs", pool, "swim", (POOL_AT, "till"))
    _spend(story, "nhs", choir, "choir", ("Old Seacroft Chapel, York Road, Leeds", "slip"))
    _spend(story, "nhs", physio, "swim", ("4 Mill Lane, Leeds LS13", "slip"))
    story.line("nhs", "instalment", 360_000, year.budget, "Paid in for the year", merchant="NHS Leeds")
    story.turn("nhs", give_back=25_000, agreed=360_000)
    vest = story.line(
        "nhs", "spending", 12_990, year.month(9), "Cooling vest", merchant="Keep Cool UK", goal=Ref("swim")
    )
    story.correct(vest, amount=12_900)
    story.line("nhs", "refund", 1_200, year.ago(48), "Lesson that was cancelled", merchant=POOL)
    story.line(
        "nhs", "spending", 1_485, year.ago(4), "Swim, locker and a hot drink", merchant=POOL, goal=Ref("swim"),
        note="Marcus came in with me. We did four lengths and then just floated.",
        receipt=Receipt(POOL, POOL_AT, year.ago(4).isoformat(),
                        (("Warm pool swim", 650), ("Adult swim", 500), ("Locker", 100), ("2x hot drink", 235))),
    )  # fmt: skip


def _own(story: Story) -> None:
    year, luck = story.year, story.luck
    for number in range(1, 13):
        story.line("own", "contribution", 2_000, year.month(number), "Put aside")
    for day in year.every(4, 1, until=2):
        amount = luck.choice((840, 920, 960))
        story.line("own", "spending", amount, day, "Lunch with Marcus", merchant="The Wharf café", goal=Ref("swim"))
    again = story.line("own", "spending", 1_350, year.ago(20), "Spices and a new knife", merchant="Kirkgate Market")
    story.take_back(again)
    story.line(
        "own", "spending", 1_305, year.ago(19), "Spices and a new knife", merchant="Kirkgate Market",
        goal=Ref("kitchen"),
        receipt=Receipt("Kirkgate Market", "Stall 42, Leeds LS2", year.ago(19).isoformat(),
                        (("Allspice 100g", 180), ("Cinnamon bark", 125), ("Kitchen knife", 1_000)), paid="cash"),
    )  # fmt: skip
    story.tell(
        "pot.transfer", "own to nhs",
        {"source": Ref("own"), "target": Ref("nhs"), "amount": 2_000, "on": year.month(9),
         "what": "My part of the cooling vest", "out_entry": Ref("own out"), "in_entry": Ref("nhs in")},
    )  # fmt: skip


def _spend(story: Story, pot: str, lines: list[Spent], goal: str, paper: tuple[str, str]) -> None:
    """Spending for one goal; the newest lines with a shop have a photo of their receipt."""
    address, look = paper
    for on, amount, what, shop in lines:
        receipt = None
        if shop and on > story.year.ago(PHOTOS_FROM):
            receipt = Receipt(shop, address, on.isoformat(), ((what, amount),), look=look, vat=look == "till")
        story.line(pot, "spending", amount, on, what, merchant=shop, goal=Ref(goal), receipt=receipt)

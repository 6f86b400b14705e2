"""Sofia, 14, and her mother Ana: money from the council, agreed visits from the NHS, two voices in one plan."""

from app.demo.calendar import Year
from app.demo.receipts import Receipt
from app.demo.telling import Ref, SignIn, Story
from app.options.service import option_id

ANA = "ana@example.com"
SOFIA = "sofia@example.com"
KELLY = 5_200
MISSED = ("The physio was ill", "School trip", "Nobody told us it was moved")


def sofia(year: Year) -> Story:
    """A girl of 14; her mother keeps the money, the goals are the girl's own."""
    sixteen = year.ago(-600)
    people = (
        SignIn(ANA, "Ana Marques", "representative", basis="parent", until=sixteen),
        SignIn(SOFIA, "Sofia Marques", "holder"),
    )
    story = Story("Sofia", "plum", people, year)
    _plan(story)
    _council(story)
    _physio(story)
    story.reviews(
        "Bradford Council", "Helen Price", pot="council", next_in=9,
        said="Kelly on Saturdays works. Sofia spoke for herself for the first time.",
        wants="Sofia wants to come on her own for the first half.",
    )  # fmt: skip
    return story


def _plan(story: Story) -> None:
    story.about(
        by=SOFIA,
        important="My mates. My music. Being asked before somebody pushes my chair.",
        people="Mum, Avó Rosa, Jess and Amira from school. Kelly who helps me on Saturdays.",
        talking="I talk slowly. Wait. Do not finish my sentences.",
        please_dont="Do not talk over my head.",
        good_at="Drawing faces. Maths. Spotting when people are pretending.",
    )  # fmt: skip
    story.goal(
        "town", "I want to go into town with my mates on a Saturday without my mum stood there.",
        "Everybody else is allowed.", 10, "social", by=SOFIA,
    )  # fmt: skip
    story.goal("art", "get good enough at drawing to sell one picture", "", 7, "educational", by=SOFIA)
    story.goal(
        "night", "One whole night of sleep in a week, for both of us", "We are kinder in the morning.", 8, "health"
    )
    story.steps("town", ("Kelly and Sofia do the bus once", "done"), ("Jess and Amira come too", "done"),
                ("Kelly waits in the library", "open"))  # fmt: skip
    story.steps("art", ("A pen that I can hold for an hour", "done"), ("Put three on the school stall", "open"))
    story.goes("town", (210, "harder", "mum came AGAIN"), (90, "closer", "Kelly stayed two shops behind. It was ok."),
               (8, "closer", "We got chips. Nobody looked."), by=SOFIA)  # fmt: skip
    story.goes(
        "night", (120, "same", "Two wakings most nights."), (14, "harder", "The pump alarm, four nights of seven.")
    )
    story.choose(
        "kelly", "town", option=option_id("short-breaks-children"), pot="council", amount=1_300, per="hour",
        state="going", reason="She is 22, not 50. Nobody stares.", by=SOFIA,
    )  # fmt: skip
    story.choose(
        "club", "art", option=option_id("art-class"), pot="council", amount=850, per="visit", state="going",
        reason="They have big tables and they laugh a lot.", by=SOFIA,
    )  # fmt: skip
    story.choose(
        "bus", "town", option=option_id("bus-pass-railcard"), pot="council", amount=1_240, per="month", state="going",
        reason="The taxi money was gone in three weeks. The bus has a ramp.",
    )  # fmt: skip


def _council(story: Story) -> None:
    year, luck = story.year, story.luck
    story.pot("council", "Council", "Bradford Council", "direct_payment")
    story.before("council", agreed=125_000)
    story.line("council", "instalment", 125_000, year.start, "Paid in for five months", merchant="Bradford Council")
    story.line("council", "instalment", 300_000, year.budget, "Paid in for the year", merchant="Bradford Council")
    story.turn("council", give_back=0, agreed=300_000)
    for day in year.every(1, 5):
        if luck.random() > 0.25:
            story.line(
                "council", "spending", KELLY, day, "Four hours with Kelly", merchant="Kelly Shaw", goal=Ref("town")
            )
    for day in year.every(2, 3, until=1):
        story.line("council", "spending", 850, day, "Art club", merchant="Kala Sangam", goal=Ref("art"))
    _paid_by_ana(story)
    _shopping(story)


def _paid_by_ana(story: Story) -> None:
    """Bus tickets that Ana pays from her own purse; the pot pays her back, all but the newest."""
    year = story.year
    for number in range(1, 12):
        story.line(
            "council", "paid_by_me", 1_240, year.month(number), "Bus tickets", merchant="First Bus", goal=Ref("town")
        )
        if number % 3 == 0:
            story.line("council", "payback", 3_720, year.month(number).replace(day=9), "Bus tickets paid back")
    story.line("council", "paid_by_me", 1_240, year.ago(3), "Bus tickets", merchant="First Bus", goal=Ref("town"))


def _shopping(story: Story) -> None:
    day = story.year.ago(8)
    paper = Receipt(
        "Broadway Art Shop", "19 Ivegate,Bradford BD1", day.isoformat(),
        (("Chunky pen set", 1_450), ("A3 sketch pad", 799), ("Non-slip mat", 425)), vat=True,
    )  # fmt: skip
    story.line(
        "council", "spending", 2_674, day, "Pens, pad and mat", merchant="Broadway Art Shop", goal=Ref("art"),
        receipt=paper, note="These pens do not roll off!!", by=SOFIA,
    )  # fmt: skip


def _physio(story: Story) -> None:
    year, luck = story.year, story.luck
    story.pot("physio", "Physio", "NHS Bradford", "notional")
    story.before("physio", agreed_visits=10)
    story.now("physio", agreed_visits=24)
    for number, day in enumerate(year.every(2, 2, until=1)):
        if number % 7 == 4:
            story.line("physio", "service_missed", 0, day, "Physio at school", reason=luck.choice(MISSED))
        else:
            story.line("physio", "service_received", 0, day, "Physio at school")

"""The rules of peer groups: how few may see anything, how long a text is held, what may be said in codes."""

from datetime import timedelta

SEE_GROUP = "see_group"
"""The group itself and who is in it, by pseudonym."""
SEE_POSTS = "see_posts"
"""What members shared; not before the group is big enough."""

FEWEST_SEATS = 5
FEWEST_CHANGES = 5
"""So many different people have to change their mind about a post before its count moves."""
HOLD = timedelta(hours=24)
TRY_AGAIN = timedelta(hours=1)
READER_LASTS = timedelta(days=7)
MOST_SHARINGS = 20
"""Texts that one plan may have under way in one group."""
MOST_REPORTS = 20
"""Reports of one plan that wait in one group."""

GROUP_KINDS = ("person", "organisation")
GROUP_STATES = ("checking", "waiting", "refused", "ready", "deleted")
NEW_NAME_STATES = ("checking", "waiting", "refused")
SEAT_STATES = ("asked", "in", "left", "turned_down", "banned")
# Whoever is in these never sat there.
NEVER_IN = ("asked", "turned_down")
SEAT_ROLES = ("member", "moderator")
SHARING_STATES = (
    "checking", "waiting", "review", "reading", "agreeing", "held", "ready", "shown", "stopped", "ended",
)  # fmt: skip
UNDER_WAY = ("checking", "waiting", "review", "reading", "agreeing", "held")
POST_STATES = ("ready", "shown", "hidden", "gone")
ABOUT = ("example", "question", "answer")
MARKS = ("helped", "blocked")
# What ends a text besides its plan: a moderator, the example it hangs on, its seat or group, the last look.
ENDED_BY = ("moderator", "example", "seat", "check")
REASONS = ("recognise", "harm", "unkind", "advert", "other")
# What hides at once, before anybody has looked.
HIDES_AT_ONCE = ("recognise",)

EXAMPLE_PARTS = ("goal", "tried", "worked", "worked_not")
PARTS = {"example": EXAMPLE_PARTS, "question": ("words",), "answer": ("words",)}
OUTCOMES = ("better", "same", "worse", "refused", "waiting")
BANDS = ("none", "under_500", "500_1000", "1000_2000", "2000_5000", "5000_10000", "over_10000")
# Counted for the group as a whole, never on the example itself.
REFUSED_WHY = ("not_listed", "cost", "no_proof", "other_funder", "family", "no_reason", "other")
WAITED = ("under_month", "one_three", "three_six", "six_twelve", "over_year")
# Attributes of examples, each from a short list; none unless chosen.
ATTRIBUTES = {
    "age": ("child", "young_adult", "adult", "older"),
    "area": (
        "north_east", "north_west", "yorkshire", "east_midlands", "west_midlands", "east", "london", "south_east",
        "south_west", "scotland", "wales", "northern_ireland", "elsewhere",
    ),
    "condition": ("learning", "autism", "mental_health", "body", "senses", "brain", "long_term", "age"),
    "money": BANDS,
}  # fmt: skip
HELPED_BANDS = (5, 10, 20, 50, 100)
QUESTIONS = ("named", "neighbour", "news")
ANSWERS = ("yes", "maybe", "no")
AGREEMENTS = ("agreed", "cannot", "young")
"""Of a person without an account here, as their representative says: they agreed, cannot decide, or are too young."""

RULES_VERSION = 1
RULES = (
    "What you read here stays here. Do not pass it on.",
    "Do not try to find out who somebody is, and do not say who you are.",
    "Write about your own plan. Write about others only in general words.",
    "Be kind. You may disagree with an idea, never with a person.",
    "What worked for one family is no advice. Talk about treatment with a doctor or nurse.",
    "Nobody sells anything here.",
    "If you read that somebody is not safe, report it. Moderators look at it.",
)

FIRST_NAMES = (
    "Amber", "Autumn", "Bright", "Calm", "Cedar", "Clever", "Coral", "Crimson", "Early", "Evening", "Fern", "Gentle",
    "Golden", "Green", "Hazel", "Honey", "Indigo", "Ivory", "Lively", "Lucky", "Maple", "Meadow", "Merry", "Misty",
    "Mossy", "Olive", "Patient", "Pearl", "Plum", "Quick", "Quiet", "River", "Rusty", "Sandy", "Silver", "Spring",
    "Steady", "Sunny", "Velvet", "Winter",
)  # fmt: skip
BIRDS = (
    "avocet", "blackbird", "bullfinch", "buzzard", "chaffinch", "cormorant", "crane", "curlew", "dunlin", "dunnock",
    "egret", "fieldfare", "gannet", "goldcrest", "goldfinch", "grebe", "heron", "jackdaw", "kestrel", "kingfisher",
    "kittiwake", "lapwing", "linnet", "magpie", "mallard", "nightjar", "nuthatch", "osprey", "oystercatcher", "petrel",
    "pipit", "plover", "puffin", "redstart", "redwing", "sandpiper", "siskin", "skylark", "starling", "wagtail",
)  # fmt: skip


def helped_band(count: int) -> int:
    """How many found it helpful, as others read it: 0 under five, then the band that is reached."""
    return max((band for band in HELPED_BANDS if band <= count), default=0)

"""What each role may see and do. The only place where roles turn into scopes."""

from collections.abc import Iterable

from app.core.actor import SEE_OWN

SEE_PERSON = "see_person"
SEE_PLAN = "see_plan"
# what is marked private in the plan
SEE_PRIVATE = "see_private"
WRITE_PLAN = "write_plan"
# which pots there are, without what is in them
SEE_POTS = "see_pots"
SEE_MONEY = "see_money"
# write down spending, with its photos
LOG_MONEY = "log_money"
WRITE_MONEY = "write_money"
# comment on the plan and agree to it
REMARK = "remark"
MANAGE = "manage"
# what belongs to nobody: every account reads it
SEE_DIRECTORY = "see_directory"
GENERAL_DIRECTORY = "directory:general"

EVERYTHING = (SEE_PERSON, SEE_PLAN, WRITE_PLAN, SEE_MONEY, WRITE_MONEY, MANAGE)
# Who holds the first holds the others too.
IMPLIED: dict[str, tuple[str, ...]] = {
    SEE_MONEY: (SEE_POTS,),
    WRITE_MONEY: (LOG_MONEY,),
    MANAGE: (SEE_PRIVATE, REMARK),
}

ROLES: dict[str, tuple[str, ...]] = {
    # the person whose budget it is
    "holder": EVERYTHING,
    # acts in the best interests of someone who cannot decide, e.g. the parent of a child
    "representative": EVERYTHING,
    # chosen by a person who can decide, to look after the money
    "nominee": (SEE_PERSON, SEE_PLAN, SEE_MONEY, WRITE_MONEY),
    # writes down what was spent, and sees of the money only that
    "helper": (SEE_PERSON, SEE_PLAN, SEE_POTS, LOG_MONEY, SEE_OWN),
    "viewer": (SEE_PERSON, SEE_PLAN, SEE_MONEY),
    # care co-ordinator or funder
    "reviewer": (SEE_PERSON, SEE_PLAN, SEE_MONEY, REMARK),
}
MANAGING = ("holder", "representative")
# What is left to the only one who looks after a plan when their time is over: to look, and to hand it over.
LAST_ONE = (SEE_PERSON, SEE_PLAN, SEE_MONEY, MANAGE)
# What may be added to a role, one by one.
EXTRAS: dict[str, tuple[str, ...]] = {
    "nominee": (WRITE_PLAN, SEE_PRIVATE),
    "helper": (SEE_MONEY, SEE_PRIVATE),
    "viewer": (SEE_PRIVATE,),
    "reviewer": (SEE_PRIVATE,),
}
BASES = {
    "attorney": "Attorney, with a power of attorney",
    "deputy": "Deputy, named by a court",
    "parent": "Parent, until the child is 16 or 18",
    "appointee": "Appointee, named for benefits",
    "chosen": "Chosen by the person, who can decide themselves",
}

ROLE_WORDS = {
    "holder": "It is your own budget.",
    "representative": "You look after this plan for someone else.",
    "nominee": "You look after the money.",
    "helper": "You write down what is spent.",
    "viewer": "You look, and change nothing.",
    "reviewer": "You look, comment and agree.",
}
# The same of somebody else, as the person reads it.
ROLE_NAMES = {
    "holder": "Holds the budget",
    "representative": "Looks after the whole plan",
    "nominee": "Looks after the money",
    "helper": "Writes down what is spent",
    "viewer": "Looks, and changes nothing",
    "reviewer": "Looks, comments and agrees",
}
SCOPE_WORDS = {
    SEE_PLAN: "See the plan",
    SEE_PRIVATE: "See what is marked private",
    WRITE_PLAN: "Change the plan",
    SEE_MONEY: "See all the money",
    LOG_MONEY: "Write down what is spent",
    WRITE_MONEY: "Change the money",
    REMARK: "Comment on the plan, and agree to it",
    MANAGE: "Let others in, and end it",
}


def whole(scopes: Iterable[str]) -> frozenset[str]:
    """Scopes with those that they imply."""
    held = set(scopes)
    return frozenset(held.union(*(IMPLIED.get(scope, ()) for scope in held)))


def may_words(scopes: Iterable[str]) -> list[str]:
    """What somebody with these scopes may see and do, in plain words, in a steady order."""
    held = whole(scopes)
    return [words for scope, words in SCOPE_WORDS.items() if scope in held]


def may_not_words(scopes: Iterable[str]) -> list[str]:
    """What stays closed to them."""
    held = whole(scopes)
    return [words for scope, words in SCOPE_WORDS.items() if scope not in held]

"""What each role may see and do. The only place where roles turn into scopes."""

SEE_PERSON = "see_person"
SEE_PLAN = "see_plan"
WRITE_PLAN = "write_plan"
SEE_MONEY = "see_money"
WRITE_MONEY = "write_money"
MANAGE = "manage"
# what belongs to nobody: every account reads it
SEE_DIRECTORY = "see_directory"
GENERAL_DIRECTORY = "directory:general"

EVERYTHING = (SEE_PERSON, SEE_PLAN, WRITE_PLAN, SEE_MONEY, WRITE_MONEY, MANAGE)

ROLES: dict[str, tuple[str, ...]] = {
    # the person whose budget it is
    "holder": EVERYTHING,
    # acts in the best interests of someone who cannot decide, e.g. the parent of a child
    "representative": EVERYTHING,
}

ROLE_WORDS = {
    "holder": "It is your own budget.",
    "representative": "You look after this plan for someone else.",
}

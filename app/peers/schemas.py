"""Facts of the acts in peer groups. All of them are a plan's acts, in its own stream."""

from marshmallow import fields, validate

from app.peers.policy import (
    ABOUT,
    AGREEMENTS,
    ANSWERS,
    ATTRIBUTES,
    BANDS,
    EXAMPLE_PARTS,
    MARKS,
    OUTCOMES,
    REASONS,
    REFUSED_WHY,
    WAITED,
)
from app.plans.models import SIDES
from app.sync.facts import Facts, Flag, ident, one_of, words

LONGEST = 2000
MOST_HIDDEN = 100


class SharingWrite(Facts):
    """A text for a group: an example in its parts, or the words of a question or an answer. Codes go with examples.

    `refused_why` and `waited` are only counted for the whole group; age, area, condition and money show when enough
    others say the same.
    """

    group = ident(required=True)
    about = one_of(*ABOUT, required=True)
    on = ident(allow_none=True)
    goal = words(LONGEST)
    tried = words(LONGEST)
    worked = words(LONGEST)
    worked_not = words(LONGEST)
    words = words(LONGEST)
    side = one_of(*SIDES, allow_none=True)
    outcome = one_of(*OUTCOMES, allow_none=True)
    band = one_of(*BANDS, allow_none=True)
    option = ident(allow_none=True)
    refused_why = one_of(*REFUSED_WHY, allow_none=True)
    waited = one_of(*WAITED, allow_none=True)
    age = one_of(*ATTRIBUTES["age"], allow_none=True)
    area = one_of(*ATTRIBUTES["area"], allow_none=True)
    condition = one_of(*ATTRIBUTES["condition"], allow_none=True)
    money = one_of(*ATTRIBUTES["money"], allow_none=True)


class SharingConfirm(Facts):
    """What the person decided: words to hide everywhere, finds to reveal, three answers, whose agreement, and whether
    they want a second reader anyway."""

    hidden = fields.List(words(100), required=True, validate=validate.Length(max=MOST_HIDDEN))
    revealed = fields.List(words(20), required=True, validate=validate.Length(max=MOST_HIDDEN))
    named = one_of(*ANSWERS, required=True)
    neighbour = one_of(*ANSWERS, required=True)
    news = one_of(*ANSWERS, required=True)
    agreement = one_of(*AGREEMENTS, allow_none=True)
    second = Flag()


class SharingAgree(Facts):
    """Nothing but the text itself."""


class SharingStop(Facts):
    """Nothing but the text itself."""


class PostReport(Facts):
    """Which post, and why, as a code."""

    group = ident(required=True)
    post = ident(required=True)
    reason = one_of(*REASONS, required=True)


class MarkWrite(Facts):
    """What is said quietly of a post or a member, and whether it still is."""

    group = ident(required=True)
    kind = one_of(*MARKS, required=True)
    about = ident(required=True)
    on = Flag(required=True)


class IdeaBorrow(Facts):
    """Which part of which example: its words, or the option of the directory that it names."""

    group = ident(required=True)
    post = ident(required=True)
    part = one_of(*EXAMPLE_PARTS, "option", required=True)


class IdeaWrite(Facts):
    """The idea in own words."""

    words = words(LONGEST, required=True)


class IdeaRemove(Facts):
    """Nothing but the idea itself."""

"""What members read beside and over the words of a text, in words: the same as on the phone, which has its own copy
(static/js/peers/words.js, static/js/plans/sides.js). Pure.
"""

from collections.abc import Mapping
from typing import Any

PART_WORDS = {
    "goal": "What they wanted",
    "tried": "What they tried",
    "worked": "What worked",
    "worked_not": "What did not work",
    "words": "What they say",
}
OUTCOME_WORDS = {
    "better": "Life got better",
    "same": "Much as before",
    "worse": "It got harder",
    "refused": "It was refused",
    "waiting": "Still waiting",
}
BAND_WORDS = {
    "none": "Nothing",
    "under_500": "Under £500 a year",
    "500_1000": "£500 to £1,000 a year",
    "1000_2000": "£1,000 to £2,000 a year",
    "2000_5000": "£2,000 to £5,000 a year",
    "5000_10000": "£5,000 to £10,000 a year",
    "over_10000": "Over £10,000 a year",
}
SIDE_WORDS = {
    "health": "My health",
    "mental_health": "How I feel",
    "personal": "My own life",
    "social": "People and places",
    "economic": "Work and money",
    "educational": "Learning",
    "ethnic": "Where I come from",
    "cultural": "Faith, music, customs",
}
ATTRIBUTE_WORDS = {
    "age": {"child": "A child", "young_adult": "A young adult", "adult": "An adult", "older": "An older person"},
    "area": {
        "north_east": "North East",
        "north_west": "North West",
        "yorkshire": "Yorkshire",
        "east_midlands": "East Midlands",
        "west_midlands": "West Midlands",
        "east": "East of England",
        "london": "London",
        "south_east": "South East",
        "south_west": "South West",
        "scotland": "Scotland",
        "wales": "Wales",
        "northern_ireland": "Northern Ireland",
        "elsewhere": "Somewhere else",
    },
    "condition": {
        "learning": "A learning disability",
        "autism": "Autism",
        "mental_health": "Mental health",
        "body": "Moving about",
        "senses": "Seeing or hearing",
        "brain": "The brain or nerves",
        "long_term": "A long illness",
        "age": "Growing old",
    },
    "money": BAND_WORDS,
}
WHO = "Who it was for"


def titled(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each part that says anything, with what stands over it for readers."""
    return [(title, texts[name]) for name, title in PART_WORDS.items() if texts.get(name, "").strip()]


def coded(codes: Mapping[str, Any], option: str | None) -> list[tuple[str, str]]:
    """What an example says in codes, in the order in which members read it; `option`: its name in the directory.

    `codes` are those of a sharing. What is only counted is left out; attributes are in, since they may show.
    """
    chosen = codes.get("attributes", {})
    found = {
        "How it went": OUTCOME_WORDS.get(codes.get("outcome", "")),
        "What it was": option,
        "What it cost": BAND_WORDS.get(codes.get("band", "")),
        "Side of life": SIDE_WORDS.get(codes.get("side", "")),
        WHO: ", ".join(words[chosen[name]] for name, words in ATTRIBUTE_WORDS.items() if name in chosen),
    }
    return [(title, words) for title, words in found.items() if words]

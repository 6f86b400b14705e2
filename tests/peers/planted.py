"""Invented texts with identities planted in them: ways to reach somebody, their numbers, names the account knows."""

import random
import re
from dataclasses import dataclass

DIGITS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PEOPLE = ("Tamsin Brackenridge", "Oluwaseun Adeyemi", "Krystyna Wojtkowiak", "Gurpreet Dhaliwal", "Eilidh MacAskill")
FUNDER, MERCHANT = "Wexcombe Borough Council", "Pennywhistle Stables"
KNOWN = (*PEOPLE, FUNDER, MERCHANT)
WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
# Around a planted thing of each kind; {} is where it stands.
FRAMES = {
    "contact": (
        "If you want to know more get me on {} most evenings.", "We rang {} and they were kind.",
        "just text {} and ask for the quiet hour", "You can find it at {}, they answer quickly.",
        "The lady gave us {} to book.",
    ),
    "id": (
        "They kept asking for my number, which is {}, before they would talk.", "Quote {} and it goes faster.",
        "my reference was {} on every letter", "The form had {} on the top and nobody read it.",
        "It came back marked {} again.",
    ),
    "name": (
        "We go swimming with {} every week.", "{} said it would never work, and it did.",
        "it was {} who found the harness", "Ask {} if you are stuck.", "The best help came from {}, by far.",
    ),
}  # fmt: skip
PLAIN = (
    "She wanted to get out of the house more.", "We tried a helper for two hours a week.", "It made the mornings calm.",
    "The form took weeks.", "He sleeps better now.", "nobody told us that we could ask for this",
    "The first one left and we had to begin again.",
)  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A text in its parts, what was planted in it, and of which kind."""

    about: str
    texts: dict[str, str]
    kind: str
    thing: str


def contact(rng: random.Random) -> str:
    """A way to reach somebody, in one of the forms in which people write it; none of them is anybody's."""
    end = f"{rng.randrange(1000):03d}"
    name = rng.choice(PEOPLE).split()[0].lower()
    spoken = " ".join(DIGITS[int(one)] for one in f"07700900{end}")
    forms = (
        f"07700 900{end}", f"07700900{end}", f"+44 7700 900{end}", f"0113 496 0{end}", f"(0113) 4960{end}",
        f"0 7 7 0 0 9 0 0 {' '.join(end)}", spoken, f"{name}{end}@example.com", f"{name} at example dot com",
        f"www.{name}{end}.example.com", f"https://example.org/{name}/{end}", f"@{name}_{end}",
    )  # fmt: skip
    return rng.choice(forms)


def identifier(rng: random.Random) -> str:
    """A number that belongs to somebody, made up."""
    front = [rng.randrange(10) for _ in range(9)]
    check = (11 - sum(one * weight for one, weight in zip(front, WEIGHTS, strict=True)) % 11) % 11 % 10
    nhs = "".join(map(str, [*front, check]))
    number = f"{rng.randrange(10**6):06d}"
    spaced = f"{number[:2]} {number[2:4]} {number[4:]}"
    letters = "".join(rng.choice("ABCEGHJKLMNPRSTWXYZ") for _ in range(2))
    forms = (
        nhs, f"{nhs[:3]} {nhs[3:6]} {nhs[6:]}", f"{letters}{number}C", f"{letters} {spaced} C", f"CHC{number}",
        f"PHB-{number}", f"{number}{number[:2]}", f"{spaced.replace(' ', '-')} {number}{number[:2]}",
    )  # fmt: skip
    return rng.choice(forms)


def known_name(rng: random.Random) -> str:
    """A name that the account knows: whole, its first or last word, in lower case, with an ending."""
    whole = rng.choice(KNOWN)
    said = rng.choice([whole, whole.split()[0], whole.split()[-1]] if whole in PEOPLE else [whole])
    return rng.choice([said, said.lower(), said.upper(), f"{said}'s"])


MAKE = {"contact": contact, "id": identifier, "name": known_name}


def planted(seed: int, count: int, about: str) -> list[Planted]:
    """As many texts as asked for, the same for the same seed."""
    rng = random.Random(f"{seed} {about}")
    return [_one(rng, about, tuple(MAKE)[number % len(MAKE)]) for number in range(count)]


def _one(rng: random.Random, about: str, kind: str) -> Planted:
    thing = MAKE[kind](rng)
    telling = " ".join(rng.sample([rng.choice(FRAMES[kind]).format(thing), *rng.sample(PLAIN, 2)], 3))
    if about != "example":
        return Planted(about, {"words": telling}, kind, thing)
    parts = rng.sample(("goal", "tried", "worked", "worked_not"), rng.randint(1, 4))
    texts = {part: rng.choice(PLAIN) for part in parts} | {rng.choice(parts): telling}
    return Planted(about, texts, kind, thing)


def still_there(one: Planted, texts: dict[str, str]) -> bool:
    """Whether what was planted, or a word of a name, still stands in finished texts, whatever its spacing and case."""
    whole = "\n".join(texts.values()).lower()
    if one.kind == "name":
        words = re.findall(r"\w+", whole)
        return any(word in words for word in re.findall(r"\w{3,}", one.thing.lower()) if word not in COMMON)
    return _bare(one.thing) in _bare(whole)


# Words of the funder and the merchant that are anybody's.
COMMON = {"borough", "council", "stables"}


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())

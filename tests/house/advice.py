"""What would be advice about health, or about what to buy, in the app's own words: hazard H8 of the log.

It reads words, not meaning: a sentence that advises without any of these is not found.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from said import PROJECT, SENTENCE_ENDS, Text

RECOMMENDS = re.compile(
    r"\b(?:we|inhand)(?: would| strongly)? (?:recommend|advise|suggest)\b|\brecommended\b|\bour advice\b"
    r"|\b(?:best|better|ideal|right|safest|perfect) (?:choice|option|support|treatment|thing|one)"
    r" for (?:you|them|\x01)"
    r"|\b(?:good|bad|great|healthy|harmless|safe) for (?:your (?:health|body|mind|condition)|you\b|them\b|\x01)"
    r"|\byou (?:should|ought to|had better|must|need to)"
    r" (?:take|stop|start|try|buy|choose|pick|eat|drink|sleep|rest|exercise|use)\b"
    r"|\b(?:will|can|could|may|might) (?:cure|heal|prevent|make you (?:better|well|healthy))\b"
    r"|\b(?:cures?|heals?|works wonders|proven to)\b",
    re.IGNORECASE,
)
SELLS = re.compile(
    r"\bbuy (?:this|it|one|now)\b|\bworth (?:buying|the money|every)\b|\b(?:good|best|great) (?:value|buy|deal|price)\b"
    r"|\bbargains?\b|\bmust-have\b|\bspend (?:it|this|the rest|what is left) (?:on|now)\b"
    r"|\btreat yourself\b|\bdiscounts?\b",
    re.IGNORECASE,
)
# About treatment nothing is said but whom to ask, or that nothing is said.
TREATMENT = re.compile(
    r"\b(?:medicines?|medications?|tablets?|pills?|dos(?:e|es|age)|prescriptions?|drugs?|symptoms?|diagnos\w+|treatments?|treated"
    r"|therapy|operations?|injections?|side effects?)\b",
    re.IGNORECASE,
)
# The directory names kinds of support, so it may name treatment. Where it speaks of changing one it says whom to ask.
CHANGES_TREATMENT = re.compile(
    r"\b(?:take|takes|taking|stop|stops|skip|change|halve|double|increase|reduce|instead of|in place of"
    r"|rather than|comes before|without|more|less|fewer)\b(?: \w+){0,3}?"
    r" (?:medicines?|medications?|tablets|pills|dos(?:e|es)|drugs|treatments?)\b",
    re.IGNORECASE,
)
WHOM_TO_ASK = re.compile(r"\b(?:doctor|GP|pharmacist|nurse|care team|therapist|clinician|111|999)\b", re.IGNORECASE)
SAYS_NONE = re.compile(r"\b(?:no|not|never|nothing)\b", re.IGNORECASE)
ADVISES = {"recommends": RECOMMENDS, "sells": SELLS}


def from_directory(folder: Path = PROJECT / "app/options/data") -> Iterator[Text]:
    """What the directory of support says of each kind: its own words, not those that it is found by."""
    for path in sorted(folder.glob("*.json")):
        for option in json.loads(path.read_text(encoding="utf-8"))["options"]:
            for said in _words_of({name: value for name, value in option.items() if name not in {"search", "tags"}}):
                yield Text(f"{path.name}: {option['slug']}", said)


def _words_of(value: object) -> Iterator[str]:
    if isinstance(value, str) and " " in value:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words_of(one)


def advice_in(said: Text) -> Iterator[str]:
    """What of a text advises, as sentences."""
    for sentence in SENTENCE_ENDS.split(said.text):
        for what, words in ADVISES.items():
            found = words.search(sentence)
            if found:
                yield f"{said.where}: “{found[0]}” {what} in: {sentence}"
        changes = CHANGES_TREATMENT.search(sentence)
        if changes and not WHOM_TO_ASK.search(sentence):
            yield f"{said.where}: “{changes[0]}” changes treatment in: {sentence}"


def treatment_in(said: Text) -> Iterator[str]:
    """What of a text of the app speaks of treatment and neither says whom to ask nor that it does not."""
    for sentence in SENTENCE_ENDS.split(said.text):
        found = TREATMENT.search(sentence)
        if found and not (WHOM_TO_ASK.search(said.text) or SAYS_NONE.search(sentence)):
            yield f"{said.where}: “{found[0]}” without whom to ask in: {sentence}"

"""The colours of nhsuk-frontend in our tokens, so that dark mode is tokens alone.

Each rule of its compiled CSS is looked at on its own, because one colour does several jobs: #212b32 is text,
but on the yellow of focus it has to stay dark in dark mode. A colour without a line here stops the build.
"""

import re
from dataclasses import dataclass

RULE = re.compile(r"(?P<selector>[^{}]*)\{(?P<body>[^{}]*)\}")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab)\([^)]*\)")
DECLARATION = re.compile(r"(?P<property>[\w-]+)(?P<colon>\s*:\s*)(?P<value>[^;]*)")
# A mark with a picture file of its own (the browser's mark does), and what only Internet Explorer read.
UNWANTED = re.compile(
    r"[^{}]*search-cancel-button[^{}]*\{[^{}]*\}|@media screen\ufffd[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}"
)


class UnmappedColour(Exception):
    """nhsuk-frontend brought a colour that no token stands for."""


@dataclass(frozen=True)
class Becomes:
    """One line of the table: in which rules a colour becomes which token. The first line that fits counts."""

    colour: str
    token: str
    selector: str = ""
    beside: str = ""
    of: str = ""

    def fits(self, colour: str, selector: str, body: str, name: str) -> bool:
        """Whether this line is about that colour in that rule and property."""
        return self.colour == colour and self.selector in selector and self.beside in body and name.startswith(self.of)


TABLE = (
    Becomes("#ffeb3b", "--focus"),
    Becomes("#212b32", "--act-ink", beside="#ffeb3b"),
    Becomes("#212b32", "--act-ink", selector="button--reverse"),
    Becomes("#212b32", "--ink"),
    Becomes("rgba(33, 43, 50, 0.99)", "--ink"),
    Becomes("#ffffff", "--on-band", selector="reverse"),
    Becomes("#ffffff", "--act-ink", beside="#007f3b"),
    Becomes("#ffffff", "--card"),
    Becomes("rgba(255, 255, 255, 0.99)", "--on-band"),
    Becomes("#005eb8", "--link"),
    Becomes("#004b93", "--link"),
    Becomes("#002f5c", "--link"),
    Becomes("#330072", "--link"),
    Becomes("#7c2855", "--link"),
    Becomes("#337ec6", "--on-band-2"),
    Becomes("#007f3b", "--act"),
    Becomes("#00662f", "--act-down"),
    Becomes("#00401e", "--act-edge"),
    Becomes("#d5281b", "--stop"),
    Becomes("#aa2016", "--stop"),
    Becomes("#951c13", "--stop"),
    Becomes("#6b140e", "--stop"),
    Becomes("#d9d9d9", "--on-band-2"),
    Becomes("#b3b3b3", "--on-band-2"),
    Becomes("#c7dcef", "--on-band-2", selector="reverse"),
    Becomes("#c7dcef", "--sunk"),
    Becomes("#d9e7f4", "--sunk"),
    Becomes("#d8dde0", "--paper", selector="html"),
    Becomes("#d8dde0", "--sunk", of="background"),
    Becomes("#d8dde0", "--line"),
    Becomes("#f0f4f5", "--paper"),
    Becomes("#aeb7bd", "--edge"),
    Becomes("#4c6272", "--ink-2", of="color"),
    Becomes("#4c6272", "--edge"),
    Becomes("#000000", "CanvasText"),  # print
)


def in_our_colours(css: str) -> str:
    """Compiled nhsuk-frontend with each colour as a token. Raises `UnmappedColour` and says where."""
    return RULE.sub(_recolour_rule, UNWANTED.sub("", css))


def _recolour_rule(rule: re.Match[str]) -> str:
    selector, body = rule["selector"], rule["body"]

    def recolour(declaration: re.Match[str]) -> str:
        def token(colour: re.Match[str]) -> str:
            return _token(colour[0], selector, body, declaration["property"])

        return declaration["property"] + declaration["colon"] + COLOUR.sub(token, declaration["value"])

    return f"{selector}{{{DECLARATION.sub(recolour, body)}}}"


def _token(colour: str, selector: str, body: str, name: str) -> str:
    for line in TABLE:
        if line.fits(colour, selector, body, name):
            return f"var({line.token})" if line.token.startswith("--") else line.token
    raise UnmappedColour(f"No token stands for {colour} ({name}) in: {selector.strip()}")

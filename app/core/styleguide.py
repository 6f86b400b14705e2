"""The language of the looks on one page: tokens, type, every part in every state. Not there in production."""

from flask import Blueprint, Response, render_template, request

from app.core.errors import NotFound
from app.core.web import services

styleguide = Blueprint("styleguide", __name__)

THEMES = ("light", "dark")
PEOPLE = ("spruce", "plum", "blue", "brick", "moss", "heather")
COLOURS = {
    "Grounds": ("paper", "card", "sunk"),
    "Words and lines": ("ink", "ink-2", "link", "line", "edge"),
    "The main act": ("act", "act-down", "act-edge", "act-ink", "focus"),
    "Meanings": ("good", "good-bg", "check", "check-bg", "stop", "stop-bg"),
}
OF_A_PERSON = ("band", "on-band-2", "tint", "mark")
SIZES = ("t-tab", "t-s", "t-m", "t-body", "t-l", "t-h2", "t-h1", "t-hero")
SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s8", "s12")
RADII = ("r-s", "r-m", "r-l", "r-sheet", "r-pill")
BARS = {"full": 100, "some": 62, "little": 8}


@styleguide.get("/styleguide")
def page() -> str:
    """Everything at a glance; `?theme=light` or `dark` in place of the device's own wish."""
    _refuse_in_production()
    theme = request.args.get("theme", "")
    return render_template(
        "core/styleguide.html",
        theme=theme if theme in THEMES else "",
        people=PEOPLE,
        colours=COLOURS,
        of_a_person=OF_A_PERSON,
        sizes=SIZES,
        spaces=SPACES,
        radii=RADII,
        bars=BARS,
    )


@styleguide.get("/styleguide.css")
def css() -> Response:
    """What only that page needs, so that no phone carries it: one class for each token shown."""
    _refuse_in_production()
    return Response(_css(), mimetype="text/css")


def _refuse_in_production() -> None:
    if services().settings.production:
        raise NotFound


def _css() -> str:
    colours = [name for group in COLOURS.values() for name in group] + list(OF_A_PERSON)
    rules = [
        ".guide { max-inline-size: 60rem; margin-inline: auto; padding: 1.5rem 1rem; overflow-wrap: anywhere; }",
        ".guide .num { white-space: normal; }",
        ".guide section { padding-block: 1.5rem; }",
        ".guide :is(.grid, .two-up) { display: grid; gap: 1rem; }",
        ".guide .grid { grid-template-columns: repeat(auto-fill, minmax(min(100%, 9rem), 1fr)); }",
        ".guide .two-up { grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }",
        ".swatch { block-size: 3.5rem; border-radius: .5rem; box-shadow: inset 0 0 0 1px var(--edge); }",
        ".space { block-size: 1rem; background: var(--mark); }",
        ".corner { block-size: 3rem; background: var(--sunk); box-shadow: inset 0 0 0 2px var(--edge); }",
        ".guide .band { padding-block-end: 1rem; border-radius: var(--r-l); }",
        *(f".swatch--{name} {{ background: var(--{name}); }}" for name in colours),
        *(f".size--{name} {{ font-size: var(--{name}); line-height: 1.2; }}" for name in SIZES),
        *(f".space--{name} {{ inline-size: var(--{name}); }}" for name in SPACES),
        *(f".corner--{name} {{ border-radius: var(--{name}); }}" for name in RADII),
        *(f".bar--{name} .left {{ --w: {share}%; }}" for name, share in BARS.items()),
    ]
    return "\n".join(rules) + "\n"

"""Draws the app's icons and takes the pictures that a phone shows before it installs the app.

`python -m tests.draw_icons [--shots]` writes into app/static/icons/app; what it writes is kept in the project.
Chromium draws: the one renderer that every developer of this project has anyway.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.browser import CHROMIUM, FLAGS
from tests.journeys.site import PROJECT, Site, open_site
from tests.screens import sign_in

FOLDER = PROJECT / "app" / "static" / "icons" / "app"
PHOSPHOR = PROJECT / "node_modules" / "@phosphor-icons" / "core" / "assets" / "fill"
SPRUCE, MARIGOLD, WHITE = "#0f5148", "#f8c03e", "#ffffff"
VIEW = 56
SHOTS = {"home": "home", "plan": "plan", "options": "options"}
QUALITY = 80


def mark(sun: str, hand: str) -> str:
    """The coin that is a sun, over the cupped hand that is a smile: the drawing of core/_mark.html."""
    return (
        f'<circle cx="28.5" cy="19" r="7.5" fill="{sun}"/>'
        f'<path d="M13 26.5c0 11 6.5 14.5 14.5 14.5H42" fill="none" stroke="{hand}" stroke-width="8" '
        'stroke-linecap="round"/>'
    )


def picture(drawing: str, *, corner: int = 0, ground: str = SPRUCE, scale: float = 1) -> str:
    """A square picture with the drawing in its middle."""
    middle = VIEW / 2
    place = f"translate({middle} {middle}) scale({scale}) translate({-middle} {-middle})"
    rect = f'<rect width="{VIEW}" height="{VIEW}" rx="{corner}" fill="{ground}"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {VIEW} {VIEW}">'
    return f'{head}{rect}<g transform="{place}">{drawing}</g></svg>'


def phosphor(name: str) -> str:
    """An icon of Phosphor in white, in the middle of our square."""
    inner = (PHOSPHOR / f"{name}-fill.svg").read_text(encoding="utf-8").split(">", 1)[1].rsplit("</svg>", 1)[0]
    return f'<g fill="{WHITE}" transform="translate(12 12) scale(0.125)">{inner}</g>'


def icons() -> dict[str, tuple[str, int]]:
    """Every icon: its drawing and its size. Maskable ones reach the edge; what matters lies in the inner 80%."""
    whole, plain = mark(MARIGOLD, WHITE), mark(WHITE, WHITE)
    return {
        "icon-192": (picture(whole, corner=14), 192),
        "icon-512": (picture(whole, corner=14), 512),
        "maskable-192": (picture(whole, scale=0.94), 192),
        "maskable-512": (picture(whole, scale=0.94), 512),
        "apple-touch-icon": (picture(whole), 180),
        "badge-96": (picture(plain, ground="none", scale=1.2), 96),
        "shortcut-receipt": (picture(phosphor("camera"), corner=28), 96),
        "shortcut-money": (picture(phosphor("wallet"), corner=28), 96),
    }


def draw(browser: Browser, name: str, drawing: str, size: int) -> None:
    """One icon as a PNG of few colours."""
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{drawing}")
    data = page.screenshot(omit_background=True)
    page.close()
    image = Image.open(io.BytesIO(data)).convert("RGBA").quantize(64, Image.Quantize.FASTOCTREE)
    image.save(FOLDER / f"{name}.png", optimize=True)


def shoot(browser: Browser, site: Site) -> None:
    """Screens of an invented person, narrow and wide."""
    for form, width, height, scale in (("narrow", 390, 844, 2), ("wide", 1280, 800, 1)):
        context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=scale, locale="en-GB"
        )
        page = context.new_page()
        person = sign_in(page, site, "leroy@example.com")
        for name, screen in SHOTS.items() if form == "narrow" else [("home", "home")]:
            shoot_screen(page, f"{site.url}/app/{person}/{screen}", f"shot-{form}-{name}")
        context.close()


def shoot_screen(page: Page, address: str, name: str) -> None:
    """One screen as a WebP."""
    page.goto(address)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)


def main(argv: list[str]) -> int:
    """Draw all icons, and with --shots take the pictures too."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        for name, (drawing, size) in icons().items():
            draw(browser, name, drawing, size)
        if "--shots" in argv:
            with tempfile.TemporaryDirectory() as place, open_site(Path(place)) as site:
                shoot(browser, site)
        browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.relative_to(PROJECT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

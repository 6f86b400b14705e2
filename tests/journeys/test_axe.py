"""Every screen and state: no finding of axe with every rule on, targets large enough, and nothing that jumps."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.journeys.browser import CHROMIUM, FLAGS
from tests.journeys.site import PROJECT, Site, open_site
from tests.screens import APP, address_of, sign_in

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
AXE = (PROJECT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN = """axe.run(document, { resultTypes: ["violations"] }).then((found) =>
  found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 160))]))"""
MOST_SHIFT = 0.05
LEAST, MAIN = 24, 44
# Counts what jumps without anybody having touched the page.
WATCH_SHIFTS = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
# What can be tapped, by its box; a link within a text is exempt (WCAG 2.2, 2.5.8), as is what is out of sight.
SMALL_TARGETS = """([least, main]) => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  const named = "input[type=radio], input[type=checkbox], input[type=file]";
  const boxOf = (one) => (one.matches(named) && one.labels?.[0]) || one;
  const inText = (one) => one.matches("p a, li > a, dd a, .nhsuk-hint a") && getComputedStyle(one).display === "inline";
  const hidden = (one) => one.matches(".nhsuk-skip-link, .hide") || one.closest("[inert], .hide");
  const isMain = (one) => one.matches(
    ".nhsuk-button, .row, .tabs a, .chip, .undo button, .nhsuk-input, .nhsuk-select, .nhsuk-textarea, .chip-person");
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button]")];
  return all.filter((one) => seen(one) && !hidden(one) && !inText(one)).flatMap((one) => {
    const { width, height } = boxOf(one).getBoundingClientRect();
    const wanted = isMain(one) ? main : least;
    const size = `${Math.round(width)} x ${Math.round(height)}`;
    return Math.min(width, height) + 0.5 < wanted ? [`${one.outerHTML.slice(0, 120)} is ${size}`] : [];
  });
}"""


@dataclass(frozen=True)
class Look:
    """One way of looking at a screen."""

    name: str
    width: int
    dark: bool = False
    text: int = 100


LOOKS = (Look("light", 390), Look("dark, 320", 320, dark=True), Look("320, text 200%", 320, text=200))


@dataclass
class Findings:
    """What was found, as sentences, and how much was looked at."""

    wrong: list[str] = field(default_factory=list)
    looked: int = 0

    def look(self, page: Page, name: str) -> None:
        """Look at what the page shows now, in every look."""
        page.evaluate("Promise.all([document.fonts.ready, new Promise(requestAnimationFrame)]).then(() => true)")
        shift = page.evaluate("window.shifted")
        if shift > MOST_SHIFT:
            self.wrong.append(f"{name}: jumped by {shift:.3f}")
        for look in LOOKS:
            page.set_viewport_size({"width": look.width, "height": 844})
            page.emulate_media(color_scheme="dark" if look.dark else "light")
            page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", f"{look.text}%")
            self._check(page, f"{name} ({look.name})")
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate("document.documentElement.removeAttribute('style')")

    def _check(self, page: Page, name: str) -> None:
        self.looked += 1
        if not page.evaluate("typeof axe !== 'undefined'"):
            page.evaluate(AXE)
        found: list[list[Any]] = page.evaluate(RUN)
        self.wrong += [f"{name}: {rule}: {nodes[:3]}" for rule, nodes in found]
        self.wrong += [f"{name}: {small}" for small in page.evaluate(SMALL_TARGETS, [LEAST, MAIN])]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.wrong.append(f"{name}: {wide} pixels wider than the window")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def page(site: Site) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(60_000)
        context.add_init_script(WATCH_SHIFTS)
        yield context.new_page()
        browser.close()


GO = "to => { shifted = 0; history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }"


def go(page: Page, address: str) -> None:
    """To a screen inside the app, without a load; what jumped before is forgotten."""
    page.evaluate(GO, address)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.long  # a minute, and the way to the first thing of each kind is not steady on a busy machine
def test_every_screen_of_the_app_is_free_of_findings(page: Page, site: Site) -> None:
    found = Findings()
    person = sign_in(page, site, "leroy@example.com")
    addresses = {screen: address_of(page, site, person, screen) for screen in APP}
    for screen, address in addresses.items():
        go(page, address)
        found.look(page, screen)
    assert found.looked == len(APP) * len(LOOKS)
    assert found.wrong == []


# A picture without words, a tiny button, something too wide, and a jump of half a screen.
PLANTED = """async () => {
  const main = document.querySelector("main");
  main.innerHTML = '<img src="/static/mark.svg">' + main.innerHTML + '<button type="button">.</button><div>wide</div>';
  Object.assign(main.querySelector("button").style, { all: "unset", display: "block", width: "20px", height: "20px" });
  main.lastElementChild.style.width = "900px";
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  main.querySelector("img").style.marginBlockEnd = "500px";
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
}"""


def test_what_is_wrong_is_found(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/help")
    page.evaluate(PLANTED)
    found = Findings()
    found.look(page, "planted")
    text = "\n".join(found.wrong)
    assert "image-alt" in text
    assert "is 20 x 20" in text
    assert "planted: jumped by" in text
    assert "pixels wider than the window" in text

"""How a screen is looked at: every rule of axe, sizes of what can be tapped, what is too wide, and what jumped."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.journeys.site import PROJECT

AXE = (PROJECT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
# All that axe looks at by itself. Sizes are measured below: axe counts what a bar covers until one scrolls as small.
RUN = """axe.run(document, { resultTypes: ["violations"] }).then((found) =>
  found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 160))]))"""
MOST_SHIFT = 0.05
LEAST, MAIN = 24, 44
# Counts what jumps without anybody having touched the page, from `since` on.
WATCH_SHIFTS = """
  window.since = 0;
  window.jumps = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.jumps.push([one.startTime, one.value]);
  }).observe({ type: "layout-shift", buffered: true });
"""
SHIFTED = "jumps.reduce((sum, [at, value]) => sum + (at >= since ? value : 0), 0)"
# The heading of the wanted screen is there, nothing is busy, loading or moving, and three frames were the same.
SETTLED = """() => {
  const head = document.querySelector("h1");
  const fresh = head && head.textContent.trim() !== "" && !("before" in head.dataset);
  const still = document.fonts.status === "loaded"
    && document.getAnimations().every((one) => one.playState !== "running")
    && [...document.images].every((one) => one.complete) && !document.querySelector("[aria-busy=true]");
  const now = document.body.innerHTML;
  window.same = fresh && still && window.seen === now ? (window.same ?? 0) + 1 : 0;
  window.seen = now;
  return window.same >= 3;
}"""
# Where the window ends and something goes on, the innermost first.
TOO_WIDE = """() => [...document.querySelectorAll("body *")].reverse()
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest("svg"))
  .slice(0, 2).map((one) => one.outerHTML.slice(0, 120))"""
# What can be tapped, by its box; what stands within a text is exempt (WCAG 2.2, 2.5.8), as is what is out of sight.
SMALL_TARGETS = """([least, main]) => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  const named = "input[type=radio], input[type=checkbox], input[type=file]:not(.nhsuk-input)";
  const boxOf = (one) => (one.matches(named) && one.labels?.[0]) || one;
  const within = "p a, li > a, dd a, .nhsuk-hint a, p [role=button]";
  const inText = (one) => one.matches(within) && getComputedStyle(one).display === "inline";
  const hidden = (one) => one.matches(".nhsuk-skip-link, .hide") || one.closest("[inert], .hide");
  const isMain = (one) => one.matches(".nhsuk-button, .row, .row__title, .tabs a, .chip, .undo button, .chip-person,"
    + ".nhsuk-input, .nhsuk-select, .nhsuk-textarea");
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


PHONE = Look("light, phone", 390)
SHORT = (PHONE, Look("dark, 320, text 200%", 320, dark=True, text=200))
LONG = (
    *SHORT,
    Look("dark, phone", 390, dark=True),
    Look("light, 320", 320),
    Look("light, 320, text 200%", 320, text=200),
    Look("light, wide", 1280),
    Look("dark, wide", 1280, dark=True),
)


@dataclass
class Findings:
    """What was found, as sentences, and how much was looked at."""

    looks: tuple[Look, ...] = SHORT
    wrong: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        """Look at what the page shows when it has settled, in every look; it is left as on a phone."""
        page.wait_for_function(SETTLED)
        self.looked.append(name)
        shift = page.evaluate(SHIFTED)
        if shift > MOST_SHIFT:
            self.wrong.append(f"{name}: jumped by {shift:.3f}")
        for look in self.looks:
            show(page, look)
            self._check(page, f"{name} ({look.name})")
        show(page, PHONE)

    def _check(self, page: Page, name: str) -> None:
        page.wait_for_function(SETTLED)
        if not page.evaluate("typeof axe !== 'undefined'"):
            page.evaluate(AXE)
        found: list[list[Any]] = page.evaluate(RUN)
        self.wrong += [f"{name}: {rule}: {nodes[:3]}" for rule, nodes in found]
        self.wrong += [f"{name}: {small}" for small in page.evaluate(SMALL_TARGETS, [LEAST, MAIN])]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.wrong.append(f"{name}: {wide} pixels wider than the window: {page.evaluate(TOO_WIDE)}")


def show(page: Page, look: Look) -> None:
    """Show the page in a look."""
    page.set_viewport_size({"width": look.width, "height": 844})
    page.emulate_media(color_scheme="dark" if look.dark else "light", reduced_motion="reduce")
    page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", f"{look.text}%")

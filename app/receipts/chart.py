"""A chart of calibration as SVG: how sure the reader said it was, and how often it was right."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

Bands = Sequence[tuple[float, float, int, float]]
"""Bands of said confidence: lower edge, upper edge, how many fell into it, the share of these that was right."""

PANEL, EDGE, GAP = 220, 48, 28
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def calibration_svg(title: str, fields: Mapping[str, Bands]) -> str:
    """One panel a field; a dot on the slanting line was said exactly, below it too boldly. The number is how many."""
    width, height = EDGE + len(fields) * (PANEL + GAP), PANEL + 2 * EDGE + 16
    panels = [line for at, (name, bands) in enumerate(fields.items()) for line in panel(at, name, bands)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            'font-family="sans-serif" font-size="12">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *panels,
            "</svg>\n",
        ]
    )


def panel(at: int, name: str, bands: Bands) -> Iterator[str]:
    """The square of one field."""
    left, top = EDGE + at * (PANEL + GAP), EDGE
    yield f'<g transform="translate({left} {top})">'
    yield f'<text x="{PANEL / 2}" y="-16" text-anchor="middle" font-weight="bold">{escape(name)}</text>'
    yield f'<rect width="{PANEL}" height="{PANEL}" fill="none" stroke="#768692"/>'
    yield f'<path d="M0 {PANEL}L{PANEL} 0" stroke="#768692" stroke-dasharray="4 4"/>'
    for tick in TICKS:
        yield f'<text x="{tick * PANEL:.0f}" y="{PANEL + 16}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="-6" y="{PANEL - tick * PANEL + 4:.0f}" text-anchor="end">{tick:g}</text>' if at == 0 else ""
    yield f'<text x="{PANEL / 2}" y="{PANEL + 34}" text-anchor="middle">said; dots: how often right</text>'
    yield from (dot(*band) for band in bands)
    yield "</g>"


def dot(low: float, high: float, many: int, right: float) -> str:
    """One band: at the middle of what was said, as high as it was right, larger where more fell into it."""
    x, y = (low + min(high, 1.0)) / 2 * PANEL, PANEL - right * PANEL
    size = 3 + min(9.0, many**0.5)
    words = f"said {low:.2f} to {min(high, 1.0):.2f}: {right:.3f} of {many} right"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="#005eb8" fill-opacity=".75">'
        f"<title>{words}</title></circle>"
        f'<text x="{x:.1f}" y="{y + size + 12:.1f}" text-anchor="middle">{many}</text>'
    )

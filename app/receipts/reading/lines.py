"""Rows rebuilt along the text's own angle, from boxes that lean or fan out with the camera."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.receipts.reading.shapes import Line

CLOSE = 0.5
OVERLAP = 0.3
POUNDS = re.compile("[0-9] ?[.,] ?$")
PENCE = re.compile("^ ?[.,]? ?[0-9]{2}$")


@dataclass(frozen=True)
class Placed:
    """A line with its level place: `y` is where its middle meets the left edge along the text's angle."""

    line: Line
    left: float
    right: float
    y: float
    height: float


@dataclass(frozen=True)
class Row:
    """What stands side by side on one page, left to right."""

    parts: tuple[Placed, ...]
    page: int
    y: float
    height: float

    @property
    def text(self) -> str:
        """The row's words, parts separated by two spaces."""
        return "  ".join(part.line.text for part in self.parts)


def build_rows(lines: list[Line]) -> list[Row]:
    """Rows from top to bottom, page after page."""
    rows: list[Row] = []
    for page in sorted({line.page for line in lines}):
        rows += rows_of_page([line for line in lines if line.page == page and line.text.strip()])
    return rows


def rows_of_page(lines: list[Line]) -> list[Row]:
    """The rows of one page."""
    level, fan = fit_angle(lines)
    placed = sorted((place(line, level, fan) for line in lines), key=lambda part: (part.y, part.left))
    groups: list[list[Placed]] = []
    for part in placed:
        group = nearest_group(groups[-6:], part)
        if group is None:
            groups.append([part])
        else:
            group.append(part)
    rows = [make_row(group) for group in groups]
    return sorted(rows, key=lambda row: row.y)


def fit_angle(lines: list[Line]) -> tuple[float, float]:
    """The slope of the text as `level + fan * y`: tilt, and how it changes down a page seen from an angle."""
    points = [slope_point(line) for line in lines]
    wide = [point for point in points if point[2] > 0]
    level, fan = fit_line(wide)
    steady = [point for point in wide if abs(point[1] - level - fan * point[0]) < 0.06]
    return fit_line(steady) if len(steady) >= 3 else (level, fan)


def slope_point(line: Line) -> tuple[float, float, float]:
    """Height on the page, slope and weight of one line; the weight is 0 for short ones, whose slope is noise."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line.box
    across, down = (x1 + x2 - x0 - x3) / 2, (y1 + y2 - y0 - y3) / 2
    tall = (y2 + y3 - y0 - y1) / 2
    weight = across if across > 3 * abs(tall) else 0.0
    return (y0 + y1 + y2 + y3) / 4, down / across if across > 0 else 0.0, weight


def fit_line(points: list[tuple[float, float, float]]) -> tuple[float, float]:
    """Weighted least squares of slope over height; a level slope alone where there are few points."""
    total = sum(weight for _, _, weight in points)
    if total <= 0:
        return 0.0, 0.0
    mean_y = sum(y * weight for y, _, weight in points) / total
    mean_s = sum(slope * weight for _, slope, weight in points) / total
    spread = sum(weight * (y - mean_y) ** 2 for y, _, weight in points)
    if len(points) < 8 or spread <= 0:
        return mean_s, 0.0
    fan = sum(weight * (y - mean_y) * (slope - mean_s) for y, slope, weight in points) / spread
    return mean_s - fan * mean_y, fan


def place(line: Line, level: float, fan: float) -> Placed:
    """A line moved along the text's angle to where it would stand on a level page."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line.box
    x, y = (x0 + x1 + x2 + x3) / 4, (y0 + y1 + y2 + y3) / 4
    height = max(1.0, (y2 + y3 - y0 - y1) / 2)
    return Placed(line, (x0 + x3) / 2, (x1 + x2) / 2, y - (level + fan * y) * x, height)


def nearest_group(groups: list[list[Placed]], part: Placed) -> list[Placed] | None:
    """The group whose nearest neighbour stands at the same height and leaves room for the part."""
    best, best_gap = None, 1.0
    for group in groups:
        if any(overlaps(other, part) for other in group):
            continue
        other = min(group, key=lambda one: abs(one.left + one.right - part.left - part.right))
        gap = abs(other.y - part.y) / (CLOSE * min(other.height, part.height))
        if gap < best_gap:
            best, best_gap = group, gap
    return best


def overlaps(one: Placed, other: Placed) -> bool:
    """Whether two parts stand above each other rather than side by side."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > OVERLAP * max(1.0, min(one.right - one.left, other.right - other.left))


def joined(parts: list[Placed]) -> list[Placed]:
    """Parts from left to right, with a sum that was cut at its point put together: "25." and "42"."""
    whole: list[Placed] = []
    for part in parts:
        if whole and POUNDS.search(whole[-1].line.text) and PENCE.search(part.line.text):
            whole[-1] = put_together(whole[-1], part)
        else:
            whole.append(part)
    return whole


def put_together(left: Placed, right: Placed) -> Placed:
    """One part of two that touch."""
    (x0, x3), (x1, x2) = (left.line.box[0], left.line.box[3]), (right.line.box[1], right.line.box[2])
    text = left.line.text.rstrip(" .,") + "." + right.line.text.lstrip(" .,")
    score = min(left.line.score, right.line.score)
    line = replace(left.line, text=text, box=(x0, x1, x2, x3), score=score, second=None)
    return replace(left, line=line, right=right.right)


def make_row(group: list[Placed]) -> Row:
    """A row of its parts, left to right."""
    parts = joined(sorted(group, key=lambda part: part.left))
    heights = sorted(part.height for part in parts)
    y = sum(part.y for part in parts) / len(parts)
    return Row(tuple(parts), parts[0].line.page, y, heights[len(heights) // 2])

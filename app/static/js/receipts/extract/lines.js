// @ts-check
/** Rows rebuilt along the text's own angle, from boxes that lean or fan out with the camera. */

import { pick } from "./words.js";

/** @typedef {import("./shapes.js").Line} Line */
/** @typedef {import("./shapes.js").Placed} Placed */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {[y: number, slope: number, weight: number]} Point */

const CLOSE = 0.5;
const OVERLAP = 0.3;
const POUNDS = /[0-9] ?[.,] ?$/;
const PENCE = /^ ?[.,]? ?[0-9]{2}$/;

/**
 * Rows from top to bottom, page after page.
 * @param {readonly Line[]} lines
 * @returns {Row[]}
 */
export function buildRows(lines) {
  const pages = [...new Set(lines.map((line) => line.page))].sort((one, other) => one - other);
  return pages.flatMap((page) => rowsOfPage(lines.filter((line) => line.page === page && line.text.trim())));
}

/**
 * @param {Row} row
 */
export function rowText(row) {
  return row.parts.map((part) => part.line.text).join("  ");
}

/**
 * @param {Line[]} lines
 * @returns {Row[]}
 */
function rowsOfPage(lines) {
  const [level, fan] = fitAngle(lines);
  const placed = lines.map((line) => place(line, level, fan)).sort((one, other) => one.y - other.y || one.left - other.left);
  /** @type {Placed[][]} */
  const groups = [];
  for (const part of placed) {
    const group = nearestGroup(groups.slice(-6), part);
    if (group) group.push(part);
    else groups.push([part]);
  }
  return groups.map(makeRow).sort((one, other) => one.y - other.y);
}

/**
 * The slope of the text as `level + fan * y`.
 * @param {Line[]} lines
 * @returns {[number, number]}
 */
function fitAngle(lines) {
  const wide = lines.map(slopePoint).filter((point) => point[2] > 0);
  const [level, fan] = fitLine(wide);
  const steady = wide.filter((point) => Math.abs(point[1] - level - fan * point[0]) < 0.06);
  return steady.length >= 3 ? fitLine(steady) : [level, fan];
}

/**
 * @param {Line} line
 * @returns {Point}
 */
function slopePoint(line) {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = line.box;
  const across = (x1 + x2 - x0 - x3) / 2;
  const down = (y1 + y2 - y0 - y3) / 2;
  const tall = (y2 + y3 - y0 - y1) / 2;
  const weight = across > 3 * Math.abs(tall) ? across : 0;
  return [(y0 + y1 + y2 + y3) / 4, across > 0 ? down / across : 0, weight];
}

/**
 * @param {Point[]} points
 * @returns {[number, number]}
 */
function fitLine(points) {
  const total = add(points.map(([, , weight]) => weight));
  if (total <= 0) return [0, 0];
  const meanY = add(points.map(([y, , weight]) => y * weight)) / total;
  const meanS = add(points.map(([, slope, weight]) => slope * weight)) / total;
  const spread = add(points.map(([y, , weight]) => weight * (y - meanY) ** 2));
  if (points.length < 8 || spread <= 0) return [meanS, 0];
  const fan = add(points.map(([y, slope, weight]) => weight * (y - meanY) * (slope - meanS))) / spread;
  return [meanS - fan * meanY, fan];
}

/**
 * @param {number[]} numbers
 */
function add(numbers) {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/**
 * A line moved along the text's angle to where it would stand on a level page.
 * @param {Line} line
 * @param {number} level
 * @param {number} fan
 * @returns {Placed}
 */
function place(line, level, fan) {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = line.box;
  const x = (x0 + x1 + x2 + x3) / 4;
  const y = (y0 + y1 + y2 + y3) / 4;
  const height = Math.max(1, (y2 + y3 - y0 - y1) / 2);
  return { line, left: (x0 + x3) / 2, right: (x1 + x2) / 2, y: y - (level + fan * y) * x, height };
}

/**
 * The group whose nearest neighbour stands at the same height and leaves room for the part.
 * @param {Placed[][]} groups
 * @param {Placed} part
 * @returns {Placed[] | null}
 */
function nearestGroup(groups, part) {
  let best = null;
  let bestGap = 1;
  for (const group of groups) {
    if (group.some((other) => overlaps(other, part))) continue;
    const other = nearest(group, part);
    const gap = Math.abs(other.y - part.y) / (CLOSE * Math.min(other.height, part.height));
    if (gap < bestGap) [best, bestGap] = [group, gap];
  }
  return best;
}

/**
 * @param {Placed[]} group
 * @param {Placed} part
 */
function nearest(group, part) {
  let best = pick(group, 0);
  for (const one of group) if (away(one, part) < away(best, part)) best = one;
  return best;
}

/**
 * @param {Placed} one
 * @param {Placed} part
 */
function away(one, part) {
  return Math.abs(one.left + one.right - part.left - part.right);
}

/**
 * Whether two parts stand above each other rather than side by side.
 * @param {Placed} one
 * @param {Placed} other
 */
export function overlaps(one, other) {
  const shared = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  return shared > OVERLAP * Math.max(1, Math.min(one.right - one.left, other.right - other.left));
}

/**
 * Parts from left to right, with a sum that was cut at its point put together: "25." and "42".
 * @param {Placed[]} parts
 * @returns {Placed[]}
 */
function joined(parts) {
  /** @type {Placed[]} */
  const whole = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last && POUNDS.test(last.line.text) && PENCE.test(part.line.text)) whole[whole.length - 1] = putTogether(last, part);
    else whole.push(part);
  }
  return whole;
}

/**
 * One part of two that touch.
 * @param {Placed} left
 * @param {Placed} right
 * @returns {Placed}
 */
function putTogether(left, right) {
  const [topLeft, , , bottomLeft] = left.line.box;
  const [, topRight, bottomRight] = right.line.box;
  const text = `${left.line.text.replace(/[ .,]+$/, "")}.${right.line.text.replace(/^[ .,]+/, "")}`;
  const score = Math.min(left.line.score, right.line.score);
  /** @type {Line} */
  const line = { ...left.line, text, box: [topLeft, topRight, bottomRight, bottomLeft], score, second: null };
  return { ...left, line, right: right.right };
}

/**
 * @param {Placed[]} group
 * @returns {Row}
 */
function makeRow(group) {
  const parts = joined([...group].sort((one, other) => one.left - other.left));
  const heights = parts.map((part) => part.height).sort((one, other) => one - other);
  const y = add(parts.map((part) => part.y)) / parts.length;
  return { parts, page: pick(parts, 0).line.page, y, height: pick(heights, Math.floor(heights.length / 2)) };
}

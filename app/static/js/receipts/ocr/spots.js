/** Where text stands: the detector's map of how likely each place is text, turned into boxes of any slope. Pure. */
import { clockwise, cornersOf, smallestAround } from "./shapes.js";

/** @import {Point, Quad, Slanted} from "./shapes.js" */
/** @typedef {{width: number, height: number, data: Float32Array}} TextMap likelihood from 0 to 1, row by row */
/** @typedef {{row: number, from: number, to: number, group: number}} Run places side by side in a row, `to` included */

const TEXT_LEVEL = 0.25;
const BOX_LEVEL = 0.45;
const GROWTH = 1.55;
const LEAST_SIDE = 3;
const MOST_BOXES = 400;

/**
 * Boxes around the connected spots of a map, in its own places.
 * @param {TextMap} map
 * @returns {Quad[]}
 */
export function boxesOf(map) {
  return spotsOf(map).slice(0, MOST_BOXES).flatMap((points) => boxOf(map, points) ?? []);
}

/**
 * One grown box, or null where the spot is too small or too faint to be text.
 * @param {TextMap} map
 * @param {Point[]} points
 * @returns {Quad[] | null}
 */
function boxOf(map, points) {
  const found = smallestAround(points);
  if (!found || Math.min(found.width, found.height) < LEAST_SIDE || likelihood(map, found) < BOX_LEVEL) return null;
  const grow = (found.width * found.height * GROWTH) / (found.width + found.height);
  return [clockwise(cornersOf(found, grow))];
}

/**
 * The ends of the runs of each spot; places that touch by a corner belong together.
 * @param {TextMap} map
 * @returns {Point[][]}
 */
export function spotsOf(map) {
  const runs = runsOf(map);
  joinRows(runs);
  /** @type {Map<number, Point[]>} */
  const spots = new Map();
  runs.forEach(({ row, from, to }, place) => {
    const root = rootOf(runs, place);
    const points = spots.get(root) ?? [];
    points.push([from, row], [to, row]);
    spots.set(root, points);
  });
  return [...spots.values()];
}

/**
 * @param {TextMap} map
 * @returns {Run[]}
 */
function runsOf({ width, height, data }) {
  /** @type {Run[]} */
  const runs = [];
  for (let row = 0; row < height; row++) {
    const start = row * width;
    let from = -1;
    for (let x = 0; x <= width; x++) {
      const text = x < width && (data[start + x] ?? 0) > TEXT_LEVEL;
      if (text && from < 0) from = x;
      if (!text && from >= 0) {
        runs.push({ row, from, to: x - 1, group: runs.length });
        from = -1;
      }
    }
  }
  return runs;
}

/**
 * Joins each run with those that touch it in the row above.
 * @param {Run[]} runs
 */
function joinRows(runs) {
  let above = 0;
  runs.forEach((run, place) => {
    while (isPast(/** @type {Run} */ (runs[above]), run)) above += 1;
    for (let other = above; other < place; other++) {
      const { row, from } = /** @type {Run} */ (runs[other]);
      if (row !== run.row - 1 || from > run.to + 1) break;
      join(runs, other, place);
    }
  });
}

/**
 * Whether a run can touch neither this one nor one further on.
 * @param {Run} one
 * @param {Run} run
 */
function isPast(one, run) {
  return one.row < run.row - 1 || (one.row === run.row - 1 && one.to < run.from - 1);
}

/**
 * @param {Run[]} runs
 * @param {number} one
 * @param {number} other
 */
function join(runs, one, other) {
  const [first, second] = [rootOf(runs, one), rootOf(runs, other)];
  const later = runs[Math.max(first, second)];
  if (later) later.group = Math.min(first, second);
}

/**
 * @param {Run[]} runs
 * @param {number} place
 * @returns {number}
 */
function rootOf(runs, place) {
  let root = place;
  for (let run = runs[root]; run && run.group !== root; run = runs[root]) {
    run.group = runs[run.group]?.group ?? run.group;
    root = run.group;
  }
  return root;
}

/**
 * The mean of the map inside a slanted rectangle.
 * @param {TextMap} map
 * @param {Slanted} rectangle
 */
function likelihood(map, rectangle) {
  const corners = cornersOf(rectangle, 0);
  const [left, right] = reach(corners.map(([x]) => x), map.width);
  const [top, bottom] = reach(corners.map(([, y]) => y), map.height);
  let [sum, many] = [0, 0];
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      if (!isInside(rectangle, x, y)) continue;
      sum += map.data[y * map.width + x] ?? 0;
      many += 1;
    }
  }
  return many ? sum / many : 0;
}

/**
 * @param {number[]} places
 * @param {number} many
 * @returns {[number, number]}
 */
function reach(places, many) {
  return [Math.max(0, Math.floor(Math.min(...places))), Math.min(many - 1, Math.ceil(Math.max(...places)))];
}

/**
 * @param {Slanted} rectangle
 * @param {number} x
 * @param {number} y
 */
function isInside({ middle, along, width, height }, x, y) {
  const [dx, dy] = [x - middle[0], y - middle[1]];
  const ahead = Math.abs(dx * along[0] + dy * along[1]);
  const aside = Math.abs(dy * along[0] - dx * along[1]);
  return ahead <= width / 2 + 0.01 && aside <= height / 2 + 0.01;
}

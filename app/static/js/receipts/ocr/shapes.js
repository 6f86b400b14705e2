/** Rectangles around spots of any slope. Pure geometry: x goes right, y goes down. */

/** @typedef {[x: number, y: number]} Point */
/** @typedef {[Point, Point, Point, Point]} Quad corners clockwise from where the text begins at its top */
/**
 * A rectangle of any slope: its middle, the direction of its first side (length 1), and the lengths of its sides.
 * @typedef {{middle: Point, along: Point, width: number, height: number}} Slanted
 */

/**
 * The smallest rectangle of any slope around some points; null where they all lie in one place.
 * @param {readonly Point[]} points
 * @returns {Slanted | null}
 */
export function smallestAround(points) {
  const hull = hullOf(points);
  /** @type {Slanted | null} */
  let best = null;
  hull.forEach((from, place) => {
    const to = hull[(place + 1) % hull.length] ?? from;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length === 0) return;
    const one = spanOf(hull, [(to[0] - from[0]) / length, (to[1] - from[1]) / length]);
    if (!best || one.width * one.height < best.width * best.height) best = one;
  });
  return best;
}

/**
 * The outermost points, around their middle.
 * @param {readonly Point[]} points
 * @returns {Point[]}
 */
export function hullOf(points) {
  const sorted = [...points].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const half = (/** @type {Point[]} */ list) => {
    /** @type {Point[]} */
    const kept = [];
    for (const point of list) {
      while (kept.length >= 2 && !turns(kept, point)) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return sorted.length < 2 ? sorted : [...half(sorted), ...half([...sorted].reverse())];
}

/**
 * Whether the way bends to one side at the last kept point.
 * @param {Point[]} kept
 * @param {Point} point
 */
function turns(kept, point) {
  const [one, two] = /** @type {[Point, Point]} */ (kept.slice(-2));
  return (two[0] - one[0]) * (point[1] - one[1]) - (two[1] - one[1]) * (point[0] - one[0]) > 0;
}

/**
 * The rectangle around points whose first side has a given direction.
 * @param {readonly Point[]} points
 * @param {Point} along
 * @returns {Slanted}
 */
function spanOf(points, along) {
  const ahead = points.map(([x, y]) => x * along[0] + y * along[1]);
  const aside = points.map(([x, y]) => y * along[0] - x * along[1]);
  const [left, right] = [Math.min(...ahead), Math.max(...ahead)];
  const [top, bottom] = [Math.min(...aside), Math.max(...aside)];
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  const middle = /** @type {Point} */ ([u * along[0] - v * along[1], u * along[1] + v * along[0]]);
  return { middle, along, width: right - left, height: bottom - top };
}

/**
 * The corners of a slanted rectangle, one after the other, each side grown by as much.
 * @param {Slanted} rectangle
 * @param {number} grow
 * @returns {Quad}
 */
export function cornersOf({ middle: [x, y], along: [u, v], width, height }, grow) {
  const [w, h] = [(width + grow) / 2, (height + grow) / 2];
  const corner = (/** @type {number} */ a, /** @type {number} */ b) => /** @type {Point} */ ([x + a * u - b * v, y + a * v + b * u]);
  return [corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h)];
}

/**
 * Corners ordered top left, top right, bottom right, bottom left, for lines lying flat or standing upright.
 * @param {Quad} corners
 * @returns {Quad}
 */
export function clockwise(corners) {
  const [a, b, c] = corners;
  const longer = Math.hypot(c[0] - b[0], c[1] - b[1]) > Math.hypot(b[0] - a[0], b[1] - a[1]) ? [b, c] : [a, b];
  const [from, to] = /** @type {[Point, Point]} */ (longer);
  const stands = Math.abs(to[1] - from[1]) > Math.abs(to[0] - from[0]);
  const [first, second] = stands ? [1, 0] : [0, 1];
  const order = [...corners].sort((one, other) => (one[first] ?? 0) - (other[first] ?? 0));
  const pair = (/** @type {Point[]} */ two) =>
    /** @type {[Point, Point]} */ (two.sort((one, other) => (one[second] ?? 0) - (other[second] ?? 0)));
  const [one, two] = [pair(order.slice(0, 2)), pair(order.slice(2))];
  return stands ? [one[0], one[1], two[1], two[0]] : [one[0], two[0], two[1], one[1]];
}

/**
 * The lengths of the sides along and across the text.
 * @param {Quad} quad
 * @returns {[number, number]}
 */
export function sidesOf([one, two, , four]) {
  return [Math.hypot(two[0] - one[0], two[1] - one[1]), Math.hypot(four[0] - one[0], four[1] - one[1])];
}

/**
 * The same corners, begun where the text begins once its page was turned.
 * @param {Quad} quad
 * @param {number} turn  quarter turns against the clock
 * @returns {Quad}
 */
export function begunAt(quad, turn) {
  return /** @type {Quad} */ ([...quad, ...quad].slice(turn, turn + 4));
}

/**
 * A quad as it stands after quarter turns of its page against the clock, its first corner again at the top left.
 * @param {Quad} quad
 * @param {number} turn
 * @param {{width: number, height: number}} page  before it is turned
 * @returns {Quad}
 */
export function turned(quad, turn, { width, height }) {
  /** @type {((point: Point) => Point)[]} */
  const moves = [([x, y]) => [x, y], ([x, y]) => [y, width - x], ([x, y]) => [width - x, height - y], ([x, y]) => [height - y, x]];
  return /** @type {Quad} */ (begunAt(quad, turn).map((point) => moves[turn]?.(point) ?? point));
}

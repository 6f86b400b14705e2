/** Where a picture stands while it is looked at closely. Pure: pixels of the frame, the picture fills it at 1. */

/** `x` and `y` are how far the middle of the picture is from the middle of the frame. @typedef {{scale: number, x: number, y: number}} View */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: number, y: number}} Point  from the middle of the frame */

export const LEAST = 1;
export const MOST = 6;
export const STEP = 1.5;
/** @type {View} */
export const WHOLE = { scale: 1, x: 0, y: 0 };

/**
 * Larger or smaller by a factor; what lies under `at` stays there.
 * @param {View} view
 * @param {number} factor
 * @param {Size} frame
 * @param {Point} [at]
 * @returns {View}
 */
export function zoomed(view, factor, frame, at = { x: 0, y: 0 }) {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const grown = scale / view.scale;
  return held({ scale, x: at.x + (view.x - at.x) * grown, y: at.y + (view.y - at.y) * grown }, frame);
}

/**
 * Moved, but never so far that nothing of the picture is seen.
 * @param {View} view
 * @param {Point} by
 * @param {Size} frame
 * @returns {View}
 */
export function moved(view, by, frame) {
  return held({ ...view, x: view.x + by.x, y: view.y + by.y }, frame);
}

/**
 * Two fingers: how much further apart they are, and where their middle went.
 * @param {View} view
 * @param {[Point, Point]} before
 * @param {[Point, Point]} after
 * @param {Size} frame
 * @returns {View}
 */
export function pinched(view, before, after, frame) {
  const factor = apart(after) / Math.max(1, apart(before));
  const from = middle(before);
  const to = middle(after);
  return moved(zoomed(view, factor, frame, from), { x: to.x - from.x, y: to.y - from.y }, frame);
}

/** Twice tapped: near to that place, or the whole again. @param {View} view @param {Point} at @param {Size} frame @returns {View} */
export function tappedTwice(view, at, frame) {
  return view.scale > LEAST ? WHOLE : zoomed(view, 3, frame, at);
}

/** @param {View} view @param {Size} frame @returns {View} */
function held({ scale, x, y }, { width, height }) {
  const across = (width * (scale - 1)) / 2;
  const down = (height * (scale - 1)) / 2;
  return { scale, x: Math.min(across, Math.max(-across, x)) + 0, y: Math.min(down, Math.max(-down, y)) + 0 };
}

/** @param {[Point, Point]} points */
function apart([one, other]) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** @param {[Point, Point]} points @returns {Point} */
function middle([one, other]) {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

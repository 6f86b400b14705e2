/** One line of text as a level strip, straightened from four corners of a picture. Pure. */
import { cubic, whole } from "./pixels.js";
import { sidesOf } from "./shapes.js";

/** @import {Picture} from "./pixels.js" */
/** @import {Quad} from "./shapes.js" */
/** @typedef {{data: Float32Array, length: number, height: number}} Strip three planes: blue, green, red; each from -1 to 1 */
/** @typedef {{a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number}} Way */

export const LINE_HEIGHT = 48;
const LONGEST = 1600;
const SHORTEST = 16;
/** The weights of four neighbours for each of so many places between two pixels. */
const FINENESS = 64;
const CURVES = Float32Array.from(Array.from({ length: FINENESS + 1 }, (_, at) => cubic(at / FINENESS)).flat());

/**
 * The strip of a line, as the recogniser takes it.
 * @param {Picture} picture
 * @param {Quad} quad
 * @returns {Strip}
 */
export function stripOf(picture, quad) {
  const [one, two, three, four] = quad;
  const wide = Math.max(sidesOf(quad)[0], Math.hypot(four[0] - three[0], four[1] - three[1]), 1);
  const tall = Math.max(sidesOf(quad)[1], Math.hypot(two[0] - three[0], two[1] - three[1]), 1);
  const length = Math.min(LONGEST, Math.max(SHORTEST, Math.ceil((LINE_HEIGHT * wide) / tall)));
  const way = wayInto([one, two, three, four]);
  const data = new Float32Array(3 * length * LINE_HEIGHT);
  const taste = tall < 2 * LINE_HEIGHT ? tasteFinely : tasteQuickly;
  const colour = new Float32Array(3);
  for (let y = 0; y < LINE_HEIGHT; y++) {
    const v = y / LINE_HEIGHT;
    for (let x = 0; x < length; x++) {
      const u = x / length;
      const deep = way.g * u + way.h * v + 1;
      taste(colour, picture, (way.a * u + way.b * v + way.c) / deep, (way.d * u + way.e * v + way.f) / deep);
      put(data, colour, y * length + x, length * LINE_HEIGHT);
    }
  }
  return { data, length, height: LINE_HEIGHT };
}

/**
 * @param {Float32Array} data
 * @param {Float32Array} colour  red, green, blue
 * @param {number} place
 * @param {number} plane
 */
function put(data, colour, place, plane) {
  for (let channel = 0; channel < 3; channel++) data[channel * plane + place] = whole(colour[2 - channel] ?? 0) / 127.5 - 1;
}

/**
 * The projective way from a square of side 1 to four corners.
 * @param {Quad} quad
 * @returns {Way}
 */
export function wayInto([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const area = dx1 * dy2 - dx2 * dy1 || 1;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  return { a: x1 - x0 + g * x1, b: x3 - x0 + h * x3, c: x0, d: y1 - y0 + g * y1, e: y3 - y0 + h * y3, f: y0, g, h };
}

/**
 * The colour between pixels from sixteen of them; the edge goes on outside.
 * @param {Float32Array} colour
 * @param {Picture} picture
 * @param {number} x
 * @param {number} y
 */
function tasteFinely(colour, { data, width, height }, x, y) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = 4 * Math.round((x - left) * FINENESS);
  const down = 4 * Math.round((y - top) * FINENESS);
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = 0; row < 4; row++) {
    const start = near(top + row - 1, height) * width;
    const share = CURVES[down + row] ?? 0;
    for (let column = 0; column < 4; column++) {
      const from = 4 * (start + near(left + column - 1, width));
      const weight = share * (CURVES[across + column] ?? 0);
      red += weight * (data[from] ?? 0);
      green += weight * (data[from + 1] ?? 0);
      blue += weight * (data[from + 2] ?? 0);
    }
  }
  colour[0] = red;
  colour[1] = green;
  colour[2] = blue;
}

/**
 * The colour between pixels from four of them.
 * @param {Float32Array} colour
 * @param {Picture} picture
 * @param {number} x
 * @param {number} y
 */
function tasteQuickly(colour, { data, width, height }, x, y) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  colour.fill(0);
  for (let corner = 0; corner < 4; corner++) {
    const dx = corner & 1;
    const dy = corner >> 1;
    const weight = (dx ? x - left : 1 - x + left) * (dy ? y - top : 1 - y + top);
    const from = 4 * (near(top + dy, height) * width + near(left + dx, width));
    for (let channel = 0; channel < 3; channel++) colour[channel] = (colour[channel] ?? 0) + weight * (data[from + channel] ?? 0);
  }
}

/**
 * @param {number} place
 * @param {number} many
 */
function near(place, many) {
  return place < 0 ? 0 : place < many ? place : many - 1;
}

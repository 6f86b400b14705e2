/**
 * From a picture to lines of text: found, set upright, read. The same steps and measures as
 * `app/receipts/reading/ocr.py`, with the quick models alone.
 */
import { detectorInput } from "./pixels.js";
import { begunAt, sidesOf, turned } from "./shapes.js";
import { boxesOf } from "./spots.js";
import { stripOf } from "./strips.js";

/** @import {Line} from "../extract/shapes.js" */
/** @import {Part, Picture} from "./pixels.js" */
/** @import {Quad} from "./shapes.js" */
/** @import {Text} from "./spell.js" */
/** @import {TextMap} from "./spots.js" */
/** @import {Strip} from "./strips.js" */

/**
 * The two models.
 * @typedef {object} Models
 * @property {(planes: Float32Array, width: number, height: number) => Promise<TextMap>} detect
 * @property {(strip: Strip) => Promise<Text>} read
 */
/** @typedef {{lines: Line[], turn: number, size: [width: number, height: number]}} PageText `size` is of the upright page */

const COARSE = 1280;
const FINE = 1600;
const SMALL_TEXT = 19;
const MOST_GAIN = 1.5;
const WORTHWHILE = 1.25;
const SAMPLES = 6;
const SURE = 0.93;
const FAINT = 0.4;

/**
 * All lines of a picture, top to bottom, in pixels of the upright page.
 * @param {Models} models
 * @param {Picture} picture
 * @returns {Promise<PageText>}
 */
export async function readPicture(models, picture) {
  const quads = await findText(models, picture);
  const read = reader(models, picture);
  const turn = await findTurn(read, quads);
  const { width, height } = picture;
  const found = [];
  for (const quad of quads) found.push({ box: turned(quad, turn, picture), ...(await read(quad, turn)) });
  const lines = found.filter(({ text, score }) => text && score >= FAINT).sort((one, other) => placeOf(one.box) - placeOf(other.box));
  return {
    lines: lines.map(({ box, text, score }) => ({ text, box: tenths(box), score, page: 0, second: null })),
    turn,
    size: turn % 2 ? [height, width] : [width, height],
  };
}

/**
 * Reads a line as it stands when the page is turned; what was read before is remembered.
 * @param {Models} models
 * @param {Picture} picture
 * @returns {(quad: Quad, turn: number) => Promise<Text>}
 */
function reader(models, picture) {
  /** @type {Map<Quad, Map<number, Text>>} */
  const known = new Map();
  return async (quad, turn) => {
    const before = known.get(quad) ?? new Map();
    const text = before.get(turn) ?? (await models.read(stripOf(picture, begunAt(quad, turn))));
    known.set(quad, before.set(turn, text));
    return text;
  };
}

/**
 * The text boxes; where print is small, the part of the picture that holds it is looked at more closely.
 * @param {Models} models
 * @param {Picture} picture
 * @returns {Promise<Quad[]>}
 */
async function findText(models, picture) {
  const all = { left: 0, top: 0, width: picture.width, height: picture.height };
  const quads = await findBoxes(models, picture, all, COARSE, 1);
  const scale = Math.min(1, COARSE / Math.max(picture.width, picture.height));
  const heights = quads.map((quad) => Math.min(...sidesOf(quad)) * scale).sort((one, other) => one - other);
  if (quads.length < 3 || (heights[Math.floor(heights.length / 2)] ?? 0) >= SMALL_TEXT) return quads;
  const part = textRegion(picture, quads);
  const gain = Math.min(MOST_GAIN, FINE / Math.max(part.width, part.height));
  return gain < scale * WORTHWHILE ? quads : findBoxes(models, picture, part, FINE, MOST_GAIN);
}

/**
 * The boxes in a part of a picture, which is looked at with its longest side at `longest`, enlarged at most by `most`.
 * @param {Models} models
 * @param {Picture} picture
 * @param {Part} part
 * @param {number} longest
 * @param {number} most
 * @returns {Promise<Quad[]>}
 */
async function findBoxes(models, picture, part, longest, most) {
  const scale = Math.min(most, longest / Math.max(part.width, part.height));
  const [width, height] = [in32(part.width * scale), in32(part.height * scale)];
  const map = await models.detect(detectorInput(picture, part, width, height), width, height);
  const [across, down] = [part.width / width, part.height / height];
  return boxesOf(map).map((quad) => /** @type {Quad} */ (quad.map(([x, y]) => [part.left + x * across, part.top + y * down])));
}

/** @param {number} side  as a multiple of 32, which the detector needs */
function in32(side) {
  return Math.max(32, Math.round(side / 32) * 32);
}

/**
 * The part of a picture that holds all text, with some room.
 * @param {Picture} picture
 * @param {Quad[]} quads
 * @returns {Part}
 */
function textRegion(picture, quads) {
  const corners = quads.flat();
  const room = 3 * Math.max(...quads.map((quad) => Math.min(...sidesOf(quad))));
  const reach = (/** @type {number[]} */ places, /** @type {number} */ most) => [
    Math.floor(Math.max(0, Math.min(...places) - room)),
    Math.floor(Math.min(most, Math.max(...places) + room)),
  ];
  const [left = 0, right = 0] = reach(corners.map(([x]) => x), picture.width);
  const [top = 0, bottom = 0] = reach(corners.map(([, y]) => y), picture.height);
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/**
 * The quarter turns that set the text upright: by the shape of its lines, then by which way reads better.
 * @param {(quad: Quad, turn: number) => Promise<Text>} read
 * @param {Quad[]} quads
 * @returns {Promise<number>}
 */
async function findTurn(read, quads) {
  const shapes = quads.map(sidesOf);
  const length = (/** @type {number} */ way) => shapes.reduce((sum, sides) => sum + lying(sides, way), 0);
  const [first, second] = length(1) > length(0) ? [1, 3] : [0, 2];
  const samples = [...quads].sort((one, other) => Math.max(...sidesOf(other)) - Math.max(...sidesOf(one)))
    .filter((quad) => Math.max(...sidesOf(quad)) < 14 * Math.min(...sidesOf(quad))).slice(0, SAMPLES);
  const reads = await legibility(read, samples, first);
  if (reads >= SURE || !samples.length) return first;
  return (await legibility(read, samples, second)) > reads ? second : first;
}

/**
 * The length of a line that clearly lies along a way: 0 across, 1 down; else nothing.
 * @param {[number, number]} sides
 * @param {number} way
 */
function lying(sides, way) {
  const [along = 0, aside = 0] = way ? [sides[1], sides[0]] : sides;
  return along > 1.5 * aside ? along : 0;
}

/**
 * How well some lines read when the page is turned, 0 to 1.
 * @param {(quad: Quad, turn: number) => Promise<Text>} read
 * @param {Quad[]} samples
 * @param {number} turn
 */
async function legibility(read, samples, turn) {
  let sum = 0;
  for (const quad of samples) {
    const { text, score } = await read(quad, turn);
    sum += score * variety(text);
  }
  return sum / Math.max(1, samples.length);
}

/**
 * How varied the letters are: upside-down print often reads as one letter many times.
 * @param {string} text
 */
function variety(text) {
  const letters = [...text.toUpperCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter));
  return letters.length ? Math.min(1, (2.5 * new Set(letters).size) / letters.length) : 0.3;
}

/** @param {Quad} quad */
function placeOf(quad) {
  return quad.reduce((sum, [, y]) => sum + y, 0);
}

/**
 * @param {Quad} quad
 * @returns {Quad}
 */
function tenths(quad) {
  return /** @type {Quad} */ (quad.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]));
}
